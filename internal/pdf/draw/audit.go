package draw

import (
	"image"
	"io/fs"
	"math"
	"path"
	"slices"
	"unicode"

	outlines "golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"wangjian/internal/pdf/typeset"
)

// A font may draw a symbol as another one, or too small to read: a yen as a
// dollar. So symbols are compared as pictures with a face that is right, and what
// is unlike comes from the next font.

// symbols are those that are compared.
const symbols = "$¢£¥€＄￠￡￥©®™§¶†‡°№℃℉‰%＆&@#*+±×÷=≠≈≡<>≤≥∞√∑∏∫∮∠⊥∥∩∪∈∵∴∝←↑→↓■□▲△▼▽◆◇○●◎★☆※♀♂㎡㎞㎝㎜㎏①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"

// side is that of the square that an outline is scaled to. It is small, so that
// thin and thick strokes are alike.
const side = 8

// picture is the ink of a character: its outline, and the height of it in
// thousandths of an em.
type picture struct {
	ink    [side * side]uint8
	height int
}

// references are the faces that are right.
type references []*painter

func referencesIn(layouts fs.FS) (references, error) {
	var list references
	for _, name := range []string{fallback, files[typeset.Hei]} {
		data, err := fs.ReadFile(layouts, path.Join(folder, name))
		if err != nil {
			return nil, err
		}
		p, err := painterOf(data)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// What a picture must have in common with that of a reference: the form, and the
// height in parts of its.
const (
	leastLike     = 0.5
	leastHeight   = 0.75
	greatestRatio = 1.5
)

// unlike lists the symbols that a font draws otherwise than every reference.
func (refs references) unlike(data []byte) (list []rune) {
	p, err := painterOf(data)
	if err != nil {
		return nil // gopdf has read it, and so has this package
	}
	for _, r := range symbols {
		drawn, ok := p.picture(r)
		if !ok {
			continue
		}
		known, alike := false, false
		for _, ref := range refs {
			right, ok := ref.picture(r)
			known = known || ok
			ratio := float64(drawn.height) / float64(max(right.height, 1))
			alike = alike || ok && likeness(&drawn, &right) >= leastLike && ratio >= leastHeight && ratio <= greatestRatio
		}
		if known && !alike {
			list = append(list, r)
		}
	}
	return list
}

// Doubt is what a font of a campaign's own draws as nothing, or as something
// else; papers take it from the next font.
type Doubt struct {
	File          string // below the layouts
	Empty, Unlike []rune
}

// Doubts looks at the outlines of every font of a campaign's own layouts folder
// that papers can be set with. layouts are those with the program's fonts.
func Doubts(own, layouts fs.FS) []Doubt {
	if own == nil {
		return nil
	}
	entries, _ := fs.ReadDir(own, folder) // without the folder there is nothing to doubt
	var list []Doubt
	var refs references
	for _, name := range slices.DeleteFunc(fontNames(entries), builtIn) {
		data, err := fs.ReadFile(own, path.Join(folder, name))
		if err != nil {
			continue // Refused reports it, and what cannot be used below
		}
		_, g, err := examine(data)
		if err != nil {
			continue
		}
		if refs == nil {
			if refs, err = referencesIn(layouts); err != nil {
				return nil
			}
		}
		if d := (Doubt{path.Join(folder, name), g.empty(), refs.unlike(data)}); len(d.Empty)+len(d.Unlike) > 0 {
			list = append(list, d)
		}
	}
	return list
}

// empty lists the characters that the font maps to a glyph without an outline.
func (g *glyphs) empty() (list []rune) {
	for r := rune('!'); r <= 0x3ffff; r++ {
		if id := g.find(r); id != 0 && !g.inked(int(id), 0) && unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S) && !typeset.Blank(r) {
			list = append(list, r)
		}
	}
	return list
}

// painter draws the characters of a font.
type painter struct {
	font *outlines.Font
	buf  outlines.Buffer
}

func painterOf(data []byte) (*painter, error) {
	f, err := outlines.Parse(data)
	return &painter{font: f}, err
}

// picture returns how the font draws a character; ok is false where it has no
// ink for it.
func (p *painter) picture(r rune) (pic picture, ok bool) {
	id, err := p.font.GlyphIndex(&p.buf, r)
	if err != nil || id == 0 {
		return pic, false
	}
	const em = 1000
	outline, err := p.font.LoadGlyph(&p.buf, id, fixed.I(em), nil)
	if err != nil {
		return pic, false
	}
	box := ink(outline)
	if box.Empty() {
		return pic, false
	}
	at := func(q fixed.Point26_6) (x, y float32) {
		return float32(side*(q.X-box.Min.X)) / float32(box.Max.X-box.Min.X), float32(side*(q.Y-box.Min.Y)) / float32(box.Max.Y-box.Min.Y)
	}
	in := vector.NewRasterizer(side, side)
	for _, s := range outline {
		x, y := at(s.Args[0])
		switch s.Op {
		case outlines.SegmentOpMoveTo:
			in.MoveTo(x, y)
		case outlines.SegmentOpLineTo:
			in.LineTo(x, y)
		case outlines.SegmentOpQuadTo:
			x2, y2 := at(s.Args[1])
			in.QuadTo(x, y, x2, y2)
		}
	}
	in.ClosePath()
	in.Draw(&image.Alpha{Pix: pic.ink[:], Stride: side, Rect: image.Rect(0, 0, side, side)}, image.Rect(0, 0, side, side), image.Opaque, image.Point{})
	pic.height = (box.Max.Y - box.Min.Y).Round()
	return pic, true
}

// ink is the least rectangle with an outline in it. That of its points
// ([outlines.Segments.Bounds]) is greater: control points are beyond the curve.
func ink(outline outlines.Segments) fixed.Rectangle26_6 {
	box := fixed.Rectangle26_6{Min: fixed.Point26_6{X: math.MaxInt32, Y: math.MaxInt32}, Max: fixed.Point26_6{X: math.MinInt32, Y: math.MinInt32}}
	reach := func(p fixed.Point26_6) {
		box.Min = fixed.Point26_6{X: min(box.Min.X, p.X), Y: min(box.Min.Y, p.Y)}
		box.Max = fixed.Point26_6{X: max(box.Max.X, p.X), Y: max(box.Max.Y, p.Y)}
	}
	var at fixed.Point26_6
	for _, s := range outline {
		end := s.Args[0]
		if s.Op == outlines.SegmentOpQuadTo {
			end = s.Args[1]
			x, y := turn(at.X, s.Args[0].X, end.X), turn(at.Y, s.Args[0].Y, end.Y)
			reach(fixed.Point26_6{X: x, Y: y})
		}
		reach(end)
		at = end
	}
	return box
}

// turn is where a quadratic curve from a to c turns back, or c where it does not.
func turn(a, b, c fixed.Int26_6) fixed.Int26_6 {
	back, bend := int64(a-b), int64(a-2*b+c)
	if bend == 0 || back*bend <= 0 || back*back >= back*bend {
		return c
	}
	return a - fixed.Int26_6(back*back/bend)
}

// likeness is how far two pictures go together: 1 for the same, 0 for what has
// nothing in common.
func likeness(a, b *picture) float64 {
	var sumA, sumB, ab, aa, bb int64
	for i := range a.ink {
		x, y := int64(a.ink[i]), int64(b.ink[i])
		sumA, sumB, ab, aa, bb = sumA+x, sumB+y, ab+x*y, aa+x*x, bb+y*y
	}
	if a.ink == b.ink {
		return 1 // a full square too
	}
	const n = side * side
	varA, varB := n*aa-sumA*sumA, n*bb-sumB*sumB
	if varA == 0 || varB == 0 {
		return 0
	}
	return float64(n*ab-sumA*sumB) / math.Sqrt(float64(varA)) / math.Sqrt(float64(varB))
}
