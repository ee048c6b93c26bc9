package project

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"wangjian/internal/cause"
	"wangjian/internal/scaffold"
	"wangjian/internal/schema"
	"wangjian/internal/source"
)

// Beginning is what a new campaign begins with: nothing, the sample, or the
// structure of another campaign.
type Beginning struct {
	Sample bool
	From   string // a campaign's folder, "" for none
}

// Files returns the files of the new campaign.
func (b Beginning) Files() (scaffold.Files, error) {
	switch {
	case b.Sample:
		return scaffold.Sample()
	case b.From == "":
		return scaffold.Empty()
	}
	root, err := os.OpenRoot(b.From)
	if err != nil {
		return nil, fmt.Errorf("打不开：%w", err)
	}
	defer root.Close()
	return scaffold.From(root.FS())
}

// CheckEmpty fails where a folder is not one for a new campaign: it may be there, and
// then has nothing in it.
func CheckEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	if len(entries) > 0 {
		return errors.New("里已经有文件，没有动它；请换一个空文件夹")
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return cause.Failed("打开", dir, err)
	}
	return nil
}

// Create writes a new campaign, with its schemas, into a folder that is empty or not
// there.
func Create(dir string, files scaffold.Files) error {
	if err := CheckEmpty(dir); err != nil {
		return err
	}
	write := func(name string, text []byte) error {
		target := filepath.Join(dir, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			return os.MkdirAll(target, 0o755)
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, text, 0o644)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := write(name, files[name]); err != nil {
			return err
		}
	}
	c, _ := source.Load(os.DirFS(dir))
	schemas, err := schema.Files(c)
	if err != nil {
		return fmt.Errorf("写 Schema：%w", err)
	}
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		if err := write(path.Join(schema.Folder, name), schemas[name]); err != nil {
			return err
		}
	}
	return nil
}
