package still

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Cache keeps drawings. A key stands for one drawing for ever. It is called
// from many goroutines; what it loses is drawn again.
type Cache interface {
	Get(key string) (drawing []byte, ok bool)
	Put(key string, drawing []byte)
}

// Memory is a cache that ends with the process.
type Memory struct {
	mu       sync.Mutex
	drawings map[string][]byte
}

func NewMemory() *Memory { return &Memory{drawings: map[string][]byte{}} }

func (m *Memory) Get(key string) ([]byte, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	drawing, ok := m.drawings[key]
	return drawing, ok
}

func (m *Memory) Put(key string, drawing []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drawings[key] = drawing
}

// Folder keeps drawings on disk, a file each: the drawing, and in a comment at
// its end the sum of what is before it, so that a damaged file is as good as none.
// Whatever cannot be written is kept in memory instead.
type Folder struct {
	dir    string
	open   func() error // makes the folder, once
	memory *Memory
}

// mostKept is how many drawings a folder keeps; beyond it the older half goes.
const mostKept = 4000

func NewFolder(dir string) *Folder {
	f := &Folder{dir: dir, memory: NewMemory()}
	f.open = sync.OnceValue(func() error {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		f.thin(mostKept)
		return nil
	})
	return f
}

func (f *Folder) path(key string) string { return filepath.Join(f.dir, key+".svg") }

const sumOpens, sumCloses = "<!-- sha256 ", " -->\n"

func (f *Folder) Get(key string) ([]byte, bool) {
	if drawing, ok := f.memory.Get(key); ok {
		return drawing, true
	}
	data, err := os.ReadFile(f.path(key))
	if err != nil {
		return nil, false
	}
	at := bytes.LastIndex(data, []byte(sumOpens))
	if at < 0 || string(data[at:]) != sumOf(data[:at]) {
		return nil, false
	}
	return data[:at], true
}

func (f *Folder) Put(key string, drawing []byte) {
	if f.open() != nil || f.write(key, drawing) != nil {
		f.memory.Put(key, drawing)
	}
}

func sumOf(drawing []byte) string {
	sum := sha256.Sum256(drawing)
	return sumOpens + hex.EncodeToString(sum[:]) + sumCloses
}

// write puts the file in its place whole.
func (f *Folder) write(key string, drawing []byte) error {
	w, err := os.CreateTemp(f.dir, "new-*")
	if err != nil {
		return err
	}
	_, err = w.Write(slices.Concat(drawing, []byte(sumOf(drawing))))
	if closeErr := w.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(w.Name(), f.path(key))
	}
	if err != nil {
		os.Remove(w.Name())
	}
	return err
}

// thin removes the older half of too many files.
func (f *Folder) thin(most int) {
	entries, err := os.ReadDir(f.dir)
	if err != nil || len(entries) <= most {
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
		os.Remove(filepath.Join(f.dir, file.Name()))
	}
}
