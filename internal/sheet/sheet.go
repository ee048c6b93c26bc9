// Package sheet makes the figures available as files that a reader can reckon
// with: data/statistics.csv for any program, data/statistics.json for other
// people's code, data/statistics.xlsx laid out like the annex's form.
//
// CSV and JSON are the same flat list, a line a figure, of the columns of
// records.go. The workbook has a file a kind of sheet: annex.go prints the form of
// a round, departments.go a department over the rounds, counties.go the regions
// beside each other; workbook.go knows excelize, so that those three do not.
//
// A published figure never passes through a binary float. Names and remarks
// are other people's text: none of it can become a formula in a spreadsheet.
package sheet

import (
	"fmt"
	"io"
	"slices"
	"unicode/utf16"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// The published paths.
const (
	CSVPath  = "data/statistics.csv"
	JSONPath = "data/statistics.json"
	XLSXPath = "data/statistics.xlsx"
	// PackagePath describes the tables for programs.
	PackagePath = "data/datapackage.json"
)

// sampleMark stands on everything that is made from invented figures.
const sampleMark = "示例数据：数字均为虚构，只作演示"

// none stands where there is no figure: blank is neither 0 nor 无.
const none = "—"

// maxCell is the most that a cell of a spreadsheet holds, in UTF-16 units.
const maxCell = 32767

// Files returns the downloads of a view: all figures, and beside each page with
// a table the figures of that page. It fails on text that a
// spreadsheet would cut off.
func Files(v *release.View, b *stats.Table) ([]release.File, error) {
	list, all := b.Figures(), b.Due()
	for _, f := range list {
		for _, c := range texts {
			if cell := c.of(f); len(cell) > maxCell && len(utf16.Encode([]rune(cell))) > maxCell {
				return nil, fmt.Errorf("%s：“%s”超过 %d 个字，电子表格的一格放不下", f.At.Source(), c.name, maxCell)
			}
		}
	}
	c := v.Campaign()
	files := csvFiles(v, CSVPath, func(w io.Writer) error { return writeCSV(w, header, cells(c, all)) })
	files = append(files,
		v.File(JSONPath, func(w io.Writer) error {
			return writeJSON(w, []about{{"名称", c.Name}, {"示例", c.Sample}, {"日期", v.Stamp().Brief()}}, header, cells(c, all))
		}),
		v.File(XLSXPath, func(w io.Writer) error { return writeXLSX(w, v, b) }),
		v.File(PackagePath, func(w io.Writer) error { return writePackage(w, v) }),
	)
	return slices.Concat(files, penalties(v), commitments(v), extracts(v, all), chartTables(v, b), editions(v)), nil
}

// label names a row with its unit and, for a 其中 row, with what it divides.
func label(r *campaign.Row) string {
	if r.Parent == nil {
		return r.Label()
	}
	return "其中：" + r.Label()
}
