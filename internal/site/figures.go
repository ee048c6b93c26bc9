package site

import (
	"fmt"
	"path"
	"slices"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// formTable is the rows of a form with the rounds side by side: a department's
// form, a county's, or the rows that tell about a priority.
type formTable struct {
	Caption     string
	Cited       bool // placed in a text, so that the caption is its only title
	OnPage      bool // the page that it is placed on has the same rows as its form
	Departments bool // rows of several departments: each names its own
	Rounds      []formRound
	Whole       string // heading of the two columns that compare a county; "" without them
	Rounded     bool   // a share in it is rounded
	Lines       []formLine
	Remarks     bool     // a line has a 备注
	Bars        bool     // a cell has a bar
	Notes       []string // why there is no change to show
	About       []string // which regions the figures and changes are of
	CSV         string   // the page's figures as a file; "" without one
}

// OneUnit reports whether all lines are counted in one unit: only then can they be
// put in order by their figures.
func (t formTable) OneUnit() bool {
	for _, l := range t.Lines {
		if l.Unit != t.Lines[0].Unit {
			return false
		}
	}
	return len(t.Lines) > 2
}

// Small reports whether the table needs small type on paper.
func (t formTable) Small() bool {
	b := breadths{nameRoom}
	add := func(texts ...string) {
		b = append(b, 0)
		for _, text := range texts {
			b.add(len(b)-1, text)
		}
	}
	for n := range t.Rounds {
		add()
		for _, line := range t.Lines {
			b.add(len(b)-1, line.Cells[n].Text)
		}
		if t.Rounds[n].Change != "" {
			add(t.Rounds[n].Change)
		}
	}
	if t.Departments {
		b = append(b, columnRoom)
	}
	if t.Whole != "" {
		add(t.Whole)
		add(t.Whole)
	}
	if t.Remarks {
		b = append(b, nameRoom)
	}
	return b.small()
}

// formRound is the heading of a round's columns.
type formRound struct {
	Name   string
	Change string // heading of the column that tells the change; "" without it
	Held   []string
}

// formLine is a row of the form.
type formLine struct {
	Name, Unit string
	Department *link
	Within     bool // 其中
	Uncounted  bool // 不计入合计
	Cells      []formCell
	Remarks    []fact // round, 备注
	Whole      string
	Share      string
	ShareBar   string
}

// formCell is a quantity, and how it moved since the round before.
type formCell struct {
	Text      string
	Source    string // where the line is that says where it comes from
	Corrected string // where the correction of the figure is told; "" when there was none
	Absent    bool   // 未报
	Bar       string
	HasChange bool
	Change    string // "" when there is none to tell
	Reason    string
}

// tableOf lays rows out over rounds, for the whole or for one region. The bars
// compare within a unit only.
func (r *rendering) tableOf(rows []*campaign.Row, region *campaign.Region, rounds []*campaign.Round, caption string) formTable {
	t := formTable{Caption: caption}
	for n, round := range rounds {
		head := formRound{Name: round.Name, Held: r.view.MarkRound(round)}
		if before := r.stats.Before(round); n > 0 && before == rounds[n-1] {
			head.Change = r.changeHeading(before, round)
		}
		t.Rounds = append(t.Rounds, head)
	}
	longest := r.longest(rows, region, rounds)
	var figures, changed []*stats.Figure
	for _, row := range rows {
		line := formLine{Name: row.Name, Unit: row.Unit, Within: row.Parent != nil, Uncounted: row.Uncounted}
		for n, round := range rounds {
			f := r.stats.Figure(round, row, region)
			cell := r.cell(f, longest[row.Unit])
			figures = append(figures, f)
			if t.Rounds[n].Change != "" {
				cell.HasChange = true
				changed = append(changed, f)
				r.addChange(&cell, f)
				if cell.Reason != "" && !slices.Contains(t.Notes, cell.Reason) {
					t.Notes = append(t.Notes, cell.Reason)
				}
			}
			if f != nil {
				line.addRemark(round.Name, f.Note())
			}
			t.Bars = t.Bars || cell.Bar != ""
			line.Cells = append(line.Cells, cell)
		}
		t.Remarks = t.Remarks || len(line.Remarks) > 0
		t.Lines = append(t.Lines, line)
	}
	t.About = append(r.stats.WithoutNotes(figures...), r.stats.ScopeNotes(changed...)...)
	return t
}

// addRemark notes a round's 备注; the same words are written once.
func (l *formLine) addRemark(round, remark string) {
	if remark == "" {
		return
	}
	for n := range l.Remarks {
		if l.Remarks[n].Value == remark {
			l.Remarks[n].Name += "、" + round
			return
		}
	}
	l.Remarks = append(l.Remarks, fact{round, remark})
}

// absent is the word that stands where there is no figure.
func (s *site) absent() string {
	if s.stats.Absent() == stats.NotReported {
		return s.say("未报")
	}
	return stats.NoFigure
}

func (r *rendering) cell(f *stats.Figure, longest decimal.Decimal) formCell {
	cell := r.rollupCell(f, r.absent())
	cell.Source = r.toSource(f)
	if f != nil && f.Quantity.IsNumber() {
		if width, ok := stats.Percent(f.Quantity.Decimal(), longest); ok {
			cell.Bar = width.Percent.String()
		}
	}
	return cell
}

func (r *rendering) addChange(cell *formCell, f *stats.Figure) {
	if f == nil {
		return
	}
	change, err := r.stats.Change(f)
	if err != nil {
		cell.Reason = err.Error()
		return
	}
	cell.Change = change.Text()
}

// changeHeading names the column of changes by the round's 口径.
func (s *site) changeHeading(before, round *campaign.Round) string {
	switch {
	case before == nil:
		return ""
	case before.Basis != round.Basis:
		return s.sayf("与%s相比", before.Name)
	case round.Basis == campaign.Current:
		return s.sayf("较%s增幅", before.Name)
	default:
		return s.sayf("较%s增加", before.Name)
	}
}

// longest returns for each unit the quantity that its bars are measured by; none
// where only one figure has the unit, for there is nothing to compare.
func (r *rendering) longest(rows []*campaign.Row, region *campaign.Region, rounds []*campaign.Round) map[string]decimal.Decimal {
	most, count := map[string]decimal.Decimal{}, map[string]int{}
	for _, row := range rows {
		for _, round := range rounds {
			f := r.stats.Figure(round, row, region)
			if f == nil || !f.Quantity.IsNumber() {
				continue
			}
			most[row.Unit] = decimal.Max(most[row.Unit], f.Quantity.Decimal())
			count[row.Unit]++
		}
	}
	for unit, n := range count {
		if n < 2 {
			delete(most, unit)
		}
	}
	return most
}

// departmentTable is a department's form over all rounds.
func (r *rendering) departmentTable(d *campaign.Department) *formTable {
	rows, rounds := r.rowsOf[d], r.roundsOf(d, nil)
	if len(rows) == 0 || len(rounds) == 0 {
		return nil
	}
	t := r.tableOf(rows, nil, rounds, d.Short+r.say("统计表"))
	return &t
}

// roundsOf lists the rounds of a unit's own table: without those that it has
// not reported, where nobody is told of that.
func (r *rendering) roundsOf(d *campaign.Department, region *campaign.Region) []*campaign.Round {
	if r.view.ShowsLedger() {
		return r.rounds
	}
	return slices.DeleteFunc(slices.Clone(r.rounds), func(round *campaign.Round) bool { return r.stats.Report(round, d, region) == nil })
}

// countyTable is a county's form over all rounds, each figure beside the whole
// that it is part of.
func (r *rendering) countyTable(d *campaign.Department, region *campaign.Region) *formTable {
	rounds := r.roundsOf(d, region)
	if len(rounds) == 0 {
		return nil
	}
	t := r.tableOf(r.rowsOf[d], region, rounds, region.Short+"·"+d.Short+r.say("统计表"))
	latest := rounds[len(rounds)-1]
	t.Whole = latest.Name
	var wholes []*stats.Figure
	for n, row := range r.rowsOf[d] {
		line := &t.Lines[n]
		whole, own := r.stats.Figure(latest, row, nil), r.stats.Figure(latest, row, region)
		if whole == nil {
			continue
		}
		line.Whole = whole.Quantity.String()
		wholes = append(wholes, whole)
		if own == nil || !own.Quantity.IsNumber() || !whole.Quantity.IsNumber() {
			continue
		}
		if share, ok := stats.Percent(own.Quantity.Decimal(), whole.Quantity.Decimal()); ok {
			line.Share, line.ShareBar = share.String(), share.Percent.String()
			t.Rounded = t.Rounded || share.Rounded
		}
	}
	t.About = append(t.About, r.stats.WithoutNotes(wholes...)...)
	return &t
}

// citedTable is what {{表:部门}} places: the form of the round that a reference
// without one means.
func (r *rendering) citedTable(ref campaign.Reference, i *campaign.Item) (formTable, error) {
	target, err := r.campaign.Resolve(ref, release.DefaultRound(i, r.stats.Latest()))
	if err != nil {
		return formTable{}, err
	}
	rows := r.rowsOf[target.Department]
	if target.Round == nil || len(rows) == 0 {
		return formTable{}, fmt.Errorf("%s没有可以列出的统计项目", target.Department.Short)
	}
	rounds := []*campaign.Round{target.Round}
	t := r.tableOf(rows, target.Region, rounds, r.sayf("%s统计表（%s）", target.Department.Short, target.Round.Name))
	t.Cited = true
	where := departmentPath(target.Department)
	if target.Region != nil {
		where = regionPath(target.Region)
	}
	t.OnPage = where == r.page.path
	t.CSV = r.to(path.Dir(where) + "/statistics.csv")
	return t, nil
}

// keyFigure is a figure as the home page's cards show it.
type keyFigure struct {
	Name, Value, Unit string
	Change            string // with its unit; "" when there is none
	ChangeName        string
	Without, Scope    string // which regions the figure is without, and the change is of
	Source            string // where the line is that says where it comes from
	Department        link   // whose it is; none on its own page
	Round             string // there
	Held              []string
}

func (r *rendering) keyFigure(f *stats.Figure) keyFigure {
	k := keyFigure{
		Name: f.Row.Name, Value: f.Quantity.String(), Source: r.toSource(f),
		Department: r.departmentLink(f.Department),
		Held:       r.view.MarkRound(f.Round), Without: stats.Lacks(f.Coverage),
	}
	if f.Quantity.IsNumber() {
		k.Unit = f.Row.Unit
	}
	if change, err := r.stats.Change(f); err == nil {
		k.ChangeName, k.Change, k.Scope = r.changeHeading(change.Previous.Round, f.Round), change.Text(), change.Scope()
		switch {
		case !change.Amount.IsPositive():
			k.ChangeName, k.Change = r.sayf("与%s相比", change.Previous.Round.Name), change.Words()
		case change.Basis == campaign.Cumulative:
			k.Change += f.Row.Unit
		}
	}
	return k
}

// rollup is what the counties reported to a department in a round, beside the
// department's own part and the whole.
type rollup struct {
	Caption string
	Round   string
	Basis   string // in the explorer, what the cells are: 数量, or a rate
	Unit    string // the department's short name
	Sort    bool   // a reader may put the counties in order by a figure
	Rows    []rollupRow
	Lines   []rollupLine
	Own     []formCell // nil when the department has no own part
	Whole   []formCell
	Form    string // where the whole stands instead
	Missing string // the regions that have not reported, by name
	Without string // how many they are, for those who may not know the names
	Held    []string

	Continued bool // a later one of the parts
	Small     bool // in small type on paper
}

// Parts returns the table as it fits on sheets of paper.
func (t rollup) Parts() []rollup {
	b := make(breadths, 1+len(t.Rows))
	for _, line := range t.Lines {
		b.add(0, line.Region.Text)
		for n, cell := range line.Cells {
			b.add(1+n, cell.Text)
		}
	}
	for n, row := range t.Rows {
		b.add(1+n, row.Name)
		if t.Whole != nil {
			b.add(1+n, t.Whole[n].Text)
		}
	}
	var parts []rollup
	for n, columns := range b.cut() {
		from, to := columns[0]-1, columns[1]-1
		part := t
		part.Continued, part.Small = n > 0, b.part(columns).small()
		part.Rows, part.Lines = t.Rows[from:to], nil
		if t.Whole != nil {
			part.Whole = t.Whole[from:to]
		}
		if t.Own != nil {
			part.Own = t.Own[from:to]
		}
		for _, line := range t.Lines {
			line.Cells = line.Cells[from:to]
			part.Lines = append(part.Lines, line)
		}
		parts = append(parts, part)
	}
	return parts
}

type rollupRow struct {
	Name, Unit string
	Within     bool
}

type rollupLine struct {
	Region link
	Absent bool
	Cells  []formCell
}

// rollup returns nothing where no county reports to the department in the
// round, or nothing of a single county is shown.
func (r *rendering) rollup(d *campaign.Department, round *campaign.Round) *rollup {
	return r.rollupOf(d, round, r.campaign.Regions)
}

// rollupOf is a rollup whose lines are some of the regions.
func (r *rendering) rollupOf(d *campaign.Department, round *campaign.Round, regions []*campaign.Region) *rollup {
	from := r.stats.Coverage(round, d)
	if from.Due == 0 || !r.view.ShowsRegions() {
		return nil
	}
	t := rollup{
		Caption: r.sayf("%s各地区填报情况（%s）", d.Short, round.Name), Round: round.Name, Sort: r.stats.Ranks(),
		Missing: stats.Names(from.Missing), Held: slices.Concat(r.view.MarkRound(round), r.view.MarkRegions()),
	}
	if t.Missing == "" {
		t.Without = stats.Lacks(from)
	}
	rows := r.rowsOf[d]
	for _, region := range regions {
		line := rollupLine{Region: r.regionLink(region, region.Short), Absent: r.stats.Report(round, d, region) == nil}
		for _, row := range rows {
			line.Cells = append(line.Cells, r.rollupCell(r.stats.Figure(round, row, region), r.absent()))
		}
		t.Lines = append(t.Lines, line)
	}
	own := false
	for _, row := range rows {
		t.Rows = append(t.Rows, rollupRow{row.Name, row.Unit, row.Parent != nil})
		t.Whole = append(t.Whole, r.rollupCell(r.stats.Figure(round, row, nil), r.absent()))
		f := r.stats.Own(round, row)
		own = own || f != nil
		t.Own = append(t.Own, r.rollupCell(f, ""))
	}
	if !own {
		t.Own = nil
	}
	return &t
}

// rollupCell is a quantity, and where its correction is told.
func (r *rendering) rollupCell(f *stats.Figure, absent string) formCell {
	if f == nil {
		return formCell{Text: absent, Absent: true}
	}
	return formCell{Text: f.Quantity.String(), Corrected: r.toCorrection(f)}
}
