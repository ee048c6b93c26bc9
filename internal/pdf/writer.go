package pdf

import (
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/linebreak"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// The look of the papers, in points.
const (
	bodySize    = 16.0 // 3号
	titleSize   = 22.0 // 2号
	formSize    = 18.0 // 小2号: titles of forms
	smallSize   = 12.0 // 小4号: tables, captions
	contentSize = 14.0 // 4号
	smallLead   = 18.0
	tablePad    = 3.5
	tableSpace  = 8.0 // above and below a table or picture
)

const sampleMark = "示例数据"

var (
	body     = typeset.Style{Role: typeset.Fang, Size: bodySize}
	small    = typeset.Style{Role: typeset.Fang, Size: smallSize}
	smallHei = typeset.Style{Role: typeset.Hei, Size: smallSize}
	remark   = typeset.Style{Role: typeset.Kai, Size: bodySize}
)

// headingStyles are those of the levels of GB/T 9704; lower ones look like the
// last.
var headingStyles = []typeset.Style{
	{Role: typeset.Hei, Size: bodySize},
	{Role: typeset.Kai, Size: bodySize},
	{Role: typeset.Fang, Size: bodySize},
}

// em2 is the indent of a paragraph: two characters of the grid.
var em2 = 2 * typeset.A4.Pitch()

// writer gathers the blocks of a paper.
type writer struct {
	paper    *Paper
	view     *release.View
	stats    *stats.Table
	campaign *campaign.Campaign
	charts   *Charts
	setter   *typeset.Setter // of the paper's pages; nil where it has none
	editable bool            // the paper is to be edited
	step     int             // how often the paper has been too long so far

	blocks  []typeset.Block
	numbers numbering
	// narratives are those that papers hold; nil before anyone asks.
	narratives map[release.Narrator]*campaign.Item
	held       map[string]bool               // files of the items that the paper prints; nil before anyone asks
	notes      int                           // footnotes so far
	figures    int                           // pictures and charts so far
	tables     int                           // tables with a caption so far
	drawn      map[string]int                // numbers of the charts that are printed, by code
	tabled     map[*campaign.Department]bool // whose figures are printed as a table
	colophoned bool                          // its last sheet has a 版记
	letter     bool                          // its first sheet is a letter's, without a number
	source     string
	err        error // the first thing that went wrong
}

func newWriter(v *release.View, b *stats.Table, o Options, p *Paper) *writer {
	return &writer{
		paper: p, view: v, stats: b, campaign: v.Campaign(), charts: o.Charts, editable: o.editable,
		drawn: map[string]int{}, tabled: map[*campaign.Department]bool{},
	}
}

// fail keeps the first error; the paper is not written then.
func (w *writer) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *writer) add(blocks ...typeset.Block) { w.blocks = append(w.blocks, blocks...) }

// within adds blocks that are of one element of the structure.
func (w *writer) within(tag typeset.Tag, blocks func()) {
	w.add(typeset.Open{Tag: tag})
	blocks()
	w.add(typeset.Close{})
}

// from says which file the text that follows comes from.
func (w *writer) from(at campaign.Position) {
	w.source = ""
	if !at.IsZero() {
		w.source = at.Source()
	}
}

// lead is the height of a line of the sheet at hand, which may be set closer.
func (w *writer) lead() float64 {
	if w.setter == nil {
		return typeset.A4.Lead()
	}
	return w.setter.Sheet.Lead()
}

// run makes a run of the text at hand.
func (w *writer) run(text string, style typeset.Style) typeset.Run {
	return typeset.Run{Text: text, Style: style, Source: w.source}
}

func (w *writer) runs(text string, style typeset.Style) []typeset.Run {
	return []typeset.Run{w.run(text, style)}
}

// heading adds a numbered heading; level 1 is the highest.
func (w *writer) heading(level int, text, anchor string) {
	w.headingRuns(level, func(style typeset.Style) []typeset.Run { return w.runs(text, style) }, text, anchor)
}

// headingRuns adds a numbered heading of styled text; title is the same text
// for the contents.
func (w *writer) headingRuns(level int, runs func(typeset.Style) []typeset.Run, title, anchor string) {
	style := headingStyles[min(level, len(headingStyles))-1]
	number, count := w.numbers.of(level, title)
	heading := &typeset.Bookmark{Level: level, Number: number, Count: count}
	number = numberBefore(number, title)
	heading.Title = number + title
	w.add(&typeset.Paragraph{
		Runs:    append(w.runs(number, style), runs(style)...),
		Align:   typeset.Left,
		Indent:  em2,
		Heading: heading,
		Anchor:  anchor,
		Within:  level > 1 && w.paper.short,
	})
}

// numberBefore is a number before a text: 1. 2022年, which is no 1.2022.
func numberBefore(number, text string) string {
	if strings.HasSuffix(number, ".") && text != "" && linebreak.IsDigit(rune(text[0])) {
		number += " "
	}
	return number
}

// filledPage is how far a page must be filled for the next part to start another.
var filledPage = typeset.A4.BlockHeight * 2 / 5

// part starts a part of a paper on a new page, unless it is to be edited.
func (w *writer) part(title, anchor string) {
	w.from(campaign.Position{})
	if !w.editable {
		w.add(typeset.Break{Filled: filledPage})
	}
	w.heading(1, title, anchor)
}

// paragraph adds a paragraph of body text.
func (w *writer) paragraph(text string, style typeset.Style) {
	w.add(&typeset.Paragraph{Runs: w.linked(text, style), Indent: em2})
}

// byline adds a remark below a heading, which it stays with.
func (w *writer) byline(text string, style typeset.Style) {
	w.add(&typeset.Paragraph{Runs: w.linked(text, style), Indent: em2, KeepWithNext: true})
}

// caption numbers a table and adds the line above it. One count runs through the
// whole paper.
func (w *writer) caption(text string) {
	w.tables++
	w.captionLine(join("　", fmt.Sprintf("表%d", w.tables), text))
}

// captionLine adds the line above a table.
func (w *writer) captionLine(text string) {
	w.add(&typeset.Paragraph{Runs: w.runs(text, smallHei), Align: typeset.Center, Lead: smallLead + 4, Space: tableSpace, KeepWithNext: true, Tag: typeset.TagCaption})
}

// figure numbers the caption of a picture or chart. One count runs through the
// whole paper.
func (w *writer) figure(text string) []typeset.Run {
	w.figures++
	return w.linked(join("　", fmt.Sprintf("图%d", w.figures), text), small)
}

// small adds a line of small type, as below a table.
func (w *writer) small(text string) {
	w.add(&typeset.Paragraph{Runs: w.runs(text, small), Lead: smallLead, Space: 3, Align: typeset.Left})
}

// heldMark says below a heading why an item is not public; nothing in what the
// public sees.
func (w *writer) heldMark(reasons []string) {
	if w.view.Audience() != release.ForOffice || len(reasons) == 0 {
		return
	}
	w.byline("（未公开："+strings.Join(reasons, "；")+"）", remark)
}

// itemHeading adds the heading of an item among others of its kind.
func (w *writer) itemHeading(i *campaign.Item) {
	w.from(campaign.InFile(i.File))
	w.heading(2, i.Title, anchorOf(i))
	w.heldMark(w.view.Mark(i))
}

// anchorOf names the place of an item in the document.
func anchorOf(i *campaign.Item) string { return i.File }

// join joins what is there of the texts.
func join(separator string, texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(t string) bool { return t == "" }), separator)
}
