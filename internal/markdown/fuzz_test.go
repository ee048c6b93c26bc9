package markdown

import "testing"

// FuzzParse: a body of whatever bytes is a tree or findings within it.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"# 题\n\n**重（注）**的{{公安局/x|数值}}\n\n|a|{{b|c}}|\n|-|-|\n|1|2|\n", "> - 1. > x\n", "[^1]\n\n[^1]: a\n", "***a**b*", "`a``b`", "{{", "a&#x41;\\*"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		tree, findings := Parse([]byte(body), "x.md", 3)
		if tree == nil {
			t.Fatal("no tree")
		}
		for _, x := range findings {
			if x.At.Line < 3 || x.At.Column < 1 || x.Message == "" {
				t.Errorf("%q: %+v", body, x)
			}
		}
		Scan(tree, 3)
	})
}
