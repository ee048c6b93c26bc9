package review

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"wangjian/internal/campaign"
	"wangjian/internal/source"
	"wangjian/layouts"
)

const day = "2026-05-10"

func onDay(*campaign.Campaign) campaign.Moment {
	d, _ := campaign.ParseDate(day)
	return d.Last()
}

// base is the second small campaign, in memory.
func base(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS("testdata/campaign")
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func lines(findings []campaign.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s %s %s\n", f.Level, f.Rule, f.At)
	}
	return b.String()
}

func TestSmallCampaignIsClean(t *testing.T) {
	findings := Read(base(t), onDay).Findings
	want := "warning sum-incomplete data/q2/shichang.yaml:4:13\n"
	if got := lines(findings); got != want {
		t.Errorf("got\n%swant\n%s%v", got, want, findings)
	}
}

func TestSampleHasNoErrors(t *testing.T) {
	r := Read(os.DirFS("../.."), func(c *campaign.Campaign) campaign.Moment { return c.ReferenceDate.Last() })
	for _, f := range r.Findings {
		if f.Level == campaign.Error {
			t.Errorf("%s [%s] %s（%s）", f.At, f.Rule, f.Message, f.Hint)
		}
	}
	if n := len(r.Public.Held()); n != 0 {
		t.Errorf("held back: %v", r.Public.Held())
	}
}

// TestBroken reads testdata/broken: each archive is one fault in the small
// campaign. Its comment tells the fault and, after “want:”, the findings that
// it must add, and no others. A file named “edit X” changes X: its lines with
// - are replaced by those with +; other files are added, an empty one is
// removed, and one of “字体 X” is that font of the program.
func TestBroken(t *testing.T) {
	archives, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil || len(archives) < 40 {
		t.Fatalf("%d archives, %v", len(archives), err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := base(t)
			var published *campaign.Published
			for _, f := range archive.Files {
				if f.Name == "published.json" { // what --against names
					if published, err = source.ReadPublished(f.Name, bytes.NewReader(f.Data)); err != nil {
						t.Fatal(err)
					}
					continue
				}
				apply(t, files, f)
			}
			var added []campaign.Finding
			for _, f := range ReadAgainst(files, onDay, published).Findings {
				if f.Rule != "sum-incomplete" || strings.Contains(string(archive.Comment), "sum-incomplete") {
					added = append(added, f)
				}
			}
			_, want, _ := strings.Cut(string(archive.Comment), "want:\n")
			if got := lines(added); strings.TrimSpace(got) != strings.TrimSpace(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			for _, f := range added {
				if f.Message == "" || f.Hint == "" || !chinese.MatchString(f.Message) {
					t.Errorf("a finding needs Chinese words and a hint: %+v", f)
				}
				t.Logf("%s %s（%s）", f.At, f.Message, f.Hint)
			}
		})
	}
}

var chinese = regexp.MustCompile(`\p{Han}`)

// smallPicture stands for a file that says 图片.
var smallPicture = func() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 3))); err != nil {
		panic(err)
	}
	return b.Bytes()
}()

func apply(t *testing.T, files fstest.MapFS, f txtar.File) {
	t.Helper()
	name, isEdit := strings.CutPrefix(f.Name, "edit ")
	if !isEdit {
		if len(f.Data) == 0 {
			delete(files, name)
			return
		}
		files[name] = &fstest.MapFile{Data: f.Data}
		if string(f.Data) == "图片\n" {
			files[name].Data = smallPicture
		}
		if font, ok := strings.CutPrefix(strings.TrimSpace(string(f.Data)), "字体 "); ok {
			data, err := fs.ReadFile(layouts.Over(nil), "fonts/"+font)
			if err != nil {
				t.Fatal(err)
			}
			files[name].Data = data
		}
		return
	}
	if files[name] == nil {
		t.Fatalf("no file %s", name)
	}
	text := string(files[name].Data)
	var from, to strings.Builder
	change := func() {
		if from.Len() == 0 && to.Len() == 0 {
			return
		}
		if strings.Count(text, from.String()) != 1 {
			t.Fatalf("%s: %q stands there %d times", name, from.String(), strings.Count(text, from.String()))
		}
		text = strings.Replace(text, from.String(), to.String(), 1)
		from.Reset()
		to.Reset()
	}
	for _, line := range strings.SplitAfter(string(f.Data), "\n") {
		switch {
		case strings.HasPrefix(line, "-"):
			if to.Len() > 0 {
				change()
			}
			from.WriteString(line[1:])
		case strings.HasPrefix(line, "+"):
			to.WriteString(line[1:])
		}
	}
	change()
	files[name] = &fstest.MapFile{Data: []byte(text)}
}

