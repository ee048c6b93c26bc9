package main

import (
	"bytes"
	"math"
	"os"
	"slices"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// circle is one of many short curves, with its points at whole units.
func circle(x, y, radius float64, curves int) (c contour) {
	at := func(k, radius float64) point {
		sin, cos := math.Sincos(2 * math.Pi * k / float64(curves))
		return point{math.Round(x + radius*cos), math.Round(y + radius*sin)}
	}
	for k := range curves {
		c = append(c, vertex{at(float64(k), radius), true},
			vertex{at(float64(k)+0.5, radius/math.Cos(math.Pi/float64(curves))), false})
	}
	return c
}

// stroke is a straight one with a round end, and points that it does not need.
func stroke() contour {
	on := func(x, y float64) vertex { return vertex{point{x, y}, true} }
	off := func(x, y float64) vertex { return vertex{point{x, y}, false} }
	return contour{
		on(100, 0), on(100, 201), on(101, 400), on(100, 600), off(100, 606), on(103, 611), off(112, 620), on(121, 620),
		off(142, 620), on(142, 599), on(142, 0),
	}
}

func TestFit(t *testing.T) {
	for _, c := range []struct {
		name      string
		grid, err float64
		contour   contour
		most      int // points
		corners   []point
	}{
		{"a circle", 3, 3, circle(500, 380, 300, 24), 9, nil},
		{"a circle, finely", 1, 0.8, circle(500, 380, 300, 24), 13, nil},
		{"a dot", 3, 3, circle(501, 381, 12, 6), 9, nil},
		{"a stroke", 2, 3, stroke(), 7, []point{{100, 0}, {142, 0}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := fitter{c.grid, c.err}.contour(c.contour)
			if !ok || len(got) > c.most {
				t.Fatalf("%d points: %v", len(got), got)
			}
			for _, v := range got {
				if math.Mod(v.x, c.grid) != 0 || math.Mod(v.y, c.grid) != 0 {
					t.Errorf("%v is not on the grid", v)
				}
			}
			for _, corner := range c.corners {
				if !slices.Contains(got, vertex{corner, true}) {
					t.Errorf("no corner at %v: %v", corner, got)
				}
			}
			old, drawn := outlineOf(nodes(c.contour), 1).path, outlineOf(nodes(got), 1).path
			if d := distance(old, drawn); d > c.err+2*flatness {
				t.Errorf("%.2f units from the old outline: %v", d, got)
			}
		})
	}
}

// distance is the greatest from a point of either to the nearest of the other, both
// with a point every unit.
func distance(a, b []point) (worst float64) {
	for _, pair := range [][2][]point{{a, b}, {b, a}} {
		for _, p := range pair[0] {
			least := math.Inf(1)
			for _, q := range pair[1] {
				least = min(least, p.minus(q).length())
			}
			worst = max(worst, least)
		}
	}
	return worst
}

// Glyphs are read back as they were written, with far points and many alike.
func TestGlyphsAreReadBack(t *testing.T) {
	far := contour{{point{-800, -300}, true}, {point{900, -300}, true}, {point{900, 1200}, true}}
	list := []contour{circle(500, 380, 300, 300), far, stroke()}
	for _, overlap := range []bool{false, true} {
		got, o, ok := simple(written(list, overlap))
		if !ok || o != overlap || len(got) != len(list) {
			t.Fatalf("%d contours, overlap %v", len(got), o)
		}
		for i, c := range list {
			if !slices.Equal(got[i], c) {
				t.Errorf("contour %d is %v", i, got[i])
			}
		}
	}
}

// Where the path ends on its way back is not written; so that is where it is long.
func TestContoursBeginWhereItIsCheap(t *testing.T) {
	c := contour{{point{900, 900}, true}, {point{900, 903}, true}, {point{3, 0}, true}, {point{0, 0}, true}}
	if got := arranged([]contour{c}); got[0][0] != c[3] && got[0][0] != c[2] {
		t.Errorf("begins at %v", got[0][0])
	}
}

// few is a font of the program, cut to so many of its glyphs; each of them has an
// advance of its own.
func few(t *testing.T, name string, from, glyphs int) []byte {
	t.Helper()
	data, err := os.ReadFile("../../layouts/fonts/" + name)
	if err != nil {
		t.Fatal(err)
	}
	f, err := readFont(data)
	if err != nil {
		t.Fatal(err)
	}
	f["loca"] = f["loca"][4*from : 4*(from+glyphs+1)]
	be.PutUint16(f["maxp"][4:], uint16(glyphs))
	for header, table := range map[string]string{"hhea": "hmtx", "vhea": "vmtx"} {
		be.PutUint16(f[header][34:], uint16(glyphs))
		f[table] = f[table][4*from : 4*(from+glyphs)]
	}
	return f.file()
}

// What is not an outline stays: widths, the places of outlines in their squares,
// names. Another program reads it.
func TestFontStays(t *testing.T) {
	const narrow, glyphs = 20, 160 // the first are letters
	data := few(t, "gkai00mp.ttf", 256-narrow, glyphs)
	old, err := readFont(data)
	if err != nil {
		t.Fatal(err)
	}
	f, _ := readFont(data)
	f["cvt "], f["fpgm"] = []byte{0, 0}, []byte{0} // as fonts with instructions have
	r := fitter{4, 5}.font(f)
	f.addNotice("Drawn anew 网剑.")
	if r.after >= r.before || r.left > glyphs/4 || r.worst > 5.2 {
		t.Errorf("%+v", r)
	}
	if f["cvt "] != nil || f["fpgm"] != nil {
		t.Error("instructions are left")
	}
	file := f.file()
	if sum(file) != 0xb1b0afba {
		t.Errorf("check sum %x", sum(file))
	}
	a, err := sfnt.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	b, err := sfnt.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	var buf sfnt.Buffer
	em := fixed.I(int(a.UnitsPerEm()))
	olds, news := old.glyphs(), f.glyphs()
	for i := range olds {
		was, _ := a.GlyphAdvance(&buf, sfnt.GlyphIndex(i), em, font.HintingNone)
		if now, err := b.GlyphAdvance(&buf, sfnt.GlyphIndex(i), em, font.HintingNone); now != was {
			t.Errorf("glyph %d is %v wide, was %v, %v", i, now, was, err)
		}
		if len(olds[i]) == 0 {
			continue
		}
		number := func(b []byte, at int) int { return int(int16(be.Uint16(b[at:]))) }
		drawn, _, _ := simple(olds[i])
		if now, _, _ := simple(news[i]); i < narrow && !slices.EqualFunc(drawn, now, slices.Equal[contour]) {
			t.Errorf("letter %d is %v, was %v", i, now, drawn)
		}
		x0, y0, x1, y1 := box(drawn)
		for k, edge := range []int{x0, y0, x1, y1} {
			if now := number(news[i], 2+2*k); now < edge-6 || now > edge+6 {
				t.Errorf("glyph %d: edge %d is at %d, was at %d", i, k, now, edge)
			}
		}
		// An edge and the blank beside it belong together.
		left := func(f truetype, glyph []byte) int { return number(f["hmtx"], 4*i+2) - number(glyph, 2) }
		top := func(f truetype, glyph []byte) int { return number(f["vmtx"], 4*i+2) + number(glyph, 8) }
		if left(old, olds[i]) != left(f, news[i]) || top(old, olds[i]) != top(f, news[i]) {
			t.Errorf("glyph %d has moved", i)
		}
	}
	if name, err := b.Name(&buf, sfnt.NameIDDescription); err != nil || name != "Drawn anew 网剑." {
		t.Errorf("the notice is %q, %v", name, err)
	}
	if name, err := b.Name(&buf, sfnt.NameIDPostScript); err != nil || name != "GBZenKai-Medium" {
		t.Errorf("the font is %q, %v", name, err)
	}
	if !bytes.Equal(old["cmap"], f["cmap"]) {
		t.Error("characters have other glyphs")
	}
}

// Fonts that the command does not provide for are refused.
func TestRefusedFonts(t *testing.T) {
	data, err := os.ReadFile("../../layouts/fonts/NotoSansYi-Regular.ttf")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := readFont(data); err == nil {
		t.Error("glyphs that are made of others")
	}
	if _, err := readFont([]byte("wOF2, and more than that")); err == nil {
		t.Error("not TrueType")
	}
}

// A thin ring is drawn finer than asked for, so that it stays; a box, which needs all
// of its points, is not drawn at all.
func TestGlyphsThatStay(t *testing.T) {
	inner := circle(500, 380, 290, 24)
	slices.Reverse(inner)
	thin := []contour{circle(500, 380, 300, 24), inner}
	coarse, _ := fitter{5, 5}.contours(thin, 2000)
	if area(coarse) > 0.95*area(thin) && area(coarse) < 1.05*area(thin) {
		t.Fatal("the ring is not thin enough")
	}
	got, r := fitter{5, 5}.glyph(thin, 2000)
	if math.Abs(area(got)/area(thin)-1) > moreInk || r.left > 0 || r.after >= r.before {
		t.Errorf("ink of %.0f, was %.0f: %+v", area(got), area(thin), r)
	}
	box := []contour{{{point{51, -121}, true}, {point{50, 808}, true}, {point{950, 807}, true}, {point{951, -120}, true}}}
	if got, r = (fitter{3, 3}).glyph(box, 1000); !slices.Equal(got[0], box[0]) || r.left != 1 {
		t.Errorf("%v, %+v", got, r)
	}
}
