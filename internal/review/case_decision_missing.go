package review

import (
	"wangjian/internal/campaign"
)

// caseDecisionMissing warns and does not stop the build: 总局令第45号 asks for
// the summary first, and the decision may follow.
var caseDecisionMissing = Rule{
	Code: "case-decision-missing", Level: campaign.Warning,
	Words: "要求报典型案例的期次截止后，每个案例都附行政处罚决定书。",
	Check: func(c *Context) {
		eachCase(c, func(i *campaign.Item) {
			if i.Case.Decision != "" || i.Keys.Has("决定书") || i.Case.Stopped != nil {
				return
			}
			for _, round := range c.Campaign.Rounds {
				if round.MinimumCases > 0 && c.Date.After(round.Deadline) && !i.Case.DecidedOn.After(round.Deadline) {
					c.Reportf(campaign.InFile(i.File), "把决定书放在旁边，写“决定书: 文件名”", "这个案例没有附行政处罚决定书（%s已截止）", round.Name)
					return
				}
			}
		})
	},
}
