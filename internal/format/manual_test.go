package format

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
)

var update = flag.Bool("update", false, "rewrite the manual's list of keys")

const manual = "../../docs/keys.md"

// described is a kind of file with its table, for the manual.
type described struct {
	File string
	*Table
}

// files lists every kind of file.
func files() []described {
	list := []described{
		{"data/campaign.yaml", Campaign}, {"data/form.yaml", Form}, {"data/<期次>/<部门>.yaml", Report},
		{"data/<期次>/release.yaml", Release}, {"data/corrections.yaml", Corrections}, {"data/wording.yaml", Wording},
		{"data/synonyms.yaml", Synonyms}, {"data/collected.yaml", Collected},
	}
	for _, kind := range campaign.Kinds {
		file := kind.Folder() + "/"
		if kind == campaign.Summaries {
			file += "<期次>/" + campaign.SummaryName
		}
		list = append(list, described{file, Front(kind)})
	}
	return list
}

// kindOfValue is what the manual calls the types that a person may not guess.
var kindOfValue = map[Type]string{
	Date: "日期", Moment: "日期，可写到几点几分", Flag: "true 或 false", FlagOrFiles: "true、false 或文件名的列表", Integer: "整数", Pair: "两个整数", Quantity: "数量", Words: "一个词或列表", List: "列表", Address: "网址",
}

// listed writes a table and those within it, each under the keys that lead to it.
func listed(b *strings.Builder, path string, t *Table) {
	fmt.Fprintf(b, "\n%s：\n\n| 键 | 必填 | 写什么 |\n|---|---|---|\n", path)
	var below []Key
	for _, k := range t.Keys {
		if k.Misplaced {
			continue
		}
		must := ""
		if k.Required {
			must = "是"
			if k.Or != "" {
				must = "是，或" + k.Or
			}
		}
		var words []string
		if kind := kindOfValue[k.Type]; kind != "" {
			if k.Type == Integer {
				kind = fmt.Sprintf("%d 到 %d 的整数", k.Least, k.Most)
			}
			words = append(words, kind)
		}
		if k.Refers != "" {
			words = append(words, "data/campaign.yaml 里的"+string(k.Refers))
		}
		if len(k.Choices) > 0 {
			words = append(words, strings.Join(k.Choices, "、"))
		}
		if k.Of != nil && len(k.Of.Keys) > 0 {
			below = append(below, k)
			words = append(words, "见下")
		}
		if k.Of != nil && k.Of.Each != nil && k.Of.Each.Of != nil {
			below = append(below, Key{Name: k.Name + " › 名字", Of: k.Of.Each.Of})
		}
		if k.Doc != "" {
			words = append(words, k.Doc)
		}
		fmt.Fprintf(b, "| %s | %s | %s |\n", k.Name, must, strings.Join(words, "；"))
	}
	for _, k := range below {
		listed(b, path+" › "+k.Name, k.Of)
	}
}

