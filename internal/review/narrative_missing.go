package review

import (
	"wangjian/internal/campaign"
)

var narrativeMissing = Rule{
	Code: "narrative-missing", Level: campaign.Warning,
	Words: "期次截止后，每个部门都应当有这一期的总结。",
	Check: func(c *Context) {
		for _, round := range c.Campaign.Rounds {
			if !c.Date.After(round.Deadline) || c.Campaign.IsDoubtful("data/campaign.yaml") {
				continue
			}
			for _, d := range c.Campaign.Departments {
				if c.Campaign.Narrative(round, d, nil) == nil {
					file := campaign.NarrativeFile(round, d)
					if _, broken := c.Campaign.Unread(file); broken || c.Campaign.IsDoubtful(file) {
						continue // it is there
					}
					c.Reportf(campaign.InFile(file), "催报，或补上这个文件", "%s没有报%s总结（%s截止）", d.Short, round.Name, round.Deadline.Chinese())
				}
			}
		}
	},
}
