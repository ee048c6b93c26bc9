package intake

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// markup is the reading of one part in XML. What stands in paragraphs and in rows of
// tables is words as a viewer shows them. All else (values of attributes, properties,
// formulas, fields) is kept aside.
type markup struct {
	*office
	part, root string
	stack      []*element
	fields     []*strings.Builder // instructions of open fields
	paragraphs int
	printed    printed
}

// element is an open element.
type element struct {
	name        string
	role        role
	shown, full strings.Builder // of a paragraph: as it shows, and with what was deleted
	words       []string        // of its attributes
	text        strings.Builder // what stands in it directly, outside of a paragraph
	leaves      []string        // what the elements in it say that have no elements
	parent      bool            // it has elements
	cells       []string        // of a row
	span        int             // of a cell
	table, rows int
}

type role int

const (
	plain role = iota
	paragraph
	table
	row
	cell
	apart // within a paragraph, but no words of it
)

// roles are those of the elements of all vocabularies: Word, PowerPoint, Excel,
// OpenDocument and HTML as drawings have it.
var roles = map[string]role{
	"p": paragraph, "h": paragraph, "si": paragraph, "is": paragraph, "text": paragraph, "div": paragraph,
	"rPh": paragraph, "rt": paragraph, // readings of characters split them
	"tbl": table, "table": table, "sheetData": table,
	"tr": row, "row": row, "table-row": row,
	"tc": cell, "table-cell": cell, "covered-table-cell": cell, "cell": cell,
	"instrText": apart, "delInstrText": apart, "posOffset": apart, "align": apart, "pctWidth": apart, "pctHeight": apart,
}

// shows are elements that stand for a character.
var shows = map[string]string{"tab": "\t", "ptab": "\t", "br": " ", "cr": " ", "line-break": " ", "s": " ", "noBreakHyphen": "-"}

// labels name the properties of documents by their elements.
var labels = map[string]string{
	"creator": "作者", "author": "作者", "initial-creator": "作者", "lastModifiedBy": "上次修改者", "Manager": "经理", "Author": "作者", "manager": "经理",
	"title": "标题", "Title": "标题", "subject": "主题", "Subject": "主题", "description": "备注", "keywords": "关键词", "keyword": "关键词", "Company": "单位", "category": "类别",
}

// places say in Chinese where something stands, by the part's first element.
var places = map[string]string{
	"hdr": "页眉", "ftr": "页脚", "footnotes": "脚注", "endnotes": "尾注", "comments": "批注", "glossaryDocument": "自动图文集", "chartSpace": "图表", "dataModel": "图示",
	"sldMaster": "幻灯片母版", "sldLayout": "幻灯片版式", "notes": "备注页", "wsDr": "图上的文字",
}

// markup reads a part in XML; one that is damaged is unread.
func (o *office) markup(name, text string) error {
	err := (&markup{office: o, part: name}).read(text)
	if errors.Is(err, ErrDamaged) {
		o.file.misses("部件 %s 读不出来", path.Base(name))
		return nil
	}
	return err
}

func (m *markup) read(text string) error {
	if err := Scan([]byte(text), maxDepth, m.start, m.chars, m.end); err != nil {
		return err
	}
	switch m.root {
	case "Page":
		return m.finishPage()
	case "worksheet":
		return m.cells(m.part)
	case "svg":
		m.file.Pictures = append(m.file.Pictures, Embedded{Name: m.part, Data: []byte(text)})
		if refused := m.file.note(readSVG(m.file, []byte(text))); refused != nil {
			return refused
		}
	}
	return nil
}

func (m *markup) where(n int) string {
	number := strings.TrimSuffix(strings.TrimLeft(path.Base(m.part), "abcdefghijklmnopqrstuvwxyz"), ".xml")
	switch m.root {
	case "document", "document-content":
		return fmt.Sprintf("第 %d 段", n)
	case "Page":
		return fmt.Sprintf("第 %d 页", pageNumber(m.part))
	case "sld":
		return "第 " + number + " 张幻灯片"
	case "worksheet":
		return "表“" + cmp.Or(m.sheets[m.part], number) + "”"
	}
	return cmp.Or(places[m.root], "部件 "+path.Base(m.part))
}

// innermost returns the innermost open element of a role; nil where there is none
// within the innermost element of another.
func (m *markup) innermost(role, within role) *element {
	for _, e := range slices.Backward(m.stack) {
		switch e.role {
		case role:
			return e
		case within:
			return nil
		}
	}
	return nil
}

