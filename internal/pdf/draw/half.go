package draw

import (
	"encoding/binary"

	"wangjian/internal/pdf/typeset"
)

// A mark of punctuation has a square of its own, half of which is blank. Where that
// blank is taken away, a PDF needs a glyph with the width of half a square: marks that
// overlap are read as lines of their own. So a font has a second one for such marks.
// Where the ink is in the right half, its glyph is made of the first font's, moved
// to the left; that one stands behind all others of the font.

// halved returns the font of the marks in half of their squares.
func (f *face) halved() *face {
	half := *f.glyphs
	half.half, half.count = true, int(u16(f.parsed.tables["maxp"], 4))
	return &face{name: f.name + "-half", file: f.file, layouts: f.layouts, parsed: f.parsed, glyphs: &half}
}

// Half is the font in which a character stands in half of its square; nil where its
// ink does not fit there.
func (f *face) Half(r rune) typeset.Font {
	if _, advance, ok := f.Glyph(r); !ok || advance != usualAdvance || f.half == nil {
		return nil
	}
	if _, _, ok := f.half.Glyph(r); !ok {
		return nil
	}
	return f.half
}

// usualAdvance is the width of a Chinese character, in thousandths of an em.
const usualAdvance = 1000

// move is how far the ink of a glyph has to go to the left for half of its square, in
// units of the font; ok is false where it does not fit.
func (g *glyphs) move(id int) (by int, ok bool) {
	data, half := g.whole(id), g.units/2
	if len(data) < 10 {
		return 0, false
	}
	// Outlines may reach a hair over the middle.
	hair := g.units / 50
	switch left, right := int(int16(u16(data, 2))), int(int16(u16(data, 6))); {
	case right <= half+hair:
		return 0, true
	case left >= half-hair:
		return half, true
	}
	return 0, false
}

// moved is the outline of a glyph in half of its square: its own, or one that is made
// of it.
func (g *glyphs) moved(id int) []byte {
	if id >= g.count {
		return g.whole(id - g.count)
	}
	data := g.whole(id)
	by, _ := g.move(id)
	if by == 0 {
		return data
	}
	const wordsOfPlaces = 0x1 | 0x2
	out := binary.BigEndian.AppendUint16(nil, 0xffff) // made of others
	for at := 2; at < 10; at += 2 {
		edge := u16(data, at)
		if at == 2 || at == 6 {
			edge -= uint16(by)
		}
		out = binary.BigEndian.AppendUint16(out, edge)
	}
	for _, n := range []uint16{wordsOfPlaces, uint16(g.count + id), uint16(-by), 0} {
		out = binary.BigEndian.AppendUint16(out, n)
	}
	return out
}

// halfMetric is the advance of a glyph in half of its square and the blank at its left.
func (g *glyphs) halfMetric(id int) (advance, blank uint16) {
	if id >= g.count {
		return g.metric(id - g.count)
	}
	advance, blank = g.metric(id)
	if by, ok := g.move(id); ok {
		return uint16(g.units / 2), blank - uint16(by)
	}
	return advance, blank
}

// madeOf sets what maxp says of glyphs that are made of others to what one is that is
// made of any other.
func madeOf(maxp []byte) {
	if len(maxp) < 32 {
		return
	}
	put := func(at int, n uint16) { binary.BigEndian.PutUint16(maxp[at:], max(n, u16(maxp, at))) }
	put(10, u16(maxp, 6)) // points
	put(12, u16(maxp, 8)) // contours
	put(28, 1)            // parts
	binary.BigEndian.PutUint16(maxp[30:], u16(maxp, 30)+1)
}
