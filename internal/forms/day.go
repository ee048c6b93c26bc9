package forms

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
)

const dateHint = "写成 2022-11-25 或 2022年11月25日"

var (
	fullDay     = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?:[T ]0{1,2}:00(?::00(?:\.0+)?)?Z?)?$`)
	shortDay    = regexp.MustCompile(`^(\d{1,2})月(\d{1,2})[日号]$`)
	aroundSigns = regexp.MustCompile(`\s*([年月日号])\s*`)
	digitDay    = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
)

// plausible is how many days a day of filling in can lie from the deadline.
const plausible = 400

// readDay reads 填报日期 as people write it. A day without its year is in the
// deadline's year, if that is near the deadline.
func readDay(c *cell, epoch1904 bool, deadline campaign.Date) (campaign.Date, *problem) {
	switch {
	case c == nil || trim(c.text) == "" && !c.formula:
		return campaign.Date{}, problemf("import-date", dateHint, "没有填“填报日期”")
	case c.formula:
		return campaign.Date{}, problemf("import-formula", "直接填写日期", "“填报日期”是公式，每天打开都会变")
	case c.kind == boolValue || c.kind == errorValue:
		return campaign.Date{}, problemf("import-date", dateHint, "“填报日期”填的“%s”不是日期", clip(c.text))
	}
	day, p := dayIn(c, epoch1904, deadline)
	if p != nil {
		return campaign.Date{}, p
	}
	if distance := deadline.DaysUntil(day); distance > plausible || distance < -plausible {
		return campaign.Date{}, problemf("import-date", "核对年份；"+dateHint, "填报日期 %s 离截止日 %s 太远", day, deadline)
	}
	return day, nil
}

func dayIn(c *cell, epoch1904 bool, deadline campaign.Date) (campaign.Date, *problem) {
	text := strings.Map(halfWidth, trim(c.text))
	if c.kind == numberValue {
		if day, ok := serialDay(text, epoch1904); ok {
			return day, nil
		}
	}
	compact := aroundSigns.ReplaceAllString(trim(text), "$1")
	for _, form := range []*regexp.Regexp{fullDay, digitDay} {
		if m := form.FindStringSubmatch(compact); m != nil {
			return calendarDay(m[1], m[2], m[3], c.text)
		}
	}
	if m := shortDay.FindStringSubmatch(compact); m != nil {
		day, p := calendarDay(strconv.Itoa(deadline.Year), m[1], m[2], c.text)
		if distance := deadline.DaysUntil(day); p == nil && (distance > 183 || distance < -183) {
			return campaign.Date{}, problemf("import-date", dateHint, "填报日期“%s”没有写年份，看不出是哪一年", clip(c.text))
		}
		return day, p
	}
	return campaign.Date{}, problemf("import-date", dateHint, "“填报日期”填的“%s”看不出是哪一天", clip(c.text))
}

func calendarDay(year, month, day, written string) (campaign.Date, *problem) {
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	date, err := campaign.ParseDate(fmt.Sprintf("%s-%02d-%02d", year, m, d))
	if err != nil {
		return date, problemf("import-date", dateHint, "填报日期“%s”：日历上没有这一天", clip(written))
	}
	return date, nil
}

// serialDay reads the number by which a spreadsheet counts days: 1 is
// 1900-01-01, and there is a 29 February 1900, which never was; or 0 is
// 1904-01-01. The time of day is dropped.
func serialDay(text string, epoch1904 bool) (campaign.Date, bool) {
	if len(text) > 40 || !floatForm.MatchString(text) {
		return campaign.Date{}, false
	}
	d, err := decimal.NewFromString(text)
	if err != nil || d.LessThan(decimal.New(366, 0)) || d.GreaterThan(decimal.New(99999, 0)) {
		return campaign.Date{}, false
	}
	start := campaign.Date{Year: 1899, Month: 12, Day: 30}
	if epoch1904 {
		start = campaign.Date{Year: 1904, Month: 1, Day: 1}
	}
	return start.AddDays(int(d.IntPart())), true
}
