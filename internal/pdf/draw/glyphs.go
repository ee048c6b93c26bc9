package draw

import (
	"encoding/binary"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"
	"sort"
	"strings"
	"sync/atomic"
	"unicode"

	"wangjian/internal/pdf/typeset"
)

// Which characters a font can draw. That a font maps a character to a glyph is
// not enough: some map it to a glyph without an outline, and it prints as
// nothing. So a character counts as drawable only where its glyph has ink.

// misdrawn lists, by the PostScript name of a font of the program, the characters
// that it draws as others. They are taken from the next font. The symbols among
// them are those that the audit finds ([references.unlike]).
var misdrawn = map[string]string{
	"FandolFang-Regular": "￠￡￥©™℃*∞√∫∮∥∝■※♀♂" + "醜準鬱餘衹癥捨鹼幹滷鬆", // drawn simplified
	"GBZenKai-Medium":    "＄￠￡°℃%@*√∏←→♀♂",
	"NotoSansYi-Regular": "®×÷",
}

// glyphs is what a font file says about characters: tables cmap, hmtx, loca and
// glyf. Characters are looked up as gopdf does, which writes the glyphs.
type glyphs struct {
	low        []byte // cmap subtable of format 4
	high       []byte // of format 12; nil where there is none
	units      int    // an em
	widths     []byte // hmtx
	advances   int    // how many glyphs have a width of their own
	loca, glyf []byte
	long       bool // loca has four bytes an entry
	wrong      map[rune]bool

	half  bool // characters stand in half of their squares
	count int  // of the font's own glyphs, where that is so
}

// glyphs reads the tables. Its error goes on from the font's name.
func (f *font) glyphs() (*glyphs, error) {
	head, hhea := f.tables["head"], f.tables["hhea"]
	g := &glyphs{widths: f.tables["hmtx"], loca: f.tables["loca"], glyf: f.tables["glyf"], wrong: map[rune]bool{}}
	if len(head) < 54 || len(hhea) < 36 || len(f.tables["maxp"]) < 6 {
		return nil, fmt.Errorf("不是可用的 TrueType 字体，请重新复制或换用别的字体：缺少 head、hhea 或 maxp 表")
	}
	g.units, g.long = int(u16(head, 18)), u16(head, 50) != 0
	g.advances = int(u16(hhea, 34))
	g.readMaps(f.tables["cmap"])
	if g.low == nil || g.units == 0 || g.advances == 0 || len(g.loca) == 0 {
		return nil, fmt.Errorf("不是可用的 TrueType 字体，请重新复制或换用别的字体：没有统一码的字符表或轮廓")
	}
	for _, name := range f.names(postScriptName) {
		for _, r := range misdrawn[name] {
			g.wrong[r] = true
		}
	}
	return g, nil
}

// readMaps finds the tables of characters.
func (g *glyphs) readMaps(cmap []byte) {
	for i := range int(u16(cmap, 2)) {
		at := 4 + 8*i
		start := int(u32(cmap, at+4))
		if start <= 0 || start >= len(cmap) {
			continue
		}
		table := cmap[start:]
		switch platform, encoding := u16(cmap, at), u16(cmap, at+2); {
		case platform == 3 && encoding == 1 && u16(table, 0) == 4:
			g.low = table
		case platform == 3 && encoding == 10 && u16(table, 0) == 12:
			g.high = table
		}
	}
}

// shaped are the scripts whose letters change with their neighbours, or run from
// right to left. No font is enough to set them.
var shaped = []*unicode.RangeTable{
	unicode.Arabic, unicode.Balinese, unicode.Bengali, unicode.Devanagari, unicode.Gujarati, unicode.Gurmukhi, unicode.Hebrew,
	unicode.Kannada, unicode.Khmer, unicode.Lao, unicode.Malayalam, unicode.Manichaean, unicode.Mongolian, unicode.Myanmar,
	unicode.Nko, unicode.Oriya, unicode.Phags_Pa, unicode.Sinhala, unicode.Syriac, unicode.Tai_Tham, unicode.Tamil,
	unicode.Telugu, unicode.Thaana, unicode.Thai, unicode.Tibetan,
}

// Shaped reports whether a character is of a script that papers cannot be set
// in, whatever fonts they have.
func Shaped(r rune) bool { return r > '\u0590' && unicode.In(r, shaped...) }

// glyph finds what draws a character: ok is false where nothing does.
func (g *glyphs) glyph(r rune) (id uint, advance int, ok bool) {
	if g.wrong[r] || Shaped(r) {
		return 0, 0, false
	}
	id = g.find(r)
	if id == 0 || !typeset.Blank(r) && !g.inked(int(id), 0) {
		return 0, 0, false
	}
	width, _ := g.metric(int(id))
	if g.half {
		if _, fits := g.move(int(id)); !fits {
			return 0, 0, false
		}
		width, _ = g.halfMetric(int(id))
	}
	return id, int(width) * 1000 / g.units, true
}

// find looks a character up in the font's maps; 0 is not there.
func (g *glyphs) find(r rune) uint {
	if r > 0xffff {
		return g.above(uint32(r))
	}
	return g.below(int(r))
}

