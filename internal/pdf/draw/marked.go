package draw

import "wangjian/internal/pdf/typeset"

// File is a document as gopdf writes it, and what gopdf cannot write: which
// parts of the pages are of which elements of the structure.
type File struct {
	Bytes []byte
	Sheet typeset.Sheet
	// Marked lists, page by page, the elements of its marked contents by their
	// numbers.
	Marked [][]*typeset.Element
	// Links lists, page by page, what each of its annotations is.
	Links [][]typeset.Link
	// Fonts are what the pages need of each font, by its name.
	Fonts map[string]*Subset
}

// gopdf writes no marked content. Where it begins or ends, it is given a
// pattern of no dashes that begins at one of these places; nothing else sets
// one, and finish puts the right operator there.
const (
	MarkEnd        = 0
	MarkDecoration = 1
	MarkContent    = 2 // and the content's number on its page added
)

// within begins the marked content that an operation belongs to, unless it is
// at hand.
func (p *player) within(op typeset.Op) {
	e := p.element
	if _, rule := op.(typeset.Rule); rule && e != nil && e.Tag != typeset.TagFigure {
		e = nil
	}
	if p.marked && e == p.mark {
		return
	}
	p.end()
	p.marked, p.mark = true, e
	if e == nil {
		p.pdf.SetCustomLineType(nil, MarkDecoration)
		return
	}
	page := len(p.file.Marked) - 1
	p.pdf.SetCustomLineType(nil, float64(MarkContent+len(p.file.Marked[page])))
	p.file.Marked[page] = append(p.file.Marked[page], e)
}

// end ends the marked content at hand.
func (p *player) end() {
	if p.marked {
		p.pdf.SetCustomLineType(nil, MarkEnd)
		p.marked = false
	}
}

// link takes note of an annotation.
func (p *player) link(l typeset.Link) {
	page := len(p.file.Links) - 1
	p.file.Links[page] = append(p.file.Links[page], l)
}
