package review

import (
	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

var correctionOld = Rule{
	Code: "correction-old", Level: campaign.Error,
	Words: "更正的原值就是已经公布的数（用 --against 与已发布的 data/statistics.json 比）。",
	Check: func(c *Context) {
		eachChanged(c, func(p campaign.PublishedFigure, _ campaign.Target, f *stats.Figure, entries []*campaign.Correction) {
			if len(entries) == 0 {
				return
			}
			last := entries[len(entries)-1]
			if last.Item == "" {
				return // a form or a round that was withdrawn whole
			}
			if f != nil && !last.New.Equal(f.Quantity) {
				return // correction-value tells it
			}
			for _, x := range entries {
				if x.Item != "" && x.Old.Equal(p.Quantity) {
					return
				}
			}
			c.Reportf(last.Keys.Of("原值"), "原值照公布的数写", "原值是 %s，公布的是 %s", last.Old, p.Quantity)
		})
	},
}
