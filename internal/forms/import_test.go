package forms

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/campaign"
)

// refusals are the rule codes that some test of this package has seen; see
// TestEveryRuleIsTested.
var refusals = map[string]bool{}

// expect compares findings with lines of “cell rule words…”: as many as the
// findings, in their order, every word in the message or the hint.
func expect(t *testing.T, got []Finding, want string) {
	t.Helper()
	var lines []string
	for line := range strings.Lines(want) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	for n, f := range got {
		refusals[f.Rule] = true
		if f.Message == "" || f.Hint == "" {
			t.Errorf("a finding needs words and a hint: %+v", f)
		}
		if n >= len(lines) {
			t.Errorf("too much: %s", f)
			continue
		}
		parts := strings.Fields(lines[n])
		text := f.Message + f.Hint
		if f.At.String() != parts[0] || f.Rule != parts[1] || slices.ContainsFunc(parts[2:], func(w string) bool { return !strings.Contains(text, w) }) {
			t.Errorf("got  %s\nwant %s", f, lines[n])
		}
	}
	for _, line := range lines[min(len(got), len(lines)):] {
		t.Errorf("missing: %s", line)
	}
}

const name = "市场监管局.xlsx"

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
		{"about", count, text("约230"), "import-quantity 不是确切的数字"},
		{"more than", count, text("230余"), "import-unit 230余 户次"},
		{"range", count, text("230-240"), "import-quantity 不是确切的数字"},
		{"Chinese numerals", count, text("二百三十一"), "import-quantity 不是确切的数字"},
		{"spaces inside", count, text("1 234"), "import-quantity 不是确切的数字"},
		{"misplaced separator", count, text("12,34"), "import-quantity 逗号的位置不对"},
		{"four-digit groups", count, text("12,3456"), "import-quantity 逗号的位置不对"},
		{"leading zero", count, text("0231"), "import-quantity 请写成 231"},
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
		{"formula", count, formula("SUM(E7:E8)", "13"), "import-formula SUM 算出的是 13"},
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
				words = strings.ReplaceAll(words, "SUM ", "")
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
			for row, e := range report.Entries {
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

// want is what the filled form says, as its YAML.
const filledYAML = `# 清河市市场监督管理局 第三次报表
填报单位: 清河市市场监督管理局
填报日期: 2026-05-28
项目:
  检查食品经营单位: 120
  立案: 9
  无证经营: 4
  经营过期食品: 5
  移送公安机关: 0
  罚没款: 1.5
  销毁问题食品: 20.5
`

// TestEditedSheets changes the sheet the way people do; what stays clear reads
// as before, what does not is refused at its cell.
func TestEditedSheets(t *testing.T) {
	c := load(t, small(t))
	base := filled(t, c)
	str := func(f *excelize.File, pairs ...string) error {
		for i := 0; i < len(pairs); i += 2 {
			if err := f.SetCellStr(mainSheet, pairs[i], pairs[i+1]); err != nil {
				return err
			}
		}
		return nil
	}
	swap := func(f *excelize.File, a, b string) error {
		x, _ := f.GetCellValue(mainSheet, a, excelize.Options{RawCellValue: true})
		y, _ := f.GetCellValue(mainSheet, b, excelize.Options{RawCellValue: true})
		return str(f, a, y, b, x)
	}
	for _, test := range []struct {
		name string
		edit func(f *excelize.File) error
		want string // findings; none: the form reads as before
	}{
		{"as it was", func(*excelize.File) error { return nil }, ""},
		{"row inserted above", func(f *excelize.File) error { return f.InsertRows(mainSheet, 1, 2) }, ""},
		{"row inserted inside", func(f *excelize.File) error { return f.InsertRows(mainSheet, 9, 1) }, ""},
		{"column inserted in front", func(f *excelize.File) error { return f.InsertCols(mainSheet, "A", 2) }, ""},
		{"column inserted inside", func(f *excelize.File) error { return f.InsertCols(mainSheet, "E", 1) }, ""},
		{"column of names inserted", func(f *excelize.File) error { return f.InsertCols(mainSheet, "C", 1) }, ""},
		{"rows moved with their numbers", func(f *excelize.File) error {
			for _, column := range []string{"B", "D", "E", "F", "G"} {
				if err := swap(f, column+"11", column+"12"); err != nil {
					return err
				}
			}
			return nil
		}, ""},
		{"rows moved without the hidden ids", func(f *excelize.File) error {
			for _, column := range []string{"B", "D", "E"} {
				if err := swap(f, column+"11", column+"12"); err != nil {
					return err
				}
			}
			return nil
		}, ""},
		{"quantity before the item", func(f *excelize.File) error {
			if err := f.InsertCols(mainSheet, "A", 1); err != nil {
				return err
			}
			for row := 5; row <= 12; row++ {
				if err := swap(f, "A"+itoa(row), "F"+itoa(row)); err != nil {
					return err
				}
			}
			return nil
		}, ""},
		{"merges undone", func(f *excelize.File) error {
			return firstError(f.UnmergeCell(mainSheet, "A6", "A12"), f.UnmergeCell(mainSheet, "B8", "B10"), f.UnmergeCell(mainSheet, "B5", "C5"))
		}, ""},
		{"sheet renamed", func(f *excelize.File) error { return f.SetSheetName(mainSheet, "Sheet1") }, ""},
		{"unprotected", func(f *excelize.File) error { return f.UnprotectSheet(mainSheet) }, ""},
		{"hidden ids deleted", func(f *excelize.File) error { return f.RemoveCol(mainSheet, "G") }, ""},
		{"hidden sheet deleted", func(f *excelize.File) error { return f.DeleteSheet(hiddenSheet) }, ""},
		{"own sheet deleted", func(f *excelize.File) error { return f.DeleteSheet(ownSheet) }, ""},
		{"a note sheet added", func(f *excelize.File) error {
			_, err := f.NewSheet("说明")
			return firstError(err, f.SetCellStr("说明", "A1", "项目和数量请核对"))
		}, ""},
		{"spaces and line ends in names", func(f *excelize.File) error { return str(f, "C8", " 无证\n经营 ", "D6", "户 次") }, ""},
		{"names with their units", func(f *excelize.File) error {
			return str(f, "B7", "立案(件)", "B12", "销毁问题食品（千克）")
		}, ""},
		{"among written into the name", func(f *excelize.File) error {
			return firstError(f.UnmergeCell(mainSheet, "B8", "B10"), str(f, "B8", "", "C8", "其中：无证经营", "C9", "其中：经营过期食品"))
		}, ""},
		{"head repeated", func(f *excelize.File) error {
			if err := f.InsertRows(mainSheet, 11, 1); err != nil {
				return err
			}
			return str(f, "A11", "部门", "B11", "项目", "D11", "单位", "E11", "数量", "F11", "备注")
		}, ""},
		{"unit and day moved below", func(f *excelize.File) error {
			return firstError(str(f, "A4", "", "C4", "", "D4", "", "E4", "", "A20", "填报单位：清河市市场监督管理局", "D20", "填报日期：2026年5月28日"))
		}, ""},
		{"label with spaces", func(f *excelize.File) error { return str(f, "A4", "填 报 单 位 ：") }, ""},
		{"a note under the table", func(f *excelize.File) error {
			return str(f, "A25", "审核意见：同意", "B26", "以上数字属实")
		}, ""},
		{"quantity merged with its remark", func(f *excelize.File) error { return f.MergeCell(mainSheet, "E7", "F7") }, ""},

		{"two quantities in one cell", func(f *excelize.File) error { return f.MergeCell(mainSheet, "E8", "E9") }, `
			市场监管局.xlsx!E8 import-merge 第 8 至 9 行
			市场监管局.xlsx!E9 import-merge 第 8 至 9 行`},
		{"a name taken away", func(f *excelize.File) error { return str(f, "B12", "") }, `
			市场监管局.xlsx import-row 没有“销毁问题食品”这一行
			市场监管局.xlsx!E12 import-row 20.5 没有项目名称`},
		{"a name changed", func(f *excelize.File) error { return str(f, "B12", "销毁问题食品数量") }, `
			市场监管局.xlsx import-row 没有“销毁问题食品”这一行
			市场监管局.xlsx!B12 import-row 没有“销毁问题食品数量” 原来是“销毁问题食品（千克）”`},
		{"a slip in a name without ids", func(f *excelize.File) error {
			return firstError(f.RemoveCol(mainSheet, "G"), str(f, "B12", "消毁问题食品"))
		}, `
			市场监管局.xlsx import-row 没有“销毁问题食品”这一行
			市场监管局.xlsx!B12 import-row 是不是“销毁问题食品”`},
		{"a row added", func(f *excelize.File) error { return str(f, "C30", "合计", "E30", "160") }, `
			市场监管局.xlsx!B30 import-row 没有“合计”`},
		{"a row twice", func(f *excelize.File) error { return str(f, "B30", "罚没款", "D30", "万元", "E30", "3") }, `
			市场监管局.xlsx!B30 import-row “罚没款”有两行 第 11 行已有`},
		{"another unit", func(f *excelize.File) error { return str(f, "D11", "元") }, `
			市场监管局.xlsx import-row 没有“罚没款”这一行
			市场监管局.xlsx!B11 import-unit 单位是元 单位是万元 不作换算`},
		{"no unit signed", func(f *excelize.File) error { return str(f, "C4", "") }, `
			市场监管局.xlsx!C4 import-blank 没有填“填报单位”`},
		{"no place for the unit", func(f *excelize.File) error { return str(f, "A4", "", "C4", "") }, `
			市场监管局.xlsx import-blank 没有“填报单位”`},
		{"private character", func(f *excelize.File) error { return str(f, "F12", "\ue000字") }, `
			市场监管局.xlsx!F12 import-text U+E000`},
		{"very long remark", func(f *excelize.File) error { return str(f, "F12", strings.Repeat("长", 1001)) }, `
			市场监管局.xlsx!F12 import-text 超过 1000 个字`},
		{"formula in a remark", func(f *excelize.File) error { return f.SetCellFormula(mainSheet, "F12", "E12") }, `
			市场监管局.xlsx!F12 import-formula 公式`},
		{"two columns of quantities", func(f *excelize.File) error { return str(f, "H5", "数量") }, `
			市场监管局.xlsx!统计表 import-table 两列“数量”`},
		{"no head", func(f *excelize.File) error { return firstError(f.DeleteSheet(ownSheet), str(f, "E5", "")) }, `
			市场监管局.xlsx import-table 找不到统计表`},
		{"only the own sheet", func(f *excelize.File) error { return f.DeleteSheet(mainSheet) }, `
			市场监管局.xlsx import-table 只有“本级”`},
		{"a second table", func(f *excelize.File) error {
			_, err := f.NewSheet("旧表")
			return firstError(err, f.SetSheetName(mainSheet, "新表"), f.SetCellStr("旧表", "A1", "项目"), f.SetCellStr("旧表", "B1", "数量"))
		}, `
			市场监管局.xlsx import-table “新表”、“旧表”`},
		{"everything at once", func(f *excelize.File) error {
			return str(f, "C4", "", "E4", "", "E6", "－", "E7", "", "E8", "4个", "E11", "约1")
		}, `
			市场监管局.xlsx!C4 import-blank
			市场监管局.xlsx!E4 import-date
			市场监管局.xlsx!E6 import-quantity
			市场监管局.xlsx!E7 import-blank
			市场监管局.xlsx!E8 import-unit
			市场监管局.xlsx!E11 import-quantity`},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, got := Import(c, "/收件/"+name, edited(t, base, test.edit), ImportOptions{})
			expect(t, got, test.want)
			if test.want != "" && r != nil {
				t.Error("imported all the same")
			}
			if test.want == "" && (r == nil || string(r.New) != filledYAML) {
				t.Errorf("got %v", r)
			}
		})
	}
}

