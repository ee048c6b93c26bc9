package draw

import (
	"image"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	outlines "golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"wangjian/internal/pdf/typeset"
	"wangjian/layouts"
)

// TestSymbolsAreWhatTheyMean compares every font that the program ships with the
// references: what is unlike is listed as misdrawn, and nothing else is.
func TestSymbolsAreWhatTheyMean(t *testing.T) {
	fonts, err := LoadFonts(layouts.Over(nil))
	if err != nil {
		t.Fatal(err)
	}
	refs, err := referencesIn(layouts.Over(nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fonts.faces {
		if err := f.load(); err != nil {
			t.Fatal(err)
		}
		name := f.parsed.names(postScriptName)[0]
		listed := strings.Map(func(r rune) rune {
			if strings.ContainsRune(symbols, r) {
				return r
			}
			return -1
		}, misdrawn[name])
		if unlike := string(refs.unlike(f.parsed.data)); unlike != listed {
			t.Errorf("%s: draws %q unlike the references; listed are %q", name, unlike, listed)
		}
	}
	for _, want := range "￥√©™" {
		for _, r := range []typeset.Role{typeset.Fang, typeset.Kai} {
			drawn := slices.IndexFunc(fonts.For(r), func(f typeset.Font) bool { _, _, ok := f.Glyph(want); return ok })
			if got := fonts.For(r)[drawn].Name(); got == "FandolFang-converted" {
				t.Errorf("%c is drawn by %s", want, got)
			}
		}
	}
}

// TestDoubtsOfOfficeFonts: an office's font is told of what it draws as nothing
// and what it draws as something else, and papers take both from other fonts.
func TestDoubtsOfOfficeFonts(t *testing.T) {
	own := fstest.MapFS{
		"fonts/仿宋.ttf": {Data: shipped(t, "FandolFang-converted.ttf", 0)},
		"fonts/楷体.ttf": {Data: shipped(t, "gkai00mp.ttf", 0)},
		"fonts/黑体.ttf": {Data: shipped(t, files[typeset.Hei], 0)},
	}
	doubts := Doubts(own, layouts.Over(own))
	if len(doubts) != 2 || doubts[0].File != "fonts/仿宋.ttf" || doubts[1].File != "fonts/楷体.ttf" {
		t.Fatalf("doubts are %v", doubts)
	}
	if !slices.Contains(doubts[0].Unlike, '￥') || !slices.Contains(doubts[1].Empty, 'ⅰ') || slices.Contains(doubts[0].Unlike, '×') {
		t.Errorf("仿宋: unlike %q; 楷体: empty %q", string(doubts[0].Unlike), string(doubts[1].Empty))
	}
	fonts, err := LoadFonts(layouts.Over(own))
	if err != nil {
		t.Fatal(err)
	}
	for role, r := range map[typeset.Role]rune{typeset.Fang: '￥', typeset.Kai: 'ⅰ'} {
		if _, _, ok := fonts.For(role)[0].Glyph(r); ok {
			t.Errorf("%c is drawn by %s", r, fonts.For(role)[0].Name())
		}
	}
}

// TestFacesSitTogether measures the ink of the program's faces, in thousandths of
// an em: Chinese characters of all roles, and the figures beside them, are at one
// height, and figures beside 仿宋 are about as thin as it.
func TestFacesSitTogether(t *testing.T) {
	for role, file := range files {
		data, err := fs.ReadFile(layouts.Over(nil), "fonts/"+file)
		if err != nil {
			t.Fatal(err)
		}
		p, err := painterOf(data)
		if err != nil {
			t.Fatal(err)
		}
		chinese, figures := p.middle(t, "国监督管理局市场网络违法案件数据部门办公室工作总结重点行动"), p.middle(t, "0123456789")
		if chinese < 370 || chinese > 395 || figures < chinese-25 || figures > chinese+25 {
			t.Errorf("%s: the middle of Chinese characters is at %d, of figures at %d", file, chinese, figures)
		}
		if typeset.Role(role) == typeset.Fang {
			if figure, stroke := p.stem(t, '1'), p.stem(t, '川'); figure > stroke+10 || figure < stroke-10 {
				t.Errorf("%s: the stem of 1 is %d wide, that of 川 %d", file, figure, stroke)
			}
		}
	}
}

// glyphOf loads a glyph, 1000 pixels an em.
func (p *painter) glyphOf(t *testing.T, r rune) outlines.Segments {
	t.Helper()
	id, err := p.font.GlyphIndex(&p.buf, r)
	if err != nil || id == 0 {
		t.Fatalf("no %c: %v", r, err)
	}
	list, err := p.font.LoadGlyph(&p.buf, id, fixed.I(1000), nil)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// middle is the height of the middle of characters' ink above the baseline, on
// the average.
func (p *painter) middle(t *testing.T, text string) int {
	sum, count := 0, 0
	for _, r := range text {
		box := ink(p.glyphOf(t, r))
		sum -= (box.Min.Y + box.Max.Y).Round() / 2
		count++
	}
	return sum / count
}

// stem is the width of the first stroke from the left half way up a character.
func (p *painter) stem(t *testing.T, r rune) (width int) {
	list := p.glyphOf(t, r)
	box := ink(list)
	in := vector.NewRasterizer(1000, 1)
	at := func(q fixed.Point26_6) (x, y float32) {
		return float32(q.X) / 64, float32(q.Y-(box.Min.Y+box.Max.Y)/2) / 64
	}
	for _, s := range list {
		x, y := at(s.Args[0])
		switch s.Op {
		case outlines.SegmentOpMoveTo:
			in.MoveTo(x, y)
		case outlines.SegmentOpLineTo:
			in.LineTo(x, y)
		case outlines.SegmentOpQuadTo:
			x2, y2 := at(s.Args[1])
			in.QuadTo(x, y, x2, y2)
		}
	}
	in.ClosePath()
	row := image.NewAlpha(image.Rect(0, 0, 1000, 1))
	in.Draw(row, row.Rect, image.Opaque, image.Point{})
	for _, ink := range row.Pix {
		switch {
		case ink > 128:
			width++
		case width > 0:
			return width
		}
	}
	return width
}
