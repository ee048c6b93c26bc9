package typeset

import (
	"fmt"
	"math"
	"slices"
)

// Block is a piece of a document that a flow puts on pages.
type Block interface {
	// prepare breaks the block's text into lines.
	prepare(s *Setter, width float64)
	// keeps reports that the block stays with the one after it.
	keepsWithNext() bool
	// minHeight is the height of the smallest beginning that may stand alone at the
	// foot of a page.
	minHeight(f *flow) float64
	// place puts the block on pages.
	place(f *flow)
}

// companion is a block that may take along the last lines of the paragraph
// before it: where it does, company is all of its height, else 0.
type companion interface{ company(s *Setter) float64 }

// keeper is a block whose end companions stay with, which need so much room.
type keeper interface{ keep(tail float64) }

// Layout is what [Compose] returns.
type Layout struct {
	Pages     []*Page
	Bookmarks []Bookmark // in order; Page counts from 0
}

// Sparse is how many pages after the first hold hardly anything, though the text has
// room: less than a third of the text block.
func (l *Layout) Sparse() int {
	count := 0
	for _, p := range l.Pages[min(1, len(l.Pages)):] {
		if !p.Turned && p.filled < p.high/3 {
			count++
		}
	}
	return count
}

// Compose sets blocks in pages. Its error names a character that no font has.
func Compose(s *Setter, blocks []Block) (*Layout, error) {
	f := &flow{setter: s, upright: s.Sheet, out: &Layout{}}
	for _, b := range blocks {
		b.prepare(s, s.Sheet.BlockWidth)
	}
	if err := s.Err(); err != nil {
		return nil, err
	}
	tail, most := 0.0, s.Sheet.BlockHeight/2
	for _, b := range slices.Backward(blocks) {
		switch b := b.(type) {
		case Open, Close:
			continue
		case Gap:
			if tail > 0 {
				tail += b.Height
			}
			continue
		}
		if k, ok := b.(keeper); ok {
			k.keep(tail)
		}
		more := 0.0
		if c, ok := b.(companion); ok {
			more = c.company(s)
		}
		if _, ok := b.(*Signature); ok {
			most = s.Sheet.BlockHeight - float64(textAbove*s.Sheet.Lead())
		}
		if tail += more; more == 0 || tail > most+slack {
			tail = 0 // too much to keep on one page with what stands above
		}
	}
	f.startPage()
	f.compose(blocks)
	f.flush()
	for len(f.carried) > 0 {
		f.newPage()
	}
	f.endPage()
	if n := len(f.out.Pages); n > 1 && len(f.page.Ops) == 0 {
		f.out.Pages = f.out.Pages[:n-1] // it waited for what follows a turned page
	}
	return f.out, s.Err()
}

func (f *flow) compose(blocks []Block) {
	for len(blocks) > 0 {
		b := blocks[0]
		if n := group(blocks); n > 0 {
			f.flush()
			f.turnedPages(blocks[:n]...)
			blocks = blocks[n:]
			continue
		}
		if noBreak(blocks) {
			f.flush()
		}
		switch b.(type) {
		case Open, Close:
			b.place(f)
			blocks = blocks[1:]
			continue
		}
		f.together(blocks)
		blocks = blocks[1:]
		switch {
		case f.wait(b, blocks):
			// The gap below it goes with it.
			if len(blocks) > 0 {
				if _, gap := blocks[0].(Gap); gap {
					blocks = blocks[1:]
				}
			}
		case turns(b):
			f.turnedPages(b)
		default:
			keeps := b.keepsWithNext()
			b.place(f)
			f.headed = f.headed && (keeps || f.atHead()) // a break has put nothing there
		}
	}
}

// flow is the state of composing: the page at hand and how far it is filled.
type flow struct {
	setter  *Setter // its sheet is that of the pages at hand
	upright Sheet
	out     *Layout
	page    *Page
	y       float64 // filled from the top of the text block
	sunk    float64 // blank above what stands at the foot of the page
	foot    []*line // lines of footnotes at the page's foot
	carried []*line // lines of footnotes that found no room on the page before
	waiting []waiting
	turned  bool  // the pages at hand are turned
	heads   heads // at the foot of the page at hand
	headed  bool  // the page at hand has nothing but headings so far

	open []*Element // structure that blocks go into, the outermost first
	last *Element   // of the block before
}

// chain is the height of a block that keeps with the next, and so on, up to the
// least beginning of the first one that does not. What may wait for the next
// page needs no room where text follows it.
func (f *flow) chain(blocks []Block) float64 {
	need := 0.0
	for i, b := range blocks {
		if f.mayPass(b, blocks[i+1:], f.room()-need) {
			continue
		}
		switch p := floating(b); {
		case p == nil:
			need += b.minHeight(f)
		case len(f.waiting) == 0:
			need += p.smallest(f) // no text follows that could fill the page
		default:
			return math.Inf(1) // what waits comes before it
		}
		if !b.keepsWithNext() {
			break
		}
	}
	return need
}

// together starts a page where the first block has no room with what it keeps
// to.
func (f *flow) together(blocks []Block) {
	for blocks[0].keepsWithNext() && (!f.headed || f.crowded()) && f.chain(blocks) > f.room() {
		f.newPage()
	}
}

// crowded reports that titles fill the better half of the page, so that they may
// stand without what follows them: it could hardly be made small enough.
func (f *flow) crowded() bool {
	return f.headed && f.y > f.setter.Sheet.BlockHeight/2 && f.last != nil && !f.last.Tag.heads()
}

// mayPass reports that text after a floating block can go before it.
func (f *flow) mayPass(b Block, after []Block, room float64) bool {
	p := floating(b)
	return p != nil && (len(f.waiting) > 0 || p.minHeight(f) > room) && textFollows(after)
}

