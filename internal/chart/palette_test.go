package chart

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// rgb is a colour in linear light.
type rgb [3]float64

func linear(hex string) rgb {
	var c rgb
	for i := range c {
		n, _ := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		v := float64(n) / 255
		if v <= 0.04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return c
}

func (c rgb) luminance() float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

// contrast is WCAG 2's ratio.
func contrast(a, b rgb) float64 {
	high, low := max(a.luminance(), b.luminance()), min(a.luminance(), b.luminance())
	return (high + 0.05) / (low + 0.05)
}

func lab(c rgb) [3]float64 {
	f := func(t float64) float64 {
		if t > 0.008856 {
			return math.Cbrt(t)
		}
		return 7.787*t + 16.0/116
	}
	x := f((0.4124*c[0] + 0.3576*c[1] + 0.1805*c[2]) / 0.9505)
	y := f(c.luminance())
	z := f((0.0193*c[0] + 0.1192*c[1] + 0.9505*c[2]) / 1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// The common colour deficiencies, complete (Machado, Oliveira and Fernandes
// 2009).
var sights = map[string][3]rgb{
	"full":   {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protan": {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deutan": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritan": {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

func seen(c rgb, sight [3]rgb) rgb {
	var out rgb
	for i, m := range sight {
		out[i] = min(1, max(0, m[0]*c[0]+m[1]*c[1]+m[2]*c[2]))
	}
	return out
}

const darkPage = "#14181d"

func TestPalette(t *testing.T) {
	series := []string{colour1, colour2, colour3}
	for _, hex := range series {
		for _, page := range []string{paper, darkPage} {
			if got := contrast(linear(hex), linear(page)); got < 3 {
				t.Errorf("%s on %s has %.2f:1", hex, page, got)
			}
		}
	}
	for name, sight := range sights {
		for i, a := range series {
			for _, b := range series[i+1:] {
				p, q := lab(seen(linear(a), sight)), lab(seen(linear(b), sight))
				if d := math.Hypot(math.Hypot(p[0]-q[0], p[1]-q[1]), p[2]-q[2]); d < 12 {
					t.Errorf("%s and %s are %.1f apart for %s sight", a, b, d, name)
				}
			}
		}
	}
	for _, text := range []string{ink, inkSoft} {
		if got := contrast(linear(text), linear(paper)); got < 4.5 {
			t.Errorf("text %s has %.2f:1", text, got)
		}
	}
	below := paper
	for _, tint := range tints {
		if got := contrast(linear(ink), linear(tint)); got < 4.5 {
			t.Errorf("ink on %s has %.2f:1", tint, got)
		}
		if got := contrast(linear(tint), linear(below)); got < 1.3 {
			t.Errorf("%s is told from %s by %.2f:1", tint, below, got)
		}
		below = tint
	}
}

// TestPageKnowsThePalette: the stylesheet has a class for every colour, and
// charts.js does what the security policy allows.
func TestPageKnowsThePalette(t *testing.T) {
	style, err := os.ReadFile("../../layouts/assets/site.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range palette {
		name := strings.TrimPrefix(c[1], "--")
		if !strings.Contains(string(style), ".fill-"+name+" { fill: var(--") || name != "paper" && !strings.Contains(string(style), "  "+c[1]+": ") {
			t.Errorf("the stylesheet does not exchange %s for %s", c[0], c[1])
		}
	}
	script, err := os.ReadFile("../../layouts/assets/charts.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, banned := range []string{"fetch(", "import ", "innerHTML", "setAttribute('style", "eval("} {
		if strings.Contains(string(script), banned) {
			t.Errorf("charts.js has %s", banned)
		}
	}
}
