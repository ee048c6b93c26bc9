package sheet

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// entry is a figure of the flat list. Its cells are made when it is written, for
// of a thousand counties they take 180 bytes each, several times over.
type entry struct {
	figure *stats.Figure
	region string // empty for the whole, 本级 for the department's own
}

// column is a column of the flat list: its name, what it holds, for people and
// programs, and a figure's cell. Quantities are text: what was written, digit
// for digit.
type column struct {
	name, about string
	of          func(entry) string
}

var columns = []column{
	{"期次", "报送期次的名称；口径见 rounds", func(e entry) string { return e.figure.Round.Name }},
	{"部门", "填报部门的简称", func(e entry) string { return e.figure.Department.Short }},
	{"地区", "空为全部，本级为部门自己的部分，其余是县（市、区）的名称", func(e entry) string { return e.region }},
	{"项目", "统计表的项目名称", func(e entry) string { return e.figure.Row.Name }},
	{"隶属", "“其中”的行所属的项目；别的行为空", entry.parent},
	{"单位", "计量单位；不同单位之间不换算", func(e entry) string { return e.figure.Row.Unit }},
	{"数量", "照填报的写法；无 表示没有这一项，与 0 不同", func(e entry) string { return e.figure.Quantity.String() }},
	{"备注", "填报单位的说明；公布后改过的数，记着“更正：原来的数，更正的日期”；缺县（市、区）报表的合计，记着未含多少", entry.remark},
	{"填报单位", "填这张表的单位", func(e entry) string { return e.figure.Report.Unit }},
	{"填报日期", "填报日期", func(e entry) string { return e.figure.Report.FiledOn.String() }},
	{"来源", "数字所在的文件和行；汇总的数指到写“汇总”的那一行", func(e entry) string { return e.figure.At.Source() }},
}

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

func (e entry) parent() string {
	if e.figure.Row.Parent == nil {
		return ""
	}
	return e.figure.Row.Parent.Name
}

func (e entry) remark() string {
	remark := e.figure.Remark
	for _, more := range []string{e.figure.Corrected(), stats.Lacks(e.figure.Coverage)} {
		if more != "" {
			remark = strings.TrimPrefix(remark+"；"+more, "；")
		}
	}
	return remark
}

// entries lists every figure by round, row of the form, and then the whole,
// 本级 and the regions.
func entries(c *campaign.Campaign, b *stats.Table) []entry {
	var list []entry
	for _, round := range c.Rounds {
		for _, row := range c.Form.Rows {
			if f := b.Figure(round, row, nil); f != nil {
				list = append(list, entry{f, ""})
			}
			if f := b.Own(round, row); f != nil {
				list = append(list, entry{f, "本级"})
			}
			for _, f := range b.Counties(round, row) {
				list = append(list, entry{f, f.Region.Name})
			}
		}
	}
	return list
}

// cells lists the figures as rows under header.
func cells(list []entry) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, e := range list {
			row := make([]string, len(columns))
			for n, c := range columns {
				row[n] = c.of(e)
			}
			if !yield(row) {
				return
			}
		}
	}
}

// writeJSON writes the list under figures, one figure a line, so that two
// builds can be compared line by line.
func writeJSON(w io.Writer, v *release.View, list []entry) error {
	c := v.Campaign()
	out := bufio.NewWriter(w)
	encoder := json.NewEncoder(lineEnds{out})
	encoder.SetEscapeHTML(false) // <, > and & as themselves
	out.WriteString("{\n")
	for _, head := range []struct {
		key   string
		value any
	}{{"名称", c.Name}, {"示例", c.Sample}, {"日期", v.Stamp().Brief()}} {
		out.WriteString(` "` + head.key + `": `)
		if err := encoder.Encode(head.value); err != nil {
			return err
		}
		out.WriteString(",\n")
	}
	out.WriteString(` "figures": [`)
	between := "\n  {"
	for row := range cells(list) {
		for n, cell := range row {
			out.WriteString(between + `"` + header[n] + `":`)
			if err := encoder.Encode(cell); err != nil {
				return err
			}
			between = ","
		}
		between = "},\n  {"
	}
	if len(list) > 0 {
		out.WriteString("}\n ")
	}
	out.WriteString("]\n}\n")
	return out.Flush() // a bufio.Writer keeps its first error until here
}

// lineEnds leaves out the line's end that json.Encoder writes after a value.
type lineEnds struct{ io.Writer }

func (l lineEnds) Write(p []byte) (int, error) {
	_, err := l.Writer.Write(bytes.TrimSuffix(p, []byte{'\n'}))
	return len(p), err
}
