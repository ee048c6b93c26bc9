package desk

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestManual: every button, field and screen that the Chinese manual names in its list
// of what a clerk does stands on a screen of the desk, and its pictures are there.
func TestManual(t *testing.T) {
	manual := readText(t, "../../README.zh-CN.md")
	words := strings.NewReplacer(" ", "")
	var screen strings.Builder
	for _, s := range screens {
		screen.WriteString(s.title + "\n")
	}
	names, err := fs.Glob(assets, "assets/*.html")
	if err != nil {
		t.Fatal(err)
	}
	fields := regexp.MustCompile(`\{\{[^}]*\}\}`)
	for _, name := range names {
		raw, err := fs.ReadFile(assets, name)
		if err != nil {
			t.Fatal(err)
		}
		screen.WriteString(words.Replace(fields.ReplaceAllString(string(raw), "…")))
	}
	_, list, _ := strings.Cut(manual, "\n## 十件常做的事\n")
	list, _, _ = strings.Cut(list, "\n## ")
	rows := strings.Count(list, "\n| ") - 1
	quoted := regexp.MustCompile(`“([^”]+)”`).FindAllStringSubmatch(list, -1)
	if rows != 10 || len(quoted) < 30 {
		t.Fatalf("%d rows, %d names", rows, len(quoted))
	}
	// Values that a list offers: the kinds of texts and of findings.
	offered := "典型案例 消费警示 " + ruleWords("sum")
	for _, q := range quoted {
		if !strings.Contains(screen.String(), words.Replace(q[1])) && !strings.Contains(offered, q[1]) {
			t.Errorf("no screen has “%s”", q[1])
		}
	}

	all := manual + readText(t, "../../README.md")
	pictures, err := filepath.Glob("../../docs/pictures/*.png")
	if err != nil || len(pictures) == 0 {
		t.Fatal(pictures, err)
	}
	for _, p := range pictures {
		if !strings.Contains(all, "(docs/pictures/"+filepath.Base(p)+")") {
			t.Errorf("no manual shows %s", p)
		}
	}
	for _, m := range regexp.MustCompile(`\((docs/pictures/[^)]+)\)`).FindAllStringSubmatch(all, -1) {
		if _, err := os.Stat(filepath.Join("../..", m[1])); err != nil {
			t.Errorf("a manual shows %s, which is not there", m[1])
		}
	}
}

func readText(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
