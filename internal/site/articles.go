package site

import "wangjian/internal/campaign"

// neighbours are the articles before and after one on its shelf.
type neighbours struct{ previous, next *link }

// articles makes a page of every item of a shelf.
func (s *site) articles(index []*page, shelf []*campaign.Item, template string, data func(*rendering, *campaign.Item, neighbours) (any, error)) []*page {
	var pages []*page
	for n, i := range shelf {
		p := &page{
			path: s.addresses[i].path, template: template, title: i.Title, description: i.Summary, keywords: i.Keywords,
			held: s.mark(i), changed: i.ChangedAt(), item: i, departments: s.departmentsOf(i),
			article: &article{source: sourceOf(i), published: i.PublishedAt},
		}
		if len(index) > 0 {
			p.section, p.trail, p.article.column = index[0].path, index[:1], index[0]
		}
		if p.article.source == "" {
			p.article.source = s.publisher()
		}
		p.data = func(r *rendering) (any, error) {
			var around neighbours
			if n > 0 {
				around.previous = new(r.itemLink(shelf[n-1]))
			}
			if n+1 < len(shelf) {
				around.next = new(r.itemLink(shelf[n+1]))
			}
			return data(r, i, around)
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

// others links to the newest items of a shelf but one.
func (r *rendering) others(shelf []*campaign.Item, but *campaign.Item) []link {
	var list []link
	for _, i := range shelf {
		if len(list) == relatedLength {
			break
		}
		if i != but {
			list = append(list, r.itemLink(i))
		}
	}
	return list
}
