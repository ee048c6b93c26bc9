package site

import (
	"cmp"
	"strconv"

	"wangjian/internal/campaign"
	"wangjian/internal/linebreak"
)

// pageSize is how many entries a list page shows.
const pageSize = 20

// listPath returns the n-th page of a list, counted from 0. Later pages are
// files beside the first, never folders.
func listPath(folder string, n int) string {
	if n == 0 {
		return folder + "/index.html"
	}
	return folder + "/page-" + strconv.Itoa(n+1) + ".html"
}

// list is a section whose entries are spread over pages.
type list struct {
	folder      string
	template    string
	name        string // of the column, also in the navigation
	kind        string // ColumnType
	description string
	keywords    []string
	count       int
	size        int // entries on a page; pageSize where nothing is said
	changed     campaign.Moment
	data        func(r *rendering, from, to int) (any, error)
}

// listData is what a list template gets: the page's part of the entries, and
// the way to the other pages.
type listData struct {
	Lead  string
	Empty bool
	Count int
	Page  any
	Pager pager
}

// pager leads to the other pages of a list.
type pager struct {
	Previous, Next *link
	Pages          []link // nil for a single page; one without address stands for pages left out
}

// pagerNear is how many pages on either side of the current one a pager names,
// beside the first and the last.
const pagerNear = 2

// pages cuts the list into pages; an empty list has one that says so.
func (l list) pages(s *site) []*page {
	size := cmp.Or(l.size, pageSize)
	count := max(1, (l.count+size-1)/size)
	list := make([]*page, count)
	for n := range list {
		p := &page{
			path: listPath(l.folder, n), template: l.template, title: l.name, section: listPath(l.folder, 0),
			description: l.description, keywords: l.keywords, column: &column{l.name, l.kind}, changed: l.changed,
		}
		switch {
		case l.count == 0:
			p.unlisted = true
		case n > 0:
			p.title = s.sayf("%s（第%d页）", l.name, n+1)
			p.trail, p.unlisted = list[:1], true
		default:
			p.menu = l.name
		}
		p.data = func(r *rendering) (any, error) {
			shown, err := l.data(r, n*size, min((n+1)*size, l.count))
			return listData{l.description, l.count == 0, l.count, shown, l.pager(r, n, count)}, err
		}
		list[n] = p
	}
	return list
}

func (l list) pager(r *rendering, n, count int) pager {
	var p pager
	if count == 1 {
		return p
	}
	for i := range count {
		switch {
		case i == 0 || i == count-1 || i >= n-pagerNear && i <= n+pagerNear:
			p.Pages = append(p.Pages, link{Text: strconv.Itoa(i + 1), Href: r.to(listPath(l.folder, i)), Current: i == n})
		case p.Pages[len(p.Pages)-1].Href != "":
			p.Pages = append(p.Pages, link{})
		}
	}
	if n > 0 {
		p.Previous = &link{Text: r.say("上一页"), Href: r.to(listPath(l.folder, n-1))}
	}
	if n < count-1 {
		p.Next = &link{Text: r.say("下一页"), Href: r.to(listPath(l.folder, n+1))}
	}
	return p
}

// entry is an item as lists show it.
type entry struct {
	link
	Kind    string
	Date    string
	Source  string
	Number  string // 期号
	Summary string
	Tag     *link
	Facts   []fact
}

func (r *rendering) itemLink(i *campaign.Item) link {
	return link{Text: i.Title, Href: r.toItem(i), Held: r.mark(i)}
}

// entry makes an item's entry.
func (r *rendering) entry(i *campaign.Item) entry {
	return entry{
		link: r.itemLink(i), Kind: r.say(i.Kind.Chinese()), Date: i.PublishedAt.Date.String(),
		Source: sourceOf(i), Summary: summaryOf(i),
	}
}

// entries makes the entries of a list's page.
func (r *rendering) entries(items []*campaign.Item) []entry {
	list := make([]entry, 0, len(items))
	for _, i := range items {
		list = append(list, r.entry(i))
	}
	return list
}

// sourceOf is an item's 来源, else the unit that issued it.
func sourceOf(i *campaign.Item) string {
	switch {
	case i.Source != "":
		return i.Source
	case issuerOf(i) != "":
		return issuerOf(i)
	case i.Region != nil:
		return i.Region.Name
	case i.Department != nil:
		return i.Department.Name
	}
	return ""
}

// summaryOf is what lists say about an item: its 摘要, else how its body opens.
// An opening that cites figures is left out, for lists read no bodies.
func summaryOf(i *campaign.Item) string {
	if i.Summary != "" || len(i.Body.References) > 0 {
		return i.Summary
	}
	return linebreak.Shorten(i.Body.Opening, 100)
}

// newest is when the newest of some items came out or was changed.
func (s *site) newest(items []*campaign.Item) campaign.Moment {
	return s.view.Edition(items, nil, nil).Changed
}
