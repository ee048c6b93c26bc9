package sheet

import (
	"bufio"
	"encoding/json"
	"io"
	"iter"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// record is one figure of the flat list. Quantities are text: what was
// written, digit for digit.
type record struct {
	Round      string `json:"期次"`
	Department string `json:"部门"`
	Region     string `json:"地区"` // empty for the whole, 本级 for the department's own
	Row        string `json:"项目"`
	Parent     string `json:"隶属"`
	Unit       string `json:"单位"`
	Quantity   string `json:"数量"`
	Remark     string `json:"备注"`
	FiledBy    string `json:"填报单位"`
	FiledOn    string `json:"填报日期"`
	Source     string `json:"来源"`
}

// entry is a place in the flat list: the record is made when it is written, for
// of a thousand counties they take 180 bytes each, several times over.
type entry struct {
	figure *stats.Figure
	region string // as in the record
}

// header names the columns, in the order of record.cells.
var header = []string{"期次", "部门", "地区", "项目", "隶属", "单位", "数量", "备注", "填报单位", "填报日期", "来源"}

func (r record) cells() []string {
	return []string{
		r.Round, r.Department, r.Region, r.Row, r.Parent, r.Unit,
		r.Quantity, r.Remark, r.FiledBy, r.FiledOn, r.Source,
	}
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

func (e entry) record() record {
	r := e.texts()
	r.FiledOn, r.Source = e.figure.Report.FiledOn.String(), e.figure.At.Source()
	return r
}

// texts is the record without the day and the place, which are short.
func (e entry) texts() record {
	f := e.figure
	r := record{
		Round: f.Round.Name, Department: f.Department.Short, Region: e.region,
		Row: f.Row.Name, Unit: f.Row.Unit, Quantity: f.Quantity.String(), Remark: f.Remark,
		FiledBy: f.Report.Unit,
	}
	for _, more := range []string{f.Corrected(), stats.Lacks(f.Coverage)} {
		if more != "" {
			r.Remark = strings.TrimPrefix(r.Remark+"；"+more, "；")
		}
	}
	if f.Row.Parent != nil {
		r.Parent = f.Row.Parent.Name
	}
	return r
}

// cells lists the figures as rows under header.
func cells(list []entry) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, e := range list {
			if !yield(e.record().cells()) {
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
	head := []struct {
		key   string
		value any
	}{{"名称", c.Name}, {"示例", c.Sample}, {"日期", v.Stamp().Brief()}}
	out.WriteString("{\n")
	for _, h := range head {
		out.WriteString(" ")
		if err := writeValue(out, h.key); err != nil {
			return err
		}
		out.WriteString(": ")
		if err := writeValue(out, h.value); err != nil {
			return err
		}
		out.WriteString(",\n")
	}
	out.WriteString(` "figures": [`)
	for n, e := range list {
		if n > 0 {
			out.WriteString(",")
		}
		out.WriteString("\n  ")
		if err := writeValue(out, e.record()); err != nil {
			return err
		}
	}
	if len(list) > 0 {
		out.WriteString("\n ")
	}
	out.WriteString("]\n}\n")
	return out.Flush() // a bufio.Writer keeps its first error until here
}

// writeValue writes a JSON value on one line, with <, > and & as themselves.
func writeValue(w io.Writer, value any) error {
	var text strings.Builder
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return err
	}
	_, err := io.WriteString(w, strings.TrimSuffix(text.String(), "\n"))
	return err
}
