package collect

import (
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/format"
	"wangjian/internal/handover"
)

// The kinds of what is paired, as data/collected.yaml names them.
const (
	Rounds      = string(format.Round)
	Departments = string(format.Department)
	Rows        = "项目"
)

// Pair is how something of the bundle stands for something of the campaign.
type Pair struct {
	campaign.Pairing
	OwnName string // of what it stands for; "" for nothing
	Why     string // 代号相同, 确认过, …
	Sure    bool   // nobody has to be asked
	Never   bool   // it cannot stand for what has its code
}

// pairing is the table that is being worked out.
type pairing struct {
	c     *campaign.Campaign
	data  *handover.Data
	known []campaign.Pairing // what a person says now, then what was confirmed before
	said  int                // how many of known are said now
	list  []Pair

	rounds      map[string]*campaign.Round
	departments map[string]*campaign.Department
	rows        map[int]*campaign.Row // by 序号
}

func newPairing(c *campaign.Campaign, data *handover.Data, said, confirmed []campaign.Pairing) *pairing {
	p := &pairing{
		c: c, data: data, known: slices.Concat(said, confirmed), said: len(said),
		rounds: map[string]*campaign.Round{}, departments: map[string]*campaign.Department{}, rows: map[int]*campaign.Row{},
	}
	for _, r := range data.Rounds {
		if round := pairEntity(p, Rounds, r.Unit, c.Rounds, func(x *campaign.Round) (campaign.Named, string) {
			if string(x.Basis) != r.Basis {
				return x.Named, fmt.Sprintf("口径不同（%s、%s），不能对应", r.Basis, x.Basis)
			}
			return x.Named, ""
		}); round != nil {
			p.rounds[r.Code] = round
		}
	}
	for _, d := range data.Departments {
		department := pairEntity(p, Departments, d, c.Departments, func(x *campaign.Department) (campaign.Named, string) { return x.Named, "" })
		if department == nil {
			continue
		}
		p.departments[d.Code] = department
		p.pairRows(d.Code, department)
	}
	return p
}

// said returns what is known of a code; ok is false for nothing.
func (p *pairing) lookUp(what, below string) (known campaign.Pairing, why string, ok bool) {
	n := slices.IndexFunc(p.known, func(k campaign.Pairing) bool { return k.What == what && k.Below == below })
	switch {
	case n < 0:
		return known, "", false
	case n < p.said:
		return p.known[n], "指定", true
	}
	return p.known[n], "确认过", true
}

// pairEntity pairs a round or a department: as it is known, else by its code, else by
// its names, which has to be confirmed. fault says why one cannot stand for another.
func pairEntity[T campaign.Entity](p *pairing, what string, below handover.Unit, list []T, of func(T) (campaign.Named, string)) (found T) {
	pair := Pair{Pairing: campaign.Pairing{What: what, Below: below.Code, Name: below.Name}}
	byCode := func(code string) (one T) {
		if n := slices.IndexFunc(list, func(x T) bool { named, _ := of(x); return named.Code == code }); n >= 0 {
			return list[n]
		}
		return one
	}
	known, why, ok := p.lookUp(what, below.Code)
	switch {
	case ok:
		pair.Why, pair.Sure = why, true
		found = byCode(known.Own)
	case byCode(below.Code) != nil:
		pair.Why, pair.Sure = "代号相同", true
		found = byCode(below.Code)
	default:
		for _, name := range append([]string{below.Short, below.Name}, below.Aliases...) {
			if found = campaign.Find(list, name); found != nil && name != "" {
				pair.Why = "名称相同"
				break
			}
		}
	}
	if found == nil {
		if !ok || known.Own != "" { // what it stood for may be gone
			pair.Why, pair.Sure = "没有对应，"+format.NotTaken, false
		}
		p.list = append(p.list, pair)
		return nil
	}
	named, fault := of(found)
	if pair.OwnName = named.Name; fault != "" {
		pair.Why, pair.Never = fault, true
		p.list = append(p.list, pair)
		return *new(T)
	}
	if slices.ContainsFunc(p.list, func(other Pair) bool { return other.What == what && other.Own == named.Code }) {
		pair.Why, pair.Never, pair.Sure = "另有一个已经对应到它，不能相加", true, false
		p.list = append(p.list, pair)
		return *new(T)
	}
	pair.Own = named.Code
	p.list = append(p.list, pair)
	return found
}

// pairRows pairs the rows of a department.
func (p *pairing) pairRows(below string, d *campaign.Department) {
	own := p.c.Form.RowsOf(d)
	taken := map[*campaign.Row]bool{}
	for _, r := range p.data.Rows {
		if r.Department != below {
			continue
		}
		pair, row := p.pairRow(r, own)
		switch {
		case row != nil && taken[row]:
			pair.Own, pair.Never, pair.Sure, pair.Why = "", true, false, "另有一行已经对应到它，不能相加"
		case row != nil:
			taken[row] = true
			p.rows[r.Number] = row
		}
		p.list = append(p.list, pair)
	}
	if len(taken) == 0 {
		return // nothing is reported to it
	}
	for _, row := range own {
		if taken[row] {
			continue
		}
		pair := Pair{Pairing: campaign.Pairing{What: Rows, Own: row.Code(), Name: d.Short + "/" + row.Label()}, OwnName: row.Label(), Why: "下级统计表没有，填 无"}
		for n, k := range p.known {
			if k.What == Rows && k.Below == "" && k.Own == row.Code() {
				pair.Sure = true
				if n >= p.said {
					pair.Why += "，确认过"
				}
				break
			}
		}
		p.list = append(p.list, pair)
	}
}

