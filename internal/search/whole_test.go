//go:build whole

package search

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"wangjian/internal/soak"
)

// TestLoadOfALargeSite measures what a query loads of thirteen thousand pages,
// the engine included: the first ten results, for words common and rare; and what
// it takes to know that there are none.
func TestLoadOfALargeSite(t *testing.T) {
	const limit = 300_000
	pages := soak.Count(4000, 13000)
	entries, texts := synthetic(pages, 1000)
	middle := pages/2 - 1
	rare := fmt.Sprintf("regions/%06d/index.html", 7*middle)
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
	for _, query := range []string{"的", "一", "县", "欧阳霁霖", "霁", "直播间销售", "437.56", "437", "12", fmt.Sprintf("第%d县", middle), "当事人 437.56万元", "一是在不了有和人", "不存在的词语组合", "１２件"} {
		r := newReader(t, files)
		found := r.find(t, query, "{}", "")
		t.Logf("%-12s %6d bytes, %2d files, %5d found, %2d shown", query, r.bytes, len(r.loaded), found.Total, len(found.Pages))
		if r.bytes > limit && len(found.Pages) > 0 || r.bytes > 2*limit {
			t.Errorf("%q loads %d bytes", query, r.bytes)
		}
		if strings.Contains(kept.Words, query) && len([]rune(query)) > 3 && !found.has(rare) {
			t.Errorf("%q does not find its page first", query)
		}
	}
}

// TestEnginesFoldAlike compares Fold with the script's, over every character of
// the basic plane and some beyond, each alone and between others.
func TestEnginesFoldAlike(t *testing.T) {
	every := map[rune]bool{}
	for c := rune(firstHan); c <= lastHan; c++ {
		every[c] = true
	}
	r := newReader(t, map[string]string{})
	r.vm.Set("traditional", traditional(every))
	r.run(t, `wangjianSearch.put("words", {traditional: traditional});`)
	for _, text := range everyCharacter() {
		r.vm.Set("text", text)
		if got, want := r.run(t, `wangjianSearch.fold(text)`).String(), Fold(text); got != want {
			t.Errorf("search-engine.js folds %+q to %+q, Fold to %+q", text, got, want)
		}
	}
}

