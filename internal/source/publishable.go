package source

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
	"wangjian/internal/picture"
)

// errOutside tells of a symbolic link that leads where it must not.
var errOutside = errors.New("它指到了所在的文件夹以外")

// home is the folder that symbolic links below it must not lead out of: data,
// content, or the folder of layouts/ that a file lies in.
func home(name string) string {
	parts := strings.Split(name, "/")
	if parts[0] == looksFolder && len(parts) > 2 {
		return path.Join(parts[:2]...)
	}
	return parts[0]
}

// followed returns the file that a name of the campaign means once all symbolic
// links on the way are followed, which must not lead out of its home.
func followed(fsys fs.FS, name string) (string, error) {
	done, rest := "", name
	for hops := 0; rest != ""; {
		var part string
		part, rest, _ = strings.Cut(rest, "/")
		switch {
		case part == "" || part == ".":
			continue
		case part == ".." && done == "":
			return "", errOutside
		case part == "..":
			if done = path.Dir(done); done == "." {
				done = ""
			}
			continue
		}
		next := path.Join(done, part)
		info, err := fs.Lstat(fsys, next)
		if err != nil {
			return "", err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			done = next
			continue
		}
		if hops++; hops > mostHops {
			return "", errors.New("它绕回了自己")
		}
		to, err := linked(fsys, next)
		if err != nil {
			return "", err
		}
		rest = to + "/" + rest
	}
	if home := home(name); done != home && !strings.HasPrefix(done, home+"/") {
		return "", errOutside
	}
	return done, nil
}

// linked returns where a symbolic link leads, from its own folder.
func linked(fsys fs.FS, name string) (string, error) {
	to, err := fs.ReadLink(fsys, name)
	if to = strings.ReplaceAll(to, `\`, "/"); err == nil && (path.IsAbs(to) || strings.Contains(to, ":")) {
		err = errOutside
	}
	return to, err
}

// mostHops is how many symbolic links are followed for one name.
const mostHops = 32

// publishable is what of a folder may leave: its files, without what is hidden,
// behind a symbolic link that leads out of it, or a source by its content. It
// opens nothing else.
type publishable struct {
	fs.FS // a *files of the campaign, whose other methods must not show
	top   string
	looks *bound // what is read of layouts/; nil elsewhere
}

// Layouts returns the campaign's own layouts folder, nil for none, without what
// must not be published or made into pages.
func Layouts(fsys fs.FS) fs.FS {
	if info, err := fs.Lstat(fsys, looksFolder); err != nil || !info.IsDir() {
		return nil
	}
	custom, err := fs.Sub(publishable{safely(fsys), looksFolder, newBound()}, looksFolder)
	if err != nil {
		return nil
	}
	return custom
}

// ReadLayouts reads everything of a layouts folder, so that none of it can be
// another later.
func ReadLayouts(own fs.FS) {
	if own == nil {
		return
	}
	_ = fs.WalkDir(own, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil // what cannot be read is not used, and was reported
		}
		if f, err := own.Open(name); err == nil {
			f.Close()
		}
		return nil
	})
}

func (p publishable) Open(name string) (fs.File, error) {
	f, err := p.open(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return f, nil
}

// open opens a file and judges what it opened, so that no other can take its
// place in between.
func (p publishable) open(name string) (fs.File, error) {
	real, err := p.allowed(name)
	if err != nil {
		return nil, err
	}
	f, err := p.FS.Open(real)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.IsDir() {
		err = p.judge(f, real)
	}
	if err == nil && !info.IsDir() && p.looks != nil {
		f, err = p.looks.open(f, info, name)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// judge refuses a source by its content; the file is at its beginning again.
func (p publishable) judge(f fs.File, real string) error {
	if home(real) == looksFolder+"/fonts" { // no font goes out as it is
		return nil
	}
	what, err := readSource(f, real)
	if err == nil && what != "" {
		err = errors.New("里面是" + what + "，是源文件，不能发布")
	}
	if err != nil {
		return err
	}
	again, ok := f.(io.Seeker)
	if !ok {
		return errNoFile
	}
	_, err = again.Seek(0, io.SeekStart)
	return err
}

func (p publishable) Stat(name string) (fs.FileInfo, error) {
	f, err := p.open(name)
	if err != nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	defer f.Close()
	return f.Stat()
}

func (p publishable) ReadDir(name string) ([]fs.DirEntry, error) {
	real, err := p.allowed(name)
	if err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	entries, err := fs.ReadDir(p.FS, real)
	return slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return ignored(e.Name()) }), err
}

// allowed returns the file that a name means, with no symbolic link left in it, or
// why it must not be opened for publishing.
func (p publishable) allowed(name string) (string, error) {
	real, err := followed(p.FS, name)
	if err != nil {
		return "", err
	}
	if top, _, _ := strings.Cut(name, "/"); top != p.top || slices.ContainsFunc(strings.Split(real, "/"), ignored) {
		return "", fs.ErrNotExist
	}
	if p.top == contentFolder && (real != name || campaign.IsMarkdown(real)) {
		return "", errOutside
	}
	return real, nil
}

// readSource says which of the campaign's sources a file holds, "" for none.
// Pictures and recordings of content/ are made anew before they go out, and are
// not read.
func readSource(f io.Reader, name string) (string, error) {
	head, format, err := picture.SniffFile(f)
	if err != nil || len(head) == 0 || home(name) == contentFolder && format != picture.Other {
		return "", err
	}
	data, err := io.ReadAll(io.MultiReader(bytes.NewReader(head), io.LimitReader(f, intake.MaxSource)))
	return intake.SourceIn(data), err
}
