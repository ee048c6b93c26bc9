package layouts

import (
	"fmt"
	"html/template"
	"io/fs"
	"strings"
	"testing"
)

func TestReword(t *testing.T) {
	for name, tc := range map[string]struct{ source, want string }{
		"between tags":      {"<h2>主要成效</h2>", "<h2>成果 &lt;甲&gt;</h2>"},
		"an attribute":      {`<nav aria-label="主要成效">`, `<nav aria-label="成果 &lt;甲&gt;">`},
		"space stays":       {"<p> 主要成效 </p>", "<p> 成果 &lt;甲&gt; </p>"},
		"part of a word":    {"<p>主要成效图</p>", "<p>主要成效图</p>"},
		"a name, no word":   {`{{if eq .Name "主要成效"}}<p>对</p>{{end}}`, "<p>对</p>"},
		"in a branch":       {"{{with .Name}}<b>主要成效</b>{{else}}{{end}}", "<b>成果 &lt;甲&gt;</b>"},
		"around a value":    {"<p>本栏目已于{{.Day}}归档</p>", "<p>于3日收好</p>"},
		"words of no entry": {"<p>别的</p>", "<p>别的</p>"},
	} {
		t.Run(name, func(t *testing.T) {
			set := template.Must(template.New("x").Parse(tc.source))
			Reword(set, map[string]string{"主要成效": "成果 <甲>", "本栏目已于": "于", "归档": "收好"})
			var out strings.Builder
			if err := set.Execute(&out, map[string]string{"Name": "主要成效", "Day": "3日"}); err != nil {
				t.Fatal(err)
			}
			if out.String() != tc.want {
				t.Errorf("%s, want %s", out.String(), tc.want)
			}
		})
	}
	if got := string(RewordScript([]byte("x = '没有' + y; // don't"), map[string]string{"没有": "无'有"})); got != `x = '无\'有' + y; // don't` {
		t.Error(got)
	}
}

// TestStyleModes: every mode that style.yaml can name has its rule in the
// stylesheet, once, and a value lands in it.
func TestStyleModes(t *testing.T) {
	css, err := fs.ReadFile(embedded, "assets/site.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range Modes {
		if !strings.Contains(string(css), m.Rule) {
			t.Errorf("site.css 里没有 %s", m.Rule)
			continue
		}
		own := string(Restyle(css, func(mode string) []Property {
			if mode == m.Name {
				return []Property{{"paper", "#abcdef"}}
			}
			return nil
		}))
		_, rule, _ := strings.Cut(own, m.Rule)
		if rule, _, _ = strings.Cut(rule, "}"); !strings.HasSuffix(rule, " --paper: #abcdef; ") {
			t.Errorf("%s：没有改到", m.Rule)
		}
	}
	if n := len(Properties(css)); n < 40 {
		t.Errorf("only %d properties", n)
	}
	for value, want := range map[string]bool{
		"#1d4f91": true, "1.5rem": true, `"Noto Sans", sans-serif`: true, "rgba(0, 0, 0, 0.5)": true,
		"red; color: blue": false, "url(x)": false, "a } b": false, "rgb(": false, "red /* x": false, "x !important": false, "": false,
	} {
		if IsStyleValue(value) != want {
			t.Errorf("%q: %v", value, !want)
		}
	}
}

// TestContrast: the contrast of black on white is 21, of a colour on itself 1.
func TestContrast(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{{"#000000", "#ffffff", "21.0"}, {"#174d86", "#174d86", "1.0"}, {"#767676", "#ffffff", "4.5"}} {
		if got := fmt.Sprintf("%.1f", Contrast(c.a, c.b)); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.a, c.b, got, c.want)
		}
	}
}
