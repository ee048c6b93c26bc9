package review

import "wangjian/internal/campaign"

var correctionDate = Rule{
	Code: "correction-date", Level: campaign.Error,
	Words: "更正的日期不早于这一期的发布日期，也不晚于今天。",
	Check: func(c *Context) {
		for _, x := range c.Campaign.Corrections {
			at := x.Keys.Of("日期")
			if r := x.Round.Release; r != nil && !r.PublishedAt.IsZero() && x.On.Before(r.PublishedAt.Date) {
				c.Reportf(at, "公布以前改的数不用写更正；核对两个日期", "更正日期（%s）早于%s数据的发布日期（%s）", x.On, x.Round.Name, r.PublishedAt.Date)
			}
			if x.On.After(c.Date) {
				c.Reportf(at, "日期写更正公布的那一天", "更正日期（%s）晚于今天（%s）", x.On, c.Date)
			}
		}
	},
}
