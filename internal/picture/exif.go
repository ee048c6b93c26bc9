package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"io"
	"iter"
	"regexp"
	"slices"
	"strings"
)

// Exif is a TIFF: directories of entries, each a tag with its values.
const (
	tagOrientation = 0x0112
	tagDirectories = 0x014a // further directories
	tagExif        = 0x8769
	tagGPS         = 0x8825
	tagTaken       = 0x9003 // 2022:11:25 09:30:00
	entryLength    = 12
	maxDirectories = 64
	maxEntries     = 4096 // of a directory
	maxBlocks      = 256
)

// tiff is a block of Exif, or a picture that is one.
type tiff struct {
	raw   []byte
	order binary.ByteOrder
}

// entry is an entry of a directory; values are its bytes as far as they are there.
type entry struct {
	tag, kind uint16
	count     uint32
	values    []byte
}

// newTIFF reads the head, and returns where the first directory lies.
func newTIFF(raw []byte) (t tiff, first uint32) {
	if len(raw) < 8 {
		return t, 0
	}
	t = tiff{raw, binary.BigEndian}
	if raw[0] == 'I' {
		t.order = binary.LittleEndian
	}
	return t, t.order.Uint32(raw[4:])
}

// directory returns a directory's entries and where the next one lies, 0 if nowhere.
func (t tiff) directory(at uint32) (entries []entry, next uint32) {
	if at < 8 || int64(at)+2 > int64(len(t.raw)) {
		return nil, 0
	}
	rest := t.raw[at+2:]
	for range min(t.order.Uint16(t.raw[at:]), maxEntries) {
		if len(rest) < entryLength {
			return entries, 0
		}
		e := entry{tag: t.order.Uint16(rest), kind: t.order.Uint16(rest[2:]), count: t.order.Uint32(rest[4:])}
		size := int64(e.count) * int64(valueSize(e.kind))
		if e.values = rest[8:12]; size > 4 {
			start := min(int64(t.order.Uint32(rest[8:])), int64(len(t.raw)))
			e.values = t.raw[start:min(start+size, int64(len(t.raw)))]
		}
		entries, rest = append(entries, e), rest[entryLength:]
	}
	if len(rest) >= 4 {
		next = t.order.Uint32(rest)
	}
	return entries, next
}

// valueSize is the number of bytes of a value of a kind.
func valueSize(kind uint16) int {
	switch kind {
	case 3, 8:
		return 2
	case 4, 9, 11, 13:
		return 4
	case 5, 10, 12:
		return 8
	}
	return 1
}

// exifOrientation looks for the tag in the first directory.
func exifOrientation(raw []byte) int {
	t, first := newTIFF(raw)
	entries, _ := t.directory(first)
	for _, e := range entries {
		if e.tag == tagOrientation && len(e.values) >= 2 {
			if v := int(t.order.Uint16(e.values)); v >= 1 && v <= 8 {
				return v
			}
			break
		}
	}
	return 1
}

// TakenOn returns the day on which a JPEG's camera says that it was taken, as
// 2022-11-25; "" where it does not say.
func TakenOn(raw []byte) string {
	if Sniff(raw) != JPEG {
		return ""
	}
	for marker, segment := range segments(raw) {
		exif, ok := bytes.CutPrefix(segment, exifMark)
		if marker != 0xe1 || !ok {
			continue
		}
		t, first := newTIFF(exif)
		entries, _ := t.directory(first)
		for _, e := range entries {
			if e.tag != tagExif || len(e.values) < 4 {
				continue
			}
			inner, _ := t.directory(t.order.Uint32(e.values))
			for _, e := range inner {
				if m := takenOn.FindSubmatch(e.values); e.tag == tagTaken && m != nil {
					return string(bytes.Join(m[1:], []byte("-")))
				}
			}
		}
	}
	return ""
}

var takenOn = regexp.MustCompile(`^(\d{4}):(\d\d):(\d\d) `)

// hasPlace reports whether a directory for positions that any other one refers to
// has a latitude or a longitude.
func (t tiff) hasPlace(first uint32) bool {
	type link struct {
		at  uint32
		tag uint16 // by which it is referred to
	}
	queue := []link{{first, 0}}
	for n := 0; n < len(queue) && n < maxDirectories; n++ {
		entries, next := t.directory(queue[n].at)
		for _, e := range entries {
			if queue[n].tag == tagGPS && t.isPlace(e) {
				return true
			}
			if e.tag != tagGPS && e.tag != tagExif && e.tag != tagDirectories {
				continue
			}
			for v := e.values; len(v) >= 4 && len(queue) < maxDirectories; v = v[4:] {
				queue = append(queue, link{t.order.Uint32(v), e.tag})
			}
		}
		queue = append(queue, link{next, queue[n].tag})
	}
	return false
}

