package draw

import (
	"bytes"
	"testing"

	"wangjian/internal/pdf/typeset"
	"wangjian/layouts"
)

// TestSubset reads back what a paper gets of a font: of the glyphs that it
// shows the outlines and metrics that the font has, of all others nothing, and
// no places beyond the last.
func TestSubset(t *testing.T) {
	fonts, err := LoadFonts(layouts.Over(nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range []typeset.Role{typeset.Fang, typeset.Song, typeset.Hei, typeset.Kai} {
		face := fonts.For(role)[0].(*face)
		used, last := map[int]bool{}, 0
		for _, r := range "网剑 2022" {
			id, _, ok := face.Glyph(r)
			if !ok {
				t.Fatalf("%s has no %c", face.name, r)
			}
			used[int(id)] = true
			last = max(last, int(id))
		}
		subset := face.parsed.subset(face.glyphs, used)
		parsed, err := parse(subset.File)
		if err != nil {
			t.Fatal(err)
		}
		g := &glyphs{loca: parsed.tables["loca"], glyf: parsed.tables["glyf"], long: face.glyphs.long}
		count := int(u16(parsed.tables["maxp"], 4))
		entry := 2
		if g.long {
			entry = 4
		}
		if count != last+1 || len(g.loca) != entry*(count+1) || len(subset.Set) != (count+7)/8 {
			t.Errorf("%s: %d glyphs, loca of %d bytes, a set of %d; the last shown is %d", face.name, count, len(g.loca), len(subset.Set), last)
		}
		for id := range count {
			want := []byte(nil)
			if used[id] || id == 0 {
				want = face.glyphs.outline(id)
			}
			if !bytes.Equal(g.outline(id), want) {
				t.Errorf("%s: glyph %d has %d bytes, not %d", face.name, id, len(g.outline(id)), len(want))
			}
			if in := subset.Set[id/8]&(0x80>>(id%8)) != 0; in != (id == 0 || len(want) > 0) {
				t.Errorf("%s: whether glyph %d is in the set: %v", face.name, id, in)
			}
			if used[id] && id < int(u16(parsed.tables["hhea"], 34)) && u32(parsed.tables["hmtx"], 4*id) != u32(face.glyphs.widths, 4*id) {
				t.Errorf("%s: glyph %d has other metrics", face.name, id)
			}
		}
	}
}
