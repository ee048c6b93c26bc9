package source

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
)

const formFile = "data/form.yaml"

// readForm reads data/form.yaml. A campaign without one gathers narratives
// only.
func (r *reader) readForm() {
	form := &r.c.Form
	form.At = campaign.InFile(formFile)
	if !r.exists(formFile) {
		r.fail("missing-file", form.At, "没有 data/form.yaml", "照附件的统计表逐行写出项目；没有统计表就写“项目: []”")
		return
	}
	r.readObject(formFile, func(o *object) {
		o.as(format.Form)
		form.Name = o.text("名称")
		form.Note = o.text("注")
		for _, item := range o.children("项目") {
			r.readFormRow(item)
		}
		o.done()
	})
}

// readFormRow reads a row with its 其中 rows.
func (r *reader) readFormRow(item *object) {
	var d *campaign.Department
	if name, ok := item.located("部门"); ok {
		if d = named(item, "部门", name, r.c.Departments); d == nil {
			return
		}
	}
	row := r.readRow(item, d, nil)
	for _, part := range item.children("其中") {
		child := r.readRow(part, d, row)
		row.Children = append(row.Children, child)
		part.done()
	}
	item.done()
}

// readRow reads a row and adds it to the form, unless it is there already.
func (r *reader) readRow(o *object, d *campaign.Department, parent *campaign.Row) *campaign.Row {
	form := &r.c.Form
	row := &campaign.Row{Department: d, Parent: parent, Index: len(form.Rows), At: o.start}
	row.Name = o.text("名称")
	row.Unit = o.text("单位")
	row.Given = o.text("代号")
	row.Uncounted = o.boolean("不计入合计")
	row.Decimals = o.integer("小数", -1)
	if parent != nil {
		row.Priority = parent.Priority
		if row.Unit == "" {
			row.Unit = parent.Unit
		}
	} else {
		row.InHeading = o.choice("位置", "") == "栏头"
		if row.Uncounted {
			r.fail("wrong-value", o.keyAt("不计入合计"), "“不计入合计”只用在“其中”的行上", "删去这一项")
		}
	}
	if _, own := o.scalar("工作重点"); own {
		row.Priority = refer(o, "工作重点", r.c.Priorities)
	}
	if row.Given != "" && !campaign.IsCode(row.Given) {
		r.fail("code", o.keyAt("代号"), fmt.Sprintf("代号“%s”不能用在数据文件里", row.Given), "用字母、数字和短横，如 wangxin-01")
	}
	for _, other := range form.Rows {
		if row.Given != "" && other.Given == row.Given {
			r.fail("duplicate-name", o.keyAt("代号"), fmt.Sprintf("两行的代号都是“%s”（第 %d 行已有）", row.Given, other.At.Line), "改掉其中一个")
		}
		if row.Name != "" && other.Department == d && other.Name == row.Name && other.Unit == row.Unit && other.Parent == parent {
			r.fail("duplicate-row", row.At, fmt.Sprintf("%s的“%s”写了两行（第 %d 行已有）", d.Short, row.Label(), other.At.Line), "删去一行，或改正名称、单位")
			return row
		}
	}
	form.Rows = append(form.Rows, row)
	return row
}

// readCells reads the 项目 or 本级 of a form.
// strays counts the keys that are no row, each of which explains one missing
// row.
func (r *reader) readCells(o *object, d *campaign.Department, own, county bool) (cells campaign.Entries, strays int) {
	cells = make(campaign.Entries, 0, len(o.node.Content)/2)
	form := &r.c.Form
	none := len(form.RowsOf(d)) == 0 && !r.c.Doubtful[formFile]
	for i := 0; i+1 < len(o.node.Content); i += 2 {
		k, v := o.node.Content[i], o.node.Content[i+1]
		if k.Kind != yaml.ScalarNode || o.entries[k.Value].key != k {
			continue // reported by index
		}
		o.known = append(o.known, k.Value)
		if none {
			strays++
			o.fail(k, "unknown-row", fmt.Sprintf("%s在统计表里没有项目，不能填“%s”", d.Short, k.Value), "删去这一行；本部门只报总结")
			continue
		}
		row, near := r.findRow(d, k.Value, o.position(k))
		if row == nil {
			if near != "" && o.entries[near].key == nil { // what is filled in already it cannot be
				r.findings[len(r.findings)-1].Mend = o.mend(k, near)
			}
			strays++
			continue
		}
		if first, again := cells.Of(row); again {
			o.fail(k, "duplicate-key", fmt.Sprintf("“%s”写了两遍（第 %d 行已有）", form.Key(row), first.At.Line), "只留一处")
			continue
		}
		cells = append(cells, campaign.Filled{Row: row, Entry: r.readCell(o, k, v, row, own, county)})
	}
	return cells, strays
}

