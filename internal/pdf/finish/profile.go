package finish

import (
	"encoding/binary"
	"fmt"
	"math"
)

// outputIntent says that the colours of the file are those of sRGB, and gives
// the number of what says so.
func (o *objects) outputIntent() int {
	profile := o.add(string(deflated("/N 3 ", sRGB())))
	return o.add(fmt.Sprintf("<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) /Info (sRGB IEC61966-2.1) /DestOutputProfile %d 0 R >>\n", profile))
}

// sRGB makes a colour profile of IEC 61966-2-1 in version 2 of the ICC's format,
// which is that of PDF 1.4. Its colours are adapted to the white of D50 as the
// format asks.
func sRGB() []byte {
	white := xyz(0.9642, 1, 0.8249)
	curve := toneCurve()
	tags := []struct {
		name string
		data []byte
	}{
		{"desc", description("sRGB")},
		{"cprt", append([]byte("text\x00\x00\x00\x00"), "CC0\x00"...)},
		{"wtpt", white},
		{"rXYZ", xyz(0.4360747, 0.2225045, 0.0139322)},
		{"gXYZ", xyz(0.3850649, 0.7168786, 0.0971045)},
		{"bXYZ", xyz(0.1430804, 0.0606169, 0.7141733)},
		{"rTRC", curve}, {"gTRC", nil}, {"bTRC", nil}, // one curve for all
	}
	const headSize = 128
	head := make([]byte, headSize)
	copy(head[8:], "\x02\x10\x00\x00mntrRGB XYZ ") // version 2.1, for displays
	copy(head[24:], "\x07\xea\x00\x01\x00\x01")    // 2026-01-01
	copy(head[36:], "acsp")
	copy(head[68:], white[8:])
	list := binary.BigEndian.AppendUint32(nil, uint32(len(tags)))
	var data []byte
	first := headSize + len(list) + 12*len(tags)
	at, length := 0, 0
	for _, t := range tags {
		if t.data != nil {
			at, length = first+len(data), len(t.data)
			data = append(data, t.data...)
			for len(data)%4 != 0 {
				data = append(data, 0)
			}
		}
		list = append(list, t.name...)
		list = binary.BigEndian.AppendUint32(list, uint32(at))
		list = binary.BigEndian.AppendUint32(list, uint32(length))
	}
	profile := append(append(head, list...), data...)
	binary.BigEndian.PutUint32(profile, uint32(len(profile)))
	return profile
}

// xyz is a colour, in numbers of 16 bits before and after the point.
func xyz(x, y, z float64) []byte {
	b := []byte("XYZ \x00\x00\x00\x00")
	for _, v := range [...]float64{x, y, z} {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
	}
	return b
}

// description is a text in English only: its forms in Unicode and in the
// script code of old Macintoshes are empty.
func description(text string) []byte {
	b := []byte("desc\x00\x00\x00\x00")
	b = binary.BigEndian.AppendUint32(b, uint32(len(text)+1))
	b = append(b, text...)
	return append(b, make([]byte, 1+4+4+2+1+67)...)
}

// toneCurve is how light grows with a colour's number.
func toneCurve() []byte {
	const steps = 1024
	b := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), steps)
	for i := range steps {
		v := float64(i) / (steps - 1)
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		b = binary.BigEndian.AppendUint16(b, uint16(math.Round(v*65535)))
	}
	return b
}
