package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // the formats that are taken
	_ "image/png"

	_ "golang.org/x/image/webp"
)

// What a picture may be at most. A phone's largest photos have 50 million
// pixels; what is beyond the bounds is an error before anything is decoded.
const (
	MostPixels = 64_000_000
	MostBytes  = 64 << 20
	mostSide   = 30_000
	mostScans  = 64 // of a progressive JPEG; each is a pass over all pixels
)

// Check says why a file is no picture that is taken, without decoding it. Its errors
// are in Chinese and for the person who can mend the file.
func Check(raw []byte) error {
	format := Sniff(raw)
	if err := taken(raw, format); err != nil {
		return err
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(raw))
	switch {
	case err != nil:
		return fmt.Errorf("%s 图片已损坏，读不出尺寸", format)
	case config.Width <= 0 || config.Height <= 0:
		return fmt.Errorf("%s 图片的尺寸是 0", format)
	case config.Width > mostSide || config.Height > mostSide || config.Width > MostPixels/config.Height:
		return fmt.Errorf("图片有 %d×%d 像素，太大了（最多 %d 万像素，每边最多 %d）", config.Width, config.Height, MostPixels/10_000, mostSide)
	}
	return nil
}

// Decode returns a picture's pixels, not yet turned. Its errors are those of [Check].
func Decode(raw []byte) (image.Image, Format, error) {
	format := Sniff(raw)
	if err := Check(raw); err != nil {
		return nil, format, err
	}
	decoded, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, format, fmt.Errorf("%s 图片已损坏或不完整，解不开", format)
	}
	if format == WebP {
		decoded = fullRange(decoded)
	}
	return decoded, format, nil
}

// fullRange returns the colours of a lossy WebP. Its light goes from 16 to 235 and
// its colour from 16 to 240, as in television (BT.601); the decoder takes both for
// the full range that JPEG has.
func fullRange(in image.Image) image.Image {
	var lossy *image.YCbCr
	alpha := func(int, int) uint8 { return 255 }
	switch in := in.(type) {
	case *image.YCbCr:
		lossy = in
	case *image.NYCbCrA:
		lossy, alpha = &in.YCbCr, func(x, y int) uint8 { return in.A[in.AOffset(x, y)] }
	default:
		return in
	}
	out := image.NewNRGBA(lossy.Rect)
	for y := lossy.Rect.Min.Y; y < lossy.Rect.Max.Y; y++ {
		for x := lossy.Rect.Min.X; x < lossy.Rect.Max.X; x++ {
			at := lossy.COffset(x, y)
			light, cb, cr := 76309*(int(lossy.Y[lossy.YOffset(x, y)])-16), int(lossy.Cb[at])-128, int(lossy.Cr[at])-128 // 65536 × 255/219
			copy(out.Pix[out.PixOffset(x, y):], []uint8{level(light + 104597*cr), level(light - 25675*cb - 53279*cr), level(light + 132201*cb), alpha(x, y)})
		}
	}
	return out
}

// level rounds a 65,536th to a level of colour.
func level(sum int) uint8 { return uint8(min(max((sum+1<<15)>>16, 0), 255)) }

// taken says why a format, or a variety of it, is not taken.
func taken(raw []byte, format Format) error {
	switch format {
	case JPEG:
		if n := scans(raw); n > mostScans {
			return fmt.Errorf("这个 JPEG 分 %d 次扫描，不正常（最多 %d 次）", n, mostScans)
		}
	case PNG:
		if _, moves := chunkOf(raw, format, "acTL"); moves {
			return fmt.Errorf("这是会动的 PNG，只收不动的图片")
		}
	case WebP:
		if len(raw) > 20 && string(raw[12:16]) == "VP8X" && raw[20]&2 != 0 {
			return fmt.Errorf("这是会动的 WebP，只收不动的图片")
		}
	case Other:
		return fmt.Errorf("这不是图片，或者图片已损坏")
	default:
		return fmt.Errorf("这是 %s 文件，只收 JPEG、PNG 和 WebP", format)
	}
	if len(raw) > MostBytes {
		return fmt.Errorf("文件有 %d MB，太大了（最多 %d MB）", len(raw)>>20, MostBytes>>20)
	}
	return nil
}

// plain returns a picture as 8 bit RGBA, premultiplied: what a transparent pixel
// hides is gone.
func plain(in image.Image) *image.RGBA {
	size := in.Bounds().Size()
	out := image.NewRGBA(image.Rect(0, 0, size.X, size.Y))
	draw.Draw(out, out.Bounds(), in, in.Bounds().Min, draw.Src)
	return out
}

// planes returns a picture as JPEG keeps it: the light of each pixel, and the
// colour of four together.
func planes(in *image.RGBA) *image.YCbCr {
	w, h := in.Rect.Dx(), in.Rect.Dy()
	out := image.NewYCbCr(in.Rect, image.YCbCrSubsampleRatio420)
	blues, reds := make([]int, out.CStride), make([]int, out.CStride) // sums of a pixel of the coarser planes
	for y := range h {
		row, light := in.Pix[y*in.Stride:][:4*w], out.Y[y*out.YStride:][:w]
		for x := range light {
			p := row[4*x:][:3]
			l, b, r := color.RGBToYCbCr(p[0], p[1], p[2])
			light[x] = l
			blues[x/2] += int(b)
			reds[x/2] += int(r)
		}
		if y%2 == 0 && y < h-1 {
			continue
		}
		rows := y%2 + 1
		at := y / 2 * out.CStride
		for x := range blues {
			n := rows * min(2, w-2*x)
			out.Cb[at+x], out.Cr[at+x] = uint8((blues[x]+n/2)/n), uint8((reds[x]+n/2)/n)
			blues[x], reds[x] = 0, 0
		}
	}
	return out
}
