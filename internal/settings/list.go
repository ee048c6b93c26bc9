// Package settings changes the campaign's own files, data/campaign.yaml and
// data/form.yaml, as an office has their content: single values in a form, lists as
// rows that are pasted from a spreadsheet.
//
// [Lists] are the lists that can be pasted. [Read] takes one out of a file,
// [List.Text] is its rows as a spreadsheet has them, [List.Paste] reads such rows
// back, and [List.Write] returns the file with them: what is as it was keeps its
// lines, with their comments. [ReadForm] and [Form.Write] are the single values.
package settings

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
)

// Kind is a list of a file.
type Kind struct {
	Key   string // 部门
	File  string
	table *format.Table
	code  string // what a 代号 begins with that nobody has written
	parts string // the key of a row's own rows, "" for none
}

// Lists are the lists that can be pasted, in the order in which they are filled in.
var Lists = []Kind{
	{Key: "部门", File: "data/campaign.yaml", table: of(format.Campaign, "部门"), code: "bm"},
	{Key: "地区", File: "data/campaign.yaml", table: of(format.Campaign, "地区"), code: "dq"},
	{Key: "工作重点", File: "data/campaign.yaml", table: of(format.Campaign, "工作重点"), code: "zd"},
	{Key: "阶段", File: "data/campaign.yaml", table: of(format.Campaign, "阶段")},
	{Key: "期次", File: "data/campaign.yaml", table: of(format.Campaign, "期次"), code: "qc"},
	{Key: "项目", File: "data/form.yaml", table: of(format.Form, "项目"), parts: "其中"},
}

func of(t *format.Table, key string) *format.Table {
	k, _ := t.Key(key)
	return k.Of
}

// KindOf returns the list of a key.
func KindOf(key string) (Kind, bool) {
	n := slices.IndexFunc(Lists, func(k Kind) bool { return k.Key == key })
	if n < 0 {
		return Kind{}, false
	}
	return Lists[n], true
}

// Columns are the keys of a row, in order; that of its parts is a column too, in
// which a row says that it is one.
func (k Kind) Columns() (list []format.Key) {
	for _, key := range k.table.Keys {
		switch {
		case key.Name == k.parts && k.parts != "":
			list = append(list, format.Key{Name: k.parts, Type: format.Flag, Doc: "上一行里的一行写 是"})
		case key.Misplaced && k.parts != "":
			list = append(list, format.Key{Name: key.Name, Type: format.Flag, Doc: "与别的行有重叠，不相加的写 是"})
		case !key.Misplaced:
			list = append(list, key)
		}
	}
	return list
}

// Row is a row of a list: its values by key, lists joined with 、.
type Row struct {
	Values map[string]string
	Part   bool // it is a part of the row before
	other  []*yaml.Node
}

// List is a list as it is in a file.
type List struct {
	Kind
	Rows  []Row
	lines []string // of the file
	from  int      // the first line of the key, and the one behind its last
	to    int
	items map[string]string // the lines of each item, by what it says
	leads map[string]string // the remarks before each item, by its name
}

// ErrUnreadable: the list is not written as a list, and has to be mended as text.
var ErrUnreadable = errors.New("这个文件有写得不对的地方，读不成表格，请照文字改")

// Read takes a list out of its file.
func Read(k Kind, text []byte) (*List, error) {
	l := &List{Kind: k, lines: splitLines(string(text)), items: map[string]string{}, leads: map[string]string{}}
	l.from, l.to = len(l.lines), len(l.lines)
	root, err := mapping(text)
	if err != nil {
		return nil, err
	}
	for n := 0; root != nil && n+1 < len(root.Content); n += 2 {
		if root.Content[n].Value != k.Key {
			continue
		}
		l.from, l.to = root.Content[n].Line-1, endOf(l.lines, root, n)
		list := root.Content[n+1]
		switch {
		case list.Tag == "!!null":
		case list.Kind != yaml.SequenceNode:
			return nil, ErrUnreadable
		default:
			l.take(list)
		}
	}
	return l, nil
}

// mapping parses a file; nil for an empty one.
func mapping(text []byte) (*yaml.Node, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, ErrUnreadable
	}
	if len(doc.Content) == 0 || doc.Content[0].Tag == "!!null" {
		return nil, nil
	}
	if root := doc.Content[0]; root.Kind == yaml.MappingNode && root.Style&yaml.FlowStyle == 0 {
		return root, nil
	}
	return nil, ErrUnreadable
}

func splitLines(text string) []string {
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	lines := strings.SplitAfter(text, "\n")
	return lines[:len(lines)-1]
}

// endOf is the line behind the last of a key of a mapping: what is remarked before the
// next key belongs to that.
func endOf(lines []string, root *yaml.Node, n int) int {
	end := len(lines)
	if n+2 < len(root.Content) {
		end = root.Content[n+2].Line - 1
	}
	for end > root.Content[n].Line && isRemark(lines[end-1]) {
		end--
	}
	return end
}

func isRemark(line string) bool {
	line = strings.TrimSpace(line)
	return line == "" || line[0] == '#'
}

// take reads the rows, and notes the lines of each that stands on its own.
func (l *List) take(list *yaml.Node) {
	before := l.from + 1
	for n, one := range list.Content {
		rows := l.rowsOf(one, false)
		l.Rows = append(l.Rows, rows...)
		if list.Style&yaml.FlowStyle != 0 {
			continue
		}
		first, to := one.Line-1, l.to
		if n+1 < len(list.Content) {
			to = list.Content[n+1].Line - 1
		}
		for to > first+1 && isRemark(l.lines[to-1]) {
			to-- // it is of the next
		}
		if before <= first && first < to && strings.HasPrefix(strings.TrimSpace(l.lines[first]), "-") {
			l.leads[rows[0].name()] = strings.Join(l.lines[before:first], "")
			l.items[l.item(rows)] = strings.Join(l.lines[first:to], "")
		}
		before = to
	}
}

