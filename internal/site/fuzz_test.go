package site

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
)

// FuzzBody: whatever a Markdown body holds, what it becomes has no element and
// no attribute that could do anything.
func FuzzBody(f *testing.F) {
	for _, seed := range []string{
		"# 题\n\n正文**重**`码`[链](about.md \"x\")![图](a.png)\n\n- 一\n  - 二\n\n> 引\n\n|a|b|\n|-|:-:|\n|{{市场监管局/立案}}|2|\n\n注[^1]\n\n[^1]: 脚注\n",
		"<script>alert(1)</script> <img src=x onerror=alert(1)>\n",
		"[a](javascript:alert(1)) [b](JaVaScRiPt&#58;alert(1)) [c](data:text/html,x) <javascript:alert(1)>\n",
		"![\" onerror=\"alert(1)](a.png) [x](\"onclick=alert(1))\n", "```html\n<script>\n```\n", "{{图:x}}\n\n{{表:教体局}}\n", "&lt;script&gt; \\<b\\>",
	} {
		f.Add(seed)
	}
	day, err := campaign.ParseDate("2026-05-10")
	if err != nil {
		f.Fatal(err)
	}
	r, c := desk(f, day)
	item := c.ItemsOf(campaign.Pages)[0]
	f.Fuzz(func(t *testing.T, body string) {
		tree, _ := markdown.Parse([]byte(body), item.File, 1)
		w := newPageRenderer(r, item, "", 0)
		w.tree(tree)
		tokens := html.NewTokenizer(strings.NewReader(w.out.String()))
		for tokens.Next() != html.ErrorToken {
			token := tokens.Token()
			if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
				continue
			}
			switch token.Data {
			case "script", "iframe", "object", "embed", "style", "form", "base", "meta", "link":
				if token.Data != "script" || !strings.Contains(token.String(), "application/json") {
					t.Errorf("%q becomes %s", body, token)
				}
			}
			for _, a := range token.Attr {
				value := strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" && token.Data != "svg" || (a.Key == "href" || a.Key == "src") && (strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:") || strings.HasPrefix(value, "vbscript:")) {
					t.Errorf("%q becomes %s", body, token)
				}
			}
		}
	})
}
