package inbox

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
)

// Register is the register of a folder.
type Register struct {
	files   fs.FS
	folder  string // "." for all of the files
	entries []Entry
	given   map[string]string // the hashes of files that have a place, by folded path
}

// Open reads the register of a folder of some files; one that is not there is empty.
func Open(files fs.FS, folder string) (*Register, error) {
	r := &Register{files: files, folder: folder, given: map[string]string{}}
	text, err := fs.ReadFile(files, r.path(Name))
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err == nil {
		r.entries, err = parse(text)
	}
	if err != nil {
		return nil, fmt.Errorf("%s 读不出：%w", r.path(Name), err)
	}
	return r, nil
}

func (r *Register) path(file string) string { return path.Join(r.folder, file) }

// Entries lists what is registered, in the order in which it was.
func (r *Register) Entries() []Entry { return slices.Clone(r.entries) }

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

// Of lists the entries of files with these bytes.
func (r *Register) Of(data []byte) (list []Entry) {
	hash := HashOf(data)
	for _, e := range r.entries {
		if e.Hash == hash {
			list = append(list, e)
		}
	}
	return list
}

// Place returns where an original that arrived on a day under its sender's name
// will be: the same place for the same bytes, and one of its own for any other.
func (r *Register) Place(on campaign.Date, sender string, data []byte) (string, error) {
	return r.place(on, sender, HashOf(data))
}

// PlaceCopy is Place for a large file.
func (r *Register) PlaceCopy(on campaign.Date, sender string, c *change.Content) (string, error) {
	return r.place(on, sender, hashOf(c.Sum))
}

func (r *Register) place(on campaign.Date, sender, hash string) (string, error) {
	name := safeName(sender)
	there, err := fs.ReadDir(r.files, r.path(on.String()))
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
			if other, err = hashIn(r.files, r.path(file)); err != nil {
				continue // a folder, or a file that nobody can read
			}
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

// Keep notes that an original is written to its place, where it is not there, and
// its entry added to the register. What is there is never written over.
func (r *Register) Keep(set *change.Set, e Entry, data []byte) error {
	is, err := set.Read(r.path(e.File))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := set.Write(r.path(e.File), data); err != nil {
			return err
		}
	case err != nil || !bytes.Equal(is, data):
		return fmt.Errorf("%s 已经有了，内容不同", e.File)
	}
	return r.Sent(set, e, data)
}

// KeepCopy is Keep for a large file.
func (r *Register) KeepCopy(set *change.Set, e Entry, c *change.Content) error {
	switch is, err := hashIn(set.FS(), r.path(e.File)); {
	case errors.Is(err, fs.ErrNotExist):
		if err := set.Copy(r.path(e.File), c); err != nil {
			return err
		}
	case err != nil || is != hashOf(c.Sum):
		return fmt.Errorf("%s 已经有了，内容不同", e.File)
	}
	return r.sent(set, e, hashOf(c.Sum))
}

// head begins a register.
const head = "# 由 wangjian 登记，只在末尾追加；不公开，不要改\n"

// Sent notes that a file of the folder is added to the register, unless it is there.
func (r *Register) Sent(set *change.Set, e Entry, data []byte) error {
	return r.sent(set, e, HashOf(data))
}

func (r *Register) sent(set *change.Set, e Entry, hash string) error {
	e.Hash = hash
	if slices.ContainsFunc(r.entries, func(is Entry) bool { is.line = 0; return is == e }) {
		return nil
	}
	line, err := yaml.Marshal([]Entry{e})
	if err != nil {
		return err
	}
	text, err := set.Read(r.path(Name))
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && len(text) == 0:
		text = []byte(head)
	case err != nil:
		return err
	case text[len(text)-1] != '\n': // as some editors leave it
		text = append(slices.Clip(text), '\n')
	}
	if err := set.Write(r.path(Name), append(slices.Clip(text), line...)); err != nil {
		return err
	}
	r.entries = append(r.entries, e)
	return nil
}