// findRow looks up the row of a department that a key means; nil after a finding,
// with the key that was surely meant, if any.
func (r *reader) findRow(d *campaign.Department, key string, at campaign.Position) (row *campaign.Row, near string) {
	form := &r.c.Form
	switch rows := form.Find(d, key); {
	case len(rows) == 1:
		return rows[0], ""
	case len(rows) > 1:
		r.fail("ambiguous-row", at, fmt.Sprintf("%s有 %d 个项目叫“%s”", d.Short, len(rows), key), "写成"+choices(form, rows))
	case !r.c.Doubtful[formFile]: // else the row may be right, and the form wrong
		r.fail("unknown-row", at, fmt.Sprintf("%s的统计表里没有项目“%s”", d.Short, key), meant(key, form.Keys(d), "项目名称照 data/form.yaml 写"))
		near = campaign.Meant(key, form.Keys(d), 2)
	}
	return nil, near
}

func choices(form *campaign.Form, rows []*campaign.Row) string {
	var keys []string
	for _, row := range rows {
		key := row.Label()
		if len(form.Find(row.Department, key)) > 1 && row.Parent != nil {
			key = row.Parent.Name + "/" + row.Name
		}
		keys = append(keys, "“"+key+"”")
	}
	return strings.Join(keys, " 或 ")
}

// readCell reads one cell: a quantity, or {数量, 备注, 上年同期}.
func (r *reader) readCell(o *object, k, v *yaml.Node, row *campaign.Row, own, county bool) campaign.Entry {
	e := campaign.Entry{At: o.position(v)}
	if v.Kind == yaml.ScalarNode {
		e.Quantity = r.readQuantity(o, k, v, row)
	} else if v.Kind == yaml.MappingNode {
		cell := o.within(k.Value, v, o.position(v), format.Cell)
		if q, ok := cell.scalar("数量"); ok {
			e.At = o.position(q)
			e.Quantity = r.readQuantity(o, cell.entries["数量"].key, q, row)
		}
		e.Remark = cell.text("备注")
		if q, ok := cell.scalar("上年同期"); ok {
			e.LastYear = r.readQuantity(o, cell.entries["上年同期"].key, q, row)
			if e.LastYear.Kind == campaign.Sum {
				o.fail(q, "sum-place", "上年同期不能写汇总", "写出数字或 无")
			}
		}
		cell.done()
	} else {
		o.fail(v, "quantity", fmt.Sprintf("“%s”应当填一个数量", k.Value), "写数字、无 或 汇总；有备注时写 {数量: 10, 备注: …}")
	}
	if e.Quantity.Kind == campaign.Sum && own {
		r.fail("sum-place", e.At, "本级不能写汇总", "本级是部门自己办的部分，请写出数字或 无")
	}
	if e.Quantity.Kind == campaign.Sum && county {
		r.fail("sum-place", e.At, r.c.Tier.Say("县（市、区）的报表不能写汇总"), "请写出数字或 无")
	}
	return e
}

// readQuantity reads a quantity as exactly as it is written.
func (r *reader) readQuantity(o *object, k, v *yaml.Node, row *campaign.Row) campaign.Quantity {
	r.checkScalar(o.file, v)
	quoted := v.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	text := v.Value
	if v.Tag == "!!null" {
		text = ""
	}
	q, err := row.ParseQuantity(text)
	switch {
	case err != nil:
		at := v
		if text == "" && v.Line == 0 {
			at = k
		}
		f := o.fail(at, "quantity", fmt.Sprintf("“%s”：%s", row.Name, err), campaign.HintOf(err, ""))
		if is := campaign.MeantBy(err); is != "" {
			mark := quoteOf(v)
			f.Mend = o.position(v).Mend(mark+text+mark, is)
		}
		return campaign.Quantity{}
	case q.IsNumber() && quoted:
		mark := quoteOf(v)
		o.fail(v, "quantity", fmt.Sprintf("“%s”的数量带了引号", row.Name), "去掉引号，写成 "+text).Mend = o.position(v).Mend(mark+text+mark, text)
		return campaign.Quantity{}
	}
	if most := row.MaxDecimals(); most >= 0 && q.Decimals() > most {
		message, hint := fmt.Sprintf("“%s”以%s为单位，只能是整数，不能是 %s", row.Name, row.Unit, text), "核对数字；确需小数，在 data/form.yaml 的这一行写“小数: 2”"
		if most > 0 {
			message, hint = fmt.Sprintf("“%s”最多 %d 位小数，不能是 %s", row.Name, most, text), "核对数字，不要自行四舍五入"
		}
		o.fail(v, "decimals", message, hint)
		return campaign.Quantity{}
	}
	return q
}
