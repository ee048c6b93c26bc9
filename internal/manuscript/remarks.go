package manuscript

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"wangjian/internal/campaign"
)

// mostAlike bounds how often one rule is reported in full.
const mostAlike = 8

// remarks gathers findings while a file is imported. They keep the paragraph
// itself, since its text may not be read yet.
type remarks struct {
	list    []remark
	counts  map[string]int
	tallies map[string]*tally // by rule
}

type remark struct {
	campaign.Finding
	at *paragraph // nil for the whole file
}

// tally counts what is reported once for the whole file.
type tally struct {
	words, example string
	count          int
}

func (r *remarks) note(rule string, at *paragraph, format string, args ...any) {
	r.add(campaign.Note, rule, at, "", fmt.Sprintf(format, args...))
}

func (r *remarks) problem(rule string, at *paragraph, hint, format string, args ...any) {
	r.add(campaign.Warning, rule, at, hint, fmt.Sprintf(format, args...))
}

func (r *remarks) add(level campaign.Level, rule string, at *paragraph, hint, message string) {
	if r.counts[rule]++; r.counts[rule] <= mostAlike {
		r.list = append(r.list, remark{campaign.Finding{Level: level, Rule: rule, Message: message, Hint: hint}, at})
	}
}

// count adds to a tally; words has %d for the number and may be followed by an
// example.
func (r *remarks) count(rule, words, example string) {
	if r.tallies[rule] == nil {
		r.tallies[rule] = &tally{words: words, example: example}
	}
	r.tallies[rule].count++
}

// inOrder lists the findings of a level: those on paragraphs, those on the whole
// file, the tallies, and how many more there are of a rule.
func (r *remarks) inOrder(level campaign.Level) (list []campaign.Finding) {
	slices.SortStableFunc(r.list, func(a, b remark) int { return cmp.Compare(a.order(), b.order()) })

	var more []campaign.Finding
	for _, m := range r.list {
		if m.Level != level {
			continue
		}
		m.At = placeOf(m.at)
		list = append(list, m.Finding)
		if n := r.counts[m.Rule] - mostAlike; n > 0 {
			f := campaign.Finding{Level: level, Rule: m.Rule, At: placeOf(nil), Message: fmt.Sprintf("同样的情况还有 %d 处", n)}
			if level == campaign.Warning {
				f.Hint = "改好前面列出的，再导入一次"
			}
			more = append(more, f)
		}
	}
	slices.SortStableFunc(more, func(a, b campaign.Finding) int { return cmp.Compare(a.Rule, b.Rule) })
	if level == campaign.Note {
		list = append(list, r.tallied()...)
	}
	return append(list, slices.Compact(more)...)
}

func (r *remarks) tallied() (list []campaign.Finding) {
	for _, rule := range slices.Sorted(maps.Keys(r.tallies)) {
		t := r.tallies[rule]
		message := fmt.Sprintf(t.words, t.count)
		if t.example != "" {
			message += "，如“" + t.example + "”"
		}
		list = append(list, campaign.Finding{Level: campaign.Note, Rule: rule, At: placeOf(nil), Message: message})
	}
	return list
}

// order puts findings about the whole file last.
func (m remark) order() int {
	if m.at == nil {
		return 1 << 30
	}
	return m.at.number
}

// placeOf is the place of a paragraph; nil stands for the whole file.
func placeOf(p *paragraph) campaign.Place {
	at := campaign.Place{Unit: campaign.Paragraph}
	if p != nil {
		at.Line, at.Text = p.number, p.excerpt()
	}
	return at
}
