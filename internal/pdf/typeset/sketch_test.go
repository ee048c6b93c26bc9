package typeset

import (
	"strings"
	"testing"
)

func pageOf(t *testing.T, k *Sketch) string {
	t.Helper()
	return compose(t, &Picture{Sketch: k, Caption: runsOf("图题"), Note: runsOf("注：说明"), Lead: 18}).Pages[0].String()
}

// A sketch is scaled to the width of the block, and its marks keep their order.
func TestSketchOnThePage(t *testing.T) {
	got := pageOf(t, &Sketch{Width: 884.40945, Height: 200, Marks: []Mark{ // twice the block's width
		Area{Rings: [][]Point{{{0, 0}, {20, 0}, {20, 10}}, {{40, 0}, {60, 0}, {60, 10}}}, Color: Red},
		Trace{Points: []Point{{0, 20}, {884.40945, 20}}, Width: 2, Color: Grey},
		Trace{Points: []Point{{0, 20}, {20, 20}, {20, 40}}, Width: 1},
		Label{Text: "左县", Size: 20, X: 0, Y: 100, Align: Left},
		Label{Text: "中", Size: 20, X: 442, Y: 100, Align: Center},
		Label{Text: "右边太长了", Size: 20, X: 860, Y: 100, Align: Left, Color: Red},
		Label{Text: "左边太长了", Size: 20, X: 40, Y: 120, Align: Right},
	}})
	want := strings.Join([]string{
		"in Figure",
		"area #c81014 79.37,104.88 89.37,104.88 89.37,109.88 | 99.37,104.88 109.37,104.88 109.37,109.88",
		"rule 79.37,114.88 to 521.57,114.88 width 1",
		"trace #000000 width 0.5 79.37,114.88 89.37,114.88 89.37,124.88",
		`text a 10 at 79.37,154.88+0.000 "左县"`,
		`text a 10 at 295.37,154.88+0.000 "中"`,
		`text a 10 #c81014 at 471.57,154.88+0.000 "右边太长了"`, // moved back in
		`text a 10 at 79.37,164.88+0.000 "左边太长了"`,
		"in Figure/Caption1",
		`text a 16 at 284.47,223.96+0.000 "图题"`,
		"in P",
		`text a 16 at 79.37,241.96+0.000 "注：说明"`,
		"in decoration",
	}, "\n") + "\n"
	if got != want {
		t.Errorf("排成\n%s应为\n%s", got, want)
	}
}

// A small sketch is not blown up, and a high one leaves room for what is below.
func TestSizeOfSketches(t *testing.T) {
	across := func(w, h float64) string {
		return pageOf(t, &Sketch{Width: w, Height: h, Marks: []Mark{Trace{Points: []Point{{0, 0}, {w, 0}}, Width: 1}}})
	}
	if got := across(200, 100); !strings.HasPrefix(got, "in Figure\nrule 225.47,104.88 to 375.47,104.88") { // 96 to the inch
		t.Error(got)
	}
	high := compose(t, &Picture{Sketch: &Sketch{Width: 100, Height: 5000, Marks: []Mark{Trace{Points: []Point{{0, 0}, {0, 5000}}, Width: 1}}}, Caption: runsOf("图题"), Note: runsOf("注"), Lead: 18})
	if len(high.Pages) != 1 {
		t.Fatalf("排了 %d 页", len(high.Pages))
	}
	inside(t, textLines(t, high.Pages))
	last := textLines(t, high.Pages)[1]
	if bottom := A4.Top + A4.BlockHeight; last.y < bottom-18 || last.y > bottom {
		t.Errorf("注在 %.2f，版心底在 %.2f", last.y, bottom)
	}
}

// A character that no font has is told with the place that asks for the chart,
// before any page is made.
func TestMissingGlyphInASketch(t *testing.T) {
	s := NewSetter(A4, fakes{&fake{name: "a", missing: "囧"}}, nil)
	_, err := Compose(s, []Block{&Picture{Sketch: &Sketch{Width: 9, Height: 9, Source: "a.md:3", Marks: []Mark{Label{Text: "囧", Size: 9}}}}})
	if err == nil || !strings.HasPrefix(err.Error(), "a.md:3：") {
		t.Errorf("错误是 %v", err)
	}
}
