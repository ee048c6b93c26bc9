package pdf

import (
	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
)

// resultsSection is the section that stands for a narrative where the whole
// campaign has no summary.
var resultsSection = campaign.NarrativeSections[1]

// whole writes what the lead office says of the whole campaign in the newest
// round, as a part of the paper.
func (w *writer) whole() {
	if n := w.newest(nil, nil); n != nil {
		w.part("工作总结", anchorOf(n))
		w.narrative(n, 2)
		return
	}
	w.results("工作总结", departmentsTitle)
}

// summary writes the paper that is read: the lead office's sections or, where it has
// none, the departments' results, and what they lean on.
func (w *writer) summary() {
	if n := w.newest(nil, nil); n != nil {
		w.narrative(n, 1)
	} else {
		w.results("各部门"+resultsSection, "合订本")
	}
	w.latestForm()
	w.mainCharts()
	w.caseList()
}

// results has each department say itself what was achieved, since the lead office says
// nothing: the program joins no words of theirs. The rest is in another place.
func (w *writer) results(title, elsewhere string) {
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
		b.under = resultsSection
		if len(blocks) == 0 {
			continue
		}
		if !started {
			w.part(title, "")
			w.paragraph("（以下是各部门总结的“"+resultsSection+"”一节，全文见“"+elsewhere+"”。）", remark)
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
