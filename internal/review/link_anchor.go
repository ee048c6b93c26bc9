package review

import (
	"wangjian/internal/campaign"
)

var linkAnchor = Rule{
	Code: "link-anchor", Level: campaign.Error,
	Words: "链接里 # 后面的标题要存在。",
	Check: func(c *Context) {
		eachLink(c, func(i *campaign.Item, l campaign.Link) {
			file, anchor, ok := localLink(i, l)
			if !ok || anchor == "" {
				return
			}
			target := c.itemAt(file)
			if target == nil || HasAnchor(target, anchor) {
				return
			}
			var texts []string
			for _, h := range target.Body.Headings {
				texts = append(texts, h.Text)
			}
			hint := "写目标文件里有的标题"
			if near := campaign.Nearest(anchor, texts); near != "" {
				hint = "是不是“#" + near + "”？"
			}
			c.Reportf(l.At, hint, "%s 里没有标题“%s”", file, anchor)
		})
	},
}
