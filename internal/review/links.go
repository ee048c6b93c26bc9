package review

import (
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
)

// eachLink visits every link and picture of every body.
func eachLink(c *Context, visit func(*campaign.Item, campaign.Link)) {
	for _, i := range c.Campaign.Items {
		for _, l := range i.Body.Links {
			visit(i, l)
		}
	}
}

// HasAnchor tells whether an item has a heading that a link may mean by
// anchor: its text or its id.
func HasAnchor(i *campaign.Item, anchor string) bool {
	return slices.ContainsFunc(i.Body.Headings, func(h campaign.Heading) bool {
		return h.Text == anchor || h.Anchor == anchor || h.Anchor == markdown.Anchor(anchor)
	})
}
