package desk

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/inbox"
	"wangjian/internal/project"
	"wangjian/internal/record"
	"wangjian/internal/review"
	"wangjian/internal/source"
)

// checkScreen lists what is wrong, by what it stops, unit and kind, and mends what can
// be mended for sure.
func checkScreen() *screen {
	return &screen{
		name: "check", title: "检查", words: "看全部问题，能一键改正的一键改正，别的打开来改。",
		data: checkData,
		acts: map[string]act{"mend": mendOne, "mend-all": mendAll},
		waits: func(r *request) waiting {
			errors, _ := countOf(r.loaded.Findings)
			if errors == 0 {
				return waiting{}
			}
			return waiting{Count: errors, Words: fmt.Sprintf("检查出 %d 处错误", errors), Act: "去改"}
		},
	}
}

// findingsOf returns everything that `check` finds.
func findingsOf(l *project.Loaded) []campaign.Finding {
	return campaign.SortFindings(append(slices.Clone(l.Findings), inbox.Check(l.Files)...))
}

func countOf(list []campaign.Finding) (errors, warnings int) {
	for _, f := range list {
		switch f.Level {
		case campaign.Error:
			errors++
		case campaign.Warning:
			warnings++
		}
	}
	return errors, warnings
}

// mostShown bounds the findings of a page; what is more comes by the filters.
const mostShown = 200

// checked is what the template of the screen shows.
type checked struct {
	Errors, Warnings int
	Stopping         int // errors that stop a publication
	Units, Kinds     []checkChoice
	Unit, Kind       string
	Level            string
	Filtered         bool
	Parts            []part
	Mends            []kindMends
	More             int
	Failed           string // why nothing could be read
}

// checkChoice is one of a filter's, with how many there are.
type checkChoice struct {
	Value, Words string
	Count        int
}

// part is findings of one weight, by unit.
type part struct {
	Title, Words string
	Count        int
	Groups       []unitFindings
}

type unitFindings struct {
	Unit     string
	Findings []campaign.Finding
}

// kindMends is how many findings of a rule can be mended at once.
type kindMends struct {
	Rule, Words string
	Count       int
}

func checkData(r *request) (any, error) {
	l, err := r.work.last()
	if err != nil {
		return checked{Failed: err.Error()}, nil
	}
	all := findingsOf(l)
	d := checked{Unit: r.value("unit"), Kind: r.value("kind"), Level: r.value("level")}
	d.Errors, d.Warnings = countOf(all)
	d.Filtered = d.Unit+d.Kind+d.Level != ""
	shown := slices.DeleteFunc(slices.Clone(all), func(f campaign.Finding) bool {
		return d.Unit != "" && unitOf(l, f) != d.Unit || d.Kind != "" && f.Rule != d.Kind || d.Level != "" && string(f.Level) != d.Level
	})
	d.Units = tally(all, func(f campaign.Finding) (string, string) { u := unitOf(l, f); return u, u })
	d.Kinds = tally(all, func(f campaign.Finding) (string, string) { return f.Rule, ruleWords(f.Rule) })
	_, idle := l.Split()
	isIdle := map[string]bool{}
	for _, f := range idle {
		isIdle[keyOfFinding(f)] = true
	}
	for _, f := range all {
		if f.Level == campaign.Error && !isIdle[keyOfFinding(f)] {
			d.Stopping++
		}
	}
	weights := []struct {
		title, words string
		is           func(campaign.Finding) bool
	}{
		{"不改就发布不了", "这些错误在要公开的内容里。", func(f campaign.Finding) bool { return f.Level == campaign.Error && !isIdle[keyOfFinding(f)] }},
		{"公开以前要改", "这些错误只在没有公开的内容里，不妨碍发布别的。", func(f campaign.Finding) bool { return f.Level == campaign.Error && isIdle[keyOfFinding(f)] }},
		{"提醒", "请看一看；核对过属实的可以不改。", func(f campaign.Finding) bool { return f.Level != campaign.Error }},
	}
	left := mostShown
	for _, w := range weights {
		p := part{Title: w.title, Words: w.words}
		var of []campaign.Finding
		for _, f := range shown {
			if w.is(f) {
				of = append(of, f)
			}
		}
		p.Count = len(of)
		of = byUnit(l, of)
		d.More += max(len(of)-left, 0)
		of = of[:min(len(of), left)]
		left -= len(of)
		for _, f := range of {
			u := unitOf(l, f)
			if n := len(p.Groups); n == 0 || p.Groups[n-1].Unit != u {
				p.Groups = append(p.Groups, unitFindings{Unit: u})
			}
			g := &p.Groups[len(p.Groups)-1]
			g.Findings = append(g.Findings, f)
		}
		if p.Count > 0 {
			d.Parts = append(d.Parts, p)
		}
	}
	for _, c := range tally(slices.DeleteFunc(slices.Clone(shown), func(f campaign.Finding) bool { return f.Mend.IsZero() }), func(f campaign.Finding) (string, string) { return f.Rule, ruleWords(f.Rule) }) {
		d.Mends = append(d.Mends, kindMends{c.Value, c.Words, c.Count})
	}
	return d, nil
}

