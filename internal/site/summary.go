package site

import (
	"slices"

	"wangjian/internal/campaign"
)

// summaryPages are the whole campaign's own summaries, the latest round first. A
// campaign without one has no such section.
func summaryPages(s *site) []*page {
	items := slices.Clone(s.byKind[campaign.Summaries])
	if len(items) == 0 {
		return nil
	}
	slices.SortFunc(items, func(a, b *campaign.Item) int { return b.Round.Index - a.Round.Index })
	index := list{
		folder: string(campaign.Summaries), template: "items", name: s.say("全市总结"), kind: "工作动态", count: len(items), changed: s.newest(items),
		description: s.short() + s.say("各期的全市工作总结。"),
		keywords:    []string{"工作总结", s.short()},
		data:        func(r *rendering, from, to int) (any, error) { return r.entries(items[from:to]), nil },
	}.pages(s)
	return append(index, s.articles(index, items, "page", func(r *rendering, i *campaign.Item, n neighbours) (any, error) {
		b, err := r.body(i, "", 0)
		return plainData{neighbours: n, Poster: r.toPoster(), Facts: r.facts("来源", i.Source, "期次", i.Round.Name, "发布时间", i.PublishedAt.String(), "更新日期", r.updatedOn(&i.Release)), Body: b}, err
	})...)
}

// summaryLink links to the whole campaign's summary of a round; nil for none.
func (r *rendering) summaryLink(round *campaign.Round) *link {
	for _, i := range r.byKind[campaign.Summaries] {
		if i.Round == round {
			return &link{Text: r.sayf("%s全市总结", round.Name), Href: r.toItem(i), Held: r.mark(i)}
		}
	}
	return nil
}
