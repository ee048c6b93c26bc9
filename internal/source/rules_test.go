package source

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestRulesAreListed: every code that a finding of the reader can carry is in
// the list, and the list names no other.
func TestRulesAreListed(t *testing.T) {
	listed := map[string]bool{}
	for _, r := range Rules {
		if listed[r.Code] {
			t.Errorf("%s is listed twice", r.Code)
		}
		listed[r.Code] = true
	}
	used := map[string]bool{}
	code := regexp.MustCompile(`(?:\b(?:fail|warn)\((?:[\w.()\[\]]+, )?|\brule(?::| :?=) )"([a-z]+(?:-[a-z]+)*)"`)
	for _, dir := range []string{".", "../markdown"} {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range code.FindAllStringSubmatch(string(text), -1) {
				used[m[1]] = true
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
