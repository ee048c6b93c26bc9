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
	plain := filepath.Join(dir, "plain.pdf")
	page, printed := filepath.Join(dir, "page.html"), filepath.Join(dir, "printed.pdf")
	for file, data := range map[string]string{
		plain: string(pageOf("BT /F2 14 Tf 50 700 Td "+utf16Hex("联系人王小明")+" Tj 0 -30 Td "+utf16Hex("手机13800138000")+" Tj ET", "", "")),
		page:  `<!doctype html><meta charset=utf-8><style>body{font:16px "Noto Sans CJK SC",sans-serif}</style><p>联系人王小明</p><p>手机13800138000</p>`,
	} {
		if err := os.WriteFile(file, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run(t, "chromium-headless-shell", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf="+printed, page)
	for _, source := range []string{plain, printed} {
		if want := wordsOf(readAt(t, source)); !strings.HasPrefix(want, "联系人王小明\n手机13800138000") {
			t.Errorf("%s: %q", source, want)
		}
		rewritten(t, source)
	}
	decisions, err := filepath.Glob("../../content/cases/*.pdf")
	if err != nil || len(decisions) == 0 {
		t.Fatal(decisions, err)
	}
	rewritten(t, decisions[0])
}

// rewritten compares a file with what qpdf makes of it.
func rewritten(t *testing.T, source string) {
	want := readAt(t, source)
	for name, args := range map[string][]string{
		"object streams": {"--object-streams=generate"}, "no streams of objects": {"--object-streams=disable"}, "linearized": {"--linearize"}, "linearized with streams": {"--linearize", "--object-streams=generate"},
		"unpacked": {"--qdf"}, "packed anew": {"--recompress-flate", "--object-streams=generate"}, "pages joined": {"--coalesce-contents"},
	} {
		out := filepath.Join(t.TempDir(), "out.pdf")
		run(t, "qpdf", append(args, source, out)...)
		if got := readAt(t, out); !got.IsWhole() || wordsOf(got) != wordsOf(want) {
			t.Errorf("%s, %s: %v %v\n%s", filepath.Base(source), name, got.Active, got.Unread, wordsOf(got))
		}
	}
	locked := filepath.Join(t.TempDir(), "locked.pdf")
	run(t, "qpdf", "--encrypt", "", "owner", "256", "--", source, locked)
	if got := readAt(t, locked); len(got.Unread) == 0 || len(got.Pieces) > 0 {
		t.Errorf("%s, locked: %+v", source, got)
	}
}

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}

func readAt(t *testing.T, file string) *File {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return readFile(t, data)
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
