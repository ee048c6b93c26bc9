package picture

import (
	"bytes"
	"io"
	"path"
	"slices"
	"strings"
)

// Format is what a file is by its first bytes.
type Format string

// The formats that are taken, and by name those that are refused.
const (
	Other Format = "" // neither picture, video nor recording
	JPEG  Format = "JPEG"
	PNG   Format = "PNG"
	WebP  Format = "WebP"
	MP4   Format = "MP4"
	MP3   Format = "MP3"
	WAV   Format = "WAV"
	Ogg   Format = "Ogg"
)

// sniffLength is how many bytes Sniff looks at.
const sniffLength = 64

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
	{WAV, []string{"RIFF????WAVE"}},
	{Ogg, []string{"OggS"}},
	{MP3, []string{"ID3", "\xff\xfa", "\xff\xfb", "\xff\xf2", "\xff\xf3", "\xff\xe2", "\xff\xe3"}},
	{"FLAC", []string{"fLaC"}},
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

// Sniff tells a file's format by its bytes.
func Sniff(head []byte) Format {
	head = head[:min(len(head), sniffLength)]
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

// SniffFile tells a file's format, and returns the bytes that it has read for that.
func SniffFile(f io.Reader) (head []byte, format Format, err error) {
	head = make([]byte, sniffLength)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, Other, err
	}
	return head[:n], Sniff(head[:n]), nil
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
func (f Format) IsPicture() bool { return f != Other && !f.IsVideo() && !f.IsSound() }

// IsVideo reports whether the format is that of a video, taken or refused. An MP4
// may hold sound alone.
func (f Format) IsVideo() bool {
	return slices.Contains([]Format{MP4, "AVI", "WebM/MKV", "FLV", "WMV", "QuickTime"}, f)
}

// IsSound reports whether the format is that of a recording, taken or refused.
func (f Format) IsSound() bool { return slices.Contains([]Format{MP3, WAV, Ogg, "FLAC"}, f) }

// endings say what a file of a name may hold: a picture any other one too, since it
// is named by what it becomes, and a video any other video.
var endings = func() map[string]func(Format) bool {
	list := map[string]func(Format) bool{}
	add := func(fits func(Format) bool, names ...string) {
		for _, name := range names {
			list[name] = fits
		}
	}
	add(Format.IsPicture, ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".heic")
	add(Format.IsVideo, ".mp4", ".m4v", ".m4a", ".mov", ".webm")
	for _, f := range []Format{MP3, WAV, Ogg} {
		add(func(is Format) bool { return is == f }, "."+strings.ToLower(string(f)))
	}
	return list
}()

// Fits reports whether a file of a name may hold the format. The names of what is
// no picture, video or recording say nothing.
func (f Format) Fits(name string) bool {
	fits := endings[strings.ToLower(path.Ext(name))]
	return fits == nil || fits(f)
}
