//go:build whole

package manuscript

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// python finds a python3 that has python-docx (Debian: python3-docx).
func python(t *testing.T) string {
	t.Helper()
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		name := filepath.Join(dir, "python3")
		if exec.Command(name, "-c", "import docx").Run() == nil {
			return name
		}
	}
	t.Fatal("no python3 with python-docx: install the package python3-docx (make tools does)")
	return ""
}

// TestFileOfAnotherProgram imports what python-docx writes.
func TestFileOfAnotherProgram(t *testing.T) {
	dir := t.TempDir()
	picture, file := filepath.Join(dir, "a.png"), filepath.Join(dir, "office.docx")
	if err := os.WriteFile(picture, pngOf(8, 4), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(python(t), "testdata/office.py", file, picture).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, problems := Import("office.docx", data, sampleOptions(t, "公安局"))
	if r == nil {
		t.Fatal(problems)
	}
	golden(t, "office", r, problems)
}
