//go:build whole

package review

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
)

// attack is an input that is made to harm: it must have a finding of the rule
// and let the rest be read. That each ends soon is what the bounds are for;
// unbounded, most of these would not end while anyone waits.
type attack struct{ rule, text string }

const hostilePage = "---\n标题: 攻击\n公开方式: 主动公开\n发布日期: 2026-05-06\n审核:\n  初审: {人: 甲, 日期: 2026-05-05}\n---\n\n"

func repeated(n int, line func(int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(line(i))
	}
	return b.String()
}

// TestMarkdownBombs: bodies that would make a reader recurse or repeat itself.
func TestMarkdownBombs(t *testing.T) {
	const size = "markup-size"
	for name, a := range map[string]attack{
		"10,000 nested quotes":         {size, strings.Repeat(">", 10_000) + " x"},
		"quotes with spaces":           {size, strings.Repeat("> ", 10_000) + " x"},
		"50,000 brackets":              {size, strings.Repeat("[", 50_000)},
		"brackets that pair":           {size, strings.Repeat("[", 5000) + strings.Repeat("](x)", 5000)},
		"pictures in pictures":         {size, strings.Repeat("![", 20_000)},
		"emphasis that never ends":     {size, strings.Repeat("*a **a ", 10_000)},
		"underscores":                  {size, strings.Repeat("_a", 25_000)},
		"strike-through":               {size, strings.Repeat("~~a", 20_000)},
		"backticks of every length":    {size, repeated(400, func(i int) string { return strings.Repeat("`", i) + "a" })},
		"a list 1,000 deep":            {size, repeated(1000, func(i int) string { return strings.Repeat("  ", i) + "- x\n" })},
		"a list 10,000 deep, one line": {size, strings.Repeat("- ", 10_000) + "x"},
		"a table of 10,000 columns":    {size, "|" + strings.Repeat("a|", 10_000) + "\n|" + strings.Repeat("-|", 10_000) + "\n"},
		"a table that grows":           {size, "|" + strings.Repeat("a|", 1000) + "\n|" + strings.Repeat("-|", 1000) + "\n" + strings.Repeat("|\n", 10_000)},
		"a paragraph of 100,000 lines": {size, strings.Repeat("a\n", 100_000) + "---\n"},
		"link definitions":             {size, strings.Repeat("[a]: b\n", 50_000)},
		"references that never close":  {size, strings.Repeat("{{", 20_000)},
		"autolinks":                    {size, strings.Repeat("<", 50_000)},
		"entities":                     {size, strings.Repeat("&", 100_000)},
		"footnotes":                    {size, strings.Repeat("[^1]", 20_000) + "\n\n[^1]: x\n"},
		"a line of 3 MB":               {"", strings.Repeat("网剑行动", 250_000)},
		"a link of brackets":           {"", "[a](" + strings.Repeat("(", 50_000)},
		"too large":                    {"file-size", strings.Repeat("网剑行动\n\n", 500_000)},
	} {
		t.Run(name, func(t *testing.T) {
			files := base(t)
			files["content/pages/x.md"] = &fstest.MapFile{Data: []byte(hostilePage + a.text)}
			survives(t, Read(files, onDay), "content/pages/x.md", a.rule)
		})
	}
}

// TestYAMLBombs does the same for data.
func TestYAMLBombs(t *testing.T) {
	for name, a := range map[string]attack{
		"aliases of aliases": {"yaml-syntax", "a: &a [x,x,x,x,x,x,x,x,x]\n" + repeated(9, func(i int) string {
			return fmt.Sprintf("%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", 'b'+i, 'b'+i, 'a'+i, 'a'+i, 'a'+i, 'a'+i, 'a'+i, 'a'+i, 'a'+i, 'a'+i)
		}) + "填报单位: *j\n"},
		"10,000 brackets":            {"wrong-type", "填报单位: " + strings.Repeat("[", 9000) + strings.Repeat("]", 9000)},
		"more brackets than is read": {"yaml-syntax", "a: " + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000)},
		"open brackets":              {"yaml-syntax", "a: " + strings.Repeat("[", 20_000)},
		"open mappings":              {"yaml-syntax", "a: " + strings.Repeat("{a: ", 10_000)},
		"indented 2,500 deep":        {"unknown-key", repeated(2500, func(i int) string { return strings.Repeat(" ", i) + "a:\n" })},
		"dashes":                     {"yaml-syntax", strings.Repeat("- ", 20_000)},
		"a bracket and comments":     {"yaml-syntax", "a: [" + strings.Repeat("x#", 400_000)},
		"a quote that never ends":    {"yaml-syntax", "a: \"" + strings.Repeat("x\n", 500_000)},
		"colons":                     {"yaml-syntax", strings.Repeat("a: ", 100_000)},
		"merge keys":                 {"duplicate-key", strings.Repeat("<<: a\n", 1000)},
		"a syntax error at the end":  {"yaml-syntax", strings.Repeat("a: b\n", 100_000) + "x: ["},
		"a binary tag":               {"wrong-type", "填报单位: !!binary " + strings.Repeat("QUJD", 100_000) + "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			files := base(t)
			files["data/q2/jiaoyu.yaml"] = &fstest.MapFile{Data: []byte(a.text)}
			survives(t, Read(files, onDay), "data/q2/jiaoyu.yaml", a.rule)
		})
	}
}

