package forms

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/campaign"
	"wangjian/internal/xlsx"
)

// book is a form being drawn.
type book struct {
	out        *xlsx.Book
	campaign   *campaign.Campaign
	template   *template
	round      *campaign.Round
	department *campaign.Department
	region     *campaign.Region
	report     *campaign.Report // nil when none is there
	withOwn    bool
	lastYear   bool
}

func (b *book) draw() {
	day := b.round.Deadline.String() + "T00:00:00Z" // no clock: the same form makes the same bytes
	props := excelize.DocProperties{
		Creator: b.campaign.Site.Host, LastModifiedBy: b.campaign.Site.Host, Created: day, Modified: day,
		Title: b.campaign.Form.Name + "（" + b.round.Name + "）", Subject: b.campaign.Name,
	}
	if b.campaign.Sample {
		props.Keywords = xlsx.SampleMark
	}
	b.out = xlsx.New(face, b.campaign.Sample, props)
	b.drawForm(mainSheet, false)
	if b.withOwn {
		b.drawForm(ownSheet, true)
	}
	b.drawHidden()
	b.out.File.SetActiveSheet(0)
	b.out.Note(b.out.File.ProtectWorkbook(&excelize.WorkbookProtectionOptions{LockStructure: true}))
}

func (b *book) drawHidden() {
	_, err := b.out.File.NewSheet(hiddenSheet)
	b.out.Note(err)
	for n, line := range b.template.lines() {
		for column, text := range line {
			b.out.Note(b.out.File.SetCellStr(hiddenSheet, xlsx.Cell(column+1, n+1), text))
		}
	}
	b.out.Note(b.out.File.SetSheetVisible(hiddenSheet, false, true))
	b.out.Note(b.out.File.ProtectSheet(hiddenSheet, &excelize.SheetProtectionOptions{}))
}

// The form's type is 小四.
var face = xlsx.Type{Size: 12, Line: 16, Pad: 9, Family: "仿宋", Bold: "宋体", Locked: true}

type style = xlsx.Style

var (
	box     = style{Align: xlsx.Left, Boxed: true, Indent: 1}
	centred = style{Align: xlsx.Centre, Boxed: true}
	headed  = style{Align: xlsx.Centre, Bold: true, Boxed: true, Shaded: true}
	bare    = style{Align: xlsx.Left}
	// input is the look of a cell to fill in.
	input = style{Align: xlsx.Centre, Boxed: true, Open: true}
)

// drawing is one visible sheet, filled from the top.
type drawing struct {
	*book
	*xlsx.Page
	own      bool
	quantity int // columns
	past     int // 上年同期, 0 when it is not asked for
	remark   int
	id       int
}

// The first columns; quantity, remark and the hidden id follow.
const (
	columnDepartment = iota + 1
	columnAmong
	columnItem
	columnUnit
)

func (b *book) drawForm(sheet string, own bool) {
	d := &drawing{book: b, own: own, quantity: 5, remark: 6, id: 7}
	widths := []float64{14, 6, 36, 11, 16, 30}
	if b.lastYear {
		d.past, d.remark, d.id = 6, 7, 8
		widths = []float64{14, 6, 36, 11, 16, 16, 28}
	}
	d.Page = b.out.Sheet(sheet, !own, widths...)
	b.out.Note(b.out.File.SetColWidth(sheet, campaign.ColumnName(d.id), campaign.ColumnName(d.id), 8))
	d.drawTop()
	d.drawHead()
	d.drawRows()
	d.drawNotes()
	d.finish()
}

