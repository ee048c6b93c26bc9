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

// signs are what files of a format start with; ? is any byte. The first that
// fits counts.
var signs = []struct {
	format Format
	starts []string
}{
	{JPEG, []string{"\xff\xd8\xff"}},
	{PNG, []string{"\x89PNG\r\n\x1a\n"}},
	{WebP, []string{"RIFF????WEBP"}},
	{"AVI", []string{"RIFF????AVI "}},
	{"GIF", []string{"GIF87a", "GIF89a"}},
	{"TIFF", []string{"II*\x00", "MM\x00*", "II+\x00", "MM\x00+"}},
	{"BMP", []string{"BM????\x00\x00\x00\x00"}},
	{"PSD", []string{"8BPS"}},
	{"JPEG 2000", []string{"\x00\x00\x00\x0cjP  ", "\xff\x4f\xff\x51"}},
	{"JPEG XL", []string{"\xff\x0a", "\x00\x00\x00\x0cJXL "}},
	{"WebM/MKV", []string{"\x1aE\xdf\xa3"}},
	{"FLV", []string{"FLV\x01"}},
	{"WMV", []string{"0&\xb2u\x8ef\xcf\x11"}},
	{"AVIF", []string{"????ftypavif", "????ftypavis"}},
	{"HEIC", []string{"????ftypheic", "????ftypheix", "????ftypheim", "????ftypheis", "????ftyphevc", "????ftyphevx", "????ftypmif1", "????ftypmsf1"}},
	{"QuickTime", []string{"????ftypqt  ", "????moov", "????mdat", "????wide"}},
	{MP4, []string{"????ftyp"}},
}

// Sniff tells a file's format by its first bytes.
func Sniff(head []byte) Format {
	for _, s := range signs {
		if slices.ContainsFunc(s.starts, func(sign string) bool { return fits(head, sign) }) {
			return s.format
		}
	}
	if isSVG(head) {
		return "SVG"
	}
	return Other
}

func fits(head []byte, sign string) bool {
	for n := range len(sign) {
		if n == len(head) || sign[n] != '?' && sign[n] != head[n] {
			return false
		}
	}
	return true
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
