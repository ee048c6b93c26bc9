package forms

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/campaign"
)

func TestQuantities(t *testing.T) {
	c := load(t, small(t))
	base := filled(t, c)
	text := func(s string) func(f *excelize.File, cell string) error {
		return func(f *excelize.File, cell string) error { return f.SetCellStr(mainSheet, cell, s) }
	}
	number := func(raw string) func(f *excelize.File, cell string) error {
		return func(f *excelize.File, cell string) error { return f.SetCellDefault(mainSheet, cell, raw) }
	}
	shown := func(raw, format string) func(f *excelize.File, cell string) error {
		return func(f *excelize.File, cell string) error {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			if err != nil {
				return err
			}
			if err := f.SetCellStyle(mainSheet, cell, cell, style); err != nil {
				return err
			}
			return f.SetCellDefault(mainSheet, cell, raw)
		}
	}
	formula := func(s, value string) func(f *excelize.File, cell string) error {
		return func(f *excelize.File, cell string) error {
			if err := f.SetCellDefault(mainSheet, cell, value); err != nil {
				return err
			}
			return f.SetCellFormula(mainSheet, cell, s)
		}
	}
	const count, money, weight = "E6", "E11", "E12" // 户次, 万元, 千克 with one decimal
	for _, test := range []struct {
		name, cell string
		put        func(f *excelize.File, cell string) error
		want       string // the quantity, or “rule words…” of its finding
	}{
		{"whole number", count, number("231"), "231"},
		{"zero", count, number("0"), "0"},
		{"nothing to report", count, text("无"), "无"},
		{"nothing to report with spaces", count, text(" 无　"), "无"},
		{"sum", count, text("汇总"), "汇总"},
		{"number stored as text", count, text("231"), "231"},
		{"full-width digits", count, text("２３１"), "231"},
		{"full-width decimal", money, text("１２．２３"), "12.23"},
		{"thousands separator", count, text("1,234"), "1234"},
		{"full-width separator", count, text("1，234"), "1234"},
		{"separator and decimals", money, text("1,234.50"), "1234.50"},
		{"no-break space", count, text(" 231 "), "231"},
		{"unit behind", count, text("231户次"), "231"},
		{"unit behind with a space", count, text("231 户次"), "231"},
		{"unit in brackets", count, text("231（户次）"), "231"},
		{"factor of the unit", money, text("12.23万"), "12.23"},
		{"unit with its factor", money, text("12.23万元"), "12.23"},
		{"float as Office writes it", money, number("1.1000000000000001"), "1.1"},
		{"float with an exponent", count, number("1.04283E5"), "104283"},
		{"float of a whole number", count, number("231.0"), "231"},
		{"zeros behind the point", count, text("231.00"), "231"},
		{"zeros beyond the row's decimals", weight, text("20.500"), "20.5"},
		{"grouped format", count, shown("1234", "#,##0"), "1234"},
		{"fixed decimals keep their zeros", weight, shown("20", "0.0"), "20.0"},
		{"unit in the format", count, shown("231", `0"户次"`), "231"},
		{"factor in the format", money, shown("12.5", `0.00"万"`), "12.50"},
		{"currency for money", money, shown("12.5", `¥#,##0.00`), "12.50"},
		{"accounting format", count, shown("231", `_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ `), "231"},

		{"blank", count, text(""), "import-blank 没有填数量"},
		{"spaces only", count, text("　 "), "import-blank 没有填数量"},
		{"full-width dash", count, text("－"), "import-quantity 看不出是"},
		{"dash", count, text("-"), "import-quantity 看不出是"},
		{"slash", count, text("/"), "import-quantity 看不出是"},
		{"words for nothing", count, text("没有"), "import-quantity 不是确切的数字"},
		{"about", count, text("约230"), "import-quantity 不是确切的数字 不要写“约”"},
		{"more than", count, text("230余"), "import-unit 230余 户次"},
		{"range", count, text("230-240"), "import-quantity 不是确切的数字"},
		{"Chinese numerals", count, text("二百三十一"), "import-quantity 不是确切的数字 写成 231"},
		{"spaces inside", count, text("1 234"), "import-quantity 不是确切的数字"},
		{"misplaced separator", count, text("12,34"), "import-quantity 逗号的位置不对"},
		{"four-digit groups", count, text("12,3456"), "import-quantity 逗号的位置不对"},
		{"leading zero", count, text("0231"), "import-quantity 写成 231"},
		{"negative text", count, text("-5"), "import-quantity 负数"},
		{"negative number", count, number("-5"), "import-quantity 负数"},
		{"decimals in a count", count, number("12.6"), "import-quantity 只能是整数 12.6"},
		{"too many decimals", weight, number("20.55"), "import-quantity 最多 1 位小数"},
		{"factor in a count", count, text("12.23万"), "import-unit 12.23万 单位是户次 合 122300户次 不作换算"},
		{"smaller factor", money, text("5000元"), "import-unit 合 0.5万元"},
		{"larger factor", money, text("0.12亿"), "import-unit 合 1200万元"},
		{"other unit", count, text("231件"), "import-unit “231件” 单位是户次"},
		{"other unit in the format", count, shown("231", `0"件"`), "import-unit “231件” 单位是户次"},
		{"factor in a count's format", count, shown("12", `0"万"`), "import-unit 合 120000户次"},
		{"currency for a count", count, shown("12", `¥0`), "import-quantity 金额 户次"},
		{"float artefact", money, number("0.30000000000000004"), "import-quantity 0.30000000000000004 显示的是 0.3"},
		{"float artefact in a count", count, number("230.99999999999997"), "import-quantity 230.99999999999997 显示的是 231"},
		{"rounded by its format", money, shown("437.5649", "0.00"), "import-quantity 437.5649 437.56 两者不同"},
		{"rounded to a whole by its format", count, shown("12.6", "0"), "import-quantity 12.6 “13” 两者不同"},
		{"percent format", money, shown("0.12", "0%"), "import-quantity 百分比格式"},
		{"scaled format", count, shown("12345", `0,"千"`), "import-quantity 按千缩小"},
		{"the 万 trick", count, shown("123456", `0!.0,"万"`), "import-quantity 按千缩小"},
		{"scientific format", count, shown("104283", "0.00E+00"), "import-quantity 科学计数"},
		{"zero shown as a dash", count, shown("0", `0;-0;"-"`), "import-quantity 存的是 0 “-”"},
		{"zero shown as nothing", count, shown("0", "#"), "import-quantity 存的是 0 “”"},
		{"hidden by its format", count, shown("5", ";;;"), "import-quantity 隐藏数字"},
		{"conditional format", count, shown("5", `[>100]0.0,;0`), "import-quantity 带条件"},
		{"Chinese numerals by format", count, shown("5", `[DBNum1]0`), "import-quantity 中文数字"},
		{"turned into a date", count, shown("46170", "yyyy/m/d"), "import-quantity 当成了日期"},
		{"turned into a Chinese date", count, shown("46170", `m"月"d"日"`), "import-quantity 当成了日期"},
		{"more digits than a spreadsheet keeps", count, number("12345678901234567"), "import-quantity 误差"},
		{"too large", count, number("1E300"), "import-quantity 不像报表里的数量"},
		{"no number", count, number("abc"), "import-quantity 不是确切的数字"},
		{"infinity", count, number("INF"), "import-quantity 不是数字"},
		{"formula of another sheet", count, formula("本级!E7", "13"), "import-formula 算出的是 13"},
		{"formula of another file", count, formula("[1]表!E7", "13"), "import-formula 算出的是 13"},
		{"formula of the day", count, formula("DAY(TODAY())", "13"), "import-formula 算出的是 13"},
		{"formula that looks up", count, formula("VLOOKUP(B6,A1:C9,3)", "13"), "import-formula 算出的是 13"},
		{"formula with a rest", count, formula("E7/3", "13.333"), "import-quantity 只能是整数"},
		{"formula without value", count, formula("E7", ""), "import-formula 公式"},
		{"formula as text", count, text("=1+2"), "import-quantity 不是确切的数字"},
		{"boolean", count, func(f *excelize.File, cell string) error { return f.SetCellBool(mainSheet, cell, true) }, "import-quantity 是非值"},
		{"very long", count, text(strings.Repeat("9", 20000)), "import-quantity 不是确切的数字"},
		{"40 digits", count, text(strings.Repeat("9", 40)), "import-quantity 太长"},
	} {
		t.Run(test.name, func(t *testing.T) {
			data := edited(t, base, func(f *excelize.File) error { return test.put(f, test.cell) })
			r, got := Import(c, name, data, ImportOptions{})
			rule, words, refused := strings.Cut(test.want, " ")
			if refused {
				expect(t, got, name+"!"+test.cell+" "+rule+" "+words)
				if r != nil {
					t.Error("imported all the same")
				}
				return
			}
			expect(t, got, "")
			if r == nil {
				return
			}
			report := loaded(t, small(t), r)
			for _, e := range report.Entries {
				row := e.Row
				if at := map[string]string{"检查食品经营单位": count, "罚没款": money, "销毁问题食品": weight}[row.Name]; at == test.cell && e.Quantity.String() != test.want {
					t.Errorf("got %s, want %s", e.Quantity, test.want)
				}
			}
		})
	}
}

