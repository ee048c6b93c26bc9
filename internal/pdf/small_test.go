package pdf

import (
	"image"
	"image/color"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

func archiveNames(t *testing.T) []string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/small.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range archive.Files {
		names = append(names, f.Name)
	}
	return names
}

func TestChineseNumbers(t *testing.T) {
	for n, want := range map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 35: "三十五", 100: "一百", 103: "一百零三", 110: "一百一十", 118: "一百一十八", 1005: "一千零五"} {
		if got := chinese(n); got != want {
			t.Errorf("%d 写成%s，应为%s", n, got, want)
		}
	}
}

func TestHeadingNumbers(t *testing.T) {
	var n numbering
	got := ""
	for _, level := range []int{1, 2, 3, 4, 5, 5, 4, 2, 3, 1, 2, 6} {
		got += n.next(level) + "|"
	}
	if want := "一、|（一）|1. |（1）|①|②|（2）|（二）|1. |二、|（一）||"; got != want {
		t.Errorf("编号是 %s，应为 %s", got, want)
	}
}

// exif is the start of a JPEG whose camera was held as told.
func exif(orientation byte) []byte {
	tiff := []byte{'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0}
	body := append([]byte("Exif\x00\x00"), tiff...)
	return append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, byte(len(body) + 2)}, body...)
}

func TestPicturesStandUpright(t *testing.T) {
	for held := byte(1); held <= 8; held++ {
		if got := orientation(exif(held)); got != int(held) {
			t.Errorf("方向 %d 读成 %d", held, got)
		}
	}
	for name, file := range map[string][]byte{"空": nil, "截断": exif(6)[:20], "不是照片": []byte("PNG"), "没有说": {0xff, 0xd8, 0xff, 0xda, 0, 2}} {
		if got := orientation(file); got != 1 {
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
	out := shrink(in, 120, 80)
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

func TestAlphaLiesOnWhite(t *testing.T) {
	in := image.NewNRGBA(image.Rect(0, 0, 2, 1))
	in.Set(0, 0, color.NRGBA{0, 0, 0, 0})
	in.Set(1, 0, color.NRGBA{10, 20, 30, 255})
	out := onPaper(in)
	if out.RGBAAt(0, 0) != (color.RGBA{255, 255, 255, 255}) || out.RGBAAt(1, 0) != (color.RGBA{10, 20, 30, 255}) {
		t.Errorf("%v %v", out.RGBAAt(0, 0), out.RGBAAt(1, 0))
	}
}
