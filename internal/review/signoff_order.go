package review

import (
	"wangjian/internal/campaign"
)

var signoffOrder = Rule{
	Code: "signoff-order", Level: campaign.Error,
	Words: "初审、复审、终审的日期依次不早于前一审，保密审查在这几天里。",
	Check: func(c *Context) {
		eachRelease(c, func(r *campaign.Release) {
			var before campaign.Date
			var beforeStage campaign.Stage
			for _, stage := range reviews {
				s, ok := r.Signoffs.Of(stage)
				if !ok {
					continue
				}
				if s.On.Before(before) {
					c.Reportf(r.Keys.Of("审核."+string(stage)+".日期"), "核对两个日期", "%s（%s）早于%s（%s）", stage, s.On, beforeStage, before)
					return
				}
				before, beforeStage = s.On, stage
			}
			checkSecrecy(c, r)
		})
	},
}

// checkSecrecy compares the confidentiality review with the sign-offs that are
// there.
func checkSecrecy(c *Context, r *campaign.Release) {
	secrecy, ok := r.Signoffs.Of(campaign.SecrecyReview)
	if !ok {
		return
	}
	at := r.Keys.Of("审核.保密审查.日期")
	if first, ok := r.Signoffs.Of(campaign.FirstReview); ok && secrecy.On.Before(first.On) {
		c.Reportf(at, "核对两个日期", "保密审查（%s）早于初审（%s）", secrecy.On, first.On)
	} else if last, ok := r.Signoffs.Of(campaign.FinalReview); ok && secrecy.On.After(last.On) {
		c.Reportf(at, "核对两个日期", "保密审查（%s）晚于终审（%s）", secrecy.On, last.On)
	}
}
