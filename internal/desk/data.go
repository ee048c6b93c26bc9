package desk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/forms"
	"wangjian/internal/incoming"
	"wangjian/internal/project"
	"wangjian/internal/stats"
)

// dataScreen shows a round's figures as a grid to be filled in: the whole form, and a
// sheet of the counties for each department that has them.
func dataScreen() *screen {
	return &screen{
		name: "data", title: "数据", words: "统计表像电子表格一样看和改，每个数从哪里来、对不对得上。",
		data:  func(r *request) (any, error) { return dataPage(r) },
		acts:  map[string]act{"propose": proposeCells},
		parts: map[string]act{"cell": showCell, "tsv": sendTSV},
	}
}

// ownPlace stands for 本级 in the name of a cell, where a region's 代号 stands else.
const ownPlace = "*"

// sheetOf is the sheet that a unit's figures are on: "" for the whole form, else that
// of a department's counties.
func sheetOf(region *campaign.Region, d *campaign.Department) string {
	if region == nil {
		return ""
	}
	return d.Code
}

// gridView is a sheet.
type gridView struct {
	Lacks            string // what the settings lack for there to be a sheet
	Round, RoundName string
	Sheet, SheetName string
	Field            forms.Field
	Rounds, Sheets   []sheetLink
	Fields           []sheetLink // of a sheet of counties
	Columns          []string
	Groups           []gridGroup
	Seen             string // JSON: what the cells said when the page was made
	Detail           *cellDetail
	Address          string
	TSV              string
}

// sheetLink is a link among several.
type sheetLink struct {
	Name, Address string
	Current       bool
}

// gridGroup is a department's rows.
type gridGroup struct {
	Name, Standing, Class string
	Address               string             // of the unit's page
	Facts                 string             // 填报单位、日期
	Fault                 *campaign.Position // where its form cannot be read
	Findings              int                // that are of no cell
	Rows                  []gridRow
}

type gridRow struct {
	Name, Unit string
	Sub        bool
	Cells      []gridCell
}

// gridCell is a cell: one to write in, or words.
type gridCell struct {
	Name     string // of its field; "" for words
	Text     string // as it is written
	Computed string // what a 汇总 is
	State    string // missing, none, zero, sum, wrong, unread, differs; "" for a number
	Empty    string // what stands where nothing is written
	Label    string // for who does not see the table
	Level    string // of the worst finding
	Findings int
	Words    bool // it holds a remark
	Link     string
	Column   string
}

// sheetReader reads the forms of a round, each once.
type sheetReader struct {
	l     *project.Loaded
	round *campaign.Round
	forms map[string]*unitForm
}

// unitForm is what there is of one unit's form.
type unitForm struct {
	file     string
	report   *campaign.Report
	fault    *campaign.Position
	cells    map[cellKey]forms.Written
	findings map[int][]campaign.Finding // by line
	there    bool
	closed   bool // its cells cannot be told apart: it is mended as text first
}

type cellKey struct {
	row   *campaign.Row
	own   bool
	field forms.Field
}

func newSheetReader(l *project.Loaded, round *campaign.Round) *sheetReader {
	return &sheetReader{l: l, round: round, forms: map[string]*unitForm{}}
}

func (s *sheetReader) form(d *campaign.Department, region *campaign.Region) *unitForm {
	file := campaign.ReportFile(s.round, d, region)
	if f := s.forms[file]; f != nil {
		return f
	}
	f := &unitForm{file: file, report: s.l.Campaign.Report(s.round, d, region), cells: map[cellKey]forms.Written{}, findings: map[int][]campaign.Finding{}}
	s.forms[file] = f
	for _, found := range s.l.Findings {
		if found.At.File == file {
			f.findings[found.At.Line] = append(f.findings[found.At.Line], found)
		}
	}
	at, broken := s.l.Campaign.Unread(file)
	if broken && f.report == nil {
		f.fault = &at
	}
	data, err := fs.ReadFile(s.l.Files, file)
	if f.there = err == nil; !f.there {
		f.closed = f.fault != nil
		return f
	}
	list, ok := forms.ReadCells(&s.l.Campaign.Form, d, data)
	if f.closed = !ok; f.closed && f.fault == nil {
		f.fault = &campaign.Position{File: file, Line: 1, Column: 1}
	}
	for _, w := range list {
		f.cells[cellKey{w.Row, w.Own, w.Field}] = w
	}
	return f
}

