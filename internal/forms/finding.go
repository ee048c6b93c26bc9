package forms

import (
	"cmp"
	"fmt"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/xlsx"
)

// Cell is a place in a file that came back. Row and Column count from 1; both
// are 0 where the whole file is meant.
type Cell struct {
	File        string
	Sheet       string // empty for the form's main sheet, and in CSV
	Row, Column int
}

// String gives 公安局.xlsx!C7, or 公安局.xlsx!本级!C7 in the second sheet.
func (c Cell) String() string {
	text := c.File
	if c.Sheet != "" {
		text += "!" + c.Sheet
	}
	if c.Row > 0 {
		text += "!" + xlsx.Cell(c.Column, c.Row)
	}
	return text
}

// Position gives the cell as line and column, for output that has no cells.
func (c Cell) Position() campaign.Position {
	return campaign.Position{File: c.File, Line: max(c.Row, 1), Column: max(c.Column, 1)}
}

// Finding is something in a file that could not be read surely (an error:
// nothing is imported), or that someone should look at (a warning).
type Finding struct {
	Level   campaign.Level
	Rule    string // one of Rules
	At      Cell
	Message string
	Hint    string
}

func (f Finding) String() string {
	return fmt.Sprintf("%s：%s（%s）[%s]", f.At, f.Message, f.Hint, f.Rule)
}

// Rule is a reason for which an import is refused or doubted.
type Rule struct {
	Code  string
	Level campaign.Level
	Words string // what must hold, in one Chinese sentence
}

// Rules lists the reasons, for the manual and check --rules.
var Rules = []Rule{
	{"import-kind", campaign.Error, "导入的文件是 xlsx 工作簿或 CSV，没有损坏，也没有设打开密码。"},
	{"import-size", campaign.Error, "导入的文件大小像一张报表，不是压缩炸弹。"},
	{"import-active", campaign.Error, "导入的文件没有宏、外部链接和数据连接。"},
	{"import-table", campaign.Error, "文件里有且只有一张带“项目”“数量”表头的表（另可有一张“本级”）。"},
	{"import-owner", campaign.Error, "文件属于本活动，看得出是哪一期、哪个部门、哪个地区的，并与指定的一致。"},
	{"import-owner-doubt", campaign.Warning, "填报单位像是本表所属的单位。"},
	{"import-template", campaign.Warning, "表样与当前的统计表一致。"},
	{"import-row", campaign.Error, "表里的每一行都是统计表的项目，一行不多、一行不少、不重复。"},
	{"import-unit", campaign.Error, "数字的单位就是这一行的单位，不作换算。"},
	{"import-blank", campaign.Error, "每个数量都填了：没有发生填 0，无此项填 无。"},
	{"import-quantity", campaign.Error, "数量是能确切读出的数字、无 或 汇总，存的和显示的一样。"},
	{"import-formula", campaign.Error, "填写的格子里是值，不是公式。"},
	{"import-merge", campaign.Error, "一个数量占一行，没有和别的行合并。"},
	{"import-text", campaign.Error, "填报单位和备注里没有无法公布的字符。"},
	{"import-date", campaign.Error, "填报日期是确切的一天。"},
	{"import-own-empty", campaign.Warning, "“本级”一格不填，就不改原有的本级。"},
	{"import-existing", campaign.Error, "要改写的 YAML 文件本身读得通。"},
}

// problem is a finding that does not know its place yet.
type problem struct{ rule, message, hint string }

func problemf(rule, hint, format string, args ...any) *problem {
	return &problem{rule, fmt.Sprintf(format, args...), hint}
}

// findings gathers what is wrong with one file.
type findings []Finding

func (l *findings) add(at Cell, p *problem) {
	level := campaign.Error
	for _, r := range Rules {
		if r.Code == p.rule {
			level = r.Level
		}
	}
	*l = append(*l, Finding{level, p.rule, at, p.message, p.hint})
}

func (l findings) failed() bool {
	return slices.ContainsFunc(l, func(f Finding) bool { return f.Level == campaign.Error })
}

// sorted orders findings as a reader meets the cells.
func (l findings) sorted() []Finding {
	slices.SortStableFunc(l, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.At.Sheet, b.At.Sheet), cmp.Compare(a.At.Row, b.At.Row), cmp.Compare(a.At.Column, b.At.Column))
	})
	return l
}
