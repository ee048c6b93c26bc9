package typeset

// Image is a picture ready for print.
type Image struct {
	JPEG          []byte
	Width, Height int // in pixels
}

// Picture is a picture in the middle of the block with its caption below. It
// never leaves its caption.
type Picture struct {
	Image   *Image
	Alt     string
	Caption []Run
	Height  float64 // the most that the picture may be high
	Space   float64 // above it
	Lead    float64 // of the caption

	w, h  float64
	lines []*line
}

// captionGap is the space between a picture and its caption.
const captionGap = 4.0

func (p *Picture) prepare(s *Setter, width float64) {
	p.w, p.h = fit(p.Image, width, p.Height)
	p.lines = s.bySense(s.glyphs(p.Caption), width)
}

// fit scales a picture into its room, and never below 96 pixels an inch.
func fit(i *Image, width, height float64) (w, h float64) {
	w, h = float64(i.Width), float64(i.Height)
	scale := min(width/w, height/h, 72.0/96)
	return w * scale, h * scale
}

func (p *Picture) keeps() bool { return false }

func (p *Picture) least(f *flow) float64 {
	return f.gap(p.Space, false) + p.h + captionGap + float64(len(p.lines))*p.Lead
}

func (p *Picture) place(f *flow) {
	if p.least(f) > f.room() && !f.atHead() {
		f.newPage()
	}
	f.skip(p.Space, false)
	s, sheet := f.setter, f.setter.Sheet
	top := sheet.Top + f.y
	f.page.add(Drawing{p.Image, sheet.Left + (sheet.BlockWidth-p.w)/2, top, p.w, p.h, p.Alt})
	f.y += p.h + captionGap
	for _, l := range p.lines {
		x := sheet.Left + (sheet.BlockWidth-l.natural)/2
		s.set(f.page, l, x, sheet.Top+f.y+baseline(p.Lead, l, p.Caption), opening{}, false)
		f.y += p.Lead
	}
}
