package typeset

// Millimetre is one millimetre in points.
const Millimetre = 72 / 25.4

// Sheet is a page's geometry, in points from its upper left corner.
type Sheet struct {
	Width, Height           float64
	Left, Top               float64 // of the text block
	BlockWidth, BlockHeight float64
	Lines, Columns          int     // of the block's grid
	Body                    float64 // size of the body type
}

// A4 is the sheet of GB/T 9704-2012: a text block of 156 × 225 mm, 22 lines of
// 28 characters in 3号 type (16 points).
var A4 = Sheet{
	Width: 210 * Millimetre, Height: 297 * Millimetre,
	Left: 28 * Millimetre, Top: 37 * Millimetre,
	BlockWidth: 156 * Millimetre, BlockHeight: 225 * Millimetre,
	Lines: 22, Columns: 28, Body: 16,
}

// Lead is the height of one line of the grid.
func (s Sheet) Lead() float64 { return s.BlockHeight / float64(s.Lines) }

// Pitch is the width of one character of the grid.
func (s Sheet) Pitch() float64 { return s.BlockWidth / float64(s.Columns) }

// tracking is the space after a Chinese character that puts type of the given
// size on the grid. 28 characters of 16 points are wider than the block, so it
// is a little less than nothing.
func (s Sheet) tracking(size float64) float64 {
	return (s.Pitch() - s.Body) * size / s.Body
}
