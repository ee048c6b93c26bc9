package sheet

import (
	"fmt"
	"io"
	"iter"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// earlier are the columns of figures as they were published on an earlier day.
var earlier = []string{"期次", "部门", "地区", "项目", "隶属", "单位", "数量"}

// EditionPath is where the figures of an edition stay.
func EditionPath(number int, ending string) string {
	return fmt.Sprintf("data/%d/statistics.%s", number, ending)
}

// editions returns the figures of each edition, as the public was shown them.
func editions(v *release.View) (files []release.File) {
	if v.Campaign().History == nil {
		return nil
	}
	for _, e := range v.Campaign().History.Editions {
		facts := []about{{"名称", v.Campaign().Name}, {"版次", e.Number}, {"日期", e.On.String()}}
		files = append(files,
			v.File(EditionPath(e.Number, "csv"), func(w io.Writer) error { return WriteEarlier(w, e.Figures) }),
			v.File(EditionPath(e.Number, "json"), func(w io.Writer) error { return writeJSON(w, facts, earlier, earlierCells(e.Figures)) }),
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
