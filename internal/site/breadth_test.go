package site

import (
	"slices"
	"testing"
)

// TestBreadths: a table is whole while it fits a sheet, in small type if need be,
// and else goes on in others of about as many columns, each with the names.
func TestBreadths(t *testing.T) {
	for name, c := range map[string]struct {
		columns int
		cell    string
		small   bool
		parts   [][2]int
	}{
		"a few":             {4, "1050", false, [][2]int{{1, 5}}},
		"no figures":        {0, "", false, [][2]int{{1, 1}}},
		"fifteen":           {15, "4770", true, [][2]int{{1, 16}}},
		"ten of one sign":   {10, "●", false, [][2]int{{1, 11}}},
		"eight digits":      {9, "12345678", true, [][2]int{{1, 10}}},
		"fifteen of eight":  {15, "12345678", true, [][2]int{{1, 8}, {8, 16}}},
		"twenty-seven":      {27, "12", true, [][2]int{{1, 14}, {14, 28}}},
		"longer than wide":  {2, "https://example.test/a/very/long/address/without/any/place/to/break/it/in/two/and/longer/than/a/sheet/is/wide", true, [][2]int{{1, 2}, {2, 3}}},
		"words that break":  {6, "查处网络交易平台经营者未履行审核义务的案件", false, [][2]int{{1, 7}}},
		"a hundred columns": {99, "1", true, nil},
	} {
		row := []string{"赣州经开区"}
		for range c.columns {
			row = append(row, c.cell)
		}
		b := breadthsOf(row)
		if b.small() != c.small {
			t.Errorf("%s: small type is %v", name, b.small())
		}
		parts := b.cut()
		if c.parts != nil && !slices.Equal(parts, c.parts) {
			t.Errorf("%s: cut into %v", name, parts)
		}
		next := 1
		for _, p := range parts {
			if p[0] != next {
				t.Errorf("%s: %v leaves out a column", name, parts)
			}
			next = p[1]
		}
		if next != len(row) {
			t.Errorf("%s: %v ends before the last column", name, parts)
		}
	}
}
