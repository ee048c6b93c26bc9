package ofd

import (
	"fmt"
	"strings"
	"unicode"

	"wangjian/internal/pdf/typeset"
)

func contentOf(page int) string { return fmt.Sprintf("Pages/Page_%d/Content.xml", page) }

// page adds the parts of a page: what is on it, and its links.
func (d *document) page(n int, p *typeset.Page) error {
	sheet := d.sheet.Of(p)
	out := page{space: namespace, Sheet: box{w: mm(sheet.Width), h: mm(sheet.Height)}, Layer: layer{ID: d.next(), Type: "Body"}}
	links := pageLinks{space: namespace}
	draw := func(o any) { out.Layer.Objects = append(out.Layer.Objects, o) }
	for _, op := range p.Ops {
		switch op := op.(type) {
		case typeset.Text:
			if t, ok := d.text(op); ok {
				draw(t)
			}
		case typeset.Rule:
			draw(d.stroke([]typeset.Point{{X: op.X1, Y: op.Y1}, {X: op.X2, Y: op.Y2}}, false, op.Width, op.Color))
		case typeset.Trace:
			draw(d.stroke(op.Points, op.Closed, op.Width, op.Color))
		case typeset.Area:
			for _, ring := range op.Rings {
				draw(d.fill(ring, op.Color))
			}
		case typeset.Drawing:
			jpeg, err := op.JPEG()
			if err != nil {
				return err
			}
			w, h := mm(op.W), mm(op.H)
			draw(imageObject{object: object{d.next(), box{mm(op.X), mm(op.Y), w, h}, fmt.Sprintf("%s 0 0 %s 0 0", w, h)}, Resource: d.image(jpeg)})
		case typeset.Link:
			if a := d.link(op); a != nil {
				links.List = append(links.List, *a)
			}
		case typeset.Anchor, typeset.Into: // places, and whose what follows is: OFD 1.0 has no structure tree
		default:
			return fmt.Errorf("不认识的版面操作 %T", op)
		}
	}
	d.add(contentOf(n), out)
	if len(links.List) > 0 {
		name := fmt.Sprintf("Annots/Page_%d.xml", n)
		d.add(name, links)
		d.linked = append(d.linked, annotated{d.pages[n], name})
	}
	return nil
}

// text writes a run of characters. Blanks at its ends, which programs that read XML
// may drop, are left out; ok is false where nothing else is in it.
func (d *document) text(t typeset.Text) (o textObject, ok bool) {
	text := strings.TrimRightFunc(t.Text, unicode.IsSpace)
	shown := strings.TrimLeftFunc(text, unicode.IsSpace)
	if shown == "" {
		return o, false
	}
	font, size, space := d.fonts[t.Font], thousandths(t.Size), thousandths(t.Spacing)
	ems := func(n int) int64 { return (int64(n)*size + 500) / 1000 }
	advance := func(r rune) int64 {
		_, n, _ := t.Font.Glyph(r)
		return ems(n) + space
	}
	var from, at int64 // thousandths of a point along the baseline
	for _, r := range text[:len(text)-len(shown)] {
		from += advance(r)
	}
	// The boundary has the squares of the characters and all their ink.
	const above, below = 880, 120
	var left, right int64
	up, down := ems(above), ems(below)
	code := code{Text: shown}
	for _, r := range shown {
		x0, y0, x1, y1 := font.Ink(r)
		left, right = max(left, -at-ems(x0)), max(right, at+ems(x1), at+advance(r))
		up, down = max(up, ems(y1)), max(down, -ems(y0))
		at += advance(r)
		code.Steps = append(code.Steps, ofThousandths(advance(r)))
	}
	code.Steps = code.Steps[:len(code.Steps)-1]
	before, width, rise, sink := ofThousandths(left)+1, ofThousandths(left+right)+2, ofThousandths(up)+1, ofThousandths(down)+1
	x, y, start := mm(t.X), mm(t.Y), ofThousandths(from)
	b, matrix := box{x + start - before, y - rise, width, rise + sink}, ""
	if t.Down { // turned a quarter clockwise about the point
		b = box{x - sink, y + start - before, rise + sink, width}
		matrix = fmt.Sprintf("0 1 -1 0 %s %s", sink, before)
	} else {
		code.X, code.Y = before, rise
	}
	return textObject{object: object{d.next(), b, matrix}, Font: font.id, Size: ofThousandths(size), Fill: colour(t.Color), Code: code}, true
}

// stroke writes a line.
func (d *document) stroke(points []typeset.Point, closed bool, width float64, color typeset.Color) pathObject {
	w := mm(width)
	p := d.path(points, closed, w)
	p.Width, p.StrokeColor = &w, colour(color)
	return p
}

// fill writes an area.
func (d *document) fill(ring []typeset.Point, color typeset.Color) pathObject {
	p := d.path(ring, true, 0)
	p.Stroked, p.Filled, p.FillColor = no, yes, colour(color)
	return p
}

var no, yes = new(bool), func() *bool { b := true; return &b }()

// path is a line through points. Its boundary has room for a pen at the corners too.
func (d *document) path(points []typeset.Point, closed bool, pen length) pathObject {
	x0, y0, x1, y1 := mm(points[0].X), mm(points[0].Y), mm(points[0].X), mm(points[0].Y)
	for _, p := range points {
		x0, y0, x1, y1 = min(x0, mm(p.X)), min(y0, mm(p.Y)), max(x1, mm(p.X)), max(y1, mm(p.Y))
	}
	room := 3 * pen
	b := box{x0 - room, y0 - room, x1 - x0 + 2*room, y1 - y0 + 2*room}
	var data strings.Builder
	for i, p := range points {
		if i == 0 {
			fmt.Fprintf(&data, "M %s %s", mm(p.X)-b.x, mm(p.Y)-b.y)
		} else {
			fmt.Fprintf(&data, " L %s %s", mm(p.X)-b.x, mm(p.Y)-b.y)
		}
	}
	if closed {
		data.WriteString(" C")
	}
	return pathObject{object: object{ID: d.next(), Boundary: b}, Data: data.String()}
}

// link writes a link as an annotation, nil for one that leads nowhere. Its area is
// filled with a colour that shows nothing: some readers paint an area that is said
// not to be filled.
func (d *document) link(l typeset.Link) *annotation {
	var a *action
	if to, ok := d.anchors[l.Anchor]; l.URI != "" {
		a = &action{Event: "CLICK", Open: &address{l.URI}}
	} else if ok {
		a = d.jump(to)
	} else {
		return nil
	}
	area := d.path([]typeset.Point{{}, {X: l.W}, {X: l.W, Y: l.H}, {Y: l.H}}, true, 0)
	area.Stroked, area.Filled, area.FillColor, area.Actions = no, yes, &ink{"255 255 255", new(int)}, a
	return &annotation{
		ID: d.next(), Type: "Link", Creator: d.about.Creator, Changed: day(d.about.Changed), Remark: l.Text,
		Looks: appearance{box{mm(l.X), mm(l.Y), mm(l.W), mm(l.H)}, area},
	}
}
