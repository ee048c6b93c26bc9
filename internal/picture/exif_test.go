package picture

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"image"
	"os"
	"slices"
	"testing"
)

// placed is a block of Exif whose directory for positions has a latitude of so many
// degrees, behind another directory.
func placed(order binary.AppendByteOrder, degrees uint32) []byte {
	head := "MM\x00*"
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		head = "II*\x00"
	}
	field := func(tag, kind uint16, count, value uint32) []byte {
		return order.AppendUint32(order.AppendUint32(order.AppendUint16(order.AppendUint16(nil, tag), kind), count), value)
	}
	directory := func(entries ...[]byte) []byte {
		return slices.Concat(order.AppendUint16(nil, uint16(len(entries))), slices.Concat(entries...), []byte{0, 0, 0, 0})
	}
	const at = 8 + 2 + 2*12 + 4
	gps := directory(field(0, 1, 4, 0x02020000), field(2, 5, 3, at+2+2*12+4))
	var latitude []byte
	for _, n := range []uint32{degrees, 1, 0, 1, 0, 100} {
		latitude = order.AppendUint32(latitude, n)
	}
	return slices.Concat([]byte(head), order.AppendUint32(nil, 8), directory(field(0x0112, 3, 1, 0x00010001), field(0x8825, 4, 1, at)), gps, latitude)
}

// TestHasPlace looks for a place in every container, written in every way of cameras
// and programs, and in pictures without one.
func TestHasPlace(t *testing.T) {
	whole := jpegOf(t, photo(64, 48))
	still := pngOf(t, image.NewGray(image.Rect(0, 0, 4, 4)))
	exif := string(placed(binary.BigEndian, 25))
	xmp := `<rdf:Description exif:GPSVersionID="2.2.0.0" exif:GPSLatitude="25,49.5N">`
	inJPEG := func(body string) []byte { return slices.Concat(whole[:2], segment(0xe1, body), whole[2:]) }
	inPNG := func(kind, body string) []byte { return slices.Concat(still[:33], chunk(kind, body), still[33:]) }
	webp := func(kind, body string) []byte {
		return []byte("RIFF\x00\x00\x00\x00WEBP" + webpDot + kind + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body)
	}
	for name, c := range map[string]struct {
		raw  []byte
		want bool
	}{
		"JPEG": {whole, false}, "PNG": {still, false}, "WebP": {markedWebP(6), false}, "marked": {markedJPEG(t, photo(40, 30), 6), false},
		"Exif": {inJPEG("Exif\x00\x00" + exif), true}, "Exif of an Intel machine": {inJPEG("Exif\x00\x00" + string(placed(binary.LittleEndian, 25))), true},
		"behind the end": {slices.Concat(whole, inJPEG("Exif\x00\x00"+exif)), true},
		"of zeros":       {inJPEG("Exif\x00\x00" + string(placed(binary.BigEndian, 0))), false}, "cut short": {inJPEG("Exif\x00\x00" + exif[:60]), false},
		"XMP": {inJPEG("http://ns.adobe.com/xap/1.0/\x00" + xmp), true}, "XMP of elements": {inJPEG("<exif:GPSLongitude>114,56.1E</exif:GPSLongitude>"), true},
		"drone": {inJPEG(`drone-dji:GpsLongtitude="+114.93"`), true}, "plain words": {inJPEG("Exif\x00\x00MM\x00*GPSLatitude 25.83 owner"), true}, "XMP without a value": {inJPEG(`exif:GPSLatitude=""`), false},
		"PNG with Exif": {inPNG("eXIf", exif), true}, "PNG with XMP": {inPNG("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+xmp), true},
		"PNG with packed XMP":     {inPNG("iTXt", "XML:com.adobe.xmp\x00\x01\x00\x00\x00"+deflated(xmp)), true},
		"PNG with a profile":      {inPNG("zTXt", "Raw profile type exif\x00\x00"+deflated(fmt.Sprintf("\nexif\n%8d\n%s\n", len(exif), hex.EncodeToString([]byte(exif))))), true},
		"PNG with another packed": {inPNG("zTXt", "Comment\x00\x00"+deflated("latitude 5")), false},
		"WebP with Exif":          {webp("EXIF", exif), true}, "WebP with XMP": {webp("XMP ", xmp), true},
		"HEIC": {[]byte("\x00\x00\x00\x18ftypheic" + "....mdat\x00\x00\x00\x06Exif\x00\x00" + exif), true}, "TIFF": {[]byte(exif), true},
		"a maze": {bytes.Repeat([]byte("II*\x00\x08\x00\x00\x00"), 300), true}, "empty": {nil, false},
	} {
		if got := HasPlace(c.raw); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	gps, err := os.ReadFile("../review/testdata/gate/gps.jpg")
	if err != nil {
		t.Fatal(err)
	}
	if !HasPlace(gps) {
		t.Error("gps.jpg has no place")
	}
	for _, out := range func() [][]byte { _, list := outputs(t, gps); return list }() {
		if HasPlace(out) || len(extras(out)) > 0 {
			t.Error("gps.jpg is published with its place")
		}
	}
}
