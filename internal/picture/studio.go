package picture

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"sync"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
)

// large is from how many bytes on originals are developed one at a time, for
// the memory that their pixels take.
const large = 4 << 20

// Studio develops the pictures of one campaign's folder, several at a time, and
// keeps them.
type Studio struct {
	cache cache.Store
	big   sync.Mutex

	known sync.Map // by stamp: *Picture
	going sync.Map // by key: *sync.Mutex, for what several ask for is made once
}

// stamp tells a version of a file without reading it.
type stamp struct {
	file string
	mark cache.Mark
}

// NewStudio returns a studio that keeps what it makes in the cache, which is one of
// this program's results alone.
func NewStudio(cache cache.Store) *Studio {
	return &Studio{cache: cache}
}

// Picture is a picture ready to be published.
type Picture struct {
	facts
	studio   *Studio
	key      string
	original func() ([]byte, error) // for what the cache has lost
}

// Key stands for the original's bytes.
func (p *Picture) Key() string { return p.key }

// Widest is the largest size of the picture.
func (p *Picture) Widest() Size { return p.Sizes[len(p.Sizes)-1] }

// Bytes returns the picture in the n-th of its Sizes.
func (p *Picture) Bytes(n int) ([]byte, error) {
	return p.part(strconv.Itoa(n), func(d *developed) []byte { return d.sizes[n] })
}

// ForPrint returns the picture as a JPEG for paper, what is transparent on white.
func (p *Picture) ForPrint() ([]byte, error) {
	return p.part("print", func(d *developed) []byte { return d.print })
}

func (p *Picture) part(name string, of func(*developed) []byte) ([]byte, error) {
	if part, ok := p.studio.cache.Get(p.key + "-" + name); ok {
		return part, nil
	}
	raw, err := p.original()
	if err != nil {
		return nil, err
	}
	if keyOf(raw) != p.key {
		return nil, fmt.Errorf("图片%w", campaign.ErrChanged)
	}
	d, err := p.studio.develop(p.key, raw)
	if err != nil {
		return nil, err
	}
	return of(d), nil
}

func keyOf(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// Picture returns a file of the campaign's folder ready to be published. Its
// errors are in Chinese.
func (s *Studio) Picture(fsys fs.FS, file string) (*Picture, error) {
	info, err := fs.Stat(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("打不开图片 %s", file)
	}
	if info.Size() > MostBytes {
		return nil, fmt.Errorf("文件有 %d MB，太大了（最多 %d MB）", info.Size()>>20, MostBytes>>20)
	}
	as := stamp{file, cache.MarkOf(info)}
	if known, ok := s.known.Load(as); ok && !info.ModTime().IsZero() {
		return known.(*Picture), nil
	}
	read := func() ([]byte, error) {
		raw, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, fmt.Errorf("图片 %s 读不出来", file)
		}
		return raw, nil
	}
	raw, err := read()
	if err != nil {
		return nil, err
	}
	p := &Picture{studio: s, key: keyOf(raw), original: read}
	if p.facts, err = s.facts(p.key, raw); err != nil {
		return nil, err
	}
	s.known.Store(as, p)
	return p, nil
}

// facts returns what is known of a picture, and develops one that is not.
func (s *Studio) facts(key string, raw []byte) (facts, error) {
	going, _ := s.going.LoadOrStore(key, &sync.Mutex{})
	turn := going.(*sync.Mutex)
	turn.Lock()
	defer turn.Unlock()
	var f facts
	if about, ok := s.cache.Get(key); ok && json.Unmarshal(about, &f) == nil && len(f.Sizes) > 0 {
		return f, nil
	}
	d, err := s.develop(key, raw)
	if err != nil {
		return facts{}, err
	}
	return d.facts, nil
}

// develop makes a picture and keeps it, what is known of it last.
func (s *Studio) develop(key string, raw []byte) (*developed, error) {
	if len(raw) > large {
		s.big.Lock()
		defer s.big.Unlock()
	}
	d, err := develop(raw)
	if err != nil {
		return nil, err
	}
	for n, encoded := range d.sizes {
		s.cache.Put(key+"-"+strconv.Itoa(n), encoded)
	}
	s.cache.Put(key+"-print", d.print)
	about, err := json.Marshal(d.facts)
	if err != nil {
		return nil, err
	}
	s.cache.Put(key, about)
	return d, nil
}
