package review

import (
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

var signoffEntitled = Rule{
	Code: "signoff-entitled", Level: campaign.Error,
	Words: "campaign.yaml 的“审核人”写明了谁可以签，就由其中的人签。",
	Check: func(c *Context) {
		eachRelease(c, func(r *campaign.Release) {
			for _, stage := range campaign.Stages {
				s, ok := r.Signoffs.Of(stage)
				if who := c.Campaign.Reviewers[stage]; ok && len(who) > 0 && !slices.Contains(who, s.By) {
					c.Reportf(r.Keys.Of("审核."+string(stage)+".人"), "由"+strings.Join(who, "或")+"签，或改 data/campaign.yaml 的“审核人”", "“%s”不在可以签%s的人里", s.By, stage)
				}
			}
		})
	},
}
