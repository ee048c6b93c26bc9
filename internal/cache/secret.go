package cache

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

const secretLength = 32

// userSecret returns the key that the user's entries are sealed with. It lies in the
// user's own cache folder, outside of the campaign, and is made when there is none.
// One that others can read is replaced.
func userSecret(campaign string) ([]byte, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	dir = filepath.Join(dir, "wangjian")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, err
	}
	if below, err := filepath.Rel(campaign, dir); err == nil && filepath.IsLocal(below) {
		return nil, errors.New("the user's cache folder lies in the campaign")
	}
	name := filepath.Join(dir, "key")
	if info, err := os.Lstat(name); err == nil && info.Mode().IsRegular() && info.Size() == secretLength && (runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0) {
		return os.ReadFile(name)
	}
	key := make([]byte, secretLength)
	rand.Read(key)
	draft, err := os.CreateTemp(dir, "key-*") // which nobody else may read
	if err != nil {
		return nil, err
	}
	_, err = draft.Write(key)
	if err = errors.Join(err, draft.Close()); err == nil {
		err = os.Rename(draft.Name(), name)
	}
	if err != nil {
		os.Remove(draft.Name())
		return nil, err
	}
	return key, nil
}

// Program returns the hash of a program's file. What the campaign's cache knows of it
// saves reading it: it is large.
func Program(root, name string) (sum [sha256.Size]byte, err error) {
	type known struct {
		Mark Mark
		Sum  [sha256.Size]byte
	}
	mark, err := LookAt(name, filepath.Join(root, Dir))
	if err != nil {
		return sum, err
	}
	place := sha256.Sum256([]byte(name))
	key, folder := hex.EncodeToString(place[:16]), NewFolder(root, "program", 10)
	var k known
	if raw, ok := folder.Get(key); ok && gob.NewDecoder(bytes.NewReader(raw)).Decode(&k) == nil && k.Mark.Match(mark) {
		return k.Sum, nil
	}
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
	var raw bytes.Buffer
	if mark.IsSure() && gob.NewEncoder(&raw).Encode(known{mark, sum}) == nil {
		folder.Put(key, raw.Bytes())
	}
	return sum, nil
}
