package site

import (
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf"
)

type warningData struct {
	neighbours
	Facts   []fact
	Number  string
	Summary string
	Gist    []heading // its sections, each with its first advice
	Paper   *paper
	Body    body
	Others  []link
	Related related
	Share   string // its card
}

func warningPages(s *site) []*page {
	items := s.byKind[campaign.Warnings]
	index := list{
		folder: "warnings", template: "items", name: s.say("消费警示"), kind: "消费警示", count: len(items), changed: s.newest(items),
		description: s.say("提示消费风险，说明维权途径。"),
		keywords:    []string{"消费警示", "消费提示", "消费维权", "投诉举报"},
		data: func(r *rendering, from, to int) (any, error) {
			entries := r.entries(items[from:to])
			for n, i := range items[from:to] {
				entries[n].Number = i.Warning.Number
			}
			return entries, nil
		},
	}.pages(s)
	return append(index, s.articles(index, items, "warning", func(r *rendering, i *campaign.Item, n neighbours) (any, error) {
		paper, err := r.paper(pdf.NoticeFile, i.Title)
		if err != nil {
			return nil, err
		}
		b, err := r.body(i, "", 0)
		return warningData{
			Facts:  r.facts("发布机构", i.Warning.Issuer, "发布时间", i.PublishedAt.String(), "更新日期", r.updatedOn(&i.Release), "来源", otherSource(i, i.Warning.Issuer)),
			Number: i.Warning.Number, Summary: i.Summary, Gist: advised(b.Contents), Paper: paper, Body: b, Others: r.firstLinks(items, i), Related: r.relate(r.casesAbout(s.prioritiesOf[i]), s.prioritiesOf[i], i), Share: r.toShare(i),
			neighbours: n,
		}, err
	})...)
}

// advised returns the sections that advise something.
func advised(list []heading) []heading {
	return slices.DeleteFunc(slices.Clone(list), func(h heading) bool { return h.Advice == "" })
}

// otherSource is an item's 来源 where it says more than the unit that issued
// it.
func otherSource(i *campaign.Item, issuer string) string {
	if i.Source == issuer {
		return ""
	}
	return i.Source
}
