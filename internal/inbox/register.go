package inbox

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
)

// Register is the register of a folder.
type Register struct {
	dir     string
	entries []Entry
	given   map[string]string // the hashes of files that have a place, by folded path
}

// Open reads the register of a folder; one that is not there is empty.
func Open(dir string) (*Register, error) {
	r := &Register{dir: dir, given: map[string]string{}}
	text, err := os.ReadFile(filepath.Join(dir, Name))
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err == nil {
		r.entries, err = parse(text)
	}
	if err != nil {
		return nil, fmt.Errorf("%s 读不出：%w", path.Join(filepath.Base(dir), Name), err)
	}
	return r, nil
}

// mostEntries bounds a register, in bytes.
const mostEntries = 64 << 20

func parse(text []byte) (list []Entry, err error) {
	if len(text) > mostEntries {
		return nil, errors.New("文件太大")
	}
	var nodes []yaml.Node
	if err := yaml.Unmarshal(text, &nodes); err != nil {
		return nil, errors.New("不是程序写的样子，请从备份恢复")
	}
	for _, n := range nodes {
		e := Entry{line: n.Line}
		if err := n.Decode(&e); err != nil || !fs.ValidPath(e.File) || e.Hash == "" {
			return nil, fmt.Errorf("第 %d 行起的一条不是程序写的样子，请从备份恢复", n.Line)
		}
		list = append(list, e)
	}
	return list, nil
}

// Has reports whether a file of the folder is in the register.
func (r *Register) Has(file string) bool {
	return file == Name || slices.ContainsFunc(r.entries, func(e Entry) bool { return e.File == file })
}

// Knows reports whether a file is as it was registered at any time.
func (r *Register) Knows(file string, data []byte) bool {
	hash := HashOf(data)
	return slices.ContainsFunc(r.entries, func(e Entry) bool { return e.File == file && e.Hash == hash })
}

// Imported reports whether a file of these bytes and this sender's name has become
// one of the campaign's.
func (r *Register) Imported(data []byte, sender string) bool {
	hash := HashOf(data)
	return slices.ContainsFunc(r.entries, func(e Entry) bool {
		return e.Hash == hash && e.Became != "" && cmp.Or(e.Sender, path.Base(e.File)) == sender
	})
}

// Became reports whether a file of these bytes has become one of the campaign's.
func (r *Register) Became(data []byte, file string) bool {
	hash := HashOf(data)
	return slices.ContainsFunc(r.entries, func(e Entry) bool { return e.Hash == hash && e.Became == file })
}

// Place returns where an original that arrived on a day under its sender's name
// will be: the same place for the same bytes, and one of its own for any other.
func (r *Register) Place(on campaign.Date, sender string, data []byte) (string, error) {
	hash, name := HashOf(data), safeName(sender)
	there, err := os.ReadDir(filepath.Join(r.dir, on.String()))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	for n := 1; ; n++ {
		file := on.String() + "/" + numbered(name, n)
		is := slices.IndexFunc(there, func(e fs.DirEntry) bool {
			return campaign.FoldedName(on.String()+"/"+e.Name()) == campaign.FoldedName(file)
		})
		other := r.given[campaign.FoldedName(file)]
		if is >= 0 {
			file = on.String() + "/" + there[is].Name()
			raw, err := os.ReadFile(filepath.Join(r.dir, filepath.FromSlash(file)))
			if err != nil {
				continue // a folder, or a file that nobody can read
			}
			other = HashOf(raw)
		}
		if other == "" || other == hash {
			r.given[campaign.FoldedName(file)] = hash
			return file, nil
		}
	}
}

func numbered(name string, n int) string {
	if n == 1 {
		return name
	}
	ext := path.Ext(name)
	return fmt.Sprintf("%s（%d）%s", strings.TrimSuffix(name, ext), n, ext)
}

// Keep writes an original to its place, where it is not there, and adds its entry
// to the register. What is there is never written over.
func (r *Register) Keep(e Entry, data []byte) error {
	e.Hash = HashOf(data)
	if err := os.MkdirAll(r.dir, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(r.dir) // nothing below leads out of it
	if err != nil {
		return err
	}
	defer root.Close()
	if err := root.MkdirAll(path.Dir(e.File), 0o755); err != nil {
		return err
	}
	if err := writeNew(root, e.File, data); err != nil {
		return err
	}
	return r.add(root, e)
}

// writeNew writes a file that is not there; one with the same bytes may be.
func writeNew(root *os.Root, name string, data []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		if raw, err := root.ReadFile(name); err != nil || !bytes.Equal(raw, data) {
			return fmt.Errorf("%s 已经有了，内容不同", name)
		}
		return nil
	}
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, root.Remove(name)) // half a file is no original
	}
	return nil
}

// Sent adds a file that was written to the folder.
func (r *Register) Sent(e Entry, data []byte) error {
	root, err := os.OpenRoot(r.dir)
	if err != nil {
		return err
	}
	defer root.Close()
	e.Hash = HashOf(data)
	return r.add(root, e)
}

// head begins a register.
const head = "# 由 wangjian 登记，只在末尾追加；不公开，不要改\n"

// add appends an entry, unless it is there.
func (r *Register) add(root *os.Root, e Entry) error {
	if slices.ContainsFunc(r.entries, func(is Entry) bool { is.line = 0; return is == e }) {
		return nil
	}
	text, err := yaml.Marshal([]Entry{e})
	if err != nil {
		return err
	}
	f, err := root.OpenFile(Name, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	last := []byte{'\n'}
	if err == nil && info.Size() > 0 {
		_, err = f.ReadAt(last, info.Size()-1)
	}
	switch {
	case err != nil:
	case info.Size() == 0:
		text = append([]byte(head), text...)
	case last[0] != '\n':
		text = append([]byte{'\n'}, text...)
	}
	if err == nil {
		_, err = f.Write(text)
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		r.entries = append(r.entries, e)
	}
	return err
}
