package pdf

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/pdf/word"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// Report is the report of a view: what the notice asks for, in its order, between
// the key figures and how they were counted.
func Report(v *release.View, _ *stats.Table) *Paper {
	c := v.Campaign()
	p := ofCampaign(c, c.Name+"总结报告", v.ReportEdition(), func(w *writer) {
		w.overview()
		w.whole()
		w.departments()
		w.cases()
		w.annex()
		w.gallery()
		w.warnings()
		w.method()
		w.ledger()
	})
	p.items = func(v *release.View) []*campaign.Item {
		return slices.Concat(narratives(v), CasesInOrder(v), v.ItemsOf(campaign.Warnings), v.ItemsOf(campaign.Galleries))
	}
	p.Path, p.Head, p.front = "report.pdf", cmp.Or(c.Short, c.Name)+"总结报告", titleAndContents
	return p
}

// The papers of the submission to the superior office, besides the report and
// the departments' summaries. They have no place on the site.

// narratives are those that papers hold.
func narratives(v *release.View) []*campaign.Item {
	return slices.Collect(maps.Values(v.NewestNarratives()))
}

// WholeSummary is the summary of the whole campaign, then by department.
func WholeSummary(v *release.View, _ *stats.Table) *Paper {
	c := v.Campaign()
	p := ofCampaign(c, c.Name+"工作总结", v.Edition(narratives(v), v.Reported(), c.Corrections), func(w *writer) {
		w.overview()
		w.whole()
		w.departments()
	})
	p.items = narratives
	return bound(p)
}

// Cases holds the typical cases, with what to know of their decisions.
func Cases(v *release.View, _ *stats.Table) *Paper {
	c := v.Campaign()
	p := ofCampaign(c, c.Name+"违法典型案例", v.Edition(CasesInOrder(v), nil, nil), (*writer).cases)
	p.items = CasesInOrder
	return bound(p)
}

// Form is the statistical form of every round.
func Form(v *release.View, _ *stats.Table) *Paper {
	c := v.Campaign()
	return ofCampaign(c, cmp.Or(c.Form.Name, c.Name+"统计表"), v.FiguresEdition(), (*writer).annex)
}

// Album holds the pictures and posters with their captions.
func Album(v *release.View, _ *stats.Table) *Paper {
	c := v.Campaign()
	p := ofCampaign(c, c.Name+"联合执法图片视频资料", v.Edition(v.ItemsOf(campaign.Galleries), nil, nil), (*writer).gallery)
	p.Head = cmp.Or(c.Short, c.Name) + "联合执法图片视频资料"
	return p
}

// ofCampaign is a paper of the whole campaign.
func ofCampaign(c *campaign.Campaign, title string, edition release.Edition, body func(*writer)) *Paper {
	return &Paper{Title: title, author: issuer(c), subject: c.Short, edition: edition, body: body}
}

// bound adds a title page and contents to a paper.
func bound(p *Paper) *Paper {
	p.Head, p.front = p.Title, titleAndContents
	return p
}

// titleAndContents is the front of a paper that is looked things up in.
func titleAndContents(w *writer, headings []typeset.Bookmark) {
	w.titlePage()
	w.corrections()
	if len(headings) > 0 {
		w.add(typeset.Break{})
		w.contents(headings)
	}
}

// Word writes a paper as a Word document to be edited. Charts come as their
// tables, and in the place of a title page stands the title.
func (o Options) Word(out io.Writer, v *release.View, b *stats.Table, p *Paper) error {
	if o.Charts != nil {
		o.Charts = &Charts{Find: o.Charts.Find}
	}
	w := newWriter(v, b, o, p)
	p.body(w)
	blocks := w.blocks
	if p.front != nil {
		w.blocks = nil
		w.documentTitle(p.Title)
		w.centred(p.author, remark)
		if len(blocks) > 0 {
			if _, ok := blocks[0].(typeset.Break); ok {
				blocks = blocks[1:]
			}
		}
		blocks = append(w.blocks, blocks...)
	}
	if w.err != nil {
		return fmt.Errorf("生成“%s”的 Word 文档：%w", p.Title, w.err)
	}
	d := word.Document{
		Title: p.Title, Author: p.author, Subject: p.subject, Mark: w.sheetMark(),
		Published: p.edition.Published.Midnight(), Changed: p.edition.Changed.Midnight(),
	}
	if err := word.Write(out, d, blocks); err != nil {
		return fmt.Errorf("生成“%s”的 Word 文档：%w", p.Title, err)
	}
	return nil
}
