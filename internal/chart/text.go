package chart

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"wangjian/internal/linebreak"
)

// textWidth estimates what a line of text takes. Chinese characters and their
// punctuation are a full em; the rest is taken a little wide, so that a box that
// fits here fits with any of the page's fonts.
func textWidth(s string, size int) Length { return sum(s, size, runeWidth) }

// snugWidth is textWidth with figures and spaces as wide as they are in the
// page's fonts: for what stands behind a text or beside it, not for the space
// that it needs.
func snugWidth(s string, size int) Length {
	return sum(s, size, func(r rune) int {
		switch {
		case '0' <= r && r <= '9':
			return 555
		case r == ' ':
			return 224
		}
		return runeWidth(r)
	})
}

func sum(s string, size int, width func(rune) int) Length {
	ems := 0 // thousandths
	for _, r := range s {
		ems += width(r)
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

// widest returns the width of the widest of some texts, in whole px.
func widest(texts []string, size int) int {
	var most Length
	for _, t := range texts {
		for line := range strings.SplitSeq(t, "\n") {
			most = max(most, textWidth(line, size))
		}
	}
	return int((most + px(1) - 1) / px(1))
}

// wrap breaks text into as few lines of at most a width as it can, of about
// the same length.
func wrap(text string, limit Length, size int) []string {
	return linebreak.Even(text, int(limit), int(px(size)/2), func(s string) int { return int(textWidth(s, size)) })
}

// truncated ends a line that is too long with dots, as ECharts does.
func truncated(text string, limit Length, size int) string {
	return linebreak.Cut(text, int(limit), "...", func(s string) int { return int(textWidth(s, size)) })
}

// plain makes data safe as drawn text: ECharts reads { } as a template and a
// browser's replace reads $ as a pattern.
var plain = strings.NewReplacer("{", "｛", "}", "｝", "$", "＄", "|", "｜").Replace
