//go:build whole

package manuscript

import (
	"bytes"
	"html"
	"math/rand"
	"strings"
	"testing"
	"unicode"
	"wangjian/internal/markdown"
	"wangjian/internal/soak"
)

// TestNothingIsLostUnsaid imports texts composed by chance: every letter of
// the Word file is in the Markdown, or a note says that something was left
// out or changed.
func TestNothingIsLostUnsaid(t *testing.T) {
	shell := official()
	shell.numbering, shell.links = wordLists, []string{"https://www.gov.cn/a(b)c"}
	parts, o := shell.parts(), sampleOptions(t, "公安局")
	compared := 0
	for seed := range int64(soak.Count(600, 3300)) {
		chance := rand.New(rand.NewSource(seed))
		data := make([]byte, 20+chance.Intn(120))
		chance.Read(data)
		text := composed(data)
		parts["word/document.xml"] = text
		r, problems := Import("公安局.docx", zipped(parts), o)
		if r == nil {
			t.Fatalf("seed %d: %v", seed, problems)
		}
		told := said(r, problems)
		if strings.Contains(told, "manuscript-proof") {
			t.Errorf("seed %d: %s\n%s", seed, told, r.Markdown)
		}
		if lossTold.MatchString(told) {
			continue
		}
		compared++
		wanted := map[rune]int{}
		for _, m := range writtenRun.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(m[1], "vertAlign") || strings.Contains(m[1], "vanish") {
				continue // m² and the like; hidden text has its own test
			}
			for _, c := range strings.ToLower(html.UnescapeString(m[2])) {
				if (unicode.IsLetter(c) || unicode.IsDigit(c)) && c != '一' { // 一、 is taken off a section's heading
					wanted[c]++
				}
			}
		}
		tree, _ := markdown.Parse([]byte(bodyOf(r)), "", 1)
		shown := string(r.Markdown[:bytes.Index(r.Markdown, []byte("公开方式"))])
		tree.Walk(func(n *markdown.Node) bool {
			shown += n.Text
			return true
		})
		for _, c := range strings.ToLower(shown) {
			wanted[c]--
		}
		for c, n := range wanted {
			if n > 0 {
				t.Errorf("seed %d: %d × %q lost unsaid\n%s\n%s", seed, n, c, told, r.Markdown)
			}
		}
	}
	if compared < soak.Count(90, 500) {
		t.Errorf("only %d texts were compared", compared)
	}
}
