package main

import (
	"bytes"
	"math"
	"testing"
)

const fontFolder = "../../layouts/fonts"

func TestPicturesAreLightAndRepeatable(t *testing.T) {
	const limit = 350_000
	f, err := loadFonts(fontFolder)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pictures {
		t.Run(p.file, func(t *testing.T) {
			first, err := encodeImage(p.file, p.render(f))
			if err != nil {
				t.Fatal(err)
			}
			second, err := encodeImage(p.file, p.render(f))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(first, second) {
				t.Error("two runs differ")
			}
			if len(first) > limit {
				t.Errorf("%d bytes, more than %d", len(first), limit)
			}
		})
	}
}

func TestShotsAndCaptionsFillTheClip(t *testing.T) {
	end := 0.0
	for i, s := range shots {
		if s.from != end {
			t.Errorf("shot %d starts at %v, the one before ends at %v", i, s.from, end)
		}
		end = s.to
	}
	if end != clipSeconds {
		t.Errorf("the shots end at %v, the clip at %v", end, clipSeconds)
	}
	last := 0.0
	for _, c := range captions {
		if c.from < last {
			t.Errorf("caption %q starts before the one before has gone", c.words)
		}
		last = c.to
	}
}

func TestJoint(t *testing.T) {
	cases := []struct {
		name string
		to   pt
		bend float64
		want pt
	}{
		{"bent to one side", pt{1, 1}, 1, pt{0, 1}},
		{"bent to the other", pt{1, 1}, -1, pt{1, 0}},
		{"out of reach: stretched", pt{10, 0}, 1, pt{1, 0}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, _ := joint(pt{}, c.to, 1, 1, c.bend)
			if math.Hypot(got.x-c.want.x, got.y-c.want.y) > 0.06 {
				t.Errorf("joint at %v, want %v", got, c.want)
			}
		})
	}
}

func TestTaper(t *testing.T) {
	lo, hi := taper(pt{0, 0}, pt{10, 0}, 2, 1).bounds()
	if math.Abs(lo.x+2) > 0.05 || math.Abs(hi.x-11) > 0.05 || math.Abs(lo.y+2) > 0.05 || math.Abs(hi.y-2) > 0.05 {
		t.Errorf("a rod from -2,-2 to 11,2 has the bounds %v %v", lo, hi)
	}
}
