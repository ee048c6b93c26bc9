package review

import "wangjian/internal/campaign"

var correctionValue = Rule{
	Code: "correction-value", Level: campaign.Error,
	Words: "更正的现值就是现在报表里的数；同一个数更正几次，后一次的原值是前一次的现值。",
	Check: func(c *Context) {
		for _, x := range c.Campaign.Corrections {
			if x.Row == nil || x.Round.Release == nil || isCorrectedDoubtful(c, x) {
				continue
			}
			if !x.Withdrawn && x.Old.Equal(x.New) {
				c.Reportf(x.Keys.Of("现值"), "没有变的数不用更正，删去这一条", "原值和现值都是 %s", x.New)
				continue
			}
			list := c.Campaign.CorrectionsOf(x.Round, x.Row, x.Region, x.Own)
			for n, other := range list {
				if other != x {
					continue
				}
				if n > 0 && list[n-1].Item != "" && !list[n-1].Withdrawn && !list[n-1].New.Equal(x.Old) {
					c.Reportf(x.Keys.Of("原值"), "原值照上一次更正后公布的数写", "原值是 %s，上一次更正（%s）的现值是 %s", x.Old, list[n-1].On, list[n-1].New)
				}
				if n == len(list)-1 {
					checkPresent(c, x)
				}
			}
		}
	},
}

// checkPresent compares the last entry about a figure with the figure.
func checkPresent(c *Context, x *campaign.Correction) {
	f := figureOf(c.Book, x)
	if f == nil || x.Withdrawn || f.Quantity.Kind == campaign.Blank || f.Quantity.Equal(x.New) {
		return
	}
	c.Reportf(x.Keys.Of("现值"), "这一条已经公布的，另加一条："+draftFor(c, f, x.New)+"；还没有公布的，改正现值",
		"现值是 %s，%s 的数是 %s", x.New, f.At.Source(), f.Quantity)
}
