package main

import (
	"encoding/xml"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// TestPDFsAreForKeeping: every PDF of the public sites of the sample and of the
// second campaign, those that lie beside the cases too, is what archives take.
// Four programs that know nothing of each other look at each.
func TestPDFsAreForKeeping(t *testing.T) {
	var files []string
	for _, site := range []string{build(t, "-C", "../.."), build(t, "-C", smallCampaign, "--date", "2026-06-01")} {
		found := len(files)
		err := filepath.WalkDir(site, func(name string, e fs.DirEntry, err error) error {
			if err == nil && filepath.Ext(name) == ".pdf" {
				files = append(files, name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(files) == found {
			t.Errorf("%s has no PDF", site)
		}
	}
	t.Run("Preflight", func(t *testing.T) { preflight(t, files) })
	model.ConfigPath = "disable" // it would write a file of its own
	strict := model.NewDefaultConfiguration()
	strict.ValidationMode = model.ValidationStrict
	for _, file := range files {
		name := filepath.Base(file)
		if err := api.ValidateFile(file, strict); err != nil {
			t.Errorf("pdfcpu, %s: %v", name, err)
		}
		if out, err := exec.Command("qpdf", "--check", file).CombinedOutput(); err != nil {
			t.Errorf("qpdf, %s: %v\n%s", name, err, out)
		}
		// mutool tells what it has to mend, and goes on. Debian builds it without
		// colour management.
		out, err := exec.Command("mutool", "draw", "-q", "-F", "trace", "-o", os.DevNull, file).CombinedOutput()
		if said := strings.ReplaceAll(string(out), "warning: ICC support is not available\n", ""); err != nil || said != "" {
			t.Errorf("mutool, %s: %v\n%.2000s", name, err, said)
		}
		out, err = exec.Command("pdfinfo", "-struct", file).CombinedOutput()
		if err != nil || !strings.HasPrefix(string(out), "Document") || strings.Contains(string(out), "Error") {
			t.Errorf("pdfinfo, %s: %v\n%.2000s", name, err, out)
		}
	}
}

// The validator of PDF/A-1b and what it stands on, as Debian installs them.
const jars = "/usr/share/java/"

var validator = []string{"preflight", "pdfbox2", "xmpbox", "fontbox2", "commons-logging", "commons-io", "javax.activation", "jaxb-api"}

// preflight validates all files in one run, since the start takes longest.
func preflight(t *testing.T, files []string) {
	var classes []string
	for _, jar := range validator {
		classes = append(classes, jars+jar+".jar")
	}
	list := filepath.Join(t.TempDir(), "list")
	if err := os.WriteFile(list, []byte(strings.Join(files, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("java", "-cp", strings.Join(classes, ":"), "org.apache.pdfbox.preflight.Validator_A1b", "xml", "group", list).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(list + ".preflight.xml")
	if err != nil {
		t.Fatal(err)
	}
	var found struct {
		Files []struct {
			Name   string `xml:"name,attr"`
			Valid  string `xml:"isValid"`
			Errors []struct {
				Code    string `xml:"code"`
				Details string `xml:"details"`
				Page    string `xml:"page"`
			} `xml:"errors>error"`
		} `xml:"preflight"`
	}
	if err := xml.Unmarshal(data, &found); err != nil {
		t.Fatal(err)
	}
	if len(found.Files) != len(files) {
		t.Errorf("validated %d of %d files", len(found.Files), len(files))
	}
	for _, f := range found.Files {
		if f.Valid != "true" {
			t.Errorf("%s is not valid PDF/A-1b", f.Name)
		}
		for i, e := range f.Errors {
			if i < 5 {
				t.Errorf("  %s %s (page %s)", e.Code, e.Details, e.Page)
			}
		}
	}
}
