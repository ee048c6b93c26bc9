package review

import (
	"wangjian/internal/campaign"
)

var reportMissing = Rule{
	Code: "report-missing", Level: campaign.Warning,
	Words: "期次截止后，统计表里有项目的部门都应当报了表。",
	Check: func(c *Context) {
		for _, round := range c.Campaign.Rounds {
			if !c.Date.After(round.Deadline) || c.Campaign.IsDoubtful("data/campaign.yaml") {
				continue
			}
			for _, d := range c.Campaign.Departments {
				if len(c.Campaign.Form.RowsOf(d)) > 0 && c.Campaign.Report(round, d, nil) == nil {
					file := campaign.ReportFile(round, d, nil)
					if _, broken := c.Campaign.Unread(file); broken || c.Campaign.IsDoubtful(file) {
						continue // it is there
					}
					c.Reportf(campaign.InFile(file), "催报，或补上这个文件", "%s没有报%s统计表（%s截止）", d.Short, round.Name, round.Deadline.Chinese())
				}
			}
		}
	},
}
