package review

import (
	"wangjian/internal/campaign"
)

var linkAnchor = Rule{
	Code: "link-anchor", Level: campaign.Error,
	Words: "链接里 # 后面的标题要存在。",
	Check: func(c *Context) {
		eachLink(c, func(i *campaign.Item, l campaign.Link) {
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
		})
	},
}
