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

// gaps are what is late, missing or unreadable of a round.
type gaps struct {
	late, forms, narratives, counties, brokenForms, brokenNarratives, brokenCounties []string

	due, filed, told int
}

func (g *gaps) addForm(l stats.LedgerLine) {
	switch l.Form {
	case stats.Filed, stats.LateFile:
		g.due, g.filed = g.due+1, g.filed+1
		if l.Form == stats.LateFile {
			day := l.FiledOn.String()
			if !l.ArrivedOn.IsZero() {
				day = l.ArrivedOn.String() + " 收到"
			}
			g.late = append(g.late, fmt.Sprintf("%s（%s）", l.Department.Short, day))
		}
	case stats.NotFiled, stats.NotDue:
		g.due++
		g.forms = append(g.forms, l.Department.Short)
	case stats.Unread:
		g.due++
		g.brokenForms = append(g.brokenForms, l.Department.Short)
	}
}

// addRest adds the narrative and the counties.
func (g *gaps) addRest(l stats.LedgerLine) {
	switch l.Narrative {
	case stats.Filed:
		g.told++
	case stats.Unread:
		g.brokenNarratives = append(g.brokenNarratives, l.Department.Short)
	default:
		g.narratives = append(g.narratives, l.Department.Short)
	}
	if len(l.MissingRegions) > 0 {
		g.counties = append(g.counties, fmt.Sprintf("%s %d/%d，缺%s", l.Department.Short, l.Counties, l.CountiesDue, namesOf(l.MissingRegions)))
	}
	if len(l.UnreadRegions) > 0 {
		g.brokenCounties = append(g.brokenCounties, l.Department.Short+" "+namesOf(l.UnreadRegions))
	}
}

// printLedger says for each round how many have reported and whom to chase.
// Where the campaign's own files cannot be read nobody knows.
func printLedger(w io.Writer, result *project.Loaded) {
	if result.Campaign.SettingsUnread() {
		fmt.Fprintln(w, "data/campaign.yaml 或 data/form.yaml 读不出，还说不出谁报了、谁没有报")
		return
	}
	book, lower := result.Book, result.Campaign.Tier.LowerUnits()
	for _, round := range result.Campaign.Rounds {
		if round.Deadline.IsZero() {
			continue // it is missing: a finding asks for it
		}
		var g gaps
		lines := book.Ledger(round, result.Date)
		for _, l := range lines {
			g.addForm(l)
			g.addRest(l)
		}
		fmt.Fprintf(w, "%s（%s 截止）：统计表 %d/%d，总结 %d/%d\n", round.Name, round.Deadline, g.filed, g.due, g.told, len(lines))
		for _, part := range []struct {
			word  string
			names []string
		}{
			{"逾期报表", g.late}, {"未报统计表", g.forms}, {"未报总结", g.narratives}, {lower, g.counties},
			{"统计表" + string(stats.Unread), g.brokenForms}, {"总结" + string(stats.Unread), g.brokenNarratives}, {lower + string(stats.Unread), g.brokenCounties},
		} {
			if len(part.names) > 0 {
				fmt.Fprintf(w, "    %s：%s\n", part.word, strings.Join(part.names, "；"))
			}
		}
		switch standing := book.Summary(round, result.Date); standing {
		case stats.Unread:
			fmt.Fprintf(w, "    %s：%s\n", campaign.Summaries.Chinese(), standing)
		case stats.NotFiled:
			fmt.Fprintf(w, "    %s：还没有写（wangjian new summary %s）\n", campaign.Summaries.Chinese(), round.Name)
		}
	}
}

func namesOf(regions []*campaign.Region) string {
	var names []string
	for _, r := range regions {
		names = append(names, r.Name)
	}
	return strings.Join(names, "、")
}
