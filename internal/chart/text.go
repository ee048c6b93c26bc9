package chart

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// textWidth estimates what a line of text takes. Chinese characters and their
// punctuation are a full em; the rest is taken a little wide, so that a box that
// fits here fits with any of the page's fonts.
func textWidth(s string, size int) Length {
	ems := 0 // thousandths
	for _, r := range s {
		ems += runeWidth(r)
	}
	return Length(ems*size) * Px / 1000
}

// snugWidth is textWidth with figures and spaces as wide as they are in the
// page's fonts: for what stands behind a text or beside it, not for the room
// that it needs.
func snugWidth(s string, size int) Length {
	ems := 0
	for _, r := range s {
		switch {
		case '0' <= r && r <= '9':
			ems += 555
		case r == ' ':
			ems += 224
		default:
			ems += runeWidth(r)
		}
	}
	return Length(ems*size) * Px / 1000
}

func runeWidth(r rune) int {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
		return 1000
	}
	if unicode.IsUpper(r) {
		return 700
	}
	return 580
}

// widest gives the width of the widest of some texts, in whole px.
func widest(texts []string, size int) int {
	var most Length
	for _, t := range texts {
		for line := range strings.SplitSeq(t, "\n") {
			most = max(most, textWidth(line, size))
		}
	}
	return int((most + px(1) - 1) / px(1))
}

const (
	neverFirst = "。，、；：？！”’）》〉」』】〕％%·)]}"
	neverLast  = "“‘（《〈「『【〔([{"
)

// wrap breaks text into as few lines of at most a width as it can, of about
// the same length.
func wrap(text string, limit Length, size int) []string {
	lines := breakLines(text, limit, size)
	if len(lines) < 2 {
		return lines
	}
	for even := textWidth(text, size) / Length(len(lines)); even < limit; even += px(size) / 2 {
		tighter := breakLines(text, even, size)
		if len(tighter) == len(lines) && px(widest(tighter, size)) <= limit {
			return tighter
		}
	}
	return lines
}

// breakLines breaks text by the Chinese rules: no closing mark starts a line,
// no opening mark ends one, and a number or a Latin word stays whole where a
// line can hold it.
func breakLines(text string, limit Length, size int) []string {
	var lines []string
	var line []rune
	for _, unit := range units(text, limit, size) {
		if len(line) > 0 && textWidth(string(line)+unit, size) > limit {
			kept, carried := carry(line)
			lines = append(lines, string(kept))
			line = carried
		}
		line = append(line, []rune(unit)...)
	}
	return append(lines, string(line))
}

// carry takes the opening marks that must not end a line over to the next.
func carry(line []rune) (kept, carried []rune) {
	cut := len(line)
	for cut > 1 && strings.ContainsRune(neverLast, line[cut-1]) {
		cut--
	}
	return line[:cut], append([]rune(nil), line[cut:]...)
}

// units gives the pieces of text that a line does not break where it can hold
// them: a Latin word, a short quotation, a character; each with the closing
// marks behind it.
func units(text string, limit Length, size int) []string {
	var list []string
	word, quoted := false, 0
	for _, r := range text {
		if unicode.IsSpace(r) {
			r = ' '
		}
		latin := r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '-')
		closing := strings.ContainsRune(neverFirst, r)
		joins := closing || word && latin || quoted > 0
		last := len(list) - 1
		switch {
		case joins && last >= 0 && textWidth(list[last]+string(r), size) <= limit:
			list[last] += string(r)
		case closing && last >= 0:
			// Too long as one: the mark takes the character before it along.
			before := []rune(list[last])
			list[last] = string(before[:len(before)-1])
			list = append(list, string(before[len(before)-1:])+string(r))
		default:
			list = append(list, string(r))
			quoted = 0
		}
		word = latin
		switch {
		case r == '“' || r == '《':
			quoted = longestQuotation
		case closing:
			quoted = 0
		default:
			quoted = max(0, quoted-1)
		}
	}
	return list
}

// truncated ends a line that is too long with dots, as ECharts does.
func truncated(text string, limit Length, size int) string {
	const dots = "..."
	if textWidth(text, size) <= limit {
		return text
	}
	kept := []rune(text)
	for len(kept) > 0 && textWidth(string(kept)+dots, size) > limit {
		kept = kept[:len(kept)-1]
	}
	return string(kept) + dots
}

// longestQuotation is how many characters from its opening mark a quotation is
// kept together for.
const longestQuotation = 5

// plain makes data safe as drawn text: ECharts reads { } as a template and a
// browser's replace reads $ as a pattern.
var plain = strings.NewReplacer("{", "｛", "}", "｝", "$", "＄", "|", "｜").Replace
