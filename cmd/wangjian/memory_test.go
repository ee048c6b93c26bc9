package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"sync"

	"wangjian/internal/publish"
)

// renderedSite is a sink that keeps what is written to it. The zero renderedSite is empty
// and ready.
type renderedSite struct {
	mu    sync.Mutex
	files map[string][]byte
}

// Create starts a file.
func (m *renderedSite) Create(string) (publish.Draft, error) { return &renderedFile{to: m}, nil }

// Put keeps a file.
func (m *renderedSite) Put(sum publish.Sum, content []byte) error {
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
func (m *renderedSite) File(path string) (content []byte, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	content, ok = m.files[path]
	return content, ok
}

// Paths lists the files, sorted.
func (m *renderedSite) Paths() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.files))
}

type renderedFile struct {
	bytes.Buffer
	to *renderedSite
}

func (f *renderedFile) Close() error               { return nil }
func (f *renderedFile) Done(sum publish.Sum) error { return f.to.Put(sum, f.Bytes()) }
