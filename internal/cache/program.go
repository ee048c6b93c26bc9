package cache

import (
	"crypto/sha256"
	"encoding/binary"
	"io"
	"os"
	"regexp"
)

// buildID is where Go's linker writes a hash of all that it linked: in a note of an
// ELF file, before the code of the others. The last part of it is the hash of the
// file's contents.
var buildID = regexp.MustCompile(`(?:\x04\x00\x00\x00Go\x00\x00|Go build ID: ")([0-9A-Za-z_-]{20}(?:/[0-9A-Za-z_-]{20})+)`)

// buildIDWithin is how far from a file's start Go itself looks for it, in bytes.
const buildIDWithin = 32 << 10

// Program returns a hash that tells a program from every other: of its length and its
// build ID, or of the whole file, which is large, where it has none.
func Program(name string) (sum [sha256.Size]byte, err error) {
	f, err := os.Open(name)
	if err != nil {
		return sum, err
	}
	defer f.Close()
	length, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return sum, err
	}
	hash := sha256.New()
	start := make([]byte, buildIDWithin)
	n, err := f.ReadAt(start, 0)
	if err != nil && err != io.EOF {
		return sum, err
	}
	if id := buildID.FindSubmatch(start[:n]); id != nil {
		hash.Write(binary.BigEndian.AppendUint64(id[1], uint64(length)))
	} else if _, err := io.Copy(hash, io.NewSectionReader(f, 0, length)); err != nil {
		return sum, err
	}
	hash.Sum(sum[:0])
	return sum, nil
}