// isPlace reports whether an entry is a latitude or a longitude, of the camera or of
// what it was pointed at. Cameras without a position write zeros.
func (t tiff) isPlace(e entry) bool {
	if !slices.Contains([]uint16{2, 4, 0x14, 0x16}, e.tag) {
		return false
	}
	if e.kind != 5 && e.kind != 10 { // not the rational numbers of the standard
		return len(bytes.Trim(e.values, "\x00 ")) > 0
	}
	for v := e.values; len(v) >= 8; v = v[8:] {
		if t.order.Uint32(v) != 0 && t.order.Uint32(v[4:]) != 0 {
			return true
		}
	}
	return false
}

var (
	tiffStarts = [][]byte{[]byte("II*\x00"), []byte("MM\x00*")}
	// xmpPlace is a position as XMP and the XMP of drones write it, also with the
	// latter's slip of the pen.
	xmpPlace = regexp.MustCompile(`(?i)gps(dest)?(latitude|longt?itude)["']?[\s=>:]+["']?[-+]?\d`)
	xmpWord  = []byte("itude")
)

// HasPlace reports whether a picture tells where it was taken: a latitude or a
// longitude in Exif or in XMP. It looks at all bytes, so that it needs to know
// nothing of the container: JPEG with what lies behind its end, PNG, WebP, HEIC,
// AVIF, TIFF and what cameras call raw.
func HasPlace(raw []byte) bool {
	if holdsPlace(raw) {
		return true
	}
	for text := range pngTexts(raw) {
		if holdsPlace(text) {
			return true
		}
	}
	return false
}

func holdsPlace(raw []byte) bool {
	blocks := 0
	for _, start := range tiffStarts {
		for at := range indices(raw, start) {
			if blocks++; blocks > maxBlocks { // no camera writes as many: doubt counts
				return true
			}
			if t, first := newTIFF(raw[at:]); t.hasPlace(first) {
				return true
			}
		}
	}
	for at := range indices(raw, xmpWord) {
		if xmpPlace.Match(raw[max(0, at-16):min(len(raw), at+64)]) {
			return true
		}
	}
	return false
}

// indices returns where a word occurs.
func indices(raw, word []byte) iter.Seq[int] {
	return func(yield func(int) bool) {
		for from := 0; ; {
			at := bytes.Index(raw[from:], word)
			if at < 0 || !yield(from+at) {
				return
			}
			from += at + len(word)
		}
	}
}

const maxText = 1 << 20 // bytes of an unpacked text of a PNG

// pngTexts returns the packed texts of a PNG, and those that are Exif in
// hexadecimal digits, as ImageMagick writes it.
func pngTexts(raw []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		if Sniff(raw) != PNG {
			return
		}
		for name, data := range chunks(raw, PNG) {
			if name != "zTXt" && name != "iTXt" && name != "tEXt" {
				continue
			}
			keyword, text, _ := bytes.Cut(data, []byte{0})
			switch {
			case name == "zTXt" && len(text) > 1:
				text = unpacked(text[1:])
			case name == "iTXt" && len(text) > 2 && text[0] == 1:
				if parts := bytes.SplitN(text[2:], []byte{0}, 3); len(parts) == 3 { // language, translated keyword
					text = unpacked(parts[2])
				}
			}
			if bytes.HasPrefix(keyword, []byte("Raw profile type")) {
				text = fromHex(text)
			}
			if !yield(text) {
				return
			}
		}
	}
}

// unpacked returns what a text unpacks to, as far as it can be.
func unpacked(packed []byte) []byte {
	r, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil
	}
	text, _ := io.ReadAll(io.LimitReader(r, maxText)) // what is there counts
	return text
}

// fromHex reads the profile of a text: its name, its length, and lines of digits.
func fromHex(text []byte) []byte {
	words := strings.Fields(string(text))
	if len(words) < 3 {
		return nil
	}
	digits := strings.Join(words[2:], "")
	raw, _ := hex.DecodeString(digits[:len(digits)&^1])
	return raw
}
