package review

import (
	"wangjian/internal/campaign"
)

// shot is a picture and where it is named first.
type shot struct {
	file string
	at   campaign.Position
}

// publishedPictures lists the pictures of all items, each once: what is meant
// to be one, and what is one by its bytes.
func publishedPictures(c *Context) []shot {
	var list []shot
	seen := map[string]bool{}
	for _, i := range c.Campaign.Items {
		for _, e := range i.Enclosures() {
			if seen[e.File] || e.Video {
				continue
			}
			format, err := c.Whole.FormatOf(e.File)
			if err == nil && (e.Picture || format.IsPicture()) {
				seen[e.File] = true
				list = append(list, shot{e.File, e.At})
			}
		}
	}
	return list
}
