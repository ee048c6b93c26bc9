package campaign

import "testing"

// FuzzReference: what stands between {{ and }} is a reference or an error.
func FuzzReference(f *testing.F) {
	for _, seed := range []string{"公安局/查处", "中期:公安局@章贡区/a/b|新增", "图:zongti", "表：公安局", "：｜／＠", "a/b（件）|数值|x", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		r, err := ParseReference(raw)
		if err == nil && r.Raw != raw {
			t.Errorf("%q is kept as %q", raw, r.Raw)
		}
		c := &Campaign{}
		if err == nil && r.Kind == FigureReference {
			if _, err := c.Resolve(r, nil); err == nil {
				t.Errorf("%q resolves to something in an empty campaign", raw)
			}
		}
		NameFault(raw)
		FoldedName(raw)
	})
}
