package campaign

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// ErrChanged: a file is no longer what was checked.
var ErrChanged = errors.New("在检查以后被改动了，请重新运行")

// Position is a place in an input file. Lines and columns count from 1,
// columns in characters; a finding about a whole file stands at 1:1.
type Position struct {
	File         string
	Line, Column int
}

// InFile is the position of a finding about a whole file.
func InFile(file string) Position { return Position{file, 1, 1} }

func (p Position) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column) }

// Source returns file:line, as the 来源 column of the downloads has it.
func (p Position) Source() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// IsZero reports whether the position is unknown.
func (p Position) IsZero() bool { return p.File == "" }

// Place is the place of a line of one of the campaign's files.
func (p Position) Place() Place { return Place{Position: p} }

// Unit is what the lines of a place are.
type Unit int

const (
	Line Unit = iota
	// Cell is a cell of a workbook: its line is the row.
	Cell
	// Paragraph is a paragraph of a Word file, counted without empty ones.
	Paragraph
)

// Place is where a finding stands: a line of one of the campaign's files, or a
// cell or a paragraph of a file that came from outside. The line of a cell or a
// paragraph is 0 where the whole sheet or file is meant.
type Place struct {
	Position
	Unit  Unit
	Sheet string // of a cell; empty for the main sheet, and in CSV
	Text  string // how the paragraph starts: Word shows no numbers
}

// String returns data/form.yaml:3:5, 公安局.xlsx!本级!C7 or 第 3 段“一、…”.
func (p Place) String() string {
	switch {
	case p.Unit == Line:
		return p.Position.String()
	case p.Unit == Paragraph && p.Line == 0:
		return ""
	case p.Unit == Paragraph && p.Text == "":
		return fmt.Sprintf("第 %d 段", p.Line)
	case p.Unit == Paragraph:
		return fmt.Sprintf("第 %d 段“%s”", p.Line, p.Text)
	}
	text := p.File
	if p.Sheet != "" {
		text += "!" + p.Sheet
	}
	if p.Line > 0 {
		text += "!" + ColumnName(p.Column) + strconv.Itoa(p.Line)
	}
	return text
}

// ColumnName returns A, B … Z, AA for 1, 2 … 26, 27.
func ColumnName(n int) string {
	name := ""
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// Level says what a finding does to a build.
type Level string

const (
	// Error stops publication.
	Error Level = "error"
	// Warning is shown and does not stop anything.
	Warning Level = "warning"
	// Note is what an import changed or left out: nothing has to be done.
	Note Level = "note"
)

// Rule is one thing that must hold.
type Rule struct {
	Code  string // stable, such as quantity-format
	Level Level
	Words string // what must hold, in one Chinese sentence
}

// Finding is anything that can be wrong with the input: where, which rule,
// what, and what to do about it.
type Finding struct {
	Level   Level
	Rule    string // stable code, such as quantity-format
	At      Place
	Message string // Chinese, one sentence
	Hint    string // what to do, may be empty
	Line    string // the text of the line, filled in for printing
	Also    string // another file that it is about, "" for none
	Office  bool   // it concerns only what the office sees
	Mend    Mend   // what puts it right for sure; zero where nothing does
}

// String is the finding in one line: its place and its message.
func (f Finding) String() string {
	if at := f.At.String(); at != "" {
		return at + "：" + f.Message
	}
	return f.Message
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

// HasErrors reports whether any finding is of error level.
func HasErrors(list []Finding) bool {
	return slices.ContainsFunc(list, func(f Finding) bool { return f.Level == Error })
}
