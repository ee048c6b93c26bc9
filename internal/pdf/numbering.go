package pdf

import "fmt"

// numbering counts the headings: 一、 （一） 1. （1） ① (GB/T 9704-2012, 7.3.3).
type numbering struct{ counts [5]int }

// next returns the number of the next heading of a level; "" below the fifth.
func (n *numbering) next(level int) string {
	if level < 1 || level > len(n.counts) {
		return ""
	}
	n.counts[level-1]++
	clear(n.counts[level:])
	i := n.counts[level-1]
	switch level {
	case 1:
		return chinese(i) + "、"
	case 2:
		return "（" + chinese(i) + "）"
	case 3:
		return fmt.Sprintf("%d. ", i)
	case 4:
		return fmt.Sprintf("（%d）", i)
	}
	return circled(i)
}

// circled returns ① to ⑳, and plain numbers beyond.
func circled(n int) string {
	if n <= 20 {
		return string(rune('①' + n - 1))
	}
	return fmt.Sprintf("（%d）", n)
}

var digits = []rune("零一二三四五六七八九")

// chinese writes a number up to 9999 in Chinese characters: 十一, 二十,
// 一百零三.
func chinese(n int) string {
	if n < 10 {
		return string(digits[n])
	}
	var out []rune
	gap := false // a zero between two digits is said once
	for _, place := range []struct {
		worth int
		name  string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}} {
		d := n / place.worth
		n %= place.worth
		if d == 0 {
			gap = len(out) > 0
			continue
		}
		if gap {
			out = append(out, '零')
			gap = false
		}
		if !(d == 1 && place.worth == 10 && len(out) == 0) {
			out = append(out, digits[d])
		}
		out = append(out, []rune(place.name)...)
	}
	return string(out)
}
