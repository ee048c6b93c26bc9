package typeset

import (
	"math"
	"slices"
)

// Table is a ruled table. It breaks over pages between its rows, with its head
// repeated under a line that says so; a row taller than a page breaks inside.
type Table struct {
	plain
	Columns   []Column
	Head      []Row
	Rows      []Row
	Continued []Run   // above the head on later pages: 续表
	Size      float64 // of the type, for spacing
	Lead      float64 // height of a line
	Pad       float64 // above and below the lines of a cell
	Left      float64 // indent of the whole table
	Space     float64 // above it

	// Note stands right below the table, on the page of its last row.
	Note *Paragraph
	// Whole keeps the table on one page if a page is high enough.
	Whole bool
	// Form is a table that documents to be edited set as close as the sheets do.
	Form bool
	// Tight lists smaller values of Pad to try, in order, so that the table
	// fits on the page where it starts.
	Tight []float64

	turned    bool     // it is too wide for an upright page
	parts     []*Table // where it is too wide for a turned one too
	goesOn    bool     // it is a later part of a table
	widths    []float64
	head      grid
	body      grid
	continued *Paragraph
	tail      float64 // room for what keeps with its last rows
}

func (t *Table) keep(tail float64) { t.tail = tail }

// Column is one column. Share is its part of the table's width; columns
// without one share what is left by their contents.
type Column struct {
	Share float64
	Align Align
	Heads bool // its cells head their rows
}

// Row is the cells of one row, without those that a cell above reaches into.
type Row []Cell

// Cell is one cell of a table. Align overrides its column's where it is not
// Justify. Spans of 0 mean 1.
type Cell struct {
	Runs             []Run
	ColSpan, RowSpan int
	Align            Align
}

// fewestRows is how many rows of a table that breaks stand on either page.
const fewestRows = 3

// Joined reports whether a row of the body stays on the page of the next one, where pages
// are broken by who reads the document.
func (t *Table) Joined(row int) bool {
	n := len(t.Rows)
	return row < n-1 && (t.Whole || n < 2*fewestRows || row < fewestRows-1 || row >= n-fewestRows)
}

// padX is the space left and right of a cell's text.
const padX = 4.0

func (t *Table) prepare(s *Setter, width float64) {
	t.arrange()
	if t.needed(s) > width-t.Left {
		if turned := s.Sheet.Turned().BlockWidth; turned > width {
			t.turned, t.Left, width = true, 0, turned
		}
		if t.needed(s) > width && len(t.Columns) > 1 {
			if t.parts = t.divide(s, width); len(t.parts) > 1 {
				for _, part := range t.parts {
					part.arrange()
					part.fit(s, width)
				}
				return
			}
			t.parts = nil
		}
	}
	t.fit(s, width)
}

// arrange puts the cells in their places.
func (t *Table) arrange() {
	t.head = newGrid(t.Head, len(t.Columns))
	t.body = newGrid(t.Rows, len(t.Columns))
}

// fit breaks the cells' texts into lines for a table of the given width.
func (t *Table) fit(s *Setter, width float64) {
	t.widths = t.share(s, width-t.Left)
	for _, g := range []*grid{&t.head, &t.body} {
		for _, c := range g.cells {
			c.prepare(s, t)
		}
	}
	sheet := s.Sheet
	if t.turned {
		sheet = sheet.Turned()
	}
	if t.headHeight() > sheet.BlockHeight/2 {
		// A head that would fill every page is set once, as rows.
		var all []int
		for i := range t.Columns {
			all = append(all, i)
		}
		t.body = newGrid(slices.Concat(t.head.only(all), t.Rows), len(t.Columns))
		t.head = newGrid(nil, len(t.Columns))
		for _, c := range t.body.cells {
			c.prepare(s, t)
		}
	}
	if len(t.Continued) > 0 {
		t.continued = &Paragraph{Runs: t.Continued, Align: Left, Left: t.Left, Lead: t.Lead + 2}
		t.continued.prepare(s, width)
	}
	if t.Note != nil {
		t.Note.prepare(s, width)
	}
}

