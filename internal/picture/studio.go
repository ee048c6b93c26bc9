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
	cache  cache.Store
	big    sync.Mutex
	wanted wanted

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

// wanted is what is made of each picture while its pixels are at hand.
type wanted int

const (
	onDemand   wanted = iota // nothing: who wants a part asks for it
	forPaper                 // the part for paper, and nothing else
	everything               // all parts
)

// ForPaper is told where every picture is wanted for paper, and nothing else.
func (s *Studio) ForPaper() { s.wanted = forPaper }

// ForSite is told where every picture is wanted in all its parts: each is decoded once
// then.
func (s *Studio) ForSite() { s.wanted = everything }

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

// Bytes returns the picture in the n-th of its Sizes. All are made at once, and
// that for paper with them.
func (p *Picture) Bytes(n int) ([]byte, error) {
	return p.part(strconv.Itoa(n), (*Picture).develop)
}

// ForPrint returns the picture as a JPEG for paper, what is transparent on white.
func (p *Picture) ForPrint() ([]byte, error) { return p.part(p.onPaper(), (*Picture).print) }

// part returns a part from the cache, or out of those that are made then.
func (p *Picture) part(name string, made func(*Picture, *upright) (map[string][]byte, error)) ([]byte, error) {
	turn := p.studio.turn(p.key)
	turn.Lock()
	defer turn.Unlock()
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
	if len(raw) > large {
		p.studio.big.Lock()
		defer p.studio.big.Unlock()
	}
	whole, err := look(raw)
	if err != nil {
		return nil, err
	}
	parts, err := made(p, whole)
	if err != nil {
		return nil, err
	}
	p.studio.put(p.key, parts)
	return parts[name], nil
}

func (s *Studio) put(key string, parts map[string][]byte) {
	for name, part := range parts {
		s.cache.Put(key+"-"+name, part)
	}
}

// develop makes all parts of a picture.
func (p *Picture) develop(whole *upright) (map[string][]byte, error) {
	widest := whole.widest()
	sizes, err := whole.published(widest)
	if err != nil {
		return nil, err
	}
	parts := map[string][]byte{}
	for n, part := range sizes {
		parts[strconv.Itoa(n)] = part
	}
	if _, ok := parts[p.onPaper()]; !ok {
		parts[p.onPaper()], err = whole.forPrint(widest)
	}
	return parts, err
}

// print makes the part that is for paper alone.
func (p *Picture) print(whole *upright) (map[string][]byte, error) {
	part, err := whole.forPrint(whole.widest())
	return map[string][]byte{p.onPaper(): part}, err
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
	var parts map[string][]byte
	switch p := (&Picture{facts: whole.facts}); s.wanted {
	case forPaper:
		parts, err = p.print(whole)
	case everything:
		parts, err = p.develop(whole)
	}
	if err != nil {
		return facts{}, err
	}
	s.put(key, parts)
	return whole.facts, nil
}
