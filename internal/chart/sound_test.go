package chart

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// sound checks what holds for every chart: text and table are there, the option
// is JSON that stays in its script element, its layouts cover every width
// without a gap, nothing overlaps or leaves the drawing, and panels keep to one
// unit with the table's own numbers.
func sound(t *testing.T, c *Chart) {
	t.Helper()
	if c.Title == "" || c.Summary == "" || len(c.Rows) == 0 || c.Draw(720).Height <= 0 {
		t.Errorf("incomplete: %+v", *c)
	}
	for _, row := range c.Rows {
		if len(row) != len(c.Head) {
			t.Errorf("row %v does not fit the head %v", row, c.Head)
		}
	}
	if strings.ContainsAny(string(c.Option()), "<>&") {
		t.Error("the option can leave its script element")
	}
	option := parse(t, c)
	if fmt.Sprint(option["animation"]) != "false" || fmt.Sprint(dig(option, "aria", "enabled")) != "false" ||
		fmt.Sprint(dig(option, "tooltip", "renderMode")) != "richText" {
		t.Error("animation, aria and tooltip are not as the page needs them")
	}
	ranges(t, c, option)
	for _, m := range option["media"].([]any) {
		boxes(t, m.(object))
	}
	if strings.Contains(string(c.Option()), "单位：") {
		oneUnit(t, c, option)
	}
	if dig(option, "series", 0, "type") == "heatmap" {
		places(t, c, option)
	}
}

// places checks that every layout of a matrix has a place of its own inside the
// grid for each cell and head, and that the cells hold what the table does.
func places(t *testing.T, c *Chart, option object) {
	t.Helper()
	all := option["series"].([]any)
	for _, m := range option["media"].([]any) {
		o := dig(m, "option").(object)
		columns, rows := len(dig(o, "xAxis", 0, "data").([]any)), len(dig(o, "yAxis", 0, "data").([]any))
		taken := map[string]string{}
		for i := range all {
			x, y := int(number(dig(o, "series", i, "encode", "x"))), int(number(dig(o, "series", i, "encode", "y")))
			data, _ := dig(all, i, "data").([]any)
			if own, ok := dig(o, "series", i, "data").([]any); ok {
				data = own
			}
			for _, d := range data {
				at := fmt.Sprint(dig(d, x), "/", dig(d, y))
				if number(dig(d, x)) >= float64(columns) || number(dig(d, y)) >= float64(rows) || taken[at] != "" {
					t.Errorf("%v stands at %s of %d columns and %d rows, %q is there", d, at, columns, rows, taken[at])
				}
				taken[at] = fmt.Sprint(d)
			}
		}
	}
	want, got := map[string]int{}, map[string]int{}
	for _, row := range c.Rows {
		for _, cell := range row[1:] {
			want[plain(cell)]++
		}
	}
	delete(want, "")
	for _, s := range all[:len(all)-1] { // the last holds the heads
		for _, d := range dig(s, "data").([]any) {
			got[dig(d, datumText).(string)]++
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the cells are %v, the table's %v", got, want)
	}
}

func parse(t *testing.T, c *Chart) object {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(string(c.Option())))
	decoder.UseNumber()
	var option object
	if err := decoder.Decode(&option); err != nil {
		t.Fatalf("the option is not JSON: %v", err)
	}
	return option
}

func dig(v any, path ...any) any {
	for _, step := range path {
		switch s := step.(type) {
		case string:
			o, _ := v.(object)
			v = o[s]
		case int:
			l, _ := v.([]any)
			if s >= len(l) {
				return nil
			}
			v = l[s]
		}
	}
	return v
}

func number(v any) float64 {
	f, _ := strconv.ParseFloat(strings.TrimSuffix(fmt.Sprint(v), "%"), 64)
	return f
}

// ranges checks that the layouts' widths join and that the widest is the
// chart's height.
func ranges(t *testing.T, c *Chart, option object) {
	t.Helper()
	next := 0.0
	media := option["media"].([]any)
	for i, m := range media {
		if least := number(dig(m, "query", "minWidth")); dig(m, "query", "minWidth") != nil && least != next {
			t.Errorf("layout %d begins at %v, not %v", i, least, next)
		}
		next = number(dig(m, "query", "maxWidth")) + 1
	}
	last := media[len(media)-1]
	if dig(last, "query", "maxWidth") != nil || number(dig(last, "height")) != float64(c.Draw(720).Height) {
		t.Errorf("the widest layout is not the chart's height of %d", c.Draw(720).Height)
	}
}

// boxes checks that grids and heads of a layout stand apart and inside.
func boxes(t *testing.T, m object) {
	t.Helper()
	height := number(m["height"])
	type box struct{ left, top, bottom float64 }
	var all []box
	grids, _ := dig(m, "option", "grid").([]any)
	for _, g := range grids {
		top := number(dig(g, "top"))
		all = append(all, box{number(dig(g, "left")), top, top + number(dig(g, "height"))})
	}
	for i, a := range all {
		if a.top < 0 || a.bottom > height {
			t.Errorf("panel %d runs from %v to %v in a drawing of %v", i, a.top, a.bottom, height)
		}
		for _, b := range all[i+1:] {
			if a.left == b.left && a.top < b.bottom && b.top < a.bottom {
				t.Errorf("panels overlap: %v and %v", a, b)
			}
		}
	}
	titles, _ := dig(m, "option", "title").([]any)
	for _, title := range titles {
		if top := number(dig(title, "top")); top < 0 || top+14 > height {
			t.Errorf("a head at %v leaves the drawing of %v", top, height)
		}
	}
}

// oneUnit checks that each panel holds the numbers of the table's rows of its
// unit and no others, as they are written there.
func oneUnit(t *testing.T, c *Chart, option object) {
	t.Helper()
	cells := map[string][]string{} // by unit
	column := slices.Index(c.Head, "单位")
	for _, row := range c.Rows {
		unit := c.Unit
		if column >= 0 {
			unit = row[column]
		}
		unit = plain(unit)
		cells[unit] = append(cells[unit], row...)
	}
	for i, title := range option["title"].([]any) {
		_, unit, _ := strings.Cut(dig(title, "text").(string), "单位：")
		unit, _, _ = strings.Cut(unit, "；")
		count := 0
		for _, s := range option["series"].([]any) {
			if int(number(dig(s, "xAxisIndex"))) != i || dig(s, "name") == nil {
				continue
			}
			data, _ := dig(s, "data").([]any)
			for _, d := range data {
				value := fmt.Sprint(dig(d, "value"))
				if value == "-" {
					continue
				}
				count++
				if !slices.Contains(cells[unit], value) && !slices.Contains(cells[unit], value+"%") {
					t.Errorf("panel %s holds %s, which its rows do not: %v", unit, value, cells[unit])
				}
				if text := fmt.Sprint(dig(d, "label", "formatter")); !strings.HasPrefix(text, value) {
					t.Errorf("%s is labelled %s", value, text)
				}
			}
		}
		if count == 0 && !strings.Contains(string(c.Option()), "无") {
			t.Errorf("panel %s is empty", unit)
		}
	}
}
