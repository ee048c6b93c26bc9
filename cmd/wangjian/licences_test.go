package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A linked module is one that has a package in the program, on some platform.
type linkedModule struct{ path, version, licence string }

// row is the module's line in THIRD_PARTY.md, without what it is for.
func (m linkedModule) row() string {
	return fmt.Sprintf("| %s | %s | %s |", m.path, m.version, m.licence)
}

// linkedRow matches such a line, and what the module is for.
var linkedRow = regexp.MustCompile(`(?m)^(\| (\S+) \| v\d\S* \| [^|]+ \|) ([^|]*) \|\n`)

// TestModulesInThirdParty: THIRD_PARTY.md has every module that is linked into the
// program on a platform of the Makefile, with its version and licence and what it
// is for, and no other.
func TestModulesInThirdParty(t *testing.T) {
	const file = "../../THIRD_PARTY.md"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	modules := linkedModules(t)
	if *update {
		text = []byte(withModules(string(text), modules))
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var listed []string
	for _, m := range linkedRow.FindAllStringSubmatch(string(text), -1) {
		listed = append(listed, m[1])
		if m[3] == "" {
			t.Errorf("THIRD_PARTY.md: %s is listed without what it is for", m[2])
		}
	}
	var linked []string
	for _, m := range modules {
		linked = append(linked, m.row())
	}
	if !slices.Equal(listed, linked) {
		t.Errorf("THIRD_PARTY.md lists\n%s\nlinked are (write them with go test ./cmd/wangjian -run ThirdParty -update)\n%s",
			strings.Join(listed, "\n"), strings.Join(linked, "\n"))
	}
}

// withModules returns text with the rows of its table replaced; what a module is
// for stays.
func withModules(text string, modules []linkedModule) string {
	purpose := map[string]string{}
	for _, m := range linkedRow.FindAllStringSubmatch(text, -1) {
		purpose[m[2]] = m[3]
	}
	const head = "| module | version | licence | for |\n|---|---|---|---|\n"
	var table strings.Builder
	table.WriteString(head)
	for _, m := range modules {
		fmt.Fprintf(&table, "%s %s |\n", m.row(), purpose[m.path])
	}
	return strings.Replace(linkedRow.ReplaceAllString(text, ""), head, table.String(), 1)
}

// linkedModules returns the modules of the program over all platforms, by path.
func linkedModules(t *testing.T) []linkedModule {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	platforms := regexp.MustCompile(`(?m)^PLATFORMS = (.+)$`).FindSubmatch(makefile)
	if platforms == nil {
		t.Fatal("the Makefile has no line PLATFORMS")
	}
	found := map[string]linkedModule{}
	for _, p := range strings.Fields(string(platforms[1])) {
		system, arch, _ := strings.Cut(p, "/")
		c := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}", ".")
		c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+arch)
		list, err := c.Output()
		if err != nil {
			t.Fatal(p, err)
		}
		for line := range strings.Lines(string(list)) {
			m := strings.Split(strings.TrimSpace(line), "\t")
			if _, known := found[m[0]]; len(m) == 3 && !known {
				found[m[0]] = linkedModule{m[0], m[1], licenceOf(t, m[2])}
			}
		}
	}
	var modules []linkedModule
	for _, m := range found {
		modules = append(modules, m)
	}
	slices.SortFunc(modules, func(a, b linkedModule) int { return strings.Compare(a.path, b.path) })
	return modules
}

// licenceOf returns the licences of the module in dir by sentences that only they
// have.
func licenceOf(t *testing.T, dir string) string {
	files, err := filepath.Glob(filepath.Join(dir, "[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*"))
	if err != nil || len(files) == 0 {
		t.Fatal(dir, "has no licence", err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Join(strings.Fields(string(text)), " ")
	var names []string
	for _, l := range []struct{ name, sentence string }{
		{"FTL", "The FreeType License"},
		{"MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy"},
		{"Apache-2.0", "http://www.apache.org/licenses/"},
		{"BSD-3-Clause", "to endorse or promote products derived from this software without specific prior written permission"},
		{"BSD-2-Clause", "Redistribution and use in source and binary forms"},
	} {
		if strings.Contains(words, l.sentence) && !(l.name == "BSD-2-Clause" && slices.Contains(names, "BSD-3-Clause")) {
			names = append(names, l.name)
		}
	}
	if len(names) == 0 {
		t.Fatalf("%s: licence unknown to the test", files[0])
	}
	return strings.Join(names, ", ")
}