// of returns a cell's form and what it says.
func (s *sheetReader) of(c forms.Cell) (*unitForm, forms.Written, bool) {
	f := s.form(c.Row.Department, c.Region)
	w, there := f.cells[cellKey{c.Row, c.Own, c.Field}]
	return f, w, there
}

func cellName(c forms.Cell) string {
	place := ""
	switch {
	case c.Own:
		place = ownPlace
	case c.Region != nil:
		place = c.Region.Code
	}
	return "c/" + strconv.Itoa(c.Row.Index) + "/" + place + "/" + string(c.Field)
}

// cellNamed is the cell that a field's name means.
func cellNamed(c *campaign.Campaign, round *campaign.Round, name string) (cell forms.Cell, ok bool) {
	parts := strings.Split(name, "/")
	if len(parts) != 4 || parts[0] != "c" {
		return cell, false
	}
	n, err := strconv.Atoi(parts[1])
	if err != nil || n < 0 || n >= len(c.Form.Rows) {
		return cell, false
	}
	cell = forms.Cell{Round: round, Row: c.Form.Rows[n], Own: parts[2] == ownPlace}
	if cell.Field, ok = forms.FieldOf(parts[3]); !ok {
		return cell, false
	}
	if parts[2] != "" && !cell.Own {
		if cell.Region = c.FindRegion(parts[2]); cell.Region == nil {
			return cell, false
		}
	}
	return cell, true
}

// figure returns the figure that a cell's quantity is, nil for none.
func (s *sheetReader) figure(c forms.Cell) *stats.Figure {
	if c.Own {
		return s.l.Book.Own(s.round, c.Row)
	}
	return s.l.Book.Figure(s.round, c.Row, c.Region)
}

// cell makes a cell to write in.
func (s *sheetReader) cell(c forms.Cell, column string) gridCell {
	f, w, there := s.of(c)
	g := gridCell{Name: cellName(c), Text: w.Text, Words: c.Field == forms.RemarkField, Column: column}
	g.Label = c.Row.Department.Short + " " + c.Row.Label() + " " + column
	if there {
		for _, found := range f.findings[w.Line] {
			g.Findings++
			if g.Level != string(campaign.Error) {
				g.Level = string(found.Level)
			}
		}
	}
	g.state(s, c, f)
	if g.Findings > 0 && c.Field == forms.QuantityField {
		g.Label += fmt.Sprintf("，有 %d 处问题", g.Findings)
	} else {
		g.Findings, g.Level = 0, ""
	}
	return g
}

// state says what kind of value it is, with the words for it.
func (g *gridCell) state(s *sheetReader, c forms.Cell, f *unitForm) {
	if f.closed {
		*g = gridCell{Text: "读不出", State: "unread", Link: address("edit", "file", f.fault.File, "line", strconv.Itoa(f.fault.Line)), Column: g.Column}
		return
	}
	if c.Field == forms.RemarkField {
		return
	}
	if g.Text == "" {
		if c.Field == forms.QuantityField && !c.Own {
			g.State, g.Empty = "missing", "未填"
			if !f.there {
				g.Empty = "未报"
			}
			g.Label += "，" + g.Empty
		}
		return
	}
	q, err := campaign.ParseQuantity(g.Text)
	switch {
	case err != nil:
		g.State = "wrong"
		g.Label += "，不是数量"
	case q.Kind == campaign.None:
		g.State = "none"
	case q.Kind == campaign.Sum:
		g.State = "sum"
		if figure := s.figure(c); figure != nil {
			g.Computed = figure.Quantity.String()
			g.Label += "，算得 " + g.Computed
		}
	case q.Decimal().IsZero():
		g.State = "zero"
	}
}

func words(text, column string) gridCell { return gridCell{Text: text, Column: column} }

