package card

import (
	"image"

	"github.com/golang/freetype/raster"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// shapes draws characters in whole numbers: golang.org/x/image/font/opentype draws them
// in floating point, which comes out differently on another processor.
type shapes struct{ buffer sfnt.Buffer }

// advance returns how far a character of a size in pixels moves what follows it.
func (s *shapes) advance(f *sfnt.Font, r rune, size int) (fixed.Int26_6, error) {
	glyph, err := f.GlyphIndex(&s.buffer, r)
	if err != nil {
		return 0, err
	}
	return f.GlyphAdvance(&s.buffer, glyph, fixed.I(size), font.HintingNone)
}

// draw returns a character with its origin at a dot, as what it covers of each pixel,
// and its advance.
func (s *shapes) draw(f *sfnt.Font, r rune, size int, dot fixed.Point26_6) (*image.Alpha, fixed.Int26_6, error) {
	advance, err := s.advance(f, r, size)
	if err != nil {
		return nil, 0, err
	}
	glyph, err := f.GlyphIndex(&s.buffer, r)
	if err != nil {
		return nil, 0, err
	}
	segments, err := f.LoadGlyph(&s.buffer, glyph, fixed.I(size), nil)
	if err != nil {
		return nil, 0, err
	}
	bounds := segments.Bounds().Add(dot)
	mask := image.NewAlpha(image.Rect(bounds.Min.X.Floor(), bounds.Min.Y.Floor(), bounds.Max.X.Ceil(), bounds.Max.Y.Ceil()))
	if mask.Rect.Empty() {
		return mask, advance, nil
	}
	to := dot.Sub(fixed.P(mask.Rect.Min.X, mask.Rect.Min.Y))
	outline := raster.NewRasterizer(mask.Rect.Dx(), mask.Rect.Dy())
	outline.UseNonZeroWinding = true
	var start, at fixed.Point26_6
	closed := func() {
		if at != start {
			outline.Add1(start)
		}
	}
	for _, p := range segments {
		a, b, c := p.Args[0].Add(to), p.Args[1].Add(to), p.Args[2].Add(to)
		switch p.Op {
		case sfnt.SegmentOpMoveTo:
			closed()
			outline.Start(a)
			start, at = a, a
		case sfnt.SegmentOpLineTo:
			outline.Add1(a)
			at = a
		case sfnt.SegmentOpQuadTo:
			outline.Add2(a, b)
			at = b
		case sfnt.SegmentOpCubeTo:
			outline.Add3(a, b, c)
			at = c
		}
	}
	closed()
	painted := &image.Alpha{Pix: mask.Pix, Stride: mask.Stride, Rect: image.Rect(0, 0, mask.Rect.Dx(), mask.Rect.Dy())}
	outline.Rasterize(raster.NewAlphaSrcPainter(painted))
	return mask, advance, nil
}
