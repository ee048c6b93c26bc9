package main

import (
	"fmt"
	"image/color"
	"os"
	"path/filepath"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// fonts are the two faces of the project's own formal documents.
type fonts struct{ sans, serif *face }

// face draws text as outlines, so that it can stand in perspective.
type face struct {
	font *sfnt.Font
	buf  sfnt.Buffer
}

// unit is the size at which outlines are taken from the font; they are scaled
// from there.
const unit = 1000

func loadFonts(dir string) (*fonts, error) {
	var f fonts
	for name, to := range map[string]**face{
		"NotoSansSC-Medium-subset.ttf": &f.sans,
		"NotoSerifSC-Bold-subset.ttf":  &f.serif,
	} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, fmt.Errorf("read font: %w", err)
		}
		parsed, err := sfnt.Parse(raw)
		if err != nil {
			return nil, fmt.Errorf("parse font %s: %w", name, err)
		}
		*to = &face{font: parsed}
	}
	return &f, nil
}

// outline is the text as a path: its baseline starts at 0,0 and a character
// is 1 high, y downwards. It panics where the font lacks a character, since
// the words are the program's own.
func (f *face) outline(words string) (path, float64) {
	var out path
	x := 0.0
	for _, r := range words {
		g, err := f.font.GlyphIndex(&f.buf, r)
		if err != nil || g == 0 {
			panic(fmt.Sprintf("the font has no %q", r))
		}
		segs, err := f.font.LoadGlyph(&f.buf, g, fixed.I(unit), nil)
		if err != nil {
			panic(fmt.Sprintf("outline of %q: %v", r, err))
		}
		for i, s := range segs {
			var p [3]pt
			for j, a := range s.Args {
				p[j] = pt{x + float64(a.X)/64/unit, float64(a.Y) / 64 / unit}
			}
			switch s.Op {
			case sfnt.SegmentOpMoveTo:
				if i > 0 {
					out.close()
				}
				out.moveTo(p[0])
			case sfnt.SegmentOpLineTo:
				out.lineTo(p[0])
			case sfnt.SegmentOpQuadTo:
				out.quadTo(p[0], p[1])
			case sfnt.SegmentOpCubeTo:
				out.cubicTo(p[0], p[1], p[2])
			}
		}
		if len(segs) > 0 {
			out.close()
		}
		advance, err := f.font.GlyphAdvance(&f.buf, g, fixed.I(unit), font.HintingNone)
		if err != nil {
			panic(fmt.Sprintf("advance of %q: %v", r, err))
		}
		x += float64(advance) / 64 / unit
	}
	return out, x
}

func (f *face) width(words string, size float64) float64 {
	_, w := f.outline(words)
	return w * size
}

// align says which point of the text a position is.
type align float64

const (
	left   align = 0
	middle align = 0.5
	right  align = 1
)

// centreLine is how far a Chinese character's middle lies above its baseline.
const centreLine = 0.36

// text writes words with their vertical middle at the position's height.
func (c *canvas) text(f *face, words string, at pt, size float64, a align, col color.NRGBA) {
	c.textOn(f, words, a, size, col, func(p pt) pt { return at.add(p.x, p.y) })
}

// textOn writes words on any surface: the text is laid out about 0,0, y
// downwards, and to maps it onto the sheet.
func (c *canvas) textOn(f *face, words string, a align, size float64, col color.NRGBA, to func(pt) pt) {
	p, w := f.outline(words)
	c.fill(p.mapped(func(q pt) pt {
		return to(pt{(q.x - w*float64(a)) * size, (q.y + centreLine) * size})
	}), col)
}

// spaced is like text, with letter spacing in parts of the size.
func (c *canvas) spaced(f *face, words string, at pt, size, gap float64, a align, col color.NRGBA) {
	runes := []rune(words)
	total := f.width(words, size) + gap*size*float64(len(runes)-1)
	x := at.x - total*float64(a)
	for _, r := range runes {
		c.text(f, string(r), pt{x, at.y}, size, left, col)
		x += f.width(string(r), size) + gap*size
	}
}
