package review

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
)

// factRound compares what a narrative says it is with the folder it is in.
var factRound = factRule("fact-round", "总结的标题和开头写的期次、部门，是它所在文件夹的期次和部门。", senderThatDiffers)

func senderThatDiffers(c *campaign.Campaign, i *campaign.Item, s *statement) (list []difference) {
	if i.Kind != campaign.Narratives || s.what == inTable || s.what == inQuote {
		return nil
	}
	text := s.text
	if s.what != inTitle {
		if text = reportName(s.text); text == "" {
			return nil
		}
	}
	path := fmt.Sprintf("文件夹 %s", i.File[:strings.LastIndex(i.File, "/")])
	if !hasName(text, i.Round.Named) {
		for _, r := range c.Rounds {
			if name := nameIn(text, r.Named); r != i.Round && name != "" {
				list = append(list, difference{written: name, against: path, want: i.Round.Name, hint: "放错文件夹的移到对的文件夹；写错的改正"})
				break
			}
		}
	}
	if !hasName(text, i.Department.Named) {
		for _, d := range c.Departments {
			name := nameIn(text, d.Named)
			if d == i.Department || name == "" {
				continue
			}
			list = append(list, difference{written: name, against: fmt.Sprintf("文件名 %s", i.File), want: i.Department.Name, hint: "放错文件夹的移到对的文件夹；写错的改正"})
			break
		}
	}
	return list
}

// reportName returns the part of a paragraph that names the report itself:
// 现将…中期工作总结报告如下.
func reportName(text string) string {
	if !containsAny(text, "总结", "报告") {
		return ""
	}
	for _, end := range []string{"总结如下", "总结报告如下", "情况报告如下", "总结", "工作报告"} {
		at := strings.Index(text, end)
		switch {
		case at < 0 || at > 200:
		case strings.HasSuffix(end, "如下"):
			return clauseBefore(text[:at])
		case at+len(end) == len(text) && utf8.RuneCountInString(text) < 50:
			return text
		}
	}
	return ""
}

func hasName(text string, n campaign.Named) bool { return nameIn(text, n) != "" }

// nameIn returns the longest of the names that a text has.
func nameIn(text string, n campaign.Named) (longest string) {
	for _, name := range n.Names()[1:] {
		if utf8.RuneCountInString(name) > 1 && len(name) > len(longest) && strings.Contains(text, name) {
			longest = name
		}
	}
	return longest
}
