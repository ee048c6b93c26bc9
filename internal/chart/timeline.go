package chart

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
)

// timeline shows when the phases run and when each round was due: spans and
// days on one calendar.
func timeline(d data) []plan {
	t := d.schedule()
	if len(t.spans) == 0 {
		return nil
	}
	return []plan{{code: "jindu", title: t.finding(), draw: t.chart}}
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
	c.Summary = sentence(strings.Join(t.rounds, "，"))
	return c
}

func (t schedule) finding() string {
	return "阶段安排与报送期限：" + whole(t.spans[:t.phases]).dates() + fmt.Sprintf("，分%d个阶段", t.phases)
}

func (t schedule) data() []datum {
	var list []datum
	for _, s := range t.spans {
		list = append(list, datum{tip: s.name + "\n" + s.dates(), number: json.Number(strconv.Itoa(s.from.DaysUntil(s.to) + 1))})
	}
	return list
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
		l.band += spanThick + 4
	}
	return l
}

func (l placedSchedule) height() int { return calendarTop + l.band*len(l.labels) + 8 }

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

// draw draws hairlines and the months' names, the labels over them, the spans
// and the days.
func (t schedule) draw(w int) *Drawing {
	l := t.place(w)
	d := &Drawing{Width: w, Height: l.height()}
	width, days := px(w-l.left-calendarSide), t.start.DaysUntil(t.stop)
	x := func(half int) Length { return px(l.left) + width.times(half, 2*days) } // half days
	for _, m := range t.months(w - l.left - calendarSide) {
		at := x(2 * m.day)
		d.add(Line{From: Place{hair(at), px(calendarTop)}, To: Place{hair(at), px(calendarTop + l.band*len(t.spans))}, Width: 1, Color: rule})
		d.add(Label{Text: m.name, At: Place{at, px(calendarTop-monthGap) - px(valueSize)/2}, Align: Middle, Size: valueSize, Color: inkSoft})
	}
	for i, s := range t.spans {
		l.drawLabel(d, i)
		t.drawSpan(d, l, i, x(2*t.start.DaysUntil(s.from)), x(2*(t.start.DaysUntil(s.to)+1)))
	}
	return d
}

// drawSpan draws a span of days as a bar, a single day as a diamond.
func (t schedule) drawSpan(d *Drawing, l placedSchedule, i int, from, to Length) {
	y := px(calendarTop+l.band*i) + px(l.band)/2
	if !l.beside {
		y = px(calendarTop + l.band*(i+1) - spanThick/2 - 6)
	}
	if !t.spans[i].day {
		d.of(i+1, Box{from, y - px(spanThick)/2, max(px(spanLeast), to-from), px(spanThick), colour3})
		return
	}
	x, half := (from+to)/2, px(dayWide)/2
	d.of(i+1, Shape{Points: []Place{{x, y - half}, {x + half, y}, {x, y + half}, {x - half, y}}, Color: colour1})
}

// drawLabel names a span, over paper that hides the hairlines.
func (l placedSchedule) drawLabel(d *Drawing, i int) {
	lines := strings.Split(l.labels[i], "\n")
	height := px(labelLine * len(lines))
	top := px(calendarTop + l.band*i)
	if l.beside {
		top += (px(l.band) - height) / 2
	}
	var width Length
	for _, line := range lines {
		width = max(width, snugWidth(line, labelSize))
	}
	d.add(Box{0, top, width, height, paper})
	d.lines(Label{At: Place{0, top + px(labelLine)/2}, Size: labelSize, Color: ink}, lines, labelLine)
}
