package pdf

import (
	"slices"
	"strings"
	"unicode"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/stats"
)

// continuedMark stands above a table that goes on from the page before.
const continuedMark = "续表"

// columns makes a table's columns of letters: l, c and r set theirs to the left,
// in the middle and to the right, any other leaves that to its cells; a
// capital's cells head their rows. Columns without a share of the width take
// what they need.
func columns(letters string, shares ...float64) []typeset.Column {
	aligns := map[rune]typeset.Align{'l': typeset.Left, 'c': typeset.Center, 'r': typeset.Right}
	list := make([]typeset.Column, len(letters))
	for i, letter := range letters {
		list[i] = typeset.Column{Align: aligns[unicode.ToLower(letter)], Heads: unicode.IsUpper(letter)}
		if i < len(shares) {
			list[i].Share = shares[i]
		}
	}
	return list
}

// captioned adds a table below its caption, and below it what there is to say of
// its figures.
func (w *writer) captioned(caption string, t *typeset.Table, notes ...string) {
	w.caption(caption)
	t.Space = 2
	w.add(t)
	if len(notes) > 0 {
		t.Note = &typeset.Paragraph{Runs: w.runs("注："+strings.Join(notes, "。")+"。", small), Lead: smallLead, Space: 3, Align: typeset.Left}
	}
	w.add(gap)
}

// table makes a table of the usual style.
func (w *writer) table(columns []typeset.Column, head []typeset.Row, rows []typeset.Row) *typeset.Table {
	return &typeset.Table{
		Columns: columns, Head: head, Rows: rows,
		Continued: w.runs(continuedMark, smallHei),
		Size:      smallSize, Lead: smallLead, Pad: tablePad, Tight: []float64{2.8, 2.2}, Space: tableSpace,
	}
}

// headRow makes the head of a table.
func (w *writer) headRow(titles ...string) []typeset.Row {
	var row typeset.Row
	for _, t := range titles {
		row = append(row, typeset.Cell{Runs: w.runs(t, smallHei), Align: typeset.Center})
	}
	return []typeset.Row{row}
}

// rowOf makes a row of plain cells whose text comes from a place.
func (w *writer) rowOf(at campaign.Position, texts ...string) typeset.Row {
	w.from(at)
	defer w.from(campaign.Position{})
	return w.textRow(texts...)
}

// textRow makes a row of plain cells.
func (w *writer) textRow(texts ...string) typeset.Row {
	var row typeset.Row
	for _, t := range texts {
		row = append(row, typeset.Cell{Runs: w.runs(t, small)})
	}
	return row
}

// withoutDashes is a table of cells without spans, less the columns that have nothing but dashes.
func withoutDashes(t *typeset.Table) *typeset.Table {
	for col := len(t.Columns) - 1; col > 0; col-- {
		if slices.ContainsFunc(t.Rows, func(r typeset.Row) bool { return r[col].Runs[0].Text != stats.NoFigure }) {
			continue
		}
		t.Columns = slices.Delete(t.Columns, col, col+1)
		for _, rows := range [][]typeset.Row{t.Head, t.Rows} {
			for i := range rows {
				rows[i] = slices.Delete(rows[i], col, col+1)
			}
		}
	}
	return t
}

// record adds a table of two columns: what, and its value. Pairs without a
// value are left out.
func (w *writer) record(pairs [][2]string) *typeset.Table {
	var rows []typeset.Row
	for _, p := range pairs {
		if p[1] != "" {
			rows = append(rows, typeset.Row{
				{Runs: w.runs(p[0], smallHei), Align: typeset.Center},
				{Runs: w.linked(p[1], small)},
			})
		}
	}
	t := w.table(columns("Jl", 0.22, 0.78), nil, rows)
	t.Whole = true
	w.add(t, gap)
	return t
}

// gap keeps what follows a table or picture from touching it.
var gap = typeset.Gap{Height: tableSpace}

// changeTitle heads the column of changes against the round before.
func (w *writer) changeTitle(r *campaign.Round) string {
	before := w.stats.Before(r)
	if before == nil {
		return "变化"
	}
	if r.Basis == campaign.Cumulative {
		return "较" + before.Name + "增加"
	}
	return "较" + before.Name + "增幅"
}

// changeText is a figure's change, or a dash where there is none to tell.
func (w *writer) changeText(f *stats.Figure) string {
	if f == nil {
		return "—"
	}
	c, err := w.stats.Change(f)
	if err != nil {
		return "—"
	}
	return c.Text()
}

// changed reports whether any of the figures has a change to tell.
func (w *writer) changed(figures []*stats.Figure) bool {
	return slices.ContainsFunc(figures, func(f *stats.Figure) bool { return w.changeText(f) != stats.NoFigure })
}

// mostRounds is how many rounds stand side by side in a department's table.
const mostRounds = 4

// departmentTable adds a department's figures of all rounds, with the change.
func (w *writer) departmentTable(d *campaign.Department) {
	rounds := w.stats.Rounds(d)
	rows := w.campaign.Form.RowsOf(d)
	if len(rounds) == 0 || len(rows) == 0 {
		return
	}
	w.tabled[d] = true
	rounds = rounds[max(0, len(rounds)-mostRounds):]
	latest := rounds[len(rounds)-1]
	changes := slices.ContainsFunc(rows, func(r *campaign.Row) bool {
		return w.changeText(w.stats.Figure(latest, r, nil)) != stats.NoFigure
	})
	titles := []string{"项目", "单位"}
	for _, r := range rounds {
		titles = append(titles, r.Name)
	}
	if changes {
		titles = append(titles, w.changeTitle(latest))
	}
	var lines []typeset.Row
	var figures, current []*stats.Figure
	for _, row := range rows {
		texts := []string{row.Line(), row.Unit}
		var f *stats.Figure
		for _, r := range rounds {
			f = w.stats.Figure(r, row, nil)
			texts, figures = append(texts, figureText(f)), append(figures, f)
		}
		current = append(current, f)
		if changes {
			texts = append(texts, w.changeText(f))
		}
		lines = append(lines, w.textRow(texts...))
	}
	w.captioned(d.Short+"统计数据", w.table(columns("Lc"+strings.Repeat("r", len(titles)-2)), w.headRow(titles...), lines),
		slices.Concat(w.stats.WithoutNotes(figures...), w.stats.ScopeNotes(current...))...)
}

// figureText is a quantity as printed; what was not reported is never a zero.
func figureText(f *stats.Figure) string {
	if f == nil {
		return "—"
	}
	return f.Quantity.String()
}
