package typeset

import (
	"slices"

	"wangjian/internal/linebreak"
)

// Image is a picture for print.
type Image struct {
	Width, Height int // in pixels, of the largest size that there is
	// JPEG returns the file for a picture that is so many points wide on paper.
	JPEG func(width float64) ([]byte, error)
	PNG  []byte // in place of a JPEG: a drawing, for documents that hold no sketches
}

// Picture is a picture or a drawing in the middle of the block with its caption
// and a note below. It never leaves them.
type Picture struct {
	plain
	Image    *Image
	Sketch   *Sketch // on pages, in place of an image
	Alt      string  // what it shows; the caption where it is empty
	Caption  []Run
	Note     []Run   // how to read it, below the caption
	Height   float64 // the most that the picture may be high; 0 is the page's
	Space    float64 // above it, and below it where it stands at the head of a page
	Smallest float64 // how small it may be made to fill a page, as a part of its size; 0 is not at all
	Floats   bool    // lets the text after it go first rather than leave a page unfilled
	Lead     float64 // of the caption and the note
	Anchor   string  // what links jump to

	w, h  float64
	lines []*line
	note  []*line
	tail  float64 // room for what keeps with it
}

func (p *Picture) keep(tail float64) { p.tail = tail }

// mostShrunk is how small a picture may get below headings.
const mostShrunk = 0.3

// captionGap is the space between a picture and its caption.
const captionGap = 4.0

func (p *Picture) prepare(s *Setter, width float64) {
	p.lines = s.byPhrase(s.glyphs(p.Caption), width, linebreak.EvenCaption)
	p.note = s.fill(s.glyphs(p.Note), width, 0, false)
	most := s.Sheet.BlockHeight - p.below()
	if p.Height > 0 {
		most = min(most, p.Height)
	}
	if p.Sketch != nil {
		p.Sketch.prepare(s)
		p.w, p.h = fit(p.Sketch.Width, p.Sketch.Height, width, most)
		return
	}
	p.w, p.h = fit(float64(p.Image.Width), float64(p.Image.Height), width, most)
}

// below is the height of what stands below the picture.
func (p *Picture) below() float64 {
	return captionGap + float64(float64(len(p.lines)+len(p.note))*p.Lead)
}

// fit scales a picture of so many pixels into its room, and never below 96
// pixels an inch.
func fit(w, h, width, height float64) (float64, float64) {
	scale := min(width/w, height/h, 72.0/96)
	return w * scale, h * scale
}

func (p *Picture) minHeight(f *flow) float64 {
	need := f.gap(p.Space, false) + p.h + captionGap + f.roomFor(slices.Concat(p.lines, p.note), p.Lead)
	if need+p.tail > f.setter.Sheet.BlockHeight {
		return need // nothing can stay with it
	}
	return need + p.tail
}

// smallest is the height that it takes when it is made as small as it may be.
func (p *Picture) smallest(f *flow) float64 {
	if p.Smallest == 0 {
		return p.minHeight(f)
	}
	return p.minHeight(f) - float64((1-p.Smallest)*p.h)
}

// shrink makes it so small that it has room on the page, and reports whether it
// has.
func (p *Picture) shrink(f *flow) bool {
	if p.smallest(f) > f.room() {
		return false
	}
	if lack := p.minHeight(f) - f.room(); lack > 0 {
		p.w, p.h = p.w*(p.h-lack)/p.h, p.h-lack
	}
	return true
}

func (p *Picture) place(f *flow) {
	for lack := p.minHeight(f) - f.room(); lack > 0 && !f.atHead(); lack = p.minHeight(f) - f.room() {
		// Below headings that fill the page too much for it, it is made smaller
		// rather than parted from them.
		if f.headed && p.h-lack >= mostShrunk*p.h {
			p.w, p.h = p.w*(p.h-lack)/p.h, p.h-lack
			break
		}
		f.newPage()
	}
	f.skip(p.Space, false)
	s, sheet := f.setter, f.setter.Sheet
	left, top := sheet.Left+float64((sheet.BlockWidth-p.w)/2), sheet.Top+f.y
	if p.Anchor != "" {
		f.mark(p.Anchor, nil, top)
	}
	figure := p.belong(f)
	figure.Box = Box{left, top, p.w, p.h}
	f.page.into(figure)
	if p.Sketch != nil {
		p.Sketch.place(s, f.page, figure, left, top, p.w)
	} else {
		f.page.add(Drawing{p.Image, left, top, p.w, p.h, p.Alt})
	}
	f.y += p.h + captionGap
	for i, l := range slices.Concat(p.lines, p.note) {
		x := sheet.Left
		if i < len(p.lines) {
			x += Center.shift(sheet.BlockWidth - l.natural)
		}
		s.put(f.page, l, x, sheet.Top+f.y, p.Lead, opening{})
		f.take(p.Lead, l.notes())
	}
}

// belong puts the picture into the structure: a figure with its
// caption, and a paragraph for the note.
func (p *Picture) belong(f *flow) *Element {
	figure := f.element(TagFigure)
	if figure.Alt = p.Alt; p.Alt == "" {
		figure.Alt = textOf(p.Caption)
	}
	caption := figure.kid(TagCaption)
	for _, l := range p.lines {
		l.of = caption
	}
	f.belong(TagParagraph, p.note...)
	return figure
}
