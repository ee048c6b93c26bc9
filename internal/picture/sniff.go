package picture

import (
	"bytes"
	"slices"
)

// Format is what a file is by its first bytes.
type Format string

// The formats that are taken, and by name those that are refused.
const (
	Other Format = "" // neither a picture nor a video
	JPEG  Format = "JPEG"
	PNG   Format = "PNG"
	WebP  Format = "WebP"
	MP4   Format = "MP4"
)

// SniffLength is how many bytes Sniff wants to see.
const SniffLength = 64

// Sniff tells a file's format by its first bytes.
func Sniff(head []byte) Format {
	starts := func(s string) bool { return bytes.HasPrefix(head, []byte(s)) }
	at := func(from int, s string) bool { return len(head) >= from && bytes.HasPrefix(head[from:], []byte(s)) }
	switch {
	case starts("\xff\xd8\xff"):
		return JPEG
	case starts("\x89PNG\r\n\x1a\n"):
		return PNG
	case starts("RIFF") && at(8, "WEBP"):
		return WebP
	case starts("RIFF") && at(8, "AVI "):
		return "AVI"
	case starts("GIF87a"), starts("GIF89a"):
		return "GIF"
	case starts("II*\x00"), starts("MM\x00*"), starts("II+\x00"), starts("MM\x00+"):
		return "TIFF"
	case starts("BM") && at(6, "\x00\x00\x00\x00"):
		return "BMP"
	case starts("8BPS"):
		return "PSD"
	case starts("\x00\x00\x00\x0cjP  "), starts("\xff\x4f\xff\x51"):
		return "JPEG 2000"
	case starts("\xff\x0a"), starts("\x00\x00\x00\x0cJXL "):
		return "JPEG XL"
	case starts("\x1aE\xdf\xa3"):
		return "WebM/MKV"
	case starts("FLV\x01"):
		return "FLV"
	case starts("0&\xb2u\x8ef\xcf\x11"):
		return "WMV"
	case at(4, "ftyp"):
		switch brand := string(head[8:min(12, len(head))]); {
		case brand == "avif" || brand == "avis":
			return "AVIF"
		case slices.Contains([]string{"heic", "heix", "hevc", "hevx", "mif1", "msf1", "heim", "heis"}, brand):
			return "HEIC"
		case brand == "qt  ":
			return "QuickTime"
		}
		return MP4
	case at(4, "moov"), at(4, "mdat"), at(4, "wide"):
		return "QuickTime"
	case isSVG(head):
		return "SVG"
	}
	return Other
}

// isSVG tells a drawing in XML; one that hides behind a longer preamble has no
// metadata of a camera.
func isSVG(head []byte) bool {
	text := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n"))
	return bytes.HasPrefix(text, []byte("<svg"))
}

// IsPicture reports whether the format is that of a picture, taken or refused.
func (f Format) IsPicture() bool { return f != Other && !f.IsVideo() }

// IsVideo reports whether the format is that of a video, taken or refused.
func (f Format) IsVideo() bool {
	return slices.Contains([]Format{MP4, "AVI", "WebM/MKV", "FLV", "WMV", "QuickTime"}, f)
}