func (p *pairing) pairRow(r handover.Row, own []*campaign.Row) (pair Pair, found *campaign.Row) {
	pair = Pair{Pairing: campaign.Pairing{What: Rows, Below: r.Code, Name: p.rowName(r)}}
	byCode := func(code string) *campaign.Row {
		if n := slices.IndexFunc(own, func(row *campaign.Row) bool { return row.Code() == code }); n >= 0 {
			return own[n]
		}
		return nil
	}
	known, why, ok := p.lookUp(Rows, r.Code)
	switch found = byCode(r.Code); {
	case ok:
		pair.Why, pair.Sure = why, true
		found = byCode(known.Own)
	case found != nil:
		pair.Why, pair.Sure = "代号相同", true
	default:
		if n := slices.IndexFunc(own, func(row *campaign.Row) bool {
			return row.Name == r.Name && row.Unit == r.Unit && (row.Parent != nil) == (r.Parent > 0)
		}); n >= 0 {
			pair.Why, found = "名称和单位相同", own[n]
		}
	}
	switch {
	case found == nil && (!ok || known.Own != ""): // what it stood for may be gone
		pair.Why, pair.Sure = "没有对应，"+format.NotTaken, false
	case found == nil:
	case found.Unit != r.Unit:
		pair.Why, pair.Never, pair.Sure = fmt.Sprintf("单位不同（%s、%s），不能对应", r.Unit, found.Unit), true, false
		pair.OwnName, found = found.Label(), nil
	default:
		pair.Own, pair.OwnName = found.Code(), found.Label()
	}
	return pair, found
}

// rowName names a row of the bundle as a person finds it.
func (p *pairing) rowName(r handover.Row) string {
	name := r.Name
	if r.Parent > 0 {
		name = p.data.Rows[r.Parent-1].Name + "/" + name
	}
	for _, d := range p.data.Departments {
		if d.Code == r.Department {
			name = d.Short + "/" + name
		}
	}
	return name + "（" + r.Unit + "）"
}

// open lists what a person has to confirm.
func (p *pairing) open() (list []Pair) {
	return slices.DeleteFunc(slices.Clone(p.list), func(one Pair) bool { return one.Sure })
}

// kept lists what is kept of the table: all that the codes do not say.
func (p *pairing) kept() (list []campaign.Pairing) {
	for _, one := range p.list {
		if one.Why != "代号相同" {
			list = append(list, one.Pairing)
		}
	}
	return list
}

// ParsePair reads what a person says of the table: 下级的名称或代号=本活动的名称或代号, or
// =不取. A row is written with its department: 公安局/查处案件.
func ParsePair(c *campaign.Campaign, data *handover.Data, text string) (pair campaign.Pairing, err error) {
	below, own, ok := strings.Cut(text, "=")
	below, own = strings.TrimSpace(below), strings.TrimSpace(own)
	if !ok || below == "" || own == "" {
		return pair, fmt.Errorf("“%s”要写成 下级的名称=本活动的名称，如 公安局/查处案件=公安局/查处相关网络违法案件", text)
	}
	found := namedBelow(data, below)
	if len(found) != 1 {
		return pair, fmt.Errorf("对方的期次、部门、项目里，叫“%s”的有 %d 个：照对照表里的写（可以写代号）", below, len(found))
	}
	if pair = found[0]; own == format.NotTaken {
		return pair, nil
	}
	switch pair.What {
	case Rounds:
		if r := c.FindRound(own); r != nil {
			pair.Own = r.Code
		}
	case Departments:
		if d := c.FindDepartment(own); d != nil {
			pair.Own = d.Code
		}
	default:
		for _, row := range c.Form.Rows {
			d := row.Department
			if own == row.Code() || slices.ContainsFunc(d.Names(), func(name string) bool {
				key, is := strings.CutPrefix(own, name+"/")
				return is && slices.Contains(c.Form.Find(d, key), row)
			}) {
				if pair.Own != "" {
					return pair, fmt.Errorf("“%s”有好几行都是：写上单位", own)
				}
				pair.Own = row.Code()
			}
		}
	}
	if pair.Own == "" {
		return pair, fmt.Errorf("本活动没有叫“%s”的%s：照 data/campaign.yaml、data/form.yaml 里的写，不要的写 %s", own, pair.What, format.NotTaken)
	}
	return pair, nil
}

// namedBelow lists what of the bundle a name means.
func namedBelow(data *handover.Data, name string) (list []campaign.Pairing) {
	unit := func(what string, u handover.Unit) {
		if slices.Contains(append([]string{u.Code, u.Short, u.Name}, u.Aliases...), name) {
			list = append(list, campaign.Pairing{What: what, Below: u.Code, Name: u.Name})
		}
	}
	for _, r := range data.Rounds {
		unit(Rounds, r.Unit)
	}
	for _, d := range data.Departments {
		unit(Departments, d)
	}
	for _, r := range data.Rows {
		full := (&pairing{data: data}).rowName(r)
		if name == r.Code || name == full || name+"（"+r.Unit+"）" == full {
			list = append(list, campaign.Pairing{What: Rows, Below: r.Code, Name: full})
		}
	}
	return list
}

// String says the pair in a line: 项目 公安局/查处案件（件） → 查处相关案件（件）：名称相同.
func (p Pair) String() string {
	own := p.OwnName
	switch {
	case p.Own == "" || p.Never:
		own = format.NotTaken
	case p.Below == "":
		return p.What + " " + p.Name + "：" + p.Why
	}
	return p.What + " " + p.Name + " → " + own + "：" + p.Why
}
