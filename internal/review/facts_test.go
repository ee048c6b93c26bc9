package review

import (
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
有效期至: 2029-05-06
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
			text = strings.Replace(text, "有效期至: 2029-05-06\n", "", 1)
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