// name tells a row from others.
func (r Row) name() string {
	return r.Values["部门"] + "\n" + r.Values["名称"] + "\n" + r.Values["单位"]
}

// rowsOf returns the row of an item, and those of its parts.
func (l *List) rowsOf(one *yaml.Node, part bool) []Row {
	row := Row{Values: map[string]string{}, Part: part}
	var parts []Row
	for i := 0; one.Kind == yaml.MappingNode && i+1 < len(one.Content); i += 2 {
		key, value := one.Content[i].Value, one.Content[i+1]
		switch {
		case key == l.parts && l.parts != "" && value.Kind == yaml.SequenceNode:
			for _, p := range value.Content {
				parts = append(parts, l.rowsOf(p, true)...)
			}
		case !slices.ContainsFunc(l.Columns(), func(k format.Key) bool { return k.Name == key }):
			row.other = append(row.other, one.Content[i], value)
		default:
			row.Values[key] = plain(value)
		}
	}
	return append([]Row{row}, parts...)
}

func plain(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.SequenceNode:
		var words []string
		for _, w := range n.Content {
			words = append(words, w.Value)
		}
		return strings.Join(words, "、")
	case n.Tag == "!!bool":
		if n.Value == "true" {
			return "是"
		}
		return ""
	}
	return n.Value
}

// Text is the list as a spreadsheet has it: a line of headings, and a line a row,
// with tabs between the cells.
func (l *List) Text() string {
	var b strings.Builder
	columns := l.Columns()
	for n, k := range columns {
		b.WriteString(tab(n) + k.Name)
	}
	b.WriteByte('\n')
	for _, row := range l.Rows {
		for n, k := range columns {
			value := row.Values[k.Name]
			if k.Name == l.parts && row.Part {
				value = "是"
			}
			b.WriteString(tab(n) + strings.Join(strings.Fields(value), " "))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func tab(n int) string {
	if n == 0 {
		return ""
	}
	return "\t"
}

// Write returns the file with other rows. An item that says what one has said before
// keeps its lines.
func (l *List) Write(rows []Row) []byte {
	var b strings.Builder
	b.WriteString(strings.Join(l.lines[:l.from], ""))
	if len(rows) == 0 {
		b.WriteString(l.Key + ":\n")
	} else {
		head := l.Key + ":\n"
		if l.from < l.to && strings.HasPrefix(l.lines[l.from], l.Key+":") {
			if rest := strings.TrimSpace(strings.TrimPrefix(l.lines[l.from], l.Key+":")); strings.HasPrefix(rest, "#") {
				head = l.lines[l.from] // with its comment
			}
		}
		b.WriteString(head)
	}
	for from := 0; from < len(rows); {
		to := from + 1
		for to < len(rows) && rows[to].Part {
			to++
		}
		text := l.item(rows[from:to])
		b.WriteString(l.leads[rows[from].name()])
		if was, ok := l.items[text]; ok {
			text = was
		}
		b.WriteString(text)
		from = to
	}
	b.WriteString(strings.Join(l.lines[l.to:], ""))
	return []byte(b.String())
}

// item writes a row with its parts.
func (l *List) item(rows []Row) string {
	node := l.node(rows[0])
	if len(rows) == 1 {
		return "  - " + inline(node)
	}
	var b strings.Builder
	for i := 0; i+1 < len(node.Content); i += 2 {
		lead := "    "
		if i == 0 {
			lead = "  - "
		}
		b.WriteString(lead + inline(node.Content[i])[:len(inline(node.Content[i]))-1] + ": " + inline(node.Content[i+1]))
	}
	b.WriteString("    " + l.parts + ":\n")
	for _, part := range rows[1:] {
		b.WriteString("      - " + inline(l.node(part)))
	}
	return b.String()
}

func (l *List) node(row Row) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
	for _, k := range l.Columns() {
		value := strings.Join(strings.Fields(row.Values[k.Name]), " ")
		if value == "" || k.Name == l.parts && l.parts != "" {
			continue
		}
		n.Content = append(n.Content, text(k.Name), valueOf(k, value))
	}
	n.Content = append(n.Content, row.other...)
	return n
}

func text(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

func valueOf(k format.Key, value string) *yaml.Node {
	switch k.Type {
	case format.List, format.Words:
		list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for _, word := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune("、，,；; ", r) }) {
			list.Content = append(list.Content, text(word))
		}
		return list
	case format.Flag:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "true"}
	case format.Date:
		if day, err := campaign.ParseDate(value); err == nil {
			return &yaml.Node{Kind: yaml.ScalarNode, Value: day.String()}
		}
	case format.Integer:
		if _, err := strconv.Atoi(value); err == nil {
			return &yaml.Node{Kind: yaml.ScalarNode, Value: value}
		}
	}
	return text(value)
}

// inline writes a value on one line.
func inline(n *yaml.Node) string {
	raw, err := yaml.Marshal(n)
	if err != nil {
		return "\n" // a tree of plain words is always written
	}
	return strings.ReplaceAll(strings.TrimRight(string(raw), "\n"), "\n", " ") + "\n"
}

// Problem is what is wrong with a pasted line.
type Problem struct {
	Line int
	Text string
}

func (p Problem) String() string {
	if p.Line == 0 {
		return p.Text
	}
	return fmt.Sprintf("第 %d 行：%s", p.Line, p.Text)
}
