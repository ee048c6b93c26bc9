package still

import (
	"os"
	"sync"
	"testing"

	"wangjian/internal/chart"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// sample gives every chart of the sample.
var sample = sync.OnceValue(func() []*chart.Chart {
	fsys := os.DirFS("../../../")
	c, _ := source.Load(fsys)
	v := release.Public(c, c.ReferenceDate, source.Contents(fsys))
	book := stats.Of(v)
	var charts []*chart.Chart
	for _, l := range chart.List(book, v.Campaign()) {
		if ch, err := chart.Find(book, v.Campaign(), l.Code); err == nil {
			charts = append(charts, ch)
		}
	}
	return charts
})

func newDrawer(t testing.TB, cache Cache) *Drawer {
	t.Helper()
	d, err := NewDrawer(layouts.Over(nil), cache)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestProto(t *testing.T) {
	d := newDrawer(t, NewMemory())
	for _, c := range sample() {
		for _, w := range []string{"720", "340"} {
			n := 720
			if w == "340" {
				n = 340
			}
			s, err := d.Draw(c, n, c.Code)
			if err != nil {
				t.Error(err)
			}
			os.WriteFile("/tmp/c4proto/"+c.Code+"-"+w+".svg", []byte(s), 0o644)
		}
	}
}
