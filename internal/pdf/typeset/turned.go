package typeset

// What does not fit across the page turns the page, and what does not fit on
// what is left of a page lets the text after it go first.

// Turned is the sheet that is read with its left edge on top: GB/T 9704-2012
// (8) turns the sheet for a wide table so that the table's head is on that
// edge, on odd pages and on even ones, and the page number stays where it is on
// every page.
func (s Sheet) Turned() Sheet {
	lead, pitch := s.Lead(), s.Pitch()
	return Sheet{
		Width: s.Height, Height: s.Width,
		Left: s.Height - s.Top - s.BlockHeight, Top: s.Left,
		BlockWidth: s.BlockHeight, BlockHeight: s.BlockWidth,
		Lines: int(s.BlockWidth / lead), Columns: int(s.BlockHeight / pitch), Body: s.Body,
	}
}

// Of is the sheet of a page.
func (s Sheet) Of(p *Page) Sheet {
	if p.Turned {
		return s.Turned()
	}
	return s
}

// turn sets the operations, which stand on an upright sheet, on the turned one.
func (s Sheet) turn(ops []Op) []Op {
	out := make([]Op, len(ops))
	for i, op := range ops {
		out[i] = moved(op, func(x, y *float64) { *x, *y = s.Height-*y, *x })
		if text, ok := out[i].(Text); ok {
			text.Down = true
			out[i] = text
		}
	}
	return out
}

// Add puts operations after what a page holds, in the places of the upright sheet.
func (p *Page) Add(s Sheet, ops []Op) {
	if p.Turned {
		ops = s.turn(ops)
	}
	p.add(ops...)
}

// Around puts a running head before what a page holds, and a running foot after it:
// texts and rules whose places are those of the upright sheet.
func (p *Page) Around(s Sheet, before, after []Op) {
	if p.Turned {
		before, after = s.turn(before), s.turn(after)
	}
	whole := &Page{}
	around := func(kind Around, ops []Op) {
		if len(ops) > 0 {
			whole.add(Into{Around: kind})
			whole.add(ops...)
			whole.add(Into{})
		}
	}
	around(RunningHead, before)
	whole.Ops = append(whole.Ops, p.Ops...)
	around(RunningFoot, after)
	p.Ops = whole.Ops
}

// floating returns a picture that may let the text after it go first; nil for any
// other block.
func floating(b Block) *Picture {
	if p, ok := b.(*Picture); ok && p.Floats {
		return p
	}
	return nil
}

// waiting is a floating block that waits for the next page, with the structure
// that it belongs to.
type waiting struct {
	block Block
	gap   float64
	open  []*Element
	last  *Element // what stands before it, which may be its caption
}

// turns reports that a block needs the page turned.
func turns(b Block) bool {
	t, ok := b.(*Table)
	return ok && t.turned
}

// wait puts a block off to the next page. It is false where the block can go
// in now, or must.
func (f *flow) wait(b Block, after []Block) bool {
	gap, first := 0.0, len(f.waiting) == 0
	switch p := floating(b); {
	case p != nil:
		if first && (f.atHead() || p.minHeight(f) <= f.room()) {
			return false
		}
		// Its headings would stand alone.
		if !textFollows(after) && (f.headed || first && p.shrink(f)) {
			return false
		}
		gap = p.Space
	case !turns(b) || f.atHead() && first:
		return false
	}
	f.waiting = append(f.waiting, waiting{b, gap, f.open[:len(f.open):len(f.open)], f.last})
	return true
}

// settle puts what waits at the head of the new page, as far as it has room
// there. At the very head it goes in whether it has or not.
func (f *flow) settle() {
	for len(f.waiting) > 0 {
		w := f.waiting[0]
		if !f.atHead() && (turns(w.block) || w.block.minHeight(f) > f.room()) {
			return
		}
		f.waiting = f.waiting[1:]
		f.placeWaiting(w)
	}
}

func (f *flow) placeWaiting(w waiting) {
	open, last := f.open, f.last
	f.open, f.last = w.open, w.last
	if turns(w.block) {
		f.turnedPages(w.block)
	} else {
		f.headed = false
		w.block.place(f)
		f.y += w.gap
	}
	f.open, f.last = open, last
}

// turnedPages puts blocks on turned pages of their own and starts an upright
// page after them.
func (f *flow) turnedPages(blocks ...Block) {
	f.setter.Sheet, f.turned = f.upright.Turned(), true
	if f.atHead() && len(f.page.Ops) == 0 {
		f.page.Turned = true
	} else {
		f.newPage()
	}
	for i, b := range blocks {
		switch b.(type) {
		case Open, Close:
		default:
			f.together(blocks[i:])
		}
		keeps := b.keepsWithNext()
		b.place(f)
		f.headed = f.headed && keeps
	}
	for len(f.carried) > 0 {
		f.newPage()
	}
	f.setter.Sheet, f.turned = f.upright, false
	f.startPage()
}

// group is how many blocks from here on go together on turned pages: those
// that keep with a table that turns the page. Gaps alone are none.
func group(blocks []Block) int {
	text := false
	for i, b := range blocks {
		if turns(b) {
			if !text {
				return 0
			}
			return i + 1
		}
		switch b.(type) {
		case Gap, Open, Close, Space:
		default:
			text = true
		}
		if !b.keepsWithNext() {
			return 0
		}
	}
	return 0
}

// bars reports that nothing may wait any longer when a block comes: a new chapter
// or section begins.
func bars(b Block) bool {
	const sections = 2
	switch b.(type) {
	case Break, *Signature, *Colophon:
		return true
	}
	p, ok := b.(*Paragraph)
	if ok && p.KeepWithPrevious {
		return true
	}
	return ok && p.Heading != nil && p.Heading.Level <= sections && !p.Within
}

// noBreak reports whether the blocks begin with one that nothing may wait for, or with
// headings above it, which it would leave alone.
func noBreak(blocks []Block) bool {
	for _, b := range blocks {
		if bars(b) {
			return true
		}
		if !b.keepsWithNext() {
			return false
		}
	}
	return false
}

// flush brings in all that waits.
func (f *flow) flush() {
	for len(f.waiting) > 0 {
		f.newPage()
	}
}