func (m *markup) start(x xml.StartElement) error {
	e := &element{name: x.Name.Local, role: roles[x.Name.Local], span: 1}
	if len(m.stack) == 0 {
		m.root = e.name
	} else {
		m.stack[len(m.stack)-1].parent = true
	}
	m.inspect(x)
	if strings.ContainsFunc(e.name, isHan) {
		m.word(e, e.name)
	}
	for _, a := range x.Attr {
		m.attribute(e, a)
	}
	switch p := m.innermost(paragraph, cell); {
	case e.name == "TextObject":
		m.place(Attribute(x, "Boundary"))
	case e.role == table && m.root != "worksheet":
		m.file.tables++
		e.table = m.file.tables
	case e.name == "gridSpan" || e.name == "number-columns-spanned":
		if c := m.innermost(cell, row); c != nil {
			c.span = number(Attribute(x, "val"))
		}
	case e.role == cell:
		e.span = max(number(Attribute(x, "gridSpan")), number(Attribute(x, "number-columns-repeated")))
	case e.name == "fldChar":
		m.field(Attribute(x, "fldCharType"))
	case p != nil && shows[e.name] != "" && m.stack[len(m.stack)-1].name != "tabs":
		p.shown.WriteString(shows[e.name])
		p.full.WriteString(shows[e.name])
	}
	m.stack = append(m.stack, e)
	return nil
}

// number reads how many columns a cell takes.
func number(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' {
			return 1
		}
		n = min(n*10+int(r-'0'), 1000)
	}
	return max(1, n)
}

func (m *markup) chars(s string) {
	if len(m.stack) == 0 || strings.TrimSpace(s) == "" && strings.ContainsAny(s, "\r\n") {
		return
	}
	e := m.stack[len(m.stack)-1]
	if strings.HasSuffix(e.name, "nstrText") && len(m.fields) > 0 {
		m.fields[len(m.fields)-1].WriteString(s)
		return
	}
	if p := m.innermost(paragraph, apart); p != nil {
		p.full.WriteString(s)
		if e.name != "delText" {
			p.shown.WriteString(s)
		}
		return
	}
	e.text.WriteString(s)
}

func (m *markup) end(string) error {
	e := m.stack[len(m.stack)-1]
	m.stack = m.stack[:len(m.stack)-1]
	switch {
	case m.root == "worksheet" && (e.name == "v" || e.name == "is"), m.root == "sst" && e.name == "si": // the cells are read for themselves
		return nil
	case e.role == paragraph:
		m.paragraph(e)
	case e.role == cell:
		m.cell(e)
	default:
		if e.role == row && m.root != "worksheet" {
			m.row(e)
		}
		if strings.TrimSpace(e.text.String()) != "" {
			m.leaf(e)
		}
	}
	m.flush(e)
	if len(m.fields) > 200 {
		return ErrTooBig
	}
	return m.file.err
}

// paragraph adds a paragraph to the cell that it stands in, or keeps it.
func (m *markup) paragraph(e *element) {
	shown, full := strings.TrimRight(e.shown.String(), " \t"), strings.TrimRight(e.full.String(), " \t")
	in := m.innermost(cell, paragraph)
	switch {
	case e.name == "rPh" || e.name == "rt":
		m.aside(m.where(m.paragraphs), full)
		return
	case shown == "":
	case in != nil:
		if in.shown.Len() > 0 {
			in.shown.WriteByte(' ')
		}
		in.shown.WriteString(shown)
	default:
		m.paragraphs++
		m.file.add(m.where(m.paragraphs), shown)
	}
	if full != shown {
		m.paragraphs++
		m.aside(m.where(m.paragraphs), full)
	}
}

func (m *markup) cell(e *element) {
	text := strings.Join(slices.DeleteFunc(append([]string{e.shown.String(), strings.TrimSpace(e.text.String())}, e.leaves...), func(s string) bool { return s == "" }), " ")
	e.leaves = nil
	in := m.innermost(row, table)
	if in == nil {
		m.file.add(m.where(m.paragraphs), text)
		return
	}
	if text == "" && e.span > 64 {
		return // the empty rest of a sheet's row
	}
	if len(in.cells) > 1<<14 {
		m.file.err = errBounds
		return
	}
	in.cells = append(in.cells, text)
	for range min(e.span, 64) - 1 {
		in.cells = append(in.cells, "")
	}
}

func (m *markup) row(e *element) {
	t := m.innermost(table, cell)
	if t == nil {
		t = &element{}
	}
	t.rows++
	where := fmt.Sprintf("第 %d 个表格第 %d 行", t.table, t.rows)
	if !strings.HasPrefix(m.where(0), "第 0") {
		where = m.where(0) + where
	}
	m.file.keepRow(Piece{Where: where, Table: t.table, Cells: e.cells})
}

