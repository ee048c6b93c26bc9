package cache

import (
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Store holds bytes. A key stands for the same bytes for ever. It is called
// from many goroutines.
type Store interface {
	Get(key string) (data []byte, ok bool)
	Put(key string, data []byte)
}

// Memory is a store that ends with the process.
type Memory struct {
	mu   sync.Mutex
	data map[string][]byte
}

// NewMemory returns an empty one.
func NewMemory() *Memory { return &Memory{data: map[string][]byte{}} }

func (m *Memory) Get(key string) ([]byte, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, ok := m.data[key]
	return data, ok
}

func (m *Memory) Put(key string, data []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.data[key] = data
}

// Folder holds entries of a kind in a campaign's folder, a file each. An entry
// begins with a seal: a hash, keyed with the user's secret, of the campaign's place,
// the kind, the key, the program where it is [Folder.OfProgram], and the data. So
// whoever can write into the folder, but is not the user, can remove entries and
// cannot make, alter or exchange any. What cannot be written goes to memory instead.
type Folder struct {
	root, kind string
	most       int
	bound      func() ([]byte, error) // what entries depend on besides their key
	secret     func() ([]byte, error)
	memory     *Memory

	mu  sync.Mutex
	dir *os.Root
}

// maxEntry is the size of an entry that is read.
const maxEntry = 256 << 20

var errNoEntry = errors.New("no such entry")

// NewFolder holds entries in .wangjian/kind of a campaign's folder, which is made
// when there is one to write. Of more than most entries the older half goes.
func NewFolder(root, kind string, most int) *Folder {
	f := &Folder{root: root, kind: kind, most: most, memory: NewMemory(), bound: func() ([]byte, error) { return nil, nil }}
	f.secret = sync.OnceValues(func() ([]byte, error) {
		place, err := filepath.Abs(root)
		if err != nil {
			return nil, err
		}
		if real, err := filepath.EvalSymlinks(place); err == nil {
			place = real
		}
		key, err := userSecret(place)
		if err != nil {
			return nil, err
		}
		bound, err := f.bound()
		if err != nil {
			return nil, err
		}
		return sealOf(key, []byte(place), []byte(kind), bound), nil
	})
	return f
}

// OfProgram binds the entries to the running program, so that those of another
// version are none.
func (f *Folder) OfProgram() *Folder {
	f.bound = func() ([]byte, error) {
		name, err := os.Executable()
		if err != nil {
			return nil, err
		}
		sum, err := Program(name)
		return sum[:], err
	}
	return f
}

// sealOf returns a keyed hash of several parts.
func sealOf(key []byte, parts ...[]byte) []byte {
	mac := hmac.New(sha256.New, key)
	for _, p := range parts {
		size := sha256.Sum256(p) // so that no two lists of parts write the same
		mac.Write(size[:])
	}
	return mac.Sum(nil)
}

// open opens the folder; to write, it is made. A link in its place is an error.
func (f *Folder) open(write bool) (*os.Root, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.dir != nil {
		return f.dir, nil
	}
	root, err := os.OpenRoot(f.root)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	name := path.Join(Dir, f.kind)
	if write {
		if err := root.MkdirAll(name, 0o755); err != nil {
			return nil, err
		}
	}
	for _, name := range []string{Dir, name} {
		if info, err := root.Lstat(name); err != nil || !info.IsDir() { // opening a pipe would wait
			return nil, cmp.Or(err, errNoEntry)
		}
	}
	if f.dir, err = root.OpenRoot(name); err == nil && write {
		f.thin()
	}
	return f.dir, err
}

func (f *Folder) Get(key string) ([]byte, bool) {
	if data, ok := f.memory.Get(key); ok {
		return data, true
	}
	data, err := f.read(key)
	return data, err == nil
}

func (f *Folder) read(key string) ([]byte, error) {
	secret, err := f.secret()
	if err != nil {
		return nil, err
	}
	dir, err := f.open(false)
	if err != nil {
		return nil, err
	}
	if info, err := dir.Lstat(key); err != nil || !info.Mode().IsRegular() || info.Size() > maxEntry {
		return nil, errNoEntry
	}
	r, err := dir.OpenFile(key, os.O_RDONLY|nonblock, 0) // whatever it has become since
	if err != nil {
		return nil, err
	}
	defer r.Close()
	if info, err := r.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errNoEntry
	}
	raw, err := io.ReadAll(io.LimitReader(r, maxEntry))
	if err != nil || len(raw) < sha256.Size || !hmac.Equal(raw[:sha256.Size], sealOf(secret, []byte(key), raw[sha256.Size:])) {
		return nil, errNoEntry
	}
	return raw[sha256.Size:], nil
}

func (f *Folder) Put(key string, data []byte) {
	if f.write(key, data) != nil {
		f.memory.Put(key, data)
	}
}

// write puts the file in its place whole.
func (f *Folder) write(key string, data []byte) error {
	secret, err := f.secret()
	if err != nil {
		return err
	}
	dir, err := f.open(true)
	if err != nil {
		return err
	}
	draft := "new-" + rand.Text()
	w, err := dir.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = w.Write(slices.Concat(sealOf(secret, []byte(key), data), data))
	if err = cmp.Or(err, w.Close()); err == nil {
		err = dir.Rename(draft, key)
	}
	if err != nil {
		dir.Remove(draft)
	}
	return err
}

// thin removes the older half of too many files.
func (f *Folder) thin() {
	entries, err := fs.ReadDir(f.dir.FS(), ".")
	if err != nil || len(entries) <= f.most {
		return
	}
	var files []fs.FileInfo
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			files = append(files, info)
		}
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int {
		return cmp.Or(a.ModTime().Compare(b.ModTime()), strings.Compare(a.Name(), b.Name()))
	})
	for _, file := range files[:len(files)/2] {
		f.dir.Remove(file.Name())
	}
}
