package forms

import (
	"regexp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
)

// table is the form's table in a sheet: where its head is and which column
// holds what.
type table struct {
	grid    *grid
	head    int            // the row of the head
	columns map[string]int // by the words of the head
	names   [2]int         // the first and last column that a row's name can be in
	meta    map[string]*intake.Cell
}

// headWords are the spellings of the head's words.
var headWords = map[string]string{
	headDepartment: headDepartment,
	headItem:       headItem, "项目名称": headItem, "指标": headItem, "指标名称": headItem, "统计项目": headItem,
	headUnit: headUnit, "计量单位": headUnit,
	headQuantity: headQuantity, "数值": headQuantity, "填报数量": headQuantity, "填报数": headQuantity,
	headLastYear: headLastYear, "去年同期": headLastYear,
	headRemark: headRemark, "说明": headRemark,
	headID: headID,
}

// The bounds of a table: how far down its head is looked for, how many rows it
// may have, and how many columns a name may be spread over.
const (
	headRows    = 200
	maxLines    = 2000
	nameColumns = 20
)

// findTable finds the table of a sheet; nil when the sheet has none. A second
// column of the same name is a problem.
func findTable(g *grid) (*table, *campaign.Finding) {
	for _, row := range g.filledRows() {
		if row > headRows {
			break
		}
		t := &table{grid: g, head: row, columns: map[string]int{}}
		twice := ""
		for _, c := range g.rowCells(row) {
			word, ok := headWords[fold(c.Text)]
			if !ok {
				continue
			}
			if t.columns[word] != 0 {
				twice = word
			}
			t.columns[word] = c.Column
		}
		if t.columns[headItem] == 0 || t.columns[headQuantity] == 0 {
			continue
		}
		if twice != "" {
			return nil, problemf("import-table", "只留一列，或"+exportAnew, "表头里有两列“%s”", twice)
		}
		if len(g.filledRows()) > maxLines {
			return nil, readError(intake.ErrTooMany)
		}
		t.placeNames()
		t.readMeta()
		return t, nil
	}
	return nil, nil
}

// placeNames works out under which columns the names stand: those that the
// head 项目 spans, or, where that is not told, up to the next head.
func (t *table) placeNames() {
	first := t.columns[headItem]
	last := max(first, t.grid.areaAt(t.head, first).Right)
	next := 0
	for _, column := range t.columns {
		if column > first && (next == 0 || column < next) {
			next = column
		}
	}
	if next > 0 {
		last = next - 1
	}
	t.names = [2]int{first, min(last, first+nameColumns-1)}
}

// metaLine is 填报单位：… in a cell of its own or before its value.
var metaLine = regexp.MustCompile(`^(填报单位|填报日期|期次|部门|地区|表别)[:：](.*)$`)

// bareLabel is a label without its colon, which people leave out in a CSV file;
// it counts above the table only.
var bareLabel = regexp.MustCompile(`^(填报单位|填报日期|期次|部门|地区)$`)

// readMeta finds what stands around the table.
func (t *table) readMeta() {
	t.meta = map[string]*intake.Cell{}
	for _, row := range t.grid.filledRows() {
		if row == t.head {
			continue
		}
		for _, c := range t.grid.rowCells(row) {
			if c.Kind != intake.TextCell || len(c.Text) > 4096 {
				continue
			}
			label := strings.NewReplacer(" ", "", "　", "", "\u00a0", "").Replace(trim(c.Text))
			if row < t.head && bareLabel.MatchString(label) {
				label += "："
			}
			m := metaLine.FindStringSubmatch(label)
			if m == nil || t.meta[m[1]] != nil {
				continue
			}
			if m[2] != "" {
				_, value, _ := strings.Cut(strings.Replace(c.Text, "：", ":", 1), ":")
				t.meta[m[1]] = &intake.Cell{Row: c.Row, Column: c.Column, Text: trim(value), Formula: c.Formula}
				continue
			}
			t.meta[m[1]] = t.valueBeside(c)
		}
	}
}

// valueBeside returns the cell to the right of a label, empty or not, unless the
// next thing there is another label.
func (t *table) valueBeside(label *intake.Cell) *intake.Cell {
	column := t.grid.areaAt(label.Row, label.Column).Right + 1
	for _, c := range t.grid.rowCells(label.Row) {
		if c.Column < column {
			continue
		}
		if text := fold(c.Text); metaLine.MatchString(text) || bareLabel.MatchString(text) {
			break
		}
		return c
	}
	return &intake.Cell{Row: label.Row, Column: column}
}

// line is one row under the head as it stands in the sheet.
type line struct {
	row    int
	name   string // 项目
	nested bool   // stands under 其中
	unit   string
	id     string
	joined intake.Area // the block that the quantity's cell is merged into
}

// lines returns the rows under the head.
func (t *table) lines() []line {
	var list []line
	for _, row := range t.grid.filledRows() {
		if row <= t.head {
			continue
		}
		l := line{row: row}
		for column := t.names[0]; column <= t.names[1]; column++ {
			text := t.grid.text(row, column)
			switch strings.TrimRight(fold(text), ":") {
			case "":
			case markAmong:
				l.nested = true
			case markHeading:
			default:
				l.name = text
			}
			if a := t.grid.areaAt(row, column); a.Top < row && strings.TrimRight(fold(t.grid.text(a.Top, a.Left)), ":") == markAmong {
				l.nested = true
			}
		}
		if among := startsAmong.FindString(l.name); among != "" {
			l.name, l.nested = trim(l.name[len(among):]), true
		}
		if column := t.columns[headUnit]; column > 0 {
			l.unit = t.grid.text(row, column)
		}
		if column := t.columns[headID]; column > 0 {
			l.id = t.grid.text(row, column)
		}
		l.joined = t.grid.areaAt(row, t.columns[headQuantity])
		list = append(list, l)
	}
	return list
}