// leaf takes what an element without a paragraph says: a property of the document, a
// name in an author's place, or a word of what the element around it says.
func (m *markup) leaf(e *element) {
	text := strings.Join(strings.Fields(general(e.text.String())), " ")
	label := labels[e.name]
	if e.name == "f" && activeFormula.MatchString(text) {
		m.file.does("文件里有公式会取别处的内容或运行程序“%s”", shorten(text))
	}
	switch {
	case isAuthorPlace(e.name, ""):
		m.file.describe(Property{cmp.Or(label, e.name), text, true})
	case slices.Contains([]string{"coreProperties", "Properties", "document-meta", "OFD"}, m.root) && (label != "" || tells(text)):
		names := append(e.words, label) // of a property of the user's own
		if len(m.stack) > 0 {
			names = append(m.stack[len(m.stack)-1].words, names...)
		}
		m.file.property(strings.Join(names, ""), text)
	case e.name == "TextCode" && m.root == "Page":
		m.print(text)
	case tells(text):
		m.word(e, text)
	}
}

// flush keeps what an element and the elements in it say, or hands it to the element
// around it.
func (m *markup) flush(e *element) {
	said := append(e.words, e.leaves...)
	if len(said) == 0 || len(m.stack) == 0 {
		m.say(said)
		return
	}
	around := m.stack[len(m.stack)-1]
	if !e.parent && len(around.leaves) < 100 {
		around.leaves = append(around.leaves, said...)
		return
	}
	m.say(append(slices.Clone(around.words), said...))
}

// say keeps words aside: together where one may be the cue for the next.
func (m *markup) say(words []string) {
	if slices.ContainsFunc(words, func(w string) bool { return strings.ContainsFunc(w, isHan) }) {
		words = []string{strings.Join(words, "\t")}
	}
	for _, w := range words {
		m.aside(m.where(m.paragraphs), w)
	}
}

// attribute takes an attribute's value.
func (m *markup) attribute(e *element, a xml.Attr) {
	value := general(strings.TrimSpace(a.Value))
	switch {
	case value == "" || a.Name.Space == "xmlns" || a.Name.Local == "xmlns" || e.name == "Relationship" || e.name == "sheet":
	case a.Name.Local == "instr": // of a field in one piece
		m.instruction(value)
	case isAuthorPlace(e.name, a.Name.Local):
		m.file.describe(Property{"批注、修订的作者", value, true})
	case isMachineName(a.Name.Local) && !strings.ContainsFunc(value, isHan):
	case e.role == cell && a.Name.Local == "value": // as it is stored: the paragraph has it as it shows
	case tells(value):
		m.word(e, value)
	}
}

// word adds what an element says, unless it is too long to be a cue or a value.
func (m *markup) word(e *element, text string) {
	if len(text) > 300 || len(e.words) > 20 {
		m.aside(m.where(m.paragraphs), text)
		return
	}
	e.words = append(e.words, text)
}

// isAuthorPlace reports whether a person is named by an element's text, or by its
// attribute of a name.
func isAuthorPlace(element, attribute string) bool {
	name := strings.ToLower(cmp.Or(attribute, element))
	of := strings.ToLower(element)
	return strings.HasSuffix(name, "author") || strings.HasSuffix(name, "creator") || strings.HasSuffix(name, "by") && len(name) > 6 ||
		slices.Contains([]string{"displayname", "userid", "username", "manager", "ed"}, name) ||
		name == "name" && (strings.HasSuffix(of, "author") || of == "person" || of == "userinfo")
}

// isMachineName reports whether an attribute is named as what programs count and
// compare by.
func isMachineName(name string) bool {
	return strings.HasSuffix(strings.ToLower(name), "id") || strings.HasPrefix(name, "rsid") || slices.Contains([]string{"Type", "hashValue", "saltValue", "uri", "gfxdata", "x", "y", "cx", "cy", "w", "h"}, name)
}

// identifier is what programs name things by.
var identifier = regexp.MustCompile(`\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?`)

// tells reports whether a value may say something: it has Han, an address, or as many
// digits together as a number of a person has.
func tells(value string) bool {
	digits := 0
	for _, r := range value {
		switch {
		case isHan(r), r == '@', r == '＠':
			return true
		case unicode.IsNumber(r):
			if digits++; digits == 7 && len(value) < 4096 {
				return !identifier.MatchString(value)
			}
		case unicode.IsLetter(r):
			digits = 0
		}
	}
	return false
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
