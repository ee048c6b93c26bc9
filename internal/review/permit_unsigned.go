package review

import "wangjian/internal/campaign"

var permitUnsigned = Rule{
	Code: "permit-unsigned", Level: campaign.Warning,
	Words: "写了“准予公开”的内容，三审和保密审查要签全，签字人对它负责。",
	Check: func(c *Context) {
		for _, i := range c.Campaign.Items {
			if len(i.Permitted) > 0 && !i.Complete() {
				c.Report(i.Keys.Of("准予公开"), "写了“准予公开”，而三审和保密审查还没有签全", "签全以后才会公开")
			}
		}
	},
}
