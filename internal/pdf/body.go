package pdf

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
)

// bodyOf turns the Markdown of one item into blocks.
type bodyOf struct {
	*writer
	item  *campaign.Item
	shift int                 // what is added to the level of a heading
	notes map[int]footnote    // by number in the file
	sites map[string]footnote // by the address that they tell
	tree  *markdown.Tree
	under string // the heading that stands above, which names what has no name of its own
	// excerpt is of a body that stands in the paper in full as well: links lead there.
	excerpt bool
	// formal is of an official document, whose numbered items are paragraphs like any
	// other, the number before their first character (GB/T 9704-2012, 7.3.3).
	formal bool
}

// place is where blocks stand: within a list or a quotation they are indented
// and may look different.
type place struct {
	left   float64
	style  typeset.Style
	nested bool // no indent of the first line
}

// item adds an item's body. Its highest headings become headings of the given
// level.
func (w *writer) item(i *campaign.Item, level int) {
	if b := w.bodyOf(i, level); b != nil {
		w.from(campaign.InFile(i.File))
		b.block(b.tree.Blocks, place{style: body})
		w.from(campaign.Position{})
	}
}

// bodyOf reads an item's body; nil once something is wrong.
func (w *writer) bodyOf(i *campaign.Item, level int) *bodyOf {
	tree := w.tree(i)
	if tree == nil {
		return nil
	}
	return &bodyOf{writer: w, item: i, tree: tree, notes: map[int]footnote{}, sites: map[string]footnote{}, shift: level - highest(tree)}
}

// tree reads an item's body; nil once something is wrong.
func (w *writer) tree(i *campaign.Item) *markdown.Tree {
	source, err := w.view.Body(i)
	if err != nil {
		w.fail(err)
		return nil
	}
	tree, findings := markdown.Parse(source, i.File, i.Body.FirstLine)
	for _, f := range findings {
		if f.Level == campaign.Error {
			w.fail(fmt.Errorf("%s：%s", f.At.Source(), f.Message))
			return nil
		}
	}
	if i.Kind.InSections() {
		tree.FillSections(w.view.Unwritten())
	}
	return tree
}

// highest is the highest level of heading that a body uses.
func highest(tree *markdown.Tree) int {
	level := 0
	tree.Walk(func(n *markdown.Node) bool {
		if n.Kind == markdown.Heading && (level == 0 || n.Level < level) {
			level = n.Level
		}
		return true
	})
	return level
}

func (b *bodyOf) block(nodes []*markdown.Node, p place) {
	for _, n := range nodes {
		if !n.At.IsZero() {
			b.from(n.At)
		}
		switch n.Kind {
		case markdown.Heading:
			b.subheading(n)
		case markdown.Paragraph:
			b.text(n.Children, p, nil)
		case markdown.List:
			if b.formal && n.Ordered && !p.nested {
				b.numbered(n, p)
				break
			}
			b.within(typeset.TagList, func() { b.list(n, p) })
		case markdown.Quote:
			quoted := p
			quoted.left = min(quoted.left+em2, mostLeft)
			quoted.style.Role = typeset.Kai
			b.within(typeset.TagQuote, func() { b.block(n.Children, quoted) })
		case markdown.CodeBlock:
			b.add(&typeset.Paragraph{Runs: b.runs(strings.TrimRight(n.Text, "\n"), small), Align: typeset.Left, Left: p.left + em2, Lead: smallLead, Space: tableSpace}, gap)
		case markdown.Rule:
			b.add(typeset.Stroke{Width: 0.5, Height: typeset.A4.Lead(), Inset: typeset.A4.BlockWidth / 3})
		case markdown.Table:
			b.markdownTable(n, p)
		case markdown.StatTable:
			b.statTable(n.Reference)
		case markdown.Chart:
			b.chart(n.Reference.Chart, n.Reference.At.Source())
		}
	}
}

func (b *bodyOf) subheading(n *markdown.Node) {
	title, anchor := markdown.PlainText(n.Children, b.cite), b.item.File+"#"+n.Anchor
	if b.excerpt {
		anchor = ""
	}
	b.under = title
	b.headingRuns(n.Level+b.shift, func(style typeset.Style) []typeset.Run {
		return b.inline(n.Children, style)
	}, title, anchor)
	if n.Level == 2 {
		b.officeMark(b.item, title)
	}
}

// officeMark says to the office that a section is one of the 报送部分.
func (w *writer) officeMark(i *campaign.Item, section string) {
	if w.view.Audience() == release.ForOffice && slices.Contains(i.OfficeOnly, section) {
		w.byline("（报送部分，不公开。）", remark)
	}
}

// onlyPictures reports that a paragraph has nothing but pictures.
func onlyPictures(nodes []*markdown.Node) bool {
	for _, n := range nodes {
		if n.Kind != markdown.Image && n.Kind != markdown.Break && strings.TrimSpace(markdown.PlainText([]*markdown.Node{n}, func(*campaign.Reference) string { return "数" })) != "" {
			return false
		}
	}
	return true
}

