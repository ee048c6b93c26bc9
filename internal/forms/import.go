package forms

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
	"wangjian/internal/source"
)

// ImportOptions say where an import happens and what the caller knows.
type ImportOptions struct {
	// Files is the campaign's folder, for the YAML file that is there
	// already; nil when there is none.
	Files fs.FS
	// What the file is, as the caller says: nil where the file is to say it.
	// A file that says otherwise is refused.
	Round      *campaign.Round
	Department *campaign.Department
	Region     *campaign.Region
	// Guess is what is taken, with a warning, for what neither the file nor the
	// caller says; empty where nothing is to be guessed.
	Guess   campaign.Sender
	Arrival Arrival
}

// Arrival is how a form came in: the day, and the original that is kept of it.
type Arrival struct {
	On       campaign.Date // zero where nobody asks
	Original string        // 收件/2022-11-25/公安局 统计表.xlsx
	// Known reports that the day is that of the mail, not just today; Told, that a
	// person says so.
	Known, Told bool
}

// Result is a form that was read surely.
type Result struct {
	Round      *campaign.Round
	Department *campaign.Department
	Region     *campaign.Region // nil for a department's own
	Path       string           // data/final/gongan.yaml
	Old, New   []byte           // the file before (nil when there is none) and after
	figures    []byte           // New with the arrival that Old has
}

// Changed reports whether the file would change.
func (r *Result) Changed() bool { return !bytes.Equal(r.Old, r.New) }

// Overwrites reports whether something that the file says of the form would change.
func (r *Result) Overwrites() bool { return r.Old != nil && !bytes.Equal(r.Old, r.figures) }

// Equal reports whether two results say the same of the same form.
func (r *Result) Equal(other *Result) bool {
	return r.Path == other.Path && bytes.Equal(r.figures, other.figures)
}

// Diff returns the difference as a unified diff, "" when there is none.
func (r *Result) Diff() string {
	oldName := "/dev/null"
	if r.Old != nil {
		oldName = r.Path
	}
	old, _ := source.Decode(r.Old)
	text, err := source.Decode(r.New)
	if err != nil {
		return ""
	}
	_, body, _ := strings.Cut(string(diff.Diff(oldName, old, r.Path, text)), "\n")
	return body
}

// importer reads one file.
type importer struct {
	campaign *campaign.Campaign
	file     string
	options  ImportOptions
	findings []campaign.Finding
	main     *grid
}

func (im *importer) add(at campaign.Place, p *campaign.Finding) {
	f := *p
	f.At, f.Level = at, campaign.Error
	if n := slices.IndexFunc(Rules, func(r campaign.Rule) bool { return r.Code == f.Rule }); n >= 0 {
		f.Level = Rules[n].Level
	}
	im.findings = append(im.findings, f)
}

func (im *importer) failed() bool { return campaign.HasErrors(im.findings) }

// whole is the place of a finding about the whole file.
func (im *importer) whole() campaign.Place { return im.sheet("") }

// sheet is the place of a finding about a whole sheet.
func (im *importer) sheet(name string) campaign.Place {
	return campaign.Place{Position: campaign.Position{File: im.file}, Unit: campaign.Cell, Sheet: name}
}

func (im *importer) at(t *table, c *intake.Cell) campaign.Place {
	return im.place(t.grid, c.Row, c.Column)
}

func (im *importer) place(g *grid, row, column int) campaign.Place {
	at := im.whole()
	if g != im.main {
		at.Sheet = g.name
	}
	at.Line, at.Column = row, column
	return at
}