// TestEveryRuleHasABrokenCampaign: no rule without a campaign that breaks it.
func TestEveryRuleHasABrokenCampaign(t *testing.T) {
	archives, err := filepath.Glob("testdata/broken/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	// Permissions, encodings and sizes are no matter for an archive of text:
	// source tests them.
	broken := map[string]bool{"unreadable": true, "encoding": true, "file-size": true, "special-file": true}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, want, _ := strings.Cut(string(archive.Comment), "want:\n")
		for _, line := range strings.Split(want, "\n") {
			if f := strings.Fields(line); len(f) >= 3 {
				broken[f[1]] = true
			}
		}
	}
	for _, r := range Rules {
		if !broken[r.Code] && r.Code != "sum-incomplete" { // in every run of the small campaign
			t.Errorf("rule %s has no broken campaign", r.Code)
		}
	}
	for _, r := range source.Rules {
		if !broken[r.Code] {
			t.Errorf("reader's rule %s has no broken campaign", r.Code)
		}
	}
}

// TestChangesThatAreExplained: with an entry, and for what comes new, comparing
// with what is published finds nothing. A form and a round that are withdrawn
// are one entry each.
func TestChangesThatAreExplained(t *testing.T) {
	const figure = `{"期次": "%s", "部门": "%s", "地区": "%s", "项目": "%s", "隶属": "", "单位": "%s", "数量": "%s", "备注": "", "填报单位": "甲", "填报日期": "2026-04-29", "来源": "x:1"}`
	var figures []string
	for _, f := range [][]any{
		{"第二次", "教体局", "", "检查学校食堂", "家", "43"},   // corrected twice
		{"第二次", "市场监管局", "南山镇", "立案", "件", "1"},   // its form is withdrawn
		{"第二次", "市场监管局", "南山镇", "罚没款", "万元", "1"}, // with it
		{"第二次", "教体局", "", "抽检人数", "人", "3"},      // its row is withdrawn
		{"第三次", "教体局", "", "检查学校食堂", "家", "390"},  // its round is withdrawn
		{"第一次", "市教体", "", "检查学校食堂", "家", "40"},   // named otherwise since
	} {
		figures = append(figures, fmt.Sprintf(figure, f...))
	}
	published, err := source.ReadPublished("x", strings.NewReader(`{"日期": "2026-05-08", "figures": [`+strings.Join(figures, ",")+"]}"))
	if err != nil {
		t.Fatal(err)
	}
	files := base(t)
	apply(t, files, txtar.File{Name: "edit data/campaign.yaml", Data: []byte("-简称: 教体局}\n+简称: 教体局, 别名: [市教体]}\n")})
	entries := "更正:\n" +
		"  - {期次: 第二次, 部门: 教体局, 项目: 检查学校食堂, 原值: 44, 现值: 45, 原因: 漏计, 日期: 2026-05-09}\n" +
		"  - {期次: q2, 部门: jiaoyu, 项目: 检查学校食堂（家）, 原值: 43, 现值: 44, 原因: 漏计, 日期: 2026-05-08}\n" +
		"  - {期次: 第二次, 部门: 市场监管局, 地区: 南山镇, 现值: 撤下, 原因: 误报, 日期: 2026-05-09}\n" +
		"  - {期次: 第二次, 部门: 教体局, 项目: 抽检人数, 原值: 3, 现值: 撤下, 原因: 统计表不再设这一项, 日期: 2026-05-09}\n" +
		"  - {期次: 第三次, 现值: 撤下, 原因: 误报, 日期: 2026-05-09}\n"
	files["data/corrections.yaml"] = &fstest.MapFile{Data: []byte(entries)}
	r := ReadAgainst(files, onDay, published)
	for _, f := range r.Findings {
		if f.Level == campaign.Error {
			t.Errorf("%s [%s] %s", f.At, f.Rule, f.Message)
		}
	}
	// Each entry is needed: without it there is a finding.
	for n, entry := range strings.SplitAfter(entries, "\n")[1:6] {
		files["data/corrections.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(entries, entry, "", 1))}
		if !campaign.HasErrors(ReadAgainst(files, onDay, published).Findings) {
			t.Errorf("nothing is found without entry %d", n)
		}
	}
	public := r.Public.Campaign()
	if n := len(public.Corrections); n != 4 || public.Edition() != 3 {
		t.Errorf("%d corrections are public, edition %d: a round that is not out has none", n, public.Edition())
	}
}