var (
	threeDigits = regexp.MustCompile(`^[0-9]{3}(?:\.[0-9]+)?([^0-9].*)?$`)
	fewDigits   = regexp.MustCompile(`^[0-9]{1,3}$`)
)

// torn finds a row of a CSV file that a comma inside a cell has cut apart, as
// 3,600 or a remark without quotes are: it has more cells than the head, or a
// remark that is the rest of a number, in a unit or not. It returns the column of
// the fault.
func (t *table) torn(row int, unit string) (column int, p *campaign.Finding) {
	if t.grid.widths == nil {
		return 0, nil
	}
	const hint = "数字里不要逗号（3,600 写成 3600）；备注里有英文逗号的，给整格加上英文双引号"
	if has, most := t.grid.widths[row], t.grid.widths[t.head]; has > most {
		return most + 1, problemf("import-table", hint, "这一行有 %d 格，比表头多 %d 格，看不出哪一格是哪一栏", has, has-most)
	}
	remark := t.columns[headRemark]
	if remark != t.columns[headQuantity]+1 {
		return 0, nil
	}
	number, rest := t.grid.text(row, remark-1), t.grid.text(row, remark)
	m := threeDigits.FindStringSubmatch(rest)
	if m == nil || !fewDigits.MatchString(number) {
		return 0, nil
	}
	if m[1] == "" || strings.HasPrefix(trim(m[1]), unit) || strings.HasPrefix(m[1], "（") || strings.HasPrefix(m[1], "(") {
		return remark, problemf("import-table", hint, "数量“%s”后面的备注是“%s”，像是把 %s,%s 拆成了两格", number, rest, number, rest)
	}
	return 0, nil
}

// note tells a line that runs from the names across the quantities: it has no
// cell for a quantity.
func (l line) note(t *table) bool {
	return l.joined.Left < t.columns[headQuantity] && l.joined.Left <= t.names[1] && t.names[0] < t.columns[headQuantity]
}

// remarkOf returns the cell of a row's remark: one that is merged over several rows
// is the remark of each.
func (t *table) remarkOf(row, column int) *intake.Cell {
	if a := t.grid.areaAt(row, column); a.Left == column && a.Top > t.head {
		row = a.Top
	}
	return t.grid.at(row, column)
}

var startsAmong = regexp.MustCompile("^" + markAmong + "[：:]")

// isHead tells a head that is printed again further down.
func (t *table) isHead(l line) bool {
	return headWords[fold(l.name)] == headItem && headWords[fold(t.grid.text(l.row, t.columns[headQuantity]))] == headQuantity
}

// match finds which of the department's rows a line is. above is the last row
// that was not nested; t is nil where there is no hidden sheet.
func (l line) match(form *campaign.Form, d *campaign.Department, t *template, above *campaign.Row) (*campaign.Row, *campaign.Finding) {
	var named []*campaign.Row
	name := fold(l.name)
	for _, r := range form.RowsOf(d) {
		spellings := []string{r.Name, r.Label()}
		if r.Parent != nil {
			for _, parent := range []string{r.Parent.Name, r.Parent.Label()} {
				spellings = append(spellings, parent+"/"+r.Name, parent+"/"+r.Label())
			}
		}
		if slices.ContainsFunc(spellings, func(s string) bool { return fold(s) == name }) {
			named = append(named, r)
		}
	}
	if len(named) == 0 {
		return nil, l.unknown(form, d, t)
	}
	fits := keep(named, func(r *campaign.Row) bool { return l.unit == "" || fold(l.unit) == fold(r.Unit) })
	if len(fits) == 0 {
		return nil, problemf("import-unit", "照当前的表填报；单位变了的，由填报人按新单位重填", "“%s”在这份表里的单位是%s，统计表的单位是%s，程序不作换算",
			named[0].Name, clip(l.unit), named[0].Unit)
	}
	for _, narrower := range []func(*campaign.Row) bool{
		func(r *campaign.Row) bool { return (r.Parent != nil) == l.nested },
		func(r *campaign.Row) bool { return r.Parent == nil || r.Parent == above },
		func(r *campaign.Row) bool { return r == t.row(form, d, l.id) },
	} {
		if narrowed := keep(fits, narrower); len(fits) > 1 && len(narrowed) > 0 {
			fits = narrowed
		}
	}
	if len(fits) > 1 {
		var keys []string
		for _, r := range fits {
			keys = append(keys, "“"+form.Key(r)+"”")
		}
		return nil, problemf("import-row", "把项目写成"+strings.Join(keys, " 或 "), "“%s”可以是 %d 个项目，看不出是哪一个", clip(l.name), len(fits))
	}
	return fits[0], nil
}

func keep(rows []*campaign.Row, wanted func(*campaign.Row) bool) []*campaign.Row {
	var kept []*campaign.Row
	for _, r := range rows {
		if wanted(r) {
			kept = append(kept, r)
		}
	}
	return kept
}

// unknown says what a line was, or is near to, that no row has for its name.
func (l line) unknown(form *campaign.Form, d *campaign.Department, t *template) *campaign.Finding {
	hint := "项目名称照统计表写；不是统计表的项目就删去这一行"
	if row := t.row(form, d, l.id); row != nil {
		hint = "这一行原来是“" + row.Label() + "”，改回原来的名称"
	} else if near := campaign.Nearest(clip(l.name), form.Keys(d)); near != "" {
		hint = "是不是“" + near + "”？" + hint
	}
	return problemf("import-row", hint, "%s的统计表里没有“%s”", d.Short, clip(l.name))
}
