package campaign

import (
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Mend is what puts a finding right for sure: at a place Old becomes New, or the
// file is called otherwise. What a person has to think about is a hint and no mend,
// above all what could become another number.
type Mend struct {
	At       Position
	Old, New string // Old is at the place, or once in its line; it may go over lines
	Path     string // that the file should have; "" where its text is mended
}

// IsZero reports whether nothing is known that mends for sure.
func (m Mend) IsZero() bool { return m == Mend{} }

// Mend is one at the place, where something changes.
func (p Position) Mend(old, with string) Mend {
	if old == with {
		return Mend{}
	}
	return Mend{At: p, Old: old, New: with}
}

// MendLine has a line become another one: what is the same at both ends stays, so
// that other mends of the line can do so too.
func (p Position) MendLine(was, is string) Mend {
	a, b := []rune(was), []rune(is)
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	end := 0
	for end < min(len(a), len(b))-same && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	p.Column = same + 1
	return p.Mend(string(a[same:len(a)-end]), string(b[same:len(b)-end]))
}

// Meant returns the name that a misspelt one surely means: one slip in three
// characters at most, all others further by margin; "" for none. Names that differ
// in their numbers are never taken for one another.
func Meant(name string, known []string, margin int) string {
	best, distance, next := "", utf8.RuneCountInString(name)/3+1, len(name)+margin
	for _, k := range known {
		d := levenshtein.ComputeDistance(name, k)
		switch {
		case k == "" || k == best:
		case d < distance:
			best, distance, next = k, d, distance
		default:
			next = min(next, d)
		}
	}
	if best == "" || distance == 0 || distance > 2 || next < distance+margin || numerals(name) != numerals(best) {
		return ""
	}
	return best
}

// numerals returns the digits of a name, Arabic and Chinese.
func numerals(name string) string {
	return strings.Map(func(r rune) rune {
		if _, isHan := hanDigits[r]; isHan || hanUnits[r] > 0 || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, name)
}
