package review

import (
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

var sumComplete = Rule{
	Code: "sum-incomplete", Level: campaign.Warning,
	Words: "汇总里还缺哪些县（市、区）的报表，要说出来。",
	Figures: func(c *Context) {
		said := map[*campaign.Report]bool{}
		eachWhole(c, func(report *campaign.Report, f *stats.Figure) {
			missing := f.Coverage.Missing
			if len(missing) == 0 || said[report] {
				return
			}
			said[report] = true
			var names []string
			for _, region := range missing {
				names = append(names, region.Name)
			}
			c.Reportf(f.At, "催报；报来以后放到 data/"+report.Round.Code+"/"+report.Department.Code+"/ 里",
				"%s%s的合计里还没有%s的数字", report.Department.Short, report.Round.Name, strings.Join(names, "、"))
		})
	},
}
