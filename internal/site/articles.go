package site

import (
	"cmp"

	"wangjian/internal/campaign"
)

// neighbours are the pages before and after one in its list.
type neighbours struct{ Previous, Next *link }

func neighboursOf[T any](list []T, n int, to func(T) link) (around neighbours) {
	if n > 0 {
		around.Previous = new(to(list[n-1]))
	}
	if n+1 < len(list) {
		around.Next = new(to(list[n+1]))
	}
	return around
}

// articles makes a page of each of some items.
func (s *site) articles(index []*page, items []*campaign.Item, template string, data func(*rendering, *campaign.Item, neighbours) (any, error)) []*page {
	var pages []*page
	for n, i := range items {
		p := &page{
			path: s.addresses[i].path, template: template, title: i.Title, description: i.Summary, keywords: i.Keywords,
			held: s.mark(i), changed: s.campaign.History.ChangedAt(&i.Release), item: i, departments: s.departmentsOf(i),
			article: &article{source: cmp.Or(sourceOf(i), s.publisher()), published: i.PublishedAt},
		}
		if len(index) > 0 {
			p.section, p.trail, p.article.column = index[0].path, index[:1], index[0]
		}
		p.data = func(r *rendering) (any, error) {
			return data(r, i, neighboursOf(items, n, r.itemLink))
		}
		pages = append(pages, p)
	}
	return pages
}

// publisher stands as the source of what names none.
func (s *site) publisher() string {
	if s.campaign.Lead != nil {
		return s.campaign.Lead.Name
	}
	return s.campaign.Site.Host
}

type movedData struct{ To link }

// movedPages keeps the former addresses of items (别名) alive: a browser goes on
// by itself, a search engine learns the address that counts, and with neither
// there is a link.
func movedPages(s *site) []*page {
	var pages []*page
	for _, i := range s.campaign.Items {
		if i.Kind == campaign.Narratives || i.Kind == campaign.Galleries {
			continue
		}
		for _, alias := range i.Aliases {
			pages = append(pages, &page{
				path: string(i.Kind) + "/" + alias + "/index.html", template: "moved", title: i.Title, unlisted: true,
				held: s.mark(i), movedTo: i,
				data: func(r *rendering) (any, error) { return movedData{link{Text: i.Title, Href: r.toItem(i)}}, nil },
			})
		}
	}
	return pages
}
