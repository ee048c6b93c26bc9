package review

import (
	"slices"

	"wangjian/internal/campaign"
)

var linkScheme = Rule{
	Code: "link-scheme", Level: campaign.Error,
	Words: "链接只能是相对路径、http(s) 网址或 tel 电话；图片只能是旁边的文件。",
	Check: func(c *Context) {
		eachLink(c, func(i *campaign.Item, l campaign.Link) {
			switch {
			case campaign.IsRooted(l.Target):
				c.Reportf(l.At, "写相对本文件的路径，如 ../cases/x.md", "链接“%s”不能以 / 开头或含有反斜杠", l.Target)
			case l.Image && l.Scheme != "":
				c.Reportf(l.At, "把图片下载到这篇内容旁边再引用", "图片“%s”不在本站", l.Target)
			case l.Scheme != "" && !slices.Contains([]string{"http", "https", "tel"}, l.Scheme):
				c.Reportf(l.At, "改成相对路径或 https 网址", "链接“%s”的形式不允许", l.Target)
			}
		})
	},
}
