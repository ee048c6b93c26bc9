package review

import "wangjian/internal/campaign"

var correctionTarget = Rule{
	Code: "correction-target", Level: campaign.Error,
	Words: "更正的每一条都指到一个已经公布的数；写“撤下”的，这个数已经不在了。",
	Check: func(c *Context) {
		for _, x := range c.Campaign.Corrections {
			if isCorrectedDoubtful(c, x) {
				continue
			}
			switch {
			case x.Round.Release == nil && !x.Withdrawn:
				c.Reportf(x.Keys.Of("期次"), "没有公布过的数直接改，不用写更正", "%s的数据没有公布，谈不上更正", x.Round.Name)
			case x.Withdrawn:
				if stands(c, x) {
					c.Report(x.Keys.Of("现值"), "写的是撤下，这个数却还在", "删去这个数所在的报表（或期次的 release.yaml），或写出现在的数；已经重新公布的，删去这一条")
				}
			case figureOf(c.Book, x) == nil:
				c.Report(x.Keys.Of("地区", "项目"), "更正指到的数没有填报", "核对期次、部门、地区、项目；已经不再公布的，现值写 撤下")
			}
		}
	},
}

// stands tells whether something that was withdrawn is still published.
func stands(c *Context, x *campaign.Correction) bool {
	switch {
	case !isOut(c, x.Round):
		return false
	case x.Department == nil:
		return true
	case x.Item == "":
		return c.Book.Report(x.Round, x.Department, x.Region) != nil && !x.Own
	}
	f := figureOf(c.Book, x)
	if f == nil {
		return false
	}
	later := c.Campaign.CorrectionsOf(x.Round, x.Row, x.Region, x.Own)
	return later[len(later)-1] == x
}
