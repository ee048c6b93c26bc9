package site

import (
	"io/fs"
	"maps"
	"math"
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

// tokens gives the custom properties of the first block of a selector.
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

func contrast(t *testing.T, a, b string) float64 {
	x, y := luminanceOf(a), luminanceOf(b)
	if x < 0 || y < 0 {
		t.Fatalf("颜色写成六位十六进制：%s、%s", a, b)
	}
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

// TestContrast: text 4.5:1 and graphics 3:1 in every mode (WCAG 2.2 AA).
func TestContrast(t *testing.T) {
	css := asset(t, "site.css")
	light := tokens(t, css, ":root")
	for mode, selector := range map[string]string{
		"浅色": ":root", "深色": `:root[data-theme="dark"]`, "高对比": `:root[data-contrast="high"]`,
	} {
		values := maps.Clone(light)
		maps.Copy(values, tokens(t, css, selector))
		check := func(least float64, front string, backs ...string) {
			t.Helper()
			for _, back := range backs {
				if got := contrast(t, values[front], values[back]); got < least {
					t.Errorf("%s：%s 在 %s 上的对比度是 %.2f，应不低于 %.1f", mode, front, back, got, least)
				}
			}
		}
		for _, text := range []string{"--ink", "--ink-soft", "--link", "--link-hover", "--red"} {
			check(4.5, text, "--paper", "--surface", "--sunken")
		}
		check(4.5, "--warn", "--warn-tint", "--paper")
		check(4.5, "--ink", "--warn-tint", "--mark")
		check(4.5, "--red", "--red-tint")
		check(4.5, "--good", "--paper")
		check(4.5, "--on-band", "--band")
		check(4.5, "--on-band-soft", "--band")
		check(3, "--bar", "--paper", "--surface", "--sunken")
		check(3, "--line-strong", "--paper", "--surface")
		check(3, "--focus", "--paper", "--surface")
		for _, c := range []string{"--chart-1", "--chart-2", "--chart-3", "--chart-4", "--chart-5", "--chart-6"} {
			check(3, c, "--surface")
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
