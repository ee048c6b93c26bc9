package typeset

import (
	"fmt"
	"slices"
	"strings"
)

// Tag is the kind of a structure element, by its name in PDF 1.4 (PDF
// Reference, 3rd edition, 9.7.4). That version has no THead and no TBody: the
// rows of a table are its kids.
type Tag string

// The elements that blocks become by themselves, and those that [Open] begins.
const (
	TagTitle     Tag = "H1" // of the whole document; the headings come below it
	TagParagraph Tag = "P"
	TagCaption   Tag = "Caption"
	TagNote      Tag = "Note"
	TagTable     Tag = "Table"
	TagRow       Tag = "TR"
	TagHead      Tag = "TH"
	TagCell      Tag = "TD"
	TagFigure    Tag = "Figure"
	TagContents  Tag = "TOC"
	TagEntry     Tag = "TOCI"
	TagReference Tag = "Reference"
	TagLink      Tag = "Link"
	TagSpan      Tag = "Span"

	TagSection Tag = "Sect"
	TagQuote   Tag = "BlockQuote"
	TagList    Tag = "L"
	TagItem    Tag = "LI"
	tagMarker  Tag = "Lbl"
	TagText    Tag = "LBody"
)

// HeadingTag is the tag of a heading of a level, which is 1 or more: H2 to H6.
// Lower levels are tagged as the last.
func HeadingTag(level int) Tag { return ranked(max(level, 1) + 1) }

// ranked is H1 to H6.
func ranked(rank int) Tag { return Tag(fmt.Sprintf("H%d", min(rank, 6))) }

// rank is 1 of a title and 2 to 6 of a heading; 0 of any other tag.
func (t Tag) rank() int {
	if len(t) == 2 && t[0] == 'H' && '1' <= t[1] && t[1] <= '6' {
		return int(t[1] - '0')
	}
	return 0
}

// heads reports that the tag is a heading's.
func (t Tag) heads() bool { return t.rank() > 1 }

// Nest numbers the titles and headings of a document's pages by how they stand below
// one another: the first is H1, and none is more than one below the heading before it
// (ISO 14289-1, 7.4.2).
func Nest(pages []*Page) {
	var open []int // ranks of the headings above, as they were written
	seen := map[*Element]bool{}
	for _, page := range pages {
		for _, op := range page.Ops {
			in, ok := op.(Into)
			if !ok {
				continue
			}
			for e := in.Element; e != nil; e = e.Parent {
				rank := e.Tag.rank()
				if rank == 0 || seen[e] {
					continue
				}
				seen[e] = true
				for len(open) > 0 && open[len(open)-1] >= rank {
					open = open[:len(open)-1]
				}
				open = append(open, rank)
				e.Tag = ranked(len(open))
			}
		}
	}
}

// Element is a piece of the document's structure, as programs read it that do
// not look at pages. A paragraph, a cell or a list is one element on however
// many pages it stands. Every block makes its own; what it is in is told by
// [Open].
type Element struct {
	Tag    Tag
	Parent *Element   // nil at the top of the document
	Kids   []*Element // in reading order

	Alt              string // what a figure shows
	Actual           string // the characters of a span, where its glyphs are another's
	Box              Box    // of a figure on its page
	Scope            string // of a TH: Column or Row
	ColSpan, RowSpan int    // of a cell; 0 means 1
}

// Box is a part of a page, in points from its upper left corner.
type Box struct{ X, Y, W, H float64 }

// kid makes an element inside another one.
func (e *Element) kid(tag Tag) *Element {
	k := &Element{Tag: tag, Parent: e}
	if e != nil {
		e.Kids = append(e.Kids, k)
	}
	return k
}

// String is the way to the element, each counted among its brothers:
// Table/TR2/TD1.
func (e *Element) String() string {
	if e == nil {
		return "decoration"
	}
	if e.Parent == nil {
		return string(e.Tag)
	}
	return fmt.Sprintf("%s/%s%d", e.Parent, e.Tag, slices.Index(e.Parent.Kids, e)+1)
}

// Into says what the operations after it belong to: an element, or none where
// they are decoration. A page begins and ends with decoration. Links and anchors
// belong to nothing, and rules are decoration wherever they stand but in a figure.
type Into struct {
	Element *Element
	Around  Around // of decoration that sheets repeat
}

func (i Into) String() string {
	if i.Around != "" {
		return "in " + strings.ToLower(string(i.Around))
	}
	return "in " + i.Element.String()
}

// Around is the kind of what stands above or below the text of every sheet, by its
// name in PDF (ISO 32000-1, 14.8.2.2.2); "" for any other decoration.
type Around string

