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

// Studio develops the pictures of one campaign's folder when they are asked for,
// several at a time, and keeps them.
type Studio struct {
	cache cache.Store
	big   sync.Mutex
	ahead int // px

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

// Ahead has every picture made while it is checked, in its sizes up to a width in px:
// each is decoded once then. Others are made when they are asked for.
func (s *Studio) Ahead(most int) { s.ahead = most }

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
func (p *Picture) Widest() Size { return p.widest() }

// ForPrint returns the picture as a JPEG for a place on paper that is so many points
// wide: a photo as it is published, a drawing on white.
func (p *Picture) ForPrint(points float64) ([]byte, error) {
	n := p.printed(points)
	if p.Ending == "jpg" {
		return p.Bytes(n)
	}
	key := partKey(p.key, n) + "-print"
	if paper, ok := p.studio.cache.Get(key); ok {
		return paper, nil
	}
	drawing, err := p.Bytes(n)
	if err != nil {
		return nil, err
	}
	paper, err := onWhite(drawing)
	if err == nil {
		p.studio.cache.Put(key, paper)
	}
	return paper, err
}

// Bytes returns the picture in the n-th of its Sizes. Where it has not been made, all
// are.
func (p *Picture) Bytes(n int) ([]byte, error) {
	turn := p.studio.turn(p.key)
	turn.Lock()
	defer turn.Unlock()
	if part, ok := p.studio.cache.Get(partKey(p.key, n)); ok {
		return part, nil
	}
	raw, err := p.original()
	if err != nil {
		return nil, err
	}
	if keyOf(raw) != p.key {
		return nil, fmt.Errorf("图片%w", campaign.ErrChanged)
	}
	if len(raw) > large {
		p.studio.big.Lock()
		defer p.studio.big.Unlock()
	}
	whole, err := look(raw)
	if err != nil {
		return nil, err
	}
	list, err := p.studio.develop(p.key, whole, whole.widest().Width)
	if err != nil {
		return nil, err
	}
	return list[n], nil
}

// develop makes the sizes of a picture up to a width.
func (s *Studio) develop(key string, whole *upright, most int) ([][]byte, error) {
	list, err := whole.published(most)
	for n, part := range list {
		s.cache.Put(partKey(key, n), part)
	}
	return list, err
}

// partKey is the key of the n-th size of the picture with the key.
func partKey(key string, n int) string { return key + "-" + strconv.Itoa(n) }

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

// turn is the lock of what is made of one picture.
func (s *Studio) turn(key string) *sync.Mutex {
	turn, _ := s.going.LoadOrStore(key, &sync.Mutex{})
	return turn.(*sync.Mutex)
}

// facts returns what is known of a picture, and looks at one that is not.
func (s *Studio) facts(key string, raw []byte) (facts, error) {
	turn := s.turn(key)
	turn.Lock()
	defer turn.Unlock()
	var f facts
	if about, ok := s.cache.Get(key); ok && json.Unmarshal(about, &f) == nil && len(f.Sizes) > 0 {
		return f, nil
	}
	if len(raw) > large {
		s.big.Lock()
		defer s.big.Unlock()
	}
	whole, err := look(raw)
	if err != nil {
		return facts{}, err
	}
	about, err := json.Marshal(whole.facts)
	if err != nil {
		return facts{}, err
	}
	s.cache.Put(key, about)
	if s.ahead > 0 {
		if _, err := s.develop(key, whole, s.ahead); err != nil {
			return facts{}, err
		}
	}
	return whole.facts, nil
}
