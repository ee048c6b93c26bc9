package review

import (
	"strings"

	"wangjian/internal/campaign"
)

var linkHeld = Rule{
	Code: "link-held", Level: campaign.Error,
	Words: "公开的内容不能链接到没有公开的内容。",
	Check: func(c *Context) {
		public := map[string]*campaign.Item{}
		for _, i := range c.Public.Campaign().Items {
			public[i.File] = i
		}
		for _, i := range c.Public.Campaign().Items {
			for _, l := range i.Body.Links {
				target := c.itemAt(l.File)
				if target == nil || c.Campaign.IsDoubtful(l.File) {
					continue // why it is held back has been told
				}
				if public[l.File] == nil {
					c.Reportf(l.At, "删去链接，或等对方公开以后再发布", "%s 链接到没有公开的 %s（%s）", i.File, l.File, strings.Join(c.Whole.Mark(target), "；"))
				} else if l.Anchor != "" && HasAnchor(target, l.Anchor) && !HasAnchor(public[l.File], l.Anchor) {
					c.Reportf(l.At, "删去链接，或改链接到公开的部分", "%s 链接到 %s 里不公开的“%s”", i.File, l.File, l.Anchor)
				}
			}
		}
	},
}
