package sheet

import (
	"encoding/csv"
	"fmt"
	"io"

	"wangjian/internal/chart"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// chartTables gives the table behind each chart that the campaign supports.
func chartTables(v *release.View, b *stats.Book) []release.File {
	var files []release.File
	for _, listed := range chart.List(b, v.Campaign()) {
		files = append(files, v.File("data/charts/"+listed.Code+".csv", func(w io.Writer) error {
			c, err := chart.Find(b, v.Campaign(), listed.Code)
			if err != nil {
				return fmt.Errorf("图 %s 的数据：%w", listed.Code, err)
			}
			return writeTable(w, c.Head, c.Rows)
		}))
	}
	return files
}

// writeTable writes a table as writeCSV does the list.
func writeTable(w io.Writer, head []string, rows [][]string) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	for _, row := range append([][]string{head}, rows...) {
		cells := make([]string, len(row))
		for n, cell := range row {
			cells[n] = inert(cell)
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
