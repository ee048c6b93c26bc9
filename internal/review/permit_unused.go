package review

import (
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/privacy"
)

var permitUnused = Rule{
	Code: "permit-unused", Level: campaign.Warning,
	Words: "“准予公开”里只写这一篇真有的内容。",
	Inspect: func(p *reading) (remarks []campaign.Finding) {
		if p.Item == nil || len(p.Item.Permitted) == 0 || len(p.Item.Files()) > 0 {
			return nil // what an attachment says is not known yet
		}
		text := privacy.Bare(p.text)
		for _, permitted := range p.Item.Permitted {
			// Once it stands in 准予公开 itself.
			if strings.Count(text, privacy.Bare(permitted)) < 2 {
				remarks = append(remarks, finding(p.Item.Keys.Of("准予公开"), "“准予公开”的“"+permitted+"”在这一篇里没有", "删去，或照正文逐字写"))
			}
		}
		return remarks
	},
}
