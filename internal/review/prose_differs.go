package review

import (
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/prose"
)

var proseDiffers = Rule{
	Code: "prose-differs", Level: campaign.Error,
	Words:   "总结里与项目名称写在一起的数字、单位和增减（较中期增加6件、同比增长35%），要与统计表一致；量词（起、名）和万、中文数字按值比较。",
	Figures: remarksDiffer,
	Check: func(c *Context) {
		for _, i := range c.Campaign.ItemsOf(campaign.Narratives) {
			for n := range i.Body.Sentences {
				s := &i.Body.Sentences[n]
				for _, r := range s.Runs {
					if round, f := c.otherRound(i, s, r); round != nil && f != nil {
						c.Reportf(r.At, "引用哪一期的就写哪一期：{{"+round.Short+":"+strings.TrimPrefix(reference(c, f), "{{"), "这里说的是%s，引用的“%s”是%s的（%s）",
							round.Name, f.Row.Name, f.Round.Name, f.At.Source())
					}
				}
			}
		}
		for _, x := range c.claims() {
			f := x.Figure
			switch {
			case x.Equal || !x.Sure:
			case x.Aspect == prose.Whole, x.Aspect == prose.WrongUnit:
				c.Reportf(x.at(), "改成引用 "+reference(c, f), "这里写的是 %s，%s统计表里“%s”是 %s（%s）",
					x.written(), x.Round.Name, f.Row.Name, x.Want, f.At.Source())
			case x.Named:
				since := "上年同期（" + f.At.Source() + "）"
				if x.Since != nil {
					since = x.Since.Round.Name + "（" + x.Since.At.Source() + "）"
				}
				c.Reportf(x.at(), "核对统计表，把写错的一处改正", "这里写的变化是 %s，“%s”（%s）比%s%s",
					x.Told(x.written()), f.Row.Name, f.At.Source(), since, x.Want)
			}
		}
	},
}

// remarksDiffer compares what the 备注 of a figure says with the other rounds: no
// item is involved, and the finding is in the form that says it.
func remarksDiffer(c *Context) {
	matcher := prose.NewMatcher(c.Campaign, c.Book, nil, nil, nil)
	for _, r := range c.Campaign.Reports {
		for _, e := range r.Entries {
			if !strings.ContainsAny(e.Remark, "0123456789０１２３４５６７８９十百千") {
				continue
			}
			f := c.Book.Figure(r.Round, e.Row, r.Region)
			if f == nil || f.Remark == "" {
				continue
			}
			for _, x := range matcher.Remark(f) {
				other := x.Figure
				if x.Since != nil {
					other = x.Since
				}
				if !x.Equal && x.Sure && (x.Aspect == prose.Whole || x.Named) {
					c.Reportf(e.At, "核对两期报表，把写错的一处改正", "备注写的是 %s，按报表“%s”是%s（%s）",
						f.Remark[x.From:x.End], x.Figure.Row.Name, x.Want, other.At.Source())
				}
			}
		}
	}
}
