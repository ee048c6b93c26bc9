//go:build whole

package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestValid puts every page of both campaigns through the Nu checker, and our
// stylesheets too: no error.
func TestValid(t *testing.T) {
	jar, err := filepath.Abs("../../.wangjian/vnu/node_modules/vnu-jar/build/dist/vnu.jar")
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("make", "-s", "-C", "../..", "vnu").CombinedOutput(); err != nil {
		t.Fatalf("the Nu checker is missing: %s", out)
	}
	second := smallInMay(t)
	check := func(args ...string) {
		t.Helper()
		out, err := exec.Command("java", append([]string{"-Xmx768m", "-jar", jar, "--errors-only", "--format", "gnu"}, args...)...).CombinedOutput()
		if exit := new(exec.ExitError); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		if err != nil || len(out) > 0 {
			t.Errorf("%v\n%s", err, out)
		}
	}
	pages := 0
	for _, dir := range []string{site(t), second} {
		filepath.WalkDir(dir, func(name string, _ os.DirEntry, _ error) error {
			if strings.HasSuffix(name, ".html") {
				pages++
			}
			return nil
		})
	}
	if pages < 80 {
		t.Errorf("only %d pages", pages)
	}
	papers, _ := corrected(t)
	check("--skip-non-html", site(t), second, filepath.Join(papers, "papers"))
	check("--css", filepath.Join(site(t), "assets", "site.css"), "../../internal/preview/assets/preview.css")
}
