package pdf

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/finish"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/stats"
)

// TestPagesPaintWhatGopdfPaints: the contents of a finished file are shorter, and put
// every text, path and picture in the same place, in the same ink and order.
func TestPagesPaintWhatGopdfPaints(t *testing.T) {
	v := sampleView(t)
	book, o := stats.Of(v), withCharts(v)
	paper := Volume(v, book)
	s, err := compose(v, book, o, fonts(), paper)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := draw.Play(typeset.A4, s.pages)
	if err != nil {
		t.Fatal(err)
	}
	var before []string
	for _, m := range regexp.MustCompile(`(?s)stream\n(.*?)\nendstream`).FindAllSubmatch(raw.Bytes, -1) {
		if regexp.MustCompile(`(?m) (TD|Do|re|l [fsS]|l  f)\s*$`).Match(m[1]) {
			before = append(before, operators(m[1]))
		}
	}
	file, err := finish.Finish(raw, s.document(v, paper))
	if err != nil {
		t.Fatal(err)
	}
	r := read(t, file)
	pages := r.pages()
	if len(before) != len(pages) {
		t.Fatalf("%d contents before, %d pages", len(before), len(pages))
	}
	kinds := map[string]int{}
	for i, page := range pages {
		want, got := painted(t, before[i]), painted(t, r.content(page))
		for n := range max(len(want), len(got)) {
			a, b := append(want, "nothing")[min(n, len(want))], append(got, "nothing")[min(n, len(got))]
			if a != b {
				t.Errorf("第 %d 页第 %d 处是\n%s\n应为\n%s", i+1, n+1, b, a)
				break
			}
			kind, _, _ := strings.Cut(a, " ")
			kinds[kind]++
		}
	}
	for _, kind := range []string{"text", "f", "S", "Do"} {
		if kinds[kind] < 5 {
			t.Errorf("%d of %s were compared", kinds[kind], kind)
		}
	}
}

// matrix is how a space lies in another (ISO 32000-1, 8.3.4).
type matrix [6]float64

func (m matrix) in(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3], m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// String rounds to thousandths: operators name no more than hundredths.
func (m matrix) String() string {
	var b strings.Builder
	for _, v := range m {
		fmt.Fprintf(&b, " %.3f", math.Round(v*1000)/1000+0)
	}
	return b.String()
}

// painted lists what a content stream paints, each with all that it depends on.
func painted(t *testing.T, operators string) (list []string) {
	t.Helper()
	type state struct {
		space                              matrix
		font, spacing, fill, stroke, width string
	}
	unit := matrix{1, 0, 0, 1, 0, 0}
	at := state{unit, "", "0.000", "0.000 0.000 0.000", "0.000 0.000 0.000", "1.000"}
	var saved []state
	var text matrix
	var path []string
	for line := range strings.Lines(operators) {
		words := strings.Fields(line)
		operator, operands := words[len(words)-1], words[:len(words)-1]
		var n []float64
		for _, word := range operands {
			if v, err := strconv.ParseFloat(word, 64); err == nil {
				n = append(n, v)
			}
		}
		numbers := func() string { return strings.Trim(fmt.Sprintf("%.3f", n), "[]") }
		corner := func(x, y float64) {
			p := matrix{1, 0, 0, 1, x, y}.in(at.space)
			path = append(path, fmt.Sprintf("%.3f,%.3f", math.Round(p[4]*1000)/1000+0, math.Round(p[5]*1000)/1000+0))
		}
		switch operator {
		case "q":
			saved = append(saved, at)
		case "Q":
			at, saved = saved[len(saved)-1], saved[:len(saved)-1]
		case "cm":
			at.space = matrix(n).in(at.space)
		case "BT":
			text = unit
		case "Td", "TD":
			text = matrix{1, 0, 0, 1, n[0], n[1]}.in(text)
		case "Tf":
			at.font = operands[0] + " " + numbers()
		case "Tc":
			at.spacing = numbers()
		case "g":
			n = []float64{n[0], n[0], n[0]}
			at.fill = numbers()
		case "G":
			n = []float64{n[0], n[0], n[0]}
			at.stroke = numbers()
		case "rg":
			at.fill = numbers()
		case "RG":
			at.stroke = numbers()
		case "w":
			at.width = numbers()
		case "Tj", "TJ":
			list = append(list, fmt.Sprint("text ", strings.Trim(strings.Join(operands, ""), "[]"), " at", text.in(at.space), " in ", at.font, " ", at.spacing, " ", at.fill))
		case "m", "l":
			corner(n[0], n[1])
		case "re":
			corner(n[0], n[1])
			corner(n[0]+n[2], n[1])
			corner(n[0]+n[2], n[1]+n[3])
			corner(n[0], n[1]+n[3])
		case "f":
			list, path = append(list, fmt.Sprint("f ", at.fill, " ", path)), nil
		case "S", "s":
			list, path = append(list, fmt.Sprint(operator, " ", at.stroke, " ", at.width, " ", path)), nil
		case "Do":
			list = append(list, fmt.Sprint("Do ", operands[0], at.space))
		case "ET", "EMC", "BMC", "BDC", "d":
		default:
			t.Fatalf("%q", line)
		}
	}
	return list
}
