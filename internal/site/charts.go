package site

import (
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/chart"
	"wangjian/internal/release"
	layout "wangjian/layouts"
)

// Drawer draws the pictures that pages are passed on with, as PNG (package
// card). It is called from many goroutines.
type Drawer interface {
	Share(c card.Card) ([]byte, error)
	Preview(c card.Card) ([]byte, error)
	Drawing(d *chart.Drawing) ([]byte, error)
}

// drawings are the static ones that a figure holds, by the class that they have.
// The stylesheet shows the widest that the stage has room for: on a desk and on
// paper, on a phone, or there in large type.
var drawings = []struct {
	width int
	class string
}{
	{640, "still-wide"},
	{285, "still-narrow"},
	{190, "still-small"},
}

// openedWidths are those of the drawings that a reader who opens a chart over the
// window may get beside the static ones: with all of them some layout is nearly as
// wide as any window, whatever the size of its type.
var openedWidths = []int{235, 350, 450, 800, 1000, 1280}

// openedCharts promises these drawings of every chart, as scripts that charts.js
// loads: a page that is opened by double click can load nothing else.
func openedCharts(s *site) (files []release.File) {
	for _, listed := range chart.List(s.stats, s.campaign) {
		files = append(files, s.view.File("assets/charts/"+listed.Code+".js", func(w io.Writer) error {
			c, err := chart.Find(s.stats, s.campaign, listed.Code)
			if err != nil {
				return err
			}
			list := make([]string, len(openedWidths))
			for n, width := range openedWidths {
				if list[n], err = c.SVG(width, "chart-still", nil); err != nil {
					return err
				}
			}
			written, err := json.Marshal(list) // escapes what a script would take for its end
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(w, "wangjianCharts(%q,%s);\n", listed.Code, written)
			return err
		}))
	}
	return files
}

// chartFigure is a chart as figure.html places it.
type chartFigure struct {
	ID         string // tu-代号, numbered when a page shows the chart again
	Code       string
	Title      string
	Summary    string
	Titled     template.HTML // the title, in lines by its sense
	Told       template.HTML // the summary, its quantities in one piece
	Credit     string        // whose figures they are, and from which day
	Stills     template.HTML // svg elements
	Linked     bool          // their marks are links
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

// chart draws the chart that {{图:代号}} places.
func (r *rendering) chart(code string) (chartFigure, error) {
	c, err := chart.Find(r.stats, r.campaign, code)
	if err != nil {
		return chartFigure{}, err
	}
	return r.place(c)
}

// place draws a chart and puts it on the page.
func (r *rendering) place(c *chart.Chart) (chartFigure, error) {
	r.placed[c.Code]++
	id := "tu-" + c.Code
	if n := r.placed[c.Code]; n > 1 {
		id = fmt.Sprintf("%s-%d", id, n)
	}
	figure := chartFigure{
		ID: id, Code: c.Code, Title: c.Title, Summary: c.Summary, Titled: layout.Phrased(c.Title, r.units), Told: layout.Whole(c.Summary, r.units), Credit: r.credit(),
		Head: c.Head, Rows: c.Rows, Sort: len(c.Rows) > 2 && (!c.ByRegion || r.stats.Ranks()), CSV: r.to("data/charts/" + c.Code + ".csv"), OptionJSON: template.JS(c.Option()),
	}
	var links []string
	for _, region := range c.Regions {
		links = append(links, r.regionLink(region, region.Short).Href)
	}
	figure.Linked = links != nil
	for _, d := range drawings {
		svg, err := c.SVG(d.width, "chart-still "+d.class, links)
		if err != nil {
			return chartFigure{}, err
		}
		figure.Stills += template.HTML(svg + "\n")
	}
	return figure, nil
}

// credit says whose figures a chart shows, and from which day they are.
func (s *site) credit() string {
	text := s.say("来源：") + s.campaign.Site.Host
	if latest := s.stats.Latest(); latest != nil {
		if at := s.roundChange(latest); !at.IsZero() {
			text += s.sayf("，%s数据，%s公布", latest.Name, at.Date.Chinese())
		}
	}
	return text
}

// placeAll draws charts for a page's own section, without those that the page's
// body already shows.
func (r *rendering) placeAll(charts []*chart.Chart, body *campaign.Item) ([]chartFigure, error) {
	var list []chartFigure
	for _, c := range charts {
		shown := func(ref campaign.Reference) bool { return ref.Kind == campaign.ChartReference && ref.Chart == c.Code }
		if body != nil && slices.ContainsFunc(body.Body.References, shown) {
			continue
		}
		figure, err := r.place(c)
		if err != nil {
			return nil, err
		}
		list = append(list, figure)
	}
	return list, nil
}
