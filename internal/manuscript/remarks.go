package manuscript

import (
	"cmp"
	"fmt"
	"slices"
)

// mostAlike bounds how often one kind of remark is told in full.
const mostAlike = 8

// remarks gathers notes and problems while a file is imported. They keep the
// paragraph itself, since its text may not be read yet.
type remarks struct {
	notes    []remark
	problems []remark
	counts   map[string]int
	tallies  []*tally
}

type remark struct {
	rule          string
	at            *paragraph
	message, hint string
}

// tally counts what is told once for the whole file.
type tally struct {
	rule, words string
	count       int
	example     string
}

func (r *remarks) note(rule string, at *paragraph, format string, args ...any) {
	r.notes = r.add(r.notes, remark{rule, at, fmt.Sprintf(format, args...), ""})
}

func (r *remarks) problem(rule string, at *paragraph, hint, format string, args ...any) {
	r.problems = r.add(r.problems, remark{rule, at, fmt.Sprintf(format, args...), hint})
}

func (r *remarks) add(list []remark, m remark) []remark {
	if r.counts == nil {
		r.counts = map[string]int{}
	}
	if r.counts[m.rule]++; r.counts[m.rule] > mostAlike {
		return list
	}
	return append(list, m)
}

// count adds to a tally; words has %d for the number and may be followed by an
// example.
func (r *remarks) count(rule, words, example string) {
	for _, t := range r.tallies {
		if t.rule == rule {
			t.count++
			return
		}
	}
	r.tallies = append(r.tallies, &tally{rule, words, 1, example})
}

func (r *remarks) notesInOrder() []Note {
	var list []Note
	for _, m := range inOrder(r.notes) {
		list = append(list, Note{m.rule, m.place(), m.message})
	}
	slices.SortStableFunc(r.tallies, func(a, b *tally) int { return cmp.Compare(a.rule, b.rule) })
	for _, t := range r.tallies {
		message := fmt.Sprintf(t.words, t.count)
		if t.example != "" {
			message += "，如“" + t.example + "”"
		}
		list = append(list, Note{t.rule, Place{}, message})
	}
	return append(list, r.more(r.notes)...)
}

func (r *remarks) problemsInOrder() []Problem {
	var list []Problem
	for _, m := range inOrder(r.problems) {
		list = append(list, Problem{m.rule, m.place(), m.message, m.hint})
	}
	for _, n := range r.more(r.problems) {
		list = append(list, Problem{Rule: n.Rule, Message: n.Message, Hint: "改好前面列出的，再导入一次"})
	}
	return list
}

// more says how many remarks of a kind were not told.
func (r *remarks) more(told []remark) []Note {
	var list []Note
	done := map[string]bool{}
	for _, m := range told {
		if n := r.counts[m.rule] - mostAlike; n > 0 && !done[m.rule] {
			done[m.rule] = true
			list = append(list, Note{Rule: m.rule, Message: fmt.Sprintf("同样的情况还有 %d 处", n)})
		}
	}
	slices.SortFunc(list, func(a, b Note) int { return cmp.Compare(a.Rule, b.Rule) })
	return list
}

func inOrder(list []remark) []remark {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b remark) int { return cmp.Compare(a.order(), b.order()) })
	return list
}

// order puts remarks about the whole file last.
func (m remark) order() int {
	if m.at == nil {
		return 1 << 30
	}
	return m.at.number
}

func (m remark) place() Place {
	if m.at == nil {
		return Place{}
	}
	return Place{m.at.number, m.at.excerpt()}
}
