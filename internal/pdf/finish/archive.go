package finish

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
)

// The parts of a file that PDF/A-1 (ISO 19005-1, GB/T 23286.1) asks for beyond
// PDF 1.4.

var (
	fontFile  = regexp.MustCompile(`/FontFile2 (\d+) 0 R`)
	fontWidth = regexp.MustCompile(`(\d+)\[(\d+)\]`)
)

// usualWidth is the width of a Chinese character, in thousandths of an em.
const usualWidth = 1000

// shortWidths makes the usual width the font's default and leaves it out of
// the list, which PDF/A allows 8191 entries only.
func shortWidths(cidFont []byte) []byte {
	usual := strconv.Itoa(usualWidth)
	head, list, ok := bytes.Cut(cidFont, []byte("/W ["))
	if !ok {
		return cidFont
	}
	list = fontWidth.ReplaceAllFunc(list, func(m []byte) []byte {
		if parts := fontWidth.FindSubmatch(m); string(parts[2]) == usual {
			return nil
		}
		return slices.Concat(m, []byte(" "))
	})
	return fmt.Appendf(head, "/DW %s\n/W [%s", usual, list)
}

// cidSets gives every font descriptor the set of the characters that its font
// file holds (6.3.5).
func (o *objects) cidSets() error {
	for i, object := range *o {
		if !bytes.Contains(object, []byte("/Type /FontDescriptor")) {
			continue
		}
		m := fontFile.FindSubmatch(object)
		if m == nil {
			return errForeign
		}
		number, err := strconv.Atoi(string(m[1]))
		if err != nil || number >= len(*o) {
			return errForeign
		}
		font, err := inflated((*o)[number])
		if err != nil {
			return fmt.Errorf("字体文件：%w", err)
		}
		set, err := glyphSet(font)
		if err != nil {
			return err
		}
		o.insert(i, fmt.Sprintf("/CIDSet %d 0 R", o.add(string(stream("", set)))))
	}
	return nil
}

// inflated gives the data of a compressed stream.
func inflated(object []byte) ([]byte, error) {
	_, data, ok := bytes.Cut(object, []byte("stream\n"))
	if !ok {
		return nil, errForeign
	}
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// glyphSet lists as bits, the highest first, the glyphs of a TrueType font that
// have an outline, and the one for what is missing. A space has none; its place
// in the font is as empty as those of the glyphs that were left out.
func glyphSet(font []byte) ([]byte, error) {
	head, loca := table(font, "head"), table(font, "loca")
	const longOffsets = 50 // in head
	if len(head) < longOffsets+2 || len(loca) == 0 {
		return nil, errForeign
	}
	offset := func(i int) uint32 { return uint32(binary.BigEndian.Uint16(loca[2*i:])) }
	glyphs := len(loca)/2 - 1
	if binary.BigEndian.Uint16(head[longOffsets:]) == 1 {
		offset = func(i int) uint32 { return binary.BigEndian.Uint32(loca[4*i:]) }
		glyphs = len(loca)/4 - 1
	}
	set := make([]byte, (glyphs+7)/8)
	for i := range glyphs {
		if i == 0 || offset(i) != offset(i+1) {
			set[i/8] |= 0x80 >> (i % 8)
		}
	}
	return set, nil
}

// table gives a table of a TrueType font, nil where it has none.
func table(font []byte, tag string) []byte {
	if len(font) < 12 {
		return nil
	}
	for i := range int(binary.BigEndian.Uint16(font[4:])) {
		entry := 12 + 16*i
		if entry+16 > len(font) {
			return nil
		}
		if string(font[entry:entry+4]) != tag {
			continue
		}
		from, length := binary.BigEndian.Uint32(font[entry+8:]), binary.BigEndian.Uint32(font[entry+12:])
		if uint64(from)+uint64(length) > uint64(len(font)) {
			return nil
		}
		return font[from : from+length]
	}
	return nil
}
