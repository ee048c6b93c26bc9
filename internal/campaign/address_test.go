package campaign

import "testing"

// TestParseLink: a query and a fragment never become part of the name, however
// they are written, and only a scheme makes a link leave the campaign.
func TestParseLink(t *testing.T) {
	for link, want := range map[string][3]string{
		"b.md":                 {"", "b.md", ""},
		"../cases/x.md#处罚":     {"", "../cases/x.md", "处罚"},
		"#标题":                  {"", "", "标题"},
		"%E5%9B%BE.png":        {"", "图.png", ""},
		"a.md?x=1#y":           {"", "a.md", "y"},
		"a.md#y?x":             {"", "a.md", "y?x"},
		"./fujian.csv?v:1":     {"", "./fujian.csv", ""},
		"fujian.csv?v:1":       {"", "fujian.csv", ""},
		"renlian.png?v":        {"", "renlian.png", ""},
		"renlian.png?":         {"", "renlian.png", ""},
		"%62uyu%2Emd%3Fv":      {"", "buyu.md?v", ""}, // an encoded ? is part of the name
		"%2562uyu.md":          {"", "%62uyu.md", ""}, // decoded once
		"100%.pdf":             {"", "100%.pdf", ""},
		"图:a.csv":              {"", "图:a.csv", ""},
		"https://a.gov.cn/x":   {"https", "", ""},
		"HTTPS://a.gov.cn/x#y": {"https", "", ""},
		"tel:12315":            {"tel", "", ""},
		"javascript:x":         {"javascript", "", ""},
		"C:/x.csv":             {"c", "", ""},
		"//host/x":             {"", "//host/x", ""},
	} {
		scheme, name, anchor := ParseLink(link)
		if got := [3]string{scheme, name, anchor}; got != want {
			t.Errorf("%s: %q, want %q", link, got, want)
		}
	}
}
