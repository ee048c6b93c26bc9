package cache

import (
	"crypto/rand"
	"errors"
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
