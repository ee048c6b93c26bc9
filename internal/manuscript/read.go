package manuscript

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
	"wangjian/internal/linebreak"
)

// reader reads the parts of one Word file into a narrative.
type reader struct {
	file      *archive
	said      *remarks
	relations map[string]intake.Relation // of the part that is being read
	styles    *styles
	numbering *numbering
	comments  map[string]string // by id
	notes     map[string]*element
	fields    []*field
	current   *paragraph
	hidden    string // hidden words of the paragraph so far
	count     int
	revisions []revision
	text      *narrative
	inNote    bool // inside a footnote
	shaded    bool // inside a cell or table with a coloured ground
	shapes    int  // drawn shapes without words
	pictures  int
	size      int  // bytes of words so far
	cells     int  // cells of tables so far
	excess    bool // more than any narrative holds
}

// Bounds of a text: many times what a year's narrative holds.
const (
	maxWords  = 1 << 20
	maxCells  = 20_000
	maxFields = 40 // one inside the other
)

// revision is a tracked change that nobody has accepted or rejected.
type revision struct {
	what string
	text string
}

// revisions by the element that records them.
var revisionNames = map[string]string{
	"ins": "插入", "del": "删除", "moveFrom": "移走", "moveTo": "移来",
	"rPrChange": "改格式", "pPrChange": "改格式", "sectPrChange": "改格式", "tblPrChange": "改格式", "tblGridChange": "改格式",
	"trPrChange": "改格式", "tcPrChange": "改格式", "tblPrExChange": "改格式", "numberingChange": "改编号",
	"cellIns": "插入单元格", "cellDel": "删除单元格", "cellMerge": "合并单元格",
	"customXmlInsRangeStart": "插入", "customXmlDelRangeStart": "删除",
}

// read reads the Word file's text. It is refused whole when it is damaged or
// holds tracked changes.
func read(file *archive, name string, said *remarks) (*narrative, *campaign.Finding) {
	broken := func(err error) *campaign.Finding {
		if errors.Is(err, intake.ErrTooBig) {
			return refusal("manuscript-size", "检查是不是放错了文件；总结的文字不该这么长", "%s 的正文大得不正常", name)
		}
		return refusal("manuscript-damaged", saveAgain, "%s 打不开：%v", name, err)
	}
	main, wrong, err := mainPart(file, name)
	if err != nil {
		return nil, broken(err)
	}
	if wrong != nil {
		return nil, wrong
	}
	r := &reader{file: file, said: said, text: &narrative{footnotes: map[int][]*paragraph{}}}
	if err := r.prepare(main); err != nil {
		return nil, broken(err)
	}
	if err := r.body(main); err != nil {
		return nil, broken(err)
	}
	if len(r.revisions) > 0 {
		return nil, refuseRevisions(name, r.revisions)
	}
	r.tellSurroundings()
	return r.text, nil
}

// mainPart finds the part that holds the text.
func mainPart(file *archive, name string) (string, *campaign.Finding, error) {
	top, err := file.relations("")
	if err != nil {
		return "", nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(top)) {
		rel := top[id]
		if rel.Kind != "officeDocument" || rel.External {
			continue
		}
		kind, err := file.contentType(rel.Target)
		if err != nil {
			return "", nil, err
		}
		return rel.Target, refuseType(name, kind), nil
	}
	return "", refuseForeign(name, file.Kind()), nil
}

// prepare reads what the text leans on: styles, lists, notes, comments.
func (r *reader) prepare(main string) (err error) {
	if r.relations, err = r.file.relations(main); err != nil {
		return err
	}
	part := func(kind string) *element {
		for _, id := range slices.Sorted(maps.Keys(r.relations)) {
			rel := r.relations[id]
			if rel.Kind != kind || rel.External || !r.file.Has(rel.Target) || err != nil {
				continue
			}
			var root *element
			if root, err = r.file.tree(rel.Target); err == nil {
				return root
			}
		}
		return &element{}
	}
	r.styles = readStyles(part("styles"))
	r.numbering = readNumbering(part("numbering"), r.styles)
	r.comments, r.notes = map[string]string{}, map[string]*element{}
	for _, c := range part("comments").children {
		r.comments[c.attr("id")] = c.words()
	}
	for _, kind := range []string{"footnotes", "endnotes"} {
		for _, n := range part(kind).children {
			if t := n.attr("type"); t == "" || t == "normal" {
				r.notes[kind+n.attr("id")] = n
			}
		}
	}
	return err
}

