package publish

import (
	"os"
	"path/filepath"
	"sync"

	"wangjian/internal/cache"
	"wangjian/internal/cause"
)

// scratch is a file in .wangjian for what renderers store until a build ends
// (release.Scratch). It is made when first needed, and loses its name at once
// where the system allows that, so that a killed build leaves nothing; elsewhere
// the next build removes it.
type scratch struct {
	dir string

	mu   sync.Mutex
	file *os.File
	end  int64
}

const scratchName = "scratch-"

// newScratch is for whoever holds the campaign's lock.
func newScratch(root string) *scratch {
	s := &scratch{dir: filepath.Join(root, cache.Dir)}
	if left, err := filepath.Glob(filepath.Join(s.dir, scratchName+"*")); err == nil {
		for _, name := range left {
			os.Remove(name)
		}
	}
	return s
}

// Append writes at the end.
func (s *scratch) Append(p []byte) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		f, err := os.CreateTemp(s.dir, scratchName)
		if err != nil {
			return 0, cause.Failed("建立文件", s.dir, err)
		}
		s.file = f
		os.Remove(f.Name())
	}
	at := s.end
	n, err := s.file.WriteAt(p, at)
	s.end += int64(n)
	if err != nil {
		return 0, cause.Failed("写", s.file.Name(), err)
	}
	return at, nil
}

// ReadAt reads what was appended.
func (s *scratch) ReadAt(p []byte, at int64) (int, error) {
	s.mu.Lock()
	f := s.file
	s.mu.Unlock()
	return f.ReadAt(p, at)
}

func (s *scratch) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
	}
}