// dataPage works out the sheet that the address names.
func dataPage(r *request) (*gridView, error) {
	l, err := r.settled()
	if err != nil {
		return nil, err
	}
	c := l.Campaign
	switch {
	case len(c.Rounds) == 0:
		return &gridView{Lacks: "期次"}, nil
	case len(c.Form.Rows) == 0:
		return &gridView{Lacks: "项目"}, nil
	}
	round := c.FindRound(r.value("round"))
	if round == nil {
		round = currentRound(c, l.Date)
	}
	v := &gridView{Round: round.Code, RoundName: round.Name, SheetName: "总表", Field: forms.QuantityField}
	if f, ok := forms.FieldOf(r.value("field")); ok {
		v.Field = f
	}
	d := c.FindDepartment(r.value("sheet"))
	if d != nil && !reportsByCounty(l, d) {
		d = nil
	}
	s := newSheetReader(l, round)
	if d == nil {
		v.Field = forms.QuantityField
		v.whole(s)
	} else {
		v.Sheet, v.SheetName = d.Code, d.Short+"各地"
		v.counties(s, d)
	}
	v.choices(l, d)
	v.Address = address("data", "round", v.Round, "sheet", v.Sheet, "field", string(v.Field))
	v.TSV = address("data/tsv", "round", v.Round, "sheet", v.Sheet, "field", string(v.Field))
	v.Seen = v.seen()
	if cell, ok := cellNamed(c, round, r.value("cell")); ok {
		v.Detail = s.detail(cell)
	}
	return v, nil
}

// currentRound is the round that is being gathered on a day; after the last deadline
// the latest that has anything.
func currentRound(c *campaign.Campaign, today campaign.Date) *campaign.Round {
	round := incoming.CurrentRound(c, today)
	if !round.Deadline.Before(today) {
		return round
	}
	for _, r := range slices.Backward(c.Rounds) {
		if len(c.ReportsOf(r)) > 0 {
			return r
		}
	}
	return round
}

func reportsByCounty(l *project.Loaded, d *campaign.Department) bool {
	return slices.Contains(l.Book.CountyDepartments(), d)
}

func (v *gridView) choices(l *project.Loaded, d *campaign.Department) {
	for _, round := range l.Campaign.Rounds {
		v.Rounds = append(v.Rounds, sheetLink{round.Name, address("data", "round", round.Code, "sheet", v.Sheet), round.Code == v.Round})
	}
	v.Sheets = append(v.Sheets, sheetLink{"总表", address("data", "round", v.Round), v.Sheet == ""})
	for _, x := range l.Book.CountyDepartments() {
		v.Sheets = append(v.Sheets, sheetLink{x.Short + "各地", address("data", "round", v.Round, "sheet", x.Code), v.Sheet == x.Code})
	}
	if d == nil {
		return
	}
	for _, f := range []forms.Field{forms.QuantityField, forms.RemarkField, forms.LastYearField} {
		v.Fields = append(v.Fields, sheetLink{string(f), address("data", "round", v.Round, "sheet", v.Sheet, "field", string(f)), f == v.Field})
	}
}

// whole is the sheet of the form as the annex has it.
func (v *gridView) whole(s *sheetReader) {
	v.Columns = []string{"数量", "备注", "上年同期", "上期", "变化", "各地加本级", "来源"}
	for _, block := range s.l.Campaign.Form.Blocks() {
		d := block.Department
		g := s.group(d, nil, d.Short)
		for _, row := range s.l.Campaign.Form.RowsOf(d) {
			at := func(f forms.Field) forms.Cell { return forms.Cell{Round: s.round, Row: row, Field: f} }
			quantity := at(forms.QuantityField)
			cells := []gridCell{s.cell(quantity, "数量"), s.cell(at(forms.RemarkField), "备注"), s.cell(at(forms.LastYearField), "上年同期")}
			before, movement, _ := s.change(quantity)
			cells = append(cells, words(before, "上期"), words(movement, "变化"), s.sum(quantity), s.origin(quantity))
			g.Rows = append(g.Rows, gridRow{row.Name, row.Unit, row.Parent != nil, cells})
		}
		v.Groups = append(v.Groups, g)
	}
}

