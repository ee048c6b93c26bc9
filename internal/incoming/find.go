package incoming

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wangjian/internal/cause"
	"wangjian/internal/disk"
	"wangjian/internal/forms"
	"wangjian/internal/inbox"
)

// Find adds what an argument of a command names below a campaign's folder: a file, a
// folder with all in it, a wildcard, which not every shell expands, and the contents
// of mails and archives. Of a folder only files with one of the endings are taken;
// others are skipped.
func (b *Batch) Find(dir, arg string) (err error) {
	if b.box == nil {
		if b.box, err = inbox.Open(b.Files, inbox.Received); err != nil {
			return err
		}
	}
	name := arg
	if !filepath.IsAbs(name) {
		name = filepath.Join(dir, name)
	}
	before := b.named
	f := &finder{b, dir}
	if f.find(name); b.named == before {
		nothing := &File{Name: arg}
		nothing.Refuse("%s 里没有可以导入的文件（%s/ 里登记过的，要写明文件名才再导入）", arg, inbox.Received)
		b.take(nothing)
	}
	return nil
}

// finder looks for files on disk.
type finder struct {
	*Batch
	dir string
}

func (b *finder) find(name string) {
	info, err := os.Stat(name)
	switch {
	case err == nil && !info.IsDir():
		b.add(name, false)
	case err == nil:
		b.search(name)
	case strings.ContainsAny(name, "*?["):
		matches, _ := filepath.Glob(name) // a wrong pattern matches nothing
		for _, match := range matches {
			b.search(match)
		}
	default:
		f := &File{Name: b.nameOf(name), Path: name}
		f.unread(err)
		b.take(f)
	}
}

// search adds a file, or the files of a folder, that have one of the endings.
// What a folder has that was imported before is not looked at again: it would undo
// what came later.
func (b *finder) search(match string) {
	err := filepath.WalkDir(match, func(file string, entry fs.DirEntry, err error) error {
		original, isKept := strings.CutPrefix(b.nameOf(file), inbox.Received+"/")
		switch {
		case err != nil:
			return err
		case IsTemporary(entry.Name()) && entry.IsDir() && file != match:
			return filepath.SkipDir
		case IsTemporary(entry.Name()), !entry.Type().IsRegular(), isKept && file != match && b.box.Has(original):
		case b.isOurs(file), hasEnding(file, parcels):
			b.add(file, file != match)
		case closed[strings.ToLower(filepath.Ext(file))] != (instead{}):
			b.add(file, false)
		default:
			b.skip(b.nameOf(file))
		}
		return nil
	})
	if err != nil {
		f := &File{Name: b.nameOf(match), Path: match}
		f.unread(err)
		b.take(f)
	}
}

// IsTemporary reports whether a name is a program's own: hidden, or a lock of Office
// or WPS.
func IsTemporary(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}

// skip notes that a file is not of the kind that is imported, and what imports it.
func (b *Batch) skip(name string) {
	other := ""
	switch {
	case hasEnding(name, FormEndings):
		other = "（报表用 form import 导入）"
	case hasEnding(name, TextEndings):
		other = "（总结用 text import 导入）"
	}
	b.Skipped = append(b.Skipped, Skipped{name, fmt.Sprintf("不是 %s，跳过%s", strings.Join(b.Endings[:2], "、"), other)})
}

func (b *finder) nameOf(file string) string {
	root, err := filepath.Abs(b.dir)
	full, wrong := filepath.Abs(file)
	if err == nil && wrong == nil {
		if name, err := filepath.Rel(root, full); err == nil && filepath.IsLocal(name) {
			return filepath.ToSlash(name)
		}
	}
	return file
}

// add adds a file once, or the files in it; onlyNew leaves out what was imported
// before.
func (b *finder) add(file string, onlyNew bool) {
	if slices.ContainsFunc(b.List, func(f *File) bool { return f.Path == file || f.Parcel != nil && f.Parcel.Path == file }) {
		b.named++
		return
	}
	f := &File{Name: b.nameOf(file), Sender: filepath.Base(file), Path: file}
	switch {
	case f.isClosed():
		b.take(f)
	case hasEnding(file, parcels):
		b.unpack(f, onlyNew)
	case !onlyNew || b.isNew(f):
		most := int64(MaxText)
		if hasEnding(file, FormEndings) {
			most = forms.MaxInput
		}
		f.read(most)
		b.take(f)
	}
}

// isNew reports whether a file was not imported before, and notes one that was.
func (b *Batch) isNew(f *File) bool {
	data := f.read(MaxParcel)
	if f.Err != nil || !b.box.Imported(data, f.Sender) {
		return true
	}
	b.Skipped = append(b.Skipped, Skipped{f.Name, "已经导入过，跳过"})
	return false
}

// read reads a file of at most limit bytes and one more, or refuses it.
func (f *File) read(limit int64) []byte {
	if f.Path == "" || f.data != nil {
		return f.data
	}
	data, err := disk.ReadBounded(f.Path, limit)
	f.data = data
	if err != nil {
		f.unread(err)
	}
	return f.data
}

func (f *File) unread(err error) {
	if errors.Is(err, fs.ErrNotExist) {
		f.Refuse("读不出 %s：没有这个文件", f.Name)
		return
	}
	f.Refuse("读不出 %s：%v", f.Name, cause.Of(err))
}
