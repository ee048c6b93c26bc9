package forms

import (
	"slices"
	"strconv"
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
func expect(t *testing.T, got []campaign.Finding, want string) {
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

// filledYAML is what the filled form says.
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
				if err := swap(f, "A"+strconv.Itoa(row), "F"+strconv.Itoa(row)); err != nil {
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
		{"quantity merged with its unit", func(f *excelize.File) error { return f.MergeCell(mainSheet, "D8", "E8") }, `
			市场监管局.xlsx!E8 import-merge 左边的格子`},
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
		{"a day that nobody can read", func(f *excelize.File) error { return str(f, "E4", "上月底") }, `
			市场监管局.xlsx!E4 import-date 上月底`},
		{"a day behind its label", func(f *excelize.File) error { return str(f, "D4", "填报日期：2026年13月1日", "E4", "") }, `
			市场监管局.xlsx!D4 import-date 2026年13月1日`},
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
		{"a copy of the sheet", func(f *excelize.File) error {
			n, err := f.NewSheet("统计表 (2)")
			return firstError(err, f.CopySheet(0, n))
		}, `
			市场监管局.xlsx import-table “统计表”、“统计表 (2)”`},
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

// TestMergedRemark: a remark over several rows is the remark of each.
func TestMergedRemark(t *testing.T) {
	c := load(t, small(t))
	data := edited(t, filled(t, c), func(f *excelize.File) error {
		return firstError(f.SetCellStr(mainSheet, "F8", "含移送"), f.SetCellStr(mainSheet, "F9", ""), f.MergeCell(mainSheet, "F8", "F10"))
	})
	r := imported(t, c, name, data, ImportOptions{})
	if n := strings.Count(string(r.New), "备注: 含移送}"); n != 3 {
		t.Errorf("%d rows have the remark:\n%s", n, r.New)
	}
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
			if err := f.SetCellStr(ownSheet, "E"+strconv.Itoa(row), ""); err != nil {
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

func TestCellNames(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 52: "AZ", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := campaign.ColumnName(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
	im := &importer{file: "公安局.xlsx"}
	if at := im.place(&grid{name: "本级"}, 7, 3); at.String() != "公安局.xlsx!本级!C7" {
		t.Error(at)
	}
	if at := im.whole(); at.String() != "公安局.xlsx" {
		t.Error(at)
	}
}
