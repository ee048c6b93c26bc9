package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"wangjian/internal/handover"
	"wangjian/internal/intake"
)

// Sealed is a bundle that somebody else made, all of whose files are as its list says.
type Sealed struct {
	Digest  string // of its list: sha256:…
	archive *intake.Archive
	folder  string // in which a person packed all of it again, with a slash
}

// MostSealed bounds a bundle that is taken in, packed and unpacked, in bytes: the papers
// of a city with forty units are some 60 MB, four hundred photographs as the site shows
// them 70 MB, and five videos of the size that a campaign takes at most 320 MB.
const MostSealed = 512 << 20

// SizeNote says in Chinese that a bundle of so many bytes is larger than what the level
// above takes in; nothing where it is not.
func SizeNote(size int64) []string {
	if size <= MostSealed {
		return nil
	}
	return []string{fmt.Sprintf("有 %d MB，超过上级的网剑收得下的 %d MB：把视频压小，或另外送，再做一份", size>>20, MostSealed>>20)}
}

// mostRead bounds one file of a bundle that is read into memory: texts, attachments and
// the data. A video is only compared with its sum.
const mostRead = 96 << 20

// IsBundle reports whether an archive is a bundle, whole or not.
func IsBundle(raw io.ReaderAt, size int64) bool {
	a, err := intake.OpenLarge(raw, size, MostSealed)
	if err != nil {
		return false
	}
	folder := sealedFolder(a)
	return a.Has(folder+listText) && a.Has(folder+handover.File)
}

func sealedFolder(a *intake.Archive) string {
	names := a.Names(func(name string) bool { return path.Base(name) == listText && strings.Count(name, "/") <= 1 })
	if len(names) == 0 || path.Dir(names[0]) == "." {
		return ""
	}
	return path.Dir(names[0]) + "/"
}

// OpenSealed opens a bundle and compares every file of it with its list. Its errors
// are Chinese and name what differs. The bundle is read where it is, as long as it is used.
func OpenSealed(raw io.ReaderAt, size int64) (*Sealed, error) {
	if size > MostSealed {
		return nil, fmt.Errorf("有 %d MB，超过收得下的 %d MB：请对方把视频压小，或另外送，再做一份", size>>20, MostSealed>>20)
	}
	a, err := intake.OpenLarge(raw, size, MostSealed)
	switch {
	case errors.Is(err, intake.ErrTooBig):
		return nil, errUnpacked
	case err != nil:
		return nil, fmt.Errorf("%w：用对方 wangjian bundle 生成的那一个 zip，不要拆开重新压缩", err)
	}
	s := &Sealed{folder: sealedFolder(a)}
	list, err := a.Read(s.folder + listText)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s：%w", listText, err)
	case list == nil || !a.Has(s.folder+handover.File):
		return nil, errors.New("里面没有 清单.txt 和 " + handover.File + "，不是 wangjian bundle 生成的报送材料")
	}
	listed, ours := parseSums(list)
	if !ours {
		return nil, errors.New("里面的 清单.txt 改动过：用原来的那一份")
	}
	if err := s.compare(a, listed); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(list)
	s.Digest = "sha256:" + hex.EncodeToString(sum[:])
	s.archive, err = intake.OpenLarge(raw, size, MostSealed) // what may be unpacked is counted anew
	return s, err
}

var errUnpacked = fmt.Errorf("解开以后超过 %d MB：请对方把视频压小，或另外送，再做一份", MostSealed>>20)

// compare looks for what is other than in the list.
func (s *Sealed) compare(a *intake.Archive, listed map[string][sha256.Size]byte) error {
	var wrong []string
	known := map[string]bool{strings.ToLower(s.folder + listText): true, strings.ToLower(s.folder + listSheet): true}
	for name, sum := range listed {
		known[strings.ToLower(s.folder+name)] = true
		if !a.Has(s.folder + name) {
			wrong = append(wrong, name+" 不见了")
			continue
		}
		got := sha256.New()
		switch err := a.Copy(got, s.folder+name, MostSealed); {
		case errors.Is(err, intake.ErrTooBig):
			return errUnpacked
		case err != nil:
			return fmt.Errorf("%s：%w", name, err)
		case [sha256.Size]byte(got.Sum(nil)) != sum:
			wrong = append(wrong, name+" 改动过")
		}
	}
	for _, name := range a.Names(func(name string) bool { return !known[name] && !intake.IsLitter(name) }) {
		wrong = append(wrong, strings.TrimPrefix(name, s.folder)+" 是后来放进去的")
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		return fmt.Errorf("与里面的 清单.txt 对不上，%s：请对方重新生成，不要在 zip 里改", list(wrong))
	}
	return nil
}

// Read returns a file of the bundle that is no video.
func (s *Sealed) Read(name string) ([]byte, error) {
	data, err := s.archive.ReadWithin(s.folder+name, mostRead)
	if err == nil && data == nil && !s.archive.Has(s.folder+name) {
		err = fmt.Errorf("里面没有 %s", name)
	}
	return data, err
}
