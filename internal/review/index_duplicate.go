package review

import (
	"wangjian/internal/campaign"
)

var indexUnique = Rule{
	Code: "index-duplicate", Level: campaign.Error,
	Words: "索引号不重复，未公开的也算在内。",
	Check: func(c *Context) {
		owner := map[string]*campaign.Item{}
		eachDocument(c, func(i *campaign.Item) {
			n := i.Document.IndexNumber
			if first := owner[n]; n != "" && first != nil {
				c.Reportf(i.Keys.Of("索引号"), "给其中一件换一个流水号", "索引号 %s 已经用在 %s", n, first.File)
				return
			}
			owner[n] = i
		})
	},
}
