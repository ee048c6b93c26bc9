package forms

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/campaign"
	"wangjian/internal/source"
)

// small is the second small campaign, in memory.
func small(t testing.TB) fstest.MapFS { return files(t, "../review/testdata/campaign") }

// sample is the campaign in data/.
func sample(t testing.TB) fstest.MapFS {
	all := files(t, "../..", "data")
	return all
}

func files(t testing.TB, root string, only ...string) fstest.MapFS {
	t.Helper()
	list := fstest.MapFS{}
	disk := os.DirFS(root)
	start := "."
	if len(only) > 0 {
		start = only[0]
	}
	err := fs.WalkDir(disk, start, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(disk, name)
		list[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func load(t testing.TB, fsys fs.FS) *campaign.Campaign {
	t.Helper()
	c, findings := source.Load(fsys)
	for _, f := range findings {
		if f.Level == campaign.Error {
			t.Fatalf("%s %s（%s）", f.At, f.Message, f.Hint)
		}
	}
	return c
}

// with returns a copy of the files in which some lines are replaced.
func with(t testing.TB, fsys fstest.MapFS, file, from, to string) fstest.MapFS {
	t.Helper()
	changed := maps.Clone(fsys)
	text := string(fsys[file].Data)
	if strings.Count(text, from) != 1 {
		t.Fatalf("%s holds %q %d times", file, from, strings.Count(text, from))
	}
	changed[file] = &fstest.MapFile{Data: []byte(strings.Replace(text, from, to, 1))}
	return changed
}

// export draws a form by the names of its owner.
func export(t testing.TB, c *campaign.Campaign, round, department, region string) *Workbook {
	t.Helper()
	w, err := Export(c, c.FindRound(round), c.FindDepartment(department), c.FindRegion(region), ExportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func open(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// edited returns a workbook after some work with excelize.
func edited(t testing.TB, data []byte, work func(f *excelize.File) error) []byte {
	t.Helper()
	f := open(t, data)
	if err := work(f); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// filled is 市场监管局's form of the third round with every cell filled in.
// Its rows: 6 检查食品经营单位（户次）, 7 立案（件）, 8 to 10 其中, 11 罚没款（万元）,
// 12 销毁问题食品（千克, one decimal).
func filled(t testing.TB, c *campaign.Campaign) []byte {
	t.Helper()
	return edited(t, export(t, c, "q3", "shichang", "").Data, func(f *excelize.File) error {
		for cell, value := range map[string]string{"E4": "46170", "E6": "120", "E7": "9", "E8": "4", "E9": "5", "E10": "0", "E11": "1.5", "E12": "20.5"} {
			if err := f.SetCellDefault(mainSheet, cell, value); err != nil {
				return err
			}
		}
		return nil
	})
}

func rowsOf(t testing.TB, f *excelize.File, sheet string) []string {
	t.Helper()
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, row := range rows {
		list = append(list, strings.Join(row, "|"))
	}
	return list
}

// loaded puts a result's file into a campaign and returns the report as source
// reads it.
func loaded(t testing.TB, fsys fstest.MapFS, r *Result) *campaign.Report {
	t.Helper()
	all := maps.Clone(fsys)
	all[r.Path] = &fstest.MapFile{Data: r.New}
	c := load(t, all)
	report := c.Report(c.FindRound(r.Round.Code), c.FindDepartment(r.Department.Code), regionIn(c, r.Region))
	if report == nil {
		t.Fatalf("%s gives no report:\n%s", r.Path, r.New)
	}
	return report
}

func regionIn(c *campaign.Campaign, region *campaign.Region) *campaign.Region {
	if region == nil {
		return nil
	}
	return c.FindRegion(region.Code)
}

// cells returns a report's quantities as text, by row, for comparing reports of
// two readings of the same campaign.
func cells(entries campaign.Entries) map[string]string {
	list := map[string]string{}
	for _, e := range entries {
		row := e.Row
		text := e.Quantity.String()
		if e.Remark != "" {
			text += "｜" + e.Remark
		}
		if e.LastYear.Kind != campaign.Blank {
			text += "｜上年 " + e.LastYear.String()
		}
		list[row.Label()+" "+strconv.Itoa(row.Index)] = text
	}
	return list
}

// imported is the outcome of an import that must succeed.
func imported(t testing.TB, c *campaign.Campaign, name string, data []byte, o ImportOptions) *Result {
	t.Helper()
	r, list := Import(c, name, data, o)
	for _, f := range list {
		t.Errorf("%s", f)
	}
	if r == nil {
		t.Fatal("nothing was read")
	}
	return r
}

// oneFile is a folder that holds one file.
type oneFile struct {
	name string
	data []byte
}

func (o oneFile) Open(file string) (fs.File, error) {
	return fstest.MapFS{o.name: {Data: o.data}}.Open(file)
}
