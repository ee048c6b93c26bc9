package site

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/linebreak"
	"wangjian/internal/markdown"
	"wangjian/internal/pdf"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// unitCard is a department in a list.
type unitCard struct {
	link
	Name    string // in full
	Lead    bool   // the lead department
	Figure  *keyFigure
	Absent  string // instead of it
	Outcome string // what a unit without rows tells of its work
	Rows    int    // of the form
	Reports []link
	Tasks   int
}

func (r *rendering) unitCard(d *campaign.Department) (unitCard, error) {
	card := unitCard{
		link: r.departmentLink(d), Name: d.Name, Lead: d == r.campaign.Lead,
		Rows: len(r.rowsOf[d]), Tasks: len(r.campaign.PrioritiesOf(d)),
	}
	if card.Absent = r.say("暂无公布的统计数据"); r.view.ShowsLedger() {
		card.Absent = r.say("统计数据未报")
	}
	if f := r.cardFigure(d); f != nil {
		k := r.keyFigure(f)
		if f.Round != r.stats.Latest() {
			k.Name += "（" + f.Round.Name + "）"
		}
		card.Figure = &k
	}
	narratives := r.narratives[narrator{department: d}]
	for _, i := range narratives {
		card.Reports = append(card.Reports, link{Text: i.Round.Name, Href: r.toItem(i)})
	}
	var err error
	if card.Rows == 0 && len(narratives) > 0 {
		card.Outcome, err = r.outcome(narratives[0])
	}
	return card, err
}

// unitCards are the cards of departments.
func (r *rendering) unitCards(departments []*campaign.Department) (cards []unitCard, err error) {
	for _, d := range departments {
		card, err := r.unitCard(d)
		if err != nil {
			return nil, err
		}
		cards = append(cards, card)
	}
	return cards, nil
}

// outcome is the first sentence of a narrative's 行动成效.
func (r *rendering) outcome(i *campaign.Item) (string, error) {
	tree, err := r.tree(i)
	if err != nil {
		return "", err
	}
	w := newPageRenderer(r, i, "", 0)
	defer buffers.Put(w.out)
	for _, section := range tree.Sections() {
		if section.Heading == nil || markdown.PlainText(section.Heading.Children, w.cited) != campaign.Outcome {
			continue
		}
		for _, n := range section.Blocks {
			if n.Kind == markdown.Paragraph {
				return linebreak.Shorten(linebreak.FirstSentence(markdown.PlainText(n.Children, w.cited)), longestOutcome), nil
			}
		}
	}
	return "", nil
}

// longestOutcome is how many characters of it a card holds.
const longestOutcome = 90

// cardFigure is a department's main figure of the latest round or, where nothing
// may tell who has not reported it, of the latest that the department has.
func (r *rendering) cardFigure(d *campaign.Department) *stats.Figure {
	round, row := r.stats.Latest(), r.mainRow(d)
	if rounds := r.stats.Rounds(d); len(rounds) > 0 && !r.view.ShowsLedger() {
		round = rounds[len(rounds)-1]
	}
	if round == nil || row == nil {
		return nil
	}
	return r.stats.Figure(round, row, nil)
}

// mainRow is the first of the rows that stand for a department; nil without one.
func (s *site) mainRow(d *campaign.Department) *campaign.Row {
	for _, row := range s.campaign.Form.MainRows(d) {
		return row
	}
	return nil
}

// report is a narrative on a department's or county's page.
type report struct {
	Title     string // the round's name
	Own       string // the narrative's own title, where it has one
	By        string // on a county's page: the department that it reports to
	Anchor    string
	Source    string
	Published string
	Updated   string
	Body      body
	Held      []string
	Note      *note // in the place of all that
}

// reports renders the narratives of a department or county, latest first, and
// behind them the notes in the place of those that were taken down.
func (r *rendering) reports(n narrator, shift int) ([]report, error) {
	var list []report
	for _, i := range r.narratives[n] {
		b, err := r.body(i, narrativePrefix(i), shift)
		if err != nil {
			return nil, err
		}
		shown := report{
			Title: i.Round.Name, Anchor: narrativePrefix(i), Source: sourceOf(i),
			Published: i.PublishedAt.String(), Updated: r.updatedOn(&i.Release), Body: b, Held: r.mark(i), By: i.Department.Short,
		}
		if !strings.Contains(i.Title, i.Department.Short+i.Round.Short) {
			shown.Own = i.Title
		}
		list = append(list, shown)
	}
	for _, w := range r.view.Withdrawn() {
		if w.Kind == campaign.Narratives && (narrator{w.Department, w.Region}) == n {
			note := r.note(w)
			list = append(list, report{Title: w.Round.Name, Anchor: note.Anchor, By: w.Department.Short, Note: note})
		}
	}
	return list, nil
}

// departmentsData is a page of the list of departments; the first one has the
// charts that are about all of them.
type departmentsData struct {
	Cards  []unitCard
	Charts []chartFigure
}

// departmentData is a department's page in the order of reading: its figures,
// what it did, its form, its counties.
type departmentData struct {
	Name    string // in full
	Lead    bool
	HasRows bool
	Paper   *paper
	Figures []keyFigure
	Table   *formTable
	Sources *sourceTable
	Charts  []chartFigure
	Rollup  *rollup
	Earlier []*rollup
	Tasks   []taskCard
	Related related
	Reports []report
	neighbours
}

