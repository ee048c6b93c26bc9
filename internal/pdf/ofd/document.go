package ofd

import (
	"archive/zip"
	"crypto/sha256"
	"fmt"

	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/finish"
	"wangjian/internal/pdf/typeset"
)

// document is a file that is being written.
type document struct {
	sheet   typeset.Sheet
	about   finish.Document
	anchors map[string]place

	last     int   // of the numbers that tell all objects of the document apart
	pages    []int // their numbers
	fonts    map[typeset.Font]embedded
	fontList []fontRef
	images   map[[sha256.Size]byte]int // their numbers, by the hash of the file
	media    []mediaRef
	linked   []annotated
	parts    []part
}

// embedded is a font of the file.
type embedded struct {
	*draw.Subset
	id int
}

func (d *document) next() int {
	d.last++
	return d.last
}

// font adds a font. Its name says nothing of its face: readers that know a name
// like 楷体 take the system's font of that name for the file's own.
func (d *document) font(s *draw.Subset) {
	id := d.next()
	name := fmt.Sprintf("wj%d", len(d.fontList)+1)
	d.fonts[s.Font] = embedded{s, id}
	d.fontList = append(d.fontList, fontRef{id, name, name + ".ttf"})
	d.parts = append(d.parts, part{folder + "Res/" + name + ".ttf", s.Alone(name), zip.Deflate})
}

// image adds a picture's file the first time that it is shown, and returns its number.
func (d *document) image(jpeg []byte) int {
	sum := sha256.Sum256(jpeg)
	if id := d.images[sum]; id > 0 {
		return id
	}
	id := d.next()
	name := fmt.Sprintf("image%d.jpg", len(d.media)+1)
	d.images[sum] = id
	d.media = append(d.media, mediaRef{id, "Image", "JPEG", name})
	d.parts = append(d.parts, part{folder + "Res/" + name, jpeg, zip.Store})
	return id
}

// together adds the parts that hold the pages together.
func (d *document) together() {
	r := root{
		space: namespace, Sheet: box{w: mm(d.sheet.Width), h: mm(d.sheet.Height)},
		Public: "PublicRes.xml", Resources: "DocumentRes.xml", Outline: d.outline(),
	}
	for n, id := range d.pages {
		r.Pages = append(r.Pages, pageRef{id, contentOf(n)})
	}
	if len(d.linked) > 0 {
		r.Annotations = "Annotations.xml"
		d.add(r.Annotations, annotations{space: namespace, Pages: d.linked})
	}
	d.add(r.Public, resources{space: namespace, Base: "Res", Fonts: &fontList{d.fontList}})
	d.add(r.Resources, resources{space: namespace, Base: "Res", Media: &media{d.media}})
	r.LastID = d.last
	d.add("Document.xml", r)
}

func (d *document) entry() entry {
	a := d.about
	e := entry{space: namespace, Version: "1.0", Type: "OFD", Root: folder + "Document.xml", About: about{
		ID: d.identity(), Title: a.Title, Author: a.Author, Subject: a.Subject,
		Created: day(a.Published), Changed: day(a.Changed), Creator: a.Creator,
	}}
	if a.Keyword != "" {
		e.About.Keywords = []string{a.Keyword}
	}
	return e
}

// outline is the tree of bookmarks, nil where there are none. A level that is
// skipped hangs below the nearest higher one.
func (d *document) outline() *outline {
	if len(d.about.Outline) == 0 {
		return nil
	}
	top := &bookmark{}
	open := []*bookmark{top}
	levels := []int{0}
	for _, b := range d.about.Outline {
		for levels[len(levels)-1] >= b.Level {
			open, levels = open[:len(open)-1], levels[:len(levels)-1]
		}
		parent, e := open[len(open)-1], &bookmark{Title: b.Title, Action: d.jump(place{b.Page, b.Y})}
		parent.Kids = append(parent.Kids, e)
		open, levels = append(open, e), append(levels, b.Level)
	}
	top.close()
	return &outline{top.Kids}
}

// close counts what hangs below a bookmark, which readers show when it is opened.
func (b *bookmark) close() {
	for _, k := range b.Kids {
		if k.close(); len(k.Kids) > 0 {
			k.Count, k.Open = len(k.Kids), "false"
		}
	}
}

// jump goes to a place of the document.
func (d *document) jump(to place) *action {
	return &action{Event: "CLICK", Jump: &destination{Type: "XYZ", Page: d.pages[to.page], Top: mm(to.y)}}
}