func (r *reader) body(part string) error {
	root, err := r.file.tree(part)
	if err != nil {
		return err
	}
	if !root.is("document") {
		return errors.New(part + " 不是 Word 的正文")
	}
	body := root.child("body")
	if body == nil {
		return errors.New(part + " 里没有正文")
	}
	for n := range body.children {
		r.findRevisions(body.children[n])
		r.text.blocks = append(r.text.blocks, r.blocks(body.children[n:n+1])...)
		if r.excess {
			return intake.ErrTooBig
		}
	}
	if len(r.fields) > 0 {
		r.said.problem("manuscript-field", r.current, "在 Word 里按 Alt+F9 看域代码，改好后再导入", "有域代码没有结束，它后面的文字可能没有导入")
	}
	r.text.blocks = slices.DeleteFunc(joinDropCaps(r.text.blocks), func(b *block) bool { return b.table != nil && len(b.table.rows) == 0 })
	return nil
}

func (r *reader) findRevisions(e *element) {
	for _, c := range e.children {
		r.findRevisions(c)
	}
	if what := revisionNames[e.name]; what != "" && e.space == wordSpace {
		r.revisions = append(r.revisions, revision{what, e.words()})
	}
}

// blocks reads elements that stand where paragraphs do.
func (r *reader) blocks(list []*element) []*block {
	var out []*block
	for _, e := range list {
		switch {
		case e.is("p"):
			if p := r.paragraph(e); p != nil {
				out = append(out, &block{paragraph: p})
			}
		case e.is("tbl"):
			t := r.table(e)
			out = append(out, &block{table: t, part: tablePart})
		case e.is("sdt"):
			if r.isContents(e) {
				r.said.count("left-contents", leftContents, "")
				continue
			}
			if content := r.control(e); content != nil {
				out = append(out, r.blocks(content.children)...)
			}
		case e.is("customXml"), e.is("ins"), e.is("moveTo"):
			out = append(out, r.blocks(e.children)...)
		case e.is("altChunk"):
			r.said.problem("manuscript-chunk", r.current, "在 Word 里把那一部分复制成普通文字，另存后再导入", "文档里嵌了另一个文件的内容，没有导入")
		case e.space == compatSpace && e.name == "AlternateContent":
			out = append(out, r.blocks(choose(e))...)
		case e.space == mathSpace:
			r.leftOut("公式", e)
		case e.is("sectPr"):
		default:
			r.unknown(e)
		}
	}
	return out
}

const leftContents = "目录没有导入（%d 处），网页自己有目录"

// isContents tells a table of contents that Word keeps in a box of its own.
func (r *reader) isContents(e *element) bool {
	properties := e.child("sdtPr")
	if properties == nil {
		return false
	}
	gallery := properties.find(wordSpace, "docPartGallery")
	return gallery != nil && strings.Contains(strings.ToLower(gallery.attr("val")), "table of contents")
}

// control returns what a content control holds; nil where it only shows its hint.
func (r *reader) control(e *element) *element {
	content := e.child("sdtContent")
	if p := e.child("sdtPr"); p != nil && p.child("showingPlcHdr") != nil && content != nil {
		r.said.note("left-placeholder", r.current, "没有填写的占位文字没有导入：“%s”", linebreak.Clip(content.words(), 20))
		return nil
	}
	return content
}

// choose returns the content of an mc:AlternateContent: the newest form, which
// names best what it is.
func choose(e *element) []*element {
	for _, name := range []string{"Choice", "Fallback"} {
		for _, c := range e.children {
			if c.name == name {
				return c.children
			}
		}
	}
	return nil
}

// unknown names an element that holds words and that the reader does not know.
func (r *reader) unknown(e *element) {
	if words := e.words(); strings.TrimSpace(words) != "" {
		r.said.note("left-unknown", r.current, "有一处内容认不出是什么（%s），没有导入：“%s”", e.name, linebreak.Clip(words, 20))
	}
}

// leftOut names something that the narrative cannot hold.
func (r *reader) leftOut(what string, e *element) {
	if words := strings.TrimSpace(e.words()); words != "" {
		r.said.note("left-object", r.current, "%s没有导入：“%s”", what, linebreak.Clip(words, 24))
		return
	}
	r.said.note("left-object", r.current, "%s没有导入", what)
}

