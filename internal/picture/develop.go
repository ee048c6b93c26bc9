package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"strconv"
)

// Widths are those in which a picture is published, as far as it is that wide.
var Widths = []int{480, 960, 1600}

const (
	// printed is which of the sizes goes on paper: its 960 px are 156 to the inch
	// over the full width of the text.
	printed = 1
	quality = 85
	// fewColours is what a drawing has at most that stays PNG.
	fewColours = 2048
)

// upright is a picture as it is published, in its full size.
type upright struct {
	image.Image
	facts
}

// facts is what is known of a picture before it is developed.
type facts struct {
	Ending string // "jpg" or "png"
	Sizes  []Size // narrowest first
}

// printed is which of the sizes goes on paper.
func (f *facts) printed() int { return min(printed, len(f.Sizes)-1) }

// Print is the size on paper.
func (f *facts) Print() Size { return f.Sizes[f.printed()] }

// onPaper names the part of a picture that is for paper: of a photo it is the one
// that is published.
func (f *facts) onPaper() string {
	if f.Ending == "jpg" {
		return strconv.Itoa(f.printed())
	}
	return "print"
}

// Size is the width and height of a published picture, in px.
type Size struct{ Width, Height int }

// look decodes a picture and plans its sizes. Its errors say in Chinese what is
// wrong with the file.
func look(raw []byte) (*upright, error) {
	decoded, format, err := Decode(raw)
	if err != nil {
		return nil, err
	}
	u := &upright{}
	u.Image, u.Ending = pixels(decoded, format, orientation(raw, format))
	full := u.Bounds().Size()
	for n, w := range Widths {
		if w >= full.X {
			if n > 0 && Widths[n-1] >= full.X {
				break // a narrower width is as wide as the picture
			}
			w = full.X
		}
		u.Sizes = append(u.Sizes, Size{w, max(1, (full.Y*w+full.X/2)/full.X)})
	}
	return u, nil
}

// widest is the picture in the largest of its sizes.
func (u *upright) widest() image.Image { return fit(u.Image, u.Sizes[len(u.Sizes)-1]) }

// fit brings a picture down to a size, unless it has it.
func fit(in image.Image, size Size) image.Image {
	if in.Bounds().Dx() == size.Width && in.Bounds().Dy() == size.Height {
		return in
	}
	return shrink(in, size.Width, size.Height)
}

// published encodes all sizes, each made from the one that is wider.
func (u *upright) published(at image.Image) (list [][]byte, err error) {
	list = make([][]byte, len(u.Sizes))
	for n := len(list) - 1; n >= 0; n-- {
		at = fit(at, u.Sizes[n])
		if list[n], err = encode(at, u.Ending); err != nil {
			return nil, err
		}
	}
	return list, nil
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
func (u *upright) forPrint(paper image.Image) ([]byte, error) {
	if u.Ending == "png" {
		onWhite := image.NewRGBA(paper.Bounds())
		draw.Draw(onWhite, onWhite.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(onWhite, onWhite.Rect, paper, image.Point{}, draw.Over)
		paper = onWhite
	}
	return encode(fit(paper, u.Print()), "jpg")
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
