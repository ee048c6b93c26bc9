package review

import (
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
)

// Both are found by one look, that of wordingForbidden.
var (
	wordingForbidden = Rule{
		Code: "wording-forbidden", Level: campaign.Error,
		Words:   "没有用语表里级别为“错误”的写法。",
		Inspect: inspectWording,
	}
	wordingDoubt = Rule{
		Code: "wording", Level: campaign.Warning,
		Words: "没有常见的错别字、停用的说法和机构改革前的名称（自带的用语表和 data/wording.yaml）。",
	}
)

func inspectWording(p *reading) (remarks []campaign.Finding) {
	if p.File == "data/wording.yaml" {
		return nil
	}
	for n, line := range p.prose {
		for at, r := range line {
			for _, t := range p.Campaign.Wording[r] {
				if !strings.HasPrefix(line[at:], t.Wrong) || within(line, at, t) {
					continue
				}
				m := finding(campaign.Position{File: p.File, Line: n + 1, Column: utf8.RuneCountInString(line[:at]) + 1}, "“"+t.Wrong+"”的写法不对", "写成“"+t.Right+"”")
				if t.Right == "" {
					m.Message, m.Hint = "这里不能写“"+t.Wrong+"”", "删去或换一个说法"
				}
				if t.Why != "" {
					m.Hint += "（" + t.Why + "）"
				}
				if t.Level != campaign.Error {
					wordingDoubt.claim(&m)
				}
				remarks = append(remarks, m)
			}
		}
	}
	return remarks
}

// within tells whether a term stands inside of a longer word that is right.
func within(line string, at int, t campaign.Term) bool {
	for _, word := range t.Except {
		for offset := 0; ; {
			k := strings.Index(word[offset:], t.Wrong)
			if k < 0 {
				break
			}
			offset += k
			if from := at - offset; from >= 0 && strings.HasPrefix(line[from:], word) {
				return true
			}
			offset += len(t.Wrong)
		}
	}
	return false
}
