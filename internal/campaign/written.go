package campaign

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// WrittenError says what is wrong with a value as somebody wrote it, and what
// to write instead. Both are Chinese.
type WrittenError struct {
	Message, Hint string
	Means         string // what was meant, where that is sure
}

func (e *WrittenError) Error() string { return e.Message }

func wrong(message, hint string) error { return &WrittenError{Message: message, Hint: hint} }

// means is wrong for a value that can mean only one thing.
func means(message, hint, what string) error { return &WrittenError{message, hint + what, what} }

// MeantBy returns what a value that an error is about surely means; "" for none.
func MeantBy(err error) string {
	var w *WrittenError
	if errors.As(err, &w) {
		return w.Means
	}
	return ""
}

// HintOf returns what an error says to write instead, or otherwise.
func HintOf(err error, otherwise string) string {
	var w *WrittenError
	if errors.As(err, &w) && w.Hint != "" {
		return w.Hint
	}
	return otherwise
}

// FoldWidth makes full-width letters, digits, marks and spaces half-width, and
// drops the spaces around a text.
func FoldWidth(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - 0xFEE0
		case r == '　' || r == '\u00a0':
			return ' '
		}
		return r
	}, s))
}

const (
	dateHint   = "写成 2022-09-21 这样的日期，年份四位，先年后月再日"
	momentHint = "写成 2022-11-27 09:30（24 小时制）或 2022-11-27"
)

var (
	// writtenDay is a day that can be read in one way only: the year first,
	// with four digits.
	writtenDay = regexp.MustCompile(`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*[日号])?(.*)$`)
	// writtenDigits is 20221125.
	writtenDigits = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})()$`)
	// writtenHan is 二〇二二年十一月二日.
	writtenHan = regexp.MustCompile(`^([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]()$`)
	// writtenTime is the time of day behind a day. Programs write seconds and a
	// zone behind it, Z also behind a day that they took for midnight; people
	// write 9时30分.
	writtenTime = regexp.MustCompile(`^[\sT]*(\d{1,2})(?::(\d{2})(?::(\d{2})(?:\.0+)?)?|[时点](?:(\d{1,2})分|整)?)(Z|\+08:?00)?$`)

	yearLast  = regexp.MustCompile(`^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}$`)
	yearShort = regexp.MustCompile(`^\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?$`)
	noYear    = regexp.MustCompile(`^\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?$`)
	noDay     = regexp.MustCompile(`^\d{4}\s*[-/.年]\s*\d{1,2}月?$`)
)

// readMoment reads a day as people write it, with the time of day where one
// stands behind it: every date of a campaign goes through it. A text that can
// be read as two days is an error.
func readMoment(s string) (m Moment, timed bool, err error) {
	m, timed, err = readWritten(s)
	var w *WrittenError
	if errors.As(err, &w) {
		tidied := strings.TrimRight(oddSeparator.ReplaceAllString(FoldWidth(s), "$1-$2-$3"), ",.;:。、；")
		if meant, _, err := readWritten(tidied); err == nil {
			w.Means = meant.Brief()
		}
	}
	return m, timed, err
}

// oddSeparator is a day with other marks between its numbers than are usual.
var oddSeparator = regexp.MustCompile(`^(\d{4})\s*[-—–_、,·~ ]+\s*(\d{1,2})\s*[-—–_、,·~ ]+\s*(\d{1,2})\b`)

func readWritten(s string) (m Moment, timed bool, err error) {
	text := FoldWidth(s)
	parts := writtenDay.FindStringSubmatch(text)
	if parts == nil {
		parts = writtenDigits.FindStringSubmatch(text)
	}
	if parts == nil {
		if parts = writtenHan.FindStringSubmatch(strings.ReplaceAll(text, " ", "")); parts == nil {
			return m, false, notADay(s, text)
		}
		for n := 1; n <= 3; n++ {
			value, _ := hanNumber(parts[n])
			parts[n] = strconv.FormatInt(value, 10)
		}
	}
	m.Year, _ = strconv.Atoi(parts[1])
	m.Month, _ = strconv.Atoi(parts[2])
	m.Day, _ = strconv.Atoi(parts[3])
	if m.Date.IsZero() || DateOf(m.noon()) != m.Date {
		return Moment{}, false, wrong("日历上没有 "+s+" 这一天", "核对月份和日子")
	}
	if strings.TrimSpace(parts[4]) == "" {
		return m, false, nil
	}
	clock := writtenTime.FindStringSubmatch(parts[4])
	if clock == nil {
		return Moment{}, false, wrong("“"+s+"”里日期后面的字看不出是几点几分", momentHint)
	}
	minute := clock[2] + clock[4]
	m.Hour, _ = strconv.Atoi(clock[1])
	m.Minute, _ = strconv.Atoi("0" + minute)
	if m.Hour > 23 || m.Minute > 59 || clock[3] > "59" {
		return Moment{}, false, wrong("一天里没有“"+strings.TrimSpace(parts[4])+"”这个时刻", momentHint)
	}
	if clock[5] == "Z" && (m.Hour > 0 || m.Minute > 0) {
		return Moment{}, false, wrong("“"+s+"”是世界时，比北京时间晚8小时", "换成北京时间，"+momentHint)
	}
	return m, true, nil
}

// notADay says why a text is no day.
func notADay(s, text string) error {
	switch {
	case text == "":
		return wrong("没有填日期", dateHint)
	case yearLast.MatchString(text):
		return wrong("“"+s+"”看不出哪个是月、哪个是日", dateHint)
	case yearShort.MatchString(text):
		return wrong("“"+s+"”看不出是哪一年", dateHint)
	case noYear.MatchString(text):
		return wrong("“"+s+"”没有写年份", dateHint)
	case noDay.MatchString(text):
		return wrong("“"+s+"”没有写到哪一天", dateHint)
	}
	return wrong("“"+s+"”不是日期", dateHint)
}

var hanDigits = map[rune]int64{
	'〇': 0, '○': 0, '零': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9,
}

var hanUnits = map[rune]int64{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000, '万': 10_000, '亿': 100_000_000}

// hanNumber reads a whole number in Chinese numerals: 二百三十一, or digit by
// digit, 二〇二二.
func hanNumber(s string) (total int64, ok bool) {
	var section, digit, digits int64
	units := false
	for _, r := range s {
		d, isDigit := hanDigits[r]
		unit, isUnit := hanUnits[r]
		switch {
		case total > 1e14 || digits > 1e14:
			return 0, false
		case isDigit:
			digit, digits = d, digits*10+d
		case isUnit && unit >= 10_000:
			total, section, digit, units = (total+section+digit)*unit, 0, 0, true
		case isUnit:
			if digit == 0 {
				digit = 1 // 十一
			}
			section, digit, units = section+digit*unit, 0, true
		default:
			return 0, false
		}
	}
	if !units {
		return digits, s != ""
	}
	return total + section + digit, true
}
