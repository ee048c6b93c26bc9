package pdf

import (
	"fmt"
	"regexp"
)

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
		return fmt.Sprintf("%d.", i)
	case 4:
		return fmt.Sprintf("（%d）", i)
	}
	return circled(i)
}

// written is how a heading begins that its writer has numbered.
var written = regexp.MustCompile(`^(?:[零一二三四五六七八九十百]+、|[（(][零一二三四五六七八九十百]+[）)]|[0-9]+[.．、](?:[^0-9]|$)|[（(][0-9]+[）)]|[①-⑳]|第[零一二三四五六七八九十百0-9]+[章节条])`)

// of returns the number that a heading gets, and what it counts: none where its title
// has one.
func (n *numbering) of(level int, title string) (number string, count int) {
	number = n.next(level)
	if number == "" || written.MatchString(title) {
		return "", 0
	}
	return number, n.counts[level-1]
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
	for _, place := range []struct {
		worth int
		name  string
	}{{1000, "千"}, {100, "百"}, {10, "十"}} {
		if n < place.worth {
			continue
		}
		text, rest := string(digits[n/place.worth])+place.name, n%place.worth
		if n < 20 {
			text = place.name
		}
		if rest > 0 && rest < place.worth/10 {
			text += "零"
		}
		if rest >= 10 && rest < 20 {
			text += "一"
		}
		if rest > 0 {
			text += chinese(rest)
		}
		return text
	}
	return string(digits[n])
}
