package privacy

import (
	"fmt"
	"strings"
	"testing"
)

// parse makes lines of a small drawing: a row between bars is one of a table, "+"
// begins another.
func parse(text string) (lines []Line) {
	table := 1
	for _, l := range strings.Split(text, "\n") {
		if l == "+" {
			table++
			continue
		}
		row, ok := strings.CutPrefix(l, "|")
		if !ok {
			lines = append(lines, Line{Text: l})
			continue
		}
		cells := strings.Split(strings.TrimSuffix(row, "|"), "|")
		lines = append(lines, Line{Text: strings.Join(cells, "\t"), Cells: cells, Table: table})
	}
	return lines
}

// TestJoined: what stands in several lines or cells is found where its first
// character stands.
func TestJoined(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"|姓名|职务|\n|王小明|科长|\n|李建国|科员|", "姓名王小明 1/0/1 姓名李建国 2/0/1"},
		{"|序号|姓名|职务|\n|1|王小明|科长|", "姓名王小明 1/1/1"},
		{"|人员名单|||\n|序号|姓 名|职务|\n|1| 王小明|科长|", "姓名王小明 2/1/2"},
		{"|序号|法定代表人（负责人）|\n|1|陈静|", "姓名陈静 1/1/1"},
		{"|姓|名|\n|王|小明|\n|欧阳|静|", "姓名王小明 1/0/1 姓名欧阳静 2/0/1"},
		{"|姓名|王|小|明|", "姓名王小明 0/1/1"},
		{"|单位|家庭住址|\n|甲店|章贡区红旗大道12号3栋501室|", "住址章贡区红旗大道12号3栋501室 1/1/1"},
		{"|姓名|护照|\n|张某|E12345678|", "护照号E12345678 1/1/1"},
		{"|电话|\n|8000123|", "固定电话8000123 1/0/1"},
		{"|一|二|三|\n|138|0013|8000|", "手机号13800138000 1/0/1"},
		{"|甲|138|0013|8000|", "手机号13800138000 0/1/1"},
		{"|手机|139|1234|5678|", "手机号13912345678 0/1/1"},
		{"|139|1234|5678|", "手机号13912345678 0/0/1"},
		{"|1|3|8|0|0|1|3|8|0|0|0|", "手机号13800138000 0/0/1"},
		{"|证|1|1|0|1|0|1|1|9|9|0|0|3|0|7|7|7|5|8|", "身份证号110101199003077758 0/1/1"},
		{"法定代表人：\n王小明", "姓名王小明 1/0/1"},
		{"法定代表人\n王小明", "姓名王小明 1/0/1"},
		{"联 系 人\n 王小明", "姓名王小明 1/0/2"},
		{"法定代表\n人：王小明", "姓名王小明 1/0/3"},
		{"经营者：王\n小明，", "姓名王小明 0/0/5"},
		{"住址：\n赣州市章贡区红旗大道12号", "住址赣州市章贡区红旗大道12号 1/0/1"},
		{"联系电话\n8000123", "固定电话8000123 1/0/1"},
		{"护照号码：\nE12345678", "护照号E12345678 1/0/1"},
		{"请拨打138001\n38000联系", "手机号13800138000 0/0/4"},
		{"138\n0013\n8000", "手机号13800138000 0/0/1"},
		{"手机\n139\n1234\n5678", "手机号13912345678 1/0/1"},
		{"出生日期\n1990-01-01", "出生日期1990-01-01 1/0/1"},
		{"银行账号：\n1234567890123", "银行账号1234567890123 1/0/1"},
	} {
		var got []string
		for _, f := range Joined(parse(c.text)) {
			got = append(got, fmt.Sprintf("%s%s %d/%d/%d", f.What, f.Text, f.Line, f.Cell, f.Column))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: %v, want %s", c.text, got, c.want)
		}
	}
}

// TestJoinedInnocent: tables of figures, forms that are not filled in and lines that
// only follow each other hold nothing.
func TestJoinedInnocent(t *testing.T) {
	for _, text := range []string{
		"|立案|罚款|结案|\n|138|2013|8000|",
		"|地区|立案|罚款|结案|\n|南康区|138|2013|8000|",
		"|月份|1|3|8|2|2|1|3|8|2|2|2|7|",
		"|姓名|性别|民族|\n|单位|职务|车牌号|\n|金额|时间|项目|",
		"|负责人|成立日期|\n|办公室|2020年1月|",
		"|姓名|张某|\n|单位名称|甲店|\n|方式|网上|",
		"|法定代表人|李某某|\n|成员单位|三家|",
		"|姓名|\n|王某|\n|×××|\n|（略）|",
		"|姓名|性别|\n|+|\n",
		"138\n2013\n8000\n12\n9",
		"2022年1月至11月共138\n13家网店",
		"关于联系人\n金额不大的案件由县局办理。",
		"一、负责人\n黄金周期间，各地加强巡查。",
		"电话\n本局收到后十日内答复。",
		"住址\n不公开。",
		"查处案件138\n0件",
	} {
		if found := Joined(parse(text)); len(found) > 0 {
			t.Errorf("%q: %+v", text, found)
		}
	}
}

// TestJoinedIsLinear: the work grows with the table and the text.
func TestJoinedIsLinear(t *testing.T) {
	for _, text := range []string{"|姓名|138|0|\n", "138\n", "负责人\n", "|1|", "姓|名|", "王\n"} {
		if n := len(Joined(parse(strings.Repeat(text, 20_000)))); n > 0 && text != "负责人\n" {
			t.Errorf("%q: %d", text, n)
		}
	}
}
