package main

import "strings"

const (
	notFirst = "。，、；：？！’”」』）》〉】〕％…—·" // never at the start of a line
	notLast  = "‘“「『（《〈【〔"            // never at its end
)

// breakLines cuts a paragraph into lines no wider than first (the first line)
// or rest (the others). Where a break would leave a mark on the wrong side, it
// moves back: characters are pushed into the next line, never squeezed, because
// squeezing makes text extraction split the line.
func breakLines(text string, first, rest float64, width func(string) float64) []string {
	var lines []string
	units := split(text)
	for limit := first; len(units) > 0; limit = rest {
		n, used := 0, 0.0
		for n < len(units) {
			used += width(units[n])
			if used > limit+0.01 {
				break
			}
			n++
		}
		n = max(n, 1) // a unit wider than the line stands alone
		for end := n; end > 1 && n < len(units); end-- {
			if mayBreak(units[end-1], units[end]) {
				n = end
				break
			}
		}
		lines = append(lines, strings.Join(units[:n], ""))
		units = units[n:]
	}
	return lines
}

func mayBreak(before, after string) bool {
	return !strings.Contains(notLast, before) && !strings.Contains(notFirst, after)
}

// split gives the units that a line break must not divide: single characters,
// and runs of ASCII such as an amount or the number of a standard, with the
// 年, 月, 日 or 元 that belongs to it.
func split(text string) []string {
	var units []string
	open := false // the last unit still takes characters
	for _, r := range text {
		ascii := r < 0x80 || r == '—'
		if open && (ascii || strings.ContainsRune("年月日元", r)) {
			units[len(units)-1] += string(r)
		} else {
			units = append(units, string(r))
		}
		open = ascii
	}
	return units
}
