package review

import (
	"slices"

	"wangjian/internal/campaign"
)

var narrativeRules = []Rule{
	{
		Code: "narrative-sections", Level: campaign.Error,
		Words: "总结的二级标题依次是经验做法、行动成效、存在问题、下一步打算，各一次，没有别的。",
		Check: each(narratives, checkSections),
	},
}

func checkSections(c *Context, i *campaign.Item) {
	wanted := campaign.NarrativeSections
	var present []string
	for _, h := range i.Body.Headings {
		if h.Level == 2 && slices.Contains(wanted, h.Text) {
			present = append(present, h.Text)
		}
	}
	var missing []string
	for _, w := range wanted {
		if !slices.Contains(present, w) {
			missing = append(missing, w)
		}
	}
	seen := map[string]bool{}
	last := -1
	for _, h := range i.Body.Headings {
		if h.Level != 2 {
			continue
		}
		place := slices.Index(wanted, h.Text)
		switch {
		case place < 0:
			hint := "二级标题只能是经验做法、行动成效、存在问题、下一步打算；小标题用三级（###）"
			if near := campaign.Nearest(h.Text, missing); near != "" {
				hint = "是不是“" + near + "”？"
				missing = slices.DeleteFunc(missing, func(m string) bool { return m == near })
			}
			c.Reportf(h.At, hint, "总结里不该有二级标题“%s”", h.Text)
		case seen[h.Text]:
			c.Reportf(h.At, "合并成一节", "“%s”写了两节", h.Text)
		case place < last:
			c.Reportf(h.At, "按经验做法、行动成效、存在问题、下一步打算的次序排列", "“%s”的次序不对", h.Text)
		}
		seen[h.Text] = seen[h.Text] || place >= 0
		last = max(last, place)
	}
	for _, m := range missing {
		c.Reportf(campaign.InFile(i.File), "补上“## "+m+"”一节", "总结缺“%s”", m)
	}
}

var missingRules = []Rule{
	{
		Code: "report-missing", Level: campaign.Warning,
		Words: "期次截止后，统计表里有项目的部门都应当报了表。",
		Check: each(overdue, func(c *Context, a absence) {
			if len(c.Campaign.Form.RowsOf(a.department)) > 0 && c.Campaign.Report(a.round, a.department, nil) == nil {
				c.missing(campaign.ReportFile(a.round, a.department, nil), a, "统计表")
			}
		}),
	}, {
		Code: "narrative-missing", Level: campaign.Warning,
		Words: "期次截止后，每个部门都应当有这一期的总结。",
		Check: each(overdue, func(c *Context, a absence) {
			if c.Campaign.Narrative(a.round, a.department, nil) == nil {
				c.missing(campaign.NarrativeFile(a.round, a.department), a, "总结")
			}
		}),
	},
}

// missing reports a file that should be there, unless it is there and wrong.
func (c *Context) missing(file string, a absence, what string) {
	if _, broken := c.Campaign.Unread(file); !broken && !c.Campaign.IsDoubtful(file) {
		c.Reportf(campaign.InFile(file), "催报，或补上这个文件", "%s没有报%s%s（%s截止）", a.department.Short, a.round.Name, what, a.round.Deadline.Chinese())
	}
}
