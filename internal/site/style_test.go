package site

import (
	"io/fs"
	"maps"
	"regexp"
	"strings"
	"testing"

	"wangjian/layouts"
)

func asset(t *testing.T, name string) string {
	t.Helper()
	text, err := fs.ReadFile(layouts.Over(nil), "assets/"+name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var token = regexp.MustCompile(`(--[a-z0-9-]+):\s*([^;]+);`)

// tokens returns the custom properties of the first block of a selector.
func tokens(t *testing.T, css, selector string) map[string]string {
	t.Helper()
	at := strings.Index(css, selector+" {")
	if at < 0 {
		t.Fatalf("样式表里没有 %s", selector)
	}
	block := css[at : at+strings.Index(css[at:], "}")]
	found := map[string]string{}
	for _, m := range token.FindAllStringSubmatch(block, -1) {
		found[m[1]] = m[2]
	}
	return found
}

// TestContrast: text 4.5:1 and graphics 3:1 in every mode (WCAG 2.2 AA).
func TestContrast(t *testing.T) {
	css := []byte(asset(t, "site.css"))
	for _, mode := range layouts.ColourModes {
		values, _ := layouts.Palette(css, mode)
		for _, p := range layouts.Pairs {
			if got := layouts.Contrast(values[p.Front], values[p.Back]); got < p.Least {
				t.Errorf("%s：%s 在 %s 上的对比度是 %.2f，应不低于 %.1f", mode, p.Front, p.Back, got, p.Least)
			}
		}
	}
}

// TestDarkIsWrittenTwiceAlike: by the reader's choice and by the system's.
func TestDarkIsWrittenTwiceAlike(t *testing.T) {
	css := asset(t, "site.css")
	chosen, system := tokens(t, css, `:root[data-theme="dark"]`), tokens(t, css, `:root:not([data-theme])`)
	if !maps.Equal(chosen, system) {
		t.Errorf("两处深色的颜色不同：\n%v\n%v", chosen, system)
	}
}

// TestColoursAreTokens: a colour outside the tokens would stay light in the
// dark.
func TestColoursAreTokens(t *testing.T) {
	css := asset(t, "site.css")
	rules := css[strings.Index(css, "/* Elements"):strings.Index(css, "/* Paper")]
	if found := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|rgba?\(`).FindString(rules); found != "" {
		t.Errorf("样式规则里直接写了颜色 %s", found)
	}
}
