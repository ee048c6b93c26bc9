//go:build whole

package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// readPackage prints how many rows of every table npm's datapackage reads, and
// whether it finds the description valid.
const readPackage = `
const { Package } = require('datapackage');
Package.load(process.argv[1]).then(async p => {
  const read = { valid: p.valid, faults: p.errors.map(String), rows: {} };
  for (const r of p.resources) {
    const rows = await r.read({ keyed: true });
    read.rows[r.descriptor.path] = rows;
  }
  console.log(JSON.stringify(read));
}).catch(e => { console.error(String(e), (e.errors || []).map(String)); process.exit(1); });
`

// TestDataPackage: npm's datapackage finds data/datapackage.json valid and reads
// every table that it names, figures as numbers and days as days, as many rows as
// the file for spreadsheets has.
func TestDataPackage(t *testing.T) {
	if out, err := exec.Command("make", "-s", "-C", "../..", "datapackage").CombinedOutput(); err != nil {
		t.Fatalf("the reader is missing: %s", out)
	}
	modules, err := filepath.Abs("../../.wangjian/datapackage/node_modules")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{site(t), smallInMay(t)} {
		cmd := exec.Command("node", "-e", readPackage, filepath.Join(dir, "data", "datapackage.json"))
		cmd.Env = append(os.Environ(), "NODE_PATH="+modules)
		var stderr strings.Builder
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v: %s", err, &stderr)
		}
		var read struct {
			Valid  bool
			Faults []string
			Rows   map[string][]map[string]any
		}
		if err := json.Unmarshal(out, &read); err != nil {
			t.Fatal(err)
		}
		if !read.Valid || len(read.Faults) > 0 || len(read.Rows["statistics-utf8.csv"]) == 0 {
			t.Errorf("valid %t, %v, %d tables", read.Valid, read.Faults, len(read.Rows))
		}
		for path, rows := range read.Rows {
			marked, err := os.ReadFile(filepath.Join(dir, "data", strings.Replace(path, "-utf8", "", 1)))
			if err != nil {
				t.Fatal(err)
			}
			lines, err := csv.NewReader(strings.NewReader(string(marked))).ReadAll()
			if err != nil || !strings.HasPrefix(string(marked), "\uFEFF") {
				t.Fatalf("%s: %v", path, err)
			}
			if len(rows) != len(lines)-1 {
				t.Errorf("%s: %d rows, %d for spreadsheets", path, len(rows), len(lines)-1)
			}
		}
		for _, row := range read.Rows["statistics-utf8.csv"] {
			number, isNumber := row["数值"].(float64)
			switch state := row["状态"]; {
			case state == "已报" && (!isNumber || number <= 0), state == "0" && (!isNumber || number != 0), state == "无" && row["数值"] != nil:
				t.Errorf("%v", row)
			case row["项目代码"] == nil:
				t.Errorf("%v has no code", row)
			}
		}
	}
}

var linkedFile = regexp.MustCompile(`(?s)<a [^>]*href="([^"#?:]+\.(?:pdf|xlsx))"[^>]*>(.*?)</a>`)

// TestLinksNameSizes: a link to a paper or a workbook of the site says how large it
// is, rounded up, on every page.
func TestLinksNameSizes(t *testing.T) {
	named, size := map[string]bool{}, regexp.MustCompile(`([0-9.]+)\x{a0}(KB|MB)`)
	for _, dir := range []string{site(t), smallInMay(t)} {
		for name, html := range outputs(t, dir) {
			if path.Ext(name) != ".html" || name == "404.html" { // whose links are full addresses
				continue
			}
			for _, link := range linkedFile.FindAllStringSubmatch(html, -1) {
				file := path.Join(path.Dir(name), link[1])
				info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(file)))
				if err != nil {
					t.Fatal(err)
				}
				said := size.FindStringSubmatch(link[2])
				if said == nil {
					t.Errorf("%s: the link to %s names no size: %s", name, file, link[2])
					continue
				}
				number, err := strconv.ParseFloat(said[1], 64)
				unit := map[string]float64{"KB": 1 << 10, "MB": 1 << 20}[said[2]]
				least := map[string]float64{"KB": 1, "MB": 0.1}[said[2]]
				if is := float64(info.Size()) / unit; err != nil || number < is || number-is > least {
					t.Errorf("%s: %s has %d bytes, and the link says %s", name, file, info.Size(), said[0])
				}
				named[path.Base(file)] = true
			}
		}
	}
	for _, file := range []string{"report.pdf", "document.pdf", "notice.pdf", "statistics.xlsx"} {
		if !named[file] {
			t.Errorf("no page names the size of %s", file)
		}
	}
}
