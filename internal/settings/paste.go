package settings

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
)

// headings are other words for columns, as tables of offices have them.
var headings = map[string][]string{
	"代号":      {"代码", "编码", "行政区划代码"},
	"名称":      {"项目", "项目名称", "指标", "指标名称", "部门名称", "单位名称", "全称", "县（市、区）", "地区名称", "任务", "重点任务", "阶段名称", "期次名称"},
	"简称":      {"简写"},
	"别名":      {"别称"},
	"部门":      {"填报部门", "责任部门", "牵头单位", "填报单位"},
	"单位":      {"计量单位"},
	"责任单位":    {"责任部门", "牵头部门", "配合单位"},
	"截止":      {"截止日期", "截止时间", "报送截止"},
	"起":       {"开始", "开始日期", "起始日期", "开始时间"},
	"止":       {"结束", "结束日期", "截止日期", "结束时间"},
	"摘要":      {"说明", "主要任务", "内容"},
	"典型案例不少于": {"案例数", "典型案例数"},
	"其中":      {"隶属", "上级项目"},
	"小数":      {"小数位数"},
}

// ignored are columns that count the rows or say nothing.
var ignored = []string{"序号", "编号", "备注", ""}

// Paste reads rows as they come from a spreadsheet or a table of Word: cells between
// tabs, the first line with the headings. One column without a heading is the names.
// What a row does not say it keeps from the row of the same 代号 or name, and a 代号
// that nobody has written is made.
func (l *List) Paste(pasted string) (rows []Row, problems []Problem) {
	cells, err := table(pasted)
	if err != nil {
		return nil, []Problem{{0, "读不出粘贴的内容：" + err.Error()}}
	}
	if len(cells) == 0 {
		return nil, nil
	}
	columns, headed := l.headed(cells[0].cells)
	switch {
	case headed && !slices.Contains(columns, "名称"):
		return nil, []Problem{{1, "第一行的列名里没有“名称”"}}
	case !headed && widest(cells) > 1:
		return nil, []Problem{{1, "第一行要写列名：" + strings.Join(l.names(), "、") + "（在 Excel 里连表头一起复制）"}}
	case !headed:
		columns = []string{"名称"}
	default:
		cells = cells[1:]
	}
	above := map[string]string{}
	for _, line := range cells {
		row := Row{Values: map[string]string{}}
		for n, value := range line.cells {
			if n < len(columns) && columns[n] != "" {
				row.Values[columns[n]] = value
			}
		}
		l.settle(&row, above)
		if row.Values["名称"] == "" {
			problems = append(problems, Problem{line.number, "没有名称"})
			continue
		}
		if row.Part && len(rows) == 0 {
			problems = append(problems, Problem{line.number, "第一行不能是“其中”的一行"})
			continue
		}
		for _, k := range l.Columns() {
			if why := wrong(k, row.Values[k.Name]); why != "" {
				problems = append(problems, Problem{line.number, fmt.Sprintf("“%s”%s：%s", k.Name, why, row.Values[k.Name])})
			}
		}
		rows = append(rows, l.filled(row, columns))
	}
	l.number(rows)
	return rows, problems
}

// line is a pasted line that is not empty.
type line struct {
	number int
	cells  []string
}

// table takes pasted text apart. A cell with a line end stands in quotes, as
// spreadsheets copy it.
func table(pasted string) (list []line, err error) {
	pasted = strings.ReplaceAll(strings.ReplaceAll(pasted, "\r\n", "\n"), "\u00a0", " ")
	r := csv.NewReader(strings.NewReader(typed(pasted)))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = '\t', -1, true
	for {
		cells, err := r.Read()
		if err != nil {
			if len(cells) == 0 && err == io.EOF {
				return list, nil
			}
			return nil, err
		}
		number, _ := r.FieldPos(0)
		empty := true
		for n := range cells {
			cells[n] = strings.Join(strings.Fields(cells[n]), " ")
			empty = empty && cells[n] == ""
		}
		if !empty {
			list = append(list, line{number, cells})
		}
	}
}

// typed has tabs for the strokes of a line that was typed: a page takes no tab.
func typed(text string) string {
	var b strings.Builder
	for l := range strings.Lines(text) {
		if !strings.Contains(l, "\t") {
			l = strings.NewReplacer("|", "\t", "｜", "\t").Replace(l)
		}
		b.WriteString(l)
	}
	return b.String()
}