func departmentPages(s *site) []*page {
	c := s.campaign
	index := list{
		folder: "departments", template: "departments", name: s.say("部门成果"), kind: "工作动态", count: len(c.Departments),
		description: s.short() + s.say("各成员单位的统计数据和工作总结。"),
		keywords:    append([]string{"部门成果", "统计数据", "工作总结"}, shortNames(c.Departments)...),
		changed:     s.edition.Changed,
		data: func(r *rendering, from, to int) (any, error) {
			var part departmentsData
			var err error
			if part.Cards, err = r.unitCards(c.Departments[from:to]); err != nil || from > 0 {
				return part, err
			}
			part.Charts, err = r.placeAll(chart.ForDepartments(r.stats, r.campaign), nil)
			return part, err
		},
	}.pages(s)
	pages := index
	for n, d := range c.Departments {
		pages = append(pages, s.departmentPage(index, n, d))
	}
	return pages
}

func (s *site) departmentPage(index []*page, n int, d *campaign.Department) *page {
	narratives := s.narratives[narrator{department: d}]
	p := &page{
		path: departmentPath(d), template: "department", title: d.Short, section: index[0].path, trail: index[:1],
		description: s.sayf("%s在%s中的%s。", d.Name, s.short(), s.contentsOf(d, narratives)),
		keywords:    []string{d.Short, s.short()},
		departments: []*campaign.Department{d},
	}
	p.dated(index[0], d.Name, s.view.Edition(narratives, s.stats.Rounds(d), s.correctionsOf(d)))
	p.data = func(r *rendering) (any, error) {
		data := departmentData{Name: d.Name, Lead: d == s.campaign.Lead, HasRows: len(s.rowsOf[d]) > 0, Table: r.departmentTable(d), Sources: r.sources([]*campaign.Department{d}, nil)}
		if data.Table != nil && len(s.stats.Rounds(d)) > 0 {
			data.Table.CSV = r.to(path.Dir(p.path) + "/statistics.csv")
		}
		data.Figures = r.departmentFigures(d)
		var err error
		if s.stats.Tells(d) {
			if data.Paper, err = r.paper(pdf.DepartmentFile, d.Short+r.say("工作总结")); err != nil {
				return nil, err
			}
		}
		var latest *campaign.Item
		if len(narratives) > 0 {
			latest = narratives[0]
		}
		if data.Charts, err = r.placeAll(chart.ForDepartment(s.stats, s.campaign, d), latest); err != nil {
			return nil, err
		}
		for _, round := range slices.Backward(s.rounds) {
			if t := r.rollup(d, round); t != nil {
				t.Whole, t.Form = nil, "#_data"
				data.Earlier = append(data.Earlier, t)
			}
		}
		if len(data.Earlier) > 0 {
			data.Rollup, data.Earlier = data.Earlier[0], data.Earlier[1:]
		}
		data.Related = r.relate(s.handled[d], s.campaign.PrioritiesOf(d), nil)
		for _, task := range s.campaign.PrioritiesOf(d) {
			data.Tasks = append(data.Tasks, r.taskCard(task))
		}
		data.neighbours = neighboursOf(s.campaign.Departments, n, r.departmentLink)
		data.Reports, err = r.reports(narrator{department: d}, 1)
		return data, err
	}
	return p
}

// departmentFigures are the two figures that open a department's page, of the
// latest round that it has reported: its main ones, else its first.
func (r *rendering) departmentFigures(d *campaign.Department) (list []keyFigure) {
	rounds := r.stats.Rounds(d)
	if len(rounds) == 0 {
		return nil
	}
	rows := slices.Clone(r.campaign.Form.MainRows(d))
	for _, row := range r.rowsOf[d] {
		if row.Parent == nil && !slices.Contains(rows, row) {
			rows = append(rows, row)
		}
	}
	for _, row := range rows {
		f := r.stats.Figure(rounds[len(rounds)-1], row, nil)
		if f == nil || len(list) == leadCards {
			continue
		}
		k := r.keyFigure(f)
		k.Department, k.Round = link{}, f.Round.Name
		list = append(list, k)
	}
	return list
}

func (r *rendering) departmentLink(d *campaign.Department) link {
	return link{Text: d.Short, Href: r.to(departmentPath(d))}
}

// contentsOf says in words what a department's page holds.
func (s *site) contentsOf(d *campaign.Department, narratives []*campaign.Item) string {
	var parts []string
	if len(s.rowsOf[d]) > 0 {
		parts = append(parts, s.say("统计数据"))
	}
	if len(narratives) > 0 {
		parts = append(parts, s.say("工作总结"))
	}
	if len(parts) == 0 {
		return s.say("工作情况")
	}
	return strings.Join(parts, s.say("和"))
}

// dated says when what a page gathers came out; a page of nothing is no article.
func (p *page) dated(index *page, source string, e release.Edition) {
	p.changed = e.Changed
	if !e.Published.IsZero() {
		p.article = &article{index, source, e.Published}
	}
}

func (s *site) correctionsOf(d *campaign.Department) []*campaign.Correction {
	return s.corrections(func(x *campaign.Correction) bool { return x.Department == d })
}

func shortNames(departments []*campaign.Department) []string {
	var names []string
	for _, d := range departments {
		names = append(names, d.Short)
	}
	return names
}

// short is the campaign's 简称, else its name.
func (s *site) short() string { return cmp.Or(s.campaign.Short, s.campaign.Name) }
