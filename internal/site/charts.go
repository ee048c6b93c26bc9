package site

import (
	"fmt"
	"html/template"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
)

// chartFigure is a chart as figure.html places it.
type chartFigure struct {
	ID         string // tu-代号, numbered when a page shows the chart again
	Code       string
	Title      string
	Unit       string
	Summary    string
	Height     int
	Head       []string
	Rows       [][]string
	OptionJSON template.JS
}

// chart gives the chart that {{图:代号}} places.
func (r *rendering) chart(code string) (chartFigure, error) {
	c, err := chart.Find(r.book, r.campaign, code)
	if err != nil {
		return chartFigure{}, err
	}
	return r.place(c), nil
}

func (r *rendering) place(c *chart.Chart) chartFigure {
	r.placed[c.Code]++
	id := "tu-" + c.Code
	if n := r.placed[c.Code]; n > 1 {
		id = fmt.Sprintf("%s-%d", id, n)
	}
	return chartFigure{
		ID: id, Code: c.Code, Title: c.Title, Unit: c.Unit, Summary: c.Summary, Height: c.Height,
		Head: c.Head, Rows: c.Rows, OptionJSON: template.JS(c.Option),
	}
}

// placeAll gives charts for a page's own section, without those that the page's
// body already shows.
func (r *rendering) placeAll(charts []*chart.Chart, except *campaign.Item) []chartFigure {
	shown := map[string]bool{}
	if except != nil {
		for _, ref := range except.Body.References {
			if ref.Kind == campaign.ChartReference {
				shown[ref.Chart] = true
			}
		}
	}
	var list []chartFigure
	for _, c := range charts {
		if !shown[c.Code] {
			list = append(list, r.place(c))
		}
	}
	return list
}

func (r *rendering) homeCharts() []chartFigure {
	return r.placeAll(chart.ForHome(r.book, r.campaign), nil)
}

func (r *rendering) departmentCharts(d *campaign.Department, narrative *campaign.Item) []chartFigure {
	return r.placeAll(chart.ForDepartment(r.book, r.campaign, d), narrative)
}

func (r *rendering) taskCharts(p *campaign.Priority) []chartFigure {
	return r.placeAll(chart.ForTask(r.book, r.campaign, p), nil)
}

func (r *rendering) regionCharts() []chartFigure {
	return r.placeAll(chart.ForRegions(r.book, r.campaign), nil)
}

func (r *rendering) statisticsCharts() []chartFigure {
	return r.placeAll(chart.ForStatistics(r.book, r.campaign), nil)
}
