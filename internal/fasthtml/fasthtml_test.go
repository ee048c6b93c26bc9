package fasthtml

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"strings"
	"testing"
)

type thing struct {
	Name, Empty string
	Count       int
	List        []*thing
	Values      []string
	Any         any
	HTML        template.HTML
	Script      template.JS
	Map         map[string]string
	Next        *thing
	inner
}

type inner struct{ Promoted string }

func (t thing) Shout() string             { return strings.ToUpper(t.Name) }
func (t *thing) Pointed() bool            { return true }
func (t *thing) Fails() (string, error)   { return "", errors.New("failed") }
func (t *thing) Panics() string           { panic("panicked") }
func (t *thing) Say(s string) string      { return s + t.Name }
func (n *thing) Greater(other *thing) any { return n.Count > other.Count }

func data() *thing {
	last := &thing{Name: "丙", Count: 3, Values: []string{"x", "<y>"}, inner: inner{"里面"}}
	return &thing{
		Name: `甲"<'&+>` + "\x00", Count: 2, List: []*thing{{Name: "乙", Next: last}, last}, Any: *last, HTML: "<b>真</b>", Script: `{"a":1}`,
		Map: map[string]string{"k": "v"}, Next: last, Values: []string{"a b", "c%20d", "甲/乙?丙=1&丁#戊", "https://x.cn/?a=b:c", "javascript:alert(1)", "mailto:a@b.cn", "p:q"},
	}
}

// TestAlike executes templates by both and compares what is written, or the error.
func TestAlike(t *testing.T) {
	for _, page := range []string{
		`<p title="{{.Name}}">{{.Name}}</p><title>{{.Name}}</title>`,
		`{{range $n, $v := .Values}}{{if $n}}、{{end}}<a href="{{$v}}">{{$v}}</a><a href="#{{$v}}">{{$.Count}}</a><a href="x/{{$v}}">1</a>{{end}}`,
		`{{with .Next}}{{.Name}}{{.Promoted}}{{range .Values}}{{.}}{{end}}{{else}}none{{end}}{{.Count}}`,
		`{{with .Empty}}{{.}}{{else}}none{{end}}{{with $x := .Next}}{{$x.Name}}{{$.Name}}{{end}}`,
		`{{range .List}}{{.Name}}{{.Shout}}{{.Pointed}}{{if .Next}}{{.Next.Name}}{{end}}{{else}}none{{end}}{{range .Empty}}{{end}}`,
		`{{range .List}}{{.Name}}{{.Shout}}{{if .Pointed}}yes{{end}}{{with .Next}}{{.Count}}{{end}}{{end}}`,
		`{{$a := .Name}}{{range .List}}{{$b := .Name}}{{range .Values}}{{$a}}{{$b}}{{.}}{{end}}{{end}}{{$a}}`,
		`{{if and .Name .Empty}}a{{else if or .Empty .Count}}b{{end}}{{if not .Empty}}c{{end}}{{if gt (len .Values) 3}}d{{end}}{{if eq .Count 2}}e{{end}}{{if ne .Name "x"}}f{{end}}{{if eq .Name .Next.Name}}g{{end}}`,
		`{{.HTML}}<i title="{{.HTML}}"></i><script type="application/ld+json">{{.Script}}</script>`,
		`<script>var a = {{.Name}};</script><style>a { width: {{.Count}}px }</style>`,
		`{{.Any.Name}}{{.Any}}{{.Map.k}}{{range $k, $v := .Map}}{{$k}}{{end}}{{.Next.List}}`,
		`{{template "part" .Next}}{{template "part" .}}{{template "bare"}}{{.Say "x"}}<b {{if .Name}}class="{{.Name}}"{{end}}>`,
		`{{.Fails}}`, `{{.Panics}}`, `{{.Absent}}`, `{{.Next.Next.Name}}`, `{{range .Count}}x{{end}}`, `{{printf "%d" .Count}}`, `{{index .Values 0}}`,
		`{{range .Values}}{{if eq . "c%20d"}}{{break}}{{end}}{{.}}{{end}}`, `{{$a := 1}}{{$a = 2}}{{$a}}`, `{{/* nothing */}}a{{- .Name -}} b`, `{{if .Greater .Next}}a{{end}}`,
		`{{marked .Name}}{{range .Values}}{{marked .}}{{end}}<i title="{{marked .Name}}">{{with $x := marked "a&b"}}{{$x}}{{end}}</i>`, `{{marked .Count}}`, `{{marked .HTML}}`,
	} {
		parse := func() *template.Template {
			return template.Must(template.New("page.html").Funcs(template.FuncMap{"marked": marked}).Parse(page + `{{define "part"}}[{{.Name}}{{with .Next}}{{template "part" .}}{{end}}{{$.Count}}]{{end}}{{define "bare"}}bare{{end}}`))
		}
		var got, want bytes.Buffer
		set := New(parse(), map[string]func(string) template.HTML{"marked": marked})
		err := set.ExecuteTemplate(&got, "page.html", data())
		wanted := parse().ExecuteTemplate(&want, "page.html", data())
		if fmt.Sprint(err) != fmt.Sprint(wanted) || got.String() != want.String() {
			t.Errorf("%s:\n%s %v\nwant\n%s %v", page, got.String(), err, want.String(), wanted)
		}
	}
}

// TestKnown: what pages are made of is not left to html/template.
func TestKnown(t *testing.T) {
	set := New(template.Must(template.New("page.html").Funcs(template.FuncMap{"marked": marked}).Parse(`{{range $n, $v := .List}}<a href="{{$v.Name}}" title="{{$v.Name}}">{{$n}}{{.Shout}}</a>{{end}}{{with .Next}}{{template "part" .}}{{end}}{{define "part"}}{{marked .Name}}{{end}}`)), map[string]func(string) template.HTML{"marked": marked})
	if err := set.ExecuteTemplate(new(bytes.Buffer), "page.html", data()); err != nil || set.Left.Load() > 0 {
		t.Error(err, set.Left.Load())
	}
}

func marked(text string) template.HTML { return template.HTML("<mark>" + text + "</mark>") }

func FuzzEscape(f *testing.F) {
	set := New(template.Must(template.New("page").Parse(`<a href="{{.}}" title="{{.}}" data-x="/a/{{.}}">{{.}}</a><a href="#{{.}}"></a><a href="x?{{.}}">`)), nil)
	for _, s := range []string{"甲", "a+b&c", "%zz%41", "javascript:x", "HTTP://x", "a/b:c", "\xff\x00'\"", "\u2028\ufdd0\U0001F600"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got, want bytes.Buffer
		if err := set.ExecuteTemplate(&got, "page", s); err != nil {
			t.Fatal(err)
		}
		if err := set.Template.ExecuteTemplate(&want, "page", s); err != nil {
			t.Fatal(err)
		}
		if got.String() != want.String() {
			t.Errorf("%q: %q, html/template writes %q", s, got.String(), want.String())
		}
	})
}