func widest(lines []line) (most int) {
	for _, l := range lines {
		for n, cell := range l.cells {
			if cell != "" {
				most = max(most, n+1)
			}
		}
	}
	return most
}

func (l *List) names() (list []string) {
	for _, k := range l.Columns() {
		list = append(list, k.Name)
	}
	return list
}

// headed reads a line of headings: the column of each, "" for one that is left out;
// false for a line that has none.
func (l *List) headed(cells []string) (columns []string, ok bool) {
	known := 0
	for _, cell := range cells {
		cell = strings.TrimRight(strings.ReplaceAll(cell, " ", ""), "*＊")
		found := ""
		for _, k := range l.Columns() {
			if k.Name == cell {
				found = k.Name
			}
		}
		for _, k := range l.Columns() {
			if found == "" && slices.Contains(headings[k.Name], cell) && !slices.Contains(columns, k.Name) {
				found = k.Name
			}
		}
		if found != "" && !slices.Contains(columns, found) {
			known++
		} else {
			found = ""
		}
		columns = append(columns, found)
	}
	return columns, known > 0 && known+count(cells, ignored) >= (len(cells)+1)/2
}

func count(cells, of []string) (n int) {
	for _, c := range cells {
		if slices.Contains(of, c) {
			n++
		}
	}
	return n
}

// settle says what a row of a form means: a cell of the department that is merged
// with the one above, and the words 其中 before a name.
func (l *List) settle(row *Row, above map[string]string) {
	if l.parts == "" {
		return
	}
	name := row.Values["名称"]
	for _, mark := range []string{"其中：", "其中:", "其中 "} {
		if rest, ok := strings.CutPrefix(name, mark); ok {
			name, row.Part = strings.TrimSpace(rest), true
		}
	}
	row.Values["名称"] = name
	if yes := row.Values[l.parts]; yes != "" && yes != "否" {
		row.Part = true
	}
	delete(row.Values, l.parts)
	if row.Part {
		delete(row.Values, "部门")
		return
	}
	if row.Values["部门"] == "" {
		row.Values["部门"] = above["部门"]
	}
	above["部门"] = row.Values["部门"]
}

// wrong says why a value is not of its column's kind, "" for one that is.
func wrong(k format.Key, value string) string {
	switch {
	case value == "":
	case k.Type == format.Date:
		if _, err := campaign.ParseDate(value); err != nil {
			return "不是日期，写成 2022-11-26"
		}
	case k.Type == format.Integer:
		if n, err := strconv.Atoi(value); err != nil || n < 0 {
			return "不是整数"
		}
	case k.Type == format.Choice && k.Refers == "" && !slices.Contains(k.Choices, value):
		return "只能写" + strings.Join(k.Choices, "、")
	case k.Type == format.Flag && !slices.Contains([]string{"是", "否", "true", "false"}, value):
		return "只能写 是，或空着"
	}
	return ""
}

// filled adds what the pasted columns do not have and the row of before has.
func (l *List) filled(row Row, columns []string) Row {
	if no := row.Values["不计入合计"]; no == "否" || no == "false" {
		delete(row.Values, "不计入合计")
	}
	for _, was := range l.Rows {
		code, name := row.Values["代号"], row.Values["名称"]
		same := code != "" && was.Values["代号"] == code || code == "" && was.Values["名称"] == name
		if l.parts != "" {
			same = was.Values["名称"] == name && was.Part == row.Part && was.Values["部门"] == row.Values["部门"] &&
				(row.Values["单位"] == "" || was.Values["单位"] == row.Values["单位"])
		}
		if !same {
			continue
		}
		for _, k := range l.Columns() {
			if !slices.Contains(columns, k.Name) && row.Values[k.Name] == "" {
				row.Values[k.Name] = was.Values[k.Name]
			}
		}
		if row.Values["代号"] == "" && was.Values["代号"] != "" {
			row.Values["代号"] = was.Values["代号"]
		}
		row.other = was.other
		break
	}
	return row
}

// number makes the 代号 that are not written.
func (l *List) number(rows []Row) {
	if l.code == "" {
		return
	}
	taken := map[string]bool{}
	for _, row := range rows {
		taken[row.Values["代号"]] = true
	}
	next := 1
	for _, row := range rows {
		if row.Values["代号"] != "" {
			continue
		}
		for taken[fmt.Sprintf("%s%d", l.code, next)] {
			next++
		}
		row.Values["代号"] = fmt.Sprintf("%s%d", l.code, next)
		taken[row.Values["代号"]] = true
	}
}
