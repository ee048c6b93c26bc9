package site

import (
	"fmt"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// correctionsPath is the list of published figures that have changed.
const correctionsPath = "statistics/corrections/index.html"

type correctionsData struct {
	Edition int // of the figures and the report
	Lines   []correctionLine
}

// correctionLine is one correction: what, as it was, as it is, why, when.
type correctionLine struct {
	Anchor          string
	On, Round       string
	Whose, Item     string
	Figure          string // where the figure is that took the old one's place
	Old, New, Cause string
}

// correctionsPages returns no page as long as nothing was corrected.
func correctionsPages(s *site) []*page {
	list := s.campaign.Corrections
	if len(list) == 0 {
		return nil
	}
	last := list[len(list)-1].On
	p := &page{
		path: correctionsPath, template: "corrections", title: s.say("数据更正"), section: "statistics/index.html",
		description: s.sayf("已公布数据的更正，最近一次在%s。", last.Chinese()),
		keywords:    []string{"更正", "统计数据", s.short()}, column: &column{s.say("数据更正"), "数据发布"},
		changed: campaign.Moment{Date: last}, trail: s.pagesAt("statistics/index.html"),
	}
	p.data = func(r *rendering) (any, error) {
		data := correctionsData{Edition: s.campaign.Edition()}
		for n, x := range slices.Backward(list) {
			data.Lines = append(data.Lines, r.correctionLine(n, x))
		}
		return data, nil
	}
	return []*page{p}
}

// corrections lists those that are wanted.
func (s *site) corrections(wanted func(*campaign.Correction) bool) []*campaign.Correction {
	return slices.DeleteFunc(slices.Clone(s.campaign.Corrections), func(x *campaign.Correction) bool { return !wanted(x) })
}

// pagesAt returns the page of a kind before the present one in the list of kinds.
func (s *site) pagesAt(path string) []*page {
	n := slices.IndexFunc(s.pages, func(p *page) bool { return p.path == path })
	return s.pages[n : n+1]
}

func (r *rendering) correctionLine(n int, x *campaign.Correction) correctionLine {
	line := correctionLine{
		Anchor: correctionAnchor(n), On: x.On.String(), Round: x.Round.Name,
		Whose: x.Whose(), Item: x.What(), Old: x.OldText(), New: x.NewText(), Cause: x.Reason,
	}
	// 本级 has no line of its own among the sources: its sum's line tells it.
	if x.Row != nil && !x.Withdrawn {
		line.Figure = r.toSource(r.stats.Figure(x.Round, x.Row, x.Region))
	}
	return line
}

func correctionAnchor(n int) string { return fmt.Sprintf("_gengzheng-%d", n+1) }

// toCorrection links to the last correction of a figure; "" for a figure that
// is as it was first published.
func (r *rendering) toCorrection(f *stats.Figure) string {
	if f == nil || f.Corrected() == "" {
		return ""
	}
	last := f.Corrections[len(f.Corrections)-1]
	anchor := "#" + correctionAnchor(slices.Index(r.campaign.Corrections, last))
	if r.page.path == correctionsPath {
		return anchor
	}
	return r.to(correctionsPath) + anchor
}
