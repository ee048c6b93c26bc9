package review

import (
	"wangjian/internal/campaign"
)

var caseTerm = Rule{
	Code: "case-term", Level: campaign.Error,
	Words: "案例的有效期至在发布日期之后 3 个月到 3 年之间，两端都算（总局令第45号）。",
	Check: func(c *Context) {
		eachCase(c, func(i *campaign.Item) {
			if i.PublishedAt.IsZero() || i.Expires.IsZero() {
				return
			}
			least, most := i.PublishedAt.AddMonths(3), i.PublishedAt.AddMonths(36)
			if i.Expires.Before(least) || i.Expires.After(most) {
				c.Reportf(i.Keys.Of("有效期至"), "写 "+least.String()+" 到 "+most.String()+" 之间的日期",
					"有效期至 %s 不在公示期限里：发布日期 %s，最短 3 个月、最长 3 年", i.Expires, i.PublishedAt.Date)
			}
		})
	},
}
