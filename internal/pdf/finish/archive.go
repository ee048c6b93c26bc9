package finish

import (
	"bytes"
	_ "embed"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"wangjian/internal/pdf/draw"
)

// The parts of a file that PDF/A-1 (ISO 19005-1, GB/T 23286.1) asks for beyond
// PDF 1.4.

var (
	fontFile  = regexp.MustCompile(`/FontFile2 (\d+) 0 R`)
	fontWidth = regexp.MustCompile(`(\d+)\[(\d+)\]`)
)

// usualWidth is the width of a Chinese character, in thousandths of an em.
const usualWidth = "1000"

// runs parts glyphs, which come in order, into those that follow one another and
// differ in their low byte only, as maps to Unicode want them.
func runs(glyphs []int) (list [][]int) {
	for i, glyph := range glyphs {
		if i == 0 || glyph != glyphs[i-1]+1 || glyph%256 == 0 {
			list = append(list, nil)
		}
		list[len(list)-1] = append(list[len(list)-1], glyph)
	}
	return list
}

// shortWidths makes the usual width the font's default and leaves it out of
// the list, which PDF/A allows 8191 entries only.
func shortWidths(cidFont []byte) []byte {
	head, list, ok := bytes.Cut(cidFont, []byte("/W ["))
	if !ok {
		return cidFont
	}
	widths := map[int]string{}
	for _, m := range fontWidth.FindAllSubmatch(list, -1) {
		if glyph, err := strconv.Atoi(string(m[1])); err == nil && string(m[2]) != usualWidth {
			widths[glyph] = string(m[2])
		}
	}
	out := fmt.Appendf(slices.Clip(head), "/DW %s\n/W [", usualWidth)
	for _, glyphs := range runs(slices.Sorted(maps.Keys(widths))) {
		out = fmt.Appendf(out, "%d [", glyphs[0])
		for _, glyph := range glyphs {
			out = append(out, widths[glyph]+" "...)
		}
		out = append(out, ']')
	}
	return append(out, "]\n>>\n"...)
}

// fontFiles puts what a paper needs of each font where gopdf's is, and adds to
// the descriptor the set of the characters that it holds (6.3.5).
func (o *objects) fontFiles(fonts map[string]*draw.Subset) error {
	for i, object := range *o {
		if !bytes.Contains(object, []byte("/Type /FontDescriptor")) {
			continue
		}
		file, name := o.references(object, fontFile), fontName.FindSubmatch(object)
		if len(file) != 1 || name == nil || fonts[string(name[2])] == nil {
			return errForeign
		}
		subset := fonts[string(name[2])]
		data := subset.File()
		(*o)[file[0]] = stream(fmt.Sprintf("/Length1 %d ", len(data)), data)
		o.insert(i, fmt.Sprintf("/CIDSet %d 0 R", o.add(string(stream("", subset.Set)))))
	}
	return nil
}

// sRGB is a colour profile of IEC 61966-2-1 in version 2 of the ICC's format,
// which is that of PDF 1.4: primaries adapted to the white of D50, and the
// standard's tone curve in 128 steps, which is right to a thirtieth of a step of
// eight bits. It is our own, and free (CC0).
//
//go:embed srgb.icc
var sRGB []byte

// outputIntent says that the colours of the file are those of sRGB, and returns
// the number of what says so.
func (o *objects) outputIntent() int {
	profile := o.add(string(deflated("/N 3 ", sRGB)))
	return o.add(fmt.Sprintf("<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) /Info (sRGB IEC61966-2.1) /DestOutputProfile %d 0 R >>\n", profile))
}
