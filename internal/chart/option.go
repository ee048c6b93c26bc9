package chart

import (
	"encoding/json"
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// datum is one number of a chart, or a gap: what ECharts has for it. Its marks
// have its number in a [Drawing], counted from 1.
type datum struct {
	tip    string
	number json.Number // "" for a gap
}

// option makes ECharts' option of a chart's data: one series, whose marks are
// those of the drawing that stands on the page (charts.js hands them over). < >
// & are escaped, so that it stays inside its script element.
func option(title string, data []datum) []byte {
	c := charts.NewCustom()
	var list []opts.CustomData
	for _, d := range data {
		item := opts.CustomData{Name: plain(d.tip), Value: "-"}
		if d.number != "" {
			item.Value = d.number
		}
		list = append(list, item)
	}
	c.AddSeries(plain(title), list)
	c.SetGlobalOptions(
		charts.WithAnimation(false),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "item", Formatter: "{b}"}),
	)
	c.Validate()
	all := c.JSON()
	written, err := json.Marshal(map[string]any{"animation": false, "tooltip": all["tooltip"], "series": all["series"]})
	if err != nil {
		panic(fmt.Sprintf("chart option is not JSON: %v", err)) // only a program's fault can do this
	}
	return written
}
