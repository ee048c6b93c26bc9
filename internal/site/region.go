package site

import (
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/stats"
)

// shownRegions lists the counties that have something of their own to show.
// Those who may know who has not reported see the others too, where there is
// any.
func (s *site) shownRegions() []*campaign.Region {
	has := map[*campaign.Region]bool{}
	for _, r := range s.campaign.Reports {
		has[r.Region] = true
	}
	for n := range s.narratives {
		has[n.region] = true
	}
	for _, w := range s.view.Withdrawn() {
		has[w.Region] = true
	}
	delete(has, nil)
	if len(has) > 0 && s.view.ShowsLedger() {
		return s.campaign.Regions
	}
	return slices.DeleteFunc(slices.Clone(s.campaign.Regions), func(r *campaign.Region) bool { return !has[r] })
}

// regionLink leads to a county's page, where it has one.
func (r *rendering) regionLink(region *campaign.Region, name string) link {
	if !r.hasRegionPage[region] {
		return link{Text: name}
	}
	return link{Text: name, Href: r.to(regionPath(region))}
}

// regionsData is the list's page: the map, and every figure of the counties.
type regionsData struct {
	Map    *chartFigure
	Held   []string
	Sort   bool // a reader may put the counties in order by a figure
	Names  []link
	Tables []rollup // numbers of every department, each followed by its rates
}

// First returns the table that the explorer opens with; nil for none.
func (d regionsData) First() *rollup {
	if len(d.Tables) == 0 {
		return nil
	}
	return &d.Tables[0]
}

func regionPages(s *site) []*page {
	if !s.view.ShowsRegions() {
		return nil
	}
	shown := s.shown
	index := list{
		folder: "regions", template: "regions", name: s.say("地区情况"), kind: "工作动态", count: len(shown),
		description: s.short() + s.say("各地区的统计数据和工作总结。"),
		keywords:    []string{"地区情况", "统计数据", s.short()}, changed: s.figures.Changed,
		data: func(r *rendering, from, to int) (any, error) { return r.regionList(shown[from:to], from == 0) },
	}.pages(s)
	pages := index
	for n, region := range shown {
		p := s.regionPage(index, shown, n)
		pages = append(pages, p)
		if s.split(region) {
			pages = append(pages, s.regionParts(index, p, region)...)
		}
	}
	return pages
}

func (r *rendering) regionList(regions []*campaign.Region, first bool) (data regionsData, err error) {
	data = regionsData{Sort: r.stats.Ranks(), Held: r.view.MarkRegions()}
	for _, region := range regions {
		data.Names = append(data.Names, r.regionLink(region, region.Name))
	}
	for _, d := range r.counties {
		round := r.stats.CountyRound(d)
		if round == nil || len(r.rowsOf[d]) == 0 {
			continue
		}
		if t := r.rollupOf(d, round, regions); t != nil {
			t.Basis, t.Unit = r.say("数量"), d.Short
			data.Tables = append(append(data.Tables, *t), r.rates(*t, d, round, regions)...)
		}
	}
	r.explores = len(data.Tables) > 0
	if !first || len(regions) == 0 {
		return data, nil
	}
	if m := chart.MapOf(r.stats, r.campaign); m != nil {
		figure, err := r.place(m)
		if err != nil {
			return data, err
		}
		data.Map = &figure
	}
	return data, nil
}

// rates are the same figures set against people and shops, where every county's
// number is given.
func (r *rendering) rates(of rollup, d *campaign.Department, round *campaign.Round, regions []*campaign.Region) (tables []rollup) {
	for _, per := range stats.Pers {
		if !per.Given(r.campaign.Regions) {
			continue
		}
		t := of
		t.Basis, t.Own, t.Whole, t.Lines, t.Rows = per.Name, nil, nil, nil, nil
		t.Caption = r.sayf("%s（%s，按%s计，四舍五入）", of.Caption, per.Name, per.Basis)
		for n, line := range of.Lines {
			line.Cells = nil
			for _, row := range r.rowsOf[d] {
				cell := formCell{Text: r.absent(), Absent: true}
				if f := r.stats.Figure(round, row, regions[n]); f != nil {
					cell = formCell{Text: per.Rate(f)}
				}
				line.Cells = append(line.Cells, cell)
			}
			t.Lines = append(t.Lines, line)
		}
		for _, row := range of.Rows {
			row.Unit += "／" + strings.TrimPrefix(per.Name, r.say("每"))
			t.Rows = append(t.Rows, row)
		}
		tables = append(tables, t)
	}
	return tables
}

// regionForm is what a county reported to one department.
type regionForm struct {
	Department link
	Table      *formTable // nil when the county has reported in no round
	Absent     string     // the rounds without a report, by name
}

// regionData is a county's page in the order of a department's: its figures,
// what it did, its forms.
type regionData struct {
	Name    string // in full
	Held    []string
	Figures []keyFigure
	Forms   []regionForm
	Bars    bool         // a table of them has bars
	CSV     string       // their figures as a file
	Sources *sourceTable // of all of them
	Reports []report
	Parts   []entry // the pages that hold the reports, where there are many
	neighbours
}

// regionReports is how many narratives a county's page holds: where there are
// more, each department's have a page of their own below it.
const regionReports = 3

