package journal

import (
	"crypto/sha256"
	"io"
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
	Told    uint64 // which of the changes that somebody named it is of; 0 for none: see [Now.Again]
}

func markOf(info fs.FileInfo) Mark {
	m := Mark{Size: info.Size(), Written: info.ModTime().UnixNano()}
	m.Changed, m.Inode = systemMark(info)
	return m
}

// Fits tells whether a file has the mark but for what a new name for it changes.
func (m Mark) Fits(info fs.FileInfo) bool {
	is := markOf(info)
	return info.Mode().IsRegular() && is.Size == m.Size && is.Written == m.Written && is.Inode == m.Inode
}

// youngAt tells whether at the moment now the file could be written once more
// without a change of its mark. Disks count time in ticks: of up to 10 ms
// mostly, of two seconds where a time has no fraction.
func (m Mark) youngAt(now int64) bool {
	tick := int64(50 * time.Millisecond)
	if m.Written%int64(time.Second) == 0 {
		tick = int64(2 * time.Second)
	}
	return max(m.Written, m.Changed) > now-tick
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

// sumOf hashes a file.
func sumOf(name string) (sum [sha256.Size]byte, err error) {
	f, err := os.Open(name)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return sum, err
	}
	hash.Sum(sum[:0])
	return sum, nil
}

// File is one file as it was at a moment.
type File struct {
	Path string // with slashes, relative to its tree
	Mark Mark
	// Sum is the SHA-256 of its content, where that is known.
	Sum   [sha256.Size]byte
	Known bool // whether Sum is
	// Young: the mark alone does not tell.
	Young bool
	// Folder: a folder, which has no mark.
	Folder bool
}

// lookAt looks at one file and hashes it; last is how it was found before, and
// saves the hashing where it still is so.
func lookAt(name string, last File, now int64) (File, error) {
	info, err := os.Stat(name)
	if err != nil {
		return File{}, err
	}
	f := File{Path: name, Mark: markOf(info), Known: true}
	f.Young = f.Mark.youngAt(now)
	if last.Path == name && last.Mark == f.Mark && last.Known && !last.Young {
		f.Sum, f.Young = last.Sum, false
		return f, nil
	}
	f.Sum, err = sumOf(name)
	return f, err
}
