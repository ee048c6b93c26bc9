package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/forms"
	"wangjian/internal/inbox"
	"wangjian/internal/manuscript"
	"wangjian/internal/project"
	"wangjian/internal/record"
	"wangjian/internal/release"
	"wangjian/internal/review"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

// printFindings prints every finding, grouped by department, and a count.
func printFindings(w io.Writer, c *campaign.Campaign, findings []campaign.Finding) {
	groups := map[*campaign.Department][]campaign.Finding{}
	for _, f := range findings {
		d := c.DepartmentOf(f.At.File)
		groups[d] = append(groups[d], f)
	}
	for _, d := range append([]*campaign.Department{nil}, c.Departments...) {
		if len(groups[d]) == 0 {
			continue
		}
		name := "全局"
		if d != nil {
			name = d.Short
		}
		fmt.Fprintf(w, "── %s（%s）\n", name, counts(groups[d]))
		for _, f := range groups[d] {
			printFinding(w, f)
		}
		fmt.Fprintln(w)
	}
}

// printForPublic prints every finding, and which errors stop no publication.
func printForPublic(w io.Writer, result *project.Loaded) {
	printFindings(w, result.Campaign, result.Findings)
	_, idle := result.Split()
	if len(idle) == 0 {
		return
	}
	fmt.Fprintf(w, "其中 %d 处错误只涉及没有公开的内容，不妨碍发布，请在它们公开以前改正：\n", len(idle))
	for _, f := range idle {
		fmt.Fprintf(w, "  %s [%s]\n", f.At, f.Rule)
	}
}

func printFinding(w io.Writer, f campaign.Finding) {
	fmt.Fprintf(w, "%s: %s：%s [%s]\n", f.At, levelWord(f.Level), f.Message, f.Rule)
	if strings.TrimSpace(f.Line) != "" {
		line, column := clip(f.Line, f.At.Column)
		fmt.Fprintf(w, "    %s\n    %s^\n", line, padding(line, column))
	}
	if f.Hint != "" {
		fmt.Fprintf(w, "    → %s\n", f.Hint)
	}
}

func levelWord(l campaign.Level) string {
	switch l {
	case campaign.Error:
		return "错误"
	case campaign.Warning:
		return "提醒"
	}
	return "说明"
}

// counts says how many errors and warnings there are.
func counts(findings []campaign.Finding) string {
	errors := 0
	for _, f := range findings {
		if f.Level == campaign.Error {
			errors++
		}
	}
	var parts []string
	if errors > 0 {
		parts = append(parts, fmt.Sprintf("%d 处错误", errors))
	}
	if warnings := len(findings) - errors; warnings > 0 {
		parts = append(parts, fmt.Sprintf("%d 处提醒", warnings))
	}
	if len(parts) == 0 {
		return "没有问题"
	}
	return strings.Join(parts, "，")
}

// clip shortens a long line to what surrounds the column.
func clip(line string, column int) (string, int) {
	const before, width = 30, 70
	runes := []rune(strings.ReplaceAll(line, "\t", " "))
	if len(runes) <= width {
		return string(runes), column
	}
	start := max(0, min(column-1-before, len(runes)-width))
	end := min(len(runes), start+width)
	text, shift := string(runes[start:end]), -start
	if start > 0 {
		text, shift = "…"+text, shift+1
	}
	if end < len(runes) {
		text += "…"
	}
	return text, column + shift
}

// padding is as wide as the line before its column: a Chinese character takes
// two places on a terminal.
func padding(line string, column int) string {
	var b strings.Builder
	for i, r := range []rune(line) {
		if i >= column-1 {
			break
		}
		b.WriteByte(' ')
		if r >= 0x1100 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// printJSON prints the findings as data: the form of the design.
func printJSON(w io.Writer, findings []campaign.Finding) error {
	type entry struct {
		Level   campaign.Level `json:"level"`
		Rule    string         `json:"rule"`
		File    string         `json:"file"`
		Line    int            `json:"line"`
		Column  int            `json:"column"`
		Message string         `json:"message"`
		Hint    string         `json:"hint"`
	}
	list := []entry{}
	for _, f := range findings {
		list = append(list, entry{f.Level, f.Rule, f.At.File, f.At.Line, f.At.Column, f.Message, f.Hint})
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(map[string]any{"findings": list})
}

// printHeld says what was kept back and why.
func printHeld(w io.Writer, held []release.Held) {
	if len(held) == 0 {
		return
	}
	fmt.Fprintf(w, "没有公开的有 %d 项：\n", len(held))
	for _, h := range held {
		where := ""
		if h.Item != nil {
			where = h.Item.File + "  "
		}
		fmt.Fprintf(w, "  %s%s：%s\n", where, h.Title(), strings.Join(h.Reasons, "；"))
	}
}

// rules lists everything that a finding can be about, in the order of the manual.
func rules() []campaign.Rule {
	return slices.Concat(source.Rules, record.Rules, review.List(), forms.Rules, manuscript.Rules, inbox.Rules)
}

// printRules lists every rule with its code.
func printRules(w io.Writer) {
	for _, r := range rules() {
		fmt.Fprintf(w, "%-26s %s：%s\n", r.Code, levelWord(r.Level), r.Words)
	}
}

// printOutside lists the links that leave the site, each address once with the
// places that it stands at. Nothing is fetched: a person opens them.
func printOutside(w io.Writer, c *campaign.Campaign) {
	places := map[string][]string{}
	add := func(address string, at campaign.Position) {
		if u, err := url.Parse(address); err == nil && u.Host != "" {
			places[address] = append(places[address], at.Source())
		}
	}
	for _, i := range c.Items {
		for _, l := range i.Body.Links {
			if l.Scheme != "" {
				add(l.Target, l.At)
			}
		}
	}
	add(c.Site.ReportLink, c.Keys.Of("站点.找错链接"))
	for _, address := range slices.Sorted(maps.Keys(places)) {
		fmt.Fprintf(w, "%s  %s\n", address, strings.Join(places[address], "、"))
	}
	fmt.Fprintf(w, "站外链接 %d 个\n", len(places))
}

// printLedger says for each round how many have reported and whom to chase.
// Where the campaign's own files cannot be read nobody knows.
func printLedger(w io.Writer, result *project.Loaded) {
	if result.Campaign.SettingsUnread() {
		fmt.Fprintln(w, "data/campaign.yaml 或 data/form.yaml 读不出，还说不出谁报了、谁没有报")
		return
	}
	for _, round := range result.Campaign.Rounds {
		if round.Deadline.IsZero() {
			continue // it is missing: a finding asks for it
		}
		p := result.Book.Progress(round, result.Date)
		fmt.Fprintf(w, "%s（%s 截止）：统计表 %d/%d，总结 %d/%d\n", round.Name, round.Deadline, p.Filed, p.Due, p.Told, p.Tellers)
		for _, g := range p.Gaps {
			fmt.Fprintf(w, "    %s：%s\n", g.What, strings.Join(g.Units, "；"))
		}
		switch p.Summary {
		case stats.Unread:
			fmt.Fprintf(w, "    %s：%s\n", campaign.Summaries.Chinese(), p.Summary)
		case stats.NotFiled:
			fmt.Fprintf(w, "    %s：还没有写（wangjian new summary %s）\n", campaign.Summaries.Chinese(), round.Name)
		}
	}
}