// TestManual: the manual lists every key of every kind of file, as the tables
// have them. What all texts share stands once.
func TestManual(t *testing.T) {
	var b strings.Builder
	b.WriteString("# 文件里的键\n\n`wangjian schema` 和检查用的是同一份定义（由测试核对，改后运行 `go test ./internal/format -update`）。\n")
	for _, f := range files() {
		if !strings.HasPrefix(f.File, "content/") {
			fmt.Fprintf(&b, "\n### `%s`：%s\n", f.File, f.Title)
			listed(&b, "最外层", f.Table)
			if f.Table == Report {
				listed(&b, "项目、本级里写成 {…} 的一格", Cell)
			}
		}
	}
	fmt.Fprintf(&b, "\n### `content/`：每篇开头的信息\n")
	listed(&b, "各种都有的（总结可以不写标题，典型案例必须写有效期至）", (&Table{Keys: common}).need("标题"))
	for _, f := range files() {
		if !strings.HasPrefix(f.File, "content/") || len(f.Keys) == len(common) {
			continue
		}
		fmt.Fprintf(&b, "\n### `%s`：%s\n", f.File, f.Title)
		listed(&b, "另外还有", &Table{Keys: f.Keys[len(common):]})
	}
	if *update {
		if err := os.WriteFile(manual, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := os.ReadFile(manual); err != nil || string(text) != b.String() {
		t.Errorf("docs/keys.md is not what the tables are (%v): run with -update", err)
	}
}

// TestTables: a table has each key once, and what a type needs.
func TestTables(t *testing.T) {
	seen := map[*Table]bool{}
	var check func(path string, table *Table)
	check = func(path string, table *Table) {
		if seen[table] {
			return
		}
		seen[table] = true
		names := map[string]bool{}
		for _, k := range table.Keys {
			at := path + " " + k.Name
			if k.Name == "" || names[k.Name] {
				t.Errorf("%s stands twice or has no name", at)
			}
			names[k.Name] = true
			if k.Doc == "" && k.Of == nil && !k.Misplaced {
				t.Errorf("%s: nothing says what it is for", at)
			}
			if (k.Of != nil) != (k.Type == Object || k.Type == Objects) {
				t.Errorf("%s: a table is for an object, and an object has one", at)
			}
			if k.Type == Choice && len(k.Choices) == 0 && k.Refers == "" {
				t.Errorf("%s: nothing to choose", at)
			}
			if k.Type == Integer && k.Most < k.Least {
				t.Errorf("%s: no number is right", at)
			}
			if k.Of != nil {
				check(at, k.Of)
			}
		}
	}
	for _, f := range files() {
		check(f.File, f.Table)
	}
	check("", Cell)
}

// TestReader: the reader asks for every key of the tables by the method that is
// for its type, and for no other key.
func TestReader(t *testing.T) {
	methods := map[string][]Type{
		"text": {Text, Code, Address, Name, Heading}, "address": {Address}, "date": {Date}, "moment": {Moment}, "boolean": {Flag}, "inspection": {FlagOrFiles},
		"integer": {Integer}, "pair": {Pair}, "choice": {Choice}, "texts": {Words, List}, "child": {Object, Cells}, "children": {Objects}, "bareOr": {Objects}, "list": {Objects},
		"located": {File, Choice}, "scalar": {Choice, Quantity, Text}, "needed": {Choice}, "neededScalar": {Text, Quantity}, "refer": {Choice},
	}
	types := map[string]map[Type]bool{}
	var gather func(*Table)
	gather = func(table *Table) {
		if table.Each != nil && table.Each.Of != nil {
			gather(table.Each.Of)
		}
		for _, k := range table.Keys {
			if types[k.Name] == nil {
				types[k.Name] = map[Type]bool{}
			}
			types[k.Name][k.Type] = true
			if k.Of != nil {
				gather(k.Of)
			}
		}
	}
	for _, f := range files() {
		gather(f.Table)
	}
	gather(Cell)
	call := regexp.MustCompile(`(?:\.(\w+)\(|\b(refer)\(\w+, )"([^"]+)"`)
	asked := map[string]map[Type]bool{}
	sources, err := filepath.Glob("../source/*.go")
	if err != nil || len(sources) == 0 {
		t.Fatal(err)
	}
	for _, file := range sources {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range call.FindAllStringSubmatch(string(text), -1) {
			method, name := m[1]+m[2], m[3]
			if methods[method] == nil {
				continue
			}
			fits := false
			for _, of := range methods[method] {
				if types[name][of] {
					fits = true
					if asked[name] == nil {
						asked[name] = map[Type]bool{}
					}
					asked[name][of] = true
				}
			}
			if !fits {
				t.Errorf("%s reads “%s” by %s, which the tables do not have so", file, name, method)
			}
		}
	}
	for _, f := range campaign.CaseFields {
		k, ok := Front(campaign.Cases).Key(f.Key)
		if want := caseTypes(f); !ok || !slices.Contains(want, k.Type) {
			t.Errorf("a case's field “%s” is of type %d in the table, not one of %d", f.Key, k.Type, want)
		}
		asked[f.Key] = map[Type]bool{k.Type: true}
	}
	for name, of := range types {
		if slices.Contains(campaign.SummaryItems, name) || slices.Contains(campaign.Stages, campaign.Stage(name)) {
			continue // read in a loop
		}
		for kind := range of {
			if !asked[name][kind] {
				t.Errorf("nothing reads “%s” of type %d", name, kind)
			}
		}
	}
}

// caseTypes are the types of keys that are read into a case's field.
func caseTypes(f campaign.CaseField) []Type {
	switch f.Of(&campaign.Case{}).(type) {
	case *string:
		return []Type{Text, Name}
	case *[]string:
		return []Type{Words}
	case *campaign.Date:
		return []Type{Date}
	case *campaign.Quantity:
		return []Type{Quantity}
	case **campaign.Priority:
		return []Type{Choice}
	}
	return nil
}
