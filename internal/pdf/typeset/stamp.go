package typeset

import "math"

// Stamp is a small drawing below the text block with lines of text beside it. It is a
// part of the document, other than running heads and page numbers.
type Stamp struct {
	Sketch  *Sketch
	Alt     string  // what the drawing is
	Lines   [][]Run // from top to bottom, the last one as low as the drawing
	Lead    float64 // of the lines
	Side    float64 // of the drawing, which is a square
	Over    float64 // by which the drawing goes beyond the text block, and the lines are nearer to it
	Top     float64 // of the drawing, from the edge of the sheet
	AtRight bool    // at the right edge of the text block, with its lines at its left
}

// Stamp sets a stamp outside the flow.
func (s *Setter) Stamp(m Stamp) []Op {
	var p Page
	sheet := s.Sheet
	right := sheet.Left + sheet.BlockWidth
	x := sheet.Left - m.Over
	if m.AtRight {
		x = right - m.Side + m.Over
	}
	m.Sketch.prepare(s)
	figure := &Element{Tag: TagFigure, Alt: m.Alt, Box: Box{x, m.Top, m.Side, m.Side}}
	p.into(figure)
	m.Sketch.place(s, &p, figure, x, m.Top, m.Side)
	paragraph := &Element{Tag: TagParagraph}
	var lines []*line
	for _, runs := range m.Lines {
		lines = append(lines, s.fill(s.glyphs(runs), sheet.BlockWidth-m.Side+m.Over, 0, false)...)
	}
	top := m.Top + m.Side - m.Over - float64(float64(len(lines))*m.Lead)
	for n, l := range lines {
		l.of = paragraph
		at := sheet.Left + m.Side - m.Over
		if m.AtRight {
			at = right - m.Side + m.Over - l.natural
		}
		s.put(&p, l, at, math.Round(top+float64(float64(n)*m.Lead)), m.Lead, opening{})
	}
	p.into(nil)
	return p.Ops
}
