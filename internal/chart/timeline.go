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
func timeline(d data) []plan {
	t := d.schedule()
	if len(t.spans) == 0 {
		return nil
	}
	return []plan{{code: "jindu", title: "阶段安排与报送期限", draw: t.chart}}
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

func (d data) schedule() schedule {
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
	all := whole(t.spans)
	t.start = campaign.Date{Year: all.from.Year, Month: all.from.Month, Day: 1}
	t.stop = all.to.AddDays(1)
	return t
}

// whole returns the stretch from the first of all days to the last.
func whole(spans []stretch) stretch {
	all := stretch{from: spans[0].from, to: spans[0].to}
	for _, s := range spans {
		if s.from.Before(all.from) {
			all.from = s.from
		}
		if s.to.After(all.to) {
			all.to = s.to
		}
	}
	return all
}

func (t schedule) chart() Chart {
	c := Chart{figure: t, Head: []string{"事项", "起", "止"}}
	for _, s := range t.spans {
		row := []string{s.name, s.from.Chinese(), s.to.Chinese()}
		if s.day {
			row[1] = "—"
		}
		c.Rows = append(c.Rows, row)
	}
	c.Summary = sentence("专项行动从"+whole(t.spans[:t.phases]).dates(), fmt.Sprintf("分%d个阶段", t.phases))
	c.Summary += sentence(strings.Join(t.rounds, "，"))
	return c
}

func jsonInt(n int) json.Number { return json.Number(strconv.Itoa(n)) }

// option draws a span as a bar on an unseen one that holds its place, a day as
// a diamond, and the months as hairlines.
func (t schedule) option() []byte {
	c := charts.NewBar()
	common(&c.BaseConfiguration)
	c.XAxisList, c.YAxisList = nil, nil
	c.ExtendXAxis(opts.XAxis{Type: "value", Show: opts.Bool(false), Min: 0, Max: jsonInt(t.start.DaysUntil(t.stop))})
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
		before = append(before, opts.BarData{Value: jsonInt(start)})
		lengths = append(lengths, opts.BarData{Name: tip, Value: jsonInt(s.from.DaysUntil(s.to) + 1)})
	}
	stacked := charts.WithBarChartOpts(opts.BarChart{Stack: "span", BarWidth: strconv.Itoa(spanThick)})
	c.AddSeries("", before, stacked, charts.WithItemStyleOpts(opts.ItemStyle{Color: "transparent"}))
	c.AddSeries("", lengths, stacked, charts.WithItemStyleOpts(opts.ItemStyle{Color: colour3}))
	marks := charts.NewScatter()
	marks.AddSeries("", days, charts.WithScatterChartOpts(opts.ScatterChart{Symbol: "diamond", SymbolSize: dayWide}),
		charts.WithItemStyleOpts(opts.ItemStyle{Color: colour1, Opacity: opts.Float(1)}))
	c.Overlap(marks)
	c.Validate()
	// Hairlines run under the labels, labels under the spans.
	shape := object{"z": 3, "cursor": "default", "emphasis": object{"disabled": true}, "barMinHeight": spanLeast}
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

// placedSchedule is where a calendar stands at a width, in px.
type placedSchedule struct {
	left, band int
	beside     bool     // labels stand beside the calendar, else above each span
	labels     []string // broken into lines
}

const (
	calendarTop  = 26 // the months' names
	calendarSide = 21 // half of a month's name at its edge
	spanThick    = 14
	spanLeast    = 3
	dayWide      = 15
	labelFoot    = 10 // between a label and the middle of the span below it
)

// place puts labels beside the calendar where there is room, else above each
// span.
func (t schedule) place(w int) placedSchedule {
	l := placedSchedule{left: calendarSide, beside: w >= 600}
	limit := w
	if l.beside {
		var labels []string
		for _, s := range t.spans {
			labels = append(labels, plain(s.name), s.dates())
		}
		column := min(widest(labels, labelSize)+14, w*2/5)
		limit, l.left = column-12, column+16
	}
	most := 0
	for _, s := range t.spans {
		lines := wrap(plain(s.name)+"　"+s.dates(), px(limit), labelSize)
		if l.beside || len(lines) > 1 {
			lines = append(wrap(plain(s.name), px(limit), labelSize), wrap(s.dates(), px(limit), labelSize)...)
		}
		l.labels = append(l.labels, strings.Join(lines, "\n"))
		most = max(most, len(lines))
	}
	l.band = most*labelLine + 12
	if !l.beside {
		l.band *= 2 // the span is in the middle
	}
	return l
}

func (l placedSchedule) height() int { return calendarTop + l.band*len(l.labels) + 8 }

// layout is the calendar's place at a width as the option has it.
func (t schedule) layout(w int) layout {
	l := t.place(w)
	label := object{"verticalAlign": "middle", "padding": 0, "margin": l.left}
	if !l.beside {
		label["verticalAlign"], label["padding"] = "bottom", []int{0, 0, labelFoot, 0}
	}
	var lines []any
	for _, m := range t.months(w - l.left - calendarSide) {
		lines = append(lines, object{"xAxis": m.day, "name": m.name})
	}
	patch := object{
		"grid":  []object{{"left": l.left, "right": calendarSide, "top": calendarTop, "height": l.band * len(t.spans), "containLabel": false, "outerBoundsMode": "none"}},
		"yAxis": []object{{"data": l.labels, "axisLabel": label}},
		"series": []object{{"markLine": object{
			"data": lines, "silent": true, "z": 1, "symbol": "none", "animation": false,
			"lineStyle": object{"color": rule, "width": 1, "type": "solid"},
			"label":     object{"position": "start", "formatter": "{b}", "color": inkSoft, "fontSize": valueSize, "distance": monthGap},
		}}},
	}
	return layout{l.height(), patch}
}

// month is the first of a month: its day of the calendar, and its name.
type month struct {
	day  int
	name string
}

// monthGap stands between a month's name and its hairline.
const monthGap = 5

// months returns the first days of months, as many as a width has room to name.
func (t schedule) months(px int) []month {
	days := t.start.DaysUntil(t.stop)
	count := (t.stop.Year-t.start.Year)*12 + t.stop.Month - t.start.Month + 1
	step := 1
	for _, step = range []int{1, 2, 3, 6, 12} {
		if px*step*30 >= days*46 || count <= step {
			break
		}
	}
	var list []month
	for n, day := 0, t.start; !day.After(t.stop); n, day = n+1, day.AddMonths(1) {
		if n%step != 0 {
			continue
		}
		name := fmt.Sprintf("%d月", day.Month)
		if day.Month == 1 {
			name = fmt.Sprintf("%d年", day.Year)
		}
		list = append(list, month{t.start.DaysUntil(day), name})
	}
	return list
}

// draw draws the calendar as ECharts does: hairlines and the months' names, the
// labels over them, the spans and the days.
func (t schedule) draw(w int) *Drawing {
	at := rangeOf(w)
	l := t.place(at)
	d := &Drawing{Width: w, Height: l.height()}
	width, days := px(w-l.left-calendarSide), t.start.DaysUntil(t.stop)
	x := func(half int) Length { return px(l.left) + width.times(half, 2*days) } // half days
	middle := func(i int) Length { return px(calendarTop+l.band*i) + px(l.band)/2 }
	months := t.months(at - l.left - calendarSide)
	for _, m := range months {
		x := hair(x(2 * m.day))
		d.add(Line{From: Place{x, px(calendarTop)}, To: Place{x, px(calendarTop + l.band*len(t.spans))}, Color: rule})
	}
	for _, m := range months {
		d.add(Label{Text: m.name, At: Place{x(2 * m.day), px(calendarTop-monthGap) - px(valueSize)/2}, Align: Middle, Size: valueSize, Color: inkSoft})
	}
	for i := range t.spans {
		l.drawLabel(d, i, middle(i))
	}
	for i, s := range t.spans {
		if from := t.start.DaysUntil(s.from); !s.day {
			start, end := x(2*from), x(2*(from+s.from.DaysUntil(s.to)+1))
			d.add(Box{X: start, Y: middle(i) - px(spanThick)/2, W: max(px(spanLeast), end-start), H: px(spanThick), Color: colour3, Opacity: 100})
		}
	}
	for i, s := range t.spans {
		if s.day {
			x, y, half := x(2*t.start.DaysUntil(s.from)+1), middle(i), px(dayWide)/2
			d.add(Shape{Points: []Place{{x, y - half}, {x + half, y}, {x, y + half}, {x - half, y}}, Color: colour1})
		}
	}
	return d
}

// drawLabel names a span, over paper that hides the hairlines.
func (l placedSchedule) drawLabel(d *Drawing, i int, middle Length) {
	lines := strings.Split(l.labels[i], "\n")
	height := px(labelLine * len(lines))
	top, ground := middle-height/2, height
	if !l.beside {
		top, ground = middle-height-px(labelFoot), height+px(labelFoot)
	}
	var width Length
	for _, line := range lines {
		width = max(width, snugWidth(line, labelSize))
	}
	d.add(Box{Y: top, W: width, H: ground, Color: paper, Opacity: 100})
	d.lines(Label{At: Place{0, top + px(labelLine)/2}, Size: labelSize, Color: ink}, lines, labelLine)
}
