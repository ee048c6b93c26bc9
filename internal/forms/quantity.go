package forms

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
)

const quantityHint = "没有发生填 0，无此项填 无；数量只写数字"

// readQuantity reads a cell of the column 数量 as surely as can be, or says
// why not. A nil or blank cell is a Blank quantity.
func readQuantity(c *intake.Cell, row *campaign.Row, sums bool) (campaign.Quantity, *campaign.Finding) {
	q, p := quantityIn(c, row)
	if p == nil && q.Kind == campaign.Sum && !sums {
		return q, problemf("import-quantity", "填出数字，或 无", "“%s”填了 汇总：只有部门的总表可以，地区的表和“本级”不行", row.Name)
	}
	return q, p
}

func quantityIn(c *intake.Cell, row *campaign.Row) (campaign.Quantity, *campaign.Finding) {
	switch {
	case c == nil:
		return campaign.Quantity{}, nil
	case c.Formula && !isSimple(c):
		return campaign.Quantity{}, formulaProblem(c)
	case c.Kind == intake.BoolCell:
		return campaign.Quantity{}, problemf("import-quantity", quantityHint, "“%s”填的是是非值，不是数量", row.Name)
	case c.Kind == intake.ErrorCell:
		return campaign.Quantity{}, problemf("import-quantity", quantityHint, "“%s”的格子里是电子表格的错误 %s", row.Name, clip(c.Text))
	case c.Kind == intake.DateCell:
		return campaign.Quantity{}, problemf("import-quantity", "把格子的格式改为“常规”，重新填数字", "“%s”填的是日期 %s，不是数量", row.Name, clip(c.Text))
	case c.Kind == intake.NumberCell:
		return numberQuantity(c, row)
	}
	return textQuantity(c.Text, row)
}

// simpleFormula calculates with numbers and with cells of its own sheet.
var simpleFormula = regexp.MustCompile(`(?i)^(?:SUM\(|ROUND\(|PRODUCT\(|\$?[A-Z]{1,3}\$?[0-9]{1,7}|[0-9.]+|[-+*/(),:\s])+$`)

// isSimple reports whether a formula has a stored number that is the same on any day
// and in any program.
func isSimple(c *intake.Cell) bool {
	return (c.Kind == intake.NumberCell || c.Kind == intake.TextCell) && c.Text != "" && len(c.Code) < longest && simpleFormula.MatchString(c.Code)
}

// formulaProblem refuses a formula, even one with a result: what it shows can
// change with the program, the day or the sheet beside it.
func formulaProblem(c *intake.Cell) *campaign.Finding {
	message := "格子里是公式"
	if shown := clip(c.Text); shown != "" && !strings.HasPrefix(shown, "=") {
		message += "（算出的是 " + shown + "）"
	}
	return problemf("import-formula", "复制后“选择性粘贴→数值”，或直接填写数字", "%s，不能导入", message)
}

var (
	// dashes are the signs that people write for “nothing” without saying
	// which nothing.
	dashes = regexp.MustCompile(`^[-－—–―─_/／\\*]+$`)
	// numeral is a number with what stands behind it.
	numeral = regexp.MustCompile(`^([+\-−]?[0-9][0-9,]*(?:\.[0-9]*)?)\s*([^0-9]*)$`)
	grouped = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)
)

// longest bounds what can be a quantity with its unit, in bytes.
const longest = 120

// textQuantity reads a quantity that someone typed as text.
func textQuantity(text string, row *campaign.Row) (campaign.Quantity, *campaign.Finding) {
	text = trim(strings.Map(halfWidth, trim(text)))
	switch {
	case text == "":
		return campaign.Quantity{}, nil
	case text == "无", text == "汇总":
		q, _ := campaign.ParseQuantity(text)
		return q, nil
	case dashes.MatchString(text):
		return campaign.Quantity{}, problemf("import-quantity", "没有发生填 0，无此项填 无", "“%s”填的是“%s”，看不出是 0 还是 无", row.Name, clip(text))
	}
	m := numeral.FindStringSubmatch(text)
	if m == nil || len(text) > longest {
		_, err := campaign.ParseQuantity(text)
		return campaign.Quantity{}, problemf("import-quantity", campaign.HintOf(err, quantityHint), "“%s”填的“%s”不是确切的数字", row.Name, clip(text))
	}
	number := m[1]
	if grouped.MatchString(number) {
		number = strings.ReplaceAll(number, ",", "")
	} else if strings.Contains(number, ",") {
		return campaign.Quantity{}, problemf("import-quantity", "去掉逗号重填", "“%s”填的“%s”，逗号的位置不对，看不出是多少", row.Name, clip(text))
	}
	if p := checkUnit(m[2], number, row); p != nil {
		return campaign.Quantity{}, p
	}
	return exactQuantity(number, row)
}

