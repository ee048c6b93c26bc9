package pdf

import (
	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
)

// resultsSection is the section that stands for a narrative where the whole
// campaign has no summary.
var resultsSection = campaign.NarrativeSections[1]

// whole writes what the lead office says of the whole campaign in the newest
// round. Where it says nothing, each department says itself what was achieved:
// the program joins no words of theirs.
func (w *writer) whole() {
	if n := w.newest(nil, nil); n != nil {
		w.part("工作总结", anchorOf(n))
		w.narrative(n, 2)
		return
	}
	started := false
	for _, d := range w.campaign.Departments {
		n := w.newest(d, nil)
		if n == nil {
			continue
		}
		b := w.bodyOf(n, 2) // its smaller headings come below the department's name
		if b == nil {
			return
		}
		blocks := b.section(resultsSection)
		if len(blocks) == 0 {
			continue
		}
		if !started {
			w.part("工作总结", "")
			w.paragraph("（以下是各部门总结的“"+resultsSection+"”一节，全文见“"+departmentsTitle+"”。）", remark)
			started = true
		}
		w.from(d.At)
		w.heading(2, d.Name, "")
		w.about(n)
		w.officeMark(n, resultsSection)
		b.excerpt = true
		b.block(blocks, place{style: body})
		w.from(campaign.Position{})
	}
}

// section returns what stands below the level-2 heading of a name.
func (b *bodyOf) section(name string) []*markdown.Node {
	for _, s := range b.tree.Sections() {
		if s.Heading != nil && markdown.PlainText(s.Heading.Children, b.cite) == name {
			return s.Blocks
		}
	}
	return nil
}