func firstError(list ...error) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestOwnPart(t *testing.T) {
	c := load(t, small(t))
	base := filled(t, c)
	own := func(pairs ...string) []byte {
		return edited(t, base, func(f *excelize.File) error {
			for i := 0; i < len(pairs); i += 2 {
				if err := f.SetCellStr(ownSheet, pairs[i], pairs[i+1]); err != nil {
					return err
				}
			}
			return nil
		})
	}
	r := imported(t, c, name, own("E6", "12", "E11", "0.5", "F11", "含滞纳金"), ImportOptions{})
	if want := filledYAML + "\n" + ownComment + "本级:\n  检查食品经营单位: 12\n  罚没款: {数量: 0.5, 备注: 含滞纳金}\n"; string(r.New) != want {
		t.Errorf("got\n%s", r.New)
	}
	for edit, want := range map[string]string{
		"E6 汇总":   name + "!本级!E6 import-quantity 汇总 本级",
		"E6 －":    name + "!本级!E6 import-quantity 看不出",
		"F6 只有备注": name + "!本级!E6 import-blank 有备注，没有数量",
	} {
		cell, value, _ := strings.Cut(edit, " ")
		_, got := Import(c, name, own(cell, value), ImportOptions{})
		expect(t, got, want)
	}
}

func TestEmptyOwnPartStays(t *testing.T) {
	fsys := small(t)
	c := load(t, fsys)
	data := edited(t, export(t, c, "q2", "shichang", "").Data, func(f *excelize.File) error {
		for row := 6; row <= 12; row++ {
			if err := f.SetCellStr(ownSheet, "E"+itoa(row), ""); err != nil {
				return err
			}
		}
		return f.SetCellDefault(mainSheet, "E7", "9")
	})
	r, got := Import(c, name, data, ImportOptions{Files: fsys})
	expect(t, got, name+"!本级 import-own-empty data/q2/shichang.yaml 保留不动")
	if r == nil || strings.Replace(string(r.New), "立案: 9\n", "立案: 8\n", 1) != string(r.Old) {
		t.Errorf("%v", r)
	}
}

