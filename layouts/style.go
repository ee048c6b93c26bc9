package layouts

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
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
// gives the values of a mode.
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
