package review

import (
	"fmt"
	"strings"

	"wangjian/internal/campaign"
)

var imageAlt = Rule{
	Code: "image-alt", Level: campaign.Error,
	Words: "每张图片都有文字说明。",
	Check: func(c *Context) {
		eachLink(c, func(i *campaign.Item, l campaign.Link) {
			if l.Image && strings.TrimSpace(l.Text) == "" {
				c.Report(l.At, fmt.Sprintf("图片“%s”没有文字说明", l.Target), "写成 ![说明](文件名)，说明写图上有什么")
			}
		})
	},
}
