package card

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"golang.org/x/image/font/sfnt"

	"wangjian/internal/cache"
	"wangjian/internal/pdf/typeset"
)

// Card is what a picture says.
type Card struct {
	Kind    string // 消费警示
	Number  string // 期号, beside the kind
	Title   string
	Issuer  string
	Date    string
	Summary string
	Points  []string // the main points, numbered
	Record  []Fact   // else what the record says
	Hotline Fact     // its name and number
	Site    string   // the site's name
	Note    string   // 示例数据
	Address string   // of the page; "" when the site's own is not known
}

// Fact is a name with its value.
type Fact struct{ Name, Value string }

// Painter draws cards; many goroutines may ask at once.
type Painter struct {
	cache cache.Store
	fonts func() (*fonts, error)
}

// NewPainter takes the fonts from the layouts, when the first card must be
// drawn. The cache is one of this program's results alone.
func NewPainter(layouts fs.FS, cache cache.Store) *Painter {
	return &Painter{cache: cache, fonts: sync.OnceValues(func() (*fonts, error) { return openFonts(layouts) })}
}

// Share draws the card to post or send on, 1080 × 1440, as PNG.
func (p *Painter) Share(c Card) ([]byte, error) { return p.picture("share", c, drawShare) }

// Preview draws the picture of a link, 1200 × 630, as PNG.
func (p *Painter) Preview(c Card) ([]byte, error) { return p.picture("preview", c, drawPreview) }

func (p *Painter) picture(shape string, c Card, draw func(*canvas, Card) error) ([]byte, error) {
	said, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	f, err := p.fonts()
	if err != nil {
		return nil, fmt.Errorf("画分享图：%w", err)
	}
	// What no font has and nobody would see is left out, as on paper.
	shown := strings.Map(func(r rune) rune {
		if typeset.Blank(r) || typeset.Invisible(r) {
			if _, err := f.of(r, false); err != nil {
				return -1
			}
		}
		return r
	}, string(said))
	if err := json.Unmarshal([]byte(shown), &c); err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(f.key + "\n" + shape + "\n" + string(said)))
	key := hex.EncodeToString(sum[:])
	if cached, ok := p.cache.Get(key); ok {
		return cached, nil
	}
	canvas := newCanvas(sizes[shape][0], sizes[shape][1], f)
	var picture []byte
	if err = draw(canvas, c); err == nil {
		picture, err = canvas.encode()
	}
	if err != nil {
		return nil, fmt.Errorf("画“%s”的分享图：%w", c.Title, err)
	}
	p.cache.Put(key, picture)
	return picture, nil
}

// The fonts, and in which order they are asked for a character.
const (
	sansFile  = "fonts/NotoSansSC-Medium-subset.ttf"
	serifFile = "fonts/NotoSerifSC-Bold-subset.ttf"
	moreFile  = "fonts/NotoSerifSC-Regular.ttf"
)

type fonts struct {
	key         string // names the bytes of all
	sans, serif *sfnt.Font
	more        func() ([]*sfnt.Font, error) // large: opened for rare characters
}

func openFonts(layouts fs.FS) (*fonts, error) {
	f := &fonts{}
	sum := sha256.New()
	open := func(name string) (*sfnt.Font, error) {
		raw, err := fs.ReadFile(layouts, name)
		if err != nil {
			return nil, fmt.Errorf("读取字体：%w", err)
		}
		sum.Write(raw)
		font, err := sfnt.Parse(raw)
		if err != nil {
			return nil, fmt.Errorf("字体 %s：%w", name, err)
		}
		return font, nil
	}
	var err error
	if f.sans, err = open(sansFile); err != nil {
		return nil, err
	}
	if f.serif, err = open(serifFile); err != nil {
		return nil, err
	}
	// The largest has most characters; then whatever else a campaign has put there.
	names, err := fs.Glob(layouts, "fonts/*.[tT][tT][fF]")
	if err != nil {
		return nil, err
	}
	names = append([]string{moreFile}, slices.DeleteFunc(names, func(name string) bool { return name == moreFile })...)
	for _, name := range names {
		if info, err := fs.Stat(layouts, name); err == nil {
			fmt.Fprintln(sum, name, info.Size())
		}
	}
	f.key = hex.EncodeToString(sum.Sum(nil))
	f.more = sync.OnceValues(func() (fonts []*sfnt.Font, err error) {
		for _, name := range names {
			font, err := open(name)
			if err != nil {
				return nil, err
			}
			fonts = append(fonts, font)
		}
		return fonts, nil
	})
	return f, nil
}

// of returns the first font that has a character.
func (f *fonts) of(r rune, serif bool) (*sfnt.Font, error) {
	order := []*sfnt.Font{f.sans, f.serif}
	if serif {
		order = []*sfnt.Font{f.serif, f.sans}
	}
	for _, font := range order {
		if n, err := font.GlyphIndex(nil, r); err == nil && n != 0 {
			return font, nil
		}
	}
	more, err := f.more()
	if err != nil {
		return nil, err
	}
	for _, font := range more {
		if n, err := font.GlyphIndex(nil, r); err == nil && n != 0 {
			return font, nil
		}
	}
	return nil, fmt.Errorf("字体里没有“%c”（%U）", r, r)
}
