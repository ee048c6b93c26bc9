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

// Report is the summary that is read: what the lead office says, in its sections,
// the latest form, the charts that stand for it and the list of cases. Where the lead
// office says nothing, each department's results stand under its name.
func Report(v *release.View, _ *stats.Table) *Paper {
	c := v.Campaign()
	summary := v.NewestNarratives()[release.Narrator{}]
	p := ofCampaign(c, c.Name+"工作总结", v.Edition(slices.Concat(told(v, summary), CasesInOrder(v)), v.Reported(), c.Corrections), (*writer).summary)
	if summary != nil {
		p.items = only(summary)
	}
	p.quotes = func(v *release.View) []*campaign.Item { return slices.Concat(told(v, summary), CasesInOrder(v)) }
	return bound(p)
}

// told lists the narratives that the summary quotes: the lead office's, else those of
// the departments.
func told(v *release.View, summary *campaign.Item) (list []*campaign.Item) {
	if summary != nil {
		return []*campaign.Item{summary}
	}
	for whose, n := range v.NewestNarratives() {
		if whose.Region == nil {
			list = append(list, n)
		}
	}
	return list
}

// Volume is everything that a view has in one paper: what the notice asks for, in its
// order, between the key figures and how they were counted.
func Volume(v *release.View, _ *stats.Table) *Paper {
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
	p.Head, p.front = cmp.Or(c.Short, c.Name)+"总结报告", titleAndContents
	return p
}

// narratives are those that papers hold.
func narratives(v *release.View) []*campaign.Item {
	return slices.Collect(maps.Values(v.NewestNarratives()))
}

// The papers of the submission to the superior office, besides those of the campaign
// and the departments' summaries. They have no place on the site.

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
	return &Paper{Title: title, author: issuer(c), subject: c.Short, Edition: edition, body: body}
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

// Word writes a paper as a Word document to be edited. Charts come as pictures with
// their tables, or as their tables alone where no drawing can be painted.
func (o Options) Word(out io.Writer, v *release.View, b *stats.Table, p *Paper) error {
	if o.Charts != nil && o.Charts.Paint == nil {
		o.Charts = &Charts{Find: o.Charts.Find}
	}
	o.editable = true
	w := newWriter(v, b, o, p)
	p.body(w)
	blocks := w.blocks
	var front []typeset.Block
	if p.front != nil && w.err == nil {
		headings, err := o.headings(v, b, p, blocks)
		if err != nil {
			return err
		}
		w.blocks = nil
		p.front(w, headings)
		front = w.blocks
	}
	if w.err != nil {
		return fmt.Errorf("生成“%s”的 Word 文档：%w", p.Title, w.err)
	}
	d := word.Document{
		Title: p.Title, Author: p.author, Subject: p.subject, Mark: w.sheetMark(), Units: unitsOf(&w.campaign.Form), Front: front,
		Published: p.Edition.Published.Midnight(), Changed: p.Edition.Changed.Midnight(),
	}
	if err := word.Write(out, d, blocks); err != nil {
		return fmt.Errorf("生成“%s”的 Word 文档：%w", p.Title, err)
	}
	return nil
}

// headings lists the headings of a Word document for its contents, with the pages that
// they have as sheets: Word counts its own once it opens the file. Those that nothing
// links to are given an anchor.
func (o Options) headings(v *release.View, b *stats.Table, p *Paper, blocks []typeset.Block) ([]typeset.Bookmark, error) {
	fonts, err := o.Fonts()
	if err != nil {
		return nil, err
	}
	s, err := compose(v, b, o, fonts, p)
	if err != nil {
		return nil, err
	}
	var list []typeset.Bookmark
	for _, block := range blocks {
		para, ok := block.(*typeset.Paragraph)
		if !ok || para.Heading == nil {
			continue
		}
		mark := *para.Heading
		if para.Anchor == "" {
			para.Anchor = fmt.Sprintf("标题%d", len(list)+1)
		}
		mark.Anchor = para.Anchor
		if n := len(list); n < len(s.bookmarks) {
			mark.Page = s.bookmarks[n].Page - s.front
		}
		list = append(list, mark)
	}
	return list, nil
}