func TestDays(t *testing.T) {
	c := load(t, small(t))
	base := filled(t, c)
	for _, test := range []struct {
		name, value string
		number      bool
		format      string
		want        string
	}{
		{"serial", "46170", true, "yyyy/m/d", "2026-05-28"},
		{"serial without a date format", "46170", true, "", "2026-05-28"},
		{"serial with a time", "46170.63", true, "yyyy/m/d h:mm", "2026-05-28"},
		{"digits", "20260528", true, "", "2026-05-28"},
		{"digits as text", "20260528", false, "", "2026-05-28"},
		{"as the annex has it", "2026年5月28日", false, "", "2026-05-28"},
		{"padded and spaced", "2026 年 05 月 28 日", false, "", "2026-05-28"},
		{"full-width", "２０２６年５月２８日", false, "", "2026-05-28"},
		{"hyphens", "2026-05-28", false, "", "2026-05-28"},
		{"slashes", "2026/5/28", false, "", "2026-05-28"},
		{"dots", "2026.5.28", false, "", "2026-05-28"},
		{"no year", "5月28日", false, "", "2026-05-28"},
		{"with midnight", "2026-05-28 00:00:00", false, "", "2026-05-28"},
		{"nothing", "", false, "", "import-date 没有填"},
		{"no such day", "2026年2月30日", false, "", "import-date 日历上没有"},
		{"no year, far away", "12月20日", false, "", "import-date 没有写年份"},
		{"short year", "26.5.28", false, "", "import-date 看不出"},
		{"month and day", "5/28", false, "", "import-date 看不出"},
		{"words", "月底", false, "", "import-date 看不出"},
		{"wrong year", "2006-05-28", false, "", "import-date 太远"},
		{"huge number", "1E300", true, "", "import-date 看不出"},
	} {
		t.Run(test.name, func(t *testing.T) {
			data := edited(t, base, func(f *excelize.File) error {
				look := &excelize.Style{}
				if test.format != "" {
					look.CustomNumFmt = &test.format
				}
				style, err := f.NewStyle(look)
				if err != nil {
					return err
				}
				if err := f.SetCellStyle(mainSheet, "E4", "E4", style); err != nil {
					return err
				}
				if test.number {
					return f.SetCellDefault(mainSheet, "E4", test.value)
				}
				return f.SetCellStr(mainSheet, "E4", test.value)
			})
			r, got := Import(c, name, data, ImportOptions{})
			if rule, words, refused := strings.Cut(test.want, " "); refused {
				expect(t, got, name+"!E4 "+rule+" "+words)
				return
			}
			expect(t, got, "")
			if r != nil && !strings.Contains(string(r.New), "填报日期: "+test.want+"\n") {
				t.Errorf("want %s in\n%s", test.want, r.New)
			}
		})
	}
	t.Run("1904", func(t *testing.T) {
		data := edited(t, base, func(f *excelize.File) error {
			yes := true
			if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
				return err
			}
			return f.SetCellDefault(mainSheet, "E4", "44708")
		})
		if r := imported(t, c, name, data, ImportOptions{}); !strings.Contains(string(r.New), "填报日期: 2026-05-28\n") {
			t.Errorf("%s", r.New)
		}
	})
	t.Run("formula", func(t *testing.T) {
		data := edited(t, base, func(f *excelize.File) error { return f.SetCellFormula(mainSheet, "E4", "TODAY()") })
		_, got := Import(c, name, data, ImportOptions{})
		expect(t, got, name+"!E4 import-formula 每天打开都会变")
	})
}