// counties is the sheet of a department's counties.
func (v *gridView) counties(s *sheetReader, d *campaign.Department) {
	sums := v.Field == forms.QuantityField
	v.Columns = []string{"合计"}
	if sums {
		v.Columns = append(v.Columns, "各地加本级")
	}
	v.Columns = append(v.Columns, "本级")
	for _, region := range s.l.Campaign.Regions {
		v.Columns = append(v.Columns, region.Short)
	}
	g := s.group(d, nil, d.Short)
	for _, row := range s.l.Campaign.Form.RowsOf(d) {
		whole := forms.Cell{Round: s.round, Row: row, Field: v.Field}
		cells := []gridCell{s.cell(whole, "合计")}
		if sums {
			cells = append(cells, s.sum(whole))
		}
		own := whole
		own.Own = true
		cells = append(cells, s.cell(own, "本级"))
		for _, region := range s.l.Campaign.Regions {
			county := whole
			county.Region = region
			cells = append(cells, s.cell(county, region.Short))
		}
		g.Rows = append(g.Rows, gridRow{row.Name, row.Unit, row.Parent != nil, cells})
	}
	v.Groups = append(v.Groups, g)
}

func (s *sheetReader) group(d *campaign.Department, region *campaign.Region, name string) gridGroup {
	g := gridGroup{Name: name, Address: unitAddress(s.round, d, region)}
	f := s.form(d, region)
	for _, u := range units(s.l, s.round) {
		if u.Department == d && u.Region == region {
			stand := formFiling(u)
			g.Standing, g.Class = stand.Word, stand.Class
		}
	}
	if f.fault != nil {
		g.Fault = f.fault
	}
	if f.report != nil {
		g.Facts = f.report.Unit + "，" + f.report.FiledOn.String() + " 填报"
		if on := f.report.ArrivedOn; !on.IsZero() {
			g.Facts += "，" + on.String() + " 收到"
		}
	}
	g.Findings = len(f.findings[1])
	return g
}

// change says what a figure was in the round before, and how it has moved; or why
// that cannot be told.
func (s *sheetReader) change(c forms.Cell) (before, movement, why string) {
	f := s.figure(c)
	if f == nil {
		return "", "", ""
	}
	moved, err := s.l.Book.Change(f)
	if moved.Previous != nil {
		before = moved.Previous.Quantity.String()
	} else if round := s.l.Book.Before(s.round); round != nil {
		if previous := s.l.Book.Figure(round, c.Row, c.Region); previous != nil && !c.Own {
			before = previous.Quantity.String()
		}
	}
	if err != nil {
		return before, "", err.Error()
	}
	return before, moved.Movement(), ""
}

// sum is what the counties and 本级 come to, beside the whole.
func (s *sheetReader) sum(c forms.Cell) gridCell {
	cell := gridCell{Column: "各地加本级"}
	f := s.figure(c)
	if f == nil || len(f.Parts) == 0 {
		return cell
	}
	total := stats.SumOf(f.Parts)
	cell.Text = total.String()
	if f.Computed || f.Quantity.Equal(total) {
		return cell
	}
	cell.State = "differs"
	cell.Computed = "差 " + f.Quantity.Decimal().Sub(total.Decimal()).String()
	return cell
}

// origin is where a cell is written, which its details are behind.
func (s *sheetReader) origin(c forms.Cell) gridCell {
	f, w, there := s.of(c)
	cell := gridCell{Column: "来源", Text: "填一份", Link: address("data", "round", s.round.Code, "cell", cellName(c)) + "#cell-detail"}
	switch {
	case there:
		cell.Text = path.Base(f.file) + ":" + strconv.Itoa(w.Line)
	case f.there:
		cell.Text = path.Base(f.file)
	}
	return cell
}

// seen is what the cells said, by name.
func (v *gridView) seen() string {
	all := map[string]string{}
	for _, g := range v.Groups {
		for _, row := range g.Rows {
			for _, c := range row.Cells {
				if c.Name != "" {
					all[c.Name] = c.Text
				}
			}
		}
	}
	text, _ := json.Marshal(all) // of texts
	return string(text)
}

