package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
)

// Widths are those in which a picture is published, as far as it is that wide.
var Widths = []int{480, 960, 1600}

const (
	// printSide is the longer side of a picture on paper, in px: 200 to the
	// inch over the full width of the text.
	printSide = 1200
	quality   = 85
	// fewColours is what a drawing has at most that stays PNG.
	fewColours = 2048
)

// developed is what a picture becomes.
type developed struct {
	facts facts
	sizes [][]byte // as facts.Sizes
	print []byte
}

// facts is what is known of a developed picture.
type facts struct {
	Ending string // "jpg" or "png"
	Sizes  []Size // narrowest first
	Print  Size
}

// Size is the width and height of a published picture, in px.
type Size struct{ Width, Height int }

// develop makes a picture's published sizes. Its errors say in Chinese what is
// wrong with the file.
func develop(raw []byte) (*developed, error) {
	decoded, format, err := Decode(raw)
	if err != nil {
		return nil, err
	}
	at, ending := pixels(decoded, format, orientation(raw, format))
	d := &developed{facts: facts{Ending: ending}}
	full := at.Bounds().Size()
	last := Widths[len(Widths)-1]
	for n := len(Widths) - 1; n >= 0; n-- {
		w := Widths[n]
		if w >= full.X {
			if n > 0 && Widths[n-1] >= full.X {
				continue // a narrower width is as wide as the picture
			}
			w = full.X
		}
		h := max(1, (full.Y*w+full.X/2)/full.X)
		if w < at.Bounds().Dx() {
			at = shrink(at, w, h) // each from the one before it
		}
		encoded, err := encode(at, d.facts.Ending)
		if err != nil {
			return nil, err
		}
		d.facts.Sizes = append([]Size{{w, h}}, d.facts.Sizes...)
		d.sizes = append([][]byte{encoded}, d.sizes...)
		if w == min(last, full.X) {
			if err := d.forPrint(at); err != nil {
				return nil, err
			}
		}
	}
	return d, nil
}

// pixels brings a picture upright: a photo, which becomes JPEG, in the planes of
// one, and what stays PNG in plain colour.
func pixels(decoded image.Image, format Format, orientation int) (image.Image, string) {
	if photo, ok := decoded.(*image.YCbCr); ok && format == JPEG && orientation == 1 && photo.SubsampleRatio == image.YCbCrSubsampleRatio420 {
		return photo, "jpg"
	}
	upright := turn(plain(decoded), orientation)
	if format != JPEG && (!upright.Opaque() || colours(upright, fewColours) <= fewColours) {
		return upright, "png"
	}
	return planes(upright), "jpg"
}

// forPrint makes the picture for paper from the widest.
func (d *developed) forPrint(paper image.Image) (err error) {
	size := paper.Bounds().Size()
	if d.facts.Ending == "png" {
		onWhite := image.NewRGBA(paper.Bounds())
		draw.Draw(onWhite, onWhite.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(onWhite, onWhite.Rect, paper, image.Point{}, draw.Over)
		paper = onWhite
	}
	if longer := max(size.X, size.Y); longer > printSide {
		size = image.Pt(max(1, size.X*printSide/longer), max(1, size.Y*printSide/longer))
		paper = shrink(paper, size.X, size.Y)
	}
	d.facts.Print = Size{size.X, size.Y}
	d.print, err = encode(paper, "jpg")
	return err
}

func encode(in image.Image, ending string) ([]byte, error) {
	var out bytes.Buffer
	var err error
	if ending == "png" {
		encoder := png.Encoder{CompressionLevel: png.BestCompression}
		err = encoder.Encode(&out, indexed(in.(*image.RGBA)))
	} else {
		err = jpeg.Encode(&out, in, &jpeg.Options{Quality: quality})
	}
	if err != nil {
		return nil, fmt.Errorf("重新编码失败：%w", err)
	}
	return out.Bytes(), nil
}

// colours counts a picture's colours, up to one more than most.
func colours(in *image.RGBA, most int) int {
	seen := map[[4]uint8]bool{}
	for at := 0; at < len(in.Pix); at += 4 {
		seen[[4]uint8(in.Pix[at:])] = true
		if len(seen) > most {
			break
		}
	}
	return len(seen)
}

// indexed returns a picture of up to 256 colours with a palette, in the order in
// which they first appear; any other as it is.
func indexed(in *image.RGBA) image.Image {
	index := map[[4]uint8]uint8{}
	var palette color.Palette
	out := image.NewPaletted(in.Bounds(), nil)
	for at := 0; at < len(in.Pix); at += 4 {
		pixel := [4]uint8(in.Pix[at:])
		n, ok := index[pixel]
		if !ok {
			if len(palette) == 256 {
				return in
			}
			n = uint8(len(palette))
			index[pixel] = n
			palette = append(palette, color.RGBA{pixel[0], pixel[1], pixel[2], pixel[3]})
		}
		out.Pix[at/4] = n
	}
	out.Palette = palette
	return out
}
