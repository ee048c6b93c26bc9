package campaign

import (
	"cmp"
	"fmt"
	"slices"
)

// Position is a place in an input file. Lines and columns count from 1,
// columns in characters; a finding about a whole file stands at 1:1.
type Position struct {
	File         string
	Line, Column int
}

// InFile is the position of a finding about a whole file.
func InFile(file string) Position { return Position{file, 1, 1} }

func (p Position) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column) }

// Source gives file:line, as the 来源 column of the downloads has it.
func (p Position) Source() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// IsZero tells whether the position is unknown.
func (p Position) IsZero() bool { return p.File == "" }

// Level says what a finding does to a build.
type Level string

const (
	// Error stops publication.
	Error Level = "error"
	// Warning is shown and does not stop anything.
	Warning Level = "warning"
)

// Finding is anything that can be wrong with the input: where, which rule,
// what, and what to do about it.
type Finding struct {
	Level   Level
	Rule    string // stable code, such as quantity-format
	At      Position
	Message string // Chinese, one sentence
	Hint    string // what to do, may be empty
	Line    string // the text of the line, filled in for printing
}

// SortFindings orders findings by file, line and column, errors first in a
// tie, and drops exact repeats.
func SortFindings(list []Finding) []Finding {
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.At.File, b.At.File),
			cmp.Compare(a.At.Line, b.At.Line),
			cmp.Compare(a.At.Column, b.At.Column),
			cmp.Compare(a.Level, b.Level),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.Compact(list)
}

// HasErrors tells whether any finding is of error level.
func HasErrors(list []Finding) bool {
	return slices.ContainsFunc(list, func(f Finding) bool { return f.Level == Error })
}
