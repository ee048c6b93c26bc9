package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"wangjian/internal/review"
)

var update = flag.Bool("update", false, "rewrite docs/rules.md and THIRD_PARTY.md")

// TestRulesInTheManual: docs/rules.md is what check --rules prints.
func TestRulesInTheManual(t *testing.T) {
	var printed bytes.Buffer
	printRules(&printed)
	var manual strings.Builder
	manual.WriteString("# 规则\n\n`wangjian check --rules` 列出的全部规则（由测试核对，改规则后运行 `go test ./cmd/wangjian -run Manual -update`）。\n\n| 代码 | 要求 |\n|---|---|\n")
	for _, line := range strings.Split(strings.TrimSpace(printed.String()), "\n") {
		code, words, _ := strings.Cut(line, " ")
		fmt.Fprintf(&manual, "| `%s` | %s |\n", code, strings.TrimSpace(words))
	}
	const file = "../../docs/rules.md"
	if *update {
		if err := os.WriteFile(file, []byte(manual.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != manual.String() {
		t.Errorf("docs/rules.md is not what the rules are (%v): run with -update", err)
	}
}

// TestRulesAreListed: every code that a finding of a reader or an import can
// carry is in the list, once, and the list names no other.
func TestRulesAreListed(t *testing.T) {
	listed := map[string]bool{}
	for _, r := range rules() {
		if listed[r.Code] || r.Words == "" || r.Level == "" {
			t.Errorf("%s is listed twice, or without words or level", r.Code)
		}
		listed[r.Code] = true
	}
	used := map[string]bool{}
	for _, r := range review.List() {
		used[r.Code] = true
	}
	code := regexp.MustCompile(`(?:\b(?:fail|warn|note|problem|count|refusal|problemf|faulty|finding)\((?:[\w.()\[\]]+, )?|\b[rR]ule(?::| :?=) )"([a-z]+(?:-[a-z]+)*)"`)
	row := regexp.MustCompile(`\t\{"([a-z]+-[a-z]+)", "`) // of a table with the words beside
	for _, dir := range []string{"source", "markdown", "site", "forms", "manuscript", "record", "inbox"} {
		files, err := filepath.Glob("../../internal/" + dir + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatal(dir, err)
		}
		for _, f := range files {
			if strings.HasSuffix(f, "_test.go") {
				continue
			}
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range code.FindAllStringSubmatch(string(text), -1) {
				used[m[1]] = true
			}
			for _, m := range row.FindAllStringSubmatch(string(text), -1) {
				used[m[1]] = used[m[1]] || listed[m[1]]
			}
		}
	}
	for c := range used {
		if !listed[c] {
			t.Errorf("%s is used and not listed", c)
		}
	}
	for c := range listed {
		if !used[c] {
			t.Errorf("%s is listed and never used", c)
		}
	}
}
