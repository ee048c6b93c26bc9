package intake

import (
	"math"
	"strings"
	"unicode/utf8"

	"wangjian/internal/linebreak"
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

// shift is the transformation that moves.
func shift(x, y float64) pdfMatrix { return pdfMatrix{1, 0, 0, 1, x, y} }

// pdfPage reads one page.
type pdfPage struct {
	file     *pdfFile
	lines    []string
	line     strings.Builder
	started  bool
	x, y     float64 // where the line's last word ended
	known    int     // characters that were read
	unknown  int     // characters whose code says nothing
	pictures int
	broken   bool // a part that could not be unpacked
}

func (p *pdfPage) read(page pdfDict) error {
	f := p.file
	var content []byte
	list, ok := f.get(page["Contents"]).([]any)
	if !ok {
		list = []any{page["Contents"]}
	}
	for _, c := range list {
		s, ok := f.get(c).(*pdfStream)
		if !ok {
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
	resources, _ := f.inherited(page, "Resources").(pdfDict)
	if err := p.run(content, resources, shift(0, 0), 0); err != nil {
		return err
	}
	p.flush()
	return nil
}

// tell adds the page's lines, and what a line break splits.
func (p *pdfPage) tell(t *File, where string) {
	for i, line := range p.lines {
		t.add(where, line)
		if i == 0 {
			continue
		}
		tail, head := []rune(strings.TrimRight(p.lines[i-1], " \t")), []rune(strings.TrimLeft(line, " \t"))
		if len(tail) > 0 && len(head) > 0 && numeral(tail[len(tail)-1]) && numeral(head[0]) {
			t.add(where, string(tail[max(0, len(tail)-24):])+string(head[:min(24, len(head))]))
		}
	}
}

func numeral(r rune) bool {
	return linebreak.IsNumeral(r) || strings.ContainsRune("-－—", r)
}

func (p *pdfPage) flush() {
	if p.line.Len() > 0 {
		p.lines = append(p.lines, p.line.String())
	}
	p.line.Reset()
	p.started = false
}

// write puts a word at its place: on the same line, behind a gap, or on a new
// line.
func (p *pdfPage) write(text string, x, y, width, size float64) {
	if size <= 0 {
		size = 1
	}
	if p.started {
		dx, dy := x-p.x, y-p.y
		switch {
		case dy > 0.5*size || dy < -0.5*size:
			p.flush()
		case dx > 1.6*size || dx < -2*size:
			p.line.WriteByte('\t')
		case dx > 0.2*size:
			p.line.WriteByte(' ')
		}
	}
	p.line.WriteString(text)
	p.x, p.y, p.started = x+width, y, true
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
}

func (p *pdfPage) run(content []byte, resources pdfDict, matrix pdfMatrix, depth int) error {
	if depth > 12 {
		p.broken = true // what it says is not known
		return nil
	}
	r := &pdfRun{
		pdfPage: p, resources: resources, depth: depth, lexer: &pdfLexer{data: content, file: p.file},
		pdfState: pdfState{matrix: matrix, scale: 1, atLine: shift(0, 0), at: shift(0, 0)},
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
	case "BI": // an inline picture
		r.pictures++
		r.lexer.skipInlineImage()
	case "Do":
		return r.draw()
	case "Tf":
		if len(r.args) < 2 {
			return nil
		}
		if name, ok := r.args[0].(pdfName); ok {
			r.font, err = r.file.font(r.file.dict(r.resources["Font"])[name])
		}
		r.size = r.number(1)
	default:
		r.text(op)
	}
	return err
}

// text carries out an operator of text.
func (r *pdfRun) text(op pdfWord) {
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
	case "TL":
		r.leading = r.number(0)
	case "Tc":
		r.charSpace = r.number(0)
	case "Tw":
		r.wordSpace = r.number(0)
	case "Tz":
		r.scale = r.number(0) / 100
	case "Tj":
		r.show(r.arg(0))
	case "'", "\"":
		r.move(0, -r.leading)
		r.show(r.arg(len(r.args) - 1))
	case "TJ":
		list, _ := r.arg(0).([]any)
		for _, v := range list {
			r.show(v)
		}
	}
}

// draw reads the form that Do draws, or counts the picture.
func (r *pdfRun) draw() error {
	f := r.file
	name, _ := r.arg(0).(pdfName)
	x, ok := f.get(f.dict(r.resources["XObject"])[name]).(*pdfStream)
	if !ok {
		return nil
	}
	if x.dict["Subtype"] == pdfName("Image") {
		r.pictures++
		return nil
	}
	part, ok, err := f.decode(x)
	if err != nil || !ok {
		r.broken = true
		return err
	}
	inner := r.matrix
	if m, ok := f.get(x.dict["Matrix"]).([]any); ok && len(m) == 6 {
		var own pdfMatrix
		for i := range own {
			own[i], _ = f.get(m[i]).(float64)
		}
		inner = own.times(inner)
	}
	own, ok := f.get(x.dict["Resources"]).(pdfDict)
	if !ok {
		own = r.resources
	}
	return r.run(part, own, inner, r.depth+1)
}

// show writes a string in the current font, or moves by a number.
func (r *pdfRun) show(v any) {
	if by, ok := v.(float64); ok {
		r.at = shift(-by/1000*r.size*r.scale, 0).times(r.at)
	}
	text, _ := v.(pdfString)
	font := r.font
	if font == nil {
		font = latinFont
	}
	for len(text) > 0 {
		n, code := font.next(text)
		if n == 0 {
			return
		}
		text = text[n:]
		shown, ok := font.unicode(code, n)
		if ok {
			r.known += utf8.RuneCountInString(shown)
		} else {
			r.unknown++
			shown = "\ufffd"
		}
		at := r.at.times(r.matrix)
		width := float64(font.width(code)/1000*r.size*r.scale) + float64(r.charSpace*r.scale)
		if n == 1 && code == 32 {
			width += float64(r.wordSpace * r.scale)
		}
		unit := math.Abs(at[0]) + math.Abs(at[1])
		size := r.size * (math.Abs(at[3]) + math.Abs(at[2]))
		r.write(shown, at[4], at[5], width*unit, math.Abs(size))
		r.at = shift(width, 0).times(r.at)
	}
}
