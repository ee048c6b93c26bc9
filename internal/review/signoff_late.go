package review

import (
	"wangjian/internal/campaign"
)

var signoffLate = Rule{
	Code: "signoff-late", Level: campaign.Error,
	Words: "签字日期不晚于发布日期；更新过的，不晚于更新日期。",
	Check: func(c *Context) {
		eachRelease(c, func(r *campaign.Release) {
			if r.PublishedAt.IsZero() {
				return
			}
			last, what := r.PublishedAt.Date, "发布日期"
			if r.UpdatedOn.After(last) {
				last, what = r.UpdatedOn, "更新日期"
			}
			for _, stage := range campaign.Stages {
				if s, ok := r.Signoffs.Of(stage); ok && s.On.After(last) {
					c.Reportf(r.Keys.Of("审核."+string(stage)+".日期"), "先签后发：核对两个日期", "%s（%s）晚于%s（%s）", stage, s.On, what, last)
					return
				}
			}
		})
	},
}
