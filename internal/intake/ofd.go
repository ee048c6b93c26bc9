package intake

import (
	"bytes"
	"encoding/asn1"
	"path"
	"slices"
	"strconv"
	"strings"
)

// printed is an OFD page (GB/T 33190) that is being read: its objects of text stand
// where their boundaries say, and make lines as the characters of a PDF do.
type printed struct {
	page pdfPage
	box  [4]float64 // of the next object of text: x, y, width, height
}

// place takes the boundary of the next object of text; one without any is a line
// below all before it.
func (m *markup) place(boundary string) {
	m.printed.box = [4]float64{0, m.printed.box[1] + 1000, 1, 1}
	for n, field := range strings.Fields(boundary) {
		if v, err := strconv.ParseFloat(field, 64); err == nil && n < 4 {
			m.printed.box[n] = v
		}
	}
}

// print puts a piece of an object's text on the page.
func (m *markup) print(text string) {
	box := m.printed.box
	m.printed.page.place(text, box[0], -box[1]-box[3], 1, 0, box[2], box[3])
	m.printed.box[1] += box[3] // a further piece of the object is a line below
}

// finishPage ends a page; one without text is not known.
func (m *markup) finishPage() error {
	p := &m.printed.page
	if len(p.directions) == 0 && strings.Contains(m.part, "/pages/") {
		m.file.misses("%s里没有文字", m.where(0))
	}
	p.to, p.where = m.file, m.where(0)
	p.tell()
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
