package forms

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/intake"
	"wangjian/internal/source"
)

// Field is which of a row's values a cell holds, by its key in the YAML.
type Field string

// The fields of a row.
const (
	QuantityField Field = keyQuantity
	RemarkField   Field = keyRemark
	LastYearField Field = keyLastYear
)

// Cell is one value of a unit's form of a round.
type Cell struct {
	Round  *campaign.Round
	Row    *campaign.Row
	Region *campaign.Region // nil for the department's own form
	Own    bool             // 本级
	Field  Field
}

// File is the form that the cell is in.
func (c Cell) File() string { return campaign.ReportFile(c.Round, c.Row.Department, c.Region) }

// CellEdit is what a person wants a cell to say; "" for nothing.
type CellEdit struct {
	Cell
	Text string
}

// CellFault is why a cell cannot say so.
type CellFault struct {
	CellEdit
	campaign.Finding
}

// SetCells notes in a set that cells are to say something else: in each form these
// values change and nothing else, a number is written as it was typed, and a form
// that is not there is begun, filled in on a day. Where one of the edits cannot be
// taken nothing is noted.
func SetCells(c *campaign.Campaign, s *change.Set, edits []CellEdit, day campaign.Date) (faults []CellFault) {
	var forms []*formEdit
	for _, e := range edits {
		n := slices.IndexFunc(forms, func(f *formEdit) bool { return f.cell.File() == e.File() })
		if n < 0 {
			n = len(forms)
			forms = append(forms, &formEdit{campaign: c, cell: e.Cell, day: day})
		}
		forms[n].take(e)
	}
	for _, f := range forms {
		f.apply(s)
		faults = append(faults, f.faults...)
	}
	if len(faults) > 0 {
		return faults
	}
	for _, f := range forms {
		if err := s.Replace(f.cell.File(), f.old, f.text); err != nil {
			return []CellFault{{CellEdit{Cell: f.cell}, *problemf("import-existing", "", "%s", err)}}
		}
	}
	return nil
}

// formEdit is the edits of one form.
type formEdit struct {
	campaign *campaign.Campaign
	cell     Cell // one of them, which says whose form it is
	day      campaign.Date
	rows     []*rowEdit
	faults   []CellFault

	old, text []byte
}

// rowEdit is the edits of one row.
type rowEdit struct {
	item
	first CellEdit
	own   bool
	asked bool // for another quantity
}

func (f *formEdit) fail(e CellEdit, p *campaign.Finding) {
	found := *p
	found.Level, found.At = campaign.Error, campaign.InFile(e.File()).Place()
	f.faults = append(f.faults, CellFault{e, found})
}

// take reads what a cell is to say. Of several edits of a cell the last counts.
func (f *formEdit) take(e CellEdit) {
	n := slices.IndexFunc(f.rows, func(r *rowEdit) bool { return r.row == e.Row && r.own == e.Own })
	if n < 0 {
		n = len(f.rows)
		f.rows = append(f.rows, &rowEdit{item: item{row: e.Row, exact: true}, first: e, own: e.Own})
	}
	r := f.rows[n]
	if e.Field == RemarkField {
		remark, p := lineOf(e.Text, headRemark)
		if r.remark = &remark; p != nil {
			f.fail(e, p)
		}
		return
	}
	sums := e.Region == nil && !e.Own && e.Field == QuantityField
	q, p := textQuantity(e.Text, e.Row)
	switch {
	case p != nil:
		f.fail(e, p)
	case q.Kind == campaign.Sum && !sums:
		f.fail(e, problemf("import-quantity", "填出数字，或 无", "“%s”填了 汇总：只有部门的总表可以，地区的表和“本级”不行", e.Row.Name))
	case e.Field == LastYearField:
		r.lastYear = &q
	default:
		r.quantity, r.asked = q, true
	}
}

// lineOf reads a line of free text: line ends become spaces, and what cannot be
// published is a finding.
func lineOf(text, what string) (string, *campaign.Finding) {
	text = strings.Join(strings.Fields(trim(text)), " ")
	for _, r := range text {
		if intake.IsUnpublishable(r) || unicode.In(r, unicode.Cc, unicode.Cf) {
			return text, problemf("import-text", "删去它，或改成国家标准（GB 18030）里的字", "“%s”里有不能公布的字符 U+%04X", what, r)
		}
	}
	if utf8.RuneCountInString(text) > maxText {
		return text, problemf("import-text", "写短一些；详细情况写进总结", "“%s”超过 %d 个字", what, maxText)
	}
	return text, nil
}

// apply works out the form's text.
func (f *formEdit) apply(s *change.Set) {
	file := f.cell.File()
	old, err := s.Read(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.begin()
		return
	case err != nil:
		f.fail(f.rows[0].first, problemf("import-existing", "检查文件是否被别的程序占用，或权限是否正确", "读不出 %s", file))
		return
	}
	f.old = old
	text, err := source.Decode(old)
	if err == nil {
		var e *editor
		if e, err = newEditor("现有的文件", string(text)); err == nil {
			f.change(e)
			if !e.failed {
				f.text = likeOld(old, e.text)
				return
			}
			err = errors.New("现有的文件写法特别，改不了")
		}
	}
	f.fail(f.rows[0].first, problemf("import-existing", "先改好这个文件，再填这一格", "%s：%s", file, err))
}

