package linebreak

import (
	"math"
	"strings"
	"unicode"
)

// usual breaks the texts of those who only measure them.
var usual = NewUnits(nil)

// longestQuotation is how many characters from its opening mark a quotation is
// kept together for.
const longestQuotation = 5

// pieces cuts a text into what is not parted: characters with the marks behind
// them, words, numbers with their units, and of a short quotation as much as a
// line holds.
func pieces(text string, width int, measure func(string) int) []string {
	runes := []rune(text)
	may := usual.Breaks(runes)
	var list []string
	from, quoted := 0, 0 // characters of a quotation that are still kept together
	for i := 1; i <= len(runes); i++ {
		if i < len(runes) && !may[i] {
			continue
		}
		p := string(runes[from:i])
		if last := len(list) - 1; quoted > 0 && measure(list[last]+p) <= width {
			list[last] += p
			quoted -= i - from
		} else {
			list, quoted = append(list, p), 0
		}
		switch first := runes[from]; {
		case first == '“' || first == '《':
			quoted = longestQuotation - (i - from - 1)
		case NotFirst(runes[i-1]):
			quoted = 0
		}
		from = i
	}
	return list
}

// Wrap breaks a text into lines that are no wider than width, as full as they
// can be. What may not be parted is parted where no line holds it.
func Wrap(text string, width int, measure func(string) int) []string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, text)
	var lines []string
	line := ""
	for _, p := range pieces(text, width, measure) {
		for measure(p) > width { // longer than a line: cut it where it must be
			runes := []rune(p)
			n := len(runes) - 1
			for n > 0 && measure(line+string(runes[:n])) > width {
				n--
			}
			if n == 0 && line == "" {
				n = 1
			}
			if len(runes) == 1 {
				break
			}
			lines, line, p = append(lines, line+string(runes[:n])), "", string(runes[n:])
		}
		if line != "" && measure(strings.TrimRight(line+p, " ")) > width {
			lines, line = append(lines, line), ""
		}
		line += p
	}
	return append(lines, line)
}

// Even is Wrap in lines of about one length: as many as Wrap needs, as narrow as
// they may be in steps of a width.
func Even(text string, width, step int, measure func(string) int) []string {
	lines := Wrap(text, width, measure)
	if len(lines) < 2 {
		return lines
	}
	longest := 0 // of the pieces that a line holds
	for _, p := range pieces(text, width, measure) {
		if w := measure(p); w <= width {
			longest = max(longest, w)
		}
	}
	for even := measure(text) / len(lines); even < width; even += step {
		if even < longest {
			continue
		}
		if tighter := Wrap(text, even, measure); len(tighter) == len(lines) {
			return tighter
		}
	}
	return lines
}

// Cut ends a line that is wider than width with dots.
func Cut(text string, width int, dots string, measure func(string) int) string {
	if measure(text) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && measure(string(runes)+dots) > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + dots
}

// Clip cuts a text of more than most characters, on one line, with an ellipsis.
func Clip(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// Short cuts a text of more than most characters, without a mark that says so,
// where a reader would draw breath: a file's name. It tears no word, and nothing
// from its brackets, where it can.
func Short(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	may := usual.Breaks(runes)
	best, least := most, math.Inf(1)
	for n := most; n >= most/5; n-- {
		discord := Discord(runes, n) + float64(most-n)/5 // what is left out costs too
		if opened(runes[:n]) {
			discord += tearing
		}
		if may[n] && discord < least {
			best, least = n, discord
		}
	}
	return strings.TrimRight(string(runes[:best]), "的和及与暨在、，：；。·—-（《“‘「『【 .")
}

// opened reports whether a bracket or quotation mark is open at a text's end.
func opened(text []rune) bool {
	open := 0
	for _, r := range text {
		switch {
		case strings.ContainsRune("（《〈“‘「『【〔", r):
			open++
		case strings.ContainsRune("）》〉”’」』】〕", r):
			open--
		}
	}
	return open > 0
}

// FirstSentence returns a text up to its first full stop.
func FirstSentence(text string) string {
	if sentence, _, ok := strings.Cut(text, "。"); ok {
		return sentence + "。"
	}
	return text
}

// Shorten cuts a text of more than most characters: at the end of a sentence
// where one ends in the second half, else with an ellipsis.
func Shorten(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	for n := most; n > most/2; n-- {
		if r := runes[n-1]; r == '。' || r == '！' || r == '？' {
			return string(runes[:n])
		}
	}
	return string(runes[:most-1]) + "…"
}
