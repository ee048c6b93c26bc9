package publish

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"wangjian/internal/cause"
)

// DayFiles are what a folder has that tells what was public on a day.
var DayFiles = []string{"statistics.csv", "内容清单.csv"}

// WriteDay writes DayFiles into a folder. It refuses one that has anything else
// than what was written into it for some other day.
func WriteDay(dir, campaign string, contents [][]byte, others func() [][][]byte) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		return cause.Failed("打开", dir, err)
	}
	var all [][][]byte
	for _, e := range entries {
		n := slices.Index(DayFiles, e.Name())
		if n >= 0 && all == nil {
			all = append(others(), contents)
		}
		is, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if n < 0 || err != nil || !slices.ContainsFunc(all, func(day [][]byte) bool { return bytes.Equal(day[n], is) }) {
			return fmt.Errorf("%s 里有别的文件（%s），没有动它：换一个空文件夹", dir, e.Name())
		}
	}
	for n, name := range DayFiles {
		d := Deliverable{Path: filepath.Join(dir, name), Campaign: campaign, Replace: true, Folder: true}
		err := d.Write(func(w io.Writer) error {
			_, err := w.Write(contents[n])
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
