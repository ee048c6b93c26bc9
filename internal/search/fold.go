package search

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/longbridgeapp/opencc"
	"golang.org/x/text/unicode/norm"
)

// Fold returns a text as it is compared. search-engine.js folds pages and queries
// in the same way; a test compares the two over the basic plane.
//
// A character becomes its compatibility form (NFKC: full-width letters, digits and
// marks as half-width), a small letter, a simplified one. Marks are left out, so
// that “三假”直播 is 三假直播; between two letters or digits of ASCII a hyphen
// stands for them (2022〕77 is 2022-77), and a point within a number stays. Spaces
// and the ends of sentences are one space.
func Fold(text string) string { return string(foldRunes(nil, text)) }

func foldRunes(to []rune, text string) []rune {
	f := folding{out: to, start: len(to)}
	for _, r := range text {
		switch {
		case r >= 0x4e00 && r <= 0x9fff:
			f.keep(simplified(r))
		case r < utf8.RuneSelf:
			f.add(r)
		case unseen(r):
		default:
			for _, c := range norm.NFKC.String(string(r)) {
				f.add(simplified(unicode.ToLower(c)))
			}
		}
	}
	return f.out
}

// folding is a text on its way; gap is what stood since the last character that
// was kept.
type folding struct {
	out   []rune
	start int
	gap   gap
}

type gap int

const (
	none gap = iota
	point
	mark
	space
)

func (f *folding) add(r rune) {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		f.keep(r)
	case r >= 'A' && r <= 'Z':
		f.keep(r + ('a' - 'A'))
	case parts(r):
		f.gap = space
	case r == '.' && f.gap == none:
		f.gap = point
	case isMark(r):
		f.gap = max(f.gap, mark)
	default:
		f.keep(r)
	}
}

func (f *folding) keep(r rune) {
	if f.gap != none && len(f.out) > f.start {
		last := f.out[len(f.out)-1]
		switch {
		case f.gap == space:
			f.out = append(f.out, ' ')
		case f.gap == point && isDigit(last) && isDigit(r):
			f.out = append(f.out, '.')
		case isASCII(last) && isASCII(r):
			f.out = append(f.out, '-')
		}
	}
	f.gap = none
	f.out = append(f.out, r)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// unseen characters take no room: joiners, marks of direction, variants.
func unseen(r rune) bool {
	return r == 0xad || r >= 0x200b && r <= 0x200f || r == 0x2060 || r == 0xfeff ||
		r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef
}

// parts reports whether a term ends at a character: a space or a sentence's end.
func parts(r rune) bool {
	return r <= ' ' || r >= 0x7f && r <= 0xa0 || r == '!' || r == ';' || r == '?' || r == '。' ||
		r == 0x1680 || r >= 0x2000 && r <= 0x200a || r == 0x2028 || r == 0x2029 || r == 0x3000
}

// marks are the ranges of what is neither a letter nor a number.
var marks = [][2]rune{
	{0x21, 0x2f}, {0x3a, 0x40}, {0x5b, 0x60}, {0x7b, 0x7e}, {0xa1, 0xbf}, {0xd7, 0xd7}, {0xf7, 0xf7},
	{0x2010, 0x205e}, {0x20a0, 0x20cf}, {0x2190, 0x2bff}, {0x2e00, 0x2e7f}, {0x3001, 0x3004}, {0x3008, 0x3020},
	{0x3030, 0x3030}, {0x303d, 0x303f}, {0x30a0, 0x30a0}, {0x30fb, 0x30fb}, {0xfe10, 0xfe6f}, {0x1f000, 0x1faff},
}

func isMark(r rune) bool {
	for _, m := range marks {
		if r <= m[1] {
			return r >= m[0]
		}
	}
	return false
}

const firstHan, lastHan = 0x3400, 0x9fff

// simplifiedOf has the simplified character of each traditional one, from OpenCC's
// table; 0 for the others.
var simplifiedOf = sync.OnceValue(func() *[lastHan - firstHan + 1]rune {
	var table [lastHan - firstHan + 1]rune
	converter, err := opencc.New("t2s")
	if err != nil {
		panic(err) // its table is embedded
	}
	for n := range table {
		is := string(rune(n + firstHan))
		if to, err := converter.Convert(is); err == nil && to != is && utf8.RuneCountInString(to) == 1 && len(to) == 3 { // of the basic plane
			table[n], _ = utf8.DecodeRuneInString(to)
		}
	}
	return &table
})

func simplified(r rune) rune {
	if r < firstHan || r > lastHan {
		return r
	}
	if to := simplifiedOf()[r-firstHan]; to != 0 {
		return to
	}
	return r
}

// traditionalOf lists the traditional characters of each simplified one.
var traditionalOf = sync.OnceValue(func() map[rune][]rune {
	table := map[rune][]rune{}
	for n, to := range simplifiedOf() {
		if to != 0 {
			table[to] = append(table[to], rune(n+firstHan))
		}
	}
	return table
})

// traditional writes the traditional characters that a reader may type for some:
// words of the simplified one and what it stands for.
func traditional(characters map[rune]bool) string {
	var words []string
	for c := range characters {
		if list := traditionalOf()[c]; list != nil {
			words = append(words, string(c)+string(list))
		}
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}