func (t *Table) minHeight(f *flow) float64 {
	if len(t.parts) > 0 {
		return t.parts[0].minHeight(f)
	}
	n := min(fewestRows, t.body.rows)
	if t.body.rows < 2*fewestRows {
		n = t.body.rows
	}
	if t.Whole && t.total() <= f.setter.Sheet.BlockHeight {
		return f.gap(t.Space, false) + t.total()
	}
	need := t.beginning(f, n)
	if n == t.body.rows && need+t.tail <= f.setter.Sheet.BlockHeight {
		need += t.tail
	}
	for n > 1 && need > f.setter.Sheet.BlockHeight {
		n--
		need = t.beginning(f, n)
	}
	return need
}

// beginning is the height of the head and the first n rows, with the notes that
// they mark.
func (t *Table) beginning(f *flow, n int) float64 {
	var notes []*Note
	for row := range n {
		notes = append(notes, t.body.notes(row)...)
	}
	return f.gap(t.Space, false) + t.headHeight() + t.height(&t.body, 0, n) + f.roomForNotes(notes)
}

// height is what rows from up to to take, with room for the cells that end
// there.
func (t *Table) height(g *grid, from, to int) float64 {
	total := 0.0
	for _, h := range t.heights(g, from, to) {
		total += h
	}
	return total
}

// total is the height of the whole table with its note.
func (t *Table) total() float64 {
	return t.headHeight() + t.height(&t.body, 0, t.body.rows) + t.noteHeight()
}

func (t *Table) headHeight() float64 { return t.height(&t.head, 0, t.head.rows) }

func (t *Table) noteHeight() float64 {
	if t.Note == nil {
		return 0
	}
	return t.Note.Space + float64(float64(len(t.Note.lines))*t.Note.Lead)
}

// heights returns the height of each of the rows. A cell over several rows that
// needs more than they have makes the last of them taller.
func (t *Table) heights(g *grid, from, to int) []float64 {
	heights := make([]float64, to-from)
	for i := range heights {
		heights[i] = max(t.Lead+2*t.Pad, g.minimum[from+i])
	}
	for _, c := range g.cells {
		if c.row1-c.row0 == 1 && c.row0 >= from && c.row0 < to {
			heights[c.row0-from] = max(heights[c.row0-from], t.textHeight(len(c.lines)))
		}
	}
	for _, c := range g.cells {
		if c.row1-c.row0 == 1 || c.row1 > to || c.row1 <= from {
			continue
		}
		have := 0.0
		for r := max(c.row0, from); r < c.row1; r++ {
			have += heights[r-from]
		}
		if need := t.textHeight(len(c.lines) - c.shown); need > have {
			heights[c.row1-1-from] += need - have
		}
	}
	return heights
}

func (t *Table) textHeight(lines int) float64 {
	return float64(float64(lines)*t.Lead) + float64(2*t.Pad)
}

func (t *Table) place(f *flow) {
	if len(t.parts) > 0 {
		t.placeParts(f)
		return
	}
	for t.minHeight(f) > f.room() && !f.atHead() && !t.underHeadings(f) {
		f.newPage()
	}
	t.belong(f)
	f.skip(t.Space, false)
	t.tighten(f)
	for from := 0; from < t.body.rows; {
		to := t.placeRows(f, from)
		if to == from || to < t.body.rows {
			f.newPage()
		}
		from = to
	}
	if t.Note != nil {
		t.Note.place(f)
	}
}

// placeRows places the rows from one on that fit on the page below the head,
// and returns up to which; none where they are to begin on the next page.
func (t *Table) placeRows(f *flow, from int) (to int) {
	for _, c := range t.head.cells {
		c.shown = 0
	}
	above := t.headHeight()
	goesOn := t.continued != nil && (from > 0 || t.goesOn)
	if goesOn {
		above += float64(float64(len(t.continued.lines)) * t.continued.Lead)
	}
	if to = t.fitting(f, from, above); to == from {
		if !f.atHead() && !t.underHeadings(f) {
			return from
		}
		f.carry(min(above+t.textHeight(1), f.setter.Sheet.BlockHeight-f.y))
		to = from + 1
		if above+t.height(&t.body, from, to) > f.room() {
			t.split(f, from, above)
		}
	}
	if goesOn {
		for _, l := range t.continued.lines {
			t.continued.set(f, l, false, t.continued.Lead)
		}
	}
	t.draw(f, &t.head, 0, t.head.rows)
	t.head.decorate() // on later pages it is a repetition
	t.draw(f, &t.body, from, to)
	f.headed = false
	return to
}

