package pdf

import (
	"sync"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/chart/still"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

var drawer = sync.OnceValue(func() *still.Drawer {
	d, err := still.NewDrawer(layouts.Over(nil), still.NewMemory())
	if err != nil {
		panic(err)
	}
	return d
})

// withCharts are the options that a publisher gives: drawings of a view's
// charts, tables where a drawing is too high.
func withCharts(v *release.View) Options {
	book, c := stats.Of(v), v.Campaign()
	return Options{
		Fonts: fonts(),
		Charts: func(code string, _ *campaign.Item) (title, unit string, head []string, rows [][]string, err error) {
			k, err := chart.Find(book, c, code)
			if err != nil {
				return "", "", nil, nil, err
			}
			return k.Title, k.Unit, k.Head, k.Rows, nil
		},
		Stills: &Stills{
			Draw: func(code string, _ *campaign.Item) (Still, error) {
				k, err := chart.Find(book, c, code)
				if err != nil {
					return Still{}, err
				}
				svg, err := drawer().Draw(k, 720, k.Code)
				return Still{SVG: svg, Title: k.Title, Unit: k.Unit, Summary: k.Summary}, err
			},
			Key: "zongti",
			Own: func(d *campaign.Department) string {
				for _, l := range chart.List(book, c) {
					if l.Code == d.Code+"-bijiao" {
						return l.Code
					}
				}
				return ""
			},
		},
	}
}