// Import reads a form that came back. name is the file's name, for the
// findings and to tell CSV from workbooks. The Result is nil when any finding
// is an error; nothing is written.
func Import(c *campaign.Campaign, name string, data []byte, options ImportOptions) (*Result, []campaign.Finding) {
	im := &importer{campaign: c, file: path.Base(strings.ReplaceAll(name, `\`, "/")), options: options}
	result := im.run(data)
	if im.failed() {
		result = nil
	}
	slices.SortStableFunc(im.findings, func(a, b campaign.Finding) int { // as a reader meets the cells
		return cmp.Or(cmp.Compare(a.At.Sheet, b.At.Sheet), cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Column, b.At.Column))
	})
	return result, im.findings
}

func (im *importer) run(data []byte) *Result {
	grids, p := im.open(data)
	if p != nil {
		im.add(im.whole(), p)
		return nil
	}
	template, main, own := im.tables(grids)
	if main == nil {
		return nil
	}
	owner, ok := im.ownerOf(template, main)
	if !ok {
		return nil
	}
	if len(im.campaign.Form.RowsOf(owner.department)) == 0 {
		im.add(im.whole(), problemf("import-owner", "本部门只报总结", "%s在统计表里没有项目", owner.department.Name))
		return nil
	}
	if template != nil {
		if changes := template.changes(&im.campaign.Form, owner.department); changes != "" {
			im.add(im.whole(), problemf("import-template", "核对新旧两表；缺的行由填报人补填", "这份表导出以后，统计表改过：%s", changes))
		}
	}
	w := im.read(owner, template, main, own)
	if im.failed() {
		return nil
	}
	return im.result(owner, w, own)
}

// open reads the file into grids, by what it is and by its name.
func (im *importer) open(data []byte) ([]*grid, *campaign.Finding) {
	switch strings.ToLower(path.Ext(im.file)) {
	case ".csv", ".txt", ".tsv":
		g, p := readCSV(data)
		return []*grid{g}, p
	case ".xlsm", ".xltm", ".xlam":
		return nil, problemf("import-active", "另存为“Excel 工作簿（*.xlsx）”（不启用宏）后再导入", "这是启用宏的工作簿（%s）", path.Ext(im.file))
	}
	return readWorkbook(data, maxCells)
}

// tables finds the form's table, the table of 本级, and the hidden sheet.
func (im *importer) tables(grids []*grid) (hidden *template, main, own *table) {
	var mains, owns []*table
	for _, g := range grids {
		t, p := parseTemplate(g)
		at, found := im.whole(), (*table)(nil)
		if t != nil {
			hidden = t
		} else if p == nil && !g.hidden {
			at = im.sheet(g.name)
			found, p = findTable(g)
		}
		switch {
		case p != nil:
			im.add(at, p)
			return nil, nil, nil
		case found == nil:
		case found.isOwn():
			owns = append(owns, found)
		default:
			mains = append(mains, found)
		}
	}
	if p := countTables(mains, owns); p != nil {
		im.add(im.whole(), p)
		return hidden, nil, nil
	}
	main, im.main = mains[0], mains[0].grid
	if len(owns) == 1 {
		own = owns[0]
	}
	return hidden, main, own
}

// isOwn reports whether a table is that of 本级.
func (t *table) isOwn() bool {
	return fold(t.grid.name) == ownSheet || t.meta[metaPart] != nil && fold(t.meta[metaPart].Text) == ownSheet
}

// countTables says what is wrong where there is not one table of each kind.
func countTables(mains, owns []*table) *campaign.Finding {
	switch {
	case len(mains) > 1 || len(owns) > 1:
		var names []string
		for _, t := range append(mains, owns...) {
			names = append(names, "“"+t.grid.name+"”")
		}
		return problemf("import-table", "只留要报的一张，删去其余工作表", "有 %d 张工作表都像统计表：%s", len(names), strings.Join(names, "、"))
	case len(mains) == 0 && len(owns) == 1:
		return problemf("import-table", "“本级”要和统计表放在同一个工作簿里导入", "只有“本级”，没有统计表")
	case len(mains) == 0:
		return problemf("import-table", exportAnew, "找不到统计表：没有一行同时写着“项目”和“数量”")
	}
	return nil
}

func (im *importer) read(o owner, t *template, main, own *table) wanted {
	w := wanted{owner: o, items: im.readItems(o, t, main, false)}
	unit := main.meta[metaUnit]
	switch {
	case unit == nil:
		im.add(im.whole(), problemf("import-blank", "在表上方写一行“填报单位：…”", "没有“填报单位”"))
	case unit.Formula:
		im.add(im.at(main, unit), formulaProblem(unit))
	default:
		w.unit = im.readText(main, unit, metaUnit)
		if w.unit == "" {
			im.add(im.at(main, unit), problemf("import-blank", "填上填报单位", "没有填“填报单位”"))
		}
	}
	filed := main.meta[metaFiledOn]
	if day, p := readDay(filed, main.grid.epoch1904, o.round.Deadline); p != nil {
		im.add(main.cellOf(metaFiledOn, im), p)
	} else {
		w.filedOn = day
	}
	if own != nil && o.region == nil {
		w.own = im.readItems(o, t, own, true)
	} else if own != nil {
		im.add(im.sheet(own.grid.name), problemf("import-table", "删去“本级”工作表", "地区的表没有“本级”"))
	}
	return w
}

// readItems reads the rows of a table. In 本级 a row may be left empty; in the
// form itself every row must be there and filled.
func (im *importer) readItems(o owner, hidden *template, t *table, own bool) (items []item) {
	form := &im.campaign.Form
	read := map[*campaign.Row]item{}
	rowAt := map[*campaign.Row]int{}
	var above *campaign.Row
	strangers := false
	for _, l := range t.lines() {
		if t.isHead(l) || isMeta(l.name) || l.note(t) {
			continue
		}
		row, p := l.match(form, o.department, hidden, above)
		if p != nil {
			strangers = im.addStranger(t, l, p, own) || strangers
			continue
		}
		if row.Parent == nil {
			above = row
		}
		if first, again := rowAt[row]; again {
			im.add(im.place(t.grid, l.row, t.names[0]), problemf("import-row", "只留一行", "“%s”有两行（第 %d 行已有）", form.Key(row), first))
			continue
		}
		rowAt[row] = l.row
		if it, ok := im.readItem(o, t, l, row, own); ok {
			read[row] = it
		}
	}
	for _, row := range form.RowsOf(o.department) {
		if it, ok := read[row]; ok {
			items = append(items, it)
		} else if rowAt[row] == 0 && !own {
			hint := "在表里补上这一行：没有发生填 0，无此项填 无"
			if strangers {
				hint = "上面不认识的行里，也许有一行就是它；否则" + hint
			}
			im.add(im.whole(), problemf("import-row", hint, "表里没有“%s”这一行", form.Key(row)))
		}
	}
	return items
}

// addStranger tells of a line that is none of the form's rows, unless it is a note
// under the table, or there is nothing to lose in it.
func (im *importer) addStranger(t *table, l line, p *campaign.Finding, own bool) bool {
	column := t.columns[headQuantity]
	quantity := t.grid.at(l.row, column)
	switch {
	case l.name == "" && quantity != nil:
		im.add(im.place(t.grid, l.row, column), problemf("import-row", "补上项目名称，或删去数字", "有数字“%s”，这一行却没有项目名称", clip(quantity.Text)))
		return false
	case quantity == nil && (own || l.unit == "" && l.id == "" || l.name == ""):
		return false
	}
	im.add(im.place(t.grid, l.row, t.names[0]), p)
	return true
}

func isMeta(name string) bool { return metaLine.MatchString(strings.Join(strings.Fields(name), "")) }

// readItem reads one row's cells; false when it is not to be had.
func (im *importer) readItem(o owner, t *table, l line, row *campaign.Row, own bool) (item, bool) {
	it := item{row: row}
	place := im.place(t.grid, l.row, t.columns[headQuantity])
	if column, p := t.torn(l.row, row.Unit); p != nil {
		im.add(im.place(t.grid, l.row, column), p)
		return it, false
	}
	if l.joined.Left != t.columns[headQuantity] {
		im.add(place, problemf("import-merge", "取消合并，数量填在“数量”一栏", "“%s”的数量和左边的格子合并了", row.Name))
		return it, false
	}
	if l.joined.Top != l.joined.Bottom {
		im.add(place, problemf("import-merge", "取消合并，每行各填各的数量", "“%s”的数量和第 %d 至 %d 行合并成了一格", row.Name, l.joined.Top, l.joined.Bottom))
		return it, false
	}
	sums := o.region == nil && !own
	quantity, p := readQuantity(t.grid.at(l.row, t.columns[headQuantity]), row, sums)
	if p != nil {
		im.add(place, p)
		return it, false
	}
	it.quantity = quantity
	im.noteFormula(t, l.row, t.columns[headQuantity], row)
	if column := t.columns[headRemark]; column > 0 {
		remark := ""
		if c := t.remarkOf(l.row, column); c != nil {
			if c.Formula {
				im.add(im.at(t, c), formulaProblem(c))
				return it, false
			}
			remark = im.readText(t, c, headRemark)
		}
		it.remark = &remark
	}
	if column := t.columns[headLastYear]; column > 0 {
		last, p := readQuantity(t.grid.at(l.row, column), row, false)
		if p != nil {
			im.add(im.place(t.grid, l.row, column), p)
			return it, false
		}
		it.lastYear = &last
		im.noteFormula(t, l.row, column, row)
	}
	if quantity.Kind != campaign.Blank {
		return it, true
	}
	switch {
	case !own:
		im.add(place, problemf("import-blank", "没有发生填 0，无此项填 无", "“%s”没有填数量", row.Name))
	case it.remark != nil && *it.remark != "":
		im.add(place, problemf("import-blank", "填上数量，或删去备注", "“%s”有备注，没有数量", row.Name))
	}
	return it, false
}

// noteFormula tells of a quantity that is the result of a formula.
func (im *importer) noteFormula(t *table, row, column int, of *campaign.Row) {
	if c := t.grid.at(row, column); c != nil && c.Formula {
		im.add(im.at(t, c), problemf("import-computed", "核对结果；表里的数改过以后没有重算的，打开存一次再导入", "“%s”是公式 =%s，按存的结果 %s 导入", of.Name, clip(c.Code), clip(c.Text)))
	}
}

// readText reads a line of free text.
func (im *importer) readText(t *table, c *intake.Cell, what string) string {
	text, p := lineOf(c.Text, what)
	if p != nil {
		im.add(im.at(t, c), p)
	}
	return text
}

// maxText bounds a remark, in characters.
const maxText = 1000

func (im *importer) result(o owner, w wanted, own *table) *Result {
	r := &Result{Round: o.round, Department: o.department, Region: o.region, Path: campaign.ReportFile(o.round, o.department, o.region)}
	if im.options.Files != nil {
		old, err := fs.ReadFile(im.options.Files, r.Path)
		switch {
		case err == nil:
			r.Old = old
		case !errors.Is(err, fs.ErrNotExist):
			im.add(im.whole(), problemf("import-existing", "检查文件是否被别的程序占用，或权限是否正确", "读不出 %s", r.Path))
			return nil
		}
	}
	if r.Old == nil {
		r.figures = w.fresh(im.campaign)
		w.arrival = im.options.Arrival
		r.New = w.fresh(im.campaign)
		return r
	}
	before := im.campaign.Report(o.round, o.department, o.region)
	if own != nil && len(w.own) == 0 && before != nil && len(before.Own) > 0 {
		im.add(im.sheet(own.grid.name), problemf("import-own-empty", "没有错就不用管；要改就在“本级”里填上，确要清空就从 "+r.Path+" 里删去“本级”",
			"“本级”一格也没有填，%s 里原有的本级保留不动", r.Path))
	}
	var p *campaign.Finding
	if r.figures, p = w.rewrite(&im.campaign.Form, r.Old); p == nil {
		w.arrival = im.options.Arrival
		if !r.Overwrites() && !w.arrival.isNews(before) {
			w.arrival = Arrival{}
		}
		r.New, p = w.rewrite(&im.campaign.Form, r.Old)
	}
	if p != nil {
		im.add(im.whole(), problemf(p.Rule, "先改好或移走 "+r.Path+"，再导入", "%s：%s", r.Path, p.Message))
		return nil
	}
	return r
}

// isNews reports whether a form that says nothing else than the one before changes
// its arrival: that of the first stands, unless an earlier one becomes known.
func (a Arrival) isNews(before *campaign.Report) bool {
	return a.Told || a.Known && (before == nil || before.ArrivedOn.IsZero() || a.On.Before(before.ArrivedOn))
}
