package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestShortcut: the entry names the program by its whole path, quoted, and an icon that
// is there; a file manager may run it.
func TestShortcut(t *testing.T) {
	home := t.TempDir()
	if err := os.Mkdir(filepath.Join(home, "桌面"), 0o755); err != nil {
		t.Fatal(err)
	}
	files, err := Shortcut(`/opt/网剑 2%/"a"$b\wangjian`, home)
	if err != nil || len(files) != 3 {
		t.Fatal(files, err)
	}
	for _, name := range files[1:] {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range []string{
			"[Desktop Entry]", "Type=Application", "Name=网剑", "Terminal=true", "Icon=" + files[0],
			`Exec="/opt/网剑 2%%/\\"a\\"\\$b\\\\wangjian" desk`,
		} {
			if !strings.Contains("\n"+string(raw), "\n"+line+"\n") {
				t.Errorf("%s has no line %s:\n%s", name, line, raw)
			}
		}
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o755 {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
	if raw, err := os.ReadFile(files[0]); err != nil || !strings.Contains(string(raw), "<svg") {
		t.Errorf("the icon: %v\n%s", err, raw)
	}
	if _, err := os.Stat(filepath.Join(home, "Desktop")); err == nil {
		t.Error("it makes a folder that the system does not have")
	}
}
