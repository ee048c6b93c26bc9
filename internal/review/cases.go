package review

import (
	"wangjian/internal/campaign"
)

func eachCase(c *Context, visit func(*campaign.Item)) {
	for _, i := range c.Campaign.Items {
		if i.Case != nil {
			visit(i)
		}
	}
}
