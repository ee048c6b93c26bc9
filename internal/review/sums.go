package review

import (
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// eachWhole visits the departments' whole figures of every round.
func eachWhole(c *Context, visit func(report *campaign.Report, f *stats.Figure)) {
	for _, report := range c.Campaign.Reports {
		if report.Region != nil {
			continue
		}
		for _, row := range c.Campaign.Form.RowsOf(report.Department) {
			if f := c.Book.Figure(report.Round, row, nil); f != nil {
				visit(report, f)
			}
		}
	}
}

// counties tells how many of a figure's parts are counties'.
func counties(f *stats.Figure) int {
	n := 0
	for _, p := range f.Parts {
		if p.Region != nil {
			n++
		}
	}
	return n
}

var sumMatches = Rule{
	Code: "sum", Level: campaign.Error,
	Words: "有县（市、区）报表的，部门填的数字等于各地之和加本级。",
	Check: func(c *Context) {
		eachWhole(c, func(report *campaign.Report, f *stats.Figure) {
			if f.Computed || f.Quantity.Kind == campaign.Blank || counties(f) == 0 || partUnknown(c, f) {
				return
			}
			sum := stats.SumOf(f.Parts)
			if sum.Equal(f.Quantity) {
				return
			}
			c.Once(partsKey(report, f.Row))
			difference := "两者不同"
			if sum.IsNumber() && f.Quantity.IsNumber() {
				difference = "相差 " + f.Quantity.Decimal().Sub(sum.Decimal()).String()
			}
			c.Reportf(f.At, "核对县（市、区）报表和“本级”，或改填 汇总 由程序相加",
				"“%s”填的是 %s，各地之和加本级是 %s，%s", f.Row.Name, f.Quantity, sum, difference)
		})
	},
}

// partUnknown tells whether one of a sum's parts could not be read.
func partUnknown(c *Context, f *stats.Figure) bool {
	for _, p := range f.Parts {
		if p.Quantity.Kind == campaign.Blank || p.Quantity.Kind == campaign.Sum {
			return true
		}
	}
	for _, region := range c.Campaign.Regions {
		file := campaign.ReportFile(f.Round, f.Department, region)
		if c.Campaign.IsDoubtful(file) && c.Book.Figure(f.Round, f.Row, region) == nil {
			return true
		}
	}
	return false
}

var sumComplete = Rule{
	Code: "sum-incomplete", Level: campaign.Warning,
	Words: "汇总里还缺哪些县（市、区）的报表，要说出来。",
	Check: func(c *Context) {
		said := map[*campaign.Report]bool{}
		eachWhole(c, func(report *campaign.Report, f *stats.Figure) {
			if len(f.Missing) == 0 || counties(f) == 0 || said[report] {
				return
			}
			said[report] = true
			var names []string
			for _, region := range f.Missing {
				names = append(names, region.Name)
			}
			c.Reportf(f.At, "催报；报来以后放到 data/"+report.Round.Code+"/"+report.Department.Code+"/ 里",
				"%s%s的合计里还没有%s的数字", report.Department.Short, report.Round.Name, strings.Join(names, "、"))
		})
	},
}

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
					if c.Campaign.IsDoubtful(file) {
						continue
					}
					c.Reportf(campaign.InFile(file), "催报，或补上这个文件", "%s没有报%s统计表（%s截止）", d.Short, round.Name, round.Deadline.Chinese())
				}
			}
		}
	},
}

var cumulativeFalls = Rule{
	Code: "cumulative-fall", Level: campaign.Warning,
	Words: "累计口径的数字不应当比上一期小。",
	Check: func(c *Context) {
		for _, report := range c.Campaign.Reports {
			for _, row := range c.Campaign.Form.RowsOf(report.Department) {
				f := c.Book.Figure(report.Round, row, report.Region)
				if f == nil || f.Quantity.Kind == campaign.Blank {
					continue
				}
				change, err := c.Book.Change(f)
				if err == nil && change.Basis == campaign.Cumulative && change.Amount.IsNegative() {
					c.Reportf(f.At, "核对两期数字；确是核减的，在备注里说明原因",
						"“%s”%s是 %s，比%s的 %s 还小", row.Name, report.Round.Name, f.Quantity, change.Previous.Round.Name, change.Previous.Quantity)
				}
			}
		}
	},
}
