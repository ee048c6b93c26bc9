package site

import (
	"bytes"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// TestTemplatesAlike: pages come out of fasthtml as html/template makes them,
// and few are left to it.
func TestTemplatesAlike(t *testing.T) {
	for _, dir := range []string{sampleDir, smallDir} {
		c, contents := read(t, dir)
		for name, v := range map[string]*release.View{
			"public": release.Public(c, c.ReferenceDate, contents), "whole": release.Whole(c, c.ReferenceDate, contents),
			"early": release.Public(c, campaign.Date{Year: 2020, Month: 1, Day: 1}, contents),
		} {
			s, err := newSite(v, stats.Of(v), layouts.Over(nil), drawer(t))
			if err != nil {
				t.Fatal(err)
			}
			s.plan()
			plain, err := layouts.New("site").ParseFS(layouts.Over(nil), "templates/*.html")
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range s.pages {
				r := &rendering{site: s, view: v, page: p, root: relativeRoot(p.path), placed: map[string]int{}}
				data, err := p.data(r)
				if err != nil {
					t.Fatal(err)
				}
				f := r.frame(data)
				if f.Linked, err = r.linked(); err != nil {
					t.Fatal(err)
				}
				var got, want bytes.Buffer
				if err := s.templates.ExecuteTemplate(&got, p.template+".html", f); err != nil {
					t.Fatal(err)
				}
				if err := plain.ExecuteTemplate(&want, p.template+".html", f); err != nil {
					t.Fatal(err)
				}
				if got.String() != want.String() {
					t.Errorf("%s, %s: %s differs from what html/template makes", dir, name, p.path)
				}
			}
			if left := s.templates.Left.Load(); left*10 > int64(len(s.pages)) {
				t.Errorf("%s, %s: %d templates of %d pages were left to html/template", dir, name, left, len(s.pages))
			}
		}
	}
}