// begin writes a form that is not there.
func (f *formEdit) begin() {
	file, d := f.cell.File(), f.cell.Row.Department
	if at, broken := f.campaign.Unread(file); broken {
		f.fail(f.rows[0].first, problemf("import-existing", "先改好 "+at.String(), "这张表报来了，但读不出，在 %s", at.File))
		return
	}
	w := wanted{owner: owner{round: f.cell.Round, department: d, region: f.cell.Region}, unit: UnitName(f.campaign, d, f.cell.Region), filedOn: f.day}
	slices.SortStableFunc(f.rows, func(a, b *rowEdit) int { return a.row.Index - b.row.Index })
	for _, r := range f.rows {
		switch {
		case !r.asked || r.quantity.Kind == campaign.Blank:
			if r.says() {
				f.fail(r.first, noQuantity(r.row))
			}
		case r.own:
			w.own = append(w.own, r.item)
		default:
			w.items = append(w.items, r.item)
		}
	}
	if len(w.items)+len(w.own) > 0 {
		f.text = w.fresh(f.campaign)
	}
}

func noQuantity(row *campaign.Row) *campaign.Finding {
	return problemf("import-blank", "没有发生填 0，无此项填 无；先填数量，再填备注和上年同期", "“%s”还没有填数量", row.Name)
}

// change makes the edits of a form that is there.
func (f *formEdit) change(e *editor) {
	form := &f.campaign.Form
	for _, r := range f.rows {
		section, head := keyItems, "\n"
		if r.own {
			section, head = keyOwn, "\n"+ownComment
		}
		keys := e.rowKeys(form, section, r.row.Department)
		key, there := keys[r.row]
		if !r.asked && !there || r.asked && r.quantity.Kind == campaign.Blank && r.says() {
			f.fail(r.first, noQuantity(r.row))
			continue
		}
		if !r.asked {
			written := lookUp(lookUp(e.root(), section), key)
			if inside := lookUp(written, keyQuantity); inside != nil {
				written = inside
			}
			var err error
			if r.quantity, err = campaign.ParseQuantity(written.Value); err != nil {
				f.fail(r.first, noQuantity(r.row))
				continue
			}
		}
		switch {
		case r.quantity.Kind != campaign.Blank && there:
			e.change(section, key, r.item)
		case r.quantity.Kind != campaign.Blank:
			e.add(section, head, before(form, keys, r.row), form.Key(r.row), r.node(nil))
		case there:
			e.remove(lookUp(e.root(), section), key)
		}
	}
}

// says reports whether something beside the quantity is to be written.
func (r *rowEdit) says() bool {
	return r.remark != nil && *r.remark != "" || r.lastYear != nil && r.lastYear.Kind != campaign.Blank
}

// before returns the key of the row that a new one comes behind, in the order of the
// form; "" where it is the first.
func before(form *campaign.Form, keys map[*campaign.Row]string, row *campaign.Row) (key string) {
	for _, other := range form.RowsOf(row.Department) {
		if other == row {
			break
		}
		if k, there := keys[other]; there {
			key = k
		}
	}
	return key
}

// FieldOf returns the field that a name means; ok is false for none.
func FieldOf(name string) (Field, bool) {
	f := Field(name)
	return f, f == QuantityField || f == RemarkField || f == LastYearField
}

// Written is what a form says in one of its cells, right or wrong.
type Written struct {
	Row   *campaign.Row
	Own   bool
	Field Field
	Text  string
	Line  int
}

// ReadCells lists what a department's form says, a county's or its own, as it is
// written; ok is false where the file cannot be read.
func ReadCells(form *campaign.Form, d *campaign.Department, data []byte) (list []Written, ok bool) {
	text, err := source.Decode(data)
	if err != nil {
		return nil, false
	}
	e, err := newEditor("", string(text))
	if err != nil {
		return nil, false
	}
	for _, section := range []string{keyItems, keyOwn} {
		keys, m := e.rowKeys(form, section, d), lookUp(e.root(), section)
		for _, row := range form.RowsOf(d) {
			key, there := keys[row]
			if !there {
				continue
			}
			value := lookUp(m, key)
			if quantity := lookUp(value, keyQuantity); quantity != nil || lookUp(value, keyRemark) != nil {
				for _, f := range []Field{QuantityField, RemarkField, LastYearField} {
					if n := lookUp(value, string(f)); n != nil {
						list = append(list, Written{row, section == keyOwn, f, n.Value, n.Line})
					}
				}
				continue
			}
			list = append(list, Written{row, section == keyOwn, QuantityField, value.Value, value.Line})
		}
	}
	return list, true
}
