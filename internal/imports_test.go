package internal

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// layers reads the table of packages in ARCHITECTURE.md: a package's layer.
func layers(t *testing.T, text string) map[string]int {
	t.Helper()
	found := map[string]int{}
	for _, row := range regexp.MustCompile("(?m)^\\| (\\d+) \\| `([a-z/]+)` \\|").FindAllStringSubmatch(text, -1) {
		if _, twice := found[row[2]]; twice {
			t.Errorf("ARCHITECTURE.md names %s twice", row[2])
		}
		found[row[2]], _ = strconv.Atoi(row[1])
	}
	return found
}

// imports returns the packages of this module that each package imports
// outside its tests.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, root := range []string{"../internal", "../cmd", "../layouts"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() && entry.Name() == "testdata" {
				return filepath.SkipDir
			}
			if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
			if err != nil {
				return err
			}
			name := short(strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), "../"))
			all[name] = append(all[name], own(file.Imports)...)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// own returns those of a file's imports that are packages of this module.
func own(specs []*ast.ImportSpec) []string {
	var names []string
	for _, spec := range specs {
		if name, ok := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), "wangjian/"); ok {
			names = append(names, short(name))
		}
	}
	return names
}

// short is a package as ARCHITECTURE.md names it.
func short(path string) string { return strings.TrimPrefix(path, "internal/") }

// TestImportsRunOneWay: every package stands in the table of ARCHITECTURE.md
// and imports packages of lower layers alone.
func TestImportsRunOneWay(t *testing.T) {
	text, err := os.ReadFile("../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	layer := layers(t, string(text))
	is := imports(t)
	for name, imported := range is {
		if layer[name] == 0 {
			t.Errorf("ARCHITECTURE.md does not name the package %s", name)
		}
		for _, other := range imported {
			if layer[other] >= layer[name] {
				t.Errorf("%s (layer %d) imports %s (layer %d)", name, layer[name], other, layer[other])
			}
		}
	}
	for name := range layer {
		if is[name] == nil && !exists("../internal/"+name) && !exists("../"+name) {
			t.Errorf("ARCHITECTURE.md names %s, which is no package", name)
		}
	}
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