// wholeCampaign is the unit of what is no department's.
const wholeCampaign = "全局"

func unitOf(l *project.Loaded, f campaign.Finding) string {
	if d := l.Campaign.DepartmentOf(f.At.File); d != nil {
		return d.Short
	}
	return wholeCampaign
}

// byUnit puts findings in the order of the units: what is everybody's first.
func byUnit(l *project.Loaded, list []campaign.Finding) []campaign.Finding {
	place := func(f campaign.Finding) int {
		if d := l.Campaign.DepartmentOf(f.At.File); d != nil {
			return d.Index + 1
		}
		return 0
	}
	slices.SortStableFunc(list, func(a, b campaign.Finding) int { return cmp.Compare(place(a), place(b)) })
	return list
}

// tally counts findings by a value, in the order in which these first come.
func tally(list []campaign.Finding, of func(campaign.Finding) (value, words string)) (choices []checkChoice) {
	for _, f := range list {
		value, words := of(f)
		n := slices.IndexFunc(choices, func(c checkChoice) bool { return c.Value == value })
		if n < 0 {
			n = len(choices)
			choices = append(choices, checkChoice{Value: value, Words: words})
		}
		choices[n].Count++
	}
	return choices
}

// ruleWords is what a rule asks for, as the manual lists it.
func ruleWords(code string) string {
	for _, list := range [][]campaign.Rule{source.Rules, record.Rules, review.List(), inbox.Rules} {
		if n := slices.IndexFunc(list, func(r campaign.Rule) bool { return r.Code == code }); n >= 0 {
			words, _, _ := strings.Cut(list[n].Words, "：")
			return strings.TrimSuffix(words, "。")
		}
	}
	return code
}

// keyOfFinding names a finding between two pages.
func keyOfFinding(f campaign.Finding) string {
	sum := sha256.Sum256([]byte(f.Rule + "\x00" + f.At.String() + "\x00" + f.Message))
	return fmt.Sprintf("%x", sum[:8])
}

// mendWords says what a mend does.
func mendWords(m campaign.Mend) string {
	switch {
	case m.Path != "":
		return "文件改名为 " + m.Path
	case m.New == "" && strings.Contains(m.Old, "\n"):
		return "删去重复的一行"
	case m.New == "":
		return "删去" + seen(m.Old)
	case m.Old == "":
		return "加上" + seen(m.New)
	}
	return seen(m.Old) + " 改成 " + seen(m.New)
}

// seen quotes a text, also one that cannot be seen.
func seen(text string) string {
	if strings.TrimSpace(text) == "" || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r >= 0x200b && r <= 0x200f || r == 0xfeff }) {
		return "看不见的字符或空格"
	}
	return "“" + text + "”"
}

// mendOne proposes what puts one finding right.
func mendOne(r *request) (answer, error) {
	key := r.value("key")
	return r.mend(func(f campaign.Finding) bool { return keyOfFinding(f) == key })
}

// mendAll proposes what puts all findings of a kind right, of a unit where one is named.
func mendAll(r *request) (answer, error) {
	kind, unit := r.value("kind"), r.value("unit")
	return r.mend(func(f campaign.Finding) bool {
		return f.Rule == kind && (unit == "" || unitOf(r.loaded, f) == unit)
	})
}

func (r *request) mend(is func(campaign.Finding) bool) (answer, error) {
	l, err := r.fresh()
	if err != nil {
		return nil, err
	}
	list := slices.DeleteFunc(findingsOf(l), func(f campaign.Finding) bool { return f.Mend.IsZero() || !is(f) })
	if len(list) == 0 {
		return nil, errors.New("这里已经改过，或者文件刚刚又改动了。请回到检查，看现在还有什么")
	}
	set, count, err := project.Mend(l.Files, list)
	if err != nil {
		return nil, err
	}
	p := proposal{title: fmt.Sprintf("改正 %d 处：%s", count, ruleWords(list[0].Rule)), set: set, next: ownAddress(r.Header.Get("Referer"))}
	if left := len(list) - count; left > 0 {
		p.words = append(p.words, fmt.Sprintf("另有 %d 处和这些挨在一起，写入以后再改。", left))
	}
	p.words = append(p.words, signedWords(l, set.Files())...)
	return p, nil
}
