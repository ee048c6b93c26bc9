package review

import (
	"errors"

	"wangjian/internal/attachment"
	"wangjian/internal/campaign"
)

var attachmentType = Rule{
	Code: "attachment-type", Level: campaign.Error,
	Words: "附件是 pdf、ofd、Office 文档、文本、图片或音视频，内容与扩展名相符；压缩包、网页、程序和带宏的文件不能作附件。",
	Check: func(c *Context) {
		for _, e := range c.enclosures() {
			if refused := new(attachment.Refused); errors.As(e.err, &refused) {
				c.Reportf(e.at, refused.Hint, "%s：%s", e.name(), refused.What)
			}
		}
	},
}
