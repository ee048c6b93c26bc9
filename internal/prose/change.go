package prose

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// How a text says that a figure has changed: 新增143件, 较中期增加143件,
// 比上期减少6件, 同比增长35%, 环比下降1.2倍.

var (
	// changeWord ends in the verb of a change; what is before it says since when.
	changeWord = regexp.MustCompile(`(新增|净增|增加|增长|上升|提高|多|减少|下降|降低|回落|少)(?:了|幅度?为?|率为?)?[\s：:]*$`)
	falls      = regexp.MustCompile(`^(?:减少|下降|降低|回落|少)`)
	lastYear   = regexp.MustCompile(`同比|(?:比|较|与)(?:上年|去年)(?:同期)?(?:相比)?`)
	lastRound  = regexp.MustCompile(`环比|(?:比|较|与)(?:上期|上一期|上次|前期|前次|前一期)(?:相比)?`)
	// comparedWith ends the words between a name and its change.
	comparedWith = regexp.MustCompile(`[，,]?(?:比|较|与)[^0-9，。；]{1,10}$`)
	// leaning is all that may stand between a figure and its change.
	leaning = regexp.MustCompile(`^[\s，,、（(；。]*(?:其中)?(?:(?:比|较|与)[^0-9，。]{1,10}|[^0-9，。]{1,6}(?:以后|以来|之后)|同比|环比)?[，,]?$`)
)

// changeOf reads a number as a change of the figure before it, or of one that
// is named before the change; nil where it is none, or not sure.
func (m *Matcher) changeOf(before string, a amount, last *Claim) *Claim {
	before = brackets.ReplaceAllString(before, "")
	verb := changeWord.FindStringSubmatchIndex(before)
	if verb == nil {
		return nil
	}
	since := before[:verb[2]]
	f := m.changed(since, a, last)
	if f == nil {
		return nil
	}
	value := a.value
	if falls.MatchString(before[verb[2]:verb[3]]) {
		value = value.Neg()
	}
	then, figure, named := m.then(since, f)
	if then == nil {
		return nil
	}
	named = named || strings.HasSuffix(before[verb[2]:verb[3]], "增") && strings.Trim(since, " ，,、（(") == "" // 231件，新增143件
	var c *Claim
	switch {
	case a.percent:
		c = percentClaim(f, figure, *then, value, a.places)
	case figure == nil:
		c = amountClaim(f, nil, *then, value, true)
	default:
		c = m.sinceClaim(f, figure, value, named)
	}
	if c != nil {
		c.verb = before[verb[2]:verb[3]]
	}
	return c
}

// Told returns how a text has a change, with its verb where that goes the other
// way than the figures do: 减少47次.
func (c *Claim) Told(written string) string {
	fell := strings.HasPrefix(c.Want, "减少") || strings.HasPrefix(c.Want, "下降")
	if c.verb == "" || falls.MatchString(c.verb) == fell {
		return written
	}
	return c.verb + written
}

// sinceClaim compares with an earlier round: with the one before as 新增 does,
// which takes what both rounds have.
func (m *Matcher) sinceClaim(f, since *stats.Figure, value decimal.Decimal, named bool) *Claim {
	c := amountClaim(f, since, since.Quantity, value, named)
	if c == nil || since.Round != m.stats.Before(f.Round) {
		return c
	}
	change, err := m.stats.Change(f)
	if err != nil || change.Basis != campaign.Cumulative {
		return c
	}
	scale, _ := scaleOf(f.Row.Unit)
	c.Equal, c.Want = change.Amount.Mul(scale).Equal(value), wantedChange(change.Amount, f)
	if scope := change.Scope(); scope != "" {
		c.Want += "（" + scope + "）"
	}
	return c
}

func wantedChange(difference decimal.Decimal, f *stats.Figure) string {
	verb := "增加 "
	if difference.IsNegative() {
		verb = "减少 "
	}
	return verb + difference.Abs().String() + f.Row.Unit
}

// changed finds the figure that a change is of.
func (m *Matcher) changed(since string, a amount, last *Claim) *stats.Figure {
	if last != nil && last.Aspect == Whole && leaning.MatchString(since) && (a.percent || counts(a.unit, last.Figure.Row)) {
		return last.Figure
	}
	bare := comparedWith.ReplaceAllString(lastRound.ReplaceAllString(lastYear.ReplaceAllString(since, ""), ""), "")
	if m.namesOther(bare) {
		return nil
	}
	row, _ := m.rowFor(bare, "", func(r *campaign.Row) bool { return a.percent || counts(a.unit, r) })
	if row == nil {
		return nil
	}
	return m.figure(bare, bare, row)
}

// then returns the quantity that a change counts from, nil where there is none,
// and its figure, nil for last year's; named reports whether the words say so.
func (m *Matcher) then(since string, f *stats.Figure) (then *campaign.Quantity, figure *stats.Figure, named bool) {
	if lastYear.MatchString(since) {
		if f.LastYear.IsNumber() {
			then = &f.LastYear
		}
		return then, nil, true
	}
	round, named := m.stats.Before(f.Round), lastRound.MatchString(since)
	for _, r := range m.campaign.Rounds {
		if r != f.Round && mentions(since, r.Named) {
			round, named = r, true
			break
		}
	}
	if round != nil {
		figure = m.stats.Figure(round, f.Row, f.Region)
	}
	if figure != nil {
		then = &figure.Quantity
	}
	return then, figure, named
}

// increaseOf makes the claim of a number that is the increase of a named row.
func (m *Matcher) increaseOf(f *stats.Figure, a amount, named bool) *Claim {
	if before := m.stats.Before(f.Round); before != nil && f.Round.Basis == campaign.Cumulative {
		if then := m.stats.Figure(before, f.Row, f.Region); then != nil {
			return m.sinceClaim(f, then, a.value, named)
		}
	}
	return nil
}

func amountClaim(f, since *stats.Figure, then campaign.Quantity, value decimal.Decimal, named bool) *Claim {
	if !f.Quantity.IsNumber() || !then.IsNumber() {
		return nil
	}
	difference := valueOf(f.Quantity, f.Row).Sub(valueOf(then, f.Row))
	scale, _ := scaleOf(f.Row.Unit)
	return &Claim{
		Aspect: Increase, Figure: f, Round: f.Round, Region: f.Region, Since: since, Named: named,
		Equal: difference.Equal(value), Want: wantedChange(difference.Div(scale), f),
	}
}

func percentClaim(f, since *stats.Figure, then campaign.Quantity, value decimal.Decimal, places int32) *Claim {
	if !f.Quantity.IsNumber() || !then.IsNumber() || then.Decimal().IsZero() {
		return nil
	}
	difference := f.Quantity.Decimal().Sub(then.Decimal()).Mul(decimal.New(100, 0))
	want := difference.DivRound(then.Decimal(), max(places, 0))
	if places < 0 {
		want = difference.Div(then.Decimal()).Round(places)
	}
	shown := difference.DivRound(then.Decimal(), max(places, 1))
	verb := "增长 "
	if shown.IsNegative() {
		verb = "下降 "
	}
	return &Claim{
		Aspect: Percent, Figure: f, Round: f.Round, Region: f.Region, Since: since, Named: true,
		Equal: want.Equal(value), Want: verb + strings.TrimPrefix(shown.String(), "-") + "%",
	}
}
