package sheet

import (
	"encoding/csv"
	"io"
	"iter"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wangjian/internal/release"
)

// writeCSV writes a table for Excel as it is in offices: UTF-8 told by its
// mark, lines ended by CRLF, no cell a formula.
func writeCSV(w io.Writer, head []string, rows iter.Seq[[]string]) error {
	if _, err := io.WriteString(w, mark); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	put := func(row []string) error {
		cells := make([]string, len(row))
		for n, cell := range row {
			cells[n] = inert(cell)
		}
		return out.Write(cells)
	}
	if err := put(head); err != nil {
		return err
	}
	for row := range rows {
		if err := put(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// csvFiles are a table twice: with the mark by which spreadsheets know UTF-8, and
// without, for programs that would take it for part of the first name.
func csvFiles(v *release.View, path string, write func(io.Writer) error) []release.File {
	return []release.File{
		v.File(path, write),
		v.File(plainPath(path), func(w io.Writer) error { return write(unmarked{w}) }),
	}
}

// plainPath is where a table without a mark lies.
func plainPath(path string) string { return strings.TrimSuffix(path, ".csv") + "-utf8.csv" }

// unmarked leaves out the mark, which is written by itself.
type unmarked struct{ io.Writer }

func (u unmarked) Write(p []byte) (int, error) {
	if string(p) == mark {
		return len(p), nil
	}
	return u.Writer.Write(p)
}

// mark is the byte-order mark of UTF-8.
const mark = "\uFEFF"

// writeTable is writeCSV for rows that are at hand.
func writeTable(w io.Writer, head []string, rows [][]string) error {
	return writeCSV(w, head, slices.Values(rows))
}

// plainNumber is a number that a spreadsheet reads as that number.
var plainNumber = regexp.MustCompile(`^-[0-9]+(\.[0-9]+)?%?$`)

// inert puts an apostrophe before text that a spreadsheet would take for a
// formula on opening a CSV file: it shows as text, and a program that reads the
// file can tell it and take it away. Full-width signs count as well, since some
// spreadsheets fold them. A negative number is no formula and stays as it is.
func inert(cell string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(cell, unicode.IsSpace))
	formula := strings.ContainsRune("=+-@＝＋－＠", first) || strings.HasPrefix(cell, "\t") || strings.HasPrefix(cell, "\r")
	if formula && !plainNumber.MatchString(cell) {
		return "'" + cell
	}
	return cell
}