// everyCharacter has every character of the basic plane, each alone and between
// others, in texts of some dozens.
func everyCharacter() []string {
	texts := []string{"𬭎𝐀𝟙🄰🈁󠄀1.2.3..4,5a.1 ．２"}
	for from := rune(0); from < 0x10000; from += 64 {
		var b strings.Builder
		for c := from; c < from+64; c++ {
			if c < 0xd800 || c > 0xdfff {
				b.WriteString(string(c) + "a" + string(c) + "1" + string(c) + "2" + string(c) + "字")
			}
		}
		texts = append(texts, b.String())
	}
	return texts
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"ＡＢｃ１２３（％）": "abc123", "ｱﾊﾟｰﾄ": "アハ\u309aート", "a　b": "a b", "㎡①": "m21", "网\u200b剑": "网剑",
		"整治“三假”直播": "整治三假直播", "《广告法》第9条": "广告法第9条", "示市监处罚〔2022〕77号": "示市监处罚2022-77号", "[2022]77": "2022-77",
		"訂金不退": "订金不退", "經營場所": "经营场所", "437.56万元": "437.56万元", "1.": "1", "查处。共231件": "查处 共231件", "热线：12315": "热线12315",
		"12315、12377": "12315-12377", "2022-11-27 09:30": "2022-11-27 09-30", "COVID—19": "covid-19", "…": "", "  甲  乙 ": "甲 乙",
	} {
		if got := Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

// scan lists the pages that hold every term of a query, whole numbers only, by
// looking through all of them.
func scan(entries []Entry, folded map[string]string, query string) (paths []string) {
	for _, e := range entries {
		all := true
		for _, term := range strings.Fields(Fold(query)) {
			all = all && (holds(Fold(e.Title), term) || holds(folded[e.Path], term))
		}
		if all {
			paths = append(paths, e.Path)
		}
	}
	return paths
}

var numeral = regexp.MustCompile(`[0-9.]`)

func holds(text, term string) bool {
	cuts := func(at int) bool {
		return at > 0 && at < len(text) && numeral.MatchString(text[at-1:at]) && numeral.MatchString(text[at:at+1])
	}
	for at := 0; ; at++ {
		n := strings.Index(text[at:], term)
		if n < 0 {
			return false
		}
		if at += n; !cuts(at) && !cuts(at+len(term)) {
			return true
		}
	}
}

// TestEverySubstringIsFound takes random pieces of the pages and pages through
// what each finds, in a whole index and in a split one: exactly the pages that a
// scan finds.
func TestEverySubstringIsFound(t *testing.T) {
	for name, pages := range map[string]int{"whole": 120, "split": 400} {
		t.Run(name, func(t *testing.T) {
			entries, texts := synthetic(pages, 300)
			x := index(t, entries, texts)
			if x.whole() != (name == "whole") {
				t.Fatal("the limit has moved")
			}
			r := newReader(t, written(t, x))
			random := rand.New(rand.NewPCG(3, 4))
			folded := map[string]string{}
			for p, text := range texts {
				folded[p] = Fold(text.Words)
			}
			for range soak.Count(80, 300) {
				query := substring(random, texts[entries[random.IntN(len(entries))].Path].Words)
				if Fold(query) == "" {
					continue
				}
				want := scan(entries, folded, query)
				found := r.find(t, query, "{}", "until the last")
				if len(want) == 0 { // a number was cut
					if len(found.Notes) == 0 && len(found.Pages) > 0 {
						t.Fatalf("%q finds %d pages and says nothing of how", query, len(found.Pages))
					}
					continue
				}
				var got []string
				for _, p := range found.Pages {
					got = append(got, p.Path)
				}
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) || len(found.Notes) > 0 {
					t.Fatalf("%q finds %d pages, a scan %d", query, len(got), len(want))
				}
				if found.Total < len(got) || found.Exact && found.Total != len(got) {
					t.Fatalf("%q: %d pages, said to be %d (exact %v)", query, len(got), found.Total, found.Exact)
				}
			}
		})
	}
}

// TestOtherReadings: what finds nothing as it stands is read otherwise, in a whole
// index and in a split one, and the result says how.
func TestOtherReadings(t *testing.T) {
	for _, pages := range []int{20, 300} {
		entries, texts := synthetic(pages, 50)
		texts[entries[3].Path] = Text{Words: "章贡区查处的案件，受理投诉231件，见示市监处罚〔2022〕77号，2022年11月6日"}
		files := written(t, index(t, entries, texts))
		var b bytes.Buffer
		words := &Words{Words: []string{"投诉", "章贡区"}, Synonyms: [][]string{{"告状", "投诉"}}, Mistaken: []string{"诉拆"}}
		if err := words.Files()[0].Write(&b); err != nil {
			t.Fatal(err)
		}
		files["words.js"] = b.String()
		r := newReader(t, files)
		for query, noted := range map[string]bool{
			"章贡区投诉": true, "投拆": true, "怎么投诉": true, "告状": false, "投訴": false, "2022-11-06": false, "2022.11.6": false, "二〇二二年十一月六日": false,
			"20221106": false, "11月6号": false, "示市监处罚[2022]77号": false, "章贡区告状": true, "请问章贡区投拆": true, "231": false, "受理投诉２３１件": false,
		} {
			found := r.find(t, query, "{}", "")
			if !found.has(entries[3].Path) || (len(found.Notes) > 0) != noted {
				t.Errorf("%d pages: %q finds %d pages, notes %v", pages, query, len(found.Pages), found.Notes)
			}
		}
		for _, query := range []string{"31", "2022年1月6日", "不存在的词语组合", "罚77", "2022-7"} {
			if found := r.find(t, query, "{}", ""); found.has(entries[3].Path) {
				t.Errorf("%d pages: %q finds a page that does not hold it", pages, query)
			}
		}
	}
}