// exactQuantity reads a plain decimal within the row's decimals. Zeros beyond
// those say nothing and go.
func exactQuantity(number string, row *campaign.Row) (campaign.Quantity, *campaign.Finding) {
	most := row.MaxDecimals()
	if whole, fraction, ok := strings.Cut(number, "."); ok && most >= 0 && len(fraction) > most && strings.Trim(fraction[most:], "0") == "" {
		number = strings.TrimSuffix(whole+"."+fraction[:most], ".")
	}
	q, err := campaign.ParseQuantity(number)
	if err != nil {
		return campaign.Quantity{}, problemf("import-quantity", campaign.HintOf(err, quantityHint), "“%s”：%s", row.Name, err)
	}
	if most >= 0 && q.Decimals() > most {
		if most == 0 {
			return campaign.Quantity{}, problemf("import-quantity", "核对数字；是不是填成了别的单位", "“%s”以%s为单位，只能是整数，不能是 %s", row.Name, row.Unit, number)
		}
		return campaign.Quantity{}, problemf("import-quantity", "核对数字，不要自行四舍五入", "“%s”最多 %d 位小数，不能是 %s", row.Name, most, number)
	}
	return q, nil
}

// powers are the factors that a Chinese unit can begin with, the longer first.
var powers = []struct {
	word string
	ten  int32
}{{"万亿", 12}, {"千亿", 11}, {"百亿", 10}, {"十亿", 9}, {"亿", 8}, {"千万", 7}, {"百万", 6}, {"十万", 5}, {"万", 4}, {"千", 3}, {"百", 2}, {"十", 1}}

func splitUnit(unit string) (ten int32, base string) {
	for _, p := range powers {
		if rest, ok := strings.CutPrefix(unit, p.word); ok {
			return p.ten, rest
		}
	}
	return 0, unit
}

// checkUnit compares what stands behind a number with the row's unit. Another
// unit is refused, never converted; the message says what it would be.
func checkUnit(behind, number string, row *campaign.Row) *campaign.Finding {
	behind = strings.Trim(fold(behind), "()")
	unit := fold(row.Unit)
	if behind == "" || behind == unit {
		return nil
	}
	ten, base := splitUnit(behind)
	ownTen, ownBase := splitUnit(unit)
	d, err := decimal.NewFromString(number)
	switch {
	case base == "" && ten == ownTen:
		return nil
	case err == nil && ten != ownTen && (base == "" || base == ownBase):
		return problemf("import-unit", "核对后按“"+row.Unit+"”填数字", "“%s”填的是 %s%s，这一行的单位是%s，合 %s%s，程序不作换算",
			row.Name, number, clip(behind), row.Unit, d.Shift(ten-ownTen), row.Unit)
	}
	return problemf("import-unit", "核对后按“"+row.Unit+"”填数字", "“%s”填的是“%s%s”，这一行的单位是%s", row.Name, number, clip(behind), row.Unit)
}

// The numbers that a form can hold; the others are slips or attacks.
var (
	largest  = decimal.New(1, 18)
	smallest = decimal.New(1, -12)
)

// exactDigits is how many significant digits a spreadsheet keeps of what one
// types, and shows. A stored number with more was computed.
const exactDigits = 15