func (t *Table) placeParts(f *flow) {
	for i, part := range t.parts {
		if i > 0 && part.total()+part.Lead > f.room() {
			f.newPage()
		}
		f.skip(t.Space, false)
		part.place(f)
	}
}

// underHeadings reports that only headings stand above the table on its page, and
// that there is room to begin it below them.
func (t *Table) underHeadings(f *flow) bool {
	const lines = 3
	return f.headed && t.headHeight()+t.textHeight(lines) <= f.room()
}

// tighten takes the first padding with which the table fits on its page; the
// usual one where none does.
func (t *Table) tighten(f *flow) {
	usual := t.Pad
	for _, pad := range append([]float64{usual}, t.Tight...) {
		t.Pad = pad
		if t.total() <= f.room() {
			return
		}
	}
	t.Pad = usual
}

// fitting tells up to which row the table goes on this page.
func (t *Table) fitting(f *flow, from int, above float64) int {
	to := from
	var notes []*Note
	for to < t.body.rows {
		more := append(notes, t.body.notes(to)...)
		below := f.roomForNotes(more)
		if to+1 == t.body.rows && to > from {
			below += t.noteHeight() + t.tail
		}
		if above+t.height(&t.body, from, to+1)+below > f.room() {
			break
		}
		notes = more
		to++
	}
	if left := t.body.rows - to; left > 0 && left < fewestRows && to-from-(fewestRows-left) >= fewestRows {
		to = t.body.rows - fewestRows
	}
	return to
}

// split cuts a row that is taller than the page in two, the first of which
// fills the page.
func (t *Table) split(f *flow, row int, above float64) {
	room := f.room() - slack - above
	lines := max(1, int((room-2*t.Pad)/t.Lead))
	t.body.split(row, lines, max(room, t.textHeight(1)))
}

// share works out the columns' widths: no column is too narrow for its numbers, or for
// the short names that head its rows, as long as another has room to spare.
func (t *Table) share(s *Setter, total float64) []float64 {
	widths := t.portion(s, total)
	_, _, must := t.needs(s)
	for _, c := range t.body.cells {
		if name := c.sized(s).all; c.col1-c.col0 == 1 && t.Columns[c.col0].Heads && name <= nameEms*t.Size {
			must[c.col0] = max(must[c.col0], name+2*padX+1)
		}
	}
	lift(widths, must)
	return widths
}

// nameEms is how long a name may be that heads its row and is not parted, or elsewhere
// rather not.
const nameEms = 6

// lift widens what is narrower than it must be, at the cost of what has room to
// spare.
func lift(widths, must []float64) {
	lack, spare := 0.0, 0.0
	for i, w := range widths {
		lack += max(0, must[i]-w)
		spare += max(0, w-must[i])
	}
	if lack == 0 || spare == 0 {
		return
	}
	for i, w := range widths {
		if w < must[i] {
			widths[i] += float64((must[i] - w) * min(1, spare/lack))
		} else {
			widths[i] -= float64((w - must[i]) * min(1, lack/spare))
		}
	}
}

// portion shares a width by the columns' shares and contents.
func (t *Table) portion(s *Setter, total float64) []float64 {
	widths := make([]float64, len(t.Columns))
	rest := total
	var own, open []int // without a share; those that have no width yet
	for i, c := range t.Columns {
		if c.Share > 0 {
			widths[i] = float64(c.Share * total)
			rest -= widths[i]
		} else {
			own = append(own, i)
		}
	}
	open = own
	natural, pieces, _ := t.needs(s)
	for len(open) > 0 {
		// Columns that need no more than an even share get what they need.
		sum := sumOf(natural, open)
		if sum <= rest {
			for _, i := range open {
				widths[i] = natural[i] + (rest-sum)*natural[i]/sum
			}
			return widths
		}
		even := rest / float64(len(open))
		wide := slices.DeleteFunc(slices.Clone(open), func(i int) bool { return natural[i] <= even })
		if len(wide) == len(open) {
			break
		}
		for _, i := range open {
			if natural[i] <= even {
				widths[i] = natural[i]
				rest -= natural[i]
			}
		}
		open = wide
	}
	// The others share the rest by their contents, above what cannot be parted, and then so
	// that the rows are low.
	narrowest := slices.Clone(pieces)
	if sumOf(pieces, open) > rest {
		for _, i := range open {
			pieces[i] = min(pieces[i], float64(mostEms*t.Size)+2*padX)
		}
	}
	low := sumOf(pieces, open)
	more := 0.0
	for _, i := range open {
		more += natural[i] - pieces[i]
	}
	for _, i := range open {
		if low >= rest || more == 0 {
			widths[i] = rest * pieces[i] / low
		} else {
			widths[i] = pieces[i] + (rest-low)*(natural[i]-pieces[i])/more
		}
	}
	t.even(s, widths, narrowest, own)
	return widths
}

