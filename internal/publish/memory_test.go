package publish

import (
	"bytes"
	"fmt"
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
func (m *Memory) Create(string) (Draft, error) { return &memoryFile{to: m}, nil }

// Put keeps a file.
func (m *Memory) Put(sum Sum, content []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.files[sum.Path]; ok {
		return fmt.Errorf("%s 写了两次", sum.Path)
	}
	if m.files == nil {
		m.files = map[string][]byte{}
	}
	m.files[sum.Path] = slices.Clone(content)
	return nil
}

// File returns a file's bytes; ok is false when it was not written.
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
	to *Memory
}

func (f *memoryFile) Close() error       { return nil }
func (f *memoryFile) Done(sum Sum) error { return f.to.Put(sum, f.Bytes()) }
