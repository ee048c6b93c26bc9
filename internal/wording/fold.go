package wording

import (
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// gap is what stands between two letters of a text. A later one includes those
// before it.
type gap uint8

const (
	none     gap = iota
	space        // spaces, and what shows nothing
	markup       // emphasis
	newline      // the end of a line, which is no end of a paragraph
	mark         // a quotation mark, bracket, dash or dot
	sentence     // punctuation of a sentence
	hard         // anything else, and the end of a paragraph
)

// letter is a letter, digit or Chinese character of a text.
type letter struct {
	r        rune
	from, to int32 // in bytes
	gap      gap   // in front of it
	fresh    bool  // a line ends in front of it
}

// fold returns the letters of a text in their usual width and form, and one more
// that stands for its end. Entities of HTML and escapes of YAML count as what they
// stand for.
func fold(text string) []letter {
	return appendFolded(make([]letter, 0, len(text)/3+2), text)
}

// appendFolded appends the letters of a text to others.
func appendFolded(letters []letter, text string) []letter {
	before, fresh := hard, true
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r >= 0x4E00 && r <= 0x9FFF { // nearly all
			letters = append(letters, letter{r, int32(i), int32(i + size), before, fresh})
			before, fresh, i = none, false, i+size
			continue
		}
		if r == '&' || r == '\\' {
			if c, n := escape(text[i:]); n > 0 {
				r, size = c, n
			}
		}
		from := i
		i += size
		r = usual(r)
		if g := gapOf(r); g != none {
			if g == newline && before >= newline && before != mark && before != sentence && letterless(text[:from]) {
				g = hard
			}
			fresh = fresh || g == newline
			before = max(before, g)
			continue
		}
		letters = append(letters, letter{r, int32(from), int32(i), before, fresh})
		before, fresh = none, false
	}
	return append(letters, letter{from: int32(len(text)), to: int32(len(text)), gap: before, fresh: fresh})
}

// letterless reports whether the line that ends a text is empty.
func letterless(text string) bool {
	line := text[strings.LastIndexByte(text, '\n')+1:]
	return strings.TrimSpace(line) == ""
}

// usual returns the usual form of a character: half width, and no radical or
// compatibility form where a character looks the same.
func usual(r rune) rune {
	switch {
	case r < 0x2E80:
		return r
	case r >= '！' && r <= '～':
		return r - 0xFEE0
	case r >= 0x2F00 && r <= 0x2FD5, r >= 0xF900 && r <= 0xFAFF, r >= 0x2F800 && r <= 0x2FA1F:
		if s := norm.NFKC.String(string(r)); utf8.RuneCountInString(s) == 1 {
			r, _ = utf8.DecodeRuneInString(s)
		}
	}
	return r
}

func gapOf(r rune) gap {
	switch {
	case isHan(r), r >= '0' && r <= '9', r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
		return none
	case r == '\n':
		return newline
	case r == 0, strings.ContainsRune("|#<>={}$@%+^&", r):
		return hard
	case r == ' ', r == '\t', r == '\r', unicode.IsSpace(r), unicode.Is(unicode.Cf, r), r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0100 && r <= 0xE01EF:
		return space
	case r == '*', r == '_', r == '~', r == '`', r == '\\':
		return markup
	case strings.ContainsRune("，。、；：！？,;:!?…", r):
		return sentence
	case unicode.IsPunct(r), unicode.IsSymbol(r):
		return mark
	case unicode.IsLetter(r), unicode.IsDigit(r):
		return none
	}
	return hard
}

func isHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r >= 0x20000 && r <= 0x323AF || r == '〇'
}

// escape reads an entity or an escape in front of a text and returns its length; 0
// for none.
func escape(text string) (rune, int) {
	if text[0] == '&' {
		end := strings.IndexByte(text[:min(len(text), 12)], ';')
		if end < 2 {
			return 0, 0
		}
		if s := html.UnescapeString(text[:end+1]); utf8.RuneCountInString(s) == 1 {
			r, _ := utf8.DecodeRuneInString(s)
			return r, end + 1
		}
		return 0, 0
	}
	for _, form := range []struct {
		lead   string
		digits int
	}{{`\u`, 4}, {`\U`, 8}, {`\x`, 2}} {
		if len(text) < 2+form.digits || !strings.HasPrefix(text, form.lead) {
			continue
		}
		if n, err := strconv.ParseUint(text[2:2+form.digits], 16, 32); err == nil && n <= unicode.MaxRune {
			return rune(n), 2 + form.digits
		}
	}
	return 0, 0
}
