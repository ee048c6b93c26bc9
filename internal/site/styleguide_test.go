package site

import (
	"strings"
	"testing"

	"wangjian/internal/release"
)

// TestStyleguideIsForTheOffice: the preview has it, with the tokens of the
// stylesheet, the contrast of its colours and a piece of each kind; a public
// site has neither the page nor a link to it.
func TestStyleguideIsForTheOffice(t *testing.T) {
	c, contents := read(t, smallDir)
	office := render(t, release.Whole(c, c.ReferenceDate, contents))
	guide := office[styleguidePath]
	for _, want := range []string{
		"<code>--t-body</code></th><td>1.0625rem", "<code>--s-4</code></th><td>1rem", "<code>--link</code></th><td>#174d86", "高对比",
		`class="figure-card"`, `class="alert"`, `class="callout`, `class="card"`, `class="form-table"`, `data-chart=`, `class="pager"`, `class="trail"`, `class="record"`,
	} {
		if !strings.Contains(guide, want) {
			t.Errorf("样式指南里没有 %s", want)
		}
	}
	if !strings.Contains(office["index.html"], `href="styleguide/index.html"`) {
		t.Error("预览的首页不通向样式指南")
	}
	for path, text := range render(t, release.Public(c, c.ReferenceDate, contents)) {
		if strings.Contains(path, "styleguide") || strings.HasSuffix(path, ".html") && strings.Contains(text, "styleguide") {
			t.Errorf("公众版有样式指南：%s", path)
		}
	}
}
