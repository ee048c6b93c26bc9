package forms

import (
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/source"
)

// cell finds a cell by words: q2 教体局 检查学校食堂 [地区|本级] [备注|上年同期].
func cell(t *testing.T, c *campaign.Campaign, words string) Cell {
	t.Helper()
	list := strings.Fields(words)
	at := Cell{Round: c.FindRound(list[0]), Field: QuantityField}
	rows := c.Form.Find(c.FindDepartment(list[1]), list[2])
	if at.Round == nil || len(rows) != 1 {
		t.Fatal("no cell " + words)
	}
	at.Row = rows[0]
	for _, w := range list[3:] {
		if f, ok := FieldOf(w); ok {
			at.Field = f
		} else if at.Own = w == "本级"; !at.Own {
			if at.Region = c.FindRegion(w); at.Region == nil {
				t.Fatal("no region " + w)
			}
		}
	}
	return at
}

// setCells makes edits "cell = text" in a campaign.
func setCells(t *testing.T, fsys fstest.MapFS, edits ...string) (*change.Set, []CellFault) {
	t.Helper()
	c := load(t, fsys)
	s := change.Of(fsys)
	var list []CellEdit
	for _, e := range edits {
		words, text, _ := strings.Cut(e, " = ")
		list = append(list, CellEdit{cell(t, c, words), text})
	}
	return s, SetCells(c, s, list, day(t, "2026-05-10"))
}

// TestSetCells: a form differs after the edits in what was asked for, and in not one
// character else.
func TestSetCells(t *testing.T) {
	const start = "# 教体局   的报表\n填报单位: 清河市教育体育局\n填报日期: 2026-04-28\n\n项目:\n"
	for _, test := range []struct{ name, old, edit, want string }{
		{"a number", "  检查学校食堂: 45     # 含幼儿园\n\n  抽检（批次）: 0\n", "q2 教体局 检查学校食堂 = 46", "  检查学校食堂: 46     # 含幼儿园\n\n  抽检（批次）: 0\n"},
		{"as Excel has it", "  检查学校食堂: 45 # 含\n", "q2 教体局 检查学校食堂 = 1,046 家", "  检查学校食堂: 1046 # 含\n"},
		{"full-width digits", "  检查学校食堂: 45\n", "q2 教体局 检查学校食堂 = １２３", "  检查学校食堂: 123\n"},
		{"无 is not zero", "  检查学校食堂: 0\n", "q2 教体局 检查学校食堂 = 无", "  检查学校食堂: 无\n"},
		{"zero is not 无", "  检查学校食堂: 无\n", "q2 教体局 检查学校食堂 = 0", "  检查学校食堂: 0\n"},
		{"a remark", "  检查学校食堂: 45 # 含\n", "q2 教体局 检查学校食堂 备注 = 含幼儿园: 3 所", "  检查学校食堂: {数量: 45, 备注: '含幼儿园: 3 所'} # 含\n"},
		{"another remark", "  检查学校食堂: {数量: 45, 备注: 旧的} # 含\n", "q2 教体局 检查学校食堂 备注 = 新的", "  检查学校食堂: {数量: 45, 备注: 新的} # 含\n"},
		{"no remark any more", "  检查学校食堂: {数量: 45, 备注: 旧的}\n", "q2 教体局 检查学校食堂 备注 = ", "  检查学校食堂: 45\n"},
		{"a number beside a remark", "  检查学校食堂:\n    数量: 45 # 甲\n    备注: 旧的 # 乙\n", "q2 教体局 检查学校食堂 = 46", "  检查学校食堂:\n    数量: 46 # 甲\n    备注: 旧的 # 乙\n"},
		{"last year", "  检查学校食堂: 45\n", "q2 教体局 检查学校食堂 上年同期 = 30", "  检查学校食堂: {数量: 45, 上年同期: 30}\n"},
		{"one that was not filled in", "  检查学校食堂:   # 问过了\n  抽检（批次）: 0\n", "q2 教体局 检查学校食堂 = 7", "  检查学校食堂: 7   # 问过了\n  抽检（批次）: 0\n"},
		{"one that is missing comes in its order", "  检查学校食堂: 45 # 甲\n  抽检（份）: 2\n", "q2 教体局 抽检（批次） = 3", "  检查学校食堂: 45 # 甲\n  抽检（批次）: 3\n  抽检（份）: 2\n"},
		{"the first is missing", "  抽检（份）: 2 # 乙\n", "q2 教体局 检查学校食堂 = 3", "  检查学校食堂: 3\n  抽检（份）: 2 # 乙\n"},
		{"one is cleared", "  检查学校食堂: 45\n  抽检（份）: 2 # 乙\n", "q2 教体局 检查学校食堂 = ", "  抽检（份）: 2 # 乙\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for ends, convert := range map[string]func(string) string{
				"unix": func(s string) string { return s }, "windows": func(s string) string { return "\ufeff" + strings.ReplaceAll(s, "\n", "\r\n") },
			} {
				fsys := small(t)
				c := load(t, fsys)
				fsys["data/q2/jiaoyu.yaml"] = &fstest.MapFile{Data: []byte(convert(start + test.old))}
				words, text, _ := strings.Cut(test.edit, " = ")
				s := change.Of(fsys)
				if faults := SetCells(c, s, []CellEdit{{cell(t, c, words), text}}, day(t, "2026-05-10")); len(faults) > 0 {
					t.Fatal(faults[0].Message)
				}
				got, err := fs.ReadFile(s.FS(), "data/q2/jiaoyu.yaml")
				if err != nil {
					t.Fatal(err)
				}
				if want := convert(start + test.want); string(got) != want {
					t.Errorf("%s: got\n%s\nwant\n%s", ends, got, want)
				}
			}
		})
	}
}