// text adds a paragraph. Pictures stand in its lines, or each for itself where there
// is nothing else; marker, when given, stands before its first line.
func (b *bodyOf) text(nodes []*markdown.Node, p place, marker []typeset.Run) {
	var words []*markdown.Node
	flush := func() {
		if len(words) == 0 {
			return
		}
		para := &typeset.Paragraph{Runs: b.inline(words, p.style), Left: p.left, Marker: marker}
		switch {
		case marker != nil && p.nested:
			para.Left, para.Hang = p.left-listHang, listHang
		case !p.nested:
			para.Runs, para.Marker, para.Indent = append(marker, para.Runs...), nil, em2
		}
		b.add(para)
		words, marker = nil, nil
	}
	alone := onlyPictures(nodes)
	for _, n := range nodes {
		if n.Kind == markdown.Image && alone {
			flush()
			b.picture(n)
			continue
		}
		words = append(words, n)
	}
	flush()
}

// mostLeft is how far lists and quotations within one another are indented, so
// that half of the line is left.
var mostLeft = typeset.A4.BlockWidth / 2

// listHang is the width of the marker of a list's item.
var listHang = 1.5 * typeset.A4.Pitch()

func (b *bodyOf) list(n *markdown.Node, p place) {
	inner := p
	inner.left += listHang
	inner.nested = true
	if !p.nested {
		inner.left += em2
	}
	inner.left = min(inner.left, mostLeft)
	for _, item := range n.Children {
		marker := "•"
		switch {
		case n.Ordered && p.nested:
			marker = fmt.Sprintf("%d)", item.Number)
		case n.Ordered:
			marker = fmt.Sprintf("%d.", item.Number)
		case p.nested:
			marker = "–"
		}
		mark := b.runs(marker, typeset.Style{Role: typeset.Song, Size: bodySize})
		if n.Ordered {
			mark = b.runs(marker, p.style)
		}
		b.within(typeset.TagItem, func() {
			rest := item.Children
			if len(rest) > 0 && rest[0].Kind == markdown.Paragraph {
				b.from(rest[0].At)
				b.text(rest[0].Children, inner, mark)
				rest = rest[1:]
			} else {
				b.add(&typeset.Paragraph{Runs: b.runs(" ", p.style), Left: inner.left - listHang, Hang: listHang, Marker: mark, KeepWithNext: true})
			}
			b.block(rest, inner)
		})
	}
}

// numbered writes the items of a list as paragraphs, with their numbers as headings have
// them.
func (b *bodyOf) numbered(n *markdown.Node, p place) {
	for _, item := range n.Children {
		var first []*markdown.Node
		rest := item.Children
		if len(rest) > 0 && rest[0].Kind == markdown.Paragraph {
			first, rest = rest[0].Children, rest[1:]
			b.from(item.Children[0].At)
		}
		number := numberBefore(fmt.Sprintf("%d.", item.Number), markdown.PlainText(first, b.cite))
		if len(first) == 0 {
			b.add(&typeset.Paragraph{Runs: b.runs(number, p.style), Indent: em2, KeepWithNext: true})
		} else {
			b.text(first, p, b.runs(number, p.style))
		}
		b.block(rest, p)
	}
}

// picture adds a picture of the body with its description below.
func (b *bodyOf) picture(n *markdown.Node) {
	to, _ := b.item.LinkTo(n.Target)
	file := to.Attached()
	if !isPicture(file) {
		b.paragraph("（图片："+n.Text+"）", remark)
		return
	}
	b.writer.picture(n.At, file, n.Text, &typeset.Picture{Alt: n.Text, Height: 100 * typeset.Millimetre, Floats: true})
}

// inlinePicture puts a picture of the body into a text, on a line of its own as on the
// site.
func (b *bodyOf) inlinePicture(n *markdown.Node, style typeset.Style, out *[]typeset.Run) {
	r := b.run(n.Text, style)
	if to, _ := b.item.LinkTo(n.Target); isPicture(to.Attached()) {
		image, err := b.image(n.At, to.Attached())
		if err != nil {
			b.fail(err)
			return
		}
		r.Image = image
		if len(*out) > 0 {
			*out = append(*out, b.run("\n", style))
		}
		*out = append(*out, r, b.run("\n", style))
		return
	}
	*out = append(*out, r)
}

var pictureTypes = []string{".jpg", ".jpeg", ".png", ".gif", ".webp"}

func isPicture(file string) bool {
	return slices.Contains(pictureTypes, strings.ToLower(path.Ext(file)))
}

