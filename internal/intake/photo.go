package intake

import (
	"bytes"
	"encoding/binary"
)

// hasPlace reports whether a picture says where it was taken: by the GPS part of its
// Exif, wherever in the file that stands, or by XMP.
func hasPlace(data []byte) bool {
	for _, mark := range []string{"GPSLatitude", "GPSLongitude", "GPSPosition"} {
		if bytes.Contains(data, []byte(mark)) {
			return true
		}
	}
	// Exif stands behind its name, or in WebP and PNG behind the name of its chunk.
	for _, mark := range []string{"Exif\x00\x00", "eXIf", "EXIF"} {
		for _, rest := range bytes.Split(data, []byte(mark))[1:] {
			if exifHasPlace(rest) || len(rest) > 4 && exifHasPlace(rest[4:]) {
				return true
			}
		}
	}
	return exifHasPlace(data) // a TIFF itself
}

// exifHasPlace reports whether Exif, which is a TIFF, has a directory of the place
// with a latitude or a longitude.
func exifHasPlace(tiff []byte) bool {
	if len(tiff) < 8 {
		return false
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case bytes.HasPrefix(tiff, []byte("MM\x00*")):
		order = binary.BigEndian
	case !bytes.HasPrefix(tiff, []byte("II*\x00")):
		return false
	}
	// entries calls back with the tag and the value of each entry of a directory.
	entries := func(at uint32, each func(tag uint16, value uint32)) {
		if int64(at)+2 > int64(len(tiff)) {
			return
		}
		count := int(order.Uint16(tiff[at:]))
		for i := range count {
			entry := int64(at) + 2 + int64(i)*12
			if entry+12 > int64(len(tiff)) {
				return
			}
			each(order.Uint16(tiff[entry:]), order.Uint32(tiff[entry+8:]))
		}
	}
	const gps, latitude, longitude = 0x8825, 2, 4
	placed := false
	entries(order.Uint32(tiff[4:]), func(tag uint16, place uint32) {
		if tag == gps {
			entries(place, func(tag uint16, _ uint32) { placed = placed || tag == latitude || tag == longitude })
		}
	})
	return placed
}