// split reports whether a county's narratives have pages of their own.
func (s *site) split(region *campaign.Region) bool {
	return len(s.regionNarratives(region)) > regionReports
}

func (s *site) regionPage(index []*page, regions []*campaign.Region, n int) *page {
	region := regions[n]
	narratives := s.regionNarratives(region)
	p := &page{
		path: regionPath(region), template: "region", title: region.Short, section: index[0].path, trail: index[:1],
		description: s.sayf("%s在%s中的统计数据和工作情况。", region.Name, s.short()),
		keywords:    []string{region.Short, s.short()},
	}
	var rounds []*campaign.Round
	for _, round := range s.rounds {
		for _, d := range s.counties {
			if s.stats.Report(round, d, region) != nil {
				rounds = append(rounds, round)
				p.departments = addDepartment(p.departments, d)
			}
		}
	}
	for _, i := range narratives {
		p.departments = addDepartment(p.departments, i.Department)
	}
	p.dated(index[0], region.Name, s.view.Edition(narratives, rounds, s.corrections(func(x *campaign.Correction) bool { return x.Region == region })))
	p.data = func(r *rendering) (any, error) {
		data := regionData{Name: region.Name, Held: r.view.MarkRegions()}
		var reported []*campaign.Department
		for _, d := range s.counties {
			form := r.regionForm(d, region)
			if t := form.Table; t != nil {
				if len(reported) == 0 {
					data.Figures = r.unitFigures(d, region)
				}
				reported = append(reported, d)
				data.Bars, t.Bars = data.Bars || t.Bars, false
			}
			if form.Table != nil || s.view.ShowsLedger() {
				data.Forms = append(data.Forms, form)
			}
		}
		data.Sources = r.sources(reported, region)
		if len(reported) > 0 {
			data.CSV = r.to(path.Dir(p.path) + "/statistics.csv")
		}
		data.neighbours = neighboursOf(regions, n, func(region *campaign.Region) link { return r.regionLink(region, region.Short) })
		for _, d := range s.campaign.Departments {
			if s.split(region) {
				data.Parts = append(data.Parts, r.regionEntries(narrator{d, region})...)
				continue
			}
			list, err := r.reports(narrator{d, region}, 1)
			if err != nil {
				return nil, err
			}
			data.Reports = append(data.Reports, list...)
		}
		return data, nil
	}
	return p
}

// regionEntries lists the narratives of a county to a department as links.
func (r *rendering) regionEntries(n narrator) []entry {
	var list []entry
	for _, i := range r.narratives[n] {
		e := r.entry(i)
		e.Summary, e.Tag = i.Summary, nil
		list = append(list, e)
	}
	return list
}

// regionPartData is a county's form and narratives to one department.
type regionPartData struct {
	Name    string // of the county, in full
	Form    regionForm
	Reports []report
	neighbours
}

// regionParts makes a page of each department to which the county wrote.
func (s *site) regionParts(index []*page, of *page, region *campaign.Region) []*page {
	var written []*campaign.Department
	for _, d := range s.campaign.Departments {
		if len(s.narratives[narrator{d, region}]) > 0 {
			written = append(written, d)
		}
	}
	var pages []*page
	for n, d := range written {
		by := narrator{d, region}
		p := &page{
			path: regionPartPath(region, d), template: "region-part", title: partTitle(region, d), section: index[0].path,
			trail:       []*page{index[0], of},
			description: s.sayf("%s在%s中向%s报送的统计数据和工作总结。", region.Name, s.short(), d.Name),
			keywords:    []string{region.Short, d.Short, s.short()},
			departments: []*campaign.Department{d},
		}
		p.dated(index[0], sourceOf(s.narratives[by][0]), s.view.Edition(s.narratives[by], nil, nil))
		p.data = func(r *rendering) (any, error) {
			data := regionPartData{Name: region.Name, Form: r.regionForm(d, region)}
			data.neighbours = neighboursOf(written, n, func(d *campaign.Department) link {
				return link{Text: partTitle(region, d), Href: r.to(regionPartPath(region, d))}
			})
			var err error
			data.Reports, err = r.reports(by, 1)
			return data, err
		}
		pages = append(pages, p)
	}
	return pages
}

func partTitle(region *campaign.Region, d *campaign.Department) string {
	return region.Short + "·" + d.Short
}

func (s *site) regionNarratives(region *campaign.Region) []*campaign.Item {
	var items []*campaign.Item
	for _, d := range s.campaign.Departments {
		items = append(items, s.narratives[narrator{d, region}]...)
	}
	return items
}

func (r *rendering) regionForm(d *campaign.Department, region *campaign.Region) regionForm {
	form := regionForm{Department: r.departmentLink(d)}
	filed := false
	var absent []string
	for _, round := range r.rounds {
		if r.stats.Report(round, d, region) != nil {
			filed = true
		} else if r.view.ShowsLedger() && r.stats.Report(round, d, nil) != nil {
			absent = append(absent, round.Name)
		}
	}
	form.Absent = strings.Join(absent, "、")
	if filed {
		form.Table = r.countyTable(d, region)
	}
	return form
}

func addDepartment(list []*campaign.Department, d *campaign.Department) []*campaign.Department {
	if slices.Contains(list, d) {
		return list
	}
	return append(list, d)
}
