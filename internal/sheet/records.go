package sheet

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// column is a column of the flat list: its name, what it holds, for people and
// programs, and a figure's cell, made when it is written, for of a thousand
// counties they take 180 bytes each, several times over. Quantities are text: what was written, digit
// for digit.
type column struct {
	name, about string
	of          func(*stats.Figure) string
}

var columns = []column{
	{"期次", "报送期次的名称；口径见 rounds", func(f *stats.Figure) string { return f.Round.Name }},
	{"部门", "填报部门的简称", func(f *stats.Figure) string { return f.Department.Short }},
	{"地区", "空为全部，本级为部门自己的部分，其余是县（市、区）的名称", func(f *stats.Figure) string { return f.Name().Region }},
	{"项目", "统计表的项目名称", func(f *stats.Figure) string { return f.Row.Name }},
	{"隶属", "“其中”的行所属的项目；别的行为空", func(f *stats.Figure) string { return f.Name().Parent }},
	{"单位", "计量单位；不同单位之间不换算", func(f *stats.Figure) string { return f.Row.Unit }},
	{"数量", "照填报的写法；无 表示没有这一项，与 0 不同", func(f *stats.Figure) string { return f.Quantity.String() }},
	{"备注", "填报单位的说明；公布后改过的数，记着“更正：原来的数，更正的日期”；缺县（市、区）报表的合计，记着未含多少", remarkOf},
	{"填报单位", "填这张表的单位", func(f *stats.Figure) string {
		if f.Report == nil {
			return ""
		}
		return f.Report.Unit
	}},
	{"填报日期", "填报日期", func(f *stats.Figure) string {
		if f.Report == nil {
			return ""
		}
		return f.Report.FiledOn.String()
	}},
	{"来源", "数字所在的文件和行；汇总的数指到写“汇总”的那一行", func(f *stats.Figure) string {
		if f.At.IsZero() {
			return ""
		}
		return f.At.Source()
	}},
	{"区划代码", "地区的行政区划代码（GB/T 2260），全部和本级是整个行动的；没有国家代码的地区为空", func(f *stats.Figure) string {
		if f.Region == nil {
			return ""
		}
		return f.Region.DivisionCode()
	}},
	{"项目代码", "项目的代码，改名、换次序也不变", func(f *stats.Figure) string { return f.Row.Code() }},
	{"数值", "数量是数的，写数；不是数的为空", numberOf},
	{"状态", "已报、0（结果为零）、无（没有这一项）", stateOf},
	{"上年同期", "填报的上年同期数，可以为空", func(f *stats.Figure) string { return f.LastYear.String() }},
}

func numberOf(f *stats.Figure) string {
	if !f.Quantity.IsNumber() {
		return ""
	}
	return f.Quantity.String()
}

// stateOf tells apart what has no number, what is zero, and what was counted.
func stateOf(f *stats.Figure) string {
	switch {
	case f.Absent != "":
		return f.Absent
	case !f.Quantity.IsNumber():
		return f.Quantity.String()
	case f.Quantity.Decimal().IsZero():
		return "0"
	}
	return string(stats.Filed)
}

// divisionColumn holds regions' codes; that of the whole only the campaign knows.
var divisionColumn = slices.IndexFunc(columns, func(c column) bool { return c.name == "区划代码" })

// texts are the columns that hold other people's text; day and place are short.
var texts = columns[:9]

// header names the columns.
var header = func() []string {
	var names []string
	for _, c := range columns {
		names = append(names, c.name)
	}
	return names
}()

func remarkOf(f *stats.Figure) string {
	remark := f.Remark
	for _, more := range []string{f.Corrected(), stats.Lacks(f.Coverage)} {
		if more != "" {
			remark = strings.TrimPrefix(remark+"；"+more, "；")
		}
	}
	return remark
}

// cells lists a campaign's figures as rows under header.
func cells(c *campaign.Campaign, list []*stats.Figure) iter.Seq[[]string] {
	whole := c.DivisionCode()
	return func(yield func([]string) bool) {
		for _, f := range list {
			row := make([]string, len(columns))
			for n, c := range columns {
				row[n] = c.of(f)
			}
			if f.Region == nil {
				row[divisionColumn] = whole
			}
			if !yield(row) {
				return
			}
		}
	}
}

// about is a fact of a JSON file as a whole.
type about struct {
	key   string
	value any
}

// writeJSON writes rows under figures, one figure a line, so that two builds can be
// compared line by line.
func writeJSON(w io.Writer, facts []about, header []string, rows iter.Seq[[]string]) error {
	out := bufio.NewWriter(w)
	encoder := json.NewEncoder(lineEnds{out})
	encoder.SetEscapeHTML(false) // <, > and & as themselves
	out.WriteString("{\n")
	for _, fact := range facts {
		out.WriteString(` "` + fact.key + `": `)
		if err := encoder.Encode(fact.value); err != nil {
			return err
		}
		out.WriteString(",\n")
	}
	out.WriteString(` "figures": [`)
	between, end := "\n  {", ""
	for row := range rows {
		for n, cell := range row {
			out.WriteString(between + `"` + header[n] + `":`)
			if err := encoder.Encode(cell); err != nil {
				return err
			}
			between = ","
		}
		between, end = "},\n  {", "}\n "
	}
	out.WriteString(end + "]\n}\n")
	return out.Flush() // a bufio.Writer keeps its first error until here
}

// lineEnds leaves out the line's end that json.Encoder writes after a value.
type lineEnds struct{ io.Writer }

func (l lineEnds) Write(p []byte) (int, error) {
	_, err := l.Writer.Write(bytes.TrimSuffix(p, []byte{'\n'}))
	return len(p), err
}
