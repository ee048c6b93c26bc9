package review

import (
	"regexp"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
)

// caseMinor goes by words, for no key says how old a party is: 未成年 or an age
// under 18 in 当事人, or right after 当事人 in the text. “向未成年人销售” tells of
// the buyer and is let pass.
var caseMinor = Rule{
	Code: "case-minor", Level: campaign.Error,
	Words: "当事人是未成年人的案例不公示（总局令第45号）；确实不是的，把这几个字写进“准予公开”。",
	Inspect: func(p *reading) (remarks []campaign.Finding) {
		if p.Item == nil || p.Item.Case == nil {
			return nil
		}
		for n, line := range p.lines {
			if at, words, ok := tellsOfMinor(line, p.inFront(n)); ok && !permitted(p.Item, words) {
				remarks = append(remarks, finding(p.at(n, at), "当事人像是未成年人：“"+words+"”", "未成年人的案件不公示：换一个案例并把文件移出 content/cases；不是的，把引号里的字写进这篇的“准予公开”"))
			}
		}
		return remarks
	},
}

var (
	minorField = regexp.MustCompile(`^当事人:.*?(未成年|未满(?:18|十八)周?岁|(\d{1,2})\s*周?岁)`)
	minorText  = regexp.MustCompile(`(?:当事人|违法行为人|被处罚人)[^。；;！？]{0,24}?(未成年|未满(?:18|十八)周?岁|(\d{1,2})\s*周?岁)`)
	// towards leads from the party to somebody else.
	towards = regexp.MustCompile(`[向对给把将与和]|销售|允许|接待|诱导|提供|要求|招用|面向|针对`)
)

// tellsOfMinor finds the words in a line that say the party is under age; at
// is their byte. In front matter 当事人 is a field, and all of it is about the
// party.
func tellsOfMinor(line string, front bool) (at int, words string, ok bool) {
	if !strings.Contains(line, "未成年") && !strings.Contains(line, "岁") {
		return 0, "", false // most lines: the forms below go through every character
	}
	form := minorText
	if front = front && strings.HasPrefix(line, "当事人:"); front {
		form = minorField
	}
	for _, m := range form.FindAllStringSubmatchIndex(line, -1) {
		if m[4] >= 0 {
			if age, _ := strconv.Atoi(line[m[4]:m[5]]); age >= 18 {
				continue
			}
		}
		if !front && towards.MatchString(line[m[0]:m[2]]) {
			continue
		}
		return m[2], line[m[2]:m[3]], true
	}
	return 0, "", false
}

func permitted(i *campaign.Item, words string) bool {
	for _, p := range i.Permitted {
		if strings.Contains(p, words) {
			return true
		}
	}
	return false
}
