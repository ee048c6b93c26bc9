package review

import (
	"wangjian/internal/campaign"
	"wangjian/internal/prose"
)

var proseLiteral = Rule{
	Code: "prose-literal", Level: campaign.Warning,
	Words: "总结里与统计表相同的数字应当写成引用，数据改了才不会不一致。",
	Check: func(c *Context) {
		for _, x := range c.claims() {
			if x.Equal && (x.Aspect == prose.Whole || x.Aspect == prose.Bare) {
				c.Reportf(x.at(), "改成引用 "+reference(c, x.Figure), "%s 与统计表里的“%s”相同，却是手写的",
					x.written(), x.Figure.Row.Name)
			}
		}
	},
}