func TestCountySums(t *testing.T) {
	c := load(t, small(t))
	data := edited(t, export(t, c, "q2", "shichang", "dongcheng").Data, func(f *excelize.File) error { return f.SetCellStr(mainSheet, "E7", "汇总") })
	_, got := Import(c, "东城.xlsx", data, ImportOptions{})
	expect(t, got, "东城.xlsx!E7 import-quantity 汇总 地区的表")
}

func TestOwners(t *testing.T) {
	c := load(t, small(t))
	other := load(t, sample(t))
	changed := func(data []byte, sheet, cell, text string) []byte {
		return edited(t, data, func(f *excelize.File) error { return f.SetCellStr(sheet, cell, text) })
	}
	bare := func(data []byte) []byte {
		return edited(t, data, func(f *excelize.File) error { return f.DeleteSheet(hiddenSheet) })
	}
	mine := filled(t, c)
	county := export(t, c, "q2", "shichang", "dongcheng").Data
	for _, test := range []struct {
		name    string
		data    []byte
		options ImportOptions
		want    string
		path    string
	}{
		{"as the file says", mine, ImportOptions{}, "", "data/q3/shichang.yaml"},
		{"as the caller says too", mine, ImportOptions{Round: c.FindRound("q3"), Department: c.FindDepartment("shichang")}, "", "data/q3/shichang.yaml"},
		{"a county's", county, ImportOptions{}, "", "data/q2/shichang/dongcheng.yaml"},
		{"by what stands above the table", bare(county), ImportOptions{}, "", "data/q2/shichang/dongcheng.yaml"},
		{"another campaign", export(t, other, "final", "wangxin", "").Data, ImportOptions{},
			name + " import-owner 赣州2022网络市场监管专项行动（网剑行动） 清河市2026年春季校园食品安全专项行动", ""},
		{"a campaign renamed keeps its number", changed(mine, hiddenSheet, "B2", "旧名"), ImportOptions{}, "", "data/q3/shichang.yaml"},
		{"another round", mine, ImportOptions{Round: c.FindRound("q1")}, name + "!A3 import-owner 第三次 第一次", ""},
		{"another department", mine, ImportOptions{Department: c.FindDepartment("jiaoyu")}, name + "!D3 import-owner 清河市市场监督管理局 清河市教育体育局", ""},
		{"another county", county, ImportOptions{Region: c.FindRegion("xicheng")}, name + "!A4 import-owner 东城街道 西城街道", ""},
		{"a county asked for", mine, ImportOptions{Region: c.FindRegion("xicheng")}, name + " import-owner 清河市市场监督管理局 总表 西城街道", ""},
		{"a round that is no more", changed(mine, hiddenSheet, "B3", "q9"), ImportOptions{}, name + " import-owner 第三次（q9） 没有这一期", ""},
		{"a department that is no more", changed(mine, hiddenSheet, "B4", "weijian"), ImportOptions{}, name + " import-owner weijian 没有这个部门", ""},
		{"a region that is no more", changed(county, hiddenSheet, "B5", "beijie"), ImportOptions{}, name + " import-owner 东城街道（beijie） 没有这个地区", ""},
		{"another form pasted over", changed(mine, mainSheet, "D3", "部门：清河市教育体育局"), ImportOptions{},
			name + "!D3 import-owner 表上写的是清河市教育体育局 隐藏表里记的是清河市市场监督管理局", ""},
		{"a county pasted over the whole", changed(mine, mainSheet, "A24", "地区：西城街道"), ImportOptions{}, name + "!A24 import-owner 总表 西城街道", ""},
		{"an unknown name above", changed(bare(mine), mainSheet, "A3", "期次：第九次"), ImportOptions{}, name + "!A3 import-owner 没有“第九次”", ""},
		{"no owner at all", changed(changed(bare(mine), mainSheet, "A3", ""), mainSheet, "D3", ""), ImportOptions{}, `
			` + name + ` import-owner 看不出是哪一期
			` + name + ` import-owner 看不出是哪个部门`, ""},
		{"told by the caller alone", changed(changed(bare(mine), mainSheet, "A3", ""), mainSheet, "D3", ""),
			ImportOptions{Round: c.FindRound("q3"), Department: c.FindDepartment("shichang")}, "", "data/q3/shichang.yaml"},
		{"signed by another department", changed(mine, mainSheet, "C4", "清河市教育体育局"), ImportOptions{}, name + "!C4 import-owner 清河市教育体育局 清河市市场监督管理局", ""},
		{"signed by another county", changed(county, mainSheet, "C5", "西城街道市场监管所"), ImportOptions{}, name + "!C5 import-owner-doubt 西城街道 东城街道", "data/q2/shichang/dongcheng.yaml"},
		{"a county without saying so", changed(bare(mine), mainSheet, "C4", "西城街道市场监管所"), ImportOptions{}, name + "!C4 import-owner 西城街道 --region", ""},
		{"a county in the whole's workbook", changed(mine, mainSheet, "C4", "西城街道市场监管所"), ImportOptions{}, name + "!C4 import-owner-doubt 西城街道", "data/q3/shichang.yaml"},
		{"a newer program's", changed(mine, hiddenSheet, "B1", "9"), ImportOptions{}, name + " import-kind 更新的程序", ""},
		{"a spoilt hidden sheet", changed(mine, hiddenSheet, "B1", "x"), ImportOptions{}, name + " import-template 版本号", ""},
		{"a department without rows", changed(changed(bare(mine), mainSheet, "D3", "部门：城管局"), mainSheet, "C4", "城管局"), ImportOptions{}, name + " import-owner 没有项目", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, got := Import(c, name, test.data, test.options)
			expect(t, got, test.want)
			if path := pathOf(r); path != test.path {
				t.Errorf("goes to %q, want %q", path, test.path)
			}
		})
	}
}

