package campaign

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// Form is the annex's statistical form, row by row in the order of print.
type Form struct {
	Name string // 名称, the printed title
	Note string // 注
	Rows []*Row // every row, 其中 rows after their parent
	At   Position
}

// Row is one item of the form that takes a quantity.
type Row struct {
	Department *Department
	Name, Unit string
	Given      string    // 代号
	InHeading  bool      // 位置: 栏头, printed in the department's own cell
	Uncounted  bool      // 不计入合计: overlaps its siblings, never added
	Decimals   int       // 小数: decimals allowed; -1 when the unit decides
	Priority   *Priority // 工作重点 that the row tells about; nil when none is given
	Parent     *Row      // the row that this one is an 其中 of
	Children   []*Row
	Index      int // position in Form.Rows
	At         Position
}

// measures are the units that may have decimals though they are not 万… or 亿….
var measures = []string{"元", "吨", "千克", "公斤", "克", "升", "米", "公里", "千米", "平方米", "立方米", "亩", "公顷", "千瓦时", "小时", "%", "％"}

// MaxDecimals tells how many decimals the row's quantities may have: none for
// counts (件, 个, 条 …), any number (-1) for measures such as 万元 or 吨, and
// what 小数 says where it is given.
func (r *Row) MaxDecimals() int {
	if r.Decimals >= 0 {
		return r.Decimals
	}
	if strings.HasPrefix(r.Unit, "万") || strings.HasPrefix(r.Unit, "亿") || slices.Contains(measures, r.Unit) {
		return -1
	}
	return 0
}

// Code identifies the row from year to year in data files: its 代号, else what
// follows from its department and its name.
func (r *Row) Code() string {
	if r.Given != "" {
		return r.Given
	}
	name := r.Name + "\n" + r.Unit
	if r.Parent != nil {
		name = r.Parent.Name + "\n" + name
	}
	sum := sha256.Sum256([]byte(name))
	return r.Department.Code + "-" + hex.EncodeToString(sum[:4])
}

// Label is the row's name with its unit, as the form prints it.
func (r *Row) Label() string { return r.Name + "（" + r.Unit + "）" }

// Line is the row's name in a list of rows: 其中 rows say so.
func (r *Row) Line() string {
	if r.Parent != nil {
		return "其中：" + r.Name
	}
	return r.Name
}

// Among is how many rows the 其中 cell that begins at this row stands beside; 0
// where none begins.
func (r *Row) Among() int {
	if r.Parent == nil || r.Parent.Children[0] != r {
		return 0
	}
	return len(r.Parent.Children)
}

// Block is a department's part of the form as it is printed.
type Block struct {
	Department *Department
	Heading    []*Row // 栏头
	Rows       []*Row // the others
}

// Blocks returns the parts of the departments that the form has rows for.
func (f *Form) Blocks() []Block {
	var list []Block
	for _, r := range f.Rows {
		n := slices.IndexFunc(list, func(b Block) bool { return b.Department == r.Department })
		if n < 0 {
			n, list = len(list), append(list, Block{Department: r.Department})
		}
		if b := &list[n]; r.InHeading {
			b.Heading = append(b.Heading, r)
		} else {
			b.Rows = append(b.Rows, r)
		}
	}
	return list
}

// RowsOf returns a department's rows in the order of print.
func (f *Form) RowsOf(d *Department) []*Row {
	return all(f.Rows, func(r *Row) bool { return r.Department == d })
}

// MainRows returns the rows that stand for a department: those of its heading,
// else its first.
func (f *Form) MainRows(d *Department) []*Row {
	rows := f.RowsOf(d)
	if heading := all(rows, func(r *Row) bool { return r.InHeading }); len(heading) > 0 {
		return heading
	}
	return rows[:min(len(rows), 1)]
}

// Key returns the shortest way to write the row in a department's file: its
// name, with its unit or its parent where the name alone is ambiguous.
func (f *Form) Key(r *Row) string {
	for _, key := range []string{r.Name, r.Label()} {
		if len(f.Find(r.Department, key)) == 1 {
			return key
		}
	}
	if r.Parent != nil {
		return r.Parent.Name + "/" + r.Name
	}
	return r.Label()
}

// Find returns the rows of a department that key can mean: by name, by name and
// unit, or by parent and name. One row is a match; several are ambiguous.
// Brackets may be half-width.
func (f *Form) Find(d *Department, key string) []*Row {
	key = foldBrackets(key)
	var found []*Row
	for _, r := range f.Rows {
		if r.Department != d {
			continue
		}
		name := foldBrackets(r.Name)
		own := key == name || strings.HasPrefix(key, name) && key == foldBrackets(r.Label())
		if r.Parent != nil && !own {
			p := r.Parent
			for _, parent := range []string{p.Name, p.Label()} {
				if rest, ok := strings.CutPrefix(key, foldBrackets(parent)+"/"); ok {
					own = own || rest == foldBrackets(r.Name) || rest == foldBrackets(r.Label())
				}
			}
		}
		if own {
			found = append(found, r)
		}
	}
	return found
}

var brackets = strings.NewReplacer("(", "（", ")", "）")

func foldBrackets(s string) string { return brackets.Replace(s) }

// Keys lists every way of writing the department's rows, for “nearest name”.
func (f *Form) Keys(d *Department) []string {
	var keys []string
	for _, r := range f.RowsOf(d) {
		keys = append(keys, f.Key(r))
	}
	return keys
}

// Entry is one filled-in cell.
type Entry struct {
	Quantity Quantity
	Remark   string   // 备注
	LastYear Quantity // 上年同期, Blank when not given
	At       Position // of the quantity
}

// Entries are the cells of a form that are filled in, in the order in which they
// are written. They are a list, since a county has a few: as maps, those of ten
// thousand forms took 1.4 kB each.
type Entries []Filled

// Filled is a row with what is filled in.
type Filled struct {
	Row *Row
	Entry
}

// Of returns a row's entry; ok is false where it is not filled in.
func (e Entries) Of(row *Row) (entry Entry, ok bool) {
	for _, f := range e {
		if f.Row == row {
			return f.Entry, true
		}
	}
	return Entry{}, false
}

// Set fills a row in.
func (e *Entries) Set(row *Row, entry Entry) {
	for n := range *e {
		if (*e)[n].Row == row {
			(*e)[n].Entry = entry
			return
		}
	}
	*e = append(*e, Filled{row, entry})
}

// Report is one filled-in form: a department's whole, or one county's.
type Report struct {
	Round      *Round
	Department *Department
	Region     *Region // nil for the department's own file
	Unit       string  // 填报单位
	FiledOn    Date    // 填报日期
	ArrivedOn  Date    // 收到日期, zero where nobody knows; never published
	Entries    Entries
	Own        Entries // 本级: the department's own part beside its counties'
	Origin     *Origin // the bundle that it came in; nil where it was handed in itself, or edited since
	Keys       Keys
	File       string
}

// Late reports whether the report arrived after its round's deadline. Where its
// arrival is not known the day on which it was filled in stands for it.
func (r *Report) Late() bool { return cmp.Or(r.ArrivedOn, r.FiledOn).After(r.Round.Deadline) }
