package review

import (
	"wangjian/internal/campaign"
)

var reportMissing = Rule{
	Code: "report-missing", Level: campaign.Warning,
	Words: "期次截止后，统计表里有项目的部门都应当报了表。",
	Check: func(c *Context) {
		eachOverdue(c, func(round *campaign.Round, d *campaign.Department) {
			if len(c.Campaign.Form.RowsOf(d)) > 0 && c.Campaign.Report(round, d, nil) == nil {
				c.missing(campaign.ReportFile(round, d, nil), round, d, "统计表")
			}
		})
	},
}

// eachOverdue visits the departments in the rounds whose deadline has passed.
func eachOverdue(c *Context, visit func(*campaign.Round, *campaign.Department)) {
	for _, round := range c.Campaign.Rounds {
		if !c.Date.After(round.Deadline) || c.Campaign.IsDoubtful("data/campaign.yaml") {
			continue
		}
		for _, d := range c.Campaign.Departments {
			visit(round, d)
		}
	}
}

// missing reports a file that should be there, unless it is there and wrong.
func (c *Context) missing(file string, round *campaign.Round, d *campaign.Department, what string) {
	if _, broken := c.Campaign.Unread(file); !broken && !c.Campaign.IsDoubtful(file) {
		c.Reportf(campaign.InFile(file), "催报，或补上这个文件", "%s没有报%s%s（%s截止）", d.Short, round.Name, what, round.Deadline.Chinese())
	}
}
