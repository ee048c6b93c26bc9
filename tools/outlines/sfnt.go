package main

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"unicode/utf16"
)

// truetype is a TrueType file as its tables, by their tags.
type truetype map[string][]byte

var be = binary.BigEndian

// readFont reads the tables of a file.
func readFont(file []byte) (truetype, error) {
	if len(file) < 12 || be.Uint32(file) != 0x00010000 {
		return nil, fmt.Errorf("not a TrueType font")
	}
	tables := truetype{}
	for i := range int(be.Uint16(file[4:])) {
		entry := file[12+16*i:]
		start, length := int(be.Uint32(entry[8:])), int(be.Uint32(entry[12:]))
		tables[string(entry[:4])] = slices.Clone(file[start:min(start+length, len(file))])
	}
	for _, tag := range []string{"glyf", "head", "hhea", "hmtx", "loca", "maxp"} {
		if tables[tag] == nil {
			return nil, fmt.Errorf("no table %s", tag)
		}
	}
	for i, glyph := range tables.glyphs() {
		if len(glyph) >= 10 && int16(be.Uint16(glyph)) < 0 {
			return nil, fmt.Errorf("glyph %d is made of others, which is not provided for", i)
		}
	}
	return tables, nil
}

// file puts the tables together, with their check sums.
func (f truetype) file() []byte {
	tags := slices.Sorted(maps.Keys(f))
	power := 0
	for 2<<power <= len(tags) {
		power++
	}
	out := be.AppendUint32(nil, 0x00010000)
	for _, n := range []int{len(tags), 16 << power, power, 16*len(tags) - 16<<power} {
		out = be.AppendUint16(out, uint16(n))
	}
	be.PutUint32(f["head"][8:], 0)
	at := len(out) + 16*len(tags)
	for _, tag := range tags {
		out = append(out, tag...)
		for _, n := range []uint32{sum(f[tag]), uint32(at), uint32(len(f[tag]))} {
			out = be.AppendUint32(out, n)
		}
		at += (len(f[tag]) + 3) &^ 3
	}
	head := 0
	for _, tag := range tags {
		if tag == "head" {
			head = len(out)
		}
		out = append(out, f[tag]...)
		out = append(out, make([]byte, -len(out)&3)...)
	}
	be.PutUint32(out[head+8:], 0xb1b0afba-sum(out))
	return out
}

// sum is the check sum of a table: of its words, the last filled up with zeros.
func sum(data []byte) (s uint32) {
	for ; len(data) >= 4; data = data[4:] {
		s += be.Uint32(data)
	}
	var last [4]byte
	copy(last[:], data)
	return s + be.Uint32(last[:])
}

// glyphs cuts the table glyf into the glyphs, each with its padding.
func (f truetype) glyphs() [][]byte {
	count, long := int(be.Uint16(f["maxp"][4:])), be.Uint16(f["head"][50:]) != 0
	place := func(i int) int {
		if long {
			return int(be.Uint32(f["loca"][4*i:]))
		}
		return 2 * int(be.Uint16(f["loca"][2*i:]))
	}
	list := make([][]byte, count)
	for i := range list {
		list[i] = f["glyf"][place(i):min(place(i+1), len(f["glyf"]))]
	}
	return list
}

// setGlyphs puts in other outlines for the glyphs, and all that depends on them.
func (f truetype) setGlyphs(list [][]byte) {
	f.moveBlanks(list)
	f.dropInstructions(list)
	var glyf []byte
	places := []int{0}
	for _, data := range list {
		glyf = append(glyf, data...)
		glyf = append(glyf, make([]byte, -len(glyf)&1)...)
		places = append(places, len(glyf))
	}
	var loca []byte
	long := len(glyf) > 2*0xffff
	for _, at := range places {
		if long {
			loca = be.AppendUint32(loca, uint32(at))
		} else {
			loca = be.AppendUint16(loca, uint16(at/2))
		}
	}
	be.PutUint16(f["head"][50:], 0)
	if long {
		be.PutUint16(f["head"][50:], 1)
	}
	f["glyf"], f["loca"] = glyf, loca
}

