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

// Change is how a figure moved since the round before, by its 口径.
type Change struct {
	Basis    campaign.Basis
	Previous *Figure
	// Now and Before are what is compared: the two figures, or parts of them
	// where Regions is not 0.
	Now, Before campaign.Quantity
	// Regions is how many regions are compared where others are in one of the
	// two figures only; 0 where the figures themselves are.
	Regions int
	// Amount is the increase of a 累计 figure, in the row's unit; it can be
	// negative, which review reports.
	Amount decimal.Decimal
	// Percent is the change of a 当期 figure, one decimal, half away from zero.
	Percent decimal.Decimal
	places  int32
}

// Text gives 143 for an increase, 12.5% for a change in percent, without the
// unit.
func (c Change) Text() string {
	if c.Basis == campaign.Cumulative {
		return c.Amount.StringFixed(c.places)
	}
	return c.Percent.StringFixed(1) + "%"
}

// Scope says which regions a change is of, where it is not of the whole figures.
func (c Change) Scope() string {
	if c.Regions == 0 {
		return ""
	}
	return fmt.Sprintf("按两期都报的%d个%s计", c.Regions, campaign.LowerUnits)
}

var hundred = decimal.NewFromInt(100)

// Percent gives part in percent of whole, one decimal, half away from zero;
// ok is false for a whole of zero.
func Percent(part, whole decimal.Decimal) (percent decimal.Decimal, ok bool) {
	if whole.IsZero() {
		return decimal.Zero, false
	}
	return part.Mul(hundred).DivRound(whole, 1), true
}

// Before gives the round before, nil for the first and where the view does not
// hold it: one that is not out is not to be named either.
func (b *Book) Before(r *campaign.Round) *campaign.Round {
	if r.Previous == nil || !slices.Contains(b.campaign.Rounds, r.Previous) {
		return nil
	}
	return r.Previous
}

// Change gives how a figure moved since the round before. The error says in
// Chinese why there is none.
func (b *Book) Change(f *Figure) (Change, error) {
	before := b.Before(f.Round)
	if before == nil {
		return Change{}, fmt.Errorf("%s没有上一期可比", f.Round.Name)
	}
	if before.Basis != f.Round.Basis {
		return Change{}, fmt.Errorf("%s是%s口径，%s是%s口径，不能相比", before.Name, before.Basis, f.Round.Name, f.Round.Basis)
	}
	p := b.Figure(before, f.Row, f.Region)
	if f.Own {
		p = b.Own(before, f.Row)
	}
	if p == nil {
		return Change{}, fmt.Errorf("没有%s的数据可比", before.Name)
	}
	now, was, regions, err := b.base(f, p)
	if err != nil {
		return Change{}, err
	}
	c := Change{Basis: f.Round.Basis, Previous: p, Now: now, Before: was, Regions: regions}
	if c.Basis == campaign.Cumulative {
		if !now.IsNumber() {
			return Change{}, fmt.Errorf("%s填的是无，没有新增", f.Round.Name)
		}
		c.Amount = now.Decimal().Sub(was.Decimal())
		c.places = int32(max(now.Decimals(), was.Decimals()))
		return c, nil
	}
	if !now.IsNumber() || !was.IsNumber() {
		return Change{}, errors.New("有一期填的是无，不能算增幅")
	}
	percent, ok := Percent(now.Decimal().Sub(was.Decimal()), was.Decimal())
	if !ok {
		return Change{}, fmt.Errorf("%s是 0，不能算增幅", before.Name)
	}
	c.Percent = percent
	return c, nil
}

// Cite gives the text that a figure reference of an item prints, and the
// figure behind it. Its errors are Chinese.
func (b *Book) Cite(ref campaign.Reference, item *campaign.Item) (string, *Figure, error) {
	target, err := b.campaign.Resolve(ref, release.DefaultRound(item, b.latest))
	if err != nil {
		return "", nil, err
	}
	if target.Round == nil {
		return "", nil, errors.New("还没有任何一期的数据")
	}
	f := b.Figure(target.Round, target.Row, target.Region)
	if f == nil {
		where := target.Department.Short
		if target.Region != nil {
			where = target.Region.Short + where
		}
		return "", nil, fmt.Errorf("%s没有报%s的“%s”", where, target.Round.Name, target.Row.Name)
	}
	switch ref.Aspect {
	case campaign.Value:
		return f.Quantity.String(), f, nil
	case campaign.Increase, campaign.Growth:
		want, other := campaign.Cumulative, "增幅"
		if ref.Aspect == campaign.Growth {
			want, other = campaign.Current, "新增"
		}
		if f.Round.Basis != want {
			return "", nil, fmt.Errorf("%s是%s口径，只能用“%s”", f.Round.Name, f.Round.Basis, other)
		}
		c, err := b.Change(f)
		if err != nil {
			return "", nil, err
		}
		if ref.Aspect == campaign.Increase {
			return c.Text() + f.Row.Unit, f, nil
		}
		return c.Text(), f, nil
	}
	return f.Text(), f, nil
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
	percent, ok := Percent(difference.Abs(), before.Decimal())
	switch {
	case !ok:
		return text
	case difference.IsZero():
		return text + "，同比持平"
	case difference.IsPositive():
		return text + "，同比增长" + percent.StringFixed(1) + "%"
	}
	return text + "，同比下降" + percent.StringFixed(1) + "%"
}

// Note is what stands in the 备注 column: the remark as reported, the
// comparison with 上年同期 where there is one, and what the figure was before it
// was corrected.
func (f *Figure) Note() string {
	var parts []string
	for _, part := range []string{f.Remark, f.YearOnYear(), f.Corrected()} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "；")
}

// Corrected says what a corrected figure was published as and when that was
// mended, the latest first: 更正：原 231，2022-12-05. Nothing for any other.
func (f *Figure) Corrected() string {
	var parts []string
	for _, x := range slices.Backward(f.Corrections) {
		if !x.Withdrawn {
			parts = append(parts, "原 "+x.Old.String()+"，"+x.On.String())
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "更正：" + strings.Join(parts, "；")
}
