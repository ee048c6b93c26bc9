package layouts

import (
	"html"
	"html/template"
	"strings"

	"wangjian/internal/linebreak"
)

// Functions are what templates may call beside what html/template has: phrased writes
// a title, which a line of it ends in only by its sense; worded a label of a table or a
// list, whose lines may be shorter and end between words.
var Functions = map[string]func(string) template.HTML{
	"phrased": func(text string) template.HTML { return Phrased(text, nil) },
	"worded":  func(text string) template.HTML { return joined(linebreak.Words(text), nil) },
}

// New returns a template that may call the functions.
func New(name string) *template.Template {
	all := template.FuncMap{}
	for name, function := range Functions {
		all[name] = function
	}
	return template.New(name).Funcs(all)
}

// Phrased writes a title that a line of it ends in only by its sense, with its numbers
// and their units in one piece each.
func Phrased(text string, units linebreak.Units) template.HTML {
	return joined(linebreak.Phrases(text), units)
}

// joined writes parts of a text, between which a line may end.
func joined(parts []string, units linebreak.Units) template.HTML {
	if len(parts) == 1 {
		return Whole(parts[0], units)
	}
	var b strings.Builder
	for n, part := range parts {
		if n > 0 {
			b.WriteString("<wbr>")
		}
		b.WriteString(string(Whole(part, units)))
	}
	return template.HTML(b.String())
}

// Whole writes a text with its numbers and their units in one piece each.
func Whole(text string, units linebreak.Units) template.HTML {
	if units == nil || !strings.ContainsAny(text, "0123456789") {
		return template.HTML(html.EscapeString(text))
	}
	var b strings.Builder
	runes := []rune(text)
	from := 0
	for _, q := range units.Quantities(runes) {
		b.WriteString(html.EscapeString(string(runes[from:q[0]])))
		b.WriteString(`<span class="nowrap">` + html.EscapeString(string(runes[q[0]:q[1]])) + "</span>")
		from = q[1]
	}
	b.WriteString(html.EscapeString(string(runes[from:])))
	return template.HTML(b.String())
}
