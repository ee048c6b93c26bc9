package typeset

// Image is a picture ready for print.
type Image struct {
	JPEG          []byte
	Width, Height int // in pixels
}

// Picture is one or more pictures side by side, each with its caption below.
// It never leaves its caption.
type Picture struct {
	Frames []Frame
	Height float64 // the most that a picture may be high
	Space  float64 // above it
	Gutter float64 // between frames
	Lead   float64 // of the captions
	rows   []captioned
}

// Frame is one picture with its caption.
type Frame struct {
	Image   *Image
	Alt     string
	Caption []Run
	Anchor  string
}

type captioned struct {
	Frame
	w, h  float64
	lines []*line
}

// captionGap is the space between a picture and its caption.
const captionGap = 4.0

func (p *Picture) prepare(s *Setter, width float64) {
	column := p.column(width)
	for _, f := range p.Frames {
		c := captioned{Frame: f}
		c.w, c.h = fit(f.Image, column, p.Height)
		c.lines = s.bySense(s.glyphs(f.Caption), column)
		p.rows = append(p.rows, c)
	}
}

func (p *Picture) column(width float64) float64 {
	n := float64(len(p.Frames))
	return (width - (n-1)*p.Gutter) / n
}

// fit scales a picture into a frame, and never to more than 96 pixels an inch.
func fit(i *Image, width, height float64) (w, h float64) {
	w, h = float64(i.Width), float64(i.Height)
	scale := min(width/w, height/h, 72.0/96)
	return w * scale, h * scale
}

func (p *Picture) keeps() bool { return false }

func (p *Picture) pictureHeight() float64 {
	h := 0.0
	for _, c := range p.rows {
		h = max(h, c.h)
	}
	return h
}

func (p *Picture) least(f *flow) float64 {
	captions := 0
	for _, c := range p.rows {
		captions = max(captions, len(c.lines))
	}
	return f.gap(p.Space, false) + p.pictureHeight() + captionGap + float64(captions)*p.Lead
}

func (p *Picture) place(f *flow) {
	if p.least(f) > f.room() && !f.atHead() {
		f.newPage()
	}
	f.skip(p.Space, false)
	s, sheet := f.setter, f.setter.Sheet
	top, high, column := sheet.Top+f.y, p.pictureHeight(), p.column(sheet.BlockWidth)
	left, bottom := sheet.Left, top+high
	for _, c := range p.rows {
		if c.Anchor != "" {
			f.mark(c.Anchor, nil, top)
		}
		f.page.add(Drawing{c.Image, left + (column-c.w)/2, top + high - c.h, c.w, c.h, c.Alt})
		y := top + high + captionGap
		for _, l := range c.lines {
			s.set(f.page, l, left+(column-l.natural)/2, y+baseline(p.Lead, l, c.Caption), opening{}, false)
			y += p.Lead
		}
		bottom = max(bottom, y)
		left += column + p.Gutter
	}
	f.y += bottom - top
}
