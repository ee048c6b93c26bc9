package review

import (
	"strings"

	"wangjian/internal/campaign"
)

func eachCase(c *Context, visit func(*campaign.Item)) {
	for _, i := range c.Campaign.Items {
		if i.Case != nil {
			visit(i)
		}
	}
}

// heavier are the penalties other than a warning (行政处罚法第九条).
var heavier = []string{"罚款", "没收", "罚没", "暂扣", "吊销", "降低资质", "限制", "责令停产", "责令停业", "停产停业", "责令关闭", "从业", "拘留", "通报批评", "元"}

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

var caseTerm = Rule{
	Code: "case-term", Level: campaign.Error,
	Words: "案例的有效期至在发布日期之后 3 个月到 3 年之间，两端都算（总局令第45号）。",
	Check: func(c *Context) {
		eachCase(c, func(i *campaign.Item) {
			if i.PublishedAt.IsZero() || i.Expires.IsZero() {
				return
			}
			least, most := i.PublishedAt.AddMonths(3), i.PublishedAt.AddMonths(36)
			if i.Expires.Before(least) || i.Expires.After(most) {
				c.Reportf(i.Keys.Of("有效期至"), "写 "+least.String()+" 到 "+most.String()+" 之间的日期",
					"有效期至 %s 不在公示期限里：发布日期 %s，最短 3 个月、最长 3 年", i.Expires, i.PublishedAt.Date)
			}
		})
	},
}

var caseDecided = Rule{
	Code: "case-decided", Level: campaign.Error,
	Words: "案例的决定日期不晚于发布日期。",
	Check: func(c *Context) {
		eachCase(c, func(i *campaign.Item) {
			if !i.PublishedAt.IsZero() && i.Case.DecidedOn.After(i.PublishedAt.Date) {
				c.Reportf(i.Keys.Of("决定日期"), "核对两个日期", "决定日期（%s）晚于发布日期（%s）", i.Case.DecidedOn, i.PublishedAt.Date)
			}
		})
	},
}
