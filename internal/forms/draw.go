package forms

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/campaign"
)

// book is a workbook being drawn. Its first error stays; drawing goes on
// without effect, and Export looks once, at the end.
type book struct {
	campaign   *campaign.Campaign
	template   *template
	round      *campaign.Round
	department *campaign.Department
	region     *campaign.Region
	report     *campaign.Report // nil when none is there
	withOwn    bool
	lastYear   bool

	file   *excelize.File
	styles map[style]int
	err    error
}

func (b *book) note(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *book) draw() {
	day := b.round.Deadline.String() + "T00:00:00Z" // no clock: the same form gives the same bytes
	props := &excelize.DocProperties{
		Creator: b.campaign.Site.Host, LastModifiedBy: b.campaign.Site.Host, Created: day, Modified: day, Language: "zh-CN",
		Title: b.campaign.Form.Name + "（" + b.round.Name + "）", Subject: b.campaign.Name,
	}
	if b.campaign.Sample {
		props.Keywords = sampleMark
	}
	b.note(b.file.SetDocProps(props))
	b.note(b.file.SetAppProps(&excelize.AppProperties{Application: "wangjian"}))
	b.note(b.file.SetSheetName(b.file.GetSheetName(0), mainSheet))
	b.drawForm(mainSheet, false)
	if b.withOwn {
		_, err := b.file.NewSheet(ownSheet)
		b.note(err)
		b.drawForm(ownSheet, true)
	}
	b.drawHidden()
	b.file.SetActiveSheet(0)
	b.note(b.file.ProtectWorkbook(&excelize.WorkbookProtectionOptions{LockStructure: true}))
}

func (b *book) drawHidden() {
	_, err := b.file.NewSheet(hiddenSheet)
	b.note(err)
	for n, line := range b.template.lines() {
		for column, text := range line {
			b.note(b.file.SetCellStr(hiddenSheet, campaign.ColumnName(column+1)+itoa(n+1), text))
		}
	}
	b.note(b.file.SetSheetVisible(hiddenSheet, false, true))
	b.note(b.file.ProtectSheet(hiddenSheet, &excelize.SheetProtectionOptions{}))
}

// drawing is one visible sheet, filled from the top.
type drawing struct {
	*book
	sheet    string
	own      bool
	row      int // the row being filled
	head     int
	quantity int // columns
	past     int // 上年同期, 0 when it is not asked for
	remark   int
	id       int
	widths   []float64
}

// The first columns; quantity, remark and the hidden id follow.
const (
	columnDepartment = iota + 1
	columnAmong
	columnItem
	columnUnit
)

func (b *book) drawForm(sheet string, own bool) {
	d := &drawing{book: b, sheet: sheet, own: own, quantity: 5, remark: 6, id: 7, widths: []float64{14, 6, 36, 11, 16, 30}}
	if b.lastYear {
		d.past, d.remark, d.id = 6, 7, 8
		d.widths = []float64{14, 6, 36, 11, 16, 16, 28}
	}
	for n, width := range d.widths {
		b.note(b.file.SetColWidth(sheet, campaign.ColumnName(n+1), campaign.ColumnName(n+1), width))
	}
	b.note(b.file.SetColWidth(sheet, campaign.ColumnName(d.id), campaign.ColumnName(d.id), 8))
	d.drawTop()
	d.drawHead()
	d.drawRows()
	d.drawNotes()
	d.finish()
}

// drawTop writes the title, whose form it is, and who fills it in when.
func (d *drawing) drawTop() {
	d.wide(d.campaign.Form.Name, style{align: centre, bold: true, size: 18})
	d.wide("（"+d.round.Name+"）", style{align: centre, size: 14})
	if d.campaign.Sample {
		d.wide(sampleMark+"：数字均为虚构，只作演示", style{align: centre, bold: true, red: true})
	}
	round := metaRound + "：" + d.round.Name + "（" + string(d.round.Basis) + "，" + d.round.Deadline.Chinese() + "截止）"
	d.pair(round, metaDepartment+"："+d.department.Name)
	switch {
	case d.region != nil:
		d.pair(metaRegion+"："+d.region.Name, "")
	case d.own:
		d.pair(metaPart+"："+ownSheet, "")
	}
	if d.own {
		return
	}
	d.next(1)
	label := style{align: left, bold: true}
	d.merge(columnDepartment, columnAmong, d.row)
	d.text(columnDepartment, metaUnit+"：", label)
	d.text(columnItem, d.unitName(), input)
	d.text(columnUnit, metaFiledOn+"：", label)
	d.merge(d.quantity, d.remark, d.row)
	s := input
	s.format = `yyyy"年"m"月"d"日"`
	d.dress(d.quantity, d.remark, d.row, s)
	if d.report != nil && !d.report.FiledOn.IsZero() {
		d.note(d.file.SetCellDefault(d.sheet, d.at(d.quantity), itoa(serialOf(d.report.FiledOn))))
	}
	d.validateUnit(d.at(columnItem))
	d.validateDay(d.at(d.quantity))
}

