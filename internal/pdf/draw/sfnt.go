package draw

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// What a font file says about itself, as the OpenType specification lays it
// out (tables OS/2 and name).

// Bits of OS/2 fsType.
const (
	restricted  = 0x0002 // may not be embedded
	previewable = 0x0004 // may be embedded for reading and printing
	editable    = 0x0008 // may be embedded
	whole       = 0x0100 // may not be embedded in part
	bitmapsOnly = 0x0200 // only its bitmaps may be embedded
)

// font is a font file's tables.
type font struct {
	data   []byte
	tables map[string][]byte
}

// parse finds the tables of a font. Its errors say what a person can do.
func parse(data []byte) (*font, error) {
	switch {
	case len(data) < 12:
		return nil, fmt.Errorf("文件不完整，请重新复制")
	case string(data[:4]) == "ttcf":
		return nil, fmt.Errorf("是字体集（.ttc），一个文件里有几种字体，PDF 只收单个的 TrueType 字体；请换用单独的 .ttf 文件")
	case string(data[:4]) == "OTTO":
		return nil, fmt.Errorf("是 CFF 轮廓的 OpenType 字体（.otf），PDF 只收 TrueType 轮廓；请换用同一字体的 .ttf 文件")
	case string(data[:3]) == "wOF":
		return nil, fmt.Errorf("是网页字体（.woff），请换用同一字体的 .ttf 文件")
	case u32(data, 0) != 0x00010000 && string(data[:4]) != "true":
		return nil, fmt.Errorf("不是 TrueType 字体，请换用 .ttf 文件")
	}
	f := &font{data, map[string][]byte{}}
	for i := range int(u16(data, 4)) {
		at := 12 + 16*i
		if at+16 > len(data) {
			return nil, fmt.Errorf("文件不完整，请重新复制")
		}
		start, length := uint64(u32(data, at+8)), uint64(u32(data, at+12))
		if start+length > uint64(len(data)) {
			return nil, fmt.Errorf("文件不完整，请重新复制")
		}
		f.tables[string(data[at:at+4])] = data[start : start+length]
	}
	return f, nil
}

// mayEmbed says why the font may not go into a PDF that holds only the
// characters it shows; nil where it may. The least strict of the permissions
// counts, as in fonts made before they excluded one another.
func (f *font) mayEmbed() error {
	const remedy = "请向字体厂商取得嵌入授权，或换用别的字体"
	switch kind := u16(f.tables["OS/2"], 8); {
	case kind&restricted != 0 && kind&(previewable|editable) == 0:
		return fmt.Errorf("不许嵌入 PDF（fsType %#04x）；%s", kind, remedy)
	case kind&bitmapsOnly != 0:
		return fmt.Errorf("只许嵌入点阵，不许嵌入轮廓（fsType %#04x）；%s", kind, remedy)
	case kind&whole != 0:
		return fmt.Errorf("不许只嵌入用到的字（fsType %#04x）；%s", kind, remedy)
	}
	return nil
}

// Names in the table name.
const (
	familyName     = 1
	postScriptName = 6
)

// names returns the values of one name in all its languages.
func (f *font) names(id uint16) []string {
	table := f.tables["name"]
	if len(table) < 6 {
		return nil
	}
	var list []string
	for i := range min(int(u16(table, 2)), (len(table)-6)/12) {
		record := table[6+12*i:]
		offset := int(u16(table, 4)) + int(u16(record, 10))
		end := offset + int(u16(record, 8))
		if u16(record, 6) != id || end > len(table) {
			continue
		}
		text := table[offset:end]
		if u16(record, 0) == 1 { // Macintosh: a byte a character, as far as this package reads
			list = append(list, string(text))
			continue
		}
		units := make([]uint16, len(text)/2)
		for k := range units {
			units[k] = u16(text, 2*k)
		}
		list = append(list, string(utf16.Decode(units)))
	}
	return list
}

// plain keeps what may stand in a PDF's name.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '-' || r == '_' {
			return r
		}
		return -1
	}, name)
}
