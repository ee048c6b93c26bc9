package review

import (
	"wangjian/internal/campaign"
)

var writtenBeforePublished = Rule{
	Code: "published-before-written", Level: campaign.Error,
	Words: "发布日期不早于成文日期。",
	Check: func(c *Context) {
		eachDocument(c, func(i *campaign.Item) {
			if !i.PublishedAt.IsZero() && i.PublishedAt.Before(i.Document.WrittenOn) {
				c.Reportf(i.Keys.Of("发布日期"), "核对两个日期", "发布日期（%s）早于成文日期（%s）", i.PublishedAt.Date, i.Document.WrittenOn)
			}
		})
	},
}
