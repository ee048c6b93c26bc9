package prose

import (
	"regexp"
	"strings"

	"wangjian/internal/campaign"
)

// CellClaim is what a cell of a table says about a figure.
type CellClaim struct {
	Claim
	Cell int
}

var (
	// changeHead is the head of a column that does not hold the figure itself.
	changeHead = regexp.MustCompile(`新增|增加|增长|增幅|同比|环比|同期|上年|去年|以后|以来|之后|占比|比例|比重|率$`)
	cellAmount = regexp.MustCompile(`^(?:无|[0-9０-９.,，．%％\s]*[0-9０-９][0-9０-９.,，．%％\s]*[\p{Han}]{0,3})$`)
)

// IsAmount reports whether a cell holds a number, with its unit or without.
func IsAmount(text string) bool { return cellAmount.MatchString(strings.TrimSpace(text)) }

// Line compares the numbers of a line of a table that a row of the form names,
// in one of its cells or in the head of a column.
func (m *Matcher) Line(head, cells []string) (list []CellClaim) {
	l := tableLine{Matcher: m, cells: cells, words: strings.Join(cells, " "), row: m.rowOfLine(cells)}
	l.round, l.named = m.roundOf(l.words)
	numbers := 0
	for _, text := range cells {
		if text != "无" && IsAmount(text) || strings.Contains(text, referenceMark) {
			numbers++
		}
	}
	for i, text := range cells {
		title := ""
		if i < len(head) {
			title = head[i]
		}
		row, round, named := l.column(title)
		if row == nil || round == nil || numbers > 1 && !named {
			continue
		}
		if c := m.cell(text, row, round); c != nil {
			list = append(list, CellClaim{*c, i})
		}
	}
	return list
}

// tableLine is a line of a table, with the row and the round that it names.
type tableLine struct {
	*Matcher
	cells []string
	words string
	row   *campaign.Row
	round *campaign.Round
	named bool
}

// column returns the row and the round that a cell in a column is of; nil where
// it holds no figure of a row.
func (l *tableLine) column(title string) (row *campaign.Row, round *campaign.Round, named bool) {
	change := title
	if row = l.row; row != nil {
		round, named = l.roundOf(title)
	} else {
		row, round, named = l.rowNamed(title, title, l.cells), l.round, l.named
		title, change = "", l.words
	}
	if row == nil || changeHead.MatchString(change) || !hasUnit(row, title, l.cells) {
		return nil, nil, false
	}
	return row, round, named
}

// rowOfLine finds the row that one cell of a line names in full.
func (m *Matcher) rowOfLine(cells []string) *campaign.Row {
	for _, text := range cells {
		if found := m.rowNamed(text, "", cells); found != nil {
			return found
		}
	}
	return nil
}

// rowNamed finds the row that a text names in full; title is the head of its
// column.
func (m *Matcher) rowNamed(text, title string, cells []string) *campaign.Row {
	text = quotes.Replace(text)
	var found []*campaign.Row
	for _, r := range m.rows {
		if is := m.labels[r]; text == is[1] || text == is[0] && hasUnit(r, title, cells) {
			found = append(found, r)
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found[0]
}

// hasUnit reports whether a line or its column's head says the row's unit.
func hasUnit(row *campaign.Row, title string, cells []string) bool {
	if strings.Contains(title, "（"+row.Unit+"）") || strings.Contains(title, "("+row.Unit+")") {
		return true
	}
	for _, text := range cells {
		text = strings.Join(strings.Fields(text), " ")
		if text == row.Unit || strings.HasSuffix(quotes.Replace(text), "("+row.Unit+")") || IsAmount(text) && strings.HasSuffix(text, row.Unit) {
			return true
		}
	}
	return false
}

// roundOf returns which round a column is of by its head; nil where it names
// several.
func (m *Matcher) roundOf(title string) (round *campaign.Round, named bool) {
	round = m.round
	count := 0
	for _, r := range m.campaign.Rounds {
		if mentions(title, r.Named) {
			round, count = r, count+1
		}
	}
	if count > 1 {
		return nil, true
	}
	return round, count == 1
}

// cell compares one number of a table.
func (m *Matcher) cell(text string, row *campaign.Row, round *campaign.Round) *Claim {
	lead := len(text) - len(strings.TrimLeft(text, " 　"))
	written := strings.TrimSpace(text)
	number := strings.TrimSpace(strings.TrimSuffix(FoldDigits(written), row.Unit))
	value, ok := ParseNumber(number)
	if !ok || len(number) > campaign.MaxDigits {
		return nil
	}
	f := m.stats.Figure(round, row, m.region)
	if f == nil {
		return nil
	}
	c := whole(f, amount{})
	c.Equal = f.Quantity.IsNumber() && f.Quantity.Decimal().Equal(value)
	c.From, c.End, c.Sure = lead, lead+len(written), true
	c.To = c.End
	if strings.HasSuffix(written, row.Unit) {
		c.Unit, c.To = row.Unit, c.End-len(row.Unit)
	}
	return c
}
