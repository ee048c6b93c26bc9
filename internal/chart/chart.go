// Package chart draws the campaign's figures: a small catalogue of charts, each
// with its title, unit, text summary, data table, drawing and ECharts option.
//
// A chart is one file (comparison.go, counties.go …) that returns its [plan]s: the
// codes that this campaign supports, and how to draw each. The list is in
// catalogue.go. Each is laid out once, as one of the figures of bars.go (small
// multiples of horizontal bars, a panel a unit), matrix.go (rows against
// columns) and timeline.go. Of a layout a figure makes two things: the marks of
// a drawing (canvas.go), which become SVG here and page operations in package
// pdf, and go-echarts' option (option.go) for a reader who touches the chart.
// ECharts is not run when a site is built: cmd/wangjian tests that it draws, of
// the option, the same marks in the same places.
//
// Everything is a pure function of a [stats.Table] and its campaign. Quantities
// go into the option as the decimals that they are, and into labels as they
// were written; 无 and a figure that was not reported are gaps with a word, not
// zeros. Colours are the fallbacks of palette.go, which layouts/assets/charts.js
// exchanges for the page's own. A label is broken into lines here, not in the
// browser, so that a drawing is the same everywhere: see text.go.
//
// An option's media list holds one layout per range of widths, with the height
// that goes with it; charts.js sizes the stage by it. A drawing at a width has
// the layout of its range.
package chart

import (
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// Chart is one chart as a page shows it.
type Chart struct {
	Code    string
	Title   string
	Unit    string // "" where the chart has several, each in its own panel
	Summary string // what it shows, written from the figures
	Head    []string
	Rows    [][]string
	// ByRegion says that the rows are regions.
	ByRegion bool
	figure   figure
}

// figure is what a chart shows, laid out: as small multiples of bars, as a
// matrix, as a calendar.
type figure interface {
	// option returns ECharts' option.
	option() []byte
	// draw returns the drawing that ECharts would make of the option at a width.
	draw(width int) *Drawing
}

// Option returns ECharts' option for a reader who touches the chart, as JSON that
// is safe inside <script type="application/json">. It takes longer than the
// drawing.
func (c *Chart) Option() []byte { return c.figure.option() }

// Draw draws the chart at a width in px.
func (c *Chart) Draw(width int) *Drawing { return c.figure.draw(width) }

// SVG draws the chart at a width as an element of a class whose ids begin with
// id.
func (c *Chart) SVG(width int, class, id string) (string, error) {
	svg, err := c.Draw(width).SVG(class, id, c.Title, c.Summary)
	if err != nil {
		return "", fmt.Errorf("图表“%s”（%s）画不出来：%w", c.Title, c.Code, err)
	}
	return svg, nil
}

// Listing names a chart that the campaign supports.
type Listing struct{ Code, Title string }

// List returns every chart that the campaign supports, in catalogue order.
func List(b *stats.Table, c *campaign.Campaign) []Listing {
	var list []Listing
	for _, p := range plans(b, c) {
		list = append(list, Listing{p.code, p.title})
	}
	return list
}

// Find draws the chart of a code. Its error is Chinese and names the nearest
// code.
func Find(b *stats.Table, c *campaign.Campaign, code string) (*Chart, error) {
	var codes []string
	for _, p := range plans(b, c) {
		if p.code == code {
			return p.chart(), nil
		}
		codes = append(codes, p.code)
	}
	return nil, &UnknownChart{Code: code, Nearest: campaign.Nearest(code, codes)}
}

// UnknownChart is the error for a code of which the campaign has no chart.
type UnknownChart struct{ Code, Nearest string }

func (e *UnknownChart) Error() string {
	if e.Nearest == "" {
		return "没有代号为“" + e.Code + "”的图表，或者它所用的数据还没有报送"
	}
	return "没有代号为“" + e.Code + "”的图表，最接近的是“" + e.Nearest + "”"
}

// ForHome returns the charts of the home page.
func ForHome(b *stats.Table, c *campaign.Campaign) []*Chart {
	codes := []string{overviewCode, kindsCode}
	if c.Lead != nil {
		codes = append(codes, c.Lead.Code+countiesSuffix)
	}
	return pick(b, c, func(p plan) bool { return slices.Contains(codes, p.code) })
}

// ForDepartment returns the charts of a department's page. The heat map stays with
// the county comparison: the page has the same figures as a table, and the
// drawing alone weighs a third of what a page may.
func ForDepartment(b *stats.Table, c *campaign.Campaign, d *campaign.Department) []*Chart {
	return pick(b, c, func(p plan) bool { return p.department == d && !p.single && !strings.HasSuffix(p.code, heatSuffix) })
}

// ForTasks returns the charts of the list of all 工作重点.
func ForTasks(b *stats.Table, c *campaign.Campaign) []*Chart {
	return pick(b, c, func(p plan) bool { return p.code == dutiesCode })
}

// ForTask returns the charts of a 工作重点's page.
func ForTask(b *stats.Table, c *campaign.Campaign, priority *campaign.Priority) []*Chart {
	return pick(b, c, func(p plan) bool { return p.priority == priority && priority != nil })
}

// ForRegions returns the charts of the county comparison.
func ForRegions(b *stats.Table, c *campaign.Campaign) []*Chart {
	return pick(b, c, func(p plan) bool { return p.byRegion && !p.single })
}

// ForStatistics returns the charts of the statistics page.
func ForStatistics(b *stats.Table, c *campaign.Campaign) []*Chart {
	return pick(b, c, func(p plan) bool {
		return p.code == overviewCode || p.department != nil && !p.byRegion
	})
}

func pick(b *stats.Table, c *campaign.Campaign, wanted func(plan) bool) []*Chart {
	var list []*Chart
	for _, p := range plans(b, c) {
		if wanted(p) {
			list = append(list, p.chart())
		}
	}
	return list
}

// unitOf returns the one unit of some rows, or "" where they differ.
func unitOf(rows []*campaign.Row) string {
	if len(rows) == 0 || slices.ContainsFunc(rows, func(r *campaign.Row) bool { return r.Unit != rows[0].Unit }) {
		return ""
	}
	return rows[0].Unit
}

// sentence joins the parts that say something and ends them.
func sentence(parts ...string) string {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "，") + "。"
}
