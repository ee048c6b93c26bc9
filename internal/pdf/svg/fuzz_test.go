package svg

import "testing"

// FuzzSketch: a drawing is read or refused.
func FuzzSketch(f *testing.F) {
	for _, seed := range []string{
		`<svg viewBox="0 0 10 10" width="10" height="10"><path d="M0 0L10 10Z" fill="#f00"/></svg>`,
		`<svg viewBox="0 0 10 10"><g transform="translate(1 2) rotate(3)"><rect x="1" y="1" width="3" height="3" fill="none" stroke="#000" stroke-dasharray="1 2"/></g></svg>`,
		`<svg viewBox="0 0 10 10"><defs><linearGradient id="a"><stop offset="0" stop-color="#000"/></linearGradient></defs><path d="M0 0C1 1 2 2 3 3A1 1 0 0 1 4 4" fill="url(#a)"/><text x="1" y="2">文</text></svg>`,
		`<svg viewBox="0 0 1e9 1e-9"><path d="M1e308 1e308L-1e308 0"/></svg>`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if s, err := Sketch(text); err == nil && s == nil {
			t.Error("neither a sketch nor an error")
		}
	})
}