// TestSimpleFormulas: what a simple formula has stored is imported, and a note says
// so, also where one formula is written for several cells.
func TestSimpleFormulas(t *testing.T) {
	c := load(t, small(t))
	base := filled(t, c)
	for _, code := range []string{"SUM(E7:E8)", "sum($E$7,E8)+1", "ROUND(E7*1.5,0)", "E7 + E8 - 2", "(3+10)"} {
		r, got := Import(c, name, edited(t, base, func(f *excelize.File) error {
			return firstError(f.SetCellDefault(mainSheet, "E6", "13"), f.SetCellFormula(mainSheet, "E6", code))
		}), ImportOptions{})
		expect(t, got, name+"!E6 import-computed =")
		if r == nil || got[0].Level != campaign.Note || !strings.Contains(string(r.New), "检查食品经营单位: 13\n") && !strings.Contains(string(r.New), "检查食品经营单位: {数量: 13,") {
			t.Errorf("%s: %v %v", code, r, got)
		}
	}
	sheet := part(t, base, sheet1)
	cell := func(at, inside string) {
		from := strings.Index(sheet, `<c r="`+at+`"`)
		to := from + strings.Index(sheet[from:], "</c>") + len("</c>")
		sheet = sheet[:from] + `<c r="` + at + `">` + inside + "</c>" + sheet[to:]
	}
	cell("E6", `<f t="shared" ref="E6:E7" si="0">D6+D7</f><v>13</v>`)
	cell("E7", `<f t="shared" si="0"/><v>7</v>`)
	r, got := Import(c, name, repacked(t, base, map[string][]byte{sheet1: []byte(sheet)}), ImportOptions{})
	expect(t, got, name+"!E6 import-computed 13\n"+name+"!E7 import-computed 7")
	if r == nil {
		t.Error("refused")
	}
}
