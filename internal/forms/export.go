package forms

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// Workbook is a form to send out.
type Workbook struct {
	Name       string // 终期/公安局.xlsx, 终期/公安局_章贡区.xlsx
	Data       []byte
	Round      *campaign.Round
	Department *campaign.Department
	Region     *campaign.Region // nil for a department's own
}

// ExportOptions say what a workbook holds beyond the annex.
type ExportOptions struct {
	// Counties are departments whose counties report, beside those for which
	// a county's report is there already, in any round. They get a sheet 本级,
	// and ExportAll a workbook for each county.
	Counties []*campaign.Department
	// LastYear adds the column 上年同期. It is there in any case where the
	// report that is in data/ has one.
	LastYear bool
}

// countiesReport reports whether a department's counties report to it.
func (o ExportOptions) countiesReport(c *campaign.Campaign, d *campaign.Department) bool {
	return slices.Contains(o.Counties, d) ||
		slices.ContainsFunc(c.Reports, func(r *campaign.Report) bool { return r.Department == d && r.Region != nil })
}

// Export draws the form of a round for a department, or for one of its
// regions, filled in with the report that is in data/ already.
func Export(c *campaign.Campaign, round *campaign.Round, d *campaign.Department, region *campaign.Region, o ExportOptions) (*Workbook, error) {
	if len(c.Form.RowsOf(d)) == 0 {
		return nil, fmt.Errorf("%s在统计表里没有项目，没有表可导出", d.Name)
	}
	b := &book{
		campaign: c, template: templateOf(c, round, d, region), round: round, department: d, region: region,
		report:  c.Report(round, d, region),
		withOwn: region == nil && o.countiesReport(c, d),
	}
	b.lastYear = o.LastYear || b.hasLastYear()
	b.draw()
	defer b.out.File.Close()
	var data bytes.Buffer
	if b.out.Err == nil {
		b.out.Err = b.out.File.Write(&data)
	}
	if b.out.Err != nil {
		return nil, fmt.Errorf("制作%s%s的报表：%w", round.Name, d.Short, b.out.Err)
	}
	return &Workbook{Name: fileName(round, d, region), Data: data.Bytes(), Round: round, Department: d, Region: region}, nil
}

// ExportAll draws the forms of the rounds for the departments (nil: all) that
// have rows, and for the counties of those whose counties report.
func ExportAll(c *campaign.Campaign, rounds []*campaign.Round, departments []*campaign.Department, o ExportOptions) ([]*Workbook, error) {
	if rounds == nil {
		rounds = c.Rounds
	}
	if departments == nil {
		departments = c.Departments
	}
	var list []*Workbook
	for _, round := range rounds {
		for _, d := range departments {
			if len(c.Form.RowsOf(d)) == 0 {
				continue
			}
			units := []*campaign.Region{nil}
			if o.countiesReport(c, d) {
				units = append(units, c.Regions...)
			}
			for _, region := range units {
				w, err := Export(c, round, d, region, o)
				if err != nil {
					return nil, err
				}
				list = append(list, w)
			}
		}
	}
	return list, distinct(list)
}

// distinct adds the 代号, which differ, to the names of workbooks that fall together.
func distinct(list []*Workbook) error {
	taken := map[string]bool{}
	for _, w := range list {
		if key := strings.ToLower(w.Name); taken[key] {
			code := w.Department.Code
			if w.Region != nil {
				code += "_" + w.Region.Code
			}
			w.Name = strings.TrimSuffix(w.Name, ".xlsx") + "（" + code + "）.xlsx"
		}
		if key := strings.ToLower(w.Name); taken[key] {
			return fmt.Errorf("有两张报表都叫 %s", w.Name)
		} else {
			taken[key] = true
		}
	}
	return nil
}

// fileName names a workbook so that it can be told by its name in a mail.
func fileName(round *campaign.Round, d *campaign.Department, region *campaign.Region) string {
	name := d.Short
	if region != nil {
		name += "_" + region.Short
	}
	return pathSigns.Replace(round.Name) + "/" + pathSigns.Replace(name) + ".xlsx"
}

// PathName makes of a name one that any system takes for a file.
func PathName(name string) string { return pathSigns.Replace(name) }

// pathSigns are what a file's name cannot hold on some system.
var pathSigns = strings.NewReplacer("/", "／", `\`, "＼", ":", "：", "*", "＊", "?", "？", `"`, "＂", "<", "＜", ">", "＞", "|", "｜")

// hasLastYear reports whether the report that is there has 上年同期 anywhere.
func (b *book) hasLastYear() bool {
	if b.report == nil {
		return false
	}
	for _, cells := range []campaign.Entries{b.report.Entries, b.report.Own} {
		for _, e := range cells {
			if e.LastYear.Kind != campaign.Blank {
				return true
			}
		}
	}
	return false
}

// unitName is who fills the form in: as the report says, else by the names.
func (b *book) unitName() string {
	switch {
	case b.report != nil && b.report.Unit != "":
		return b.report.Unit
	case b.region != nil:
		return UnitName(b.campaign, b.department, b.region)
	}
	return b.department.Name
}

// UnitName names the office that reports for a department, or for a region to
// it: as its latest report signs, else region and department put together.
func UnitName(c *campaign.Campaign, d *campaign.Department, region *campaign.Region) string {
	for _, round := range slices.Backward(c.Rounds) {
		if r := c.Report(round, d, region); r != nil && r.Unit != "" {
			return r.Unit
		}
	}
	if region == nil {
		return d.Name
	}
	return region.Name + d.Short
}
