// Package ofd writes page operations as an OFD file (GB/T 33190-2016), the
// layout format of Chinese offices: what draw and finish together are for PDF.
//
// [Write] is all of it: page.go writes what is on a page, document.go the parts
// that hold the pages together, types.go has the elements of the format and
// unit.go its lengths. A file is
//
//	OFD.xml                        what the file says about itself
//	Doc_0/Document.xml             pages, outline
//	Doc_0/PublicRes.xml            fonts, cut to the characters that are shown
//	Doc_0/DocumentRes.xml          pictures
//	Doc_0/Pages/Page_0/Content.xml text, lines, areas and pictures of a page
//	Doc_0/Annots/Page_0.xml        its links
//	Doc_0/Res/                     the files of fonts and pictures
//
// Text stands as characters, each at its place: a program that has none of the
// fonts still reads all of it. The same pages yield the same bytes.
package ofd

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"io"
	"time"

	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/finish"
	"wangjian/internal/pdf/typeset"
)

// folder holds the one document of a file.
const folder = "Doc_0/"

// Write writes the pages of a sheet. What the file says about itself is what a
// PDF of them says; page labels and language have no place in the format.
func Write(w io.Writer, sheet typeset.Sheet, pages []*typeset.Page, about finish.Document) error {
	d := &document{sheet: sheet, about: about, anchors: anchorsOf(pages), fonts: map[typeset.Font]embedded{}, images: map[[sha256.Size]byte]int{}}
	subsets, err := draw.Subsets(pages)
	if err != nil {
		return err
	}
	for _, s := range subsets {
		d.font(s)
	}
	for range pages {
		d.pages = append(d.pages, d.next())
	}
	for n, p := range pages {
		if err := d.page(n, p); err != nil {
			return fmt.Errorf("写 OFD 页面：%w", err)
		}
	}
	d.together()
	if err := d.pack(w); err != nil {
		return fmt.Errorf("写 OFD：%w", err)
	}
	return nil
}

// part is a file within the file.
type part struct {
	name   string
	data   []byte
	method uint16 // of package zip
}

// add adds a part that an element makes up. An element that cannot be written is
// a fault of the program.
func (d *document) add(name string, element any) {
	data, err := xml.Marshal(element)
	if err != nil {
		panic(fmt.Sprintf("ofd: %s: %v", name, err))
	}
	d.parts = append(d.parts, part{folder + name, append([]byte(xml.Header), data...), zip.Deflate})
}

// pack puts the parts into one file. What the file says about itself comes first
// and is not compressed, so that any program sees whose it is.
func (d *document) pack(w io.Writer) error {
	entry, err := xml.Marshal(d.entry())
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	for _, p := range append([]part{{"OFD.xml", append([]byte(xml.Header), entry...), zip.Store}}, d.parts...) {
		to, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: p.method, Modified: d.about.Changed})
		if err != nil {
			return err
		}
		if _, err := to.Write(p.data); err != nil {
			return err
		}
	}
	return z.Close()
}

// identity is the hash of all parts, in the form of a UUID without dashes.
func (d *document) identity() string {
	h := sha256.New()
	for _, p := range d.parts {
		fmt.Fprintf(h, "%s %d\n", p.name, len(p.data))
		h.Write(p.data)
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:16])
}

// day writes a time as its day in China, "" where it is unknown.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(time.FixedZone("CST", 8*3600)).Format(time.DateOnly)
}

// place is a point that links jump to.
type place struct {
	page int
	y    float64
}

func anchorsOf(pages []*typeset.Page) map[string]place {
	anchors := map[string]place{}
	for n, p := range pages {
		for _, op := range p.Ops {
			if a, ok := op.(typeset.Anchor); ok {
				anchors[a.Name] = place{n, a.Y}
			}
		}
	}
	return anchors
}

// colour writes a colour in the format's own space, which is RGB of eight bits.
func colour(c typeset.Color) *ink { return &ink{Value: fmt.Sprintf("%d %d %d", c.R, c.G, c.B)} }