// below looks a character of the basic plane up (cmap format 4).
func (g *glyphs) below(r int) uint {
	t := g.low
	segments := int(u16(t, 6)) / 2
	from := sort.Search(segments, func(n int) bool { return int(u16(t, 14+2*n)) >= r })
	starts := 16 + 2*segments
	deltas, ranges := starts+2*segments, starts+4*segments
	if from == segments || r < int(u16(t, starts+2*from)) {
		return 0
	}
	delta, offset := int(u16(t, deltas+2*from)), int(u16(t, ranges+2*from))
	if offset == 0 {
		return uint(r+delta) & 0xffff
	}
	id := int(u16(t, ranges+2*from+offset+2*(r-int(u16(t, starts+2*from)))))
	if id == 0 {
		return 0
	}
	return uint(id+delta) & 0xffff
}

// above looks a character of the higher planes up (cmap format 12).
func (g *glyphs) above(r uint32) uint {
	groups := min(int(u32(g.high, 12)), max(0, len(g.high)-16)/12)
	at := 16 + 12*sort.Search(groups, func(n int) bool { return u32(g.high, 20+12*n) >= r })
	if at == 16+12*groups || r < u32(g.high, at) {
		return 0
	}
	return uint(u32(g.high, at+8) + r - u32(g.high, at))
}

// deepest is how far glyphs may be made of glyphs.
const deepest = 6

// inked reports whether a glyph has an outline: its own, or that of a glyph
// that it is made of.
func (g *glyphs) inked(id, depth int) bool {
	data := g.outline(id)
	if len(data) == 0 || depth > deepest {
		return false
	}
	if contours := int16(u16(data, 0)); contours >= 0 {
		return contours > 0
	}
	for _, part := range g.parts(id) {
		if g.inked(part, depth+1) {
			return true
		}
	}
	return false
}

// parts lists the glyphs that a glyph is made of, each after where in the outline
// its number stands; none for most.
func (g *glyphs) parts(id int) iter.Seq2[int, int] {
	const words, scaled, more, scaledTwice, matrix = 0x1, 0x8, 0x20, 0x40, 0x80
	return func(yield func(int, int) bool) {
		data := g.outline(id)
		if int16(u16(data, 0)) >= 0 {
			return
		}
		for at := 10; at+4 <= len(data); {
			flags := u16(data, at)
			if !yield(at+2, int(u16(data, at+2))) || flags&more == 0 {
				return
			}
			at += 6
			if flags&words != 0 {
				at += 2
			}
			switch {
			case flags&scaled != 0:
				at += 2
			case flags&scaledTwice != 0:
				at += 4
			case flags&matrix != 0:
				at += 8
			}
		}
	}
}

// outline is what glyf has of a glyph; empty for a space.
func (g *glyphs) outline(id int) []byte {
	if g.half {
		return g.moved(id)
	}
	return g.whole(id)
}

// whole is the outline of a glyph in its own square.
func (g *glyphs) whole(id int) []byte {
	from, to := g.place(id)
	if from >= to || to > len(g.glyf) {
		return nil
	}
	return g.glyf[from:to]
}

// place says where in glyf a glyph's outline stands.
func (g *glyphs) place(id int) (from, to int) {
	if g.long {
		return int(u32(g.loca, 4*id)), int(u32(g.loca, 4*id+4))
	}
	return 2 * int(u16(g.loca, 2*id)), 2 * int(u16(g.loca, 2*id+2))
}

// u16 and u32 read big-endian numbers; what is not there is 0.
func u16(b []byte, at int) uint16 {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return binary.BigEndian.Uint16(b[at:])
}

func u32(b []byte, at int) uint32 {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return binary.BigEndian.Uint32(b[at:])
}

// Characters answers which characters a campaign's papers can show: those that
// any font of its layouts draws. Fonts are read when they are first needed, the
// one with the most characters first; one that cannot be used draws nothing, and
// font-unusable reports it. It is safe for concurrent use.
type Characters struct {
	known [1 << 10]atomic.Uint64 // of the basic plane, those that were found drawn
	faces []*face
}

// CharactersOf returns the characters that the fonts below fonts/ draw.
func CharactersOf(layouts fs.FS) *Characters {
	c := &Characters{}
	entries, _ := fs.ReadDir(layouts, folder) // without the folder nothing is drawn
	own := slices.DeleteFunc(fontNames(entries), builtIn)
	for _, name := range slices.Concat(common, own, rare) {
		c.faces = append(c.faces, newFace(layouts, name))
	}
	return c
}

// Draw reports whether a character can be printed. Those that guide layout and
// never print count.
func (c *Characters) Draw(r rune) bool {
	if r <= 0xffff && c.known[r>>6].Load()&(1<<(r&63)) != 0 {
		return true
	}
	drawn := typeset.Blank(r) || typeset.Invisible(r) || slices.ContainsFunc(c.faces, func(f *face) bool {
		_, _, ok := f.Glyph(r)
		return ok
	})
	if drawn && r <= 0xffff {
		c.known[r>>6].Or(1 << (r & 63))
	}
	return drawn
}

// Signature tells the fonts of a campaign's own layouts from others; empty where
// there are none.
func Signature(own fs.FS) string {
	if own == nil {
		return ""
	}
	entries, _ := fs.ReadDir(own, folder) // none: no fonts of its own
	var b strings.Builder
	for _, name := range fontNames(entries) {
		if info, err := fs.Stat(own, path.Join(folder, name)); err == nil {
			fmt.Fprintf(&b, "%s %d %d\n", name, info.Size(), info.ModTime().UnixNano())
		}
	}
	return b.String()
}