func (b *bodyOf) markdownTable(n *markdown.Node, p place) {
	if len(n.Children) == 0 {
		return
	}
	letters := ""
	for _, cell := range n.Children[0].Children {
		switch cell.Align {
		case markdown.AlignCenter:
			letters += "c"
		case markdown.AlignRight:
			letters += "r"
		default:
			letters += "l"
		}
	}
	var head, rows []typeset.Row
	for _, r := range n.Children {
		var row typeset.Row
		isHead := false
		for _, cell := range r.Children {
			style, align := small, typeset.Justify
			if cell.Head {
				style, align, isHead = smallHei, typeset.Center, true
			}
			if !cell.At.IsZero() {
				b.from(cell.At)
			}
			row = append(row, typeset.Cell{Runs: b.inline(cell.Children, style), Align: align})
		}
		if isHead {
			head = append(head, row)
		} else {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		head, rows = nil, head
	}
	t := b.table(columns(letters), head, rows)
	t.Left = p.left
	if b.under == "" {
		b.add(t, gap)
		return
	}
	b.captioned(b.under, t)
}

func (b *bodyOf) statTable(ref *campaign.Reference) {
	target, err := b.campaign.Resolve(*ref, nil)
	if err != nil {
		b.fail(fmt.Errorf("%s：%w", ref.At.Source(), err))
		return
	}
	b.departmentTable(target.Department)
}

// inline turns inline nodes into runs of a style.
func (b *bodyOf) inline(nodes []*markdown.Node, style typeset.Style) []typeset.Run {
	var runs []typeset.Run
	b.inlines(nodes, style, lead{}, &runs)
	return runs
}

func (b *bodyOf) inlines(nodes []*markdown.Node, style typeset.Style, link lead, out *[]typeset.Run) {
	put := func(text string, style typeset.Style) {
		r := b.run(text, style)
		r.Link, r.URI = link.anchor, link.uri
		*out = append(*out, r)
	}
	for _, n := range nodes {
		if !n.At.IsZero() {
			b.from(n.At)
		}
		switch n.Kind {
		case markdown.Text, markdown.Code:
			put(n.Text, style)
		case markdown.Break:
			put("\n", style)
		case markdown.Figure:
			put(b.cite(n.Reference), style)
		case markdown.Strong:
			bold := style
			bold.Role = typeset.Hei
			b.inlines(n.Children, bold, link, out)
		case markdown.Emphasis:
			soft := style
			if soft.Role != typeset.Hei {
				soft.Role = typeset.Kai
			}
			b.inlines(n.Children, soft, link, out)
		case markdown.Strike:
			struck := style
			struck.Strike = true
			b.inlines(n.Children, struck, link, out)
		case markdown.Link:
			to := b.lead(n.Target)
			b.inlines(n.Children, style, to, out)
			if to.onSite {
				b.siteNote(to.uri, style, out)
			}
		case markdown.Image:
			b.inlinePicture(n, style, out)
		case markdown.FootnoteMark:
			b.footnote(n.Number, style, out)
		}
	}
}

// cite prints a published figure. A reference that leads nowhere is an error
// that names its line.
func (b *bodyOf) cite(ref *campaign.Reference) string {
	cited, err := b.stats.Cite(*ref, b.item)
	if err != nil {
		b.fail(fmt.Errorf("%s：引用“{{%s}}”：%w", ref.At.Source(), ref.Raw, err))
	}
	return cited.Text
}

// footnote is a note with the number that it has in the report.
type footnote struct {
	label string
	note  *typeset.Note
}

// footnote puts the mark of a footnote, whose text goes to the page's foot.
// Notes are numbered through the whole report, so that no page has two of one
// number.
func (b *bodyOf) footnote(number int, style typeset.Style, out *[]typeset.Run) {
	f, ok := b.notes[number]
	if !ok {
		f = b.newNote()
		b.notes[number] = f
		for _, n := range b.tree.Footnotes {
			if n.Number == number {
				f.note.Runs = append(f.note.Runs, b.flat(n.Children, typeset.NoteStyle(typeset.Fang))...)
			}
		}
	}
	b.noteMark(f, style, out)
}

// newNote makes a footnote with its number.
func (b *bodyOf) newNote() footnote {
	b.writer.notes++
	f := footnote{fmt.Sprintf("[%d]", b.writer.notes), &typeset.Note{}}
	f.note.Label = b.runs(f.label+" ", typeset.NoteStyle(typeset.Fang))
	return f
}

// noteMark puts the mark of a footnote.
func (b *bodyOf) noteMark(f footnote, style typeset.Style, out *[]typeset.Run) {
	mark := style
	mark.Size, mark.Rise = style.Size*0.6, style.Size*0.38
	r := b.run(f.label, mark)
	r.Note = f.note
	*out = append(*out, r)
}

// flat joins the paragraphs of a footnote.
func (b *bodyOf) flat(blocks []*markdown.Node, style typeset.Style) []typeset.Run {
	var runs []typeset.Run
	for _, n := range blocks {
		if len(runs) > 0 {
			runs = append(runs, b.run("\n", style))
		}
		if n.Kind == markdown.Paragraph {
			runs = append(runs, b.inline(n.Children, style)...)
		} else {
			runs = append(runs, b.run(markdown.PlainText([]*markdown.Node{n}, b.cite), style))
		}
	}
	return runs
}
