package draw

import (
	"testing"

	"wangjian/internal/pdf/typeset"
	"wangjian/layouts"
)

// TestHalves: the marks that papers set in half of their squares have their ink there,
// in the font of every role and in what a paper gets of it; no other character does.
func TestHalves(t *testing.T) {
	fonts, err := LoadFonts(layouts.Over(nil))
	if err != nil {
		t.Fatal(err)
	}
	for role := range typeset.Roles {
		whole := fonts.For(role)[0].(*face)
		used := map[rune]int{}
		for _, r := range "，。、；：”）》“（《" {
			half, ok := whole.Half(r).(*face)
			if !ok {
				t.Errorf("%s: %c has no half", whole.name, r)
				continue
			}
			id, advance, _ := half.Glyph(r)
			if used[r] = int(id); advance != 500 || half.Name() != whole.name+"-half" || half.Half(r) != nil {
				t.Errorf("%s: %c is %d wide", half.Name(), r, advance)
			}
		}
		if whole.Half('中') != nil || whole.Half('—') != nil {
			t.Errorf("%s: 中 or — has a half", whole.name)
		}
		subset := whole.half.parsed.subset(whole.half.glyphs, used)
		_, g, err := examine(sfnt(subset.tables))
		if err != nil {
			t.Fatal(err)
		}
		for r, old := range used {
			id, advance, ok := g.glyph(r)
			outline := g.outline(int(id))
			left, right := int(int16(u16(outline, 2))), int(int16(u16(outline, 6)))
			if hair := g.units / 50; !ok || advance != 500 || left < -hair || right > g.units/2+hair {
				t.Errorf("%s: %c reaches from %d to %d of %d, %d wide", whole.name, r, left, right, g.units, advance)
			}
			if _, blank := g.metric(int(id)); int(int16(blank)) != left {
				t.Errorf("%s: %c has %d at its left, its outline %d", whole.name, r, int16(blank), left)
			}
			// What it is made of is the font's own, moved.
			for at, part := range g.parts(int(id)) {
				if by := int(int16(u16(outline, at+2))); by != -g.units/2 || (len(g.outline(part))+1)/2 != (len(whole.glyphs.outline(old))+1)/2 {
					t.Errorf("%s: %c is moved by %d", whole.name, r, by)
				}
			}
		}
	}
}
