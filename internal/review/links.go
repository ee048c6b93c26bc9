package review

import (
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
)

// HasAnchor reports whether an item has a heading that a link may mean by
// anchor: its text or its id.
func HasAnchor(i *campaign.Item, anchor string) bool {
	return slices.ContainsFunc(i.Body.Headings, func(h campaign.Heading) bool {
		return h.Text == anchor || h.Anchor == anchor || h.Anchor == markdown.Anchor(anchor)
	})
}

var linkRules = []Rule{
	{
		Code: "link-anchor", Level: campaign.Error,
		Words: "链接里 # 后面的标题要存在。",
		Check: each(links, func(c *Context, l campaign.Link) {
			target := c.itemAt(l.File)
			if l.Anchor == "" || target == nil || HasAnchor(target, l.Anchor) {
				return
			}
			var texts []string
			for _, h := range target.Body.Headings {
				texts = append(texts, h.Text)
			}
			hint := "写目标文件里有的标题"
			if near := campaign.Nearest(l.Anchor, texts); near != "" {
				hint = "是不是“#" + near + "”？"
			}
			c.Reportf(l.At, hint, "%s 里没有标题“%s”", l.File, l.Anchor)
		}),
	}, {
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
					switch {
					case !campaign.IsMarkdown(l.File), c.Campaign.IsDoubtful(l.File) && c.Exposed.File(l.File):
						// No item, or one whose own fault has been told.
					case target == nil:
						c.Reportf(l.At, "删去链接，或等对方公开以后再发布", "%s 链接到没有公开的 %s（它读不出来）", i.File, l.File)
					case public[l.File] == nil:
						c.Reportf(l.At, "删去链接，或等对方公开以后再发布", "%s 链接到没有公开的 %s（%s）", i.File, l.File, strings.Join(c.Whole.Mark(target), "；"))
					case l.Anchor != "" && HasAnchor(target, l.Anchor) && !HasAnchor(public[l.File], l.Anchor):
						c.Reportf(l.At, "删去链接，或改链接到公开的部分", "%s 链接到 %s 里不公开的“%s”", i.File, l.File, l.Anchor)
					}
				}
			}
		},
	}, {
		Code: "link-scheme", Level: campaign.Error,
		Words: "链接只能是相对路径、http(s) 网址或 tel 电话；图片只能是旁边的文件。",
		Check: each(links, func(c *Context, l campaign.Link) {
			switch {
			case campaign.IsRooted(l.Target):
				c.Reportf(l.At, "写相对本文件的路径，如 ../cases/x.md", "链接“%s”不能以 / 开头或含有反斜杠", l.Target)
			case l.Image && l.Scheme != "":
				c.Reportf(l.At, "把图片下载到这篇内容旁边再引用", "图片“%s”不在本站", l.Target)
			case l.Scheme != "" && !slices.Contains([]string{"http", "https", "tel"}, l.Scheme):
				c.Reportf(l.At, "改成相对路径或 https 网址", "链接“%s”的形式不允许", l.Target)
			}
		}),
	},
}
