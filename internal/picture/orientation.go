package picture

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation reads from a picture how its camera was held: 1 upright to 8, as
// Exif counts; 1 where nothing is said.
func orientation(raw []byte, format Format) int {
	switch format {
	case JPEG:
		return jpegOrientation(raw)
	case PNG:
		for name, data := range pngChunks(raw) {
			if name == "eXIf" {
				return exifOrientation(data)
			}
		}
	case WebP:
		for name, data := range webpChunks(raw) {
			if name == "EXIF" {
				return exifOrientation(bytes.TrimPrefix(data, exifMark))
			}
		}
	}
	return 1
}

var exifMark = []byte("Exif\x00\x00")

func jpegOrientation(raw []byte) int {
	for at := 2; at+4 <= len(raw) && raw[at] == 0xff; {
		marker, length := raw[at+1], int(binary.BigEndian.Uint16(raw[at+2:]))
		if marker == 0xff { // a fill byte
			at++
			continue
		}
		if marker == 0xda || length < 2 || at+2+length > len(raw) {
			return 1
		}
		if exif, ok := bytes.CutPrefix(raw[at+4:at+2+length], exifMark); marker == 0xe1 && ok {
			return exifOrientation(exif)
		}
		at += 2 + length
	}
	return 1
}

// pngChunks walks the chunks of a PNG as far as they are whole.
func pngChunks(raw []byte) func(func(string, []byte) bool) {
	return func(yield func(string, []byte) bool) {
		for at := 8; at+12 <= len(raw); {
			length := int64(binary.BigEndian.Uint32(raw[at:]))
			if int64(at)+12+length > int64(len(raw)) || !yield(string(raw[at+4:at+8]), raw[at+8:at+8+int(length)]) {
				return
			}
			at += 12 + int(length)
		}
	}
}

func hasChunk(raw []byte, wanted string) bool {
	for name := range pngChunks(raw) {
		if name == wanted {
			return true
		}
	}
	return false
}

// webpChunks walks the chunks of a WebP as far as they are whole.
func webpChunks(raw []byte) func(func(string, []byte) bool) {
	return func(yield func(string, []byte) bool) {
		for at := 12; at+8 <= len(raw); {
			length := int64(binary.LittleEndian.Uint32(raw[at+4:]))
			if int64(at)+8+length > int64(len(raw)) || !yield(string(raw[at:at+4]), raw[at+8:at+8+int(length)]) {
				return
			}
			at += 8 + int(length+length&1)
		}
	}
}

// exifOrientation looks for the tag in the first directory.
func exifOrientation(tiff []byte) int {
	const tag, entry = 0x0112, 12
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	start := int(order.Uint32(tiff[4:]))
	if start < 8 || start+2 > len(tiff) {
		return 1
	}
	n := int(order.Uint16(tiff[start:]))
	for i := range n {
		at := start + 2 + i*entry
		if at+entry > len(tiff) {
			return 1
		}
		if order.Uint16(tiff[at:]) == tag {
			if v := int(order.Uint16(tiff[at+8:])); v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
	}
	return 1
}

// turn brings a picture upright.
func turn(in *image.RGBA, orientation int) *image.RGBA {
	if orientation == 1 {
		return in
	}
	w, h := in.Bounds().Dx(), in.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch orientation {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			copy(out.Pix[out.PixOffset(tx, ty):][:4], in.Pix[in.PixOffset(x, y):][:4])
		}
	}
	return out
}
