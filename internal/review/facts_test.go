package review

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"wangjian/internal/campaign"
)

// released is what a clean item's line #签发 stands for.
const released = `公开方式: 主动公开
发布日期: 2026-05-06 10:00
审核:
  初审: {人: 甲, 日期: 2026-05-05}
  复审: {人: 乙, 日期: 2026-05-05}
  终审: {人: 丙, 日期: 2026-05-05}
  保密审查: {人: 丁, 日期: 2026-05-05}
有效期至: 2027-05-06
`

// clean returns the small campaign with the files of an archive of
// testdata/clean.
func clean(t *testing.T, name string) (fstest.MapFS, *txtar.Archive) {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files := base(t)
	for n, f := range archive.Files {
		text := strings.Replace(string(f.Data), "#签发\n", released, 1)
		if !strings.HasPrefix(f.Name, "content/cases/") {
			text = strings.Replace(text, "有效期至: 2027-05-06\n", "", 1)
		}
		archive.Files[n].Data = []byte(text)
		files[f.Name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files, archive
}

// contradictions returns the findings of the rules that compare facts.
func contradictions(findings []campaign.Finding) (list []campaign.Finding) {
	for _, f := range findings {
		if strings.HasPrefix(f.Rule, "fact-") || f.Rule == "prose-differs" {
			list = append(list, f)
		}
	}
	return list
}

// TestCleanItems reads testdata/clean: cases, documents, warnings and
// narratives as offices write them, with everything that looks like a
// contradiction and is none. No rule that compares facts finds anything.
func TestCleanItems(t *testing.T) {
	archives, err := filepath.Glob("testdata/clean/*.txtar")
	if err != nil || len(archives) < 30 {
		t.Fatalf("%d archives, %v", len(archives), err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			files, _ := clean(t, name)
			findings := Read(files, onDay).Findings
			for _, f := range contradictions(findings) {
				t.Errorf("%s [%s] %s", f.At, f.Rule, f.Message)
			}
			for _, f := range findings {
				switch f.Rule {
				case "missing-key", "unknown-key", "wrong-value", "yaml-syntax", "front-matter", "date", "reference", "missing-file", "quantity", "index-number":
					t.Errorf("the item is not clean: %s [%s] %s", f.At, f.Rule, f.Message)
				}
			}
		})
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
