package draw

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"

	"wangjian/layouts"
)

// TestSubset reads back what a paper gets of a font: the characters that it
// shows, with the outlines and metrics that the font has, and what they are made
// of; the numbers of glyphs leave none out.
func TestSubset(t *testing.T) {
	fonts, err := LoadFonts(layouts.Over(nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, face := range fonts.faces {
		used := map[rune]int{}
		for _, r := range "网剑 2022é、㛃\U00020BB7" {
			if id, _, ok := face.Glyph(r); ok {
				used[r] = int(id)
			}
		}
		subset := face.parsed.subset(face.glyphs, used)
		parsed, g, err := examine(sfnt(subset.tables))
		if err != nil {
			t.Fatal(err)
		}
		if count := int(u16(parsed.tables["maxp"], 4)); count != len(closure(face.glyphs, used)) || len(subset.Set) != (count+7)/8 {
			t.Errorf("%s: %d glyphs, a set of %d bytes", face.name, count, len(subset.Set))
		}
		for r, old := range used {
			id, advance, ok := g.glyph(r)
			if _, want, _ := face.Glyph(r); !ok || advance != want {
				t.Errorf("%s: %c is there: %v, with an advance of %d, not %d", face.name, r, ok, advance, want)
			}
			sameGlyph(t, face.glyphs, g, old, int(id))
			if in := subset.Set[id/8]&(0x80>>(id%8)) != 0; in != (r != ' ') {
				t.Errorf("%s: whether %c is in the set: %v", face.name, r, in)
			}
		}
		small, err := parse(subset.File())
		if err != nil {
			t.Fatal(err)
		}
		for tag := range small.tables {
			if !slices.Contains(inPDF, tag) {
				t.Errorf("%s: a PDF has no use for the table %s", face.name, tag)
			}
		}
	}
}

// sameGlyph compares a glyph of a font with one of its subset, numbers of parts
// aside, and then those parts.
func sameGlyph(t *testing.T, font, subset *glyphs, old, id int) {
	t.Helper()
	want, got := slices.Clone(font.outline(old)), slices.Clone(subset.outline(id))
	var olds []int
	for at, part := range font.parts(old) {
		olds = append(olds, part)
		binary.BigEndian.PutUint16(want[at:], 0)
	}
	for at, part := range subset.parts(id) {
		sameGlyph(t, font, subset, olds[0], part)
		olds = olds[1:]
		binary.BigEndian.PutUint16(got[at:], 0)
	}
	if !bytes.Equal(bytes.TrimRight(got, "\x00"), bytes.TrimRight(want, "\x00")) {
		t.Errorf("glyph %d has %d bytes, not %d", old, len(got), len(want))
	}
	if a, b := font.appendMetric(nil, old), subset.appendMetric(nil, id); !bytes.Equal(a, b) {
		t.Errorf("glyph %d has the metrics %v, not %v", old, b, a)
	}
}