// advance is the width of a glyph, in units.
func (f truetype) advance(i int) int {
	full := int(be.Uint16(f["hhea"][34:]))
	return int(be.Uint16(f["hmtx"][4*min(i, full-1):]))
}

// moveBlanks mends the blanks left of the glyphs and above them, which programs
// take from the edges of the outline, and the edges of all glyphs together.
func (f truetype) moveBlanks(list [][]byte) {
	const xMin, yMin, xMax, yMax = 2, 4, 6, 8 // in a glyph
	edge := func(glyph []byte, at int) int { return int(int16(be.Uint16(glyph[at:]))) }
	shift := func(header, table string, i, by int) {
		if f[table] == nil {
			return
		}
		full := int(be.Uint16(f[header][34:])) // entries with an advance
		at := 4*i + 2
		if i >= full {
			at = 4*full + 2*(i-full)
		}
		blank := f[table][at:]
		be.PutUint16(blank, be.Uint16(blank)+uint16(by))
	}
	all := [4]int{1 << 15, 1 << 15, -1 << 15, -1 << 15}
	for i, old := range f.glyphs() {
		if len(old) < 10 {
			continue
		}
		glyph := list[i]
		shift("hhea", "hmtx", i, edge(glyph, xMin)-edge(old, xMin))
		shift("vhea", "vmtx", i, edge(old, yMax)-edge(glyph, yMax))
		all = [4]int{min(all[0], edge(glyph, xMin)), min(all[1], edge(glyph, yMin)), max(all[2], edge(glyph, xMax)), max(all[3], edge(glyph, yMax))}
	}
	for k, n := range all {
		be.PutUint16(f["head"][36+2*k:], uint16(n))
	}
}

// dropInstructions removes the tables that only instructions need, and says in
// maxp that there are none.
func (f truetype) dropInstructions(list [][]byte) {
	for _, tag := range []string{"cvt ", "fpgm", "prep", "hdmx", "LTSH", "VDMX"} {
		delete(f, tag)
	}
	maxp := f["maxp"]
	points := 0
	for _, glyph := range list {
		contours, _, _ := simple(glyph)
		n := 0
		for _, c := range contours {
			n += len(c)
		}
		points = max(points, n)
	}
	be.PutUint16(maxp[6:], uint16(points))
	be.PutUint16(maxp[14:], 1) // zones
	for at := 16; at < 28; at += 2 {
		be.PutUint16(maxp[at:], 0)
	}
}

// addNotice adds an English description to the table of names, in place of one
// that is there.
func (f truetype) addNotice(text string) {
	type key struct{ platform, encoding, language, name uint16 }
	const description = 10
	notice := key{3, 1, 0x409, description}
	old := f["name"]
	var keys []key
	texts := map[key][]byte{}
	strings := old[be.Uint16(old[4:]):]
	for i := range int(be.Uint16(old[2:])) {
		r := old[6+12*i:]
		k := key{be.Uint16(r), be.Uint16(r[2:]), be.Uint16(r[4:]), be.Uint16(r[6:])}
		if k != notice {
			start := int(be.Uint16(r[10:]))
			keys, texts[k] = append(keys, k), strings[start:start+int(be.Uint16(r[8:]))]
		}
	}
	keys = append(keys, notice)
	for _, unit := range utf16.Encode([]rune(text)) {
		texts[notice] = be.AppendUint16(texts[notice], unit)
	}
	slices.SortFunc(keys, func(a, b key) int {
		return cmp.Or(cmp.Compare(a.platform, b.platform), cmp.Compare(a.encoding, b.encoding),
			cmp.Compare(a.language, b.language), cmp.Compare(a.name, b.name))
	})
	table := be.AppendUint16(nil, 0)
	table = be.AppendUint16(table, uint16(len(keys)))
	table = be.AppendUint16(table, uint16(6+12*len(keys)))
	var all []byte
	for _, k := range keys {
		start := bytes.Index(all, texts[k]) // names are often the same for several platforms
		if start < 0 {
			start = len(all)
			all = append(all, texts[k]...)
		}
		for _, n := range []int{int(k.platform), int(k.encoding), int(k.language), int(k.name), len(texts[k]), start} {
			table = be.AppendUint16(table, uint16(n))
		}
	}
	f["name"] = append(table, all...)
}
