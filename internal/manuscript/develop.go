package manuscript

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
)

var errPicture = errors.New("文件已损坏")

// cutAndTurn bakes Word's crop, mirror and turn into a picture. What Word hid
// is gone from the result.
func cutAndTurn(raw []byte, format string, d *drawing) ([]byte, string, error) {
	whole, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, "", errPicture
	}
	b := whole.Bounds()
	width, height := float64(b.Dx()), float64(b.Dy())
	shown := image.Rectangle{
		Min: b.Min.Add(image.Pt(int(math.Ceil(width*d.crop.left)), int(math.Ceil(height*d.crop.top)))),
		Max: b.Max.Sub(image.Pt(int(math.Ceil(width*d.crop.right)), int(math.Ceil(height*d.crop.bottom)))),
	}
	if shown.Empty() {
		return nil, "", errors.New("整张都裁掉了")
	}
	var out bytes.Buffer
	turned := turn(whole, shown, d)
	if format == "jpeg" {
		err = jpeg.Encode(&out, turned, &jpeg.Options{Quality: 90})
	} else {
		format, err = "png", png.Encode(&out, turned)
	}
	if err != nil {
		return nil, "", errPicture
	}
	return out.Bytes(), format, nil
}

// turn copies the shown part, mirrored and turned clockwise.
func turn(in image.Image, shown image.Rectangle, d *drawing) image.Image {
	w, h := shown.Dx(), shown.Dy()
	part := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(part, part.Bounds(), in, shown.Min, draw.Src)
	if d.quarters == 0 && !d.flipped {
		return part
	}
	outW, outH := w, h
	if d.quarters%2 == 1 {
		outW, outH = h, w
	}
	out := image.NewNRGBA(image.Rect(0, 0, outW, outH))
	for y := range h {
		for x := range w {
			from := x
			if d.flipped {
				from = w - 1 - x
			}
			toX, toY := x, y
			switch d.quarters {
			case 1:
				toX, toY = h-1-y, x
			case 2:
				toX, toY = w-1-x, h-1-y
			case 3:
				toX, toY = y, w-1-x
			}
			copy(out.Pix[out.PixOffset(toX, toY):][:4], part.Pix[part.PixOffset(from, y):][:4])
		}
	}
	return out
}

// withoutRecords returns a picture without what a camera or an editor wrote
// beside it (place, time, owner, thumbnail, a clip behind it), pixels
// untouched. found reports whether there was any.
func withoutRecords(raw []byte, format string) (out []byte, found bool, err error) {
	switch format {
	case "jpeg":
		out, err = bareJPEG(raw)
	case "png":
		out, err = barePNG(raw)
	default:
		return raw, false, nil
	}
	return out, len(out) != len(raw), err
}

// bareJPEG copies the segments that a decoder needs, up to the image's end.
func bareJPEG(raw []byte) ([]byte, error) {
	if len(raw) < 4 {
		return nil, errPicture
	}
	out, scanned := append([]byte{}, raw[:2]...), false
	for at := 2; at+1 < len(raw); {
		if raw[at] != 0xFF {
			return nil, errPicture
		}
		marker := raw[at+1]
		switch {
		case marker == 0xFF: // filling
			at++
			continue
		case marker == 0xD9:
			return append(out, 0xFF, 0xD9), nil
		case marker == 0x01 || marker >= 0xD0 && marker <= 0xD7:
			out = append(out, raw[at:at+2]...)
			at += 2
			continue
		}
		if at+4 > len(raw) {
			return nil, errPicture
		}
		end := at + 2 + int(binary.BigEndian.Uint16(raw[at+2:]))
		if end > len(raw) || end < at+4 {
			return nil, errPicture
		}
		if keepsSegment(marker, raw[at+4:end]) {
			out = append(out, raw[at:end]...)
		}
		at = end
		if marker == 0xDA {
			scan := scanEnd(raw, at)
			out = append(out, raw[at:scan]...)
			at, scanned = scan, true
		}
	}
	if !scanned {
		return nil, errPicture
	}
	return append(out, 0xFF, 0xD9), nil // cut short: what there is can be shown
}

// keepsSegment tells segments that change how the picture looks: all but the
// application's own, of which JFIF, a colour profile and Adobe's transform do.
func keepsSegment(marker byte, data []byte) bool {
	switch {
	case marker == 0xFE: // a comment
		return false
	case marker == 0xE0, marker == 0xEE:
		return true
	case marker == 0xE2:
		return bytes.HasPrefix(data, []byte("ICC_PROFILE\x00"))
	case marker >= 0xE1 && marker <= 0xEF:
		return false
	}
	return true
}

// scanEnd returns where a scan's packed data ends: at the next real marker.
func scanEnd(raw []byte, at int) int {
	for ; at+1 < len(raw); at++ {
		if raw[at] == 0xFF && raw[at+1] != 0 && (raw[at+1] < 0xD0 || raw[at+1] > 0xD7) && raw[at+1] != 0xFF {
			return at
		}
	}
	return len(raw)
}

// barePNG copies a PNG's chunks without texts, times and Exif.
func barePNG(raw []byte) ([]byte, error) {
	const start = 8
	if len(raw) < start {
		return nil, errPicture
	}
	out := append([]byte{}, raw[:start]...)
	for at := start; at+12 <= len(raw); {
		size := int64(binary.BigEndian.Uint32(raw[at:]))
		end := int64(at) + 12 + size
		if end > int64(len(raw)) {
			return nil, errPicture
		}
		kind := string(raw[at+4 : at+8])
		switch kind {
		case "tEXt", "zTXt", "iTXt", "eXIf", "tIME":
		default:
			out = append(out, raw[at:end]...)
		}
		if kind == "IEND" {
			return out, nil
		}
		at = int(end)
	}
	return nil, errPicture
}
