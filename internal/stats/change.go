package stats

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// Change is how a figure moved since the round before.
type Change struct {
	Basis    campaign.Basis
	Previous *Figure
	// Now and Before are what is compared: the two figures, or parts of them
	// where Regions is not 0.
	Now, Before campaign.Quantity
	// Regions is how many regions are compared where others are in one of the
	// two figures only; 0 where the figures themselves are.
	Regions int
	// Amount is the difference, in the row's unit; negative where the figure
	// fell, which review reports of a 累计 figure.
	Amount decimal.Decimal
	// Ratio is the difference in percent of a 当期 figure of the round before.
	Ratio  Ratio
	places int32
}

// Text returns 143 for a 累计 figure's increase, 12.5% for a 当期 figure's
// change, without the unit; a fall has a minus sign.
func (c Change) Text() string {
	if c.Basis == campaign.Cumulative {
		return c.amount(c.Amount)
	}
	return c.Ratio.String()
}

func (c Change) amount(n decimal.Decimal) string { return n.StringFixed(c.places) }

// Movement returns the difference in words, with the unit: 增加6件, 减少500件,
// 持平.
func (c Change) Movement() string {
	return c.words("增加", "减少", c.amount(c.Amount.Abs())+c.Previous.Row.Unit)
}

// Words returns what Text says in words, with the unit: 增加264件, 减少500件,
// 增长12.5%, 下降3.0%, 持平.
func (c Change) Words() string {
	if c.Basis == campaign.Cumulative {
		return c.Movement()
	}
	return c.words("增长", "下降", c.Ratio.Abs().String())
}

func (c Change) words(up, down, size string) string {
	switch c.Amount.Sign() {
	case 1:
		return up + size
	case -1:
		return down + size
	}
	return "持平"
}

// Ratio is a part in percent of a whole, rounded half away from zero: to one
// decimal, and to as many more as it takes to tell a part from nothing and from
// the whole.
type Ratio struct {
	Percent decimal.Decimal
	Rounded bool // the exact value has more decimals
	places  int32
}

// String returns 12.5%.
func (r Ratio) String() string { return r.Percent.StringFixed(r.places) + "%" }

// Places is the number of decimals of the percentage, at least 1.
func (r Ratio) Places() int32 { return r.places }

// Abs returns the ratio without its sign.
func (r Ratio) Abs() Ratio {
	r.Percent = r.Percent.Abs()
	return r
}

// Scope says which regions a change is of, where it is not of the whole figures.
func (c Change) Scope() string {
	if c.Regions == 0 {
		return ""
	}
	return fmt.Sprintf("按两期都报的%d个%s计", c.Regions, c.Previous.Coverage.Tier.LowerUnits())
}

var hundred = decimal.NewFromInt(100)

// Percent returns part in percent of whole; ok is false for a whole of zero.
func Percent(part, whole decimal.Decimal) (r Ratio, ok bool) {
	if whole.IsZero() {
		return Ratio{}, false
	}
	scaled := part.Mul(hundred)
	for r.places = 1; ; r.places++ {
		r.Percent = scaled.DivRound(whole, r.places)
		r.Rounded = !r.Percent.Mul(whole).Equal(scaled)
		if size := r.Percent.Abs(); !r.Rounded || !size.IsZero() && !size.Equal(hundred) {
			return r, true
		}
	}
}

// Before returns the round before, nil for the first and where the view does not
// hold it: one that is not out is not to be named either.
func (t *Table) Before(r *campaign.Round) *campaign.Round {
	if r.Previous == nil || !slices.Contains(t.campaign.Rounds, r.Previous) {
		return nil
	}
	return r.Previous
}

// Change returns how a figure moved since the round before, by its 口径. The
// error says in Chinese why there is no increase, or no percentage.
func (t *Table) Change(f *Figure) (Change, error) {
	c, err := t.difference(f)
	if err != nil || c.Basis == campaign.Cumulative {
		return c, err
	}
	if !c.Before.IsNumber() {
		return Change{}, errors.New("有一期填的是无，不能算增幅")
	}
	ratio, ok := Percent(c.Amount, c.Before.Decimal())
	if !ok {
		return Change{}, fmt.Errorf("%s是 0，不能算增幅", c.Previous.Round.Name)
	}
	c.Ratio = ratio
	return c, nil
}

