package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite docs/rules.md")

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
