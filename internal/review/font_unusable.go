package review

import (
	"path"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/draw"
)

var fontUnusable = Rule{
	Code: "font-unusable", Level: campaign.Error,
	Words: "layouts/fonts/ 里的每个字体文件都是单个的 TrueType 字体，而且许可嵌入 PDF。",
	Check: func(c *Context) {
		for _, f := range draw.Refused(c.Layouts) {
			c.Reportf(campaign.InFile("layouts/"+f.File), "换用许可嵌入的 .ttf 文件，或者删去这个文件（删去后用程序自带的字体）", "字体 %s %s", path.Base(f.File), f.Reason)
		}
	},
}
