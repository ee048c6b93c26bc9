package forms

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"wangjian/internal/campaign"
)

// TestMain looks, after a full run, whether every rule was seen refusing
// something.
func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	whole := flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.fuzz").Value.String() == "" && flag.Lookup("test.list").Value.String() == ""
	if code == 0 && whole {
		for _, r := range Rules {
			if !refusals[r.Code] {
				fmt.Printf("no test shows the rule %s\n", r.Code)
				code = 1
			}
			delete(refusals, r.Code)
		}
		for rule := range refusals {
			fmt.Printf("the rule %s is not listed\n", rule)
			code = 1
		}
	}
	os.Exit(code)
}

// checkImport is what must hold of any file: no panic, and either errors or a
// text that source reads.
func checkImport(t *testing.T, c *campaign.Campaign, file string, data []byte) {
	r, list := Import(c, file, data, ImportOptions{Round: c.Rounds[2]})
	failed := false
	for _, f := range list {
		failed = failed || f.Level == campaign.Error
		if f.Message == "" || f.Hint == "" || f.At.File != file {
			t.Errorf("a finding needs words, a hint and a place: %+v", f)
		}
	}
	if failed != (r == nil) {
		t.Fatalf("result %v with %v", r, list)
	}
	if r != nil {
		loaded(t, small(t), r)
	}
}

func FuzzImportXLSX(f *testing.F) {
	c := load(f, small(f))
	mine := filled(f, c)
	f.Add(mine)
	f.Add(export(f, c, "q2", "jiaoyu", "").Data)
	for _, file := range []string{"testdata/libreoffice.xlsx", "testdata/old.xls"} {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		checkImport(t, c, "a.xlsx", data)
	})
}

// FuzzImportSheet changes the sheet inside a good workbook: a zip's checksums
// keep random bytes from getting that far.
func FuzzImportSheet(f *testing.F) {
	c := load(f, small(f))
	mine := filled(f, c)
	f.Add([]byte(part(f, mine, sheet1)), []byte(part(f, mine, "xl/sharedStrings.xml")), []byte(part(f, mine, "xl/styles.xml")))
	f.Fuzz(func(t *testing.T, sheet, texts, styles []byte) {
		data := repacked(t, mine, map[string][]byte{sheet1: some(sheet), "xl/sharedStrings.xml": some(texts), "xl/styles.xml": some(styles)})
		checkImport(t, c, "a.xlsx", data)
	})
}

// some keeps an empty part from being left out.
func some(b []byte) []byte { return append([]byte{}, b...) }

func FuzzImportCSV(f *testing.F) {
	c := load(f, small(f))
	f.Add([]byte(filledCSV))
	f.Add([]byte("项目,数量\n检查食品经营单位,120\n"))
	f.Add([]byte(mark + "项目\t数量\n\"a\"\"b\"\t1,234\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		checkImport(t, c, "a.csv", data)
	})
}

// FuzzRewrite imports into any file that may be there already.
func FuzzRewrite(f *testing.F) {
	c := load(f, small(f))
	mine := filled(f, c)
	f.Add([]byte(hand))
	f.Add([]byte("项目: {立案: 9}\n"))
	f.Add([]byte("填报单位: &a x\n填报日期: *a\n项目:\n  ? 立案\n  : 3\n"))
	f.Fuzz(func(t *testing.T, old []byte) {
		r, _ := Import(c, "a.xlsx", mine, ImportOptions{Files: oneFile{"data/q3/shichang.yaml", old}})
		if r == nil || len(r.Old) == 0 {
			return
		}
		again, list := Import(c, "a.xlsx", mine, ImportOptions{Files: oneFile{"data/q3/shichang.yaml", r.New}})
		if again == nil {
			t.Fatalf("what was written does not read: %v\n%q\n%q", list, old, r.New)
		}
		if again.Changed() {
			t.Fatalf("a second import changes the file again:\n%s\nfirst %q", again.Diff(), old)
		}
	})
}

func BenchmarkExport(b *testing.B) {
	c := load(b, sample(b))
	for b.Loop() {
		export(b, c, "final", "shijian", "")
	}
}

func BenchmarkImport(b *testing.B) {
	fsys := sample(b)
	c := load(b, fsys)
	data := export(b, c, "final", "shijian", "").Data
	for b.Loop() {
		if r, _ := Import(c, name, data, ImportOptions{Files: fsys}); r == nil {
			b.Fatal("not read")
		}
	}
}
