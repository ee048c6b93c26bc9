package forms

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/ooxml"
)

const dateHint = "写成 2022-11-25 或 2022年11月25日"

// shortDay is a day without its year, which campaign.ParseDate refuses.
var shortDay = regexp.MustCompile(`^\d{1,2}\s*月\s*\d{1,2}\s*[日号]$`)

// plausible is how many days a day of filling in can lie from the deadline.
const plausible = 400

// readDay reads 填报日期 as people write it. A day without its year is in the
// deadline's year, if that is near the deadline.
func readDay(c *cell, epoch1904 bool, deadline campaign.Date) (campaign.Date, *campaign.Finding) {
	switch {
	case c == nil || trim(c.text) == "" && !c.formula:
		return campaign.Date{}, problemf("import-date", dateHint, "没有填“填报日期”")
	case c.formula:
		return campaign.Date{}, problemf("import-formula", "直接填写日期", "“填报日期”是公式，每天打开都会变")
	case c.kind == ooxml.BoolCell || c.kind == ooxml.ErrorCell:
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

func dayIn(c *cell, epoch1904 bool, deadline campaign.Date) (campaign.Date, *campaign.Finding) {
	text := strings.Map(halfWidth, trim(c.text))
	if c.kind == ooxml.NumberCell {
		if day, ok := serialDay(text, epoch1904); ok {
			return day, nil
		}
	}
	if shortDay.MatchString(text) {
		day, p := writtenDay(strconv.Itoa(deadline.Year)+"年"+text, c.text)
		if distance := deadline.DaysUntil(day); p == nil && (distance > 183 || distance < -183) {
			return campaign.Date{}, problemf("import-date", dateHint, "填报日期“%s”没有写年份，看不出是哪一年", clip(c.text))
		}
		return day, p
	}
	return writtenDay(text, c.text)
}

func writtenDay(text, written string) (campaign.Date, *campaign.Finding) {
	day, err := campaign.ParseDate(text)
	if err != nil {
		return day, problemf("import-date", campaign.HintOf(err, dateHint), "“填报日期”填的“%s”看不出是哪一天：%s", clip(written), err)
	}
	return day, nil
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
	start := epoch1900
	if epoch1904 {
		start = campaign.Date{Year: 1904, Month: 1, Day: 1}
	}
	return start.AddDays(int(d.IntPart())), true
}

// epoch1900 is the day before the first that a spreadsheet counts, as it counts
// them after the February of 1900.
var epoch1900 = campaign.Date{Year: 1899, Month: 12, Day: 30}

// serialOf returns the number by which a spreadsheet counts days.
func serialOf(d campaign.Date) int { return epoch1900.DaysUntil(d) }
