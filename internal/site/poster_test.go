package site

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/cache"
	"wangjian/internal/card"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// TestPosterSaysTheFigures reads the long picture back: every key figure and
// every county's in the map is there as reported, the page says the same beside
// it, and picture and dots come out the same twice.
func TestPosterSaysTheFigures(t *testing.T) {
	c, contents := read(t, sampleDir)
	v := release.Public(c, c.ReferenceDate, contents)
	painter := card.NewPainter(layouts.Over(nil), cache.NewMemory())
	s, err := newSite(v, stats.Of(v), layouts.Over(nil), painter)
	if err != nil {
		t.Fatal(err)
	}
	made := map[string][]byte{}
	for range 2 {
		for _, f := range posters(s) {
			var out bytes.Buffer
			if err := f.Write(&out); err != nil {
				t.Fatal(err)
			}
			if before := made[f.Path]; before != nil && !bytes.Equal(before, out.Bytes()) {
				t.Errorf("%s differs the second time", f.Path)
			}
			made[f.Path] = out.Bytes()
		}
	}
	texts := labels(t, made[posterPath+".svg"])
	latest := s.stats.Latest()
	r := &rendering{site: s, view: v, page: &page{path: "statistics/index.html"}, root: "../", placed: map[string]int{}}
	beside := r.posterFigure()
	for n, f := range s.stats.KeyFigures(latest) {
		value := f.Quantity.String() + f.Row.Unit
		if !slices.Contains(texts, value) {
			t.Errorf("%s%s is not in the picture", f.Row.Name, value)
		}
		if beside.Figures[n] != (fact{f.Row.Name, value}) {
			t.Errorf("beside it stands %v, want %s%s", beside.Figures[n], f.Row.Name, value)
		}
	}
	row := s.rowsOf[c.Lead][0]
	tiles := 0
	for _, region := range v.Campaign().Regions {
		if f := s.stats.Figure(latest, row, region); f != nil {
			at := slices.Index(texts, f.Quantity.String())
			if at < 0 {
				t.Errorf("%s：%s is not in the map", region.Short, f.Quantity)
			}
			tiles++
		}
	}
	if tiles != 19 {
		t.Errorf("%d counties", tiles)
	}
	for _, want := range []string{"12315", s.absolute("index.html")} {
		if !slices.Contains(texts, want) {
			t.Errorf("%s is not in the picture", want)
		}
	}
	size, err := png.DecodeConfig(bytes.NewReader(made[posterPath+".png"]))
	if err != nil || size.Width != 2*beside.Width || size.Height != 2*beside.Height {
		t.Errorf("%v: %d × %d dots for %d × %d px", err, size.Width, size.Height, beside.Width, beside.Height)
	}
}

// labels returns the texts of a drawing.
func labels(t *testing.T, svg []byte) (list []string) {
	d := xml.NewDecoder(bytes.NewReader(svg))
	for in := false; ; {
		token, err := d.Token()
		if token == nil {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			in = token.Name.Local == "text"
		case xml.CharData:
			if in {
				list = append(list, strings.TrimSpace(string(token)))
			}
		case xml.EndElement:
			in = false
		}
	}
}
