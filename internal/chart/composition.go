package chart

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

const compositionSuffix = "-zucheng"

// compositions show what a row with 其中 is made of. A full bar is the whole;
// rows that are 不计入合计 overlap the parts and stand in a panel of their own.
func compositions(d data) []plan {
	var list []plan
	for _, department := range d.campaign.Departments {
		n := 0
		for _, row := range d.campaign.Form.RowsOf(department) {
			parts, ok := d.parts(row)
			if !ok {
				continue
			}
			n++
			code := department.Code + compositionSuffix
			if n > 1 {
				code = fmt.Sprintf("%s-%d", code, n)
			}
			title := department.Short + "：" + parts.finding(d.campaign.Form.Key(row))
			list = append(list, plan{code: code, title: title, department: department, draw: func() Chart { return parts.draw() }})
		}
	}
	return list
}

// parts is a whole and what it is made of.
type parts struct {
	whole   *stats.Figure
	shares  *shares
	counted []*stats.Figure
	beside  []*stats.Figure // 不计入合计, or of another unit
	rest    decimal.Decimal // of the whole, in no part
	places  int32
}

// parts takes a row apart in the latest round that has it. Parts of 无 and
// parts that exceed their whole make no composition.
func (d data) parts(row *campaign.Row) (parts, bool) {
	var p parts
	s := d.span([]*campaign.Row{row})
	if len(row.Children) == 0 || s.latest == nil {
		return p, false
	}
	p.whole = d.table.Figure(s.latest, row, nil)
	if !p.whole.Quantity.IsNumber() || p.whole.Quantity.Decimal().IsZero() {
		return p, false
	}
	p.rest, p.shares = p.whole.Quantity.Decimal(), &shares{of: p.whole.Quantity.Decimal()}
	p.places = int32(p.whole.Quantity.Decimals())
	for _, child := range row.Children {
		f := d.table.Figure(s.latest, child, nil)
		switch {
		case f == nil:
			return p, false
		case child.Uncounted || child.Unit != row.Unit:
			p.beside = append(p.beside, f)
		default:
			p.counted = append(p.counted, f)
			p.rest = p.rest.Sub(f.Quantity.Decimal())
			p.places = max(p.places, int32(f.Quantity.Decimals()))
		}
	}
	return p, len(p.counted) > 0 && p.rest.Sign() >= 0
}

// finding tells the whole and its largest part; name is the whole's.
func (p parts) finding(name string) string {
	said := p.whole.Round.Name + name + p.whole.Text()
	var top *stats.Figure
	for _, f := range p.counted {
		if f.Quantity.IsNumber() && (top == nil || f.Quantity.Decimal().GreaterThan(top.Quantity.Decimal())) {
			top = f
		}
	}
	if top == nil || top.Quantity.Decimal().IsZero() {
		return said + "的组成"
	}
	return said + "中，" + top.Row.Name + top.Text() + "，占" + p.shares.text(top.Quantity.Decimal())
}

// restName names what no part of the form holds.
const restName = "其余"

func (p parts) draw() Chart {
	c := Chart{Head: []string{"项目", "单位", p.whole.Round.Name, ""}}
	row := p.whole.Row
	total := panel{head: "单位：" + row.Unit + "；底色为全部", unit: row.Unit, whole: p.whole.Quantity.Decimal(), track: true}
	add := func(name string, n decimal.Decimal, text string) {
		share := p.shares.text(n)
		c.Rows = append(c.Rows, []string{name, row.Unit, text, share})
		total.lines = append(total.lines, p.line(name, json.Number(text), text, share))
	}
	for _, f := range p.counted {
		if f.Quantity.IsNumber() {
			add(f.Row.Name, f.Quantity.Decimal(), f.Quantity.String())
		} else {
			c.Rows = append(c.Rows, []string{f.Row.Name, row.Unit, f.Quantity.String(), "—"})
			total.lines = append(total.lines, line{label: f.Row.Name, cells: []cell{barOf(f, plain(row.Unit))}})
		}
	}
	if p.rest.Sign() > 0 {
		add(restName, p.rest, p.rest.StringFixed(p.places))
	}
	all := "（全部）"
	if lacks := stats.Lacks(p.whole.Coverage); lacks != "" {
		all = "（全部，" + lacks + "）"
	}
	c.Rows = append(c.Rows, []string{row.Name + all, row.Unit, p.whole.Quantity.String(), p.shares.text(p.whole.Quantity.Decimal())})

	panels := []panel{total}
	panels = append(panels, p.besides(&c)...)
	c.figure = bars{series: []string{p.whole.Round.Name}, panels: panels}
	c.Head[3] = p.shares.head("占比")
	c.Summary = p.summary() + p.shares.note()
	return c
}

