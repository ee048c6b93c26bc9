package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"slices"
)

// Widths are those in which a picture is published, as far as it is that wide. Each is
// half of the next.
var Widths = []int{400, 800, 1600}

const (
	// perInch is how many pixels to the inch a picture has on paper at least: office
	// printers screen at 85 lines to the inch and more, and one and a half pixels a
	// line are enough. So 800 px are enough for the full width of the text.
	perInch = 130
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

// printed returns which of the sizes goes on paper at a width in points: the
// narrowest that has pixels enough, or the widest.
func (f *facts) printed(points float64) int {
	for n, size := range f.Sizes {
		if float64(size.Width*72) >= points*perInch {
			return n
		}
	}
	return len(f.Sizes) - 1
}

// widest is the largest of the sizes.
func (f *facts) widest() Size { return f.Sizes[len(f.Sizes)-1] }

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
	u.Sizes = sizesOf(full.X, full.Y)
	return u, nil
}

// sizesOf plans the sizes of a picture. One that is half as wide as the next is half
// as high too, rounded up.
func sizesOf(w, h int) []Size {
	widest := min(w, Widths[len(Widths)-1])
	sizes := []Size{{widest, heightAt(widest, w, h)}}
	for _, width := range slices.Backward(Widths) {
		if width >= widest {
			continue
		}
		size := Size{width, heightAt(width, w, h)}
		if wider := sizes[0]; wider.Width == 2*width {
			size.Height = (wider.Height + 1) / 2
		}
		sizes = slices.Insert(sizes, 0, size)
	}
	return sizes
}

// heightAt is how high a picture of w × h is at another width.
func heightAt(width, w, h int) int { return max(1, (h*width+w/2)/w) }

// fit brings a picture down to a size, unless it has it.
func fit(in image.Image, size Size) image.Image {
	if in.Bounds().Dx() == size.Width && in.Bounds().Dy() == size.Height {
		return in
	}
	return shrink(in, size.Width, size.Height)
}

// published encodes the sizes up to a width, each made from the one that is wider;
// the list is of these alone.
func (u *upright) published(most int) (list [][]byte, err error) {
	at := u.Image
	for n, size := range slices.Backward(u.Sizes) {
		at = fit(at, size)
		if size.Width > most {
			continue
		}
		if list == nil {
			list = make([][]byte, n+1)
		}
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

// onWhite makes a JPEG of a PNG.
func onWhite(raw []byte) ([]byte, error) {
	in, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	paper := image.NewRGBA(in.Bounds())
	draw.Draw(paper, paper.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(paper, paper.Rect, in, image.Point{}, draw.Over)
	return encode(paper, "jpg")
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
