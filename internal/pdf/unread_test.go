//go:build whole

package pdf

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/source"
)

// TestUnreadOnPaper: the office's report says of what cannot be read that it is
// there, in the ledger, in the form and in the place of a narrative, and never
// that it was not reported.
func TestUnreadOnPaper(t *testing.T) {
	c, files := load(t, map[string]string{
		"data/q2/gongan.yaml": "", "content/narratives/q2/gongan.md": "", "content/narratives/q1/gongan.md": "",
	})
	c.Unreadable = map[string]campaign.Position{}
	for _, file := range []string{"data/q2/gongan.yaml", "content/narratives/q2/gongan.md", "data/q2/nongye/xixiang.yaml"} {
		c.Unreadable[file] = campaign.InFile(file)
	}
	name := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(name, bytesOf(t, release.Whole(c, c.ReferenceDate, source.Contents(files))), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := string(out)
	for _, want := range []string{"工作总结报了但读不出。", "农业农村局报了但读不出：西乡县。"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report does not say %s", want)
		}
	}
	ledger := text[strings.LastIndex(text, "报送情况"):]
	_, ledger, _ = strings.Cut(ledger, "二季度（")
	found := false
	for _, line := range strings.Split(ledger, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "公安局") {
			found = strings.Count(line, "报了但读不出") == 2 && !strings.Contains(line, "未报")
		}
	}
	if !found {
		t.Errorf("the ledger of the round:\n%s", ledger)
	}
	if strings.Contains(text, "刑事立案未报") {
		t.Error("the form says that it was not reported")
	}
}