// pair writes two texts on one line.
func (d *drawing) pair(first, second string) {
	d.next(max(lines(first, d.width(columnDepartment, columnItem)), lines(second, d.width(columnUnit, d.remark))))
	for _, part := range []struct {
		from, to int
		text     string
	}{{columnDepartment, columnItem, first}, {columnUnit, d.remark, second}} {
		d.merge(part.from, part.to, d.row)
		d.text(part.from, part.text, style{align: left})
	}
}

func (d *drawing) drawHead() {
	d.next(1)
	d.head = d.row
	s := style{align: centre, bold: true, boxed: true, shaded: true}
	d.dress(columnDepartment, d.remark, d.row, s)
	d.text(columnDepartment, headDepartment, s)
	d.merge(columnAmong, columnItem, d.row)
	d.text(columnAmong, headItem, s)
	d.text(columnUnit, headUnit, s)
	d.text(d.quantity, headQuantity, s)
	if d.past > 0 {
		d.text(d.past, headLastYear, s)
	}
	d.text(d.remark, headRemark, s)
	d.text(d.id, headID, style{align: centre})
}

// drawRows writes the department's rows as the annex has them: its name beside
// all of them, those of its 栏头 and those that divide another marked so.
func (d *drawing) drawRows() {
	rows := d.campaign.Form.RowsOf(d.department)
	ids := map[*campaign.Row]string{}
	for n, row := range rows {
		ids[row] = d.template.order[n]
	}
	ordered := headingFirst(rows)
	first := d.row + 1
	for n, row := range ordered {
		d.drawRow(row, ids[row])
		if mark := markOf(row); mark != "" && (n == 0 || markOf(ordered[n-1]) != mark || ordered[n-1].Parent != row.Parent) {
			count := 1
			for n+count < len(ordered) && markOf(ordered[n+count]) == mark && ordered[n+count].Parent == row.Parent {
				count++
			}
			d.merge(columnAmong, columnAmong, d.row+count-1)
			d.text(columnAmong, mark, style{align: centre, boxed: true})
		}
	}
	last := d.row
	d.row = first
	d.merge(columnDepartment, columnDepartment, last)
	s := style{align: centre, boxed: true}
	d.dress(columnDepartment, columnDepartment, last, s)
	d.text(columnDepartment, d.department.Short, s)
	d.row = last
}

// headingFirst puts the figures of the 栏头 first: the annex prints them in
// the department's own cell.
func headingFirst(rows []*campaign.Row) []*campaign.Row {
	inHeading := keep(rows, func(r *campaign.Row) bool { return r.InHeading })
	return append(inHeading, keep(rows, func(r *campaign.Row) bool { return !r.InHeading })...)
}

func markOf(row *campaign.Row) string {
	switch {
	case row.Parent != nil:
		return markAmong
	case row.InHeading:
		return markHeading
	}
	return ""
}

func (d *drawing) drawRow(row *campaign.Row, id string) {
	var e campaign.Entry
	if d.report != nil && d.own {
		e, _ = d.report.Own.Of(row)
	} else if d.report != nil {
		e, _ = d.report.Entries.Of(row)
	}
	from := columnAmong
	if markOf(row) != "" {
		from = columnItem
	}
	d.next(max(lines(row.Name, d.width(from, columnItem)), lines(e.Remark, d.width(d.remark, d.remark))))
	box := style{align: left, boxed: true}
	d.dress(columnAmong, columnItem, d.row, box)
	d.merge(from, columnItem, d.row)
	d.text(from, row.Name, box)
	d.text(columnUnit, row.Unit, style{align: centre, boxed: true})
	d.putQuantity(d.quantity, e.Quantity)
	words := []string{"无"}
	if d.withOwn && !d.own {
		words = append(words, "汇总")
	}
	d.validateQuantity(d.at(d.quantity), row, words, headQuantity)
	if d.past > 0 {
		d.putQuantity(d.past, e.LastYear)
		d.validateQuantity(d.at(d.past), row, []string{"无"}, headLastYear)
	}
	s := input
	s.align = left
	d.text(d.remark, e.Remark, s)
	d.validateRemark(d.at(d.remark))
	d.text(d.id, id, style{align: centre})
}

// putQuantity writes a quantity into a cell to fill in: as a number that shows
// what it is, or as text where a spreadsheet's number has too few digits.
func (d *drawing) putQuantity(column int, q campaign.Quantity) {
	s := input
	text := q.String()
	digits := len(strings.TrimLeft(strings.ReplaceAll(text, ".", ""), "0"))
	switch {
	case q.Kind == campaign.Blank:
		d.dress(column, column, d.row, s)
	case q.IsNumber() && digits <= exactDigits:
		if strings.Contains(text, ".") && strings.HasSuffix(text, "0") {
			// Keeps 3.50 as it is written, and shows more if more is typed.
			s.format = "0." + strings.Repeat("0", q.Decimals()) + "######"
		}
		d.dress(column, column, d.row, s)
		d.note(d.file.SetCellDefault(d.sheet, d.at(column), text))
	default:
		d.text(column, text, s)
	}
}

