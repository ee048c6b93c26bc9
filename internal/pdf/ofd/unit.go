package ofd

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// length is a length in thousandths of a millimetre, written in millimetres.
// Lengths are computed as whole numbers, so that every processor writes the same.
type length int64

// mm is the length of a number of points, rounded to thousandths of a point first.
func mm(points float64) length { return ofThousandths(thousandths(points)) }

// thousandths is a number of points in thousandths of one.
func thousandths(points float64) int64 { return int64(math.Round(points * 1000)) }

// ofThousandths is the length of thousandths of a point; 360 points are 127
// millimetres.
func ofThousandths(n int64) length {
	if n < 0 {
		return -ofThousandths(-n)
	}
	return length((n*127 + 180) / 360)
}

func (l length) String() string {
	switch {
	case l < 0:
		return "-" + (-l).String()
	case l%1000 == 0:
		return strconv.FormatInt(int64(l/1000), 10)
	}
	return strings.TrimRight(fmt.Sprintf("%d.%03d", l/1000, l%1000), "0")
}

// MarshalText writes the length as an attribute.
func (l length) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// box is a rectangle: its upper left corner, its width and its height.
type box struct{ x, y, w, h length }

// MarshalText writes the box as an attribute.
func (b box) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%s %s %s %s", b.x, b.y, b.w, b.h), nil
}

// steps are the distances from each character of a text to the next.
type steps []length

// MarshalText writes the steps as an attribute, those that are alike together: g,
// how many, how far (GB/T 33190-2016, 11.3).
func (s steps) MarshalText() ([]byte, error) {
	const few = 3 // are as long by themselves
	var list []string
	for len(s) > 0 {
		n := 1
		for n < len(s) && s[n] == s[0] {
			n++
		}
		if n > few {
			list = append(list, fmt.Sprintf("g %d %s", n, s[0]))
		} else {
			for range n {
				list = append(list, s[0].String())
			}
		}
		s = s[n:]
	}
	return []byte(strings.Join(list, " ")), nil
}
