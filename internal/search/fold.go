package search

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// foldRunes appends a text to a buffer as it is compared: character by character
// in its compatibility form (NFKC: full-width letters, digits and marks as
// half-width, half-width kana as full-width), in small letters, without characters
// that cannot be seen. search-engine.js folds a query in the same way; a test
// compares the two.
func foldRunes(to []rune, text string) []rune {
	for _, r := range text {
		switch {
		case r >= 0x4e00 && r <= 0x9fff, r == ' ', r >= '0' && r <= '9', r >= 'a' && r <= 'z':
			to = append(to, r)
		case r >= 'A' && r <= 'Z':
			to = append(to, r+('a'-'A'))
		case r < utf8.RuneSelf:
			to = append(to, r)
		case r >= 0xff01 && r <= 0xff5e:
			to = append(to, unicode.ToLower(r-0xfee0))
		case unseen(r):
		default:
			for _, f := range norm.NFKC.String(string(r)) {
				to = append(to, unicode.ToLower(f))
			}
		}
	}
	return to
}

// unseen characters take no room: joiners, marks of direction, variants.
func unseen(r rune) bool {
	return r == 0xad || r >= 0x200b && r <= 0x200f || r == 0x2060 || r == 0xfeff ||
		r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef
}
