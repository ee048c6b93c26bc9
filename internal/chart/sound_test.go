package chart

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

type object = map[string]any

// sound checks what holds for every chart: text and table are there, the option
// is JSON that stays in its script element and has the chart's data, and every
// datum has its marks in every drawing.
func sound(t *testing.T, c *Chart) {
	t.Helper()
	if c.Title == "" || c.Summary == "" || len(c.Rows) == 0 {
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
	series := option["series"].([]any)
	if fmt.Sprint(option["animation"]) != "false" || len(series) != 1 || dig(series, 0, "type") != "custom" {
		t.Errorf("the option is not as the page needs it: %v", option)
	}
	data := c.figure.data()
	if list := dig(series, 0, "data").([]any); len(list) != len(data) {
		t.Errorf("the option has %d of %d data", len(list), len(data))
	}
	if _, calendar := c.figure.(schedule); !calendar {
		for _, d := range data {
			if d.number != "" && !inTable(c, d.number.String()) && c.Code != dutiesCode {
				t.Errorf("%s holds %s, which its table does not", c.Code, d.number)
			}
		}
	}
	for _, width := range drawnWidths {
		shown := map[int]bool{}
		for _, n := range c.Draw(width).data {
			shown[n] = true
		}
		delete(shown, 0)
		if bars, ok := c.figure.(bars); ok && (len(bars.series) > 2 || bars.place(width).columns.spelled) {
			continue // words in the middle of a line are left out, and values stand with the labels
		}
		if m, ok := c.figure.(matrix); ok && len(m.key) > 0 {
			continue // where there are tints alone, words of gaps may be left out
		}
		if len(shown) != len(data) {
			t.Errorf("%s at %d shows %d of %d data", c.Code, width, len(shown), len(data))
		}
	}
}

// drawnWidths are those of pages and papers, and some between.
var drawnWidths = []int{190, 285, 390, 640, 720, 1200}

func inTable(c *Chart, number string) bool {
	return slices.ContainsFunc(c.Rows, func(row []string) bool { return slices.Contains(row, number) })
}

func parse(t *testing.T, c *Chart) object {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(string(c.Option())))
	decoder.UseNumber()
	var o object
	if err := decoder.Decode(&o); err != nil {
		t.Fatalf("%s: %v", c.Code, err)
	}
	return o
}

// dig follows keys and indices into parsed JSON.
func dig(v any, path ...any) any {
	for _, step := range path {
		switch at := step.(type) {
		case string:
			m, _ := v.(object)
			v = m[at]
		case int:
			list, _ := v.([]any)
			if at >= len(list) {
				return nil
			}
			v = list[at]
		}
	}
	return v
}
