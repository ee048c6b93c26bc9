package desk

import (
	"bytes"
	"encoding/json"
	"path"
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
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

// Span is how many columns the table has.
func (v *gridView) Span() int { return 2 + len(v.Columns) }