// drawTop writes the title, whose form it is, and who fills it in when.
func (d *drawing) drawTop() {
	d.Wide(d.campaign.Form.Name, style{Align: xlsx.Centre, Bold: true, Size: 18})
	d.Wide("（"+d.round.Name+"）", style{Align: xlsx.Centre, Size: 14})
	if d.campaign.Sample {
		d.Wide(xlsx.SampleMark+"：数字均为虚构，只作演示", style{Align: xlsx.Centre, Bold: true, Red: true})
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
	d.Next(1)
	label := style{Align: xlsx.Left, Bold: true}
	d.Merge(columnDepartment, columnAmong, d.Row)
	d.Text(columnDepartment, metaUnit+"：", label)
	d.Text(columnItem, d.unitName(), input)
	d.Text(columnUnit, metaFiledOn+"：", label)
	s := input
	s.Format = `yyyy"年"m"月"d"日"`
	d.Block(d.quantity, d.remark, d.Row, "", s)
	if d.report != nil && !d.report.FiledOn.IsZero() {
		d.Note(d.File.SetCellDefault(d.Name, d.At(d.quantity), strconv.Itoa(serialOf(d.report.FiledOn))))
	}
	d.accept(d.At(columnItem), excelize.NewDataValidation(false), excelize.DataValidationTypeTextLength, 1, 100, metaUnit, "填报单位的全称。", "请填单位全称，不超过 100 个字。")
	deadline := d.round.Deadline
	d.accept(d.At(d.quantity), excelize.NewDataValidation(true), excelize.DataValidationTypeDate, serialOf(deadline.AddDays(-plausible)), serialOf(deadline.AddDays(plausible)),
		metaFiledOn, "填完这张表的日子，写成 "+deadline.String()+"。", "请填日期，写成 "+deadline.String()+"。")
}

// pair writes two texts on one line.
func (d *drawing) pair(first, second string) {
	d.Next(max(d.Lines(first, columnDepartment, columnItem), d.Lines(second, columnUnit, d.remark)))
	for _, part := range []struct {
		from, to int
		text     string
	}{{columnDepartment, columnItem, first}, {columnUnit, d.remark, second}} {
		d.Merge(part.from, part.to, d.Row)
		d.Block(part.from, part.from, d.Row, part.text, bare)
	}
}

func (d *drawing) drawHead() {
	d.Next(1)
	d.Text(columnDepartment, headDepartment, headed)
	d.Block(columnAmong, columnItem, d.Row, headItem, headed)
	d.Text(columnUnit, headUnit, headed)
	d.Text(d.quantity, headQuantity, headed)
	if d.past > 0 {
		d.Text(d.past, headLastYear, headed)
	}
	d.Text(d.remark, headRemark, headed)
	d.Text(d.id, headID, style{Align: xlsx.Centre})
	d.KeepHead(0, "bottomLeft")
}

// drawRows writes the department's rows as the annex has them: its name beside
// all of them, those of its 栏头 and those that divide another marked so.
func (d *drawing) drawRows() {
	rows := d.campaign.Form.RowsOf(d.department)
	ids := map[*campaign.Row]string{}
	for n, row := range rows {
		ids[row] = d.template.rows[n].id
	}
	blocks := d.campaign.Form.Blocks()
	block := blocks[slices.IndexFunc(blocks, func(b campaign.Block) bool { return b.Department == d.department })]
	first := d.Row + 1
	for n, row := range slices.Concat(block.Heading, block.Rows) {
		d.drawRow(row, ids[row])
		mark, span := markAmong, row.Among()
		if n == 0 && len(block.Heading) > 0 {
			mark, span = markHeading, len(block.Heading)
		}
		if span > 0 {
			d.Block(columnAmong, columnAmong, d.Row+span-1, mark, centred)
		}
	}
	last := d.Row
	d.Row = first
	d.Block(columnDepartment, columnDepartment, last, d.department.Short, centred)
	d.Row = last
}

func (d *drawing) drawRow(row *campaign.Row, id string) {
	var e campaign.Entry
	if d.report != nil && d.own {
		e, _ = d.report.Own.Of(row)
	} else if d.report != nil {
		e, _ = d.report.Entries.Of(row)
	}
	from := columnAmong
	if row.Parent != nil || row.InHeading {
		from = columnItem
	}
	d.Next(max(d.Lines(row.Name, from, columnItem), d.Lines(e.Remark, d.remark, d.remark)))
	d.Dress(columnAmong, columnItem, d.Row, box)
	d.Block(from, columnItem, d.Row, row.Name, box)
	d.Text(columnUnit, row.Unit, centred)
	d.putQuantity(d.quantity, e.Quantity)
	words := []string{"无"}
	if d.withOwn && !d.own {
		words = append(words, "汇总")
	}
	d.validateQuantity(d.At(d.quantity), row, words, headQuantity)
	if d.past > 0 {
		d.putQuantity(d.past, e.LastYear)
		d.validateQuantity(d.At(d.past), row, []string{"无"}, headLastYear)
	}
	s := input
	s.Align, s.Indent = xlsx.Left, 1
	d.Block(d.remark, d.remark, d.Row, e.Remark, s)
	d.accept(d.At(d.remark), excelize.NewDataValidation(true), excelize.DataValidationTypeTextLength, 0, maxText,
		headRemark, "需要说明的才写，可以空着。这里的话会随数字公布。", fmt.Sprintf("备注不超过 %d 个字。", maxText))
	d.Text(d.id, id, style{Align: xlsx.Centre})
}

// putQuantity writes a quantity into a cell to fill in: as a number that shows
// what it is, or as text where a spreadsheet's number has too few digits.
func (d *drawing) putQuantity(column int, q campaign.Quantity) {
	s, text := input, q.String()
	switch {
	case q.Kind == campaign.Blank:
		d.Dress(column, column, d.Row, s)
	case q.IsNumber() && xlsx.Fits(text):
		if strings.Contains(text, ".") && strings.HasSuffix(text, "0") {
			// Keeps 3.50 as it is written, and shows more if more is typed.
			s.Format = "0." + strings.Repeat("0", q.Decimals()) + "######"
		}
		d.Dress(column, column, d.Row, s)
		d.Note(d.File.SetCellDefault(d.Name, d.At(column), text))
	default:
		d.Text(column, text, s)
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
		d.Wide(note, bare)
	}
}

// finish protects the sheet and sets it up for A4.
func (d *drawing) finish() {
	no, yes := false, true
	d.Note(d.File.SetColVisible(d.Name, campaign.ColumnName(d.id), false))
	d.Note(d.File.ProtectSheet(d.Name, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true,
	}))
	d.Note(d.File.SetSheetView(d.Name, 0, &excelize.ViewOptions{ShowGridLines: &no}))
	side, top, bottom, edge := 0.7, 0.9, 0.9, 0.45
	d.Print("portrait")
	d.Note(d.File.SetPageMargins(d.Name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &bottom, Header: &edge, Footer: &edge, Horizontally: &yes,
	}))
	d.Define("_xlnm.Print_Area", "$A$1:$"+campaign.ColumnName(d.remark)+"$"+strconv.Itoa(d.Row))
}