// sendTSV is the sheet as it is shown, for a spreadsheet.
func sendTSV(r *request) (answer, error) {
	v, err := dataPage(r)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	line := func(fields ...string) {
		for n, f := range fields {
			if strings.ContainsAny(f, "\t\n\"") {
				fields[n] = `"` + strings.ReplaceAll(f, `"`, `""`) + `"`
			}
		}
		b.WriteString(strings.Join(fields, "\t") + "\r\n")
	}
	b.WriteString("\ufeff")
	line(append([]string{"部门", "项目", "单位"}, v.Columns...)...)
	for _, g := range v.Groups {
		for _, row := range g.Rows {
			fields := []string{g.Name, row.Name, row.Unit}
			for _, c := range row.Cells {
				text := c.Text
				if c.State == "sum" && c.Computed != "" {
					text = c.Computed
				}
				fields = append(fields, text)
			}
			line(fields...)
		}
	}
	return download{v.RoundName + "_" + v.SheetName + ".tsv", "text/tab-separated-values; charset=utf-8", b.Bytes()}, nil
}

// faultView is what could not be taken of some edits.
type faultView struct {
	Faults []shownFault
	Back   string
}

type shownFault struct {
	Where, Text, Message, Hint string
	File                       string
	Line                       int
}

// proposeCells proposes what was typed or pasted, all cells as one change.
func proposeCells(r *request) (answer, error) {
	if _, err := r.fresh(); err != nil {
		return nil, err
	}
	l, err := r.settled()
	if err != nil {
		return nil, err
	}
	round := l.Campaign.FindRound(r.value("round"))
	if round == nil {
		return nil, errors.New("没有这一期了，请重新打开“数据”")
	}
	edits, notes, err := r.cellEdits(l, round)
	if err != nil {
		return nil, err
	}
	back := address("data", "round", round.Code, "sheet", r.value("sheet"), "field", r.value("field"))
	if len(edits) == 0 {
		return nil, errors.New("没有改动，不用写")
	}
	set := change.Of(l.Files)
	if faults := forms.SetCells(l.Campaign, set, edits, l.Date); len(faults) > 0 {
		v := faultView{Back: back}
		for _, f := range faults {
			shown := shownFault{Where: whereOf(l.Campaign, f.Cell), Text: f.Text, Message: f.Message, Hint: f.Hint}
			if f.Rule == "import-existing" {
				shown.File, shown.Line = f.File(), 1
				if at, broken := l.Campaign.Unread(f.File()); broken {
					shown.File, shown.Line = at.File, at.Line
				}
			}
			v.Faults = append(v.Faults, shown)
		}
		return page{"data-faults", v}, nil
	}
	return proposal{
		title: fmt.Sprintf("改写%s数据 %d 格：%s", round.Name, len(edits), strings.Join(unitsOf(l.Campaign, edits), "、")),
		set:   set, words: notes, next: back, done: fmt.Sprintf("已写 %d 格", len(edits)),
	}, nil
}

// cellEdits lists the cells that are to say something else than the page showed, and
// tells of those that somebody has changed since.
func (r *request) cellEdits(l *project.Loaded, round *campaign.Round) (edits []forms.CellEdit, notes []string, err error) {
	var seen map[string]string
	if err := json.Unmarshal([]byte(r.value("seen")), &seen); err != nil {
		return nil, nil, errors.New("这一页没有送完整，请刷新以后再来")
	}
	s := newSheetReader(l, round)
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		if !strings.HasPrefix(name, "c/") {
			continue
		}
		text := strings.TrimSpace(r.PostForm.Get(name))
		was, shown := seen[name]
		if shown && text == was {
			continue
		}
		cell, ok := cellNamed(l.Campaign, round, name)
		if !ok {
			return nil, nil, errors.New("统计表的项目刚刚改过，请刷新以后再来")
		}
		if _, now, _ := s.of(cell); shown && now.Text != was {
			notes = append(notes, fmt.Sprintf("注意：%s在打开这一页以后被改成了“%s”（原来是“%s”），这里要写“%s”。", whereOf(l.Campaign, cell), now.Text, was, text))
		}
		edits = append(edits, forms.CellEdit{Cell: cell, Text: text})
	}
	slices.SortStableFunc(edits, func(a, b forms.CellEdit) int { return a.Row.Index - b.Row.Index })
	return edits, notes, nil
}

