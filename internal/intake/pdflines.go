package intake

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"wangjian/internal/linebreak"
)

// pdfGlyph is a character where it stands: along its line, and across, upwards.
type pdfGlyph struct {
	along, across, width, size float64
	text                       string
}

// pdfDirection is the way in which a line runs, in eighths of its length.
type pdfDirection struct{ x, y int }

// pdfCell is what stands together in a line.
type pdfCell struct {
	from, to float64
	text     strings.Builder
}

// place puts a character in the frame of its direction: lines are ordered from the
// first to the last as they are read, however the page was turned.
func (p *pdfPage) place(text string, x, y, dx, dy, width, size float64) {
	length := math.Sqrt(float64(dx*dx) + float64(dy*dy))
	if !(length > 1e-9 && length < 1e9) || !(math.Abs(x)+math.Abs(y) < 1e9) {
		x, y, dx, dy, length = 0, 0, 1, 0, 1
	}
	d := pdfDirection{int(math.Round(dx / length * 8)), int(math.Round(dy / length * 8))}
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	if p.glyphs == nil {
		p.glyphs = map[pdfDirection][]pdfGlyph{}
	}
	if p.glyphs[d] == nil {
		p.directions = append(p.directions, d)
	}
	norm := math.Sqrt(float64(d.x*d.x + d.y*d.y))
	p.glyphs[d] = append(p.glyphs[d], pdfGlyph{
		along:  (float64(x*float64(d.x)) + float64(y*float64(d.y))) / norm,
		across: (float64(y*float64(d.x)) - float64(x*float64(d.y))) / norm,
		width:  math.Abs(width), size: max(math.Abs(size), 0.01), text: text,
	})
}

// tell adds the page's lines, and what a line break splits.
func (p *pdfPage) tell() {
	for _, d := range p.directions {
		var rows [][]*pdfCell // that have several cells each
		last := ""
		for _, line := range linesOf(p.glyphs[d]) {
			row := cellsOf(line)
			if len(row) < 2 {
				p.rows(rows)
				rows = nil
			}
			if rows = append(rows, row); len(row) < 2 {
				p.rows(rows)
				rows = nil
			}
			text := textOf(row)
			p.join(last, text)
			p.stack(row, line[0].size)
			last = text
		}
		p.rows(rows)
		p.stack(nil, 0)
	}
	for _, line := range append(p.joins, p.alternates...) {
		p.to.add(p.where, line)
	}
}

// stack follows characters that stand one below the other, each a line of its own: an
// upright text that is written downwards.
func (p *pdfPage) stack(row []*pdfCell, size float64) {
	one := len(row) == 1 && utf8.RuneCountInString(row[0].text.String()) == 1
	if n := len(p.stacked); n > 0 && (!one || math.Abs(row[0].from-p.stacked[n-1].from) > float64(0.5*size)) {
		if n > 2 {
			p.joins = append(p.joins, strings.ReplaceAll(textOf(p.stacked), "\t", ""))
		}
		p.stacked = nil
	}
	if one {
		p.stacked = append(p.stacked, row[0])
	}
}

// join keeps the end of a line with the beginning of the next where a number may be
// split between them.
func (p *pdfPage) join(last, next string) {
	tail, head := []rune(strings.TrimRight(last, " \t")), []rune(strings.TrimLeft(next, " \t"))
	if len(tail) > 0 && len(head) > 0 && numeral(tail[len(tail)-1]) && numeral(head[0]) {
		p.joins = append(p.joins, string(tail[max(0, len(tail)-24):])+string(head[:min(24, len(head))]))
	}
}

func textOf(row []*pdfCell) string {
	var list []string
	for _, c := range row {
		list = append(list, c.text.String())
	}
	return strings.Join(list, "\t")
}

func numeral(r rune) bool {
	return linebreak.IsNumeral(r) || strings.ContainsRune("-－—", r)
}

// rows adds lines that follow each other and have several cells each, as a table:
// its columns are those of the line with the most cells.
func (p *pdfPage) rows(rows [][]*pdfCell) {
	if len(rows) == 0 {
		return
	}
	widest := slices.MaxFunc(rows, func(a, b []*pdfCell) int { return len(a) - len(b) })
	if len(widest) < 2 {
		p.to.add(p.where, textOf(rows[0]))
		return
	}
	p.to.tables++
	for _, row := range rows {
		cells := make([]string, len(widest))
		for _, c := range row {
			n := column(widest, c)
			cells[n] = strings.TrimSpace(cells[n] + " " + c.text.String())
		}
		p.to.keepRow(Piece{Where: p.where, Table: p.to.tables, Cells: cells})
	}
}

// column returns the column that a cell stands in, or is nearest to.
func column(columns []*pdfCell, c *pdfCell) int {
	best, least := 0, math.Inf(1)
	for n, k := range columns {
		apart := max(k.from-c.to, c.from-k.to) // negative where they overlap
		if apart < least {
			best, least = n, apart
		}
	}
	return best
}

// linesOf sorts characters into lines.
func linesOf(glyphs []pdfGlyph) [][]pdfGlyph {
	slices.SortStableFunc(glyphs, func(a, b pdfGlyph) int { return cmp.Compare(b.across, a.across) })
	var lines [][]pdfGlyph
	for from := 0; from < len(glyphs); {
		to := from + 1
		for to < len(glyphs) && glyphs[from].across-glyphs[to].across < float64(0.45*max(glyphs[from].size, glyphs[to].size)) {
			to++
		}
		line := glyphs[from:to]
		slices.SortStableFunc(line, func(a, b pdfGlyph) int { return cmp.Compare(a.along, b.along) })
		lines = append(lines, line)
		from = to
	}
	return lines
}

// cellsOf joins the characters of a line into words and cells. Characters that stand
// at equal distances, one to a box or letter-spaced, are one word.
func cellsOf(line []pdfGlyph) []*pdfCell {
	var cells []*pdfCell
	for n, g := range line {
		gap, spaced := math.Inf(1), false
		if n > 0 {
			before := line[n-1]
			gap, spaced = g.along-before.along-before.width, evenly(line, n)
			if before.text == g.text && g.along-before.along < float64(0.2*g.size) && before.width > float64(0.25*g.size) {
				continue // printed twice to look bold
			}
		}
		if gap > g.size && !spaced {
			cells = append(cells, &pdfCell{from: g.along})
		}
		c := cells[len(cells)-1]
		if c.text.Len() > 0 && gap > float64(0.2*g.size) && !spaced {
			c.text.WriteByte(' ')
		}
		c.text.WriteString(g.text)
		c.to = max(c.to, g.along+g.width)
	}
	return cells
}

// evenly reports whether a character and the one before it belong to several that
// stand apart at equal distances: four, or three of Han.
func evenly(line []pdfGlyph, n int) bool {
	pitch := func(k int) float64 {
		if k < 1 || k >= len(line) || utf8.RuneCountInString(line[k].text) != 1 {
			return 0
		}
		by := line[k].along - line[k-1].along
		if by > float64(2.5*line[k].size) || by-line[k-1].width <= float64(0.2*line[k].size) {
			return 0
		}
		return by
	}
	own, equal, need := pitch(n), 1, 3
	if own == 0 {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(line[n].text); isHan(r) {
		need = 2
	}
	for _, step := range []int{-1, 1} {
		for k := n + step; math.Abs(pitch(k)-own) < float64(0.2*own) && equal < need; k += step {
			equal++
		}
	}
	return equal >= need
}
