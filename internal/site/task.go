package site

import (
	"cmp"
	"path"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/stats"
)

// taskCard is a priority in a list.
type taskCard struct {
	link
	Number  int
	Summary string
	Units   int
	Cases   int
	Figures []fact   // of the rows that tell about it
	About   []string // which regions' forms the figures are without
}

func (r *rendering) taskCard(p *campaign.Priority) taskCard {
	card := taskCard{
		link: r.taskLink(p), Number: p.Index + 1,
		Summary: p.Summary, Units: len(p.Units), Cases: len(r.casesOf[p]),
	}
	var figures []*stats.Figure
	if latest := r.stats.Latest(); latest != nil {
		for _, row := range r.rowsAbout(p) {
			if f := r.stats.Figure(latest, row, nil); f != nil && row.Parent == nil {
				card.Figures = append(card.Figures, fact{row.Name, f.Text()})
				figures = append(figures, f)
			}
		}
	}
	card.About = r.stats.WithoutNotes(figures...)
	return card
}

// rowsAbout returns the form's rows that tell about a priority.
func (s *site) rowsAbout(p *campaign.Priority) []*campaign.Row {
	var rows []*campaign.Row
	for _, row := range s.campaign.Form.Rows {
		if row.Priority == p {
			rows = append(rows, row)
		}
	}
	return rows
}

type taskData struct {
	Number   int
	Summary  string
	Units    []link
	Table    *formTable
	Charts   []chartFigure
	Cases    []entry
	Warnings []entry
	neighbours
}

// tasksData is a page of the list of all priorities; the first one has the
// charts that are about all of them.
type tasksData struct {
	Cards       []taskCard
	Charts      []chartFigure
	Commitments *commitmentCount
}

func taskPages(s *site) []*page {
	c := s.campaign
	var names []string
	for _, p := range c.Priorities {
		names = append(names, p.Name)
	}
	index := list{
		folder: "tasks", template: "tasks", name: s.say("工作重点"), kind: "重点领域", count: len(c.Priorities),
		description: s.short() + s.say("的工作重点、责任单位、查处情况和典型案例。"),
		keywords:    append([]string{"工作重点"}, names...), changed: s.edition.Changed,
		data: func(r *rendering, from, to int) (any, error) {
			part := tasksData{Commitments: r.commitmentCount()}
			for _, p := range c.Priorities[from:to] {
				part.Cards = append(part.Cards, r.taskCard(p))
			}
			if from > 0 {
				return part, nil
			}
			var err error
			part.Charts, err = r.placeAll(chart.ForTasks(r.stats, r.campaign), nil)
			return part, err
		},
	}.pages(s)
	pages := index
	for n, p := range c.Priorities {
		pages = append(pages, s.taskPage(index, n, p))
	}
	return pages
}

func (s *site) taskPage(index []*page, n int, p *campaign.Priority) *page {
	return &page{
		path: taskPath(p), template: "task", title: p.Name, section: index[0].path, trail: index[:1],
		description: cmp.Or(p.Summary, s.sayf("%s工作重点：%s。", s.short(), p.Name)), keywords: []string{p.Name, s.short()}, changed: s.view.Edition(s.casesOf[p], s.rounds, s.campaign.Corrections).Changed,
		column: &column{p.Name, "重点领域"}, departments: p.Units,
		data: func(r *rendering) (any, error) {
			charts, err := r.placeAll(chart.ForTask(r.stats, r.campaign, p), nil)
			if err != nil {
				return nil, err
			}
			data := taskData{
				neighbours: neighboursOf(s.campaign.Priorities, n, r.taskLink), Number: n + 1, Summary: p.Summary, Table: r.taskTable(p), Charts: charts,
				Cases: r.entries(s.casesOf[p]), Warnings: r.entries(s.warningsOf[p]),
			}
			for _, d := range p.Units {
				data.Units = append(data.Units, r.departmentLink(d))
			}
			return data, nil
		},
	}
}

func (r *rendering) taskLink(p *campaign.Priority) link {
	return link{Text: p.Name, Href: r.to(taskPath(p))}
}

// taskTable is the rows about a priority over all rounds, each with its
// department.
func (r *rendering) taskTable(p *campaign.Priority) *formTable {
	rows := r.rowsAbout(p)
	if len(rows) == 0 || len(r.rounds) == 0 {
		return nil
	}
	t := r.tableOf(rows, nil, r.rounds, r.sayf("%s：相关数据", p.Name))
	t.Departments = true
	for _, round := range r.rounds {
		if slices.ContainsFunc(rows, func(row *campaign.Row) bool { return r.stats.Figure(round, row, nil) != nil }) {
			t.CSV = r.to(path.Dir(taskPath(p)) + "/statistics.csv")
		}
	}
	for n, row := range rows {
		t.Lines[n].Department = new(r.departmentLink(row.Department))
	}
	return &t
}
