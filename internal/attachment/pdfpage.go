package attachment

import (
	"strings"
	"unicode/utf8"
)

// matrix is a transformation: a b c d e f.
type pdfMatrix [6]float64

func (m pdfMatrix) times(n pdfMatrix) pdfMatrix {
	return pdfMatrix{
		float64(m[0]*n[0]) + float64(m[1]*n[2]), float64(m[0]*n[1]) + float64(m[1]*n[3]),
		float64(m[2]*n[0]) + float64(m[3]*n[2]), float64(m[2]*n[1]) + float64(m[3]*n[3]),
		float64(m[4]*n[0]) + float64(m[5]*n[2]) + n[4], float64(m[4]*n[1]) + float64(m[5]*n[3]) + n[5],
	}
}

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
	if err := p.run(content, resources, pdfMatrix{1, 0, 0, 1, 0, 0}, 0); err != nil {
		return err
	}
	p.flush()
	return nil
}

// tell adds the page's lines, and what a line break splits.
func (p *pdfPage) tell(t *Text, where string) error {
	for i, line := range p.lines {
		if err := t.add(where, line); err != nil {
			return err
		}
		if i == 0 {
			continue
		}
		tail, head := []rune(strings.TrimRight(p.lines[i-1], " \t")), []rune(strings.TrimLeft(line, " \t"))
		if len(tail) > 0 && len(head) > 0 && numeral(tail[len(tail)-1]) && numeral(head[0]) {
			if err := t.add(where, string(tail[max(0, len(tail)-24):])+string(head[:min(24, len(head))])); err != nil {
				return err
			}
		}
	}
	return nil
}

func numeral(r rune) bool {
	return r >= '0' && r <= '9' || r >= '０' && r <= '９' || strings.ContainsRune("-－—", r)
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
	line, text pdfMatrix
}

// run interprets a content stream.
func (p *pdfPage) run(content []byte, resources pdfDict, matrix pdfMatrix, depth int) error {
	if depth > 12 {
		p.broken = true // what it says is not known
		return nil
	}
	f := p.file
	s := pdfState{matrix: matrix, scale: 1, line: pdfMatrix{1, 0, 0, 1, 0, 0}, text: pdfMatrix{1, 0, 0, 1, 0, 0}}
	var stack []pdfState
	var args []any
	number := func(i int) float64 {
		if i < 0 || i >= len(args) {
			return 0
		}
		n, _ := args[i].(float64)
		return n
	}
	move := func(x, y float64) {
		s.line = pdfMatrix{1, 0, 0, 1, x, y}.times(s.line)
		s.text = s.line
	}
	show := func(v any) {
		switch v := v.(type) {
		case pdfString:
			p.show(&s, v)
		case float64:
			s.text = pdfMatrix{1, 0, 0, 1, -v / 1000 * s.size * s.scale, 0}.times(s.text)
		}
	}
	lexer := &pdfLexer{data: content, file: f}
	for {
		v, err := lexer.value(0)
		if err == errPDFEnd {
			return nil
		}
		if err != nil {
			if err == errBounds {
				return err
			}
			p.broken = true
			return nil
		}
		op, ok := v.(pdfWord)
		if !ok {
			if len(args) < 64 {
				args = append(args, v)
			}
			continue
		}
		if f.operations++; f.operations > 4_000_000 {
			return errBounds
		}
		switch op {
		case "q":
			if len(stack) < 512 {
				stack = append(stack, s)
			}
		case "Q":
			if len(stack) > 0 {
				s, stack = stack[len(stack)-1], stack[:len(stack)-1]
			}
		case "cm":
			s.matrix = pdfMatrix{number(0), number(1), number(2), number(3), number(4), number(5)}.times(s.matrix)
		case "BT":
			s.line, s.text = pdfMatrix{1, 0, 0, 1, 0, 0}, pdfMatrix{1, 0, 0, 1, 0, 0}
		case "Tf":
			if len(args) >= 2 {
				if name, ok := args[0].(pdfName); ok {
					s.font, err = f.font(f.dict(resources["Font"])[name])
					if err != nil {
						return err
					}
				}
				s.size = number(1)
			}
		case "Td":
			move(number(0), number(1))
		case "TD":
			s.leading = -number(1)
			move(number(0), number(1))
		case "T*":
			move(0, -s.leading)
		case "Tm":
			s.line = pdfMatrix{number(0), number(1), number(2), number(3), number(4), number(5)}
			s.text = s.line
		case "TL":
			s.leading = number(0)
		case "Tc":
			s.charSpace = number(0)
		case "Tw":
			s.wordSpace = number(0)
		case "Tz":
			s.scale = number(0) / 100
		case "Tj":
			if len(args) > 0 {
				show(args[0])
			}
		case "'", "\"":
			move(0, -s.leading)
			if len(args) > 0 {
				show(args[len(args)-1])
			}
		case "TJ":
			if len(args) > 0 {
				if list, ok := args[0].([]any); ok {
					for _, v := range list {
						show(v)
					}
				}
			}
		case "BI": // an inline picture
			p.pictures++
			lexer.skipInlineImage()
		case "Do":
			if len(args) == 0 {
				break
			}
			name, _ := args[0].(pdfName)
			x, ok := f.get(f.dict(resources["XObject"])[name]).(*pdfStream)
			if !ok {
				break
			}
			if x.dict["Subtype"] == pdfName("Image") {
				p.pictures++
				break
			}
			part, ok, err := f.decode(x)
			if err != nil {
				return err
			}
			if !ok {
				p.broken = true
				break
			}
			inner := s.matrix
			if m, ok := f.get(x.dict["Matrix"]).([]any); ok && len(m) == 6 {
				var own pdfMatrix
				for i := range own {
					own[i], _ = f.get(m[i]).(float64)
				}
				inner = own.times(inner)
			}
			own, ok := f.get(x.dict["Resources"]).(pdfDict)
			if !ok {
				own = resources
			}
			if err := p.run(part, own, inner, depth+1); err != nil {
				return err
			}
		}
		args = args[:0]
	}
}

// show writes a string in the current font.
func (p *pdfPage) show(s *pdfState, text pdfString) {
	font := s.font
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
			p.known += utf8.RuneCountInString(shown)
		} else {
			p.unknown++
			shown = "\ufffd"
		}
		at := s.text.times(s.matrix)
		width := float64(font.width(code)/1000*s.size*s.scale) + float64(s.charSpace*s.scale)
		if n == 1 && code == 32 {
			width += float64(s.wordSpace * s.scale)
		}
		unit := abs(at[0]) + abs(at[1])
		size := s.size * (abs(at[3]) + abs(at[2]))
		p.write(shown, at[4], at[5], width*unit, abs(size))
		s.text = pdfMatrix{1, 0, 0, 1, width, 0}.times(s.text)
	}
}

func abs(f float64) float64 {
	if f < 0 {
		return -f
	}
	return f
}
