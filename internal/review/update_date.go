package review

import "wangjian/internal/campaign"

var updateDate = Rule{
	Code: "update-date", Level: campaign.Error,
	Words: "更新日期不早于发布日期；已经公开的，不晚于今天。",
	Check: func(c *Context) {
		eachRelease(c, func(r *campaign.Release) {
			at := r.Keys.Of("更新日期")
			switch {
			case r.UpdatedOn.IsZero() || r.PublishedAt.IsZero():
			case r.UpdatedOn.Before(r.PublishedAt.Date):
				c.Reportf(at, "发布日期写第一次公布的日子，更新日期写公布以后改动的日子；核对两个日期", "更新日期（%s）早于发布日期（%s）", r.UpdatedOn, r.PublishedAt.Date)
			case r.UpdatedOn.After(c.Date) && !r.PublishedAt.Date.After(c.Date):
				c.Reportf(at, "更新日期写改动公布的那一天", "更新日期（%s）晚于今天（%s）", r.UpdatedOn, c.Date)
			}
		})
	},
}
