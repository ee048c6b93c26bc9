package desk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"gopkg.in/yaml.v3"

	"wangjian/internal/disk"
)

// recent are the folders that were open, the last first.
type recent []string

// mostRecent is how many are kept.
const mostRecent = 12

func (d *Desk) recentFile() string { return filepath.Join(d.Config, "recent.yaml") }

// recent reads the list; one that is not there, or that nobody can read, is empty.
func (d *Desk) recent() (list recent) {
	if d.Config == "" {
		return nil
	}
	text, err := os.ReadFile(d.recentFile())
	if err != nil || yaml.Unmarshal(text, &list) != nil {
		return nil
	}
	return slices.DeleteFunc(list, func(dir string) bool { return !filepath.IsAbs(dir) })
}

// first is the folder that was open last and is still there, "" for none.
func (l recent) first() string {
	for _, dir := range l {
		if _, err := os.Stat(filepath.Join(dir, "data", "campaign.yaml")); err == nil {
			return dir
		}
	}
	return ""
}

// remember puts a folder first. Where that fails, the next start only asks for it.
func (d *Desk) remember(dir string) {
	if d.Config == "" {
		return
	}
	list := append(recent{dir}, slices.DeleteFunc(d.recent(), func(is string) bool { return is == dir })...)
	list = list[:min(len(list), mostRecent)]
	text, err := yaml.Marshal(list)
	if err == nil {
		err = os.MkdirAll(d.Config, 0o700)
	}
	if err == nil {
		err = disk.WriteFile(d.recentFile(), func(w io.Writer) error { _, err := w.Write(text); return err })
	}
	if err != nil && !errors.Is(err, fs.ErrPermission) {
		fmt.Fprintf(d.Log, "没有记下打开过的文件夹：%v\n", err)
	}
}
