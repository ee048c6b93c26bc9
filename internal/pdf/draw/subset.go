package draw

import (
	"encoding/binary"
	"maps"
	"slices"
)

// gopdf packs a font for every paper anew, all its tables and at one level, and
// lets nobody in. So it is given a font's metrics alone, made once, and what a
// paper needs of the font is cut here: of glyphs, places and metrics only those
// that it shows. Glyphs keep their numbers.

// Subset is what a paper needs of a font.
type Subset struct {
	File []byte // TrueType
	Set  []byte // as bits, the highest first: glyphs with an outline, and the one for what is missing
}

// metrics is the font without its outlines.
func (f *font) metrics() []byte {
	tables := maps.Clone(f.tables)
	for _, tag := range []string{"glyf", "cvt ", "fpgm", "prep"} {
		tables[tag] = nil
	}
	tables["loca"] = make([]byte, len(f.tables["loca"]))
	return sfnt(tables)
}

// subset is the font with some glyphs only, and with what they are made of.
func (f *font) subset(g *glyphs, used map[int]bool) *Subset {
	ids := closure(g, used)
	count := ids[len(ids)-1] + 1
	own := min(count, g.advances) // glyphs with an advance of their own
	glyf, widths, loca := []byte(nil), make([]byte, 2*count+2*own), []byte(nil)
	set := make([]byte, (count+7)/8)
	metric := func(from, to int) { copy(widths[from:to], g.widths[min(from, len(g.widths)):]) }
	metric(4*own-4, 4*own) // the advance of all that have none of their own
	next := 0
	for _, id := range ids {
		for ; next <= id; next++ {
			loca = g.appendPlace(loca, len(glyf))
		}
		outline := g.outline(id)
		glyf = append(glyf, outline...)
		if id == 0 || len(outline) > 0 {
			set[id/8] |= 0x80 >> (id % 8)
		}
		if id < own {
			metric(4*id, 4*id+4)
		} else {
			metric(2*id+2*own, 2*id+2*own+2)
		}
	}
	tables := map[string][]byte{"glyf": glyf, "loca": g.appendPlace(loca, len(glyf)), "hmtx": widths}
	for _, tag := range []string{"cvt ", "fpgm", "head", "hhea", "maxp", "prep"} {
		if table, ok := f.tables[tag]; ok {
			tables[tag] = slices.Clone(table)
		}
	}
	binary.BigEndian.PutUint16(tables["hhea"][34:], uint16(own))
	binary.BigEndian.PutUint16(tables["maxp"][4:], uint16(count))
	return &Subset{sfnt(tables), set}
}

// closure lists the used glyphs, what they are made of, and the one for what is
// missing, in order.
func closure(g *glyphs, used map[int]bool) []int {
	all := map[int]bool{0: true}
	ids := append(slices.Collect(maps.Keys(used)), 0)
	for len(ids) > 0 {
		id := ids[len(ids)-1]
		ids = ids[:len(ids)-1]
		all[id] = true
		for part := range g.parts(id) {
			if !all[part] {
				ids = append(ids, part)
			}
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// appendPlace adds an entry of loca.
func (g *glyphs) appendPlace(loca []byte, at int) []byte {
	if g.long {
		return binary.BigEndian.AppendUint32(loca, uint32(at))
	}
	return binary.BigEndian.AppendUint16(loca, uint16(at/2))
}

// sfnt puts a font file together.
func sfnt(tables map[string][]byte) []byte {
	tags := slices.Sorted(maps.Keys(tables))
	power := 0
	for 2<<power <= len(tags) {
		power++
	}
	out := binary.BigEndian.AppendUint32(nil, 0x00010000)
	for _, n := range []int{len(tags), 16 << power, power, 16*len(tags) - 16<<power} {
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