// accept attaches what a cell takes, the words shown when it is selected, and
// those when something else is typed.
func (d *drawing) accept(cell string, v *excelize.DataValidation, kind excelize.DataValidationType, from, to any, title, prompt, refusal string) {
	d.Note(v.SetRange(from, to, kind, excelize.DataValidationOperatorBetween))
	if kind == excelize.DataValidationTypeCustom {
		v.Operator = ""
	}
	v.SetSqref(cell)
	v.SetInput(title, prompt)
	v.SetError(excelize.DataValidationErrorStyleStop, "填得不对", refusal)
	d.Note(d.File.AddDataValidation(d.Name, v))
}

// formulaSigns escapes a formula for the sheet's XML.
var formulaSigns = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// validateQuantity lets a cell take a number with the row's decimals, not
// below zero, or one of the words.
func (d *drawing) validateQuantity(cell string, row *campaign.Row, words []string, what string) {
	number, kind := cell+">=0", "数字，可以有小数"
	switch most := row.MaxDecimals(); {
	case most == 0:
		number, kind = fmt.Sprintf("AND(%s>=0,%s=INT(%s))", cell, cell, cell), "整数"
	case most > 0:
		number, kind = fmt.Sprintf("AND(%s>=0,ROUND(%s,%d)=%s)", cell, cell, most, cell), fmt.Sprintf("数字，最多 %d 位小数", most)
	}
	var equals []string
	for _, word := range words {
		equals = append(equals, cell+`="`+word+`"`)
	}
	formula := fmt.Sprintf("IF(ISNUMBER(%s),%s,OR(%s))", cell, number, strings.Join(equals, ","))
	prompt := "填" + kind + "，以" + row.Unit + "为单位，不写单位。没有发生填 0，无此项填 无。"
	switch {
	case what == headLastYear:
		prompt = "上年同一时期的数，没有可以空着。" + "填" + kind + "，以" + row.Unit + "为单位。"
	case d.own:
		prompt = "填部门自己办的数，不含各地区上报的；没有可以空着。填" + kind + "，以" + row.Unit + "为单位。"
	case len(words) > 1:
		prompt += "由各地区和本级相加的填 汇总。"
	}
	if row.Uncounted {
		prompt += "这一行与其他分项有重叠，不参加相加。"
	}
	d.accept(cell, excelize.NewDataValidation(true), excelize.DataValidationTypeCustom, formulaSigns.Replace(formula), "", short(row.Name), prompt, "只能填"+kind+"，或"+strings.Join(words, "、")+"。不写单位、逗号和“约”“余”。")
}

// short cuts a text to what the title of a message holds.
func short(s string) string {
	if r := []rune(s); len(r) > 30 {
		return string(r[:29]) + "…"
	}
	return s
}
