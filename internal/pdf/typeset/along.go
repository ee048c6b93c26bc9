package typeset

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
