package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"wangjian/internal/cause"
	"wangjian/internal/remote"
)

// ReadBack reads the site on the server into a folder, and compares it with the last
// publication that was recorded on this machine; where none is remembered, with the
// server's own SHA256SUMS, and notes say so. It returns how many files were to be there.
func (s *Server) ReadBack(ctx context.Context, dir string, progress func(n, of int)) (count int, wrong []Difference, notes []string, err error) {
	store, err := s.open(ctx)
	if err != nil {
		return 0, nil, nil, err
	}
	defer store.Close()
	is, err := lookAt(ctx, store, nil)
	if err != nil {
		return 0, nil, nil, err
	}
	raw, ok := sentTo(s.Folder.Campaign).Get(keyOf(s.Destination.Where()))
	if !ok {
		if raw = is.raw; raw == nil {
			return 0, nil, nil, errors.New("服务器上没有 " + SumsFile + "：那里没有发布过，或没有传完")
		}
		notes = append(notes, "这台电脑没有记着上一次发布到“"+s.Destination.Name+"”的校验值，是与服务器自己的 "+SumsFile+" 核对的")
	}
	want, ok := parseSums(raw)
	if !ok {
		return 0, nil, nil, errors.New("服务器上的 " + SumsFile + " 不是本程序写的样子，可能被改过")
	}
	if _, ok := is.objects[leaseFile]; ok {
		notes = append(notes, "服务器上有一次没有做完的发布：再发布一次")
	}
	var mu sync.Mutex
	off := func(p, words string) {
		mu.Lock()
		defer mu.Unlock()
		wrong = append(wrong, Difference{p, words})
	}
	for p := range is.objects {
		if _, listed := want[p]; !listed && p != SumsFile && !strings.HasPrefix(p, remote.Own) {
			off(p, "多出的文件，上一次发布里没有")
		}
	}
	if !bytes.Equal(is.raw, raw) {
		off(SumsFile, "与上一次发布的不同")
	}
	if err := os.WriteFile(filepath.Join(dir, SumsFile), raw, 0o600); err != nil {
		return 0, nil, nil, cause.Failed("写", SumsFile, err)
	}
	paths, begun := slices.Sorted(maps.Keys(want)), 0
	err = each(ctx, paths, func(p string) error {
		mu.Lock()
		begun++
		progress(begun, len(paths))
		mu.Unlock()
		switch sum, err := readTo(ctx, store, p, dir); {
		case errors.Is(err, fs.ErrNotExist):
			off(p, "缺这个文件")
		case err != nil:
			return err
		case sum != want[p]:
			off(p, "与上一次发布的不同，发布以后被改过")
		}
		return nil
	})
	return len(want), sorted(wrong), notes, err
}

// readTo reads a file of a server into a folder.
func readTo(ctx context.Context, store remote.Store, p, dir string) (sum [sha256.Size]byte, err error) {
	from, err := store.Get(ctx, p)
	if err != nil {
		return sum, err
	}
	defer from.Close()
	name := filepath.Join(dir, filepath.FromSlash(p))
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return sum, cause.Failed("建立文件夹", filepath.Dir(name), err)
	}
	to, err := os.Create(name)
	if err != nil {
		return sum, cause.Failed("写", name, err)
	}
	hash := sha256.New()
	if _, err = io.Copy(io.MultiWriter(to, hash), from); err == nil {
		hash.Sum(sum[:0])
	}
	return sum, errors.Join(err, to.Close())
}
