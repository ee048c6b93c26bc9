package cache

import (
	"io/fs"
	"os"
	"time"
)

// Mark is what tells a file from a changed one without reading it. Times are
// nanoseconds since 1970.
type Mark struct {
	Size    int64
	Written int64  // when its content was written last; a program can set it
	Changed int64  // when anything about it changed last; 0 where the system does not tell
	Inode   uint64 // 0 where the system does not tell
	// Mode is 0 of a regular file, or young; a folder has nothing else, and of
	// anything else no mark reports whether it changed: a link may lead anywhere.
	Mode fs.FileMode
}

// young is the mode of a file that can still be changed without a change of its
// mark.
const young = fs.ModeIrregular

// IsFolder reports whether it is a folder's.
func (m Mark) IsFolder() bool { return m.Mode.IsDir() }

// IsSure reports whether a file that has this mark later is the same.
func (m Mark) IsSure() bool { return m.Mode == 0 || m.IsFolder() }

func (m Mark) isSpecial() bool { return !m.IsSure() && m.Mode != young }

// Match reports whether two marks are sure, and the same.
func (m Mark) Match(is Mark) bool { return m == is && m.IsSure() }

// MatchLinked reports whether a file has the mark but for what a new name for it
// changes.
func (m Mark) MatchLinked(is Mark) bool {
	is.Changed = m.Changed
	if is.Mode == young {
		is.Mode = 0
	}
	return m.Match(is)
}

// MarkOf returns a file's mark. It does not report whether it is young.
func MarkOf(info fs.FileInfo) Mark {
	switch {
	case info.IsDir():
		return Mark{Mode: info.Mode()}
	case !info.Mode().IsRegular():
		return Mark{Mode: info.Mode().Type()}
	}
	m := Mark{Size: info.Size(), Written: info.ModTime().UnixNano()}
	m.Changed, m.Inode = systemMark(info)
	return m
}

// tick is longer than that of any disk's clock that counts in less than seconds,
// and slowTick than that of any that does not.
const (
	tick     = 20 * time.Millisecond
	slowTick = 2 * time.Second
)

// youth says how long after the moment now the file is still young.
func (m Mark) youth(now int64) time.Duration {
	wait := tick
	if m.Written%int64(time.Second) == 0 {
		wait = slowTick
	}
	return time.Duration(max(m.Written, m.Changed)-now) + wait
}

// diskTime is the moment now by the clock of the disk that folder is on, which
// may be another machine's; of two clocks the one that is behind.
func diskTime(folder string) int64 {
	now := time.Now().UnixNano()
	f, err := os.CreateTemp(folder, "now-*")
	if err != nil {
		return now
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if info, err := f.Stat(); err == nil {
		now = min(now, info.ModTime().UnixNano())
	}
	return now
}