// even moves width between some of the columns, so many characters at a time, as long as
// that takes lines off the rows: a short text does not wrap for a long one.
func (t *Table) even(s *Setter, widths, narrowest []float64, columns []int) {
	const most = 8 // characters at a time
	texts := t.extents(s)
	now := t.cost(texts, widths)
	better := func(from, to int) bool {
		for n := 1; n <= most; n++ {
			by := float64(float64(n) * t.Size)
			if from == to || widths[from]-by < narrowest[from] {
				return false
			}
			widths[from], widths[to] = widths[from]-by, widths[to]+by
			if cost := t.cost(texts, widths); cost < now {
				now = cost
				return true
			}
			widths[from], widths[to] = widths[from]+by, widths[to]-by
		}
		return false
	}
	for moved := true; moved; {
		moved = false
		for _, from := range columns {
			for _, to := range columns {
				moved = better(from, to) || moved
			}
		}
	}
}

// extents returns how wide the text of each cell is in one line, by row and column; 0 of
// those over several columns.
func (t *Table) extents(s *Setter) [][]float64 {
	var texts [][]float64
	for _, g := range []*grid{&t.head, &t.body} {
		rows := make([][]float64, g.rows)
		for i := range rows {
			rows[i] = make([]float64, len(t.Columns))
		}
		for _, c := range g.cells {
			if c.col1-c.col0 == 1 {
				rows[c.row0][c.col0] = c.sized(s).whole
			}
		}
		texts = append(texts, rows...)
	}
	return texts
}

// cost is about how many lines the rows of texts take in columns of some widths, half a
// line more for a name that is parted, and, where that is the same, all of the texts.
func (t *Table) cost(texts [][]float64, widths []float64) int {
	const row = 1000 // more lines than any row has texts
	total := 0
	for _, texts := range texts {
		most := 1
		for i, wide := range texts {
			lines := max(1, int(math.Ceil((wide-slack)/max(1, widths[i]-2*padX))))
			if most, total = max(most, lines), total+lines; wide <= nameEms*t.Size {
				total += (lines - 1) * row / 2
			}
		}
		total += most * row
	}
	return total
}

// sumOf is the sum of some columns' widths.
func sumOf(widths []float64, columns []int) float64 {
	sum := 0.0
	for _, i := range columns {
		sum += widths[i]
	}
	return sum
}

// needs returns for each column its width with nothing broken, the width below
// which something would be torn apart, and that below which a number would be.
func (t *Table) needs(s *Setter) (natural, pieces, must []float64) {
	const fewestEms = 3
	natural = make([]float64, len(t.Columns))
	pieces = make([]float64, len(t.Columns))
	must = make([]float64, len(t.Columns))
	for i := range natural {
		pieces[i] = float64(fewestEms*t.Size) + 2*padX
		natural[i] = pieces[i]
		must[i] = t.Size + 2*padX
	}
	for _, g := range []*grid{&t.head, &t.body} {
		for _, c := range g.cells {
			if c.col1-c.col0 != 1 {
				continue
			}
			is := c.sized(s)
			natural[c.col0] = max(natural[c.col0], is.whole+2*padX+1)
			pieces[c.col0] = max(pieces[c.col0], is.piece+2*padX+1)
			must[c.col0] = max(must[c.col0], is.number+2*padX+1)
		}
	}
	return natural, pieces, must
}