// survives checks that the attack was told and the rest was read.
func survives(t *testing.T, r Result, file, rule string) {
	t.Helper()
	hit := rule == ""
	for _, f := range r.Findings {
		if f.At.File == file && f.Rule == rule {
			hit = hit || f.Message != "" && f.Hint != ""
		}
	}
	if !hit {
		t.Errorf("no finding %s about %s: %.2000v", rule, file, r.Findings)
	}
	if r.Campaign.ItemAt("content/warnings/xiaolingshi.md") == nil || r.Campaign.Report(r.Campaign.Rounds[1], r.Campaign.Departments[0], nil) == nil {
		t.Error("one hostile file kept the others from being read")
	}
}

// onDisk writes the small campaign into a folder of its own, beside one that
// holds a secret.
func onDisk(t *testing.T) (dir string) {
	t.Helper()
	top := t.TempDir()
	dir = filepath.Join(top, "campaign")
	if err := os.CopyFS(dir, os.DirFS("testdata/campaign")); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"secret.txt": "机密\n", "secret/x.md": hostilePage + "机密\n"} {
		file := filepath.Join(top, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// readDisk reads the folder as the command does.
func readDisk(t *testing.T, dir string) Result {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	return Read(root.FS(), onDay)
}

// TestHostileFolder: links that lead out, pipes, names that are devices, names
// that are one name elsewhere, files beyond any size.
func TestHostileFolder(t *testing.T) {
	page := func(dir, name, body string) error {
		return os.WriteFile(filepath.Join(dir, name), []byte(hostilePage+body), 0o644)
	}
	for name, a := range map[string]struct {
		set  func(dir string) error
		want []string // findings, as “rule file”
	}{
		"a link to a file outside": {func(dir string) error {
			return os.Symlink("../../../secret.txt", filepath.Join(dir, "content/pages/x.md"))
		}, []string{"special-file content/pages/x.md"}},
		"a link by an absolute path": {func(dir string) error {
			return os.Symlink("/etc/passwd", filepath.Join(dir, "data/q2/chengguan.yaml"))
		}, []string{"special-file data/q2/chengguan.yaml"}},
		"a link to a folder outside": {func(dir string) error {
			return os.Symlink("../../secret", filepath.Join(dir, "content/pages/fujian"))
		}, []string{"special-file content/pages/fujian"}},
		"a link to itself": {func(dir string) error {
			return os.Symlink("x.md", filepath.Join(dir, "content/pages/x.md"))
		}, []string{"special-file content/pages/x.md"}},
		"an attachment that is a link outside": {func(dir string) error {
			if err := os.Remove(filepath.Join(dir, "content/cases/guoqi-mianbao.txt")); err != nil {
				return err
			}
			return os.Symlink("../../../secret.txt", filepath.Join(dir, "content/cases/guoqi-mianbao.txt"))
		}, []string{"special-file content/cases/guoqi-mianbao.txt", "missing-file content/cases/guoqi-mianbao.md"}},
		"a picture outside": {func(dir string) error {
			return page(dir, "content/pages/x.md", "![图](../../../secret.txt)\n\n[文](../../../../../etc/passwd)\n")
		}, []string{"link-target content/pages/x.md"}},
		"an attachment outside": {func(dir string) error {
			file := filepath.Join(dir, "content/cases/guoqi-mianbao.md")
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			return os.WriteFile(file, []byte(strings.Replace(string(text), "决定书: guoqi-mianbao.txt", "决定书: ../../../secret.txt", 1)), 0o644)
		}, []string{"missing-file content/cases/guoqi-mianbao.md"}},
		"an attachment beside content": {func(dir string) error {
			file := filepath.Join(dir, "content/cases/guoqi-mianbao.md")
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			return os.WriteFile(file, []byte(strings.Replace(string(text), "决定书: guoqi-mianbao.txt", "决定书: ../../data/campaign.yaml", 1)), 0o644)
		}, []string{"missing-file content/cases/guoqi-mianbao.md"}},
		"a text of 1 GB": {func(dir string) error {
			f, err := os.Create(filepath.Join(dir, "content/pages/x.md"))
			if err != nil {
				return err
			}
			defer f.Close()
			return f.Truncate(1 << 30)
		}, []string{"file-size content/pages/x.md"}},
		"an attachment of 1 GB": {func(dir string) error {
			return os.Truncate(filepath.Join(dir, "content/cases/guoqi-mianbao.txt"), 1<<30)
		}, []string{"attachment-unread content/cases/guoqi-mianbao.md"}},
		"names that are devices": {func(dir string) error {
			for _, name := range []string{"CON.md", "nul.md", "com1.md"} {
				if err := page(dir, "content/pages/"+name, "x\n"); err != nil {
					return err
				}
			}
			return os.WriteFile(filepath.Join(dir, "content/cases/aux"), []byte("x"), 0o644)
		}, []string{"file-name content/pages/CON.md", "file-name content/pages/nul.md", "file-name content/pages/com1.md", "file-name content/cases/aux"}},
		"names that Windows cuts": {func(dir string) error {
			for _, name := range []string{"x.md.", "y.txt ", "a:b.txt"} {
				if err := os.WriteFile(filepath.Join(dir, "content/pages", name), []byte("x"), 0o644); err != nil {
					return err
				}
			}
			return nil
		}, []string{"file-name content/pages/x.md.", "file-name content/pages/y.txt ", "file-name content/pages/a:b.txt"}},
		"names that differ in case": {func(dir string) error { return page(dir, "content/pages/About.md", "x\n") },
			[]string{"file-name content/pages/about.md"}},
		"names that differ in composition": {func(dir string) error {
			if err := page(dir, "content/pages/caf\u00e9.md", "x\n"); err != nil {
				return err
			}
			return page(dir, "content/pages/cafe\u0301.md", "x\n")
		}, []string{"file-name content/pages/caf\u00e9.md"}},
		"a pipe": {func(dir string) error { return makePipe(filepath.Join(dir, "content/pages/x.md")) },
			[]string{"special-file content/pages/x.md"}},
		"a pipe for the settings": {func(dir string) error {
			if err := os.Remove(filepath.Join(dir, "data/campaign.yaml")); err != nil {
				return err
			}
			return makePipe(filepath.Join(dir, "data/campaign.yaml"))
		}, []string{"missing-file data/campaign.yaml"}},
		"an attachment that is a pipe": {func(dir string) error {
			if err := os.Remove(filepath.Join(dir, "content/cases/guoqi-mianbao.txt")); err != nil {
				return err
			}
			return makePipe(filepath.Join(dir, "content/cases/guoqi-mianbao.txt"))
		}, []string{"special-file content/cases/guoqi-mianbao.txt", "missing-file content/cases/guoqi-mianbao.md"}},
		"a linked file that is a pipe": {func(dir string) error {
			if err := makePipe(filepath.Join(dir, "content/pages/x.txt")); err != nil {
				return err
			}
			return page(dir, "content/pages/x.md", "[文](x.txt)\n")
		}, []string{"special-file content/pages/x.txt", "link-target content/pages/x.md"}},
		"content that is a link outside": {func(dir string) error {
			if err := os.RemoveAll(filepath.Join(dir, "content/warnings")); err != nil {
				return err
			}
			return os.Symlink("../../secret", filepath.Join(dir, "content/warnings"))
		}, []string{"special-file content/warnings"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := onDisk(t)
			if err := a.set(dir); err != nil {
				t.Fatal(err)
			}
			r := readDisk(t, dir)
			for _, want := range a.want {
				rule, file, _ := strings.Cut(want, " ")
				if !slices.ContainsFunc(r.Findings, func(f campaign.Finding) bool {
					return f.Rule == rule && f.At.File == file && f.Hint != "" && chinese.MatchString(f.Message)
				}) {
					t.Errorf("want %s, got %v", want, r.Findings)
				}
			}
			for _, i := range r.Campaign.Items {
				if body, err := r.Whole.Body(i); err == nil && strings.Contains(string(body), "机密") {
					t.Errorf("%s was read from outside", i.File)
				}
			}
		})
	}
}

// TestThousandsOfFiles: findings are told for each, and the reading ends.
func TestThousandsOfFiles(t *testing.T) {
	files := base(t)
	for i := range 5000 {
		files[fmt.Sprintf("content/pages/f%d.txt", i)] = &fstest.MapFile{Data: []byte("x")}
	}
	n := 0
	for _, f := range Read(files, onDay).Findings {
		if f.Rule == "unused-file" {
			n++
		}
	}
	if n != 5000 {
		t.Errorf("%d findings", n)
	}
}
