package review

import (
	"wangjian/internal/campaign"
)

var caseDecided = Rule{
	Code: "case-decided", Level: campaign.Error,
	Words: "案例的决定日期不晚于发布日期。",
	Check: func(c *Context) {
		eachCase(c, func(i *campaign.Item) {
			if !i.PublishedAt.IsZero() && i.Case.DecidedOn.After(i.PublishedAt.Date) {
				c.Reportf(i.Keys.Of("决定日期"), "核对两个日期", "决定日期（%s）晚于发布日期（%s）", i.Case.DecidedOn, i.PublishedAt.Date)
			}
		})
	},
}