// TestSetCellsKeepsText: the number that was typed is the one that is written.
func TestSetCellsKeepsText(t *testing.T) {
	fsys := sample(t)
	file := "data/final/shijian.yaml"
	c := load(t, fsys)
	var row *campaign.Row
	for _, r := range c.Form.RowsOf(c.FindDepartment("shijian")) {
		if r.MaxDecimals() < 0 && r.Unit != "" {
			row = r
		}
	}
	if row == nil {
		t.Fatal("no measure")
	}
	for _, text := range []string{"3.5", "3.50", "12345678901234567890.123456789"} {
		s := change.Of(fsys)
		at := Cell{Round: c.FindRound("final"), Row: row, Field: QuantityField}
		if faults := SetCells(c, s, []CellEdit{{at, text}}, day(t, "2022-12-01")); len(faults) > 0 {
			t.Fatal(faults[0].Message)
		}
		got, _ := fs.ReadFile(s.FS(), file)
		if !strings.Contains(string(got), ": "+text+"\n") && !strings.Contains(string(got), "数量: "+text) {
			t.Errorf("%s is not in\n%s", text, got)
		}
		fsys[file] = &fstest.MapFile{Data: got}
	}
}

// TestSetCellsBegins: typing into the sheet of a unit that has sent none begins its
// form; a whole block is one change.
func TestSetCellsBegins(t *testing.T) {
	fsys := small(t)
	s, faults := setCells(t, fsys,
		"q2 市场监管局 立案 南山镇 = 3", "q2 市场监管局 检查食品经营单位 南山镇 = 34", "q2 市场监管局 检查食品经营单位 南山镇 备注 = 电话报的",
		"q2 教体局 检查学校食堂 = 46", "q2 市场监管局 立案 本级 = 2")
	if len(faults) > 0 {
		t.Fatal(faults[0].Message)
	}
	if got := len(s.Files()); got != 3 {
		t.Errorf("%d files", got)
	}
	got, _ := s.Read("data/q2/shichang/nanshan.yaml")
	want := "# 南山镇市场监管局 第二次报表\n填报单位: 南山镇市场监管局\n填报日期: 2026-05-10\n项目:\n  检查食品经营单位: {数量: 34, 备注: 电话报的}\n  立案: 3\n"
	if string(got) != want {
		t.Errorf("got\n%s", got)
	}
	after := maps.Clone(fsys)
	for _, f := range s.Files() {
		after[f.Name] = &fstest.MapFile{Data: f.New}
	}
	c, _ := source.Load(after)
	if r := c.Report(c.FindRound("q2"), c.FindDepartment("市场监管局"), c.FindRegion("南山镇")); r == nil || len(r.Entries) != 2 {
		t.Errorf("it reads as %v", r)
	}
}

