package review

import (
	"wangjian/internal/campaign"
)

var proseDiffers = Rule{
	Code: "prose-differs", Level: campaign.Error,
	Words: "总结里与项目名称写在一起的数字，要与统计表一致。",
	Check: func(c *Context) {
		eachLiteral(c, func(l literal) {
			if l.named && !l.equal {
				c.Reportf(l.number.At, "改成引用 "+reference(c, l), "这里写的是 %s%s，统计表里“%s”是 %s",
					l.number.Text, l.figure.Row.Unit, l.figure.Row.Name, l.figure.Text())
			}
		})
	},
}
