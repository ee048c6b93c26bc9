package review

import (
	"errors"

	"wangjian/internal/attachment"
	"wangjian/internal/campaign"
)

var attachmentActive = Rule{
	Code: "attachment-active", Level: campaign.Error,
	Words: "附件和图片里没有脚本、宏、自动动作，不引用别处的内容，没有指向文件夹以外的文件名。",
	Check: func(c *Context) {
		for _, e := range c.enclosures() {
			if active := new(attachment.Active); errors.As(e.err, &active) {
				c.Reportf(e.at, "另存为不带这些内容的文件；不放心就打印成 PDF 再附上", "%s：%s", e.name(), active.What)
			}
		}
	},
}
