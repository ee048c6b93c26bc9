package site

import (
	"cmp"
	"slices"
	"strconv"

	"wangjian/internal/campaign"
)

// commitmentsOnPage is how many commitments a page of their list has: filters
// look at a page, and a city's shops are many.
const commitmentsOnPage = 500

type commitmentData struct {
	neighbours
	Record      []fact
	Body        body
	Attachments []download
}

// commitmentLine is a commitment in the list.
type commitmentLine struct {
	link
	Party, Kind, On, Term, Date string
}

// commitmentList is a page of the list.
type commitmentList struct {
	Lines  []commitmentLine
	Kinds  []fact // 主体类型 with their numbers, of all pages
	File   string // data/commitments.csv
	Search string // where there are several pages
}

// commitmentCount leads to the list from beside the priorities.
type commitmentCount struct {
	link
	Kinds []fact
}

// commitmentPages are the businesses' credit commitments. A campaign without one
// has no such section.
func commitmentPages(s *site) []*page {
	items := s.byKind[campaign.Commitments]
	if len(items) == 0 {
		return nil
	}
	index := list{
		folder: string(campaign.Commitments), template: "commitments", name: s.say("信用承诺"), kind: "信用承诺", count: len(items), size: commitmentsOnPage,
		changed: s.newest(items), description: s.short() + s.say("中平台、商家和快递企业公开作出的信用承诺。"),
		keywords: []string{"信用承诺", "网络交易平台", "平台内经营者", "快递企业"},
		data: func(r *rendering, from, to int) (any, error) {
			page := commitmentList{Kinds: s.commitmentKinds(), File: r.to("data/commitments.csv")}
			for _, i := range items[from:to] {
				c := i.Commitment
				page.Lines = append(page.Lines, commitmentLine{r.itemLink(i), c.Party, c.Kind, c.On.String(), c.Term, i.PublishedAt.Date.String()})
			}
			if len(items) > commitmentsOnPage {
				page.Search = r.to("search/index.html")
			}
			return page, nil
		},
	}.pages(s)
	return append(index, s.articles(index, items, "commitment", func(r *rendering, i *campaign.Item, n neighbours) (any, error) {
		c, term := i.Commitment, i.Commitment.Term
		if day := c.Until(); !day.IsZero() {
			term = s.say("至") + day.Chinese()
		}
		data := commitmentData{neighbours: n, Record: r.facts("承诺主体", c.Party, "主体类型", c.Kind, "统一社会信用代码", c.CreditCode,
			"承诺日期", c.On.Chinese(), "期限", term, "来源", sourceOf(i), "发布时间", i.PublishedAt.String(), "更新日期", r.updatedOn(&i.Release))}
		var err error
		if data.Attachments, err = r.attachments(i); err != nil {
			return nil, err
		}
		data.Body, err = r.body(i, "", 0)
		return data, err
	})...)
}

// commitmentKinds counts the commitments by 主体类型, the most frequent first.
func (s *site) commitmentKinds() []fact {
	counts := map[string]int{}
	var kinds []string
	for _, i := range s.byKind[campaign.Commitments] {
		if counts[i.Commitment.Kind]++; counts[i.Commitment.Kind] == 1 {
			kinds = append(kinds, i.Commitment.Kind)
		}
	}
	slices.SortFunc(kinds, func(a, b string) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
	var list []fact
	for _, kind := range kinds {
		list = append(list, fact{kind, strconv.Itoa(counts[kind])})
	}
	return list
}

// commitmentCount counts what businesses have promised; nil for nothing.
func (r *rendering) commitmentCount() *commitmentCount {
	n := len(r.byKind[campaign.Commitments])
	if n == 0 {
		return nil
	}
	return &commitmentCount{link{Text: r.sayf("公开的信用承诺%d份", n), Href: r.to(listPath(string(campaign.Commitments), 0))}, r.commitmentKinds()}
}
