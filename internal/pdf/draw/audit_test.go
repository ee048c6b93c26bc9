package draw

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

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
