package draw

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/signintech/gopdf"

	"wangjian/internal/pdf/typeset"
	"wangjian/layouts"
)

func TestMissingOrBrokenFontsAreNamed(t *testing.T) {
	if _, err := LoadFonts(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "字体目录") {
		t.Errorf("没有字体目录：%v", err)
	}
	_, err := LoadFonts(layouts.Over(fstest.MapFS{"fonts/gkai00mp.ttf": {Data: []byte("不是字体")}}))
	if err == nil || !strings.Contains(err.Error(), "fonts/gkai00mp.ttf") {
		t.Errorf("坏字体：%v", err)
	}
	// A fallback is read only when it is needed, and its fault then tells why a
	// character is missing.
	fonts, err := LoadFonts(layouts.Over(fstest.MapFS{"fonts/NotoSerifSC-Regular.ttf": {Data: []byte("不是字体")}}))
	if err != nil || fonts.Err() != nil {
		t.Fatalf("还没用到就读了：%v", err)
	}
	for _, f := range fonts.For(typeset.Fang) {
		f.Glyph('㛃')
	}
	if err := fonts.Err(); err == nil || !strings.Contains(err.Error(), "NotoSerifSC-Regular.ttf") {
		t.Errorf("坏的后备字体：%v", err)
	}
}

func TestFallbackByRole(t *testing.T) {
	fonts, err := LoadFonts(layouts.Over(nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		role typeset.Role
		r    rune
		want string
	}{
		{typeset.Fang, '局', "FandolFang-converted"}, {typeset.Song, '局', "NotoSerifSC-Bold-subset"},
		{typeset.Hei, '局', "NotoSansSC-Medium-subset"}, {typeset.Kai, '局', "gkai00mp"},
		{typeset.Fang, '㛃', "NotoSerifSC-Regular"}, {typeset.Kai, '镕', "NotoSerifSC-Regular"},
		{typeset.Hei, '瞭', "NotoSansSC-Medium-subset"},
	} {
		got := "没有"
		for _, f := range fonts.For(c.role) {
			if _, _, ok := f.Glyph(c.r); ok {
				got = f.Name()
				break
			}
		}
		if got != c.want {
			t.Errorf("%c 用 %s，应为 %s", c.r, got, c.want)
		}
	}
}

func TestOnlyUsedFontsAreEmbedded(t *testing.T) {
	fonts, err := LoadFonts(layouts.Over(nil))
	if err != nil {
		t.Fatal(err)
	}
	page := &typeset.Page{Ops: []typeset.Op{
		typeset.Text{Font: fonts.For(typeset.Kai)[0], Size: 16, X: 80, Y: 100, Text: "正文"},
		typeset.Link{Anchor: "无处", X: 1, Y: 1, W: 9, H: 9},
	}}
	file, err := Play(typeset.A4, []*typeset.Page{page})
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(file.Bytes), "/FontFile2"); n != 1 {
		t.Errorf("嵌入了 %d 种字体", n)
	}
	if strings.Contains(string(file.Bytes), "/Annot") {
		t.Error("没有去处的链接留下了对象")
	}
}

// contents returns what the pages of a file say to the printer.
func contents(t *testing.T, ops ...[]typeset.Op) []string {
	t.Helper()
	fonts, err := LoadFonts(layouts.Over(nil))
	if err != nil {
		t.Fatal(err)
	}
	var pages []*typeset.Page
	for _, list := range ops {
		for i, op := range list {
			if x, ok := op.(typeset.Text); ok {
				x.Font, x.Size = fonts.For(typeset.Hei)[0], 10
				list[i] = x
			}
		}
		pages = append(pages, &typeset.Page{Ops: list})
	}
	file, err := Play(typeset.A4, pages)
	if err != nil {
		t.Fatal(err)
	}
	var streams []string
	for part := range strings.SplitSeq(string(file.Bytes), "stream\n") {
		if strings.Contains(part, " l") || strings.Contains(part, "BT") {
			streams = append(streams, strings.TrimSuffix(part, "end"))
		}
	}
	return streams[:len(pages)]
}

// Each page takes up its pen anew: a PDF page begins with one of its own.
func TestPenOfEveryPage(t *testing.T) {
	rule := typeset.Rule{X1: 1, Y1: 9, X2: 9, Y2: 9, Width: 0.4, Color: typeset.Grey}
	for i, page := range contents(t, []typeset.Op{rule}, []typeset.Op{rule}) {
		if !strings.Contains(page, "0.40 w") || !strings.Contains(page, "0.353 0.353 0.353 RG") {
			t.Errorf("第 %d 页没有取笔：%s", i+1, page)
		}
	}
}

