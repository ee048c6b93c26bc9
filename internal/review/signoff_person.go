package review

import (
	"wangjian/internal/campaign"
)

var signoffPersons = Rule{
	Code: "signoff-person", Level: campaign.Error,
	Words: "初审、复审、终审由三个不同的人签。",
	Check: func(c *Context) {
		eachRelease(c, func(r *campaign.Release) {
			signed := map[string]campaign.Stage{}
			for _, stage := range reviews {
				s, ok := r.Signoffs.Of(stage)
				if !ok {
					continue
				}
				if first, again := signed[s.By]; again {
					c.Reportf(r.Keys.Of("审核."+string(stage)+".人"), "换一个人签", "%s和%s是同一个人签的", first, stage)
				} else {
					signed[s.By] = stage
				}
			}
		})
	},
}