// numberQuantity reads a number as the file stores it: a binary float, written
// with up to 17 digits. It counts only if the shortest decimal for that float
// is also what the sheet shows.
func numberQuantity(c *intake.Cell, row *campaign.Row) (campaign.Quantity, *campaign.Finding) {
	refuse := func(hint, format string, args ...any) (campaign.Quantity, *campaign.Finding) {
		args = append([]any{row.Name}, args...)
		return campaign.Quantity{}, problemf("import-quantity", hint, "“%s”"+format, args...)
	}
	stored, digits, ok := shortest(c.Text)
	if !ok {
		return refuse(quantityHint, "的格子里存的“%s”不是数字", clip(c.Text))
	}
	size := stored.Abs()
	if size.GreaterThan(largest) || !size.IsZero() && size.LessThan(smallest) {
		return refuse("核对数字", "存的 %s 不像报表里的数量", clip(c.Text))
	}
	l := lookOf(c.Format, stored.IsZero())
	switch {
	case l.date:
		return refuse("把格子的格式改为“常规”，重新填数字", "被电子表格当成了日期或时间（存的是 %s）", stored)
	case l.odd != "":
		return refuse("把格子的格式改为“常规”，核对后重填", "用了%s，显示的不是存的 %s", l.odd, stored)
	case digits > exactDigits:
		f, _ := stored.Float64()
		seen := strconv.FormatFloat(f, 'g', exactDigits, 64)
		if d, err := decimal.NewFromString(seen); err == nil {
			seen = d.String()
		}
		return refuse("在这一格重新键入数字", "存的是 %s，显示的是 %s，是计算留下的误差", stored, seen)
	}
	seen := l.show(stored)
	if d, err := decimal.NewFromString(seen); err != nil || !d.Equal(stored) {
		return refuse("把格子的格式改为“常规”，核对后重填", "存的是 %s，显示的是“%s”，两者不同", stored, l.literal+seen)
	}
	if literal := strings.Trim(l.literal, "￥¥"); literal != l.literal && !strings.HasSuffix(row.Unit, "元") {
		return refuse("核对单位后重填", "显示为金额“%s”，这一行的单位是%s", l.literal+seen, row.Unit)
	} else if p := checkUnit(literal, seen, row); p != nil {
		return campaign.Quantity{}, p
	}
	return exactQuantity(seen, row)
}

// shortest returns the shortest decimal for the float that a numeral stands for,
// and how many significant digits it has.
func shortest(text string) (d decimal.Decimal, digits int, ok bool) {
	if len(text) > 400 || !floatForm.MatchString(text) {
		return d, 0, false
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return d, 0, false
	}
	short := strconv.FormatFloat(f, 'e', -1, 64)
	mantissa, _, _ := strings.Cut(short, "e")
	d, err = decimal.NewFromString(short)
	return d, len(strings.Trim(mantissa, "-.")) - strings.Count(mantissa, "."), err == nil
}

var floatForm = regexp.MustCompile(`^[+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]{1,3})?$|^[+-]?[0-9]+\.$`)

const dateHint = "写成 2022-11-25 或 2022年11月25日"

// shortDay is a day without its year, which campaign.ParseDate refuses.
var shortDay = regexp.MustCompile(`^\d{1,2}\s*月\s*\d{1,2}\s*[日号]$`)

// plausible is how many days a day of filling in can lie from the deadline.
const plausible = 400

// readDay reads 填报日期 as people write it. A day without its year is in the
// deadline's year, if that is near the deadline.
func readDay(c *intake.Cell, epoch1904 bool, deadline campaign.Date) (campaign.Date, *campaign.Finding) {
	switch {
	case c == nil || trim(c.Text) == "" && !c.Formula:
		return campaign.Date{}, problemf("import-date", "在“填报日期”后面"+dateHint, "没有填“填报日期”")
	case c.Formula:
		return campaign.Date{}, problemf("import-formula", "直接填写日期", "“填报日期”是公式，每天打开都会变")
	case c.Kind == intake.BoolCell || c.Kind == intake.ErrorCell:
		return campaign.Date{}, problemf("import-date", dateHint, "“填报日期”填的“%s”不是日期", clip(c.Text))
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

func dayIn(c *intake.Cell, epoch1904 bool, deadline campaign.Date) (campaign.Date, *campaign.Finding) {
	text := strings.Map(halfWidth, trim(c.Text))
	if c.Kind == intake.NumberCell {
		if day, ok := serialDay(text, epoch1904); ok {
			return day, nil
		}
	}
	if shortDay.MatchString(text) {
		day, p := writtenDay(strconv.Itoa(deadline.Year)+"年"+text, c.Text)
		if distance := deadline.DaysUntil(day); p == nil && (distance > 183 || distance < -183) {
			return campaign.Date{}, problemf("import-date", dateHint, "填报日期“%s”没有写年份，看不出是哪一年", clip(c.Text))
		}
		return day, p
	}
	return writtenDay(text, c.Text)
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
