package chart

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"wangjian/internal/campaign"
)

// timeline shows when the phases run and when each round was due: spans and
// days on one calendar.
func timeline(d desk) []plan {
	t := d.schedule()
	if len(t.spans) == 0 {
		return nil
	}
	return []plan{{code: "jindu", title: "阶段安排与报送期限", draw: t.draw}}
}

// stretch is a line of the calendar: a span of days, or a single one.
type stretch struct {
	name     string
	from, to campaign.Date
	day      bool
}

// dates are the stretch's days in words.
func (s stretch) dates() string {
	if s.day {
		return s.from.Chinese()
	}
	if s.from.Year == s.to.Year {
		return s.from.Chinese() + "至" + fmt.Sprintf("%d月%d日", s.to.Month, s.to.Day)
	}
	return s.from.Chinese() + "至" + s.to.Chinese()
}

// schedule is the campaign's calendar; it begins on the first of a month.
type schedule struct {
	spans       []stretch
	start, stop campaign.Date // stop is the day after the last
	phases      int
	rounds      []string
}

func (d desk) schedule() schedule {
	var t schedule
	for _, p := range d.campaign.Phases {
		if !p.From.IsZero() && !p.To.Before(p.From) {
			t.spans = append(t.spans, stretch{name: p.Name, from: p.From, to: p.To})
		}
	}
	t.phases = len(t.spans)
	if t.phases == 0 {
		return t
	}
	for _, r := range d.campaign.Rounds {
		if !r.Deadline.IsZero() {
			t.spans = append(t.spans, stretch{name: r.Name + "报送截止", from: r.Deadline, to: r.Deadline, day: true})
			t.rounds = append(t.rounds, r.Name+"数据于"+r.Deadline.Chinese()+"前报送")
		}
	}
	first, last := t.spans[0].from, t.spans[0].to
	for _, s := range t.spans {
		if s.from.Before(first) {
			first = s.from
		}
		if s.to.After(last) {
			last = s.to
		}
	}
	t.start = campaign.Date{Year: first.Year, Month: first.Month, Day: 1}
	t.stop = last.AddDays(1)
	return t
}

func (t schedule) draw() Chart {
	c := Chart{Head: []string{"事项", "起", "止"}}
	for _, s := range t.spans {
		row := []string{s.name, s.from.Chinese(), s.to.Chinese()}
		if s.day {
			row[1] = "—"
		}
		c.Rows = append(c.Rows, row)
	}
	c.Option, c.Height = t.option()
	from, to := t.spans[0].from, t.spans[0].to
	for _, s := range t.spans[:t.phases] {
		if s.from.Before(from) {
			from = s.from
		}
		if s.to.After(to) {
			to = s.to
		}
	}
	c.Summary = sentence("专项行动从"+stretch{from: from, to: to}.dates(), fmt.Sprintf("分%d个阶段", t.phases))
	c.Summary += sentence(strings.Join(t.rounds, "，"))
	return c
}

func whole(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// option draws a span as a bar on an unseen one that holds its place, a day as
// a diamond, and the months as hairlines.
func (t schedule) option() ([]byte, int) {
	c := charts.NewBar()
	common(&c.BaseConfiguration)
	c.XAxisList, c.YAxisList = nil, nil
	c.ExtendXAxis(opts.XAxis{Type: "value", Show: opts.Bool(false), Min: 0, Max: whole(t.start.DaysUntil(t.stop))})
	c.ExtendYAxis(opts.YAxis{Type: "category", Inverse: opts.Bool(true), Data: []string{}})
	var before, lengths []opts.BarData
	var days []opts.ScatterData
	for i, s := range t.spans {
		start := t.start.DaysUntil(s.from)
		tip := plain(s.name) + "\n" + s.dates()
		if s.day {
			before, lengths = append(before, opts.BarData{Value: "-"}), append(lengths, opts.BarData{Value: "-"})
			days = append(days, opts.ScatterData{Name: tip, Value: []any{json.Number(strconv.Itoa(start) + ".5"), i}})
			continue
		}
		before = append(before, opts.BarData{Value: whole(start)})
		lengths = append(lengths, opts.BarData{Name: tip, Value: whole(s.from.DaysUntil(s.to) + 1)})
	}
	stacked := charts.WithBarChartOpts(opts.BarChart{Stack: "span", BarWidth: "14"})
	c.AddSeries("", before, stacked, charts.WithItemStyleOpts(opts.ItemStyle{Color: "transparent"}))
	c.AddSeries("", lengths, stacked, charts.WithItemStyleOpts(opts.ItemStyle{Color: colour3}))
	marks := charts.NewScatter()
	marks.AddSeries("", days, charts.WithScatterChartOpts(opts.ScatterChart{Symbol: "diamond", SymbolSize: 15}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: colour1, Opacity: opts.Float(1)}))
	c.Overlap(marks)
	c.Validate()
	// Hairlines run under the labels, labels under the spans.
	shape := object{"z": 3, "cursor": "default", "emphasis": object{"disabled": true}, "barMinHeight": 3}
	unseen := object{"silent": true, "tooltip": object{"show": false}, "emphasis": object{"disabled": true}}
	off := object{"show": false}
	add := object{
		"series": []object{unseen, shape, shape}, "legend": off,
		"yAxis": []object{{
			"z": 2, "axisTick": off, "axisLine": off, "splitLine": off,
			"axisLabel": object{
				"interval": 0, "hideOverlap": false, "color": ink, "fontSize": labelSize, "lineHeight": labelLine,
				"align": "left", "backgroundColor": paper,
			},
		}},
	}
	return finish(&c.BaseConfiguration, add, t.layout)
}

