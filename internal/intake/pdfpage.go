package intake

import (
	"maps"
	"math"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// pdfMatrix is a transformation: a b c d e f.
type pdfMatrix [6]float64

func (m pdfMatrix) times(n pdfMatrix) pdfMatrix {
	return pdfMatrix{
		float64(m[0]*n[0]) + float64(m[1]*n[2]), float64(m[0]*n[1]) + float64(m[1]*n[3]),
		float64(m[2]*n[0]) + float64(m[3]*n[2]), float64(m[2]*n[1]) + float64(m[3]*n[3]),
		float64(m[4]*n[0]) + float64(m[5]*n[2]) + n[4], float64(m[4]*n[1]) + float64(m[5]*n[3]) + n[5],
	}
}

// around returns the rectangle around one that is transformed.
func (m pdfMatrix) around(b [4]float64) [4]float64 {
	out := [4]float64{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, corner := range [4][2]float64{{b[0], b[1]}, {b[2], b[1]}, {b[0], b[3]}, {b[2], b[3]}} {
		at := shift(corner[0], corner[1]).times(m)
		out = [4]float64{min(out[0], at[4]), min(out[1], at[5]), max(out[2], at[4]), max(out[3], at[5])}
	}
	return out
}

// shift is the transformation that moves.
func shift(x, y float64) pdfMatrix { return pdfMatrix{1, 0, 0, 1, x, y} }

// pdfPage reads one page.
type pdfPage struct {
	file       *pdfFile
	to         *File
	where      string
	directions []pdfDirection // in the order of their first characters
	glyphs     map[pdfDirection][]pdfGlyph
	count      int
	alternates []string // words that stand for drawn ones
	joins      []string // what a line break splits
	stacked    []*pdfCell
	box        [4]float64
	known      int        // visible characters that were read
	unknown    int        // characters whose code says nothing
	strange    [2]int     // the code before, where nothing known stands between, and how many follow each other
	covered    [32]uint32 // what pictures cover, of a page cut into 32 times 32 parts
	pictured   int
	tiling     bool                // a pattern is run, whose pictures cover what is painted with it
	outlines   int                 // small shapes, as of letters
	ink        bool                // something is painted that is no rectangle
	patterns   map[*pdfStream]bool // those that were run; true where they hold pictures
	broken     bool                // a part that could not be unpacked
}

// unread returns why the page may show words that are not known, "" where it does
// not: a picture covers most of it, whatever is written on it, letters are drawn as
// shapes, or a font does not say what its codes show.
func (p *pdfPage) unread() string {
	covered := 0
	for _, row := range p.covered {
		covered += bits.OnesCount32(row)
	}
	switch {
	case p.broken:
		return "有读不出的部分"
	case covered > 32*32/2, p.known < 10 && p.pictured > 0:
		return "是扫描的图片"
	case p.strange[1] > 1, p.unknown > 4 && p.unknown*10 > p.known:
		return "的文字没有编码"
	case p.known == 0 && p.ink, p.outlines > 5 && p.outlines*3 > p.known:
		return "的文字画成了线条"
	}
	return ""
}

func (p *pdfPage) read(page pdfDict) error {
	f := p.file
	p.box = f.box(f.inherited(page, "MediaBox"), [4]float64{0, 0, 595, 842})
	p.box = f.box(f.inherited(page, "CropBox"), p.box)
	var content []byte
	p.broken = page["Contents"] != nil && f.get(page["Contents"]) == nil
	for _, c := range f.list(page["Contents"]) {
		s, ok := f.get(c).(*pdfStream)
		if !ok {
			p.broken = true
			continue
		}
		part, ok, err := f.decode(s)
		if err != nil {
			return err
		}
		if !ok {
			p.broken = true
			continue
		}
		content = append(append(content, part...), '\n')
	}
	resources := f.dict(f.inherited(page, "Resources"))
	if err := p.run(content, resources, shift(0, 0), 0); err != nil {
		return err
	}
	for _, a := range f.list(page["Annots"]) {
		if err := p.annotation(f.dict(a)); err != nil {
			return err
		}
	}
	return nil
}

// box returns the corners of a rectangle, the lower left one first.
func (f *pdfFile) box(v any, usual [4]float64) [4]float64 {
	n, ok := f.numbers(v, 4)
	if !ok || n[0] == n[2] || n[1] == n[3] {
		return usual
	}
	return [4]float64{min(n[0], n[2]), min(n[1], n[3]), max(n[0], n[2]), max(n[1], n[3])}
}

// annotation draws what an annotation looks like, in each of its states.
func (p *pdfPage) annotation(a pdfDict) error {
	f := p.file
	looks := f.dict(a["AP"])
	rect := f.box(a["Rect"], [4]float64{0, 0, 1, 1})
	for _, key := range []pdfName{"N", "R", "D"} {
		states := []any{looks[key]}
		if d, ok := f.get(looks[key]).(pdfDict); ok {
			states = nil
			for _, state := range slices.Sorted(maps.Keys(d)) {
				states = append(states, d[state])
			}
		}
		for _, v := range states {
			if x, ok := f.get(v).(*pdfStream); ok {
				box := f.box(x.dict["BBox"], rect)
				if m, ok := f.matrix(x.dict["Matrix"]); ok {
					box = m.around(box)
				}
				sx, sy := (rect[2]-rect[0])/(box[2]-box[0]), (rect[3]-rect[1])/(box[3]-box[1])
				place := pdfMatrix{sx, 0, 0, sy, rect[0] - float64(box[0]*sx), rect[1] - float64(box[1]*sy)}
				if err := p.form(x, nil, place, 0); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (f *pdfFile) matrix(v any) (m pdfMatrix, ok bool) {
	n, ok := f.numbers(v, 6)
	if ok {
		copy(m[:], n)
	}
	return m, ok
}

// form runs a drawing within a drawing.
func (p *pdfPage) form(x *pdfStream, resources pdfDict, matrix pdfMatrix, depth int) error {
	part, ok, err := p.file.decode(x)
	if err != nil || !ok {
		p.broken = true
		return err
	}
	if m, ok := p.file.matrix(x.dict["Matrix"]); ok {
		matrix = m.times(matrix)
	}
	if own := p.file.dict(x.dict["Resources"]); own != nil {
		resources = own
	}
	return p.run(part, resources, matrix, depth+1)
}

// cover notes that a rectangle shows a picture, by the middles of the page's parts.
func (p *pdfPage) cover(b [4]float64) {
	w, h := (p.box[2]-p.box[0])/32, (p.box[3]-p.box[1])/32
	for i := range p.covered {
		if y := p.box[1] + float64((float64(i)+0.5)*h); y > b[1] && y < b[3] {
			for k := range 32 {
				if x := p.box[0] + float64((float64(k)+0.5)*w); x > b[0] && x < b[2] {
					p.covered[i] |= 1 << k
				}
			}
		}
	}
}

// overlap returns what two rectangles share.
func overlap(a, b [4]float64) [4]float64 {
	return [4]float64{max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])}
}

// pdfState is what q saves.
type pdfState struct {
	matrix     pdfMatrix
	font       *pdfFont
	size       float64
	charSpace  float64
	wordSpace  float64
	scale      float64
	leading    float64
	mode       float64    // 3 and 7 paint nothing
	clip       [4]float64 // nothing is painted outside of it
	tiled      bool       // the colour is a pattern with pictures
	atLine, at pdfMatrix
}

// move starts a line of text at a distance from the one before.
func (s *pdfState) move(x, y float64) {
	s.atLine = shift(x, y).times(s.atLine)
	s.at = s.atLine
}

// pdfRun interprets one content stream of a page.
type pdfRun struct {
	*pdfPage
	pdfState
	resources pdfDict
	depth     int
	lexer     *pdfLexer
	stack     []pdfState
	args      []any
	path      pdfPath
}

// pdfPath is what the next operator paints.
type pdfPath struct {
	shapes, small int        // parts, and those of them that are as small as letters and beside another
	box           [4]float64 // around all parts, on the page
	points        int        // of the part
	part          [4]float64 // around its points
	curved        bool       // something in it is no rectangle
	clips         bool
	before        [4]float64 // around the small part before
	count         int        // of its points
}

func (p *pdfPage) run(content []byte, resources pdfDict, matrix pdfMatrix, depth int) error {
	if depth > 12 {
		p.broken = true // what it says is not known
		return nil
	}
	r := &pdfRun{
		pdfPage: p, resources: resources, depth: depth, lexer: &pdfLexer{data: content, file: p.file},
		pdfState: pdfState{matrix: matrix, scale: 1, atLine: shift(0, 0), at: shift(0, 0), clip: p.box},
	}
	for {
		v, err := r.lexer.value(0)
		switch op, ok := v.(pdfWord); {
		case err == errPDFEnd:
			return nil
		case err == errBounds:
			return err
		case err != nil:
			p.broken = true
			return nil
		case ok:
			if p.file.operations++; p.file.operations > 4_000_000 {
				return errBounds
			}
			if err := r.do(op); err != nil {
				return err
			}
			r.args = r.args[:0]
		case len(r.args) < 64:
			r.args = append(r.args, v)
		}
	}
}

// arg returns an argument of the operator; nil where it is not there.
func (r *pdfRun) arg(i int) any {
	if i < 0 || i >= len(r.args) {
		return nil
	}
	return r.args[i]
}

func (r *pdfRun) number(i int) float64 {
	n, _ := r.arg(i).(float64)
	return n
}

func (r *pdfRun) matrixOf() (m pdfMatrix) {
	for i := range m {
		m[i] = r.number(i)
	}
	return m
}

func (r *pdfRun) do(op pdfWord) (err error) {
	switch op {
	case "q":
		if len(r.stack) < 512 {
			r.stack = append(r.stack, r.pdfState)
		}
	case "Q":
		if last := len(r.stack) - 1; last >= 0 {
			r.pdfState, r.stack = r.stack[last], r.stack[:last]
		}
	case "cm":
		r.matrix = r.matrixOf().times(r.matrix)
	case "BI":
		r.picture()
		r.lexer.skipInlineImage()
	case "Do":
		return r.draw()
	case "scn", "SCN", "cs", "g", "rg", "k", "sc":
		return r.colour()
	case "BDC", "DP":
		r.alternate()
	case "Tf":
		if name, ok := r.arg(0).(pdfName); ok {
			r.font, err = r.file.font(r.file.dict(r.resources["Font"])[name])
		}
		r.size = r.number(1)
	case "gs":
		name, _ := r.arg(0).(pdfName)
		state := r.file.dict(r.file.dict(r.resources["ExtGState"])[name])
		if list := r.file.list(state["Font"]); len(list) == 2 {
			r.font, err = r.file.font(list[0])
			r.size, _ = r.file.get(list[1]).(float64)
		}
	default:
		if !r.paint(op) {
			err = r.text(op)
		}
	}
	return err
}

// picture notes a picture that fills the unit square.
func (r *pdfRun) picture() {
	if r.pictured++; !r.tiling {
		r.cover(overlap(r.matrix.around([4]float64{0, 0, 1, 1}), r.clip))
	}
}

// paint carries out an operator of paths; false for another one.
func (r *pdfRun) paint(op pdfWord) bool {
	path := &r.path
	switch op {
	case "m":
		path.end(r.matrix)
		path.add(r.number(0), r.number(1))
	case "l":
		path.add(r.number(0), r.number(1))
		path.curved = path.curved || path.points > 2
	case "c", "v", "y":
		path.add(r.number(len(r.args)-2), r.number(len(r.args)-1))
		path.points += 2
		path.curved = true
	case "re":
		path.end(r.matrix)
		path.add(r.number(0), r.number(1))
		path.add(r.number(0)+r.number(2), r.number(1)+r.number(3))
		path.end(r.matrix)
	case "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "n":
		r.finish(op)
	case "W", "W*":
		path.clips = true
	case "h":
	default:
		return false
	}
	return true
}

// finish paints a path, or clips by it.
func (r *pdfRun) finish(op pdfWord) {
	path := &r.path
	path.end(r.matrix)
	if op != "n" {
		r.ink = r.ink || path.curved || path.shapes > 8
		if op != "S" && op != "s" {
			r.outlines += path.small
			if r.tiled {
				r.cover(overlap(path.box, r.clip))
			}
		}
	}
	if path.clips && path.shapes > 0 {
		r.clip = overlap(r.clip, path.box)
	}
	*path = pdfPath{before: path.before, count: path.count}
}

func (path *pdfPath) add(x, y float64) {
	if path.points++; path.points == 1 {
		path.part = [4]float64{x, y, x, y}
	}
	path.part = [4]float64{min(path.part[0], x), min(path.part[1], y), max(path.part[2], x), max(path.part[3], y)}
}

// end ends a part of the path, which may be a letter.
func (path *pdfPath) end(m pdfMatrix) {
	if path.points == 0 {
		return
	}
	box := m.around(path.part)
	if path.shapes++; path.shapes == 1 {
		path.box = box
	}
	path.box = [4]float64{min(path.box[0], box[0]), min(path.box[1], box[1]), max(path.box[2], box[2]), max(path.box[3], box[3])}
	if size := max(box[2]-box[0], box[3]-box[1]); path.points > 3 && size > 3 && size < 60 {
		near := box[0]-path.before[2] < size && path.before[0]-box[2] < size && min(box[3], path.before[3]) > max(box[1], path.before[1])
		if near && path.points != path.count {
			path.small++
		}
		path.before, path.count = box, path.points
	}
	path.points = 0
}

// text carries out an operator of text.
func (r *pdfRun) text(op pdfWord) error {
	switch op {
	case "BT":
		r.atLine, r.at = shift(0, 0), shift(0, 0)
	case "Td":
		r.move(r.number(0), r.number(1))
	case "TD":
		r.leading = -r.number(1)
		r.move(r.number(0), r.number(1))
	case "T*":
		r.move(0, -r.leading)
	case "Tm":
		r.atLine = r.matrixOf()
		r.at = r.atLine
	case "Tj", "TJ":
		return r.show(r.arg(0))
	case "\"":
		r.wordSpace, r.charSpace = r.number(0), r.number(1)
		fallthrough
	case "'":
		r.move(0, -r.leading)
		return r.show(r.arg(len(r.args) - 1))
	default:
		r.set(op)
	}
	return nil
}

// set sets a parameter of text.
func (r *pdfRun) set(op pdfWord) {
	switch op {
	case "TL":
		r.leading = r.number(0)
	case "Tc":
		r.charSpace = r.number(0)
	case "Tw":
		r.wordSpace = r.number(0)
	case "Tz":
		r.scale = r.number(0) / 100
	case "Tr":
		r.mode = r.number(0)
	}
}

// draw runs the form that Do draws, or notes the picture.
func (r *pdfRun) draw() error {
	f := r.file
	name, _ := r.arg(0).(pdfName)
	named := f.dict(r.resources["XObject"])[name]
	x, ok := f.get(named).(*pdfStream)
	if !ok {
		r.broken = r.broken || named != nil
		return nil
	}
	if f.get(x.dict["Subtype"]) == pdfName("Image") {
		r.picture()
		if !f.pictured[x] {
			r.to.Pictures = append(r.to.Pictures, Embedded{Name: r.where + "的图片", Data: f.photo(x)})
		}
		return nil
	}
	return r.form(x, r.resources, r.matrix, r.depth)
}

// colour sets what paths are filled with: the drawing of a pattern is run, once.
func (r *pdfRun) colour() error {
	name, _ := r.arg(len(r.args) - 1).(pdfName)
	x, ok := r.file.get(r.file.dict(r.resources["Pattern"])[name]).(*pdfStream)
	if r.tiled = ok && r.patterns[x]; !ok {
		return nil
	}
	if _, known := r.patterns[x]; known {
		return nil
	}
	if r.patterns == nil {
		r.patterns = map[*pdfStream]bool{}
	}
	r.patterns[x] = false
	before, outer := r.pictured, r.tiling
	r.tiling = true
	err := r.form(x, r.resources, shift(0, 0), r.depth)
	r.tiling = outer
	r.tiled = r.pictured > before
	r.patterns[x] = r.tiled
	return err
}

// alternate keeps the words that stand for the content which follows.
func (r *pdfRun) alternate() {
	v := r.arg(1)
	if name, ok := v.(pdfName); ok {
		v = r.file.dict(r.resources["Properties"])[name]
	}
	d := r.file.dict(v)
	for _, key := range []pdfName{"ActualText", "Alt", "E", "Contents"} {
		if s := r.file.words(d[key]); utf8.RuneCountInString(s) > 1 && len(r.alternates) < maxPieces {
			r.alternates = append(r.alternates, s)
		}
	}
}

// maxGlyphs bounds the characters of a page.
const maxGlyphs = 500_000

// show writes a string in the current font, moves by a number, or does both.
func (r *pdfRun) show(v any) error {
	font := r.font
	if font == nil {
		font = latinFont
	}
	switch v := v.(type) {
	case []any:
		for _, v := range v {
			if err := r.show(v); err != nil {
				return err
			}
		}
	case float64:
		if by := -v / 1000 * r.size; font.vertical {
			r.at = shift(0, by).times(r.at)
		} else {
			r.at = shift(by*r.scale, 0).times(r.at)
		}
	case pdfString:
		for len(v) > 0 {
			n, code := font.next(v)
			v = v[n:]
			if r.count++; r.count > maxGlyphs {
				return errBounds
			}
			r.put(font, r.shown(font, code, n), code, n)
		}
	}
	return nil
}

// shown returns what a code shows, and counts whether it is known.
func (r *pdfRun) shown(font *pdfFont, code, n int) string {
	shown, ok := font.unicode(code, n)
	switch {
	case !ok:
		r.stranger(code)
		return "\ufffd"
	case strings.TrimSpace(shown) != "":
		r.strange[0] = 0
		if r.mode != 3 && r.mode != 7 {
			r.known += utf8.RuneCountInString(shown)
		}
	}
	return shown
}

// stranger notes a code that says nothing. One sign in a row, as a bullet, may be
// an ornament; different ones are words.
func (r *pdfRun) stranger(code int) {
	r.unknown++
	if before := r.strange[0]; before != 0 && before != code+1 {
		r.strange[1] = 2
	}
	r.strange[0] = code + 1
}

// put places a character, and moves behind it.
func (r *pdfRun) put(font *pdfFont, shown string, code, n int) {
	at := r.at.times(r.matrix)
	space := r.charSpace
	if n == 1 && code == ' ' {
		space += r.wordSpace
	}
	if font.vertical {
		by := space - r.size // downwards; negative space widens
		unit := math.Sqrt(float64(at[2]*at[2]) + float64(at[3]*at[3]))
		r.place(shown, at[4], at[5], at[2]*by, at[3]*by, by*unit, r.size*unit)
		r.at = shift(0, by).times(r.at)
		return
	}
	width := float64(font.width(code)/1000*r.size*r.scale) + float64(space*r.scale)
	along := math.Sqrt(float64(at[0]*at[0]) + float64(at[1]*at[1]))
	up := math.Sqrt(float64(at[2]*at[2]) + float64(at[3]*at[3]))
	forward := 1.0
	if r.size*r.scale < 0 {
		forward = -1
	}
	r.place(shown, at[4], at[5], at[0]*forward, at[1]*forward, width*along, r.size*up)
	r.at = shift(width, 0).times(r.at)
}
