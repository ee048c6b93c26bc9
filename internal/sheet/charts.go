package sheet

import (
	"fmt"
	"io"

	"wangjian/internal/chart"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// chartTables returns the table behind each chart that the campaign supports.
func chartTables(v *release.View, b *stats.Table) []release.File {
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
