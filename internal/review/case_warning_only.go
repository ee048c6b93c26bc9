package review

import (
	"strings"

	"wangjian/internal/campaign"
)

var caseWarningOnly = Rule{
	Code: "case-warning-only", Level: campaign.Error,
	Words: "只给予警告的处罚不公示（总局令第45号）。",
	Check: func(c *Context) {
		eachCase(c, func(i *campaign.Item) {
			penalty := i.Case.Penalty
			if !strings.Contains(penalty, "警告") {
				return
			}
			for _, h := range heavier {
				if strings.Contains(penalty, h) {
					return
				}
			}
			c.Reportf(i.Keys.Of("处罚内容"), "换一个案例，或改为不予公开并移出 content/cases", "处罚内容“%s”只有警告，不能公示", penalty)
		})
	},
}

// heavier are the penalties other than a warning (行政处罚法第九条).
var heavier = []string{"罚款", "没收", "罚没", "暂扣", "吊销", "降低资质", "限制", "责令停产", "责令停业", "停产停业", "责令关闭", "从业", "拘留", "通报批评", "元"}
