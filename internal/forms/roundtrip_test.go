package forms

import (
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/campaign"
)

// job is one workbook to fill in, as testdata/fill.py reads it.
type job struct {
	In     string                 `json:"in"`
	Out    string                 `json:"out"`
	Unit   string                 `json:"unit"`
	Day    string                 `json:"day"`
	Sheets map[string][][6]string `json:"sheets"`
}

// rowsToFill returns what a report says, a row each.
func rowsToFill(form *campaign.Form, d *campaign.Department, entries campaign.Entries) [][6]string {
	var list [][6]string
	for _, row := range form.RowsOf(d) {
		e, ok := entries.Of(row)
		if !ok {
			continue
		}
		parent := ""
		if row.Parent != nil {
			parent = row.Parent.Name
		}
		list = append(list, [6]string{parent, row.Name, row.Unit, e.Quantity.String(), e.LastYear.String(), e.Remark})
	}
	return list
}

// withoutReports leaves the reports out of a campaign: its forms go out empty.
func withoutReports(fsys fstest.MapFS, c *campaign.Campaign) fstest.MapFS {
	empty := maps.Clone(fsys)
	for name := range empty {
		if strings.HasPrefix(name, "content/") {
			delete(empty, name)
		}
	}
	for _, r := range c.Reports {
		delete(empty, r.File)
	}
	return empty
}

// TestRoundTripExcelize sends the small campaign's forms out empty, fills them
// in by their addresses and takes them back.
func TestRoundTripExcelize(t *testing.T) {
	roundTrip(t, small(t), func(jobs []job) {
		for _, j := range jobs {
			data, err := os.ReadFile(j.In)
			if err != nil {
				t.Fatal(err)
			}
			out := edited(t, data, func(f *excelize.File) error { return fillByName(f, j) })
			if err := os.WriteFile(j.Out, out, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// fillByName types a job's numbers into the rows that bear their names.
func fillByName(f *excelize.File, j job) error {
	for sheet, rows := range j.Sheets {
		lines, err := f.GetRows(sheet)
		if err != nil {
			return err
		}
		next := 0
		for n, line := range lines {
			at := strconv.Itoa(n + 1)
			if len(line) > 3 && line[3] == "填报日期：" {
				if err := firstError(f.SetCellStr(sheet, "C"+at, j.Unit), f.SetCellStr(sheet, "E"+at, j.Day)); err != nil {
					return err
				}
			}
			if next == len(rows) || len(line) < 4 || line[3] != rows[next][2] || line[1] != rows[next][1] && line[2] != rows[next][1] {
				continue
			}
			remark := "F"
			if strings.Contains(strings.Join(lines[n-next-1], "|"), headLastYear) {
				remark = "G"
			}
			put := f.SetCellDefault
			if _, err := strconv.ParseFloat(rows[next][3], 64); err != nil {
				put = f.SetCellStr
			}
			if err := firstError(put(sheet, "E"+at, rows[next][3]), f.SetCellStr(sheet, remark+at, rows[next][5])); err != nil {
				return err
			}
			if past := rows[next][4]; past != "" {
				if err := f.SetCellDefault(sheet, "F"+at, past); err != nil {
					return err
				}
			}
			next++
		}
	}
	return nil
}

// roundTrip exports a campaign's forms empty, has them filled with what its
// reports say, imports them into new files, and reads those with source: every
// quantity, remark, unit and day must be there again.
func roundTrip(t *testing.T, fsys fstest.MapFS, fill func([]job)) {
	c := load(t, fsys)
	blank := withoutReports(fsys, c)
	empty := load(t, blank)
	dir := t.TempDir()
	var jobs []job
	for n, r := range c.Reports {
		round, d, region := empty.FindRound(r.Round.Code), empty.FindDepartment(r.Department.Code), regionIn(empty, r.Region)
		o := ExportOptions{LastYear: n%2 == 0}
		j := job{Unit: r.Unit, Day: r.FiledOn.String(), Sheets: map[string][][6]string{mainSheet: rowsToFill(&c.Form, r.Department, r.Entries)}}
		for _, row := range j.Sheets[mainSheet] {
			o.LastYear = o.LastYear || row[4] != ""
		}
		if len(r.Own) > 0 {
			o.Counties = []*campaign.Department{d}
			j.Sheets[ownSheet] = rowsToFill(&c.Form, r.Department, r.Own)
		}
		w, err := Export(empty, round, d, region, o)
		if err != nil {
			t.Fatal(err)
		}
		j.In, j.Out = filepath.Join(dir, strconv.Itoa(n)+".xlsx"), filepath.Join(dir, strconv.Itoa(n)+"-filled.xlsx")
		if err := os.WriteFile(j.In, w.Data, 0o644); err != nil {
			t.Fatal(err)
		}
		jobs = append(jobs, j)
	}
	fill(jobs)
	for n, j := range jobs {
		data, err := os.ReadFile(j.Out)
		if err != nil {
			t.Fatal(err)
		}
		r := imported(t, empty, j.Out, data, ImportOptions{Files: blank})
		if want := c.Reports[n].File; r.Path != want {
			t.Errorf("%s goes to %s", want, r.Path)
		}
		blank[r.Path] = &fstest.MapFile{Data: r.New}
	}
	again := load(t, blank)
	if len(again.Reports) != len(c.Reports) {
		t.Fatalf("%d reports, want %d", len(again.Reports), len(c.Reports))
	}
	for n, want := range c.Reports {
		got := again.Reports[n]
		if got.File != want.File || got.Unit != want.Unit || got.FiledOn != want.FiledOn {
			t.Errorf("%s: %s, %s, %s", want.File, got.File, got.Unit, got.FiledOn)
		}
		sameValues(t, want.File, got.Entries, want.Entries)
		sameValues(t, want.File+" 本级", got.Own, want.Own)
	}
}

// sameValues compares entries by value: 3.50 typed into a spreadsheet is 3.5.
func sameValues(t *testing.T, what string, got, want campaign.Entries) {
	t.Helper()
	byKey := func(entries campaign.Entries) map[int]campaign.Entry {
		list := map[int]campaign.Entry{}
		for _, e := range entries {
			list[e.Row.Index] = e.Entry
		}
		return list
	}
	g, w := byKey(got), byKey(want)
	if len(g) != len(w) {
		t.Errorf("%s: %d rows, want %d", what, len(g), len(w))
	}
	for index, e := range w {
		if !g[index].Quantity.Equal(e.Quantity) || !g[index].LastYear.Equal(e.LastYear) || g[index].Remark != e.Remark {
			t.Errorf("%s row %d: %v, want %v", what, index, g[index], e)
		}
	}
}

// TestPrefilledComesBackUnchanged exports what is there and imports it as it
// is: not a byte of the YAML may change.
func TestPrefilledComesBackUnchanged(t *testing.T) {
	for name, fsys := range map[string]fstest.MapFS{"sample": sample(t), "small": small(t)} {
		t.Run(name, func(t *testing.T) {
			c := load(t, fsys)
			for _, report := range c.Reports {
				w, err := Export(c, report.Round, report.Department, report.Region, ExportOptions{})
				if err != nil {
					t.Fatal(err)
				}
				if r := imported(t, c, w.Name, w.Data, ImportOptions{Files: fsys}); r.Changed() || r.Path != report.File {
					t.Errorf("%s changed:\n%s", report.File, r.Diff())
				}
			}
		})
	}
}