// The colour of an area does not get into the text after it.
func TestTextAfterAnAreaIsBlack(t *testing.T) {
	red := typeset.Area{Rings: [][]typeset.Point{{{X: 1, Y: 1}, {X: 9, Y: 1}, {X: 9, Y: 9}}}, Color: typeset.Red}
	page := contents(t, []typeset.Op{typeset.Text{Text: "前"}, red, typeset.Text{Text: "后"}})[0]
	_, after, ok := strings.Cut(page, " f\n")
	if !ok || !strings.Contains(after, "0.000 0.000 0.000 rg") {
		t.Errorf("后面的文字没有说明颜色：%s", page)
	}
}

// gopdf closes what it strokes, so an open line must come back on itself.
func TestOpenAndClosedTraces(t *testing.T) {
	corners := []typeset.Point{{X: 10, Y: 10}, {X: 20, Y: 10}, {X: 20, Y: 20}, {X: 30, Y: 20}}
	open := contents(t, []typeset.Op{typeset.Trace{Points: corners, Width: 1}})[0]
	if n := strings.Count(open, " l "); n != 5 {
		t.Errorf("不闭合的线走了 %d 段：%s", n, open)
	}
	closed := contents(t, []typeset.Op{typeset.Trace{Points: corners, Closed: true, Width: 1}})[0]
	if n := strings.Count(closed, " l "); n != 3 {
		t.Errorf("闭合的线走了 %d 段：%s", n, closed)
	}
}

// What a font maps to a glyph without an outline, or draws as another
// character, comes from the next font that draws it.
func TestGlyphsWithoutInkComeFromElsewhere(t *testing.T) {
	fonts, err := LoadFonts(layouts.Over(nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		role typeset.Role
		text string
		not  string
	}{
		{typeset.Fang, "￥™", "FandolFang-converted"},
		{typeset.Fang, "醜準鬱餘衹癥捨鹼幹滷鬆", "FandolFang-converted"},
		{typeset.Kai, "ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹńňɑɡ︵︶﹁", "gkai00mp"},
	} {
		for _, r := range c.text {
			got := ""
			for _, f := range fonts.For(c.role) {
				if _, _, ok := f.Glyph(r); ok {
					got = f.Name()
					break
				}
			}
			if got == "" || got == c.not {
				t.Errorf("%c 用 %q", r, got)
			}
		}
	}
}

// No font of the program maps a character that it draws as nothing, but spaces,
// and each is looked up as gopdf does. Each face is asked for all of Unicode.
func TestEveryGlyphHasInk(t *testing.T) {
	fonts, err := LoadFonts(layouts.Over(nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fonts.faces {
		if err := f.load(); err != nil {
			t.Fatal(err)
		}
		drawn := 0
		var written gopdf.SubsetFontObj
		if err := written.SetTTFData(f.parsed.data); err != nil {
			t.Fatal(err)
		}
		for r := rune(0); r <= 0x2ffff; r++ {
			id, advance, ok := f.Glyph(r)
			if !ok {
				continue
			}
			drawn++
			if got, err := written.CharCodeToGlyphIndex(r); err != nil || got != id || int(written.GlyphIndexToPdfWidth(got)) != advance {
				t.Errorf("%s 的 U+%04X：gopdf 写第 %d 个字形，宽 %d；这里是 %d，%d（%v）", f.name, r, got, written.GlyphIndexToPdfWidth(got), id, advance, err)
			}
			if !typeset.Blank(r) && !f.glyphs.inked(int(id), 0) {
				t.Errorf("%s 的 U+%04X 没有轮廓", f.name, r)
			}
			if advance < 0 || advance > 3000 {
				t.Errorf("%s 的 U+%04X 宽 %d", f.name, r, advance)
			}
		}
		if few := 1200; drawn < few { // the least of them is for the Yi
			t.Errorf("%s 只有 %d 字", f.name, drawn)
		}
	}
}

// Characters and the faces agree on what can be printed.
func TestCharactersThatPapersShow(t *testing.T) {
	c := CharactersOf(layouts.Over(nil))
	for _, r := range "局㛃￥ⅱńǐɡ\t　\u200b㎡①𠮷𪛖𫝑𫞩𬭎𮛒☑₂₁₀āžꀀ꒐" {
		if !c.Draw(r) {
			t.Errorf("%c 印得出来", r)
		}
	}
	for _, r := range "🎉✅བོདᠮئۇ" {
		if c.Draw(r) {
			t.Errorf("%c 印不出来", r)
		}
	}
}