// paragraph reads a w:p; nil for a line of a table of contents.
func (r *reader) paragraph(e *element) *paragraph {
	p := &paragraph{}
	outer := r.current
	r.current = p
	r.count++
	p.number = r.count
	properties := e.child("pPr")
	if properties == nil {
		properties = &element{}
	}
	id := properties.val("pStyle")
	s := r.styles.of(id)
	p.level, p.role, p.align = s.level, s.role, s.align
	if properties.child("outlineLvl") != nil {
		p.level = outlineLevel(properties)
	}
	if jc := properties.val("jc"); jc != "" {
		p.align = jc
	}
	if f := properties.child("framePr"); f != nil {
		drop := f.attr("dropCap")
		p.drop = drop == "drop" || drop == "margin"
	}
	shaded := r.shaded
	r.shaded = r.shaded || s.shaded || isShaded(properties)
	base := s.run
	if p.role == quoteRole { // a quotation is set off, not stressed
		base.bold, base.italic = unsaid, unsaid
	}
	hidden := r.hidden
	r.hidden = ""
	r.inlines(e.children, base, "")
	if r.hidden != "" {
		r.said.note("left-hidden", p, "隐藏文字没有导入：“%s”", linebreak.Clip(r.hidden, 20))
	}
	r.shaded, r.hidden = shaded, hidden
	p.spans = tidy(p.spans)
	if p.role == contentsRole {
		r.said.count("left-contents", leftContents, "")
		p.spans = nil
	}
	if mark := properties.child("rPr"); mark == nil || readToggle(mark, "vanish") != on {
		r.enumerate(p, properties, s, id)
	}
	if p.empty() {
		r.count--
		if p.number > r.count {
			p.number = max(r.count, 1) // remarks about it stand at the one before
		}
		r.current = outer
		return nil
	}
	p.start = p.excerpt()
	return p
}

// enumerate sets the mark of a paragraph's list.
func (r *reader) enumerate(p *paragraph, properties *element, s *style, styleID string) {
	id, level := numberOf(properties)
	if id == "" {
		id = s.numID
		if level < 0 {
			level = s.numLevel
		}
	}
	if id != "" && id != "0" {
		p.mark = r.numbering.next(id, level, styleID)
	}
}

// joinDropCaps puts a drop cap before the paragraph that it starts.
func joinDropCaps(blocks []*block) []*block {
	var out []*block
	for i := 0; i < len(blocks); i++ {
		b := blocks[i]
		if b.paragraph != nil && b.paragraph.drop && i+1 < len(blocks) && blocks[i+1].paragraph != nil {
			next := blocks[i+1].paragraph
			next.spans = tidy(append(b.paragraph.spans, next.spans...))
			next.number = b.paragraph.number
			continue
		}
		out = append(out, b)
	}
	return out
}

// footnote reads the note behind a mark and returns its number in the text; 0
// where there is none.
func (r *reader) footnote(kind, id string) int {
	e := r.notes[kind+id]
	if e == nil || r.inNote {
		return 0
	}
	n := len(r.text.footnotes) + 1
	r.text.footnotes[n] = nil
	r.inNote = true
	outer, fields := r.current, r.fields
	r.fields = nil
	r.findRevisions(e)
	var list []*paragraph
	for _, b := range r.blocks(e.children) {
		switch {
		case b.paragraph != nil:
			list = append(list, b.paragraph)
		case b.table != nil:
			r.said.note("left-object", outer, "脚注里的表格没有导入")
		}
	}
	r.inNote, r.current, r.fields = false, outer, fields
	if len(list) == 0 {
		delete(r.text.footnotes, n)
		r.said.note("left-footnote", outer, "空的脚注没有导入")
		return 0
	}
	r.text.footnotes[n] = list
	if kind == "endnotes" {
		r.said.count("changed-endnote", "尾注改成了脚注，共 %d 条", "")
	}
	return n
}

// tellSurroundings names what stands around the text and was not read, and
// what was only counted.
func (r *reader) tellSurroundings() {
	told := map[string]bool{}
	for _, id := range slices.Sorted(maps.Keys(r.relations)) {
		rel := r.relations[id]
		what := map[string]string{"header": "页眉", "footer": "页脚"}[rel.Kind]
		if what == "" || rel.External || !r.file.Has(rel.Target) {
			continue
		}
		root, err := r.file.tree(rel.Target)
		if err != nil {
			continue
		}
		words := linebreak.Clip(root.words(), 24)
		if isPageNumber(words) || told[what+words] {
			continue
		}
		told[what+words] = true
		r.said.note("left-header", nil, "%s没有导入：“%s”", what, words)
	}
	if r.shapes == 0 {
		return
	}
	if r.pictures > 0 {
		r.said.problem("manuscript-cover", nil, "核对导入的图片；要遮住的人脸、号码，先在图片本身上打码，再插入 Word", "文档里有 %d 个图形（线条、色块等）没有导入，它们可能遮着图片的某些部分", r.shapes)
		return
	}
	r.said.note("left-shape", nil, "%d 个图形（线条、色块等）没有导入", r.shapes)
}

// isPageNumber tells a header or footer that holds nothing but page numbers.
func isPageNumber(words string) bool {
	return strings.Trim(words, " 0123456789-—–－·.…第共页/／") == ""
}
