package review

import (
	"strings"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// literal is a number written out in a narrative that can be a figure of the
// department's form.
type literal struct {
	item   *campaign.Item
	number campaign.Literal
	figure *stats.Figure // the figure that it stands for, or that it equals
	named  bool          // the indicator's name stands in the same sentence
	equal  bool
}

func reference(c *Context, l literal) string {
	where := l.figure.Department.Short
	if l.figure.Region != nil {
		where += "@" + l.figure.Region.Short
	}
	return "{{" + where + "/" + c.Campaign.Form.Key(l.figure.Row) + "}}"
}

// eachLiteral visits the numbers of narratives that stand with a unit of the
// department's form: those beside an indicator's name, and those without one
// that equal a figure.
func eachLiteral(c *Context, visit func(literal)) {
	for _, i := range c.Campaign.ItemsOf(campaign.Narratives) {
		for _, n := range i.Body.Numbers {
			if l, ok := judge(c, i, n); ok {
				visit(l)
			}
		}
	}
}

func judge(c *Context, i *campaign.Item, n campaign.Literal) (literal, bool) {
	value, err := decimal.NewFromString(n.Text)
	if err != nil {
		return literal{}, false
	}
	l := literal{item: i, number: n}
	nearest := -1
	for _, row := range c.Campaign.Form.RowsOf(i.Department) {
		f := c.Book.Figure(i.Round, row, i.Region)
		if !strings.HasPrefix(n.After, row.Unit) || longerUnit(c, n.After, row) || f == nil || f.Quantity.Kind == campaign.Blank {
			continue
		}
		equal := f.Quantity.IsNumber() && f.Quantity.Decimal().Equal(value)
		if at := strings.LastIndex(beforeNumber(n), row.Name); at > nearest {
			// The name last written before the number is the one it belongs to.
			nearest = at
			l.figure, l.named, l.equal = f, true, equal
		} else if l.figure == nil && equal && !value.IsZero() && value.GreaterThanOrEqual(decimal.NewFromInt(10)) {
			l.figure, l.equal = f, true
		}
	}
	return l, l.figure != nil
}

// longerUnit tells whether another row's longer unit fits better: 个次 is not
// 个.
func longerUnit(c *Context, after string, row *campaign.Row) bool {
	for _, other := range c.Campaign.Form.Rows {
		if len(other.Unit) > len(row.Unit) && strings.HasPrefix(other.Unit, row.Unit) && strings.HasPrefix(after, other.Unit) {
			return true
		}
	}
	return false
}

// beforeNumber is the part of the sentence that stands before the number; of a
// table row it is all of it.
func beforeNumber(n campaign.Literal) string {
	if at := strings.Index(n.Sentence, n.Text+n.After); at >= 0 && !strings.HasSuffix(n.Sentence, " ") {
		return n.Sentence[:at]
	}
	return n.Sentence
}