// whereOf names a cell.
func whereOf(c *campaign.Campaign, cell forms.Cell) string {
	unit := cell.Row.Department.Short
	switch {
	case cell.Own:
		unit += "本级"
	case cell.Region != nil:
		unit += " " + cell.Region.Short
	}
	return unit + "“" + cell.Row.Label() + "”的" + string(cell.Field)
}

func unitsOf(c *campaign.Campaign, edits []forms.CellEdit) (names []string) {
	for _, e := range edits {
		name := e.Row.Department.Short
		if e.Region != nil {
			name = forms.UnitName(c, e.Row.Department, e.Region)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// cellDetail is all that is known of a cell.
type cellDetail struct {
	Where, Value string
	State        string
	File         string
	Line         int
	Facts        [][2]string
	Originals    []original
	Parts        [][2]string // of a sum
	Findings     []campaign.Finding
	Unit         string // its page's address
}

// stateWords say what a state means.
var stateWords = map[string]string{
	"missing": "没有填：这不是 0，也不是 无", "none": "无：没有这项工作", "zero": "0：有这项工作，没有发生",
	"sum": "汇总：由各地和本级加出来", "wrong": "读不出是多少", "unread": "整个文件读不出，先改好",
}

func (s *sheetReader) detail(c forms.Cell) *cellDetail {
	f, w, there := s.of(c)
	g := s.cell(c, string(c.Field))
	d := &cellDetail{Where: whereOf(s.l.Campaign, c), Value: g.Text, State: stateWords[g.State], Unit: unitAddress(s.round, c.Row.Department, c.Region)}
	if f.there {
		d.File, d.Line = f.file, max(w.Line, 1)
	}
	if there {
		d.Findings = f.findings[w.Line]
	}
	fact := func(key, value string) {
		if value != "" {
			d.Facts = append(d.Facts, [2]string{key, value})
		}
	}
	fact("算得", g.Computed)
	if r := f.report; r != nil {
		fact("填报单位", r.Unit)
		fact("填报日期", r.FiledOn.String())
		fact("收到日期", r.ArrivedOn.String())
	}
	if figure := s.figure(c); figure != nil && c.Field == forms.QuantityField {
		before, movement, why := s.change(c)
		fact("上期", before)
		fact("比上期", movement+why)
		fact("上年同期", figure.YearOnYear())
		fact("更正", figure.Corrected())
		s.parts(d, figure)
	}
	if entries, err := originalsOf(s.l, f.file); err == nil {
		d.Originals = entries
	}
	return d
}

// parts lists what a sum is made of.
func (s *sheetReader) parts(d *cellDetail, f *stats.Figure) {
	for _, p := range f.Parts {
		name := "本级"
		if p.Region != nil {
			name = p.Region.Short
		}
		d.Parts = append(d.Parts, [2]string{name, p.Quantity.String()})
	}
	if len(f.Parts) == 0 {
		return
	}
	total := stats.SumOf(f.Parts)
	d.Parts = append(d.Parts, [2]string{"各地加本级", total.String()})
	if !f.Computed && !f.Quantity.Equal(total) {
		d.Parts = append(d.Parts, [2]string{"差", f.Quantity.Decimal().Sub(total.Decimal()).String()})
	}
	if lacks := stats.Lacks(f.Coverage); lacks != "" {
		d.Facts = append(d.Facts, [2]string{"范围", lacks})
	}
}

// showCell is the details of a cell, for the page to show beside it.
func showCell(r *request) (answer, error) {
	l, err := r.settled()
	if err != nil {
		return nil, err
	}
	round := l.Campaign.FindRound(r.value("round"))
	if round == nil {
		return nil, errNotThere
	}
	cell, ok := cellNamed(l.Campaign, round, r.value("cell"))
	if !ok {
		return nil, errNotThere
	}
	t, err := templates()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.ExecuteTemplate(&b, "data-cell", newSheetReader(l, round).detail(cell))
	return inline{"text/html; charset=utf-8", b.Bytes()}, err
}

// Span is how many columns the table has.
func (v *gridView) Span() int { return 2 + len(v.Columns) }
