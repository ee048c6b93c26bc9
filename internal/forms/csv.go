package forms

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
)

// readCSV reads a sheet that was saved as CSV, in any encoding that Office writes.
func readCSV(data []byte) (*grid, *campaign.Finding) {
	if p := checkSize(data); p != nil {
		return nil, p
	}
	text, err := intake.Decode(data)
	if err != nil {
		return nil, problemf("import-kind", "另存为“CSV UTF-8（逗号分隔）”后再导入", "%s，读不成 CSV", err)
	}
	g := newGrid("")
	g.widths = map[int]int{}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = delimiter(text), -1, true
	filled, inside := 0, 0 // line ends inside cells so far: a spreadsheet's row is not a line
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return g, nil
		}
		if err != nil {
			return nil, problemf("import-kind", "用电子表格打开后另存为 CSV，再导入", "CSV 读不下去")
		}
		line, _ := r.FieldPos(0)
		row := line - inside
		g.widths[row] = len(record)
		for n, field := range record {
			inside += strings.Count(field, "\n")
			if trim(field) == "" {
				continue
			}
			if filled == maxCells || n >= 1<<14 {
				return nil, readError(intake.ErrTooMany)
			}
			filled++
			g.put(&intake.Cell{Row: row, Column: n + 1, Text: field, Formula: strings.HasPrefix(trim(field), "=")})
		}
	}
}

// delimiter tells which sign separates the columns: the one that the line of
// the table's head has most of.
func delimiter(text string) rune {
	for line := range strings.Lines(text) {
		if !strings.Contains(line, headQuantity) || !strings.Contains(line, headItem) {
			continue
		}
		best := ','
		for _, sign := range []rune{'\t', ';'} {
			if strings.Count(line, string(sign)) > strings.Count(line, string(best)) {
				best = sign
			}
		}
		return best
	}
	return ','
}

// mark is the byte order mark that Office puts before UTF-8.
const mark = "\ufeff"
