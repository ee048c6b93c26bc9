package layouts

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Pair is a colour that stands on another, by the names of their custom
// properties, and how far they must be apart.
type Pair struct {
	Front, Back string
	Least       float64 // contrast as WCAG counts it, from 1 to 21
}

// The least contrasts of WCAG 2.2 AA: of text, and of graphics and borders.
const (
	TextContrast    = 4.5
	GraphicContrast = 3
)

// Pairs lists which colours of the stylesheet meet.
var Pairs = slices.Concat(
	on(TextContrast, []string{"ink", "ink-soft", "link", "link-hover", "red"}, "paper", "surface", "sunken"),
	on(TextContrast, []string{"warn"}, "warn-tint", "paper", "surface", "sunken"),
	on(TextContrast, []string{"ink"}, "warn-tint", "mark", "red-tint"),
	on(TextContrast, []string{"red"}, "red-tint"),
	on(TextContrast, []string{"good"}, "paper", "surface"),
	on(TextContrast, []string{"on-band", "on-band-soft"}, "band"),
	on(GraphicContrast, []string{"bar"}, "paper", "surface", "sunken"),
	on(GraphicContrast, []string{"line-strong", "focus"}, "paper", "surface"),
	on(GraphicContrast, []string{"chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-6"}, "surface"),
)

func on(least float64, fronts []string, backs ...string) []Pair {
	var list []Pair
	for _, f := range fronts {
		for _, b := range backs {
			list = append(list, Pair{f, b, least})
		}
	}
	return list
}

// Luminance is a colour's relative luminance (WCAG), from 0 to 1; -1 for what is
// not written #rgb or #rrggbb.
func Luminance(colour string) float64 {
	digits, ok := strings.CutPrefix(colour, "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	if !ok || len(digits) != 6 || err != nil {
		return -1
	}
	part := func(v uint64) float64 {
		s := float64(v&0xff) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return float64(0.2126*part(n>>16)) + float64(0.7152*part(n>>8)) + float64(0.0722*part(n))
}

// Contrast of two colours as WCAG counts it, from 1 to 21; 0 where one of them
// cannot be read.
func Contrast(a, b string) float64 {
	x, y := Luminance(a), Luminance(b)
	if x < 0 || y < 0 {
		return 0
	}
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

// ColourModes are the ways of reading that have colours of their own; "" stands
// for the plain one.
var ColourModes = []string{"", "深色", "高对比", "打印"}

// Palette returns what the custom properties of a stylesheet come to in a mode,
// and which of them the mode sets itself.
func Palette(css []byte, mode string) (values map[string]string, own map[string]bool) {
	values, own = map[string]string{}, map[string]bool{}
	for _, m := range Modes {
		if m.Name != "" && m.Name != mode {
			continue
		}
		_, block, _ := strings.Cut(string(css), m.Rule)
		block, _, _ = strings.Cut(block, "}")
		set := map[string]string{}
		for _, p := range Properties([]byte(block)) {
			set[p.Name] = p.Value
			own[p.Name] = m.Name == mode
		}
		maps.Copy(values, set)
	}
	return values, own
}
