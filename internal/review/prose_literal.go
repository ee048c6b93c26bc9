package review

import (
	"wangjian/internal/campaign"
)

var proseLiteral = Rule{
	Code: "prose-literal", Level: campaign.Warning,
	Words: "总结里与统计表相同的数字应当写成引用，数据改了才不会不一致。",
	Check: func(c *Context) {
		eachLiteral(c, func(l literal) {
			if l.equal {
				c.Reportf(l.number.At, "改成引用 "+reference(c, l), "%s%s 与统计表里的“%s”相同，却是手写的",
					l.number.Text, l.figure.Row.Unit, l.figure.Row.Name)
			}
		})
	},
}
