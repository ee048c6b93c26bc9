package review

import (
	"bytes"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/source"
)

var referenceInFront = Rule{
	Code: "reference-in-front", Level: campaign.Error,
	Words: "数据引用只写在正文里，开头的信息里不认。",
	Inspect: func(p source.Passage) (remarks []Remark) {
		if p.Item == nil {
			return nil
		}
		for n, line := range bytes.Split(p.Text, []byte("\n")) {
			if n+1 >= p.Item.Body.FirstLine {
				break
			}
			if at := bytes.Index(line, []byte("{{")); at >= 0 {
				remarks = append(remarks, Remark{
					At:      campaign.Position{File: p.File, Line: n + 1, Column: utf8.RuneCount(line[:at]) + 1},
					Message: "开头的信息里不能用 {{…}} 引用数据", Hint: "把这句话移到正文，或去掉数字",
				})
			}
		}
		return remarks
	},
}
