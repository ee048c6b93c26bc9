package sheet

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

func sampleFiles(t *testing.T) map[string][]byte {
	t.Helper()
	fsys := os.DirFS("../..")
	c, findings := source.Load(fsys)
	if campaign.HasErrors(findings) {
		t.Fatal(findings)
	}
	v := release.Public(c, c.ReferenceDate, source.Contents(fsys))
	files, err := Files(v, stats.Of(v))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, f := range files {
		var b bytes.Buffer
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		out[f.Path] = b.Bytes()
	}
	return out
}

func csvRows(t *testing.T, data []byte) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\uFEFF"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// TestExtracts: the extracts hold the rows of the whole list that belong to
// their page, all of them and no others.
func TestExtracts(t *testing.T) {
	files := sampleFiles(t)
	all := csvRows(t, files[CSVPath])
	count := func(wanted func([]string) bool) int {
		n := 0
		for _, r := range all {
			if wanted(r) {
				n++
			}
		}
		return n
	}
	for path, wanted := range map[string]func([]string) bool{
		"departments/gongan/statistics.csv": func(r []string) bool { return r[1] == "公安局" },
		"regions/360702/statistics.csv":     func(r []string) bool { return r[2] == "章贡区" },
		"statistics/final.csv":              func(r []string) bool { return r[0] == "终期" && r[2] == "" },
		"tasks/sanjia-zhibo/statistics.csv": func(r []string) bool {
			return r[2] == "" && (r[3] == "查处“三假”直播案件" || r[4] == "查处“三假”直播案件")
		},
	} {
		rows := csvRows(t, files[path])
		if want := count(wanted); len(rows) != want || want == 0 {
			t.Errorf("%s has %d rows, want %d", path, len(rows), want)
		}
		for _, r := range rows {
			if !wanted(r) {
				t.Errorf("%s holds %v", path, r)
			}
		}
	}
	if _, ok := files["departments/shangwu/statistics.csv"]; ok {
		t.Error("a department without rows has no extract")
	}
	if n := count(func(r []string) bool { return r[0] == "终期" && r[2] == "" }); n != 27 {
		t.Errorf("the annex has 27 figures, not %d", n)
	}
}

// TestPackage: the description names the columns as they are, and a key that
// is unique.
func TestPackage(t *testing.T) {
	files := sampleFiles(t)
	var p struct {
		Description string
		Resources   []struct {
			Path   string
			Schema struct {
				Fields     []struct{ Name, Description string }
				PrimaryKey []string
			}
		}
	}
	if err := json.Unmarshal(files[PackagePath], &p); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(p.Description, "示例数据") || p.Resources[0].Path != "statistics-utf8.csv" {
		t.Errorf("%+v", p)
	}
	head := strings.SplitN(strings.TrimPrefix(string(files[CSVPath]), "\uFEFF"), "\r\n", 2)[0]
	place := map[string]int{}
	for n, f := range p.Resources[0].Schema.Fields {
		if f.Description == "" {
			t.Errorf("%s is not described", f.Name)
		}
		place[f.Name] = n
	}
	if len(place) != len(strings.Split(head, ",")) {
		t.Errorf("%d fields for %s", len(place), head)
	}
	seen := map[string]bool{}
	for _, r := range csvRows(t, files[CSVPath]) {
		var key []string
		for _, k := range p.Resources[0].Schema.PrimaryKey {
			key = append(key, r[place[k]])
		}
		if k := strings.Join(key, "|"); seen[k] {
			t.Errorf("the key is not unique: %s", k)
		} else {
			seen[k] = true
		}
	}
}

// TestChartTables: behind every chart stands its table, cell for cell, regions
// called as in the other files.
func TestChartTables(t *testing.T) {
	fsys := os.DirFS("../..")
	c, _ := source.Load(fsys)
	v := release.Public(c, c.ReferenceDate, source.Contents(fsys))
	book := stats.Of(v)
	files := sampleFiles(t)
	listed := chart.List(book, v.Campaign())
	if len(listed) < 10 {
		t.Fatalf("only %d charts", len(listed))
	}
	for _, l := range listed {
		drawn, err := chart.Find(book, v.Campaign(), l.Code)
		if err != nil {
			t.Fatal(err)
		}
		rows := csvRows(t, files["data/charts/"+l.Code+".csv"])
		if len(rows) != len(drawn.Rows) || len(rows) == 0 || len(rows[0]) != len(drawn.Head) {
			t.Errorf("%s: %d rows, want %d", l.Code, len(rows), len(drawn.Rows))
			continue
		}
		for n, row := range rows {
			if strings.ReplaceAll(strings.Join(row, "|"), "赣州经济技术开发区", "赣州经开区") != strings.Join(drawn.Rows[n], "|") || strings.Contains(strings.Join(row, "|"), "赣州经开区") {
				t.Errorf("%s: %v, want %v", l.Code, row, drawn.Rows[n])
			}
		}
	}
}
