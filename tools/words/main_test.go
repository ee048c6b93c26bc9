package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestCheck: each word is found in its place, and only there.
func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		file, text string
		want       []string // line:column word
	}{
		"a comment":                   {"internal/site/a.go", "package site\n\n// total gives the sum.\nfunc total() int { return 0 }\n", []string{"3:10 gives"}},
		"a comment behind Chinese":    {"internal/site/a.go", "package site\n\nvar a = \"期次\" // 期次 gives it\n", []string{"3:20 gives"}},
		"a string is no comment":      {"internal/site/a.go", "package site\n\nvar a = \"gives // gives\"\n", nil},
		"tells whether":               {"internal/site/a.go", "package site\n\n/* It tells whether. */\n", []string{"3:7 tells whether"}},
		"over the end of a line":      {"internal/site/a.go", "package site\n\n// It tells\n// whether.\n", []string{"3:7 tells whether"}},
		"a package is no room":        {"internal/site/a.go", "// Package site is the room of pages, and has room for more.\npackage site\n", []string{"1:20 the room"}},
		"prose":                       {"docs/a.md", "It gives `gives`.\n\n```\ngives\n```\n", []string{"1:4 gives"}},
		"Chinese prose":               {"README.zh-CN.md", "gives\n", nil},
		"the vocabulary itself":       {"docs/style.md", "gives\n", nil},
		"test data":                   {"internal/site/testdata/a.md", "gives\n", nil},
		"a make target":               {"Makefile", "a: ## it gives\n\techo gives\n", []string{"1:10 gives"}},
		"a style sheet":               {"layouts/assets/a.css", "/* gives */ .gives{}\n", []string{"1:4 gives"}},
		"a type of stats":             {"internal/stats/a.go", "package stats\n\ntype Book struct{ heldBack int }\n", []string{"3:6 Book", "3:19 heldBack"}},
		"a book elsewhere":            {"internal/forms/a.go", "package forms\n\ntype Book struct{}\n", nil},
		"a word within a word":        {"internal/stats/a.go", "package stats\n\nvar booking, household int\n", nil},
		"a method":                    {"internal/search/a.go", "package search\n\nfunc (x *Index) putAway() {}\n", []string{"3:17 putAway"}},
		"a local found":               {"internal/journal/a.go", "package journal\n\nfunc f() {\n\tfound := 1\n\t_ = found\n}\n", nil},
		"a field found":               {"internal/journal/a.go", "package journal\n\ntype f struct{ found, kept int }\n", []string{"3:16 found", "3:23 kept"}},
		"a local that is meant":       {"internal/publish/a.go", "package publish\n\nfunc f(later int) {\n\tfor kept := range later {\n\t\t_ = kept\n\t}\n}\n", []string{"3:8 later", "4:6 kept"}},
		"a name that is used is once": {"internal/stats/a.go", "package stats\n\nfunc f(book int) int { return book + book }\n", []string{"3:8 book"}},
	} {
		t.Run(name, func(t *testing.T) {
			findings, err := check(fstest.MapFS{c.file: {Data: []byte(c.text)}})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range findings {
				got = append(got, fmt.Sprintf("%d:%d %s", f.line, f.column, f.word))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestEveryRowIsHeld: what docs/style.md lists is what is looked for.
func TestEveryRowIsHeld(t *testing.T) {
	style, err := os.ReadFile("../../docs/style.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(style), "| not | but |\n|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	rows := strings.Split(table, "\n")
	if len(rows) < 12 {
		t.Fatalf("only %d rows", len(rows))
	}
	bracket := regexp.MustCompile(` \([^)]*\)`)
	for _, row := range rows {
		list := bracket.ReplaceAllString(strings.Split(row, "|")[1], "")
		for _, word := range regexp.MustCompile(`[,;] `).Split(strings.TrimSpace(list), -1) {
			if !lookedFor(word) {
				t.Errorf("nothing looks for %q", word)
			}
		}
	}
}

func lookedFor(word string) bool {
	for _, row := range inProse {
		if row.find.MatchString("the " + word) {
			return true
		}
	}
	return slices.ContainsFunc(inNames, func(r nameRow) bool { return slices.Contains(r.words, word) })
}
