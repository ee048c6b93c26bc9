package review

import (
	"strings"

	"wangjian/internal/campaign"
)

var referenceInFront = Rule{
	Code: "reference-in-front", Level: campaign.Error,
	Words: "数据引用只写在正文里，开头的信息里不认。",
	Inspect: func(p *reading) (remarks []campaign.Finding) {
		if p.Item == nil {
			return nil
		}
		for n, line := range p.lines {
			if !p.inFront(n) {
				break
			}
			if at := strings.Index(line, "{{"); at >= 0 {
				remarks = append(remarks, finding(p.at(n, at), "开头的信息里不能用 {{…}} 引用数据", "把这句话移到正文，或去掉数字"))
			}
		}
		return remarks
	},
}
