package review

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
)

// slip is a fault of GB/T 15834 (punctuation) or 15835 (numbers) that can be
// told from the words alone, with how to mend it.
type slip struct {
	// signs: a line that has none of them cannot have the slip. Looking for
	// them first makes the check of a text ten times faster.
	signs []string
	form  *regexp.Regexp
	mend  func(groups []string) string
	what  string
	hint  string
}

func (s slip) mayBeIn(text string) bool {
	return slices.ContainsFunc(s.signs, func(sign string) bool { return strings.Contains(text, sign) })
}

// slips looks for slips in a body, line by line.
func slips(r *reading, list []slip) (remarks []campaign.Finding) {
	if r.Item == nil {
		return nil
	}
	list = slices.DeleteFunc(slices.Clone(list), func(s slip) bool { return !s.mayBeIn(r.text) })
	if len(list) == 0 {
		return nil
	}
	for n, line := range r.prose {
		if r.inFront(n) {
			continue
		}
		for _, s := range list {
			if !s.mayBeIn(line) {
				continue
			}
			for _, m := range s.form.FindAllStringSubmatchIndex(line, -1) {
				groups := make([]string, len(m)/2)
				for g := range groups {
					if m[2*g] >= 0 {
						groups[g] = line[m[2*g]:m[2*g+1]]
					}
				}
				remarks = append(remarks, finding(campaign.Position{File: r.File, Line: n + 1, Column: utf8.RuneCountInString(line[:m[0]]) + 1}, "“"+groups[0]+"”："+s.what, "写成“"+s.mend(groups)+"”（"+s.hint+"）"))
			}
		}
	}
	return remarks
}
