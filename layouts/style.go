package layouts

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Mode is a way of showing the pages for which the stylesheet has values of its
// own.
type Mode struct {
	Name string // as style.yaml calls it; "" for all
	Rule string // how the rule opens in site.css that sets its values
}

// Modes lists them in the order of site.css.
var Modes = []Mode{
	{"", ":root {"},
	{"深色", `:root[data-theme="dark"] {`},
	{"深色", ":root:not([data-theme]) {"},
	{"高对比", `:root[data-contrast="high"] {`},
	{"大字", ":root[data-size] {"},
	{"特大字", `:root[data-size="largest"] {`},
	{"打印", ":root, :root[data-theme], :root[data-contrast], :root:not([data-theme]) {"},
}

// ModeNames lists the modes that style.yaml may name.
func ModeNames() []string {
	var names []string
	for _, m := range Modes {
		if m.Name != "" && !slices.Contains(names, m.Name) {
			names = append(names, m.Name)
		}
	}
	return names
}

var property = regexp.MustCompile(`--([a-z0-9-]+):\s*([^;}]+)`)

// Property is a custom property of a stylesheet with its value outside of all
// modes.
type Property struct{ Name, Value string }

// Properties lists the custom properties that a stylesheet sets, in its order.
func Properties(css []byte) []Property {
	var list []Property
	for _, m := range property.FindAllSubmatch(css, -1) {
		p := Property{string(m[1]), strings.TrimSpace(string(m[2]))}
		if !slices.ContainsFunc(list, func(q Property) bool { return q.Name == p.Name }) {
			list = append(list, p)
		}
	}
	return list
}

// Value of a custom property: nothing in it that could end the rule, fetch a
// file or open a comment.
var value = regexp.MustCompile(`^[^;{}<>@\\\n]+$`)

// IsStyleValue reports whether a text may be a custom property's value.
func IsStyleValue(text string) bool {
	lower := strings.ToLower(text)
	return value.MatchString(text) && !strings.Contains(lower, "url(") && !strings.Contains(text, "/*") &&
		strings.Count(text, "(") == strings.Count(text, ")") && strings.Count(text, `"`)%2 == 0 && strings.Count(text, "'")%2 == 0 &&
		!strings.Contains(lower, "!important")
}

// Restyle adds a campaign's own values to the stylesheet, each at the end of the
// rule that it changes, so that modes go on beating one another as before. of
// returns the values of a mode.
func Restyle(css []byte, of func(mode string) []Property) []byte {
	for _, m := range Modes {
		list := of(m.Name)
		if len(list) == 0 {
			continue
		}
		var own bytes.Buffer
		for _, p := range list {
			fmt.Fprintf(&own, " --%s: %s;", p.Name, p.Value)
		}
		at := bytes.Index(css, []byte(m.Rule))
		if at < 0 { // a campaign's own stylesheet may know no such mode
			continue
		}
		at += bytes.IndexByte(css[at:], '}')
		css = slices.Concat(css[:at], own.Bytes(), []byte(" "), css[at:])
	}
	return css
}

// Pair is a colour that stands on another, by the names of their custom
// properties, and how far they must be apart.
type Pair struct {
	Front, Back string
	Least       float64 // contrast as WCAG counts it, from 1 to 21
}

// The least contrasts: by WCAG 2.2 AA of text, and of graphics and borders; and of
// one tier of a map from the next.
const (
	TextContrast    = 4.5
	GraphicContrast = 3
	TierContrast    = 1.3
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
	on(GraphicContrast, []string{"chart-1", "chart-2", "chart-3"}, "surface"),
	on(TierContrast, []string{"tint-1"}, "surface"),
	on(TierContrast, []string{"tint-2"}, "tint-1"),
	on(TierContrast, []string{"tint-3"}, "tint-2"),
	on(TierContrast, []string{"tint-4"}, "tint-3"),
	on(TextContrast, []string{"ink"}, "tint-1", "tint-2", "tint-3", "tint-4"),
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

var remark = regexp.MustCompile(`(?s)"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^)]*\)|/\*.*?\*/\s*`)

// WithoutComments returns a stylesheet as browsers read it.
func WithoutComments(css []byte) []byte {
	return remark.ReplaceAllFunc(css, func(part []byte) []byte {
		if bytes.HasPrefix(part, []byte("/*")) {
			return nil
		}
		return part
	})
}
