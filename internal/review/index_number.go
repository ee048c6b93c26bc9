package review

import (
	"wangjian/internal/campaign"
)

var indexPattern = Rule{
	Code: "index-number", Level: campaign.Error,
	Words: "索引号合乎格式：18 位统一社会信用代码、/、年份、-、五位数字，或 campaign.yaml 的索引号格式。",
	Check: func(c *Context) {
		eachDocument(c, func(i *campaign.Item) {
			if n := i.Document.IndexNumber; n != "" && c.Campaign.IndexPattern != nil && !c.Campaign.IndexPattern.MatchString(n) {
				c.Reportf(i.Keys.Of("索引号"), "例：11360700MB00000002/2022-00001；信用代码里没有 I、O、S、V、Z", "索引号“%s”的格式不对", n)
			}
		})
	},
}
