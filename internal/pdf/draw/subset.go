package draw

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"unicode/utf16"

	"wangjian/internal/pdf/typeset"
)

// gopdf packs a font as it comes, all its tables and glyphs' places. So it is
// given one that is cut to what a paper shows, its glyphs numbered anew, and
// without the outlines: those go into the file as they are here.

// Subset is a font with the glyphs of some characters only.
type Subset struct {
	Font   typeset.Font
	path   string // of its file within the layouts
	tables map[string][]byte
	Set    []byte // as bits, the highest first: glyphs with an outline, and the one for what is missing
}

// Subsets returns what pages need of each of their fonts, in the order of first
// use.
func Subsets(pages []*typeset.Page) ([]*Subset, error) {
	var fonts []typeset.Font
	shown := map[typeset.Font]map[rune]int{} // glyphs by character
	for _, page := range pages {
		for _, op := range page.Ops {
			t, ok := op.(typeset.Text)
			if !ok {
				continue
			}
			if shown[t.Font] == nil {
				shown[t.Font] = map[rune]int{}
				fonts = append(fonts, t.Font)
			}
			for _, r := range t.Text {
				id, _, _ := t.Font.Glyph(r)
				shown[t.Font][r] = int(id)
			}
		}
	}
	var subsets []*Subset
	for _, font := range fonts {
		face, ok := font.(*face)
		if !ok {
			return nil, fmt.Errorf("字体 %s 不是从字体目录来的", font.Name())
		}
		subset := face.parsed.subset(face.glyphs, shown[font])
		subset.Font, subset.path = face, face.file
		subsets = append(subsets, subset)
	}
	return subsets, nil
}

// inPDF are the tables that a font within a PDF needs.
var inPDF = []string{"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"}

// File is the font as a PDF holds it: characters are looked up outside.
func (s *Subset) File() []byte {
	tables := map[string][]byte{}
	for _, tag := range inPDF {
		if data, ok := s.tables[tag]; ok {
			tables[tag] = data
		}
	}
	return sfnt(tables)
}

// Alone is the font as a file of its own, which programs can look characters up
// in, under a name.
func (s *Subset) Alone(name string) []byte {
	tables := maps.Clone(s.tables)
	tables["name"] = named(name)
	return sfnt(tables)
}

// Ink is how far the outline of a character reaches from the start of its baseline,
// in thousandths of an em, rounded outwards; all 0 for a space.
func (s *Subset) Ink(r rune) (left, low, right, high int) {
	f := s.Font.(*face)
	id, _, _ := f.glyphs.glyph(r)
	box := f.glyphs.outline(int(id))
	if len(box) < 10 {
		return 0, 0, 0, 0
	}
	floor := func(n int) int {
		v := 1000 * int(int16(u16(box, n)))
		if v%f.glyphs.units < 0 {
			v -= f.glyphs.units
		}
		return v / f.glyphs.units
	}
	return floor(2), floor(4), floor(6) + 1, floor(8) + 1
}

// metrics is the font without its outlines, with all that gopdf reads.
func (s *Subset) metrics() []byte {
	tables := maps.Clone(s.tables)
	for _, tag := range []string{"glyf", "cvt ", "fpgm", "prep"} {
		tables[tag] = nil
	}
	tables["loca"] = make([]byte, len(s.tables["loca"]))
	return sfnt(tables)
}

// subset is the font with the glyphs of some characters only, and with what they
// are made of, numbered in their old order.
func (f *font) subset(g *glyphs, used map[rune]int) *Subset {
	ids := closure(g, used)
	numbers := make(map[int]int, len(ids))
	for number, id := range ids {
		numbers[id] = number
	}
	var glyf, widths []byte
	places := make([]int, 0, len(ids)+1)
	set := make([]byte, (len(ids)+7)/8)
	for number, id := range ids {
		places = append(places, len(glyf))
		outline := slices.Clone(g.outline(id))
		for at, part := range g.parts(id) {
			binary.BigEndian.PutUint16(outline[at:], uint16(numbers[part]))
		}
		glyf = append(glyf, outline...)
		glyf = append(glyf, make([]byte, len(glyf)%2)...)
		if id == 0 || len(outline) > 0 {
			set[number/8] |= 0x80 >> (number % 8)
		}
		widths = g.appendMetric(widths, id)
	}
	tables := map[string][]byte{"glyf": glyf, "hmtx": widths, "cmap": mapOf(used, numbers), "post": f.plainPost()}
	for _, tag := range []string{"cvt ", "fpgm", "head", "hhea", "maxp", "name", "OS/2", "prep"} {
		if table, ok := f.tables[tag]; ok {
			tables[tag] = slices.Clone(table)
		}
	}
	var long uint16
	tables["loca"], long = locations(append(places, len(glyf)))
	binary.BigEndian.PutUint16(tables["head"][50:], long)
	binary.BigEndian.PutUint16(tables["hhea"][34:], uint16(len(ids)))
	binary.BigEndian.PutUint16(tables["maxp"][4:], uint16(len(ids)))
	if g.half {
		madeOf(tables["maxp"])
	}
	return &Subset{tables: tables, Set: set}
}

// appendMetric adds a glyph's advance and the blank at its left.
func (g *glyphs) appendMetric(widths []byte, id int) []byte {
	advance, blank := g.metric(id)
	if g.half {
		advance, blank = g.halfMetric(id)
	}
	return binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(widths, advance), blank)
}

