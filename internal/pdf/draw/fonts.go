package draw

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"wangjian/internal/pdf/typeset"
)

// folder holds the fonts within the layouts.
const folder = "fonts"

// Where the faces of an official document come from. A campaign replaces one
// by a file of the same name in its own layouts/fonts/, or adds one that goes
// before it (office.go).
var files = [typeset.Roles]string{
	typeset.Fang:  "FandolFang-converted.ttf",
	typeset.Song:  "NotoSerifSC-Bold-subset.ttf",
	typeset.Hei:   "NotoSansSC-Medium-subset.ttf",
	typeset.Kai:   "gkai00mp.ttf",
	typeset.Plain: fallback,
}

// fallback has most of the characters that the others lack.
const fallback = "NotoSerifSC-Regular.ttf"

// rare are the fonts of what none of the others has, nor any that a campaign
// adds: the extensions B to F of the Chinese characters with many letters and
// symbols, and the script of the Yi.
var rare = []string{"HanaMin-Extended.ttf", "NotoSansYi-Regular.ttf"}

// common lists the other files, the one with the most characters first.
var common = []string{fallback, files[typeset.Fang], files[typeset.Song], files[typeset.Hei], files[typeset.Kai]}

// Fonts are the fonts of a layouts folder, each parsed once, when it is first
// needed. They are safe for concurrent use.
type Fonts struct {
	roles [typeset.Roles][]typeset.Font
	faces []*face
}

// LoadFonts finds the fonts below fonts/. A campaign's own come first in their
// role; those that are for no role are tried last, in the order of their names.
func LoadFonts(layouts fs.FS) (*Fonts, error) {
	entries, err := fs.ReadDir(layouts, folder)
	if err != nil {
		return nil, fmt.Errorf("读取字体目录：%w", err)
	}
	f := &Fonts{}
	byFile := map[string]*face{}
	for _, file := range common {
		byFile[file] = newFace(layouts, file)
		f.faces = append(f.faces, byFile[file])
	}
	byRole, others, err := f.own(layouts, entries)
	if err != nil {
		return nil, err
	}
	for _, file := range rare {
		f.faces = append(f.faces, newFace(layouts, file))
	}
	for role, file := range files {
		if file != fallback { // which is large
			if err := byFile[file].load(); err != nil {
				return nil, err
			}
		}
		// The serif faces first: they mix best with every other.
		order := slices.Concat(byRole[role], []*face{byFile[file], byFile[fallback], byFile[files[typeset.Song]], byFile[files[typeset.Hei]], byFile[files[typeset.Fang]], byFile[files[typeset.Kai]]}, others)
		for _, other := range append(order, f.faces...) {
			if !slices.Contains(f.roles[role], typeset.Font(other)) {
				f.roles[role] = append(f.roles[role], other)
			}
		}
	}
	return f, nil
}

// For lists the fonts to try for a role.
func (f *Fonts) For(role typeset.Role) []typeset.Font { return f.roles[role] }

// Err is why a font that was needed could not be read.
func (f *Fonts) Err() error {
	var all []error
	for _, face := range f.faces {
		all = append(all, face.fault())
	}
	return errors.Join(all...)
}

// face is one font file.
type face struct {
	name, file string
	layouts    fs.FS

	reading sync.Once
	failed  atomic.Pointer[error] // why it could not be read
	parsed  *font
	glyphs  *glyphs
	found   lookups
	half    *face // of the marks in half of their squares; nil of that itself
}

func newFace(layouts fs.FS, file string) *face {
	return &face{name: strings.TrimSuffix(file, path.Ext(file)), file: path.Join(folder, file), layouts: layouts}
}

// load reads the font the first time that it is asked for.
func (f *face) load() error {
	f.reading.Do(func() {
		if f.glyphs != nil {
			return // that of halves
		}
		if err := f.read(); err != nil {
			f.failed.Store(&err)
		}
	})
	return f.fault()
}

// fault is why the font could not be read, as far as it was asked for.
func (f *face) fault() error {
	if err := f.failed.Load(); err != nil {
		return *err
	}
	return nil
}

func (f *face) read() error {
	data, err := fs.ReadFile(f.layouts, f.file)
	if err != nil {
		return fmt.Errorf("读取字体 %s：%w", f.file, err)
	}
	if f.parsed, f.glyphs, err = examine(data); err != nil {
		return fmt.Errorf("字体 layouts/%s %w", f.file, err)
	}
	f.half = f.halved()
	return nil
}

// readable lets gopdf read a font, which may panic on a damaged one. Its error
// goes on from the font's name.
func readable(read func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%v", fault)
		}
		if err != nil {
			err = fmt.Errorf("不是可用的 TrueType 字体，请重新复制或换用别的字体：%w", err)
		}
	}()
	return read()
}

// Name is the font's name in the PDF.
func (f *face) Name() string { return f.name }

// Glyph looks a character up.
func (f *face) Glyph(r rune) (id uint, advance int, ok bool) {
	if f.load() != nil {
		return 0, 0, false
	}
	return f.found.glyph(f.glyphs, r)
}

// lookups keep what a font says of characters that were asked for once: a paper asks
// ten times for each of its own. A block of 256 characters is made when one of them is
// asked for.
type lookups [(unicode.MaxRune + 1) / 256]atomic.Pointer[[256]atomic.Uint64]

// What a lookup has beside the advance, in the lowest 32 bits, and the glyph above it.
const (
	wasAsked = 1 << 63
	isThere  = 1 << 62
)

func (l *lookups) glyph(g *glyphs, r rune) (id uint, advance int, ok bool) {
	block := l[r/256].Load()
	if block == nil {
		l[r/256].CompareAndSwap(nil, new([256]atomic.Uint64))
		block = l[r/256].Load()
	}
	is := block[r%256].Load()
	if is == 0 {
		id, advance, ok = g.glyph(r)
		is = wasAsked | uint64(id)<<32 | uint64(uint32(advance))
		if ok {
			is |= isThere
		}
		block[r%256].Store(is)
	}
	return uint(is >> 32 & (isThere>>32 - 1)), int(int32(is)), is&isThere != 0
}
