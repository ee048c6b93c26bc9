package sheet

import (
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// earlier are the columns of figures as they were published on an earlier day.
var earlier = []string{"期次", "部门", "地区", "项目", "隶属", "单位", "数量"}

// editions returns the figures of each edition, as the public was shown them.
func editions(v *release.View) (files []release.File) {
	if v.Campaign().History == nil {
		return nil
	}
	for _, e := range v.Campaign().History.Editions {
		facts := []about{{"名称", v.Campaign().Name}, {"版次", e.Number}, {"日期", e.On.String()}}
		files = append(files, csvFiles(v, e.Path("csv"), func(w io.Writer) error { return WriteEarlier(w, e.Figures) })...)
		files = append(files,
			v.File(e.Path("json"), func(w io.Writer) error { return writeJSON(w, facts, earlier, earlierCells(e.Figures)) }),
		)
	}
	return files
}

// WriteEarlier writes figures as they were published on an earlier day.
func WriteEarlier(w io.Writer, list []campaign.PublishedFigure) error {
	return writeCSV(w, earlier, earlierCells(list))
}

func earlierCells(list []campaign.PublishedFigure) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, f := range list {
			value := campaign.Withdrawn
			if f.Quantity.Kind != campaign.Blank {
				value = f.Quantity.String()
			}
			if !yield([]string{f.Round, f.Department, f.Region, f.Row, f.Parent, f.Unit, value}) {
				return
			}
		}
	}
}

// WriteItems writes the items that were public on an earlier day, by file.
func WriteItems(w io.Writer, items map[string]campaign.PublishedItem) error {
	var rows [][]string
	for _, file := range slices.Sorted(maps.Keys(items)) {
		i := items[file]
		rows = append(rows, []string{i.File, i.Title, i.Since.String(), strings.Join(i.Pages, " "), i.Digest})
	}
	return writeTable(w, []string{"文件", "标题", "公布日期", "网页", "校验值"}, rows)
}
