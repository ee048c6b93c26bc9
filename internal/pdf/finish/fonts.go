package finish

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
)

var (
	mapping  = regexp.MustCompile(`(?m)^<([0-9A-F]+)><[0-9A-F]+><([0-9A-F]+)>$`)
	fontName = regexp.MustCompile(`/(BaseFont|FontName) /(\S+)`)
)

// mendFonts puts in for every font a right map back to Unicode, the map from
// character to glyph that a CIDFont must name, and the tag of a subset.
func (o objects) mendFonts() error {
	tags := map[string]string{}
	for i, object := range o {
		switch {
		case bytes.Contains(object, []byte("begincmap")):
			data, ok := bare(object)
			if !ok {
				return errForeign
			}
			mended, err := toUnicode(data)
			if err != nil {
				return err
			}
			o[i] = stream("", mended)
		case bytes.Contains(object, []byte("/CIDFontType2")):
			name := string(fontName.FindSubmatch(object)[2])
			tags[name] = subsetTag(object)
			o[i] = bytes.Replace(shortWidths(object), []byte("/Subtype /CIDFontType2"), []byte("/Subtype /CIDFontType2\n/CIDToGIDMap /Identity"), 1)
		}
	}
	for i, object := range o {
		if bytes.HasPrefix(object, []byte("<<")) && !bytes.Contains(object, []byte("stream\n")) {
			o[i] = fontName.ReplaceAllFunc(object, func(m []byte) []byte {
				parts := fontName.FindSubmatch(m)
				return fmt.Appendf(nil, "/%s /%s+%s", parts[1], tags[string(parts[2])], parts[2])
			})
		}
	}
	return nil
}

// subsetTag makes the six letters that tell one subset of a font from another
// out of the glyphs that it has.
func subsetTag(cidFont []byte) string {
	sum := sha256.Sum256(cidFont)
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag)
}

// toUnicode writes the map from glyphs to characters anew: gopdf writes
// characters beyond U+FFFF as five digits, where a pair of surrogates must
// stand, and too many in one section.
func toUnicode(cmap []byte) ([]byte, error) {
	characters := map[int]string{}
	for _, m := range mapping.FindAllSubmatch(cmap, -1) {
		glyph, err := strconv.ParseUint(string(m[1]), 16, 16)
		if err != nil {
			return nil, fmt.Errorf("字形 %s：%w", m[1], err)
		}
		r, err := strconv.ParseUint(string(m[2]), 16, 32)
		if err != nil {
			return nil, fmt.Errorf("字形 %s 的字符对照：%w", m[1], err)
		}
		if characters[int(glyph)] == "" {
			characters[int(glyph)] = fmt.Sprintf("<%X>", utf16Of(string(rune(r))))
		}
	}
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	const atMost = 100 // entries of a section
	for part := range slices.Chunk(runs(slices.Sorted(maps.Keys(characters))), atMost) {
		fmt.Fprintf(&b, "%d beginbfrange\n", len(part))
		for _, glyphs := range part {
			fmt.Fprintf(&b, "<%04X><%04X>[", glyphs[0], glyphs[len(glyphs)-1])
			for _, glyph := range glyphs {
				b.WriteString(characters[glyph])
			}
			b.WriteString("]\n")
		}
		b.WriteString("endbfrange\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
	return b.Bytes(), nil
}
