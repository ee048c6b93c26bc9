package card

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"

	"golang.org/x/image/math/fixed"
)

// colour is a colour of the cards, as the site's stylesheet has them.
type colour uint32

const (
	paper colour = 0xfdfcfa
	white colour = 0xffffff
	ink   colour = 0x1e1a17
	soft  colour = 0x5c544c
	line  colour = 0xddd6cc
	red   colour = 0xa01d20
	band  colour = 0x951b1e
	blush colour = 0xf7dfdb // on the band
	sand  colour = 0xfdf3dd // under the sample's mark
	earth colour = 0x7d4b00
)

// shades is how many steps there are from a ground to the letters on it.
const shades = 16

// canvas is a picture with a palette. Letters are drawn on a ground of one
// colour, so each pair of colours has its shades in the palette.
type canvas struct {
	image *image.Paletted
	ramps map[[2]colour]uint8 // ground and letters → the first of their shades
	// grounds has, of each colour in the palette, the one that it is a shade on.
	grounds []colour
	fonts   *fonts
	shapes  shapes
	wide    map[letter]fixed.Int26_6 // what was measured
	err     error                    // the first letter that no font has
}

// letter is a character as it is measured.
type letter struct {
	r     rune
	serif bool
	size  int
}

func newCanvas(width, height int, f *fonts) *canvas {
	c := &canvas{
		image: image.NewPaletted(image.Rect(0, 0, width, height), nil),
		ramps: map[[2]colour]uint8{}, fonts: f, wide: map[letter]fixed.Int26_6{},
	}
	c.box(0, 0, width, height, paper)
	return c
}

func (c colour) rgb() (r, g, b int) { return int(c >> 16), int(c >> 8 & 255), int(c & 255) }

// ramp returns the first of the shades from ground to letters.
func (c *canvas) ramp(ground, letters colour) uint8 {
	key := [2]colour{ground, letters}
	if first, ok := c.ramps[key]; ok {
		return first
	}
	count := shades
	if ground == letters {
		count = 1
	}
	if len(c.image.Palette)+count > 256 {
		c.fail(errors.New("颜色太多"))
		return 0
	}
	first := uint8(len(c.image.Palette))
	r0, g0, b0 := ground.rgb()
	r1, g1, b1 := letters.rgb()
	for n := range count {
		c.grounds = append(c.grounds, ground)
		mix := func(a, b int) uint8 { return uint8((a*(shades-1-n) + b*n + (shades-1)/2) / (shades - 1)) }
		c.image.Palette = append(c.image.Palette, color.RGBA{mix(r0, r1), mix(g0, g1), mix(b0, b1), 255})
	}
	c.ramps[key] = first
	return first
}

func (c *canvas) box(x, y, width, height int, fill colour) {
	at := c.ramp(fill, fill)
	for row := max(y, 0); row < min(y+height, c.image.Rect.Dy()); row++ {
		start := row*c.image.Stride + x
		pixels := c.image.Pix[start : start+min(width, c.image.Rect.Dx()-x)]
		for n := range pixels {
			pixels[n] = at
		}
	}
}

// style is how letters look.
type style struct {
	serif           bool
	size            int // of an em, in pixels
	ground, letters colour
}

// width measures a line.
func (c *canvas) width(text string, s style) int {
	total := fixed.Int26_6(0)
	for _, r := range text {
		key := letter{r, s.serif, s.size}
		advance, ok := c.wide[key]
		if !ok {
			f, err := c.fonts.of(r, s.serif)
			if err == nil {
				advance, err = c.shapes.advance(f, r, s.size)
			}
			if err != nil {
				c.fail(err)
				return 0
			}
			c.wide[key] = advance
		}
		total += advance
	}
	return total.Ceil()
}

// text writes a line on its baseline, from the left.
func (c *canvas) text(x, baseline int, text string, s style) {
	first := c.ramp(s.ground, s.letters)
	dot := fixed.P(x, baseline)
	for _, r := range text {
		f, err := c.fonts.of(r, s.serif)
		if err != nil {
			c.fail(err)
			return
		}
		mask, advance, err := c.shapes.draw(f, r, s.size, dot)
		if err != nil {
			c.fail(err)
			return
		}
		c.press(mask, first)
		dot.X += advance
	}
}

// press lays a letter down: the darker of what is there and what comes, for
// letters may touch.
func (c *canvas) press(mask *image.Alpha, first uint8) {
	shown := mask.Rect.Intersect(c.image.Rect)
	for y := shown.Min.Y; y < shown.Max.Y; y++ {
		row := mask.PixOffset(shown.Min.X, y)
		to := c.image.PixOffset(shown.Min.X, y)
		for x := range shown.Dx() {
			shade := uint8((int(mask.Pix[row+x])*(shades-1) + 127) / 255)
			if shade == 0 {
				continue
			}
			if old := c.image.Pix[to+x]; old < first || old >= first+shades || old < first+shade {
				c.image.Pix[to+x] = first + shade
			}
		}
	}
}

func (c *canvas) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

// encode returns the picture's bytes.
func (c *canvas) encode() ([]byte, error) {
	if c.err != nil {
		return nil, c.err
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&b, c.image); err != nil {
		return nil, fmt.Errorf("写图片：%w", err)
	}
	return b.Bytes(), nil
}
