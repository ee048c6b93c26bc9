package site

import (
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// correctionsPath is the list of published figures that have changed.
const correctionsPath = "statistics/corrections/index.html"

type correctionsData struct {
	Edition   int // of the figures and the report
	Lines     []correctionLine
	Withdrawn []withdrawnLine
}

// withdrawnLine is an item that was withdrawn in writing.
type withdrawnLine struct{ Kind, Title, Href, On, Cause string }

// correctionLine is one correction: what, as it was, as it is, why, when.
type correctionLine struct {
	Anchor          string
	On, Round       string
	Edition         int // with which it was first published, 0 for not yet
	Whose, Item     string
	Figure          string // where the figure is that took the old one's place
	Old, New, Cause string
}

// correctionsPages returns no page as long as nothing was corrected or withdrawn.
func correctionsPages(s *site) []*page {
	list, last := s.campaign.Corrections, campaign.Date{}
	if len(list) > 0 {
		last = list[len(list)-1].On
	}
	var withdrawn []release.Withdrawn
	for _, w := range s.view.Withdrawn() {
		if isWritten(w) {
			withdrawn = append(withdrawn, w)
			last = slices.MaxFunc([]campaign.Date{last, w.On}, campaign.Date.Compare)
		}
	}
	if last.IsZero() {
		return nil
	}
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
		for _, w := range withdrawn {
			data.Withdrawn = append(data.Withdrawn, withdrawnLine{Kind: r.say(w.Kind.Chinese()), Title: w.Title, Href: r.toAddress(r.noteAddress(w)), On: w.On.String(), Cause: w.Reason})
		}
		slices.SortStableFunc(data.Withdrawn, func(a, b withdrawnLine) int { return strings.Compare(b.On, a.On) })
		return data, nil
	}
	return []*page{p}
}

func isWritten(w release.Withdrawn) bool { return w.Written }

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
		Anchor: correctionAnchor(n), On: x.On.String(), Round: x.Round.Name, Edition: r.campaign.EditionOf(x),
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