// layout puts labels beside the calendar where there is room, else above each
// span.
func (t schedule) layout(w int) layout {
	const top = 26
	var labels []string
	for _, s := range t.spans {
		labels = append(labels, plain(s.name)+"\n"+s.dates())
	}
	beside := w >= 600
	left, right, band := 18, 18, 0
	label := object{"verticalAlign": "middle", "padding": 0}
	if beside {
		column := min(widest(labels, labelSize)+14, w*2/5)
		most := 0
		for i, s := range t.spans {
			lines := append(wrap(plain(s.name), float64(column-12), labelSize), wrap(s.dates(), float64(column-12), labelSize)...)
			labels[i] = strings.Join(lines, "\n")
			most = max(most, len(lines))
		}
		left, band = column+16, most*labelLine+12
		label["margin"] = left
	} else {
		most := 0
		for i, s := range t.spans {
			lines := wrap(plain(s.name)+"　"+s.dates(), float64(w), labelSize)
			if len(lines) > 1 {
				lines = append(wrap(plain(s.name), float64(w), labelSize), wrap(s.dates(), float64(w), labelSize)...)
			}
			labels[i] = strings.Join(lines, "\n")
			most = max(most, len(lines))
		}
		label["margin"] = left
		label["verticalAlign"], label["padding"] = "bottom", []int{0, 0, 10, 0}
		band = 2 * (most*labelLine + 12) // the span is in the middle
	}
	height := band * len(t.spans)
	patch := object{
		"grid":   []object{{"left": left, "right": right, "top": top, "height": height, "containLabel": false, "outerBoundsMode": "none"}},
		"yAxis":  []object{{"data": labels, "axisLabel": label}},
		"series": []object{{"markLine": t.months(w - left - right)}},
	}
	return layout{top + height + 8, patch}
}

// months are hairlines on the first of a month, as many as a width has room to
// name.
func (t schedule) months(px int) object {
	days := t.start.DaysUntil(t.stop)
	count := (t.stop.Year-t.start.Year)*12 + t.stop.Month - t.start.Month + 1
	step := 1
	for _, step = range []int{1, 2, 3, 6, 12} {
		if px*step*30 >= days*46 || count <= step {
			break
		}
	}
	lines := []any{}
	for n, day := 0, t.start; !day.After(t.stop); n, day = n+1, day.AddMonths(1) {
		if n%step != 0 {
			continue
		}
		name := fmt.Sprintf("%d月", day.Month)
		if day.Month == 1 {
			name = fmt.Sprintf("%d年", day.Year)
		}
		lines = append(lines, object{"xAxis": t.start.DaysUntil(day), "name": name})
	}
	return object{
		"data": lines, "silent": true, "z": 1, "symbol": "none", "animation": false,
		"lineStyle": object{"color": rule, "width": 1, "type": "solid"},
		"label":     object{"position": "start", "formatter": "{b}", "color": inkSoft, "fontSize": valueSize, "distance": 5},
	}
}
