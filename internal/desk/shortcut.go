package desk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"wangjian/internal/disk"
	"wangjian/layouts"
)

// Shortcut writes what a Linux desktop starts the program by: an entry of its menu, a
// copy on the desktop where the home folder has one, and the icon. It returns the
// files.
func Shortcut(program, home string) ([]string, error) {
	icon := filepath.Join(home, ".local/share/icons/wangjian.svg")
	picture, err := fs.ReadFile(layouts.Over(nil), "assets/icon.svg")
	if err != nil {
		return nil, err
	}
	entry := fmt.Sprintf("[Desktop Entry]\nType=Application\nName=网剑\nComment=把专项行动的统计表和总结做成信息公开网站和 PDF\nExec=%s desk\nIcon=%s\nTerminal=true\nCategories=Office;\n",
		quoteExec(program), escapeEntry.Replace(icon))
	write := map[string]string{icon: string(picture)}
	files := []string{icon}
	for _, folder := range []string{".local/share/applications", "Desktop", "桌面"} {
		folder = filepath.Join(home, folder)
		if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) && len(files) > 1 {
			continue
		}
		name := filepath.Join(folder, "wangjian.desktop")
		write[name] = entry
		files = append(files, name)
	}
	for _, name := range files {
		err := os.MkdirAll(filepath.Dir(name), 0o755)
		if err == nil {
			err = disk.WriteFile(name, func(w io.Writer) error { _, err := io.WriteString(w, write[name]); return err })
		}
		if err == nil && name != icon {
			err = os.Chmod(name, 0o755) // a file manager runs no other
		}
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// escapeEntry escapes a value of an entry.
var escapeEntry = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\t", `\t`, "\r", `\r`)

// quoteExec quotes a program's path for Exec, which is a value with quotes in it.
func quoteExec(path string) string {
	path = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "`", "\\`", "$", `\$`).Replace(path)
	return escapeEntry.Replace(`"` + strings.ReplaceAll(path, "%", "%%") + `"`)
}
