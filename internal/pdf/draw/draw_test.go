package draw

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

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

// A font that a campaign adds is tried after all others.
func TestAddedFontIsTheLastResort(t *testing.T) {
	kai, err := fs.ReadFile(layouts.Over(nil), "fonts/gkai00mp.ttf")
	if err != nil {
		t.Fatal(err)
	}
	fonts, err := LoadFonts(layouts.Over(fstest.MapFS{"fonts/zengbu.ttf": {Data: kai}}))
	if err != nil {
		t.Fatal(err)
	}
	order := fonts.For(typeset.Fang)
	if len(order) != 6 || order[5].Name() != "zengbu" {
		t.Errorf("最后一种字体是 %s", order[len(order)-1].Name())
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
	file, err := Play(fonts, typeset.A4, []*typeset.Page{page})
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(file), "/FontFile2"); n != 1 {
		t.Errorf("嵌入了 %d 种字体", n)
	}
	if strings.Contains(string(file), "/Annot") {
		t.Error("没有去处的链接留下了对象")
	}
}