// TestSetCellsRefuses: what cannot be taken surely is a fault at its cell, and
// nothing of the block is noted.
func TestSetCellsRefuses(t *testing.T) {
	for edit, want := range map[string]string{
		"q2 教体局 检查学校食堂 = 约40":         "不是确切的数字",
		"q2 教体局 检查学校食堂 = -":           "看不出是 0 还是 无",
		"q2 教体局 检查学校食堂 = 4.5":         "只能是整数",
		"q2 教体局 检查学校食堂 = 1,2":         "逗号的位置不对",
		"q2 教体局 检查学校食堂 = 3万家":         "程序不作换算",
		"q2 教体局 检查学校食堂 = =1+1":        "不是确切的数字",
		"q2 教体局 检查学校食堂 = -3":          "",
		"q2 市场监管局 立案 东城街道 = 汇总":       "只有部门的总表可以",
		"q2 市场监管局 立案 南山镇 备注 = 说明":     "还没有填数量",
		"q2 教体局 检查学校食堂 备注 = 零\u200b宽": "不能公布的字符",
		"q2 教体局 检查学校食堂 上年同期 = 汇总":     "只有部门的总表可以",
	} {
		t.Run(edit, func(t *testing.T) {
			s, faults := setCells(t, small(t), "q2 教体局 抽检（批次） = 9", edit)
			if len(faults) != 1 || !strings.Contains(faults[0].Message, want) || faults[0].Hint == "" || faults[0].Rule == "" {
				t.Errorf("faults %+v", faults)
			}
			if !s.IsEmpty() {
				t.Error("something is noted")
			}
		})
	}
}

// TestSetCellsUnread: a form that cannot be read is mended first, never begun anew
// beside it; one that can be mended by the edit is.
func TestSetCellsUnread(t *testing.T) {
	for name, text := range map[string]string{"data/q2/jiaoyu.yaml": "项目：\n", "data/q2/jiaoyu.yml": "项目:\n", "data/q2/教体局.xlsx": "PK"} {
		fsys := small(t)
		c := load(t, fsys)
		at := cell(t, c, "q2 教体局 检查学校食堂")
		delete(fsys, "data/q2/jiaoyu.yaml")
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
		s := change.Of(fsys)
		broken, _ := source.Load(fsys)
		at.Row, at.Round = broken.Form.Find(broken.FindDepartment("教体局"), "检查学校食堂")[0], broken.FindRound("q2")
		faults := SetCells(broken, s, []CellEdit{{at, "3"}}, day(t, "2026-05-10"))
		if len(faults) != 1 || !s.IsEmpty() {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

// TestReadCells: a form's cells read as they are written, wrong ones too.
func TestReadCells(t *testing.T) {
	c := load(t, small(t))
	list, ok := ReadCells(&c.Form, c.FindDepartment("教体局"), []byte("填报单位: x\n项目:\n  检查学校食堂: {数量: 3.50, 备注: 甲, 上年同期: 2}\n  抽检（批次）: 约40\n  抽检（份）:\n本级:\n  检查学校食堂: 无\n"))
	var got []string
	for _, w := range list {
		got = append(got, fmt.Sprint(w.Row.Name, w.Row.Unit, w.Own, w.Field, w.Text, w.Line))
	}
	want := "检查学校食堂家false数量3.503 检查学校食堂家false备注甲3 检查学校食堂家false上年同期23 抽检批次false数量约404 抽检份false数量5 检查学校食堂家true数量无7"
	if !ok || strings.Join(got, " ") != want {
		t.Errorf("got %v", strings.Join(got, " "))
	}
	if _, ok := ReadCells(&c.Form, c.FindDepartment("教体局"), []byte("项目：\n")); ok {
		t.Error("what is no YAML was read")
	}
}