func pathOf(r *Result) string {
	if r == nil {
		return ""
	}
	return r.Path
}

// TestOldTemplates imports forms that were sent out before the form changed.
func TestOldTemplates(t *testing.T) {
	fsys := small(t)
	before := load(t, fsys)
	base := filled(t, before)
	const file = "data/form.yaml"
	for _, test := range []struct {
		name, from, to, want string
	}{
		{"reordered", "  - {部门: shichang, 名称: 罚没款, 单位: 万元}\n  - {部门: shichang, 名称: 销毁问题食品, 单位: 千克, 小数: 1}\n",
			"  - {部门: shichang, 名称: 销毁问题食品, 单位: 千克, 小数: 1}\n  - {部门: shichang, 名称: 罚没款, 单位: 万元}\n", ""},
		{"renamed", "名称: 销毁问题食品", "名称: 销毁不合格食品", `
			市场监管局.xlsx import-template 现在没有“销毁问题食品（千克）” 现在多出“销毁不合格食品（千克）”
			市场监管局.xlsx import-row 没有“销毁不合格食品”这一行
			市场监管局.xlsx!B12 import-row 没有“销毁问题食品” 是不是“销毁不合格食品”`},
		{"unit changed", "单位: 万元", "单位: 元", `
			市场监管局.xlsx import-template 罚没款（万元） 罚没款（元）
			市场监管局.xlsx import-row 没有“罚没款”这一行
			市场监管局.xlsx!B11 import-unit 单位是万元 单位是元`},
		{"a row more", "  - {部门: shichang, 名称: 罚没款", "  - {部门: shichang, 名称: 约谈, 单位: 次}\n  - {部门: shichang, 名称: 罚没款", `
			市场监管局.xlsx import-template 现在多出“约谈（次）”
			市场监管局.xlsx import-row 没有“约谈”这一行`},
		{"a row less", "      - {名称: 无证经营}\n", "", `
			市场监管局.xlsx import-template 现在没有“无证经营（件）”
			市场监管局.xlsx!B8 import-row 没有“无证经营”`},
	} {
		t.Run(test.name, func(t *testing.T) {
			changed := with(t, fsys, file, test.from, test.to)
			for name := range changed {
				if strings.HasPrefix(name, "data/q") || strings.HasPrefix(name, "content/") {
					delete(changed, name)
				}
			}
			r, got := Import(load(t, changed), name, base, ImportOptions{})
			expect(t, got, test.want)
			if (r != nil) != (test.want == "") {
				t.Errorf("result %v", r)
			}
		})
	}
}

