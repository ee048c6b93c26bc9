package review

import (
	"wangjian/internal/campaign"
)

var narrativeMissing = Rule{
	Code: "narrative-missing", Level: campaign.Warning,
	Words: "期次截止后，每个部门都应当有这一期的总结。",
	Check: func(c *Context) {
		eachOverdue(c, func(round *campaign.Round, d *campaign.Department) {
			if c.Campaign.Narrative(round, d, nil) == nil {
				c.missing(campaign.NarrativeFile(round, d), round, d, "总结")
			}
		})
	},
}
