package typeset

import "unicode/utf8"

// CheckInside looks at everything that the pages show: nothing may be drawn where
// there is no paper.
func CheckInside(sheet Sheet, pages []*Page) error {
	const hair = 0.5 // of a point: rounding, and the width of a rule
	for n, page := range pages {
		of := sheet.Of(page)
		for _, op := range page.Ops {
			box := drawn(op)
			if by := max(-box.X, -box.Y, box.X+box.W-of.Width, box.Y+box.H-of.Height); by > hair {
				what, source := described(op)
				return faultAt(source, "第%d页的%s伸出纸边%.1f毫米，印不全；把它缩短或分成几段", n+1, what, by/Millimetre)
			}
		}
	}
	return nil
}

// drawn is where an operation leaves ink; the sheet's corner for one that leaves none.
func drawn(op Op) Box {
	switch op := op.(type) {
	case Text:
		return op.box()
	case Drawing:
		return Box{op.X, op.Y, op.W, op.H}
	case Rule, Area, Trace:
		return around(op)
	}
	return Box{}
}

// described is what an operation draws, and where that comes from.
func described(op Op) (what, source string) {
	switch op := op.(type) {
	case Text:
		const most = 30
		shown := []rune(op.Text)
		if len(shown) > most {
			shown = append(shown[:most:most], '…')
		}
		return "文字“" + string(shown) + "”", op.Source
	case Drawing:
		return "图片“" + op.Alt + "”", ""
	case Rule:
		return "线条", ""
	}
	return "图形", ""
}

// box is the place of a run of text: the squares of its characters.
func (t Text) box() Box {
	width := t.Spacing * float64(max(0, utf8.RuneCountInString(t.Text)-1))
	for _, r := range t.Text {
		_, advance, _ := t.Font.Glyph(r)
		width += float64(advance) * t.Size / 1000
	}
	if t.Down {
		return Box{t.X - float64((1-ascent)*t.Size), t.Y, t.Size, width}
	}
	return Box{t.X, t.Y - float64(ascent*t.Size), width, t.Size}
}

// around is the box of the points of an operation; that of none lies at the
// sheet's corner.
func around(op Op) Box {
	none := true
	var from, to Point
	moved(op, func(x, y *float64) {
		if none {
			from, to, none = Point{*x, *y}, Point{*x, *y}, false
		}
		from.X, from.Y = min(from.X, *x), min(from.Y, *y)
		to.X, to.Y = max(to.X, *x), max(to.Y, *y)
	})
	return Box{from.X, from.Y, to.X - from.X, to.Y - from.Y}
}