// TestSameNames tells rows apart that share a name: by unit, by the row they
// divide, and at last by the hidden ids.
func TestSameNames(t *testing.T) {
	fsys := small(t)
	for name := range fsys {
		if strings.HasPrefix(name, "data/q") || strings.HasPrefix(name, "content/") {
			delete(fsys, name)
		}
	}
	fsys = with(t, fsys, "data/form.yaml", "  - {部门: shichang, 名称: 罚没款", "  - {部门: shichang, 名称: 约谈, 单位: 件, 其中: [{名称: 无证经营}]}\n  - {部门: shichang, 名称: 罚没款")
	c := load(t, fsys)
	fill := func(t *testing.T, work func(f *excelize.File) error) []byte {
		return edited(t, export(t, c, "q3", "shichang", "").Data, func(f *excelize.File) error {
			for row := 6; row <= 14; row++ {
				if err := f.SetCellDefault(mainSheet, "E"+itoa(row), itoa(row)); err != nil {
					return err
				}
			}
			return firstError(f.SetCellStr(mainSheet, "E4", "2026-05-28"), work(f))
		})
	}
	want := "  立案/无证经营: 8\n  经营过期食品: 9\n  移送公安机关: 10\n  约谈: 11\n  约谈/无证经营: 12\n"
	for name, work := range map[string]func(f *excelize.File) error{
		"as printed":    func(*excelize.File) error { return nil },
		"without ids":   func(f *excelize.File) error { return f.RemoveCol(mainSheet, "G") },
		"spelt in full": func(f *excelize.File) error { return f.SetCellStr(mainSheet, "C12", "约谈（件）/无证经营") },
		"moved away, by id": func(f *excelize.File) error {
			return firstError(f.DuplicateRowTo(mainSheet, 8, 20), f.RemoveRow(mainSheet, 8), f.UnmergeCell(mainSheet, "A6", "A13"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := imported(t, c, name, fill(t, work), ImportOptions{})
			if !strings.Contains(string(r.New), want) {
				t.Errorf("got\n%s", r.New)
			}
		})
	}
	data := fill(t, func(f *excelize.File) error {
		return firstError(f.RemoveCol(mainSheet, "G"), f.SetCellStr(mainSheet, "B11", "约谈"), f.DuplicateRowTo(mainSheet, 8, 6), f.RemoveRow(mainSheet, 9))
	})
	_, got := Import(c, "x.xlsx", data, ImportOptions{})
	expect(t, got, `
		x.xlsx import-row 没有“立案/无证经营”这一行
		x.xlsx!B6 import-row 可以是 2 个项目 “立案/无证经营” 或 “约谈/无证经营”`)
}

func TestCellNames(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 52: "AZ", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := columnName(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
		if row, column, ok := parseReference(fmt.Sprintf("$%s$7", want)); row != 7 || column != n || !ok {
			t.Errorf("%s7 is %d, %d", want, row, column)
		}
	}
	at := Cell{File: "公安局.xlsx", Sheet: "本级", Row: 7, Column: 3}
	if at.String() != "公安局.xlsx!本级!C7" || at.Position() != (campaign.Position{File: "公安局.xlsx", Line: 7, Column: 3}) {
		t.Errorf("%s, %s", at, at.Position())
	}
	if p := (Cell{File: "公安局.xlsx"}).Position(); p != campaign.InFile("公安局.xlsx") {
		t.Errorf("%s", p)
	}
}
