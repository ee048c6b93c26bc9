package review

import (
	"wangjian/internal/campaign"
)

func eachDocument(c *Context, visit func(*campaign.Item)) {
	for _, i := range c.Campaign.Items {
		if i.Document != nil {
			visit(i)
		}
	}
}
