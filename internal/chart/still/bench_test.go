package still

import (
	"testing"
	"time"
)

// BenchmarkDraw measures what a chart of the sample takes, at the width of a
// page: cold (an engine that is warm, a drawing that is not there), cached on
// disk, and starting the first engine.
func BenchmarkDraw(b *testing.B) {
	charts := sample()
	perChart := func(b *testing.B, began time.Time) {
		b.ReportMetric(float64(time.Since(began).Microseconds())/1000/float64(b.N*len(charts)), "ms/chart")
	}
	b.Run("cold", func(b *testing.B) {
		d := newDrawer(b, nothing{})
		drawAll(b, d, charts[:1])
		b.ResetTimer()
		began := time.Now()
		for range b.N {
			drawAll(b, d, charts)
		}
		perChart(b, began)
	})
	b.Run("cached", func(b *testing.B) {
		cache := NewFolder(b.TempDir())
		drawAll(b, newDrawer(b, cache), charts)
		d := newDrawer(b, cache)
		b.ResetTimer()
		began := time.Now()
		for range b.N {
			drawAll(b, d, charts)
		}
		perChart(b, began)
		if d.Drawn() > 0 {
			b.Errorf("%d charts were drawn again", d.Drawn())
		}
	})
	b.Run("start", func(b *testing.B) {
		for range b.N {
			drawAll(b, newDrawer(b, nothing{}), charts[:1])
		}
	})
}

// nothing is a cache that keeps nothing.
type nothing struct{}

func (nothing) Get(string) ([]byte, bool) { return nil, false }
func (nothing) Put(string, []byte)        {}
