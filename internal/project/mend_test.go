package project_test

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
)

// broken returns the campaigns with one fault each, by the names of the faults.
func broken(t *testing.T) map[string]fstest.MapFS {
	t.Helper()
	archives, err := filepath.Glob("../review/testdata/broken/*.txtar")
	if err != nil || len(archives) < 300 {
		t.Fatalf("%d archives, %v", len(archives), err)
	}
	all := map[string]fstest.MapFS{}
	for _, name := range archives {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files := small(t)
		for _, f := range archive.Files {
			if edited, isEdit := strings.CutPrefix(f.Name, "edit "); isEdit {
				files[edited] = &fstest.MapFile{Data: edit(string(files[edited].Data), string(f.Data))}
			} else if files[f.Name] = (&fstest.MapFile{Data: f.Data}); len(f.Data) == 0 {
				delete(files, f.Name)
			}
		}
		all[strings.TrimSuffix(filepath.Base(name), ".txtar")] = files
	}
	return all
}

// edit replaces the lines with - by those with +.
func edit(text, edits string) []byte {
	from, to := "", ""
	for _, line := range append(strings.SplitAfter(edits, "\n"), "-") {
		switch {
		case strings.HasPrefix(line, "-"):
			if to != "" || line == "-" {
				text, from, to = strings.Replace(text, from, to, 1), "", ""
			}
			from += line[1:]
		case strings.HasPrefix(line, "+"):
			to += line[1:]
		}
	}
	return []byte(text)
}

var mendDay = campaign.Date{Year: 2026, Month: 5, Day: 10}

// quantities lists every number of every report, by its place in the form.
func quantities(l *project.Loaded) map[string]string {
	list := map[string]string{}
	for _, r := range l.Campaign.Reports {
		for _, e := range r.Entries {
			list[r.File+" "+e.Row.Label()] = e.Quantity.String()
		}
		for _, e := range r.Own {
			list[r.File+" 本级 "+e.Row.Label()] = e.Quantity.String()
		}
	}
	return list
}

// reveals has what could not be told before a fault was mended.
var reveals = map[string]string{
	"reference-brace": "reference", "markup-slip": "link-target", "yml": "missing-key", "yaml-alias": "wrong-type",
}

