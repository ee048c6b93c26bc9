//go:build whole

package intake

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestPDFMakers: the same page is read alike whichever program wrote or rewrote the
// file.
func TestPDFMakers(t *testing.T) {
	dir := t.TempDir()
	run := func(name string, args ...string) {
		t.Helper()
		if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
			t.Fatalf("%s %v: %v\n%s", name, args, err, out)
		}
	}
	written := func(name string, data []byte) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	plain := written("plain.pdf", pageOf("BT /F2 14 Tf 50 700 Td "+utf16Hex("联系人王小明")+" Tj 0 -30 Td "+utf16Hex("手机13800138000")+" Tj ET", "", ""))
	printed := filepath.Join(dir, "printed.pdf")
	page := written("page.html", []byte(`<!doctype html><meta charset=utf-8><style>body{font:16px "Noto Sans CJK SC",sans-serif}</style><p>联系人王小明</p><p>手机13800138000</p>`))
	run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf="+printed, page)
	decisions, err := filepath.Glob("../../content/cases/*.pdf")
	if err != nil || len(decisions) == 0 {
		t.Fatal(decisions, err)
	}
	for _, source := range []string{plain, printed, decisions[0]} {
		data, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		first := readFile(t, data)
		want := wordsOf(first)
		if !first.IsWhole() || want == "" || source != decisions[0] && !(strings.Contains(want, "联系人王小明") && strings.Contains(want, "手机13800138000")) {
			t.Fatalf("%s: %+v", source, first)
		}
		for name, args := range map[string][]string{
			"object streams": {"--object-streams=generate"}, "no streams of objects": {"--object-streams=disable"}, "linearized": {"--linearize"}, "linearized with streams": {"--linearize", "--object-streams=generate"},
			"unpacked": {"--qdf"}, "packed anew": {"--recompress-flate", "--object-streams=generate"}, "pages joined": {"--coalesce-contents"},
		} {
			out := filepath.Join(dir, "out.pdf")
			run("qpdf", append(args, source, out)...)
			data, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			if got := readFile(t, data); !got.IsWhole() || wordsOf(got) != want {
				t.Errorf("%s, %s: %v %v\n%s", filepath.Base(source), name, got.Active, got.Unread, wordsOf(got))
			}
		}
		locked := filepath.Join(dir, "locked.pdf")
		run("qpdf", "--encrypt", "", "owner", "256", "--", source, locked)
		data, err = os.ReadFile(locked)
		if err != nil {
			t.Fatal(err)
		}
		if got := readFile(t, data); len(got.Unread) == 0 || len(got.Pieces) > 0 {
			t.Errorf("%s, locked: %+v", source, got)
		}
	}
}

// wordsOf returns the lines of the pages, and behind them what else is said, which
// stands in the order of the file's objects.
func wordsOf(f *File) string {
	var lines, aside []string
	for _, p := range f.Pieces {
		if p.Aside {
			aside = append(aside, p.Text)
		} else {
			lines = append(lines, p.Text)
		}
	}
	slices.Sort(aside)
	return strings.Join(append(lines, aside...), "\n")
}
