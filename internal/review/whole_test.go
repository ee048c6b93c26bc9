//go:build whole

package review

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"wangjian/internal/campaign"
	"wangjian/internal/soak"
)

// TestFactsOfHostileTexts: texts without an end of a sentence, with more sums,
// days and names than anybody writes, are looked at within bounds.
func TestFactsOfHostileTexts(t *testing.T) {
	for _, unit := range []string{"罚款1元，", "2022年1月2日处罚决定，", "当事人：某某某×××××××××××××某店", "清市监处罚〔2026〕9号", "没收违法所得人民币壹万元", "临江县市场监督管理局责令", "附件2见附件", "十部门"} {
		files := base(t)
		text := string(files[oneCase].Data)
		files[oneCase] = &fstest.MapFile{Data: []byte(text + "\n" + strings.Repeat(unit, 30_000/len(unit)) + "\n")}
		files["content/cases/guoqi-mianbao.txt"] = &fstest.MapFile{Data: []byte(strings.Repeat(strings.Repeat(unit, 3)+"\n", 30_000/len(unit)))}
		Read(files, onDay)
	}
}

// TestPlantedInCases plants one contradiction in a case that is otherwise
// clean, at a random place and in a random form: it is found in the case's own
// file, on the line where it stands, and the finding names the other place.
// Without it nothing is found. SOAK=1 plants a thousand.
func TestPlantedInCases(t *testing.T) {
	planted, wanted := 0, 100
	if soak.Long() {
		wanted = 1000
	}
	for seed := int64(1); planted < wanted; seed++ {
		place := casePlaces[int(seed)%len(casePlaces)]
		clean := newPlot(seed, "")
		for _, f := range contradictions(Read(clean.files(t), onDay).Findings) {
			t.Errorf("seed %d, clean: %s [%s] %s", seed, f.At, f.Rule, f.Message)
		}
		p := newPlot(seed, place)
		files := p.files(t)
		if p.planted == "" && place != "front forfeit" {
			continue // this form of the case does not state it
		}
		planted++
		found := contradictions(Read(files, onDay).Findings)
		text := string(files["content/cases/anli.md"].Data)
		ok := false
		for _, f := range found {
			line := strings.Split(text, "\n")[f.At.Line-1]
			here := strings.HasPrefix(place, "front") || strings.Contains(line, p.planted) || strings.HasPrefix(place, "decree") && strings.Contains(f.Message, "anli-jueding.txt")
			ok = ok || here && f.Level == campaign.Error && f.At.File == "content/cases/anli.md" && strings.Contains(f.Message, "anli")
		}
		if !ok {
			t.Errorf("seed %d: %s is not found: %q\n%s\n%s\n%s", seed, place, p.planted, lines(found), text, files["content/cases/anli-jueding.txt"].Data)
		}
	}
}

// TestDistractors puts each sentence of testdata/distractors.txt, none of which
// states a fact of the case, into each part of a case.
func TestDistractors(t *testing.T) {
	list, err := os.ReadFile("testdata/distractors.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, sentence := range strings.Split(strings.TrimSpace(string(list)), "\n") {
		for _, section := range []string{"案情", "依据", "处罚", "典型意义"} {
			files := base(t)
			text := strings.Replace(string(files[oneCase].Data), "## 处罚", "## 依据\n\n食品安全法。\n\n## 处罚", 1) + "\n## 典型意义\n\n看清日期。\n"
			text = strings.Replace(text, "## "+section+"\n\n", "## "+section+"\n\n"+sentence, 1)
			files[oneCase] = &fstest.MapFile{Data: []byte(text)}
			for _, f := range contradictions(Read(files, onDay).Findings) {
				t.Errorf("%s [%s] %s: %s", section, f.Rule, sentence, f.Message)
			}
		}
	}
}