func (d *drawing) drawNotes() {
	notes := []string{}
	if d.campaign.Form.Note != "" {
		notes = append(notes, "注："+d.campaign.Form.Note)
	}
	notes = append(notes, "填表说明：只填浅黄色的格子。数量只写数字，不写单位，不写“约”“余”；没有发生填 0，无此项填 无，空着的表不能导入。")
	switch {
	case d.own:
		notes[len(notes)-1] = "填表说明：这里填部门自己办的、不含各地区上报的数量，没有的可以空着。统计表里填 汇总 的行，等于各地区之和加本级。"
	case d.withOwn:
		notes = append(notes, "数量填 汇总 的，由程序把各地区上报的数和“本级”工作表里的数相加；填了数字的，必须等于它们之和。")
	}
	for _, note := range notes {
		d.wide(note, style{align: left})
	}
}

// finish protects the sheet and sets it up for A4.
func (d *drawing) finish() {
	no, yes := false, true
	d.note(d.file.SetColVisible(d.sheet, campaign.ColumnName(d.id), false))
	d.note(d.file.ProtectSheet(d.sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true,
	}))
	d.note(d.file.SetSheetView(d.sheet, 0, &excelize.ViewOptions{ShowGridLines: &no}))
	corner := "A" + itoa(d.head+1)
	d.note(d.file.SetPanes(d.sheet, &excelize.Panes{Freeze: true, YSplit: d.head, TopLeftCell: corner, ActivePane: "bottomLeft"}))
	a4, portrait, one, many := 9, "portrait", 1, 0
	d.note(d.file.SetPageLayout(d.sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &portrait, FitToWidth: &one, FitToHeight: &many}))
	d.note(d.file.SetSheetProps(d.sheet, &excelize.SheetPropsOptions{FitToPage: &yes}))
	side, top, bottom, edge := 0.7, 0.9, 0.9, 0.45
	d.note(d.file.SetPageMargins(d.sheet, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &edge, Footer: &edge, Horizontally: &yes,
	}))
	footer := "&C第 &P 页，共 &N 页"
	if d.campaign.Sample {
		footer += "&R" + sampleMark
	}
	d.note(d.file.SetHeaderFooter(d.sheet, &excelize.HeaderFooterOptions{OddFooter: footer}))
	names := []*excelize.DefinedName{
		{Name: "_xlnm.Print_Titles", RefersTo: "'" + d.sheet + "'!$" + itoa(d.head) + ":$" + itoa(d.head), Scope: d.sheet},
		{Name: "_xlnm.Print_Area", RefersTo: "'" + d.sheet + "'!$A$1:$" + campaign.ColumnName(d.remark) + "$" + itoa(d.row), Scope: d.sheet},
	}
	for _, name := range names {
		d.note(d.file.SetDefinedName(name))
	}
}

// width is that of some columns together, in characters.
func (d *drawing) width(from, to int) float64 {
	total := 0.0
	for _, w := range d.widths[from-1 : to] {
		total += w
	}
	return total
}

// at names a cell of the current row.
func (d *drawing) at(column int) string { return campaign.ColumnName(column) + itoa(d.row) }

// next goes to the row below and makes it so many lines high.
func (d *drawing) next(lines int) {
	d.row++
	d.note(d.file.SetRowHeight(d.sheet, d.row, float64(float64(max(lines, 1))*lineHeight)+9))
}

// lineHeight is a line of 12 pt, in points.
const lineHeight = 16

// wide writes a text over all columns, as high as it needs.
func (d *drawing) wide(text string, s style) {
	size := max(s.size, bodySize)
	d.next(int(math.Ceil(float64(lines(text, d.width(columnDepartment, d.remark)*bodySize/size)) * size / bodySize)))
	d.merge(columnDepartment, d.remark, d.row)
	d.dress(columnDepartment, d.remark, d.row, s)
	d.text(columnDepartment, text, s)
}

// text writes a text cell. It is a text to the spreadsheet whatever it begins
// with.
func (d *drawing) text(column int, text string, s style) {
	if text != "" {
		d.note(d.file.SetCellStr(d.sheet, d.at(column), text))
	}
	d.dress(column, column, d.row, s)
}

// merge joins cells from the current row down to the row last.
func (d *drawing) merge(from, to, last int) {
	if from != to || last != d.row {
		d.note(d.file.MergeCell(d.sheet, d.at(from), campaign.ColumnName(to)+itoa(last)))
	}
}

// dress gives cells from the current row down to the row last a style.
func (d *drawing) dress(from, to, last int, s style) {
	d.note(d.file.SetCellStyle(d.sheet, d.at(from), campaign.ColumnName(to)+itoa(last), d.style(s)))
}

// lines reckons how many lines a text takes in a width: Chinese characters
// count two, others one. A spreadsheet does not do it for merged cells.
func lines(text string, width float64) int {
	cells := 0
	for _, r := range text {
		if cells++; utf8.RuneLen(r) > 2 {
			cells++
		}
	}
	return max(1, int(math.Ceil(float64(cells)*bodySize/11/(width-1.5))))
}