// besides returns the rows that are no parts of the whole, a panel a unit.
func (p parts) besides(c *Chart) []panel {
	var panels []panel
	for _, f := range p.beside {
		unit := f.Row.Unit
		c.Rows = append(c.Rows, []string{f.Row.Name + "（不计入合计）", unit, f.Quantity.String(), "—"})
		i := slices.IndexFunc(panels, func(p panel) bool { return p.unit == unit })
		if i < 0 {
			i = len(panels)
			panels = append(panels, panel{head: "不计入合计；单位：" + unit, unit: unit, aside: true})
			if unit == p.whole.Row.Unit {
				panels[i].whole = p.whole.Quantity.Decimal() // the same scale as above
			}
		}
		if f.Quantity.Decimal().GreaterThan(panels[i].whole) {
			panels[i].whole = f.Quantity.Decimal()
		}
		panels[i].lines = append(panels[i].lines, line{label: f.Row.Name, cells: []cell{barOf(f, plain(unit))}})
	}
	return panels
}

func (p parts) line(name string, n json.Number, text, share string) line {
	c := cell{number: n, text: text, tip: text + plain(p.whole.Row.Unit)}
	if share != "—" {
		c.text += "（" + share + "）"
		c.tip += "，占" + share
	}
	return line{label: name, cells: []cell{c}}
}

func (p parts) summary() string {
	var said []string // the title tells the whole
	for _, f := range p.counted {
		if f.Quantity.IsNumber() && len(said) < mostListed {
			said = append(said, f.Row.Name+f.Text()+"（"+p.shares.text(f.Quantity.Decimal())+"）")
		}
	}
	if len(said) == 0 {
		said = append(said, "所列分项均为无")
	}
	text := sentence(said...)
	if lacks := stats.Lacks(p.whole.Coverage); lacks != "" {
		text += sentence("各项数" + lacks)
	}
	var overlapping, other []string
	for _, f := range p.beside {
		if f.Row.Uncounted {
			overlapping = append(overlapping, f.Row.Name+f.Text())
		} else {
			other = append(other, f.Row.Name+f.Text())
		}
	}
	if len(overlapping) > 0 {
		text += sentence("另有"+strings.Join(overlapping, "、"), "与上列各项有重叠", "不计入合计")
	}
	if len(other) > 0 {
		text += sentence("另有"+strings.Join(other, "、"), "单位不同", "不计入合计")
	}
	return text
}

// shares writes parts in percent of a whole, and records whether any of them is
// rounded, so that the chart can say so.
type shares struct {
	of      decimal.Decimal
	rounded bool
}

// text is a part in percent, — where the whole is zero.
func (s *shares) text(part decimal.Decimal) string {
	ratio, ok := stats.Percent(part, s.of)
	if !ok {
		return "—"
	}
	s.rounded = s.rounded || ratio.Rounded
	return ratio.String()
}

// head is the head of the column of shares.
func (s *shares) head(name string) string {
	if s.rounded {
		return name + "（四舍五入）"
	}
	return name
}

// note is a sentence for the chart's summary; "" where every share is exact.
func (s *shares) note() string {
	if s.rounded {
		return sentence("占比四舍五入", "相加不一定等于全部")
	}
	return ""
}
