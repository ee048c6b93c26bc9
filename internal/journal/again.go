package journal

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
)

// Again is what stands there once the files named, and no others, may have
// changed: they alone are looked at, by their paths below the campaign. Each of
// them gets another mark than it ever had, even where the disk tells no
// difference, and is sure: whoever names the changes names the next one too. A
// file that was not there or no longer is makes other Names. Where nobody can
// name the changes (nil), nothing was sure before, or a folder is among them,
// everything is looked at.
func (n *Now) Again(campaign string, changed []string) *Now {
	if n == nil {
		return LookNow(campaign)
	}
	all := func() *Now {
		is := LookNow(campaign)
		if is != nil {
			is.told = n.told
		}
		return is
	}
	if changed == nil {
		return all()
	}
	now := diskTime(filepath.Join(campaign, own))
	is := &Now{files: maps.Clone(n.files), names: n.names, told: n.told + 1}
	told := map[string]bool{}
	for _, path := range changed {
		told[path] = true
	}
	for path, f := range n.files {
		if f.Young && !told[path] {
			changed = append(changed, path)
		}
	}
	for _, path := range changed {
		was, known := n.files[path]
		info, err := os.Lstat(filepath.Join(campaign, filepath.FromSlash(path)))
		switch {
		case errors.Is(err, fs.ErrNotExist) && !was.Folder:
			delete(is.files, path)
			if known {
				is.names = nil
			}
			continue
		case err != nil, was.Folder, !info.Mode().IsRegular():
			return all()
		}
		f := File{Path: path, Mark: markOf(info)}
		if told[path] {
			f.Mark.Told = is.told
		} else {
			f.Mark.Told, f.Young = was.Mark.Told, f.Mark.youngAt(now)
		}
		is.files[path] = f
		if !known {
			is.names = nil
		}
	}
	if is.names == nil {
		is.rename()
	}
	return is
}