// TestMends: in every broken campaign whose fault has a mend, the fault is gone once
// it is mended, no error is there that was not, and no number is another one than
// was reported.
func TestMends(t *testing.T) {
	right, rules := quantities(load(small(t), mendDay)), map[string]int{}
	for name, files := range broken(t) {
		before := load(files, mendDay)
		told, mendable := map[string]bool{}, 0
		for _, f := range before.Findings {
			told[f.Rule+f.At.File+f.Message] = true
			if !f.Mend.IsZero() {
				mendable++
				rules[f.Rule]++
			}
		}
		if mendable == 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			set, mended, err := project.Mend(before.Files, before.Findings)
			if err != nil || mended == 0 || set.IsEmpty() {
				t.Fatalf("%d of %d mended, %v", mended, mendable, err)
			}
			now := fstest.MapFS{}
			if err := fs.WalkDir(set.FS(), ".", func(name string, e fs.DirEntry, err error) error {
				if err == nil && !e.IsDir() {
					raw, _ := fs.ReadFile(set.FS(), name)
					now[name] = &fstest.MapFile{Data: raw}
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			after := load(now, mendDay)
			left := 0
			for _, f := range after.Findings {
				if !f.Mend.IsZero() {
					left++
				}
				if f.Level == campaign.Error && !told[f.Rule+f.At.File+f.Message] && f.Rule != reveals[name] {
					t.Errorf("new: %s [%s] %s", f.At, f.Rule, f.Message)
				}
			}
			if left > mendable-mended {
				t.Errorf("%d of %d were mended, and %d are left: %v", mended, mendable, left, after.Findings)
			}
			was := quantities(before)
			for place, is := range quantities(after) {
				if is != right[place] && is != was[place] && name+is != "thousands1200" {
					t.Errorf("%s is %s, was reported as %s", place, is, fmt.Sprint(was[place], " or ", right[place]))
				}
			}
		})
	}
	t.Log(rules)
	if len(rules) < 20 {
		t.Errorf("only %d rules have mends: %v", len(rules), rules)
	}
}

// TestMendOf: one slip each, and what mending makes of the line.
func TestMendOf(t *testing.T) {
	const form, warning = "data/q2/jiaoyu.yaml", "content/warnings/xiaolingshi.md"
	for _, test := range []struct{ name, file, from, to, rule string }{
		{"a day with odd marks", form, "填报日期: 2026-04-29", "填报日期: 2026—4—29。", "date"},
		{"a time where a day is wanted", form, "填报日期: 2026-04-29", "填报日期: 2026-04-29 16:30", "date"},
		{"a key said twice alike", form, "填报日期: 2026-04-29\n", "填报日期: 2026-04-29\n填报日期: 2026-04-29\n", "duplicate-key"},
		{"a number in quotation marks", form, "抽检（批次）: 0", "抽检（批次）: \"0\"", "quantity"},
		{"a number with its unit", form, "数量: 45,", "数量: 45家,", "quantity"},
		{"an invisible character", warning, "看生产日期", "看\u200b生产日期", "character"},
		{"a comma of the other width", warning, "看生产日期，看配料表。", "看生产日期,看配料表。", "mark-style"},
	} {
		t.Run(test.name, func(t *testing.T) {
			files := small(t)
			text := string(files[test.file].Data)
			if strings.Count(text, test.from) != 1 {
				t.Fatalf("%q stands there %d times in %s", test.from, strings.Count(text, test.from), text)
			}
			files[test.file] = &fstest.MapFile{Data: []byte(strings.Replace(text, test.from, test.to, 1))}
			mendAll(t, files, test.rule, test.file, text, 1)
		})
	}
}

// mendAll mends what a rule finds and compares the file with what it should be.
func mendAll(t *testing.T, files fstest.MapFS, rule, file, want string, count int) {
	t.Helper()
	l := load(files, mendDay)
	var of []campaign.Finding
	for _, f := range l.Findings {
		if f.Rule == rule {
			of = append(of, f)
		}
	}
	set, n, err := project.Mend(l.Files, of)
	if err != nil || n != count {
		t.Fatalf("%d mended, %v: %v", n, err, l.Findings)
	}
	if is, _ := set.Read(file); string(is) != want {
		t.Errorf("mended to\n%s\nwant\n%s", is, want)
	}
}

// TestMendSum: a sum that does not come out is no matter for one click, since any mend
// makes the reported number another one, whether or not every part of it is known.
func TestMendSum(t *testing.T) {
	const whole, key = "data/q2/shichang.yaml", "检查食品经营单位"
	for _, all := range []bool{true, false} {
		files, told := small(t), 0
		files[whole] = &fstest.MapFile{Data: []byte(strings.Replace(string(files[whole].Data), key+": 汇总", key+": 151", 1))}
		if all {
			files[townFile] = files["data/q2/shichang/xicheng.yaml"]
		}
		for _, f := range load(files, mendDay).Findings {
			if f.Rule == "sum" {
				told++
				if !f.Mend.IsZero() {
					t.Errorf("mended: %v", f.Mend)
				}
			}
		}
		if told == 0 {
			t.Errorf("all known %v: no sum is told of", all)
		}
	}
}

// TestMendNothingElse: two numbers that differ are never mended, whatever is written.
func TestMendNothingElse(t *testing.T) {
	for _, written := range []string{"0231", "1,23", "23.", "+45", "约45", "4 5", "45件", "四十五", "45-50", "-"} {
		files := small(t)
		text := strings.Replace(string(files["data/q2/jiaoyu.yaml"].Data), "抽检（批次）: 0", "抽检（批次）: "+written, 1)
		files["data/q2/jiaoyu.yaml"] = &fstest.MapFile{Data: []byte(text)}
		for _, f := range load(files, mendDay).Findings {
			if !f.Mend.IsZero() {
				t.Errorf("%s: %v → %v", written, f, f.Mend)
			}
		}
	}
}

// TestMendKeepsTheFile: line ends, the mark and the encoding of a file do not change
// what is mended, and two mends of one line both come.
func TestMendKeepsTheFile(t *testing.T) {
	const warning = "content/warnings/xiaolingshi.md"
	files := small(t)
	text := strings.Replace(string(files[warning].Data), "看生产日期，看配料表。", "看生产日期,看配料表;", 1)
	files[warning] = &fstest.MapFile{Data: []byte("\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"))}
	l := load(files, mendDay)
	set, n, err := project.Mend(l.Files, l.Findings)
	is, _ := set.Read(warning)
	if err != nil || n != 2 || !strings.Contains(string(is), "看生产日期，看配料表；\r\n") || !strings.HasPrefix(string(is), "\ufeff---\r\n") || strings.Count(string(is), "\r\n") != strings.Count(text, "\n") {
		t.Errorf("%d mended, %v:\n%s", n, err, is)
	}
}
