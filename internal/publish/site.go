package publish

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"

	"wangjian/internal/cause"
)

// Site is a published site that is read, file by file, as it was written.
type Site struct {
	files fs.FS
	sums  map[string][sha256.Size]byte
}

// OpenSite opens the folder of a published site.
func OpenSite(files fs.FS) (*Site, error) {
	raw, err := fs.ReadFile(files, SumsFile)
	if err != nil {
		if _, err := fs.Stat(files, "."); err != nil {
			return nil, cause.Failed("打开", "", err)
		}
		return nil, fmt.Errorf("不是 wangjian 生成的网站（没有 %s）：写生成的网站所在的文件夹，如 赣州/public", SumsFile)
	}
	sums, ours := parseSums(raw)
	if !ours {
		return nil, errors.New("不是 wangjian 生成的网站，或者 " + SumsFile + " 改动过")
	}
	return &Site{files, sums}, nil
}

// Has reports whether the site has a file.
func (s *Site) Has(name string) bool { _, ok := s.sums[name]; return ok }

// Read returns a file of the site; one that is other than when it was published is
// refused.
func (s *Site) Read(name string) ([]byte, error) {
	sum, ok := s.sums[name]
	if !ok {
		return nil, fmt.Errorf("网站里没有 %s", name)
	}
	data, err := fs.ReadFile(s.files, name)
	switch {
	case err != nil:
		return nil, cause.Failed("读", name, err)
	case sha256.Sum256(data) != sum:
		return nil, fmt.Errorf("%s 和生成时不一样：重新生成这个网站，或重新取一份", name)
	}
	return data, nil
}
