package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"iter"
)

// orientation reads from a picture how its camera was held: 1 upright to 8, as
// Exif counts; 1 where nothing is said.
func orientation(raw []byte, format Format) int {
	switch format {
	case JPEG:
		return jpegOrientation(raw)
	case PNG:
		exif, _ := chunkOf(raw, format, "eXIf")
		return exifOrientation(exif)
	}
	exif, _ := chunkOf(raw, format, "EXIF")
	return exifOrientation(bytes.TrimPrefix(exif, exifMark))
}

var exifMark = []byte("Exif\x00\x00")

func jpegOrientation(raw []byte) int {
	for marker, segment := range segments(raw) {
		if marker == scanMarker {
			break
		}
		if exif, ok := bytes.CutPrefix(segment, exifMark); marker == 0xe1 && ok {
			return exifOrientation(exif)
		}
	}
	return 1
}

const scanMarker = 0xda

// scans counts how often a JPEG goes over its pixels.
func scans(raw []byte) (n int) {
	for marker := range segments(raw) {
		if marker == scanMarker {
			n++
		}
	}
	return n
}

// segments walks the segments of a JPEG with their markers up to its end; what
// lies behind it, and pictures within a segment, are not its own.
func segments(raw []byte) iter.Seq2[byte, []byte] {
	return func(yield func(byte, []byte) bool) {
		for at := 2; at+1 < len(raw); {
			marker := raw[at+1]
			switch {
			case raw[at] != 0xff || marker == 0 || marker == 0xff || marker >= 0xd0 && marker <= 0xd8:
				at++ // coded pixels, fill bytes and what divides them
				if next := bytes.IndexByte(raw[at:], 0xff); next >= 0 {
					at += next
				} else {
					return
				}
				continue
			case marker == 0xd9 || at+4 > len(raw):
				return
			}
			length := int(binary.BigEndian.Uint16(raw[at+2:]))
			if length < 2 || at+2+length > len(raw) || !yield(marker, raw[at+4:at+2+length]) {
				return
			}
			at += 2 + length
		}
	}
}

// chunks walks the chunks of a PNG or a WebP as far as they are whole.
func chunks(raw []byte, format Format) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		at, sum := 12, 0 // behind the head; of the checksum
		if format == PNG {
			at, sum = 8, 4
		}
		for at+8+sum <= len(raw) {
			length, name, padding := int64(binary.LittleEndian.Uint32(raw[at+4:])), raw[at:at+4], 0
			if format == PNG {
				length, name = int64(binary.BigEndian.Uint32(raw[at:])), raw[at+4:at+8]
			} else {
				padding = int(length & 1)
			}
			if int64(at+8+sum)+length > int64(len(raw)) || !yield(string(name), raw[at+8:at+8+int(length)]) {
				return
			}
			at += 8 + int(length) + sum + padding
		}
	}
}

// chunkOf returns the first chunk of a name.
func chunkOf(raw []byte, format Format, wanted string) (data []byte, ok bool) {
	for name, data := range chunks(raw, format) {
		if name == wanted {
			return data, true
		}
	}
	return nil, false
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
