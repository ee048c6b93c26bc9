package site

import "wangjian/internal/campaign"

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
