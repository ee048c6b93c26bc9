package site

import (
	"path"
	"strings"

	"wangjian/internal/campaign"
)

type caseData struct {
	Share  string
	Record []fact // what 总局令第45号 asks for, before the decision
	neighbours
	Task      *link
	Decision  *download
	System    *link  // in which the province publishes penalties
	Outside   string // its address, for readers of paper
	Summaries string // data/penalties.csv
	Facts     []fact // source, time
	Body      body
	Expires   string
	Related   related
}

func casePages(s *site) []*page {
	items := s.byKind[campaign.Cases]
	index := list{
		folder: "cases", template: "items", name: s.say("典型案例"), kind: "案例公示", count: len(items), changed: s.newest(items),
		description: s.short() + s.say("中查处的典型案例，附行政处罚决定书。"),
		keywords:    []string{"典型案例", "行政处罚", "处罚决定书", s.short()},
		data: func(r *rendering, from, to int) (any, error) {
			entries := r.entries(items[from:to])
			for n, i := range items[from:to] {
				if i.Case.Priority != nil {
					entries[n].Tag = new(r.taskLink(i.Case.Priority))
				}
				entries[n].Facts = r.facts("违法行为类型", i.Case.Violation)
			}
			return entries, nil
		},
	}.pages(s)
	return append(index, s.articles(index, items, "case", (*rendering).caseData)...)
}

func (r *rendering) caseData(i *campaign.Item, n neighbours) (any, error) {
	c := i.Case
	data := caseData{neighbours: n, Share: r.toShare(i), Expires: i.Expires.Chinese()}
	for _, f := range campaign.CaseFields {
		if text := f.Text(c); f.Page != "" && text != "" {
			data.Record = append(data.Record, fact{r.say(f.Page), text})
		}
	}
	data.Record = append(data.Record, r.facts("公示期限", r.period(i))...)
	data.Facts = r.facts("来源", sourceOf(i), "发布时间", i.PublishedAt.String(), "更新日期", r.updatedOn(&i.Release))
	if c.Priority != nil {
		data.Task = new(r.taskLink(c.Priority))
		data.Related = r.relate(r.casesOf[c.Priority], []*campaign.Priority{c.Priority}, i)
	}
	if c.Decision != "" {
		d, err := r.download(i, c.Decision)
		if err != nil {
			return nil, err
		}
		d.Text = r.say("行政处罚决定书")
		data.Decision = &d
	}
	if p := r.campaign.Publicity; p.URL != "" {
		if href, outside := r.outward(p.URL); href != "" {
			data.System, data.Outside = &link{Text: p.System, Href: href}, outside
		}
	}
	data.Summaries = r.to("data/penalties.csv")
	var err error
	data.Body, err = r.body(i, "", 0)
	return data, err
}

func (s *site) period(i *campaign.Item) string {
	if i.Expires.IsZero() {
		return ""
	}
	until := s.say("至") + i.Expires.Chinese()
	if i.Case.Term == "" {
		return until
	}
	return s.say(string(i.Case.Term)) + "，" + until
}

// download is a file that goes out beside an item's page.
func (r *rendering) download(i *campaign.Item, file string) (download, error) {
	size, err := r.size(file)
	if err != nil {
		return download{}, err
	}
	kind := strings.ToUpper(strings.TrimPrefix(path.Ext(r.enclosure(i, file).name), "."))
	if kind == "" {
		kind = r.say("文件")
	}
	return download{link: link{Text: path.Base(file), Href: r.toEnclosed(i, file)}, Kind: kind, Size: size}, nil
}

// facts pairs names of the interface with values; what is empty is left out.
func (s *site) facts(pairs ...string) []fact {
	list := facts(pairs...)
	for n := range list {
		list[n].Name = s.say(list[n].Name)
	}
	return list
}

// facts is the same with the names as they stand.
func facts(pairs ...string) []fact {
	var list []fact
	for n := 0; n < len(pairs); n += 2 {
		if pairs[n+1] != "" {
			list = append(list, fact{pairs[n], pairs[n+1]})
		}
	}
	return list
}
