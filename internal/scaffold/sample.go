package scaffold

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"sync"
)

// SampleFile reports whether a file of a size holds the bytes of a file of the
// sample campaign; read is called where the size alone does not tell.
func SampleFile(size int64, read func() ([]byte, error)) bool {
	if !sampleSums().sizes[size] {
		return false
	}
	data, err := read()
	return err == nil && sampleSums().files[sha256.Sum256(data)]
}

// SampleBody reports whether a text's body is one of the sample's.
func SampleBody(body []byte) bool {
	body = bytes.TrimSpace(body)
	return sampleSums().sizes[-int64(len(body))] && sampleSums().files[sha256.Sum256(body)]
}

// sums are the hashes of the sample's files and bodies, and their sizes, those of
// bodies negative: nearly no other file has one of them.
type sums struct {
	sizes map[int64]bool
	files map[[sha256.Size]byte]bool
}

// sampleSums leaves out what an office may well have as it is: settings, whose
// names it must change anyway, and the form, which the notice lays down.
var sampleSums = sync.OnceValue(func() sums {
	s := sums{map[int64]bool{}, map[[sha256.Size]byte]bool{}}
	for folder, tree := range sample {
		_ = fs.WalkDir(tree, ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || folder == "data" && !bytes.ContainsRune([]byte(name), '/') {
				return err
			}
			data, err := fs.ReadFile(tree, name)
			if err != nil {
				return err
			}
			s.sizes[int64(len(data))], s.files[sha256.Sum256(data)] = true, true
			if _, body, ok := bytes.Cut(data, []byte("\n---\n")); ok {
				if body = bytes.TrimSpace(body); len(body) > 0 {
					s.sizes[-int64(len(body))], s.files[sha256.Sum256(body)] = true, true
				}
			}
			return nil
		})
	}
	return s
})
