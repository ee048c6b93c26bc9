// Command outlines draws the glyphs of a TrueType font anew with fewer points on a
// coarser grid, so that it takes fewer bytes in a PDF and looks the same.
//
//	go run ./tools/outlines -notice "..." old.ttf new.ttf
//
// An outline is cut at its corners and between them where it takes the fewest bits.
// Each piece becomes a line, or quadratic curves that meet half way between their
// control points, which need no point of their own there. Pieces are fitted by least
// squares; none is accepted that is further from the old outline than -error, both
// ways, and no glyph that gains or loses much ink. Letters and figures, which are
// narrower than an em, stay as they are: few of them are many on paper, and they are
// round and even. Contours may begin elsewhere and come in another order; glyphs,
// widths and characters are as they were. Instructions for small screens are left
// out: they are for the old points.
//
// It prints how many points there were and are, and the greatest distance between
// the old and the new outlines, measured once more.
package main

import (
	"flag"
	"fmt"
	"log"
	"math"
	"os"
	"runtime"
	"slices"
	"sync"
)

func main() {
	log.SetFlags(0)
	fit := fitter{}
	flag.Float64Var(&fit.grid, "grid", 3, "coordinates become multiples of this, in units of the font")
	flag.Float64Var(&fit.err, "error", 3, "greatest distance between an old and a new outline, in units of the font")
	notice := flag.String("notice", "", "what was changed and when, for the font's table of names")
	flag.Parse()
	if flag.NArg() != 2 {
		log.Fatal("usage: outlines [-grid 3] [-error 3] [-notice text] old.ttf new.ttf")
	}
	data, err := os.ReadFile(flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	f, err := readFont(data)
	if err != nil {
		log.Fatalf("%s: %v", flag.Arg(0), err)
	}
	r := fit.font(f)
	if *notice != "" {
		f.addNotice(*notice)
	}
	if err := os.WriteFile(flag.Arg(1), f.file(), 0o666); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("points: %d, were %d; glyphs left as they were: %d; greatest distance: %.2f units\n", r.after, r.before, r.left, r.worst)
}

// result is what became of outlines.
type result struct {
	before, after int     // points
	left          int     // glyphs that stay as they were
	worst         float64 // greatest distance, in units
}

// font draws the glyphs of a font anew.
func (f fitter) font(of truetype) result {
	list := of.glyphs()
	results := make([]result, len(list))
	drawn := make([][]byte, len(list))
	var group sync.WaitGroup
	em := int(be.Uint16(of["head"][18:]))
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := range next {
				contours, overlap, ok := simple(list[i])
				if ok && of.advance(i) >= em {
					contours, results[i] = f.glyph(contours, em)
				}
				if ok {
					drawn[i] = written(contours, overlap)
				}
			}
		})
	}
	for i := range list {
		next <- i
	}
	close(next)
	group.Wait()
	of.setGlyphs(drawn)
	var all result
	for _, r := range results {
		all.before, all.after, all.left, all.worst = all.before+r.before, all.after+r.after, all.left+r.left, max(all.worst, r.worst)
	}
	return all
}

// moreInk is the part of its ink that a glyph may gain or lose: thin strokes stay.
const moreInk = 0.015

// glyph draws a glyph anew, and finer where it is thin. One that needs no fewer
// points for that stays as it is.
func (f fitter) glyph(old []contour, em int) ([]contour, result) {
	before := points(old)
	for _, finer := range []fitter{f, {1, f.err / 2}, {1, f.err / 4}} {
		drawn, worst := finer.contours(old, em)
		if math.Abs(area(drawn)-area(old)) > moreInk*math.Abs(area(old)) {
			continue
		}
		if n := points(drawn); n < before {
			return arranged(drawn), result{before: before, after: n, worst: worst}
		}
		break
	}
	return old, result{before: before, after: before, left: 1}
}

// contours draws the contours of a glyph anew and measures how far they are from
// the old ones; rings are drawn finer, and so is what is smaller than the grid.
func (f fitter) contours(old []contour, em int) (list []contour, worst float64) {
	for _, c := range old {
		fit := f
		if ring(c, em) {
			fit = fitter{1, f.err / 4}
		}
		fitted, ok := fit.contour(c)
		if !ok {
			fitted, ok = fitter{1, f.err}.contour(c)
		}
		if !ok {
			list = append(list, c)
			continue
		}
		const fine = 2 // units between the points that measure
		worst = max(worst, apart(outlineOf(nodes(c), fine).path, outlineOf(nodes(fitted), fine).path, math.Inf(1)))
		list = append(list, fitted)
	}
	return list, worst
}

// ring reports whether a contour is large and round: on such a one, small bends show.
func ring(c contour, em int) bool {
	xMin, yMin, xMax, yMax := box([]contour{c})
	return min(xMax-xMin, yMax-yMin) > em/2 && !slices.Contains(outlineOf(nodes(c), math.Inf(1)).corner, true)
}

// points is how many there are.
func points(list []contour) (n int) {
	for _, c := range list {
		n += len(c)
	}
	return n
}

// area is that of the ink, less where contours overlap, in square units.
func area(list []contour) (sum float64) {
	for _, c := range list {
		path := outlineOf(nodes(c), math.Inf(1)).path
		for i := 1; i < len(path); i++ {
			sum += path[i-1].cross(path[i]) / 2
		}
	}
	return sum
}

// arranged puts the contours in the order, and each at the start, that takes few
// bits: a point is written as its distance from the one before it, and the way
// from a contour's last point back to its start is not written.
func arranged(list []contour) []contour {
	list = slices.Clone(list)
	var last point
	for done := range list {
		chosen, start, least := 0, 0, 0.0
		for i, c := range list[done:] {
			for k, v := range c {
				back := bits(c[(k+len(c)-1)%len(c)].point, v.point)
				if n := bits(last, v.point) - back; i+k == 0 || n < least {
					chosen, start, least = done+i, k, n
				}
			}
		}
		list[done], list[chosen] = list[chosen], list[done]
		c := list[done]
		list[done] = slices.Concat(c[start:], c[:start])
		last = list[done][len(c)-1].point
	}
	return list
}
