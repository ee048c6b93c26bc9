// Package chart draws the campaign's figures: a small catalogue of charts, each
// with its title, unit, text summary, data table, drawing and ECharts option.
//
// A chart is one file (comparison.go, counties.go …) that returns its [plan]s: the
// codes that this campaign supports, and how to draw each. The list is in
// catalogue.go. A chart's figure is one of rows.go (small multiples of rows, a
// panel a unit: bars for one round, dumbbells for two, lines for more), tiles.go
// (a map), matrix.go (rows against columns) and timeline.go. It is laid out once
// for a width, as the marks of a drawing (canvas.go). These become SVG here, page
// operations in package pdf, and in the browser the shapes of ECharts' custom
// series, whose data the option has (option.go): a mark carries the number of the
// datum that it shows. ECharts is not run when a site is built; cmd/wangjian tests
// that it draws what stands on the page.
//
// Everything is a pure function of a [stats.Table] and its campaign. Quantities
// go into the option as the decimals that they are, and into labels as they
// were written; 无 and a figure that was not reported are gaps with a word, not
// zeros. Colours are the palette's (palette.go), which the stylesheet exchanges
// for the page's own. A label is broken into lines here, not in the browser, so
// that a drawing is the same everywhere: see text.go. No type is smaller than
// [smallestType].
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
	Summary string // what it shows, written from the figures
	Head    []string
	Rows    [][]string
	// ByRegion says that the rows are regions.
	ByRegion bool
	// Regions are what the data stand for, one each, in their order; nil for other
	// charts.
	Regions []*campaign.Region
	figure  figure
}

// figure is what a chart shows: rows of bars, a map of tiles, a matrix, a
// calendar.
type figure interface {
	// data returns what can be pointed at.
	data() []datum
	// draw lays the chart out at a width. The marks of the nth datum have its
	// number.
	draw(width int) *Drawing
}

// Option returns ECharts' option for a reader who touches the chart, as JSON that
// is safe inside <script type="application/json">.
func (c *Chart) Option() []byte { return option(c.Title, c.figure.data()) }

// Draw draws the chart at a width in px.
func (c *Chart) Draw(width int) *Drawing { return c.figure.draw(width) }

// SVG draws the chart at a width as an element of a class. The marks of a datum
// lead to its link, where links has one.
func (c *Chart) SVG(width int, class string, links []string) (string, error) {
	svg, err := c.Draw(width).SVG(class, c.Title, c.Summary, links)
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

// ForPicture returns the charts of the campaign's long picture below its map.
func ForPicture(b *stats.Table, c *campaign.Campaign) []*Chart {
	return pick(b, c, func(p plan) bool { return p.code == overviewCode || p.code == kindsCode })
}

// ForDepartments returns the charts of the list of all departments.
func ForDepartments(b *stats.Table, c *campaign.Campaign) []*Chart {
	return pick(b, c, func(p plan) bool { return p.code == overviewCode })
}

// MapOf returns the regions in the lead department's first row, else in that of
// the first department that has regions' forms; nil where none has.
func MapOf(b *stats.Table, c *campaign.Campaign) *Chart {
	if p := mapOf(b, c); p != nil {
		return p.chart()
	}
	return nil
}

// MapCode returns the code of that chart, or "".
func MapCode(b *stats.Table, c *campaign.Campaign) string {
	if p := mapOf(b, c); p != nil {
		return p.code
	}
	return ""
}

// MapFigures returns the figures that the map shows.
func MapFigures(b *stats.Table, c *campaign.Campaign) []*stats.Figure {
	p := mapOf(b, c)
	if p == nil {
		return nil
	}
	return b.Counties(b.CountyRound(p.department), first(c.Form.RowsOf(p.department)))
}

func mapOf(b *stats.Table, c *campaign.Campaign) *plan {
	maps := counties(data{b, c})
	if len(maps) == 0 {
		return nil
	}
	return &maps[max(0, slices.IndexFunc(maps, func(p plan) bool { return p.department == c.Lead }))]
}

// ForDepartment returns the chart of a department's page: its regions. Its own
// figures stand in the page's form, which has bars, and are drawn on the statistics
// page; a map of tints weighs a third of what a page may.
func ForDepartment(b *stats.Table, c *campaign.Campaign, d *campaign.Department) []*Chart {
	return pick(b, c, func(p plan) bool { return p.department == d && strings.HasSuffix(p.code, countiesSuffix) })
}

// ForTasks returns the charts of the list of all 工作重点.
func ForTasks(b *stats.Table, c *campaign.Campaign) []*Chart {
	return pick(b, c, func(p plan) bool { return p.code == dutiesCode || p.code == kindsCode })
}

// ForTask returns the charts of a 工作重点's page.
func ForTask(b *stats.Table, c *campaign.Campaign, priority *campaign.Priority) []*Chart {
	return pick(b, c, func(p plan) bool { return p.priority == priority && priority != nil })
}

// ForStatistics returns the charts of the statistics page.
func ForStatistics(b *stats.Table, c *campaign.Campaign) []*Chart {
	return pick(b, c, func(p plan) bool {
		return p.department != nil && !p.byRegion
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

// sentence joins the parts that say something and ends them.
func sentence(parts ...string) string {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "，") + "。"
}
