package review

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wangjian/internal/campaign"
)

var departmentName = Rule{
	Code: "department-name", Level: campaign.Warning,
	Words: "部门名称与 campaign.yaml 的一致，没有多一字、少一字或错一字。",
	Inspect: func(p *reading) (remarks []campaign.Finding) {
		if p.Item == nil {
			return nil
		}
		var names, known []string
		for _, d := range p.Campaign.Departments {
			if utf8.RuneCountInString(d.Name) >= 8 {
				names = append(names, d.Name)
			}
			known = append(known, d.Names()...)
		}
		for n, line := range p.prose {
			for _, name := range names {
				if at, wrong := slipOf(line, name, known); wrong != "" {
					remarks = append(remarks, finding(campaign.Position{File: p.File, Line: n + 1, Column: utf8.RuneCountInString(line[:at]) + 1}, "没有叫“"+wrong+"”的部门", "是不是“"+name+"”？"))
				}
			}
		}
		return remarks
	},
}

// slipOf finds a name that starts and ends as a department's does and differs
// from it, and from every other, in one or two characters within.
func slipOf(line, name string, known []string) (at int, wrong string) {
	r := []rune(name)
	n := len(r)
	head, tail := string(r[:2]), string(r[n-1])
	front := 0
	for {
		k := strings.Index(line[front:], head)
		if k < 0 {
			break
		}
		at = front + k
		front = at + len(head)
		rest := []rune(line[at:])
		rest = rest[:min(len(rest), n+3)]
		for length := min(len(rest), n+2); length >= n-1 && length > 3; length-- {
			candidate := string(rest[:length])
			if !strings.HasSuffix(candidate, tail) {
				continue
			}
			if slices.ContainsFunc(known, func(k string) bool {
				return k != "" && utf8.RuneCountInString(k) > 3 && strings.HasPrefix(line[at:], k)
			}) {
				break
			}
			if slices.ContainsFunc(known, func(k string) bool {
				return strings.Contains(k, candidate) || utf8.RuneCountInString(k) > 3 && strings.HasSuffix(candidate, k)
			}) {
				continue // a part of a longer name, or a short name behind the city's
			}
			if d := distance([]rune(candidate), r); (d == 1 || d == 2 && n >= 10) && sameMiddle(candidate) {
				return at, candidate
			}
		}
	}
	return 0, ""
}

// sameMiddle keeps to names: no marks within.
func sameMiddle(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
}

// distance counts the characters that one of two short words has to change,
// drop or add to be the other.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
