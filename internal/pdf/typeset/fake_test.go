package typeset

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// fake is a font with the widths of Chinese type: a full em, and half an em
// for ASCII. It lacks the characters of missing.
type fake struct {
	name    string
	missing string
	same    map[rune]rune // characters drawn with another's glyph
	half    *fake         // of its marks; made when it is first asked for
	whole   *fake         // the font that it is the half of
}

func (f *fake) Name() string { return f.name }

func (f *fake) Glyph(r rune) (id uint, advance int, ok bool) {
	if strings.ContainsRune(f.missing, r) {
		return 0, 0, false
	}
	id, advance = uint(r), 1000
	if o, same := f.same[r]; same {
		id = uint(o)
	}
	if r < utf8.RuneSelf || f.whole != nil {
		advance = 500
	}
	return id, advance, true
}

func (f *fake) Half(r rune) Font {
	if f.whole != nil || side(r) == neither {
		return nil
	}
	if f.half == nil {
		f.half = &fake{name: f.name + "-half", whole: f}
	}
	return f.half
}

// fakes returns the same fonts for every role.
type fakes []Font

func (f fakes) For(Role) []Font { return f }

func newFake() *Setter {
	return NewSetter(A4, fakes{&fake{name: "a"}}, []string{"万元", "个次"})
}

var bodyStyle = Style{Size: 16}

func runsOf(text string) []Run { return []Run{{Text: text, Style: bodyStyle}} }

// linesOf breaks a text into lines of so many ems, without a grid.
func linesOf(text string, ems float64) []string {
	s := newFake()
	var out []string
	for _, l := range s.fill(s.glyphs(runsOf(text)), ems*bodyStyle.Size, 0, false) {
		out = append(out, l.String())
	}
	return out
}

func (l *line) String() string {
	var b strings.Builder
	for _, g := range l.glyphs {
		b.WriteRune(g.r)
	}
	return b.String()
}

// textLine is what stands on one baseline of a page.
type textLine struct {
	page     int
	y        float64
	from, to float64
	text     string
}

// textLines reads a layout's lines back from its operations.
func textLines(t *testing.T, pages []*Page) []textLine {
	t.Helper()
	var lines []textLine
	for i, p := range pages {
		for _, op := range p.Ops {
			x, ok := op.(Text)
			if !ok {
				continue
			}
			to := x.X
			n := utf8.RuneCountInString(x.Text)
			for k, r := range []rune(x.Text) {
				_, advance, _ := x.Font.Glyph(r)
				to += float64(advance) * x.Size / 1000
				if k < n-1 {
					to += x.Spacing
				}
			}
			// Cells of a table stand further apart than characters of a line.
			if last := len(lines) - 1; last >= 0 && lines[last].page == i && lines[last].y == x.Y && x.X > lines[last].to-1 && x.X < lines[last].to+7.5 {
				lines[last].text += x.Text
				lines[last].to = to
				continue
			}
			lines = append(lines, textLine{i, x.Y, x.X, to, x.Text})
		}
	}
	return lines
}

// inside reports lines that leave the text block.
func inside(t *testing.T, lines []textLine) {
	t.Helper()
	const hair = 0.05
	left, right := A4.Left, A4.Left+A4.BlockWidth
	top, bottom := A4.Top, A4.Top+A4.BlockHeight
	for _, l := range lines {
		if l.from < left-hair || l.to > right+hair || l.y < top || l.y > bottom {
			t.Errorf("第 %d 页的行越出版心：%.2f–%.2f，基线 %.2f：%q", l.page+1, l.from-left, l.to-left, l.y-top, l.text)
		}
	}
}

// joined returns all text of the lines without spaces.
func joined(lines []textLine) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.text)
	}
	return strings.ReplaceAll(b.String(), " ", "")
}

func compose(t *testing.T, blocks ...Block) *Layout {
	t.Helper()
	l, err := Compose(newFake(), blocks)
	if err != nil {
		t.Fatal(err)
	}
	return l
}