// metric is a glyph's advance and the blank at its left, in its own square.
func (g *glyphs) metric(id int) (advance, blank uint16) {
	last := g.advances - 1
	if id <= last {
		return u16(g.widths, 4*id), u16(g.widths, 4*id+2)
	}
	return u16(g.widths, 4*last), u16(g.widths, 4*g.advances+2*(id-g.advances))
}

// locations writes the table loca, in two bytes an entry where they suffice.
func locations(places []int) (loca []byte, long uint16) {
	if places[len(places)-1] > 2*0xffff {
		long = 1
	}
	for _, place := range places {
		if long == 1 {
			loca = binary.BigEndian.AppendUint32(loca, uint32(place))
		} else {
			loca = binary.BigEndian.AppendUint16(loca, uint16(place/2))
		}
	}
	return loca, long
}

// mapOf writes the table of characters: all of them in format 12, those of the
// basic plane in format 4 too, which is all that some programs read.
func mapOf(used map[rune]int, numbers map[int]int) []byte {
	var groups []byte
	var ends, starts, deltas []uint16
	characters := slices.Sorted(maps.Keys(used))
	for _, r := range characters {
		number := numbers[used[r]]
		for _, n := range []uint32{uint32(r), uint32(r), uint32(number)} {
			groups = binary.BigEndian.AppendUint32(groups, n)
		}
		if r < 0xffff {
			ends, starts, deltas = append(ends, uint16(r)), append(starts, uint16(r)), append(deltas, uint16(number)-uint16(r))
		}
	}
	ends, starts, deltas = append(ends, 0xffff), append(starts, 0xffff), append(deltas, 1)
	words := func(b []byte, list ...uint16) []byte {
		for _, n := range list {
			b = binary.BigEndian.AppendUint16(b, n)
		}
		return b
	}
	count := uint16(len(ends))
	steps, power := search(len(ends))
	low := words(nil, 4, 16+8*count, 0, 2*count, uint16(2*steps), uint16(power), 2*count-uint16(2*steps))
	low = words(words(words(words(words(low, ends...), 0), starts...), deltas...), make([]uint16, len(ends))...)
	const head = 4 + 2*8
	cmap := words(nil, 0, 2, 3, 1)
	cmap = binary.BigEndian.AppendUint32(cmap, head)
	cmap = words(cmap, 3, 10)
	cmap = binary.BigEndian.AppendUint32(cmap, uint32(head+len(low)))
	cmap = words(append(cmap, low...), 12, 0)
	for _, n := range []uint32{uint32(16 + len(groups)), 0, uint32(len(characters))} {
		cmap = binary.BigEndian.AppendUint32(cmap, n)
	}
	return append(cmap, groups...)
}

// plainPost is the table post without the names of glyphs.
func (f *font) plainPost() []byte {
	post := make([]byte, 32)
	copy(post, f.tables["post"])
	binary.BigEndian.PutUint32(post, 0x00030000)
	return post
}

// named is the table of names of a font that has one for all uses, in English.
func named(name string) []byte {
	const windows, unicode, english, regular = 3, 1, 0x409, "Regular"
	records := []struct {
		id   uint16
		text string
	}{{familyName, name}, {2, regular}, {4, name}, {postScriptName, name}}
	table := binary.BigEndian.AppendUint16(nil, 0)
	table = binary.BigEndian.AppendUint16(table, uint16(len(records)))
	table = binary.BigEndian.AppendUint16(table, uint16(6+12*len(records)))
	var texts []byte
	for _, r := range records {
		start := len(texts)
		for _, unit := range utf16.Encode([]rune(r.text)) {
			texts = binary.BigEndian.AppendUint16(texts, unit)
		}
		for _, n := range []int{windows, unicode, english, int(r.id), len(texts) - start, start} {
			table = binary.BigEndian.AppendUint16(table, uint16(n))
		}
	}
	return append(table, texts...)
}

// closure lists the used glyphs, what they are made of, and the one for what is
// missing, in order.
func closure(g *glyphs, used map[rune]int) []int {
	all := map[int]bool{}
	ids := append(slices.Collect(maps.Values(used)), 0)
	for len(ids) > 0 {
		id := ids[len(ids)-1]
		ids = ids[:len(ids)-1]
		all[id] = true
		for _, part := range g.parts(id) {
			if !all[part] {
				ids = append(ids, part)
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// search is the greatest power of two that is not above n, and which one.
func search(n int) (steps, power int) {
	for 2<<power <= n {
		power++
	}
	return 1 << power, power
}

// sfnt puts a font file together.
func sfnt(tables map[string][]byte) []byte {
	tags := slices.Sorted(maps.Keys(tables))
	steps, power := search(len(tags))
	out := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, n := range []int{len(tags), 16 * steps, power, 16*len(tags) - 16*steps} {
		out = binary.BigEndian.AppendUint16(out, uint16(n))
	}
	at := len(out) + 16*len(tags)
	for _, tag := range tags {
		data := tables[tag]
		out = append(out, tag...)
		for _, n := range []uint32{checksum(data), uint32(at), uint32(len(data))} {
			out = binary.BigEndian.AppendUint32(out, n)
		}
		at += (len(data) + 3) &^ 3
	}
	for _, tag := range tags {
		out = append(out, tables[tag]...)
		out = append(out, make([]byte, -len(out)&3)...)
	}
	return out
}

func checksum(data []byte) (sum uint32) {
	for ; len(data) >= 4; data = data[4:] {
		sum += binary.BigEndian.Uint32(data)
	}
	return sum + binary.BigEndian.Uint32(append(slices.Clone(data), 0, 0, 0, 0))
}
