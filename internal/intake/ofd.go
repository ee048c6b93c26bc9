package intake

import (
	"bytes"
	"encoding/asn1"
	"path"
	"slices"
	"strconv"
	"strings"
)

// printed is the line of an OFD page (GB/T 33190) that is being read: its objects of
// text stand where their boundaries say, one a line or one a character.
type printed struct {
	line         strings.Builder
	x, y, height float64 // of the end of the line
	next         [4]float64
	any          bool
}

// place takes the boundary of the next object of text: x, y, width, height.
func (m *markup) place(boundary string) {
	p := &m.printed
	p.next = [4]float64{}
	for n, field := range strings.Fields(boundary) {
		if v, err := strconv.ParseFloat(field, 64); err == nil && n < 4 {
			p.next[n] = v
		}
	}
}

// print adds an object's text to the line, or begins a line.
func (m *markup) print(text string) {
	p := &m.printed
	x, y, width, height := p.next[0], p.next[1], p.next[2], p.next[3]
	gap := x - p.x
	switch sameLine := p.line.Len() > 0 && y < p.y+p.height/2 && p.y < y+height/2 && gap > -height/2; {
	case !sameLine:
		m.endLine()
	case gap > height:
		p.line.WriteByte('\t')
	}
	p.line.WriteString(text)
	p.any, p.x, p.y, p.height = true, x+width, y, height
}

func (m *markup) endLine() {
	m.file.add(m.where(0), m.printed.line.String())
	m.printed.line.Reset()
}

// finishPage ends a page; one without text is not known.
func (m *markup) finishPage() error {
	m.endLine()
	if !m.printed.any && strings.Contains(m.part, "/pages/") {
		m.file.misses("%s里没有文字", m.where(0))
	}
	return m.file.err
}

// pageNumber counts the pages of an OFD file from 1: their folders are Page_0, Page_1.
func pageNumber(part string) int {
	n, err := strconv.Atoi(strings.TrimLeft(path.Base(path.Dir(part)), "abcdefghijklmnopqrstuvwxyz_"))
	if err != nil {
		return 1
	}
	return n + 1
}

// signature reads a signature or a seal (GB/T 38540): the names in its certificates,
// and the picture of the seal. It reports whether that is all that is in it.
func (o *office) signature(name string, data []byte, depth int) bool {
	for len(data) > 0 {
		var v asn1.RawValue
		rest, err := asn1.Unmarshal(data, &v)
		if err != nil || depth > 30 || v.Class == asn1.ClassUniversal && v.Tag == 0 || !o.signed(name, v, depth+1) {
			return false
		}
		data = rest
	}
	return true
}

// texts are the kinds of strings in certificates.
var texts = []int{asn1.TagUTF8String, asn1.TagPrintableString, asn1.TagIA5String, asn1.TagT61String}

// signed reads a value of a signature: what is longer than a key or a hash and no
// picture is not known.
func (o *office) signed(name string, v asn1.RawValue, depth int) bool {
	const longest = 520 // bytes of a key or a hash
	base := path.Base(name)
	switch {
	case isPicture(v.Bytes, ""):
		o.file.Pictures = append(o.file.Pictures, Embedded{Name: name, Data: v.Bytes})
	case bytes.HasPrefix(v.Bytes, []byte(zipMagic)):
		o.embedded(base+".ofd", v.Bytes)
	case v.IsCompound, v.Tag == asn1.TagOctetString && len(v.Bytes) > longest:
		return o.signature(name, v.Bytes, depth)
	case v.Tag == asn1.TagBMPString:
		o.aside("签章 "+base, utf16Text(v.Bytes, true))
	case slices.Contains(texts, v.Tag):
		text, err := Decode(v.Bytes)
		o.aside("签章 "+base, string(text))
		return err == nil
	default:
		return len(v.Bytes) <= longest
	}
	return true
}
