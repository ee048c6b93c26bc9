package sheet

import (
	"io"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// extracts returns the CSV beside each page that shows a table: a department's
// figures with its counties', a county's, a priority's, and a round's annex.
// The columns are those of the whole list; nothing is written where there is
// no figure.
func extracts(v *release.View, list []entry) []release.File {
	c := v.Campaign()
	var files []release.File
	add := func(path string, part []entry) {
		if len(part) > 0 {
			files = append(files, v.File(path, func(w io.Writer) error { return writeCSV(w, header, cells(part)) }))
		}
	}
	where := func(wanted func(entry) bool) (part []entry) {
		for _, e := range list {
			if wanted(e) {
				part = append(part, e)
			}
		}
		return part
	}
	for _, d := range c.Departments {
		add("departments/"+d.Code+"/statistics.csv", where(func(e entry) bool { return e.figure.Department == d }))
	}
	byRegion := map[*campaign.Region][]entry{}
	for _, r := range list {
		if r.figure.Region != nil {
			byRegion[r.figure.Region] = append(byRegion[r.figure.Region], r)
		}
	}
	for _, region := range c.Regions {
		add("regions/"+region.Code+"/statistics.csv", byRegion[region])
	}
	for _, p := range c.Priorities {
		add("tasks/"+p.Code+"/statistics.csv", where(func(e entry) bool { return e.region == "" && e.figure.Row.Priority == p }))
	}
	for _, round := range c.Rounds {
		add("statistics/"+round.Code+".csv", where(func(e entry) bool { return e.region == "" && e.figure.Round == round }))
	}
	return files
}
