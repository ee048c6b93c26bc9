//go:build whole

package search

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestLoadOfALargeSite measures what a query loads of thirteen thousand pages,
// the engine included: the first ten results, for words common and rare.
func TestLoadOfALargeSite(t *testing.T) {
	const limit = 300_000
	entries, texts := synthetic(13000, 1000)
	const rare = "regions/045493/index.html"
	kept := texts[rare]
	kept.Words += "，当事人欧阳霁霖在直播间销售，罚没款437.56万元"
	texts[rare] = kept
	files := written(t, index(t, entries, texts))
	total, largest := 0, 0
	for _, f := range files {
		total += len(f)
		largest = max(largest, len(f))
	}
	t.Logf("%d files, %d MB, the largest %d kB", len(files), total>>20, largest>>10)
	for _, query := range []string{"的", "一", "县", "欧阳霁霖", "霁", "直播间销售", "437.56", "437", "12", "第6499县", "当事人 437.56万元", "一是在不了有和人", "不存在的词语组合", "１２件"} {
		r := newReader(t, files)
		found := r.find(t, query, "{}", "")
		t.Logf("%-12s %6d bytes, %2d files, %5d found, %2d shown", query, r.bytes, len(r.loaded), found.Total, len(found.Pages))
		if r.bytes > limit {
			t.Errorf("%q loads %d bytes", query, r.bytes)
		}
		if strings.Contains(kept.Words, query) && len([]rune(query)) > 3 && !found.has(rare) {
			t.Errorf("%q does not find its page first", query)
		}
	}
}

// TestEnginesFoldAlike compares Fold with the script's, over every character of
// the basic plane and some beyond.
func TestEnginesFoldAlike(t *testing.T) {
	r := newReader(t, map[string]string{})
	var all strings.Builder
	for c := rune(0x20); c < 0x10000; c++ {
		if c < 0xd800 || c > 0xdfff {
			all.WriteRune(c)
		}
	}
	all.WriteString("𬭎𝐀𝟙🄰🈁󠄀")
	r.vm.Set("all", all.String())
	if got := r.run(t, `wangjianSearch.fold(all)`).String(); got != fold(all.String()) {
		t.Error("search-engine.js folds otherwise than Fold")
	}
	for text, want := range map[string]string{"ＡＢｃ１２３（％）": "abc123(%)", "ｱﾊﾟｰﾄ": "アハ\u309aート", "　": " ", "㎡①": "m21", "网\u200b剑": "网剑", "《》“”": "《》“”"} {
		if got := fold(text); got != want {
			t.Errorf("fold(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestEverySubstringIsFound takes random pieces of the pages and pages through
// what each finds, in a whole index and in a split one.
func TestEverySubstringIsFound(t *testing.T) {
	for name, pages := range map[string]int{"whole": 120, "split": 400} {
		t.Run(name, func(t *testing.T) {
			entries, texts := synthetic(pages, 300)
			long := entries[7].Path
			for len(texts[long].Words) < 2*longText {
				texts[long] = Text{Words: texts[long].Words + " " + texts[entries[len(texts[long].Words)%len(entries)].Path].Words}
			}
			x := index(t, entries, texts)
			if x.whole() != (name == "whole") {
				t.Fatal("the limit has moved")
			}
			r := newReader(t, written(t, x))
			random := rand.New(rand.NewPCG(3, 4))
			paths := slices.Sorted(maps.Keys(texts))
			folded := map[string]string{}
			for p, text := range texts {
				folded[p] = fold(text.Words)
			}
			for range 500 {
				path := paths[random.IntN(len(paths))]
				query := substring(random, texts[path].Words)
				found := r.find(t, query, "{}", path)
				if !found.has(path) {
					t.Fatalf("%q does not find %s among %d", query, path, len(found.Pages))
				}
				for _, p := range found.Pages { // and nothing that does not hold it
					if p.Deep && p.Path == long {
						continue
					}
					for _, term := range strings.Fields(fold(query)) {
						if !strings.Contains(folded[p.Path], term) {
							t.Fatalf("%q finds %s, which does not hold %q", query, p.Path, term)
						}
					}
				}
				if found.Total < len(found.Pages) || found.Exact && !found.More && found.Total != len(found.Pages) {
					t.Fatalf("%q: %d pages, said to be %d (exact %v)", query, len(found.Pages), found.Total, found.Exact)
				}
			}
		})
	}
}
