package review

import (
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
	"wangjian/internal/release"
)

// eachLink visits every link and picture of every body.
func eachLink(c *Context, visit func(*campaign.Item, campaign.Link)) {
	for _, i := range c.Campaign.Items {
		for _, l := range i.Body.Links {
			visit(i, l)
		}
	}
}

// localLink gives the campaign file that a link names and its anchor; ok is
// false for links that leave the campaign or are malformed.
func localLink(i *campaign.Item, l campaign.Link) (file, anchor string, ok bool) {
	if strings.HasPrefix(l.Target, "/") || strings.Contains(l.Target, `\`) {
		return "", "", false
	}
	file, anchor, ok = release.LocalTarget(i.File, l.Target)
	if ok && file == "" {
		file = i.File
	}
	return file, anchor, ok
}

// HasAnchor tells whether an item has a heading that a link may mean by
// anchor: its text or its id.
func HasAnchor(i *campaign.Item, anchor string) bool {
	return slices.ContainsFunc(i.Body.Headings, func(h campaign.Heading) bool {
		return h.Text == anchor || h.Anchor == anchor || h.Anchor == markdown.Anchor(anchor)
	})
}
