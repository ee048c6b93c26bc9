package prose

import (
	"regexp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// Day is a date in a text. Year is 0 where it is left out (11月2日), Day 0
// where only the month is named (2022年11月).
type Day struct {
	From, To int // bytes
	campaign.Date
}

// Agrees reports whether a written day can be this date: what it leaves out is
// no difference.
func (d Day) Agrees(with campaign.Date) bool {
	return (d.Year == 0 || d.Year == with.Year) && d.Month == with.Month && (d.Date.Day == 0 || d.Date.Day == with.Day)
}

const (
	dayNumber  = `[0-9０-９]{1,2}|[一二三四五六七八九十廿卅〇零○]{1,3}`
	yearNumber = `(?:19|20)[0-9]{2}|[１２][０-９]{3}|[一二][〇零○九][〇零○一二三四五六七八九]{2}`
	gap        = `[ 　]*`
)

var (
	hanDay     = regexp.MustCompile(`(?:(` + yearNumber + `)` + gap + `年` + gap + `)?(` + dayNumber + `)` + gap + `月(?:` + gap + `(` + dayNumber + `)` + gap + `[日号])?`)
	numericDay = regexp.MustCompile(`((?:19|20)[0-9]{2})([-./])([0-9]{1,2})([-./])([0-9]{1,2})`)
)

// Days lists the dates of a text in their order.
func Days(text string) []Day {
	var list []Day
	if strings.Contains(text, "月") {
		for _, m := range hanDay.FindAllStringSubmatchIndex(text, -1) {
			if m[2] < 0 && m[6] < 0 {
				continue // 3月: no date by itself, and 3个月 does not match
			}
			if d := dayOf(text, m, 2, 4, 6); d.isReal() {
				list = append(list, d)
			}
		}
	}
	if strings.ContainsAny(text, "-./") {
		for _, m := range numericDay.FindAllStringSubmatchIndex(text, -1) {
			if text[m[4]:m[5]] != text[m[8]:m[9]] || digitsAhead(text[m[1]:]) > 0 {
				continue
			}
			if d := dayOf(text, m, 2, 6, 10); d.isReal() && d.Date.Day >= 1 {
				list = append(list, d)
			}
		}
		slices.SortStableFunc(list, func(a, b Day) int { return a.From - b.From })
	}
	return list
}

// dayOf reads a date whose parts begin at these places of a match.
func dayOf(text string, m []int, year, month, day int) Day {
	part := func(n int) int { return dayPart(text, m[n], m[n+1]) }
	return Day{m[0], m[1], campaign.Date{Year: part(year), Month: part(month), Day: part(day)}}
}

func (d Day) isReal() bool { return d.Month >= 1 && d.Month <= 12 && d.Date.Day <= 31 }

// dayPart reads a part of a date; 0 for one that is left out.
func dayPart(text string, from, to int) int {
	if from < 0 {
		return 0
	}
	s := text[from:to]
	s = strings.NewReplacer("廿", "二十", "卅", "三十").Replace(s)
	value, ok := ParseNumber(s)
	if !ok || !value.IsInteger() {
		return 0
	}
	return int(value.IntPart())
}