// What stands around the text: running heads and page numbers.
const (
	RunningHead Around = "Header"
	RunningFoot Around = "Footer"
)

// into says what comes next on the page, where that is not what came before.
func (p *Page) into(e *Element) {
	if p.within != e {
		p.within = e
		p.add(Into{Element: e})
	}
}

// Open begins an element that holds the blocks up to its [Close]: a list, an
// item of it, a quotation, a section. In an item, the first paragraph's marker
// is its label.
type Open struct {
	plain
	Tag Tag
}

// Close ends what the last [Open] began.
type Close struct{ plain }

func (Open) keepsWithNext() bool  { return true }
func (o Open) place(f *flow)      { f.open = append(f.open, f.element(o.Tag)) }
func (Close) keepsWithNext() bool { return true }
func (Close) place(f *flow) {
	if n := len(f.open); n > 0 {
		f.open = f.open[:n-1]
	}
}

// element makes the element of a block where the flow stands.
func (f *flow) element(tag Tag) *Element {
	f.last = f.here().kid(tag)
	return f.last
}

// belong makes an element for a block's lines; a line may be nil.
func (f *flow) belong(tag Tag, lines ...*line) *Element {
	e := f.element(tag)
	for _, l := range lines {
		if l != nil {
			l.of = e
		}
	}
	return e
}

// here is the element that blocks go into, nil at the top of the document.
func (f *flow) here() *Element {
	if len(f.open) == 0 {
		return nil
	}
	e := f.open[len(f.open)-1]
	if e.Tag != TagItem {
		return e
	}
	if n := len(e.Kids); n > 0 && e.Kids[n-1].Tag == TagText {
		return e.Kids[n-1]
	}
	return e.kid(TagText)
}

// label makes the element of a marker that stands left of a paragraph; nil
// where the marker is a part of the paragraph, since it begins no item.
func (f *flow) label() *Element {
	if n := len(f.open); n > 0 && f.open[n-1].Tag == TagItem && len(f.open[n-1].Kids) == 0 {
		return f.open[n-1].kid(tagMarker)
	}
	return nil
}

// entry makes the element of a line of the contents; lines that follow each
// other are in one list, those of a lower level in a list within the line above.
func (f *flow) entry(level int) *Element {
	list := f.last
	if list == nil || list.Tag != TagContents {
		list = f.element(TagContents)
	}
	for ; level > 1 && len(list.Kids) > 0; level-- {
		above := list.Kids[len(list.Kids)-1]
		list = above.Kids[len(above.Kids)-1]
		if list.Tag != TagContents {
			list = above.kid(TagContents)
		}
	}
	return list.kid(TagEntry)
}

// adopt takes the caption that stands right above into an element.
func (f *flow) adopt(e *Element, before *Element) {
	if before == nil || before.Tag != TagCaption || before.Parent != e.Parent {
		return
	}
	if e.Parent != nil {
		e.Parent.Kids = slices.DeleteFunc(e.Parent.Kids, func(k *Element) bool { return k == before })
	}
	before.Parent = e
	e.Kids = append(e.Kids, before)
}

// owner is the element of a run in the line: the line's own, or one within it
// for a link, or for the mark of a footnote, which tells the note where it
// belongs.
func (l *line) owner(g *glyph) *Element {
	if l.of == nil {
		return nil
	}
	e := l.of
	if n := g.labels; n != nil {
		if n.label == nil {
			n.label = e.kid(tagMarker)
		}
		e = n.label
	}
	if run := g.run; run.leads() || run.Note != nil {
		if run.element == nil {
			run.element = e.kid(run.tag())
		}
		if run.Note != nil && run.Note.element == nil {
			run.Note.element = e.kid(TagNote)
		}
		e = run.element
	}
	if g.shared {
		e = e.kid(TagSpan)
		e.Actual = string(g.r)
	}
	return e
}

// tag is the kind of a run that is an element within its line.
func (r *Run) tag() Tag {
	if r.leads() {
		return TagLink
	}
	return TagReference
}

// apart reports that two glyphs side by side are of different elements.
func apart(a, b *glyph) bool {
	if a.shared || b.shared || a.high > 0 || b.high > 0 || a.labels != b.labels {
		return true
	}
	return a.run != b.run && (a.run.Link != b.run.Link || a.run.URI != b.run.URI || a.run.Note != b.run.Note)
}

// textOf joins the text of runs, as a link says it to those who do not see it.
func textOf(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return strings.ReplaceAll(b.String(), "\n", "")
}