// difference is Change without the percentage.
func (t *Table) difference(f *Figure) (Change, error) {
	before := t.Before(f.Round)
	if before == nil {
		return Change{}, fmt.Errorf("%s没有上一期可比", f.Round.Name)
	}
	if before.Basis != f.Round.Basis {
		return Change{}, fmt.Errorf("%s是%s口径，%s是%s口径，不能相比", before.Name, before.Basis, f.Round.Name, f.Round.Basis)
	}
	p := t.Figure(before, f.Row, f.Region)
	if f.Own {
		p = t.Own(before, f.Row)
	}
	if p == nil || p.Quantity.Kind == campaign.Blank {
		return Change{}, fmt.Errorf("没有%s的数据可比", before.Name)
	}
	now, was, regions, err := t.base(f, p)
	if err != nil {
		return Change{}, err
	}
	if !now.IsNumber() {
		return Change{}, fmt.Errorf("%s填的是无，没有新增，也没有变化可算", f.Round.Name)
	}
	return Change{
		Basis: f.Round.Basis, Previous: p, Now: now, Before: was, Regions: regions,
		Amount: now.Decimal().Sub(was.Decimal()),
		places: int32(max(now.Decimals(), was.Decimals())),
	}, nil
}

// Citation is what a figure reference prints.
type Citation struct {
	Text   string // 增加6件
	Value  string // 6: the number alone, with its sign, or 无
	Figure *Figure
}

// Cite returns what a figure reference of an item prints. Its errors are
// Chinese.
func (t *Table) Cite(ref campaign.Reference, item *campaign.Item) (Citation, error) {
	target, err := t.campaign.Resolve(ref, release.DefaultRound(item, t.latest))
	if err != nil {
		return Citation{}, err
	}
	if target.Round == nil {
		return Citation{}, errors.New("还没有任何一期的数据")
	}
	f := t.Figure(target.Round, target.Row, target.Region)
	if f == nil {
		where := target.Department.Short
		if target.Region != nil {
			where = target.Region.Short + where
		}
		return Citation{}, fmt.Errorf("%s没有报%s的“%s”", where, target.Round.Name, target.Row.Name)
	}
	number := f.Quantity.String()
	switch ref.Aspect {
	case campaign.Value:
		return Citation{number, number, f}, nil
	case campaign.Increase, campaign.Growth:
		return t.citeChange(ref.Aspect, f)
	case campaign.Movement:
		c, err := t.difference(f)
		if err != nil {
			return Citation{}, err
		}
		return Citation{c.Movement(), c.amount(c.Amount), f}, nil
	}
	return Citation{f.Text(), number, f}, nil
}

// citeChange is Cite for 新增 and 增幅.
func (t *Table) citeChange(aspect campaign.Aspect, f *Figure) (Citation, error) {
	want, other := campaign.Cumulative, "增幅"
	if aspect == campaign.Growth {
		want, other = campaign.Current, "新增"
	}
	if f.Round.Basis != want {
		return Citation{}, fmt.Errorf("%s是%s口径，只能用“%s”或“变化”", f.Round.Name, f.Round.Basis, other)
	}
	c, err := t.Change(f)
	switch {
	case err != nil:
		return Citation{}, err
	case aspect == campaign.Growth:
		return Citation{c.Text(), c.Ratio.Percent.StringFixed(c.Ratio.places), f}, nil
	case c.Amount.IsNegative():
		return Citation{}, fmt.Errorf("%s比%s%s，不是新增：把“新增”改成“变化”，印出的就是“%s”", f.Round.Name, c.Previous.Round.Name, c.Words(), c.Movement())
	}
	return Citation{c.Text() + f.Row.Unit, c.Text(), f}, nil
}

// YearOnYear says in words how a figure compares with 上年同期, or nothing where
// that was not given: 上年同期30家，同比增长50.0%. There is no percentage of zero
// or 无.
func (f *Figure) YearOnYear() string {
	before := f.LastYear
	if before.Kind == campaign.Blank {
		return ""
	}
	text := "上年同期" + before.String()
	if before.IsNumber() {
		text += f.Row.Unit
	}
	if !before.IsNumber() || !f.Quantity.IsNumber() {
		return text
	}
	difference := f.Quantity.Decimal().Sub(before.Decimal())
	if ratio, ok := Percent(difference.Abs(), before.Decimal()); ok {
		text += "，同比" + Change{Amount: difference}.words("增长", "下降", ratio.String())
	}
	return text
}

// Note is what stands in the 备注 column: the remark as reported, the
// comparison with 上年同期 where there is one, and what the figure was before it
// was corrected.
func (f *Figure) Note() string {
	parts := []string{f.Remark, f.YearOnYear(), f.Corrected()}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "；")
}

// Corrected says what a corrected figure was published as and when that was
// mended, the latest first: 更正：原 231，2022-12-05. Nothing for any other.
func (f *Figure) Corrected() string {
	var parts []string
	for _, x := range slices.Backward(f.Corrections) {
		if !x.Withdrawn {
			parts = append(parts, "原 "+x.OldText()+"，"+x.On.String())
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "更正：" + strings.Join(parts, "；")
}
