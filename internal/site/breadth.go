package site

import "unicode/utf8"

// A sheet printed from the browser is upright, and nothing on it may be cut or
// scrolled: a table that is too broad for it is set in small type, and one that
// is too broad for that goes on below in a table of its own, which begins with the
// same names. Lengths are tenths of the type's height.
const (
	uprightRoom = 548 // of a sheet's 174 mm, in type of 9 points
	smallRoom   = 658 // in type of 7.5 points
	cellSpace   = 10  // between two columns
	smallSpace  = 5
	nameRoom    = 50 // a name of five characters is not broken
	columnRoom  = 30 // nor are three characters of any other column, or a whole number
)

// breadths is how much each column of a table needs at least.
type breadths []int

// add takes a column's cell into account.
func (b breadths) add(column int, text string) {
	least := columnRoom
	if column == 0 {
		least = nameRoom
	}
	need := min(10*utf8.RuneCountInString(text), least)
	length := 0 // of what has no Chinese character, and so no place to break
	for _, r := range text {
		if length += 6; r >= utf8.RuneSelf {
			length = 0
		}
		need = max(need, length)
	}
	b[column] = max(b[column], need)
}

// small reports whether the table needs small type.
func (b breadths) small() bool { return b.total(cellSpace) > uprightRoom }

func (b breadths) total(space int) int {
	all := 0
	for _, n := range b {
		all += n + space
	}
	return all
}

// part is the first column and those of a part of the table.
func (b breadths) part(columns [2]int) breadths {
	return append(breadths{b[0]}, b[columns[0]:columns[1]]...)
}

// cut divides the columns after the first among as few tables as fit a sheet,
// alike in number; each pair is the first and the last, which is not among them.
func (b breadths) cut() [][2]int {
	for tables := 1; ; tables++ {
		var parts [][2]int
		fits := true
		for n := range tables {
			from, to := 1+n*(len(b)-1)/tables, 1+(n+1)*(len(b)-1)/tables
			parts = append(parts, [2]int{from, to})
			fits = fits && (b.part(parts[n]).total(smallSpace) <= smallRoom || to-from <= 1)
		}
		if fits {
			return parts
		}
	}
}

// breadthsOf measures a table of text.
func breadthsOf(rows ...[]string) breadths {
	b := make(breadths, len(rows[0]))
	for _, row := range rows {
		for column := range min(len(row), len(b)) {
			b.add(column, row[column])
		}
	}
	return b
}
