package chart

import (
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// textWidth estimates the px that a line of text takes. Chinese characters and
// their punctuation are a full em; the rest is taken a little wide, so that a
// box that fits here fits with any of the page's fonts.
func textWidth(s string, size float64) float64 {
	ems := 0.0
	for _, r := range s {
		ems += runeWidth(r)
	}
	return ems * size
}

func runeWidth(r rune) float64 {
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth, width.EastAsianAmbiguous:
		return 1
	}
	if unicode.IsUpper(r) {
		return 0.7
	}
	return 0.58
}

// widest gives the width of the widest of some texts, in whole px.
func widest(texts []string, size float64) int {
	most := 0.0
	for _, t := range texts {
		for line := range strings.SplitSeq(t, "\n") {
			most = max(most, textWidth(line, size))
		}
	}
	return int(math.Ceil(most))
}

const (
	neverFirst = "。，、；：？！”’）》〉」』】〕％%·)]}"
	neverLast  = "“‘（《〈「『【〔([{"
)

// wrap breaks text into lines of at most limit px by the Chinese rules: no
// closing mark starts a line, no opening mark ends one, and a number or a Latin
// word stays whole where a line can hold it.
func wrap(text string, limit, size float64) []string {
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

// units gives the pieces of text that a line cannot break: a character with the
// closing marks behind it, or a Latin word.
func units(text string, limit, size float64) []string {
	var list []string
	word := false
	for _, r := range text {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			r = ' '
		case len(list) > 0 && strings.ContainsRune(neverFirst, r) && textWidth(list[len(list)-1]+string(r), size) <= limit:
			list[len(list)-1] += string(r)
			word = false
			continue
		}
		latin := r < 0x2E80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '-')
		if last := len(list) - 1; word && latin && textWidth(list[last]+string(r), size) <= limit {
			list[last] += string(r)
		} else {
			list = append(list, string(r))
		}
		word = latin
	}
	return list
}

// plain makes data safe as drawn text: ECharts reads { } as a template and a
// browser's replace reads $ as a pattern.
var plain = strings.NewReplacer("{", "｛", "}", "｝", "$", "＄", "|", "｜").Replace
