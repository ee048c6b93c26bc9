package publish

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
)

// Memory is a sink that keeps what is written to it. The zero Memory is empty
// and ready.
type Memory struct {
	mu    sync.Mutex
	files map[string][]byte
}

// Create starts a file.
func (m *Memory) Create(path string) (io.WriteCloser, error) {
	return &memoryFile{to: m, path: path}, nil
}

// File gives a file's bytes; ok is false when it was not written.
func (m *Memory) File(path string) (content []byte, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	content, ok = m.files[path]
	return content, ok
}

// Paths lists the files, sorted.
func (m *Memory) Paths() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.files))
}

type memoryFile struct {
	bytes.Buffer
	to   *Memory
	path string
}

// Close makes the file whole.
func (f *memoryFile) Close() error {
	f.to.mu.Lock()
	defer f.to.mu.Unlock()
	if _, ok := f.to.files[f.path]; ok {
		return fmt.Errorf("%s 写了两次", f.path)
	}
	if f.to.files == nil {
		f.to.files = map[string][]byte{}
	}
	f.to.files[f.path] = f.Bytes()
	return nil
}
