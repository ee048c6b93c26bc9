package sheet

import (
	"fmt"
	"io"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// extracts returns the CSV beside each page that shows a table: a department's
// figures with its counties', a county's, a priority's, and a round's annex.
// The columns are those of the whole list; nothing is written where there is
// no figure.
func extracts(v *release.View, list []*stats.Figure) []release.File {
	c := v.Campaign()
	var files []release.File
	add := func(path string, part []*stats.Figure) {
		if len(part) > 0 {
			files = append(files, v.File(path, func(w io.Writer) error { return writeCSV(w, header, cells(c, part)) }))
		}
	}
	where := func(wanted func(*stats.Figure) bool) (part []*stats.Figure) {
		for _, f := range list {
			if wanted(f) {
				part = append(part, f)
			}
		}
		return part
	}
	for _, d := range c.Departments {
		add("departments/"+d.Code+"/statistics.csv", where(func(f *stats.Figure) bool { return f.Department == d }))
	}
	byRegion := map[*campaign.Region][]*stats.Figure{}
	for _, f := range list {
		if f.Region != nil {
			byRegion[f.Region] = append(byRegion[f.Region], f)
		}
	}
	for _, region := range c.Regions {
		add("regions/"+region.Code+"/statistics.csv", byRegion[region])
	}
	for _, p := range c.Priorities {
		add("tasks/"+p.Code+"/statistics.csv", where(func(f *stats.Figure) bool { return isWhole(f) && f.Row.Priority == p }))
	}
	for _, round := range c.Rounds {
		add("statistics/"+round.Code+".csv", where(func(f *stats.Figure) bool { return isWhole(f) && f.Round == round }))
	}
	return files
}

func isWhole(f *stats.Figure) bool { return f.Region == nil && !f.Own }

// chartTables returns the table behind each chart that the campaign supports.
func chartTables(v *release.View, b *stats.Table) []release.File {
	var files []release.File
	for _, listed := range chart.List(b, v.Campaign()) {
		files = append(files, v.File("data/charts/"+listed.Code+".csv", func(w io.Writer) error {
			c, err := chart.Find(b, v.Campaign(), listed.Code)
			if err != nil {
				return fmt.Errorf("图 %s 的数据：%w", listed.Code, err)
			}
			return writeTable(w, c.Head, fullNames(v.Campaign(), c.Rows))
		}))
	}
	return files
}

// fullNames calls regions in a chart's rows as all data files do; a chart has no
// room for it.
func fullNames(c *campaign.Campaign, rows [][]string) [][]string {
	full := map[string]string{}
	for _, r := range c.Regions {
		full[r.Short] = r.Name
	}
	named := make([][]string, len(rows))
	for n, row := range rows {
		named[n] = slices.Clone(row)
		for m, cell := range row {
			if name := full[cell]; name != "" {
				named[n][m] = name
			}
		}
	}
	return named
}

// PenaltiesPath is where the summaries of all published penalties go.
const PenaltiesPath = "data/penalties.csv"

// penalties returns the summaries of the view's cases: the items of
// 总局令第45号 in their order, under the names that campaign.yaml has for them.
// A case that was taken down is not among them.
func penalties(v *release.View) []release.File {
	cases := v.ItemsOf(campaign.Cases)
	if len(cases) == 0 {
		return nil
	}
	return csvFiles(v, PenaltiesPath, func(w io.Writer) error { return writePenalties(w, v, cases) })
}

func writePenalties(w io.Writer, v *release.View, cases []*campaign.Item) error {
	var rows [][]string
	for _, i := range cases {
		c := i.Case
		var row []string
		for _, f := range campaign.SummaryFields() {
			row = append(row, f.Plain(c))
		}
		rows = append(rows, row)
	}
	return writeTable(w, penaltyColumns(v.Campaign()), rows)
}

// penaltyColumns names the columns as the publicity system does.
// CommitmentsPath is where all published credit commitments go.
const CommitmentsPath = "data/commitments.csv"

var commitmentColumns = []struct {
	name, about string
	of          func(*campaign.Item) string
}{
	{"承诺主体", "作出承诺的平台、商家、快递企业", func(i *campaign.Item) string { return i.Commitment.Party }},
	{"统一社会信用代码", "承诺主体的；没有公开的为空", func(i *campaign.Item) string { return i.Commitment.CreditCode }},
	{"主体类型", "如平台、平台内经营者、快递企业", func(i *campaign.Item) string { return i.Commitment.Kind }},
	{"承诺名称", "公开的标题", func(i *campaign.Item) string { return i.Title }},
	{"承诺日期", "作出承诺的日子", func(i *campaign.Item) string { return i.Commitment.On.String() }},
	{"期限", "承诺到哪一天，或 长期", func(i *campaign.Item) string { return i.Commitment.Term }},
	{"公开日期", "第一次公开的日子", func(i *campaign.Item) string { return i.PublishedAt.Date.String() }},
}

func commitments(v *release.View) []release.File {
	items := v.ItemsOf(campaign.Commitments)
	if len(items) == 0 {
		return nil
	}
	var head []string
	for _, c := range commitmentColumns {
		head = append(head, c.name)
	}
	return csvFiles(v, CommitmentsPath, func(w io.Writer) error {
		var rows [][]string
		for _, i := range items {
			var row []string
			for _, c := range commitmentColumns {
				row = append(row, c.of(i))
			}
			rows = append(rows, row)
		}
		return writeTable(w, head, rows)
	})
}

func penaltyColumns(c *campaign.Campaign) []string {
	var names []string
	for _, item := range campaign.SummaryItems {
		name := c.Publicity.Columns[item]
		if name == "" {
			name = item
		}
		names = append(names, name)
	}
	return names
}
