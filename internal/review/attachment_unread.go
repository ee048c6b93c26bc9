package review

import (
	"errors"

	"wangjian/internal/attachment"
	"wangjian/internal/campaign"
)

var attachmentUnread = Rule{
	Code: "attachment-unread", Level: campaign.Error,
	Words: "程序读不了的附件（扫描件、加密的、旧格式的）由人逐页看过，在这一篇里写“附件已核: true”。",
	Check: func(c *Context) {
		for _, e := range c.enclosures() {
			if unread := new(attachment.Unreadable); errors.As(e.err, &unread) && !e.item.Inspected {
				c.Reportf(e.at, "换成能选中文字的 pdf 或 docx；或逐页看过，确认没有个人信息，写“附件已核: true”", "%s 里的文字没有检查：%s", e.name(), unread.Why)
			}
		}
	},
}
