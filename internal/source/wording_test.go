package source

import (
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
)

// TestBuiltinWording: the built-in list reads without a finding, only warns
// but for misprints of a name,
// and returns way to the campaign's own names.
func TestBuiltinWording(t *testing.T) {
	b := &reader{c: &campaign.Campaign{}, doubtful: map[string]bool{}}
	node := b.parseYAML("", builtinWording, 1)
	if node == nil {
		t.Fatal(b.findings)
	}
	terms := readTerms(b.object("", node).as(format.Wording))
	if len(b.findings) > 0 || len(terms) < 60 {
		t.Fatalf("%d terms, %v", len(terms), b.findings)
	}
	for _, term := range terms {
		if (term.Level != campaign.Warning) != strings.HasPrefix(term.Wrong, "学习近平") || term.Right == "" {
			t.Errorf("%+v", term)
		}
	}
	has := func(files fstest.MapFS, word string) bool {
		c, findings := Load(files)
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		for _, term := range c.Wording[[]rune(word)[0]] {
			if term.Wrong == word {
				return true
			}
		}
		return false
	}
	files := folder(t)
	if !has(files, "工商局") {
		t.Error("the built-in list is not there")
	}
	files["data/campaign.yaml"] = &fstest.MapFile{Data: append(files["data/campaign.yaml"].Data, "当事人公示: 隐名\n"...)}
	settings := string(files["data/campaign.yaml"].Data)
	files["data/campaign.yaml"].Data = []byte(replaceOnce(t, settings, "简称: 教体局}", "简称: 教体局, 别名: [清河市工商局]}"))
	if has(files, "工商局") {
		t.Error("a name that the campaign gives a department is held to be wrong")
	}
}

func replaceOnce(t *testing.T, text, from, to string) string {
	t.Helper()
	before, after, ok := strings.Cut(text, from)
	if !ok {
		t.Fatalf("%q is not there", from)
	}
	return before + to + after
}
