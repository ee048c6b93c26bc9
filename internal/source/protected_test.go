package source

import (
	_ "embed"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
	"wangjian/internal/soak"
	"wangjian/internal/wording"
)

// builtinProtected returns the protected terms that ship with the program.
func builtinProtected(t *testing.T) []campaign.ProtectedTerm {
	t.Helper()
	b := &reader{c: &campaign.Campaign{}, doubtful: map[string]bool{}}
	list := readWordList(b.object("", b.parseYAML("", builtinWording, 1)).as(format.Wording), false)
	if len(b.findings) > 0 {
		t.Fatal(b.findings)
	}
	return list.protected
}

// substitutes returns the characters that stand for one by mistake: those that
// sound or look alike.
func substitutes(of rune) (list []rune) {
	for r := rune(0x4E00); r <= 0x9FA5; r++ {
		if r != of && wording.Mistakable(r, of) {
			list = append(list, r)
		}
	}
	return list
}

// faults returns the texts that have a single fault of a term, of those with another
// character one in so many.
func faults(text string, step int) (list []string) {
	r := []rune(text)
	join := func(parts ...[]rune) string {
		var b strings.Builder
		for _, p := range parts {
			b.WriteString(string(p))
		}
		return b.String()
	}
	mark := func(c rune) bool { return strings.ContainsRune("“”、", c) }
	for i, c := range r {
		if mark(c) {
			continue
		}
		list = append(list, join(r[:i], r[i+1:]), join(r[:i+1], r[i:]))
		if i+1 < len(r) && c != r[i+1] && !mark(r[i+1]) {
			list = append(list, join(r[:i], []rune{r[i+1], c}, r[i+2:]))
		}
		for n, s := range substitutes(c) {
			if n%step == 0 {
				list = append(list, join(r[:i], []rune{s}, r[i+1:]))
			}
		}
	}
	return list
}

// ordinary are the faults that are terms, names or words themselves.
var ordinary = map[string]string{
	"李强": "",                                                                                           // 李克强, beside 总理 too
	"强":  "", "李": "", "奇": "", "蔡": "", "希": "", "正": "", "韩": "", "洋": "", "汪": "", "鹤": "", "刘": "", // with a title: 李总理
	"家宝": "家宝总理", "镕基": "镕基总理", "小平理论": "",
	"党的十大": "", "党的二大": "", "党的九大": "", "党的八大": "", "党的十二大": "", // congresses that were
	"十大精神": "", "二大精神": "", "十二大精神": "", "十大报告": "", "二大报告": "", "十二大报告": "",
	"中国共产党第十次全国代表大会": "", "中国共产党第二次全国代表大会": "", "中国共产党第十二次全国代表大会": "",
	"科学发展": "", "发展理念": "", "人民为中心": "", "中国现代化": "", "人类命运共同": "", "社会主义核心价值": "社会主义核心价值体系",
	"中国共产": "中国共产主义青年团", "中华人民共和": "", "中央集中统一领导": "", "过程人民民主": "", "二个百年奋斗目标": "",
	"香港特别行政": "", "澳门特别行政": "", "港澳大湾区": "", "粤港澳湾区": "",
	"全面依法治": "全面依法治市", "总体国家安全": "", "共同富于": "",
	"全面从严治": "全面从严治警", "中央、国务院": "",
	"四个全免": "", "两个围护": "", "五维一体": "", "是个意识": "", "是个自信": "", "是个全面": "", "周恩来来": "周恩来来不及",
	"刘云山山": "刘云山山中", // 山中 before 中央
}

//go:embed testdata/ordinary.txt
var ordinaryProse string

// TestOrdinaryProse: three thousand characters as work reports have them, full of
// words that begin, end or look like protected terms and are none, have no fault.
func TestOrdinaryProse(t *testing.T) {
	if n := utf8.RuneCountInString(ordinaryProse); n < 3000 {
		t.Fatalf("only %d characters", n)
	}
	for _, s := range wording.NewFinder(builtinProtected(t)).Find(ordinaryProse) {
		t.Errorf("%q is taken for %q: %s", s.Written, s.Term.Text, ordinaryProse[max(0, s.From-30):min(len(ordinaryProse), s.To+30)])
	}
}

// TestEveryFaultOfEveryTerm: each single fault of each built-in term is found, but
// for those that are ordinary words, and 中 or 社 that may end the word before
// (实践中|中国特色…, 通讯社|社会主义).
// SOAK=1 takes every character that sounds or looks alike, without it one of
// eleven.
func TestEveryFaultOfEveryTerm(t *testing.T) {
	terms := builtinProtected(t)
	finder := wording.NewFinder(terms)
	step := soak.Count(11, 1)
	seen := map[string]bool{}
	for _, term := range terms {
		before, after := "要求，", "，抓好落实。"
		switch {
		case len(term.Titles) > 0:
			after = term.Titles[0] + after
		case term.Person:
			after = "总书记" + after
		}
		if slips := finder.Find(before + term.Text + after); len(slips) > 0 {
			t.Errorf("%s: %+v", term.Text, slips)
		}
		for n, s := range faults(term.Text, step) {
			_, expected := ordinary[s]
			if strings.HasPrefix(s, "中中") || strings.HasPrefix(s, "社社") {
				expected = true
			}
			found := slices.ContainsFunc(finder.Find(before+s+after), func(slip wording.Slip) bool {
				return slip.From <= len(before)+len(s) && slip.To > len(before)
			})
			if seen[s] = true; found == expected {
				t.Errorf("%s, fault %d, %s: found %v", term.Text, n, s, found)
			}
		}
	}
	for s := range ordinary {
		if !seen[s] && step == 1 {
			t.Errorf("%s is no fault of any term", s)
		}
	}
}
