package site

import (
	"fmt"
	"html/template"

	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/chart"
)

// Drawer draws the pictures that pages are passed on with, as PNG (package
// card). It is called from many goroutines.
type Drawer interface {
	Share(c card.Card) ([]byte, error)
	Preview(c card.Card) ([]byte, error)
}

// stills are the drawings that a figure holds. The stylesheet shows one of
// them: on a desk and on paper, or on a phone, where the other's text would be
// too small.
var stills = []struct {
	width int
	name  string // its class is still-name, and its ids end so
}{
	{720, "wide"},
	{340, "narrow"},
}

// chartFigure is a chart as figure.html places it.
type chartFigure struct {
	ID         string // tu-代号, numbered when a page shows the chart again
	Code       string
	Title      string
	Unit       string
	Summary    string
	Stills     template.HTML // svg elements
	Head       []string
	Rows       [][]string
	Sort       bool   // a reader may put the rows in order
	CSV        string // the table as a file
	OptionJSON template.JS
}

// chartTable is a chart's table, or the part of it that fits on a sheet of paper.
type chartTable struct {
	Head  []string
	Rows  [][]string
	Small bool // in small type on paper
}

// Tables returns the chart's table as it fits on sheets of paper.
func (c chartFigure) Tables() []chartTable {
	b := breadthsOf(append([][]string{c.Head}, c.Rows...)...)
	var tables []chartTable
	for _, columns := range b.cut() {
		part := func(row []string) []string { return append([]string{row[0]}, row[columns[0]:columns[1]]...) }
		t := chartTable{Head: part(c.Head), Small: b.part(columns).small()}
		for _, row := range c.Rows {
			t.Rows = append(t.Rows, part(row))
		}
		tables = append(tables, t)
	}
	return tables
}

// chart returns the chart that {{图:代号}} places.
func (r *rendering) chart(code string) (chartFigure, error) {
	c, err := chart.Find(r.stats, r.campaign, code)
	if err != nil {
		return chartFigure{}, err
	}
	figures, err := r.place([]*chart.Chart{c})
	if err != nil {
		return chartFigure{}, err
	}
	return figures[0], nil
}

// place draws charts and puts them on the page.
func (r *rendering) place(charts []*chart.Chart) ([]chartFigure, error) {
	var figures []chartFigure
	for _, c := range charts {
		figure := r.figure(c)
		for _, still := range stills {
			svg, err := c.SVG(still.width, "chart-still still-"+still.name, figure.ID+"-"+still.name)
			if err != nil {
				return nil, err
			}
			figure.Stills += template.HTML(svg + "\n")
		}
		figures = append(figures, figure)
	}
	return figures, nil
}

func (r *rendering) figure(c *chart.Chart) chartFigure {
	r.placed[c.Code]++
	id := "tu-" + c.Code
	if n := r.placed[c.Code]; n > 1 {
		id = fmt.Sprintf("%s-%d", id, n)
	}
	return chartFigure{
		ID: id, Code: c.Code, Title: c.Title, Unit: c.Unit, Summary: c.Summary,
		Head: c.Head, Rows: c.Rows, Sort: len(c.Rows) > 2 && (!c.ByRegion || r.stats.Ranks()), CSV: r.to("data/charts/" + c.Code + ".csv"), OptionJSON: template.JS(c.Option()),
	}
}

// placeAll returns charts for a page's own section, without those that the page's
// body already shows.
func (r *rendering) placeAll(charts []*chart.Chart, except *campaign.Item) ([]chartFigure, error) {
	shown := map[string]bool{}
	if except != nil {
		for _, ref := range except.Body.References {
			if ref.Kind == campaign.ChartReference {
				shown[ref.Chart] = true
			}
		}
	}
	var list []*chart.Chart
	for _, c := range charts {
		if !shown[c.Code] {
			list = append(list, c)
		}
	}
	return r.place(list)
}

func (r *rendering) homeCharts() ([]chartFigure, error) {
	return r.placeAll(chart.ForHome(r.stats, r.campaign), nil)
}

func (r *rendering) departmentCharts(d *campaign.Department, narrative *campaign.Item) ([]chartFigure, error) {
	return r.placeAll(chart.ForDepartment(r.stats, r.campaign, d), narrative)
}

func (r *rendering) tasksCharts() ([]chartFigure, error) {
	return r.placeAll(chart.ForTasks(r.stats, r.campaign), nil)
}

func (r *rendering) taskCharts(p *campaign.Priority) ([]chartFigure, error) {
	return r.placeAll(chart.ForTask(r.stats, r.campaign, p), nil)
}

func (r *rendering) regionCharts() ([]chartFigure, error) {
	return r.placeAll(chart.ForRegions(r.stats, r.campaign), nil)
}

func (r *rendering) statisticsCharts() ([]chartFigure, error) {
	return r.placeAll(chart.ForStatistics(r.stats, r.campaign), nil)
}
