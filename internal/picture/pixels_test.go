package picture

import (
	"image"
	"image/color"
	"slices"
	"testing"
)

// exif is the start of a JPEG whose camera was held as told.
func exif(orientation byte) []byte {
	tiff := []byte{'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0}
	body := append([]byte("Exif\x00\x00"), tiff...)
	return append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, byte(len(body) + 2)}, body...)
}

func TestPicturesStandUpright(t *testing.T) {
	for held := byte(1); held <= 8; held++ {
		if got := orientation(exif(held), JPEG); got != int(held) {
			t.Errorf("方向 %d 读成 %d", held, got)
		}
	}
	// Other formats say it in chunks of their own.
	for name, c := range map[string]struct {
		raw  []byte
		held int
	}{"PNG": {markedPNG(t, photo(90, 60)), 6}, "WebP": {markedWebP(6), 6}, "直的 WebP": {markedWebP(1), 1}} {
		if got := orientation(c.raw, Sniff(c.raw)); got != c.held {
			t.Errorf("%s：方向 %d 读成 %d", name, c.held, got)
		}
	}
	if p, _ := outputs(t, markedPNG(t, photo(90, 60))); p.Widest() != (Size{60, 90}) {
		t.Errorf("横放的 PNG 转成 %v", p.Widest())
	}
	for name, file := range map[string][]byte{"空": nil, "截断": exif(6)[:20], "不是照片": []byte("PNG"), "没有说": {0xff, 0xd8, 0xff, 0xda, 0, 2}} {
		if got := orientation(file, Sniff(file)); got != 1 {
			t.Errorf("%s：读成 %d", name, got)
		}
	}
	// A mark in the stored picture's corner, and where it belongs.
	for held, want := range map[int]image.Point{1: {0, 0}, 2: {2, 0}, 3: {2, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 2}, 8: {0, 2}} {
		in := image.NewRGBA(image.Rect(0, 0, 3, 2))
		in.Set(0, 0, color.White)
		out := turn(in, held)
		if size := out.Bounds().Size(); (held >= 5) != (size.X == 2) {
			t.Errorf("方向 %d 转成 %v", held, size)
		}
		if r, _, _, _ := out.At(want.X, want.Y).RGBA(); r != 0xffff {
			t.Errorf("方向 %d：角不在 %v", held, want)
		}
	}
}

func TestShrinkKeepsTheLight(t *testing.T) {
	in := image.NewRGBA(image.Rect(0, 0, 301, 199))
	for y := range 199 {
		for x := range 301 {
			in.Set(x, y, color.RGBA{200, uint8(x * 255 / 300), 7, 255})
		}
	}
	out := shrink(in, 120, 80).(*image.RGBA)
	if out.Bounds() != image.Rect(0, 0, 120, 80) {
		t.Fatalf("缩成 %v", out.Bounds())
	}
	for _, x := range []int{0, 60, 119} {
		c := out.RGBAAt(x, 40)
		want := (2*x + 1) * 255 / 240
		if c.R != 200 || c.B != 7 || c.A != 255 || int(c.G) < want-2 || int(c.G) > want+2 {
			t.Errorf("第 %d 点是 %v，绿应近 %d", x, c, want)
		}
	}
}

// TestHalves: half of a size is made of the means of four pixels, and no colour is more
// than its opacity.
func TestHalves(t *testing.T) {
	in := image.NewRGBA(image.Rect(0, 0, 4, 3))
	for at, v := range []uint8{
		0, 1, 255, 255,
		2, 3, 255, 254,
		9, 9, 0, 2, // stands for the line below it too
	} {
		copy(in.Pix[4*at:], []uint8{v, v / 2, 0, v})
	}
	out := shrink(in, 2, 2).(*image.RGBA)
	for at, want := range []color.RGBA{{2, 1, 0, 2}, {255, 127, 0, 255}, {9, 4, 0, 9}, {1, 1, 0, 1}} {
		if got := out.RGBAAt(at%2, at/2); got != want {
			t.Errorf("第 %d 点是 %v，应是 %v", at, got, want)
		}
	}
	planes := image.NewYCbCr(image.Rect(0, 0, 8, 3), image.YCbCrSubsampleRatio420)
	for at := range planes.Y {
		planes.Y[at] = uint8(10 * (at % 8))
	}
	copy(planes.Cb, []uint8{1, 2, 3, 4, 5, 6, 7, 8})
	copy(planes.Cr, []uint8{80, 70, 60, 50, 40, 30, 20, 10})
	half := shrink(planes, 4, 2).(*image.YCbCr)
	if !slices.Equal(half.Y, []uint8{5, 25, 45, 65, 5, 25, 45, 65}) || !slices.Equal(half.Cb, []uint8{4, 6}) || !slices.Equal(half.Cr, []uint8{55, 35}) {
		t.Errorf("%v %v %v", half.Y, half.Cb, half.Cr)
	}
}