// textFollows reports that the next thing in the section is a paragraph, and not
// one that goes to a turned page with its table.
func textFollows(after []Block) bool {
	for i, next := range after {
		switch next.(type) {
		case Gap, Open, Close:
		case *Paragraph:
			return !noBreak(after[i:]) && group(after[i:]) == 0
		default:
			return false
		}
	}
	return false
}

// slack forgives the rounding of sums of line heights.
const slack = 0.05

// room is what is left of the page.
func (f *flow) room() float64 {
	return f.setter.Sheet.BlockHeight - f.y - f.footHeight(len(f.foot)) + slack
}

// makeRoom starts a page where the one at hand has no room for a block.
func (f *flow) makeRoom(b Block) {
	for b.minHeight(f) > f.room() && !f.atHead() {
		f.newPage()
	}
}

func (f *flow) atHead() bool { return f.y == 0 }

// gap is what skip would move down by: space that is not wanted at the head of
// a page, then up to the next line of the grid.
func (f *flow) gap(space float64, grid bool) float64 {
	if f.atHead() {
		return 0
	}
	y := f.y + space
	if grid {
		lead := f.setter.Sheet.Lead()
		y = float64(math.Ceil((y-slack)/lead) * lead)
	}
	return y - f.y
}

func (f *flow) skip(space float64, grid bool) { f.y += f.gap(space, grid) }

// take moves down by a line and takes its notes in.
func (f *flow) take(height float64, notes []*Note) {
	f.y += height
	for _, n := range notes {
		if n.placed {
			continue
		}
		n.placed = true
		for _, l := range f.noteLines(n) {
			l.of = n.element
			f.foot = append(f.foot, l)
		}
	}
	f.carry(0)
}

// roomFor is the height that lines take together with the notes they mark.
func (f *flow) roomFor(lines []*line, lead float64) float64 {
	var notes []*Note
	for _, l := range lines {
		notes = append(notes, l.notes()...)
	}
	return float64(float64(len(lines))*lead) + f.roomForNotes(notes)
}

func (f *flow) endPage() {
	f.page.filled, f.page.high = f.y-f.sunk, f.setter.Sheet.BlockHeight
	f.setNotes()
	f.page.into(nil)
}

// newPage starts a page, and puts what waited for it at its head.
func (f *flow) newPage() {
	if f.turned != f.page.Turned {
		f.startPage() // nothing goes from an upright page to a turned one
		return
	}
	headings, h := f.takeUp()
	height := f.y - h.top
	f.startPage()
	if !f.turned {
		f.settle()
	}
	if headings != nil {
		f.putDown(headings, h, height)
	}
}

func (f *flow) startPage() {
	if f.page != nil {
		f.endPage()
	}
	f.page, f.headed = &Page{Turned: f.turned}, true
	f.out.Pages = append(f.out.Pages, f.page)
	f.y, f.sunk, f.heads = 0, 0, heads{}
	f.foot, f.carried = f.carried, nil
	f.carry(f.setter.Sheet.Lead())
}

// mark puts an anchor at the line that starts at top, and lists the heading
// there.
func (f *flow) mark(anchor string, heading *Bookmark, top float64) {
	page := len(f.out.Pages) - 1
	if heading != nil {
		if anchor == "" {
			anchor = fmt.Sprintf("h%d", len(f.out.Bookmarks)+1)
		}
		b := *heading
		b.Anchor, b.Page, b.Y = anchor, page, top
		f.out.Bookmarks = append(f.out.Bookmarks, b)
	}
	f.page.add(Anchor{anchor, top})
}

// What keeps with the next block is put where that block should have room too
// ([flow.together]). Where it turns out on the way that the block has none after
// all, since something else came between them, the headings go along with it.

// heads is what stands at the foot of a page and keeps with the next block.
type heads struct {
	ops    int      // where they begin among the page's operations
	end    int      // and end; less than the page's where something stands below
	top    float64  // of the first, from the top of the text block
	marks  int      // bookmarks before them
	foot   int      // lines of footnotes before them
	within *Element // what the operations before them belong to
}

// begin takes down where a line that keeps with the next block is about to stand.
func (f *flow) begin() {
	if f.heads.end != len(f.page.Ops) {
		f.heads = heads{ops: len(f.page.Ops), top: f.y, marks: len(f.out.Bookmarks), foot: len(f.foot), within: f.page.within}
	}
}

// takeUp takes the headings at the foot of the page off it, where it has
// anything else.
func (f *flow) takeUp() (ops []Op, h heads) {
	h = f.heads
	if h.ops == 0 || h.end != len(f.page.Ops) || f.headed || h.foot != len(f.foot) {
		return nil, h
	}
	ops = append(ops, f.page.Ops[h.ops:]...)
	f.page.Ops, f.page.within = f.page.Ops[:h.ops], h.within
	return ops, h
}

// putDown puts them on the page at hand, height high.
func (f *flow) putDown(ops []Op, h heads, height float64) {
	for height > f.room() && !f.atHead() {
		f.newPage()
	}
	f.skip(0, true)
	down := f.y - h.top
	f.begin()
	f.heads.marks = h.marks
	for _, op := range ops {
		if into, ok := op.(Into); ok {
			f.page.within = into.Element
		}
		f.page.add(moved(op, func(_, y *float64) { *y += down }))
	}
	for i := range f.out.Bookmarks[h.marks:] {
		b := &f.out.Bookmarks[h.marks+i]
		b.Page, b.Y = len(f.out.Pages)-1, b.Y+down
	}
	f.heads.end = len(f.page.Ops)
	f.y += height
}
