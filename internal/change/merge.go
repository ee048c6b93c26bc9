package change

import (
	"slices"
	"strings"
)

// Merge puts two changes of a text together, line by line. Where both have changed
// the same lines otherwise, both stand there one after the other, between lines that
// say whose they are, and clean is false.
func Merge(base, mine, theirs []byte) (merged []byte, clean bool) {
	a, b, c := strings.SplitAfter(string(base), "\n"), strings.SplitAfter(string(mine), "\n"), strings.SplitAfter(string(theirs), "\n")
	inMine, inTheirs := matches(a, b), matches(a, c)
	var out strings.Builder
	clean = true
	i, j, k := 0, 0, 0 // what was taken of each
	for n := 0; n <= len(a); n++ {
		m, t := len(b), len(c)
		if n < len(a) {
			m, t = inMine[n], inTheirs[n]
		}
		if m < 0 || t < 0 {
			continue
		}
		was, my, their := strings.Join(a[i:n], ""), strings.Join(b[j:m], ""), strings.Join(c[k:t], "")
		switch {
		case my == their || their == was:
			out.WriteString(my)
		case my == was:
			out.WriteString(their)
		default:
			clean = false
			out.WriteString(mineBelow + "\n" + ended(my) + theirsBelow + "\n" + ended(their) + bothAbove + "\n")
		}
		if n < len(a) {
			out.WriteString(a[n])
		}
		i, j, k = n+1, m+1, t+1
	}
	return []byte(out.String()), clean
}

// The lines around what was changed on both sides.
const (
	mineBelow   = "<<<<<<< 这里改的"
	theirsBelow = "======= 别的程序改的"
	bothAbove   = ">>>>>>> 两样只留一样，再删去这三行记号"
)

// IsMerged reports whether a text still has places where both sides stand.
func IsMerged(text string) bool {
	return slices.ContainsFunc([]string{mineBelow, theirsBelow, bothAbove}, func(mark string) bool { return strings.Contains(text, mark) })
}

func ended(text string) string {
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text
}

// mostMatched bounds what is compared line by line with every other.
const mostMatched = 4 << 20

// matches returns for each line of a the line of b that is the same one, -1 for none,
// by the longest sequence that both have.
func matches(a, b []string) []int {
	match := make([]int, len(a))
	for n := range match {
		match[n] = -1
	}
	from, end := 0, 0
	for from < min(len(a), len(b)) && a[from] == b[from] {
		match[from] = from
		from++
	}
	for end < min(len(a), len(b))-from && a[len(a)-1-end] == b[len(b)-1-end] {
		match[len(a)-1-end] = len(b) - 1 - end
		end++
	}
	x, y := a[from:len(a)-end], b[from:len(b)-end]
	if len(x)*len(y) > mostMatched {
		return match
	}
	longest := make([][]int, len(x)+1) // of what is left from here on
	for n := range longest {
		longest[n] = make([]int, len(y)+1)
	}
	for n := len(x) - 1; n >= 0; n-- {
		for m := len(y) - 1; m >= 0; m-- {
			if x[n] == y[m] {
				longest[n][m] = longest[n+1][m+1] + 1
			} else {
				longest[n][m] = max(longest[n+1][m], longest[n][m+1])
			}
		}
	}
	for n, m := 0, 0; n < len(x) && m < len(y); {
		switch {
		case x[n] == y[m]:
			match[from+n] = from + m
			n, m = n+1, m+1
		case longest[n+1][m] >= longest[n][m+1]:
			n++
		default:
			m++
		}
	}
	return match
}
