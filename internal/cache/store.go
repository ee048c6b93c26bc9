package cache

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

// Folder keeps things on disk, a file each, and at its end the sum of what is
// before it, so that a damaged file is as good as none. Whatever cannot be
// written goes to memory instead.
type Folder struct {
	dir    string
	ending string
	open   func() error // makes the folder, once
	memory *Memory
}

// NewFolder keeps things in dir, which is made when there is something to keep,
// in files whose names have the ending (".svg"). Of more than most files the
// older half goes.
func NewFolder(dir, ending string, most int) *Folder {
	f := &Folder{dir: dir, ending: ending, memory: NewMemory()}
	f.open = sync.OnceValue(func() error {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		f.Thin(most)
		return nil
	})
	return f
}

func (f *Folder) path(key string) string { return filepath.Join(f.dir, key+f.ending) }

// The sum is a comment of SVG and HTML; other formats never see it.
const sumOpens, sumCloses = "<!-- sha256 ", " -->\n"

func (f *Folder) Get(key string) ([]byte, bool) {
	if data, ok := f.memory.Get(key); ok {
		return data, true
	}
	// Anything but a file could keep one waiting, or be somebody else's.
	if info, err := os.Lstat(f.path(key)); err != nil || !info.Mode().IsRegular() {
		return nil, false
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

func (f *Folder) Put(key string, data []byte) {
	if f.open() != nil || f.write(key, data) != nil {
		f.memory.Put(key, data)
	}
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return sumOpens + hex.EncodeToString(sum[:]) + sumCloses
}

// write puts the file in its place whole.
func (f *Folder) write(key string, data []byte) error {
	w, err := os.CreateTemp(f.dir, "new-*")
	if err != nil {
		return err
	}
	_, err = w.Write(slices.Concat(data, []byte(sumOf(data))))
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

// Thin removes the older half of too many files.
func (f *Folder) Thin(most int) {
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
