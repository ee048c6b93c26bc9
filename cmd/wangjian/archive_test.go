//go:build whole

package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"wangjian/internal/soak"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// TestPDFsAreForKeeping: every PDF of the public sites of the sample and of the
// second campaign, those that lie beside the cases too, and of the submission
// to the superior office is what archives take.
// Four programs that know nothing of each other look at each.
func TestPDFsAreForKeeping(t *testing.T) {
	var files []string
	for _, site := range []string{site(t), smallLater(t)} {
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
	submission := filepath.Join(t.TempDir(), "submission.zip")
	command(t, "-C", smallCampaign, "--date", "2026-06-01", "bundle", "-o", submission)
	files = append(files, unpacked(t, submission, ".pdf")...)
	if soak.Long() { // the sample's submission, and a report of hundreds of pages
		command(t, "-C", "../..", "bundle", "-o", submission)
		files = append(files, unpacked(t, submission, ".pdf")...)
		stressed := filepath.Join(t.TempDir(), "report.pdf")
		command(t, "-C", manyCases(t, 150), "--date", "2026-06-01", "pdf", "-o", stressed)
		files = append(files, stressed)
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

// manyCases is the small campaign with so many cases of two pages and more.
func manyCases(t *testing.T, count int) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(smallCampaign)); err != nil {
		t.Fatal(err)
	}
	one, err := os.ReadFile(filepath.Join(dir, "content/cases/guoqi-mianbao.md"))
	if err != nil {
		t.Fatal(err)
	}
	said := strings.Repeat("当日在店内货架上查获超过保质期的面包，已经售出的逐一追回。", 25)
	for n := range count {
		text := strings.NewReplacer("〕7号", fmt.Sprintf("〕%d号", 1000+n), "决定书: guoqi-mianbao.txt\n", "", "过期面包在售。", said+"\n\n| 品名 | 数量 |\n|---|---|\n"+strings.Repeat("| 面包 | 5 |\n", 12)).Replace(string(one))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("content/cases/c%03d.md", n)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// command runs the program as a person would.
func command(t *testing.T, args ...string) {
	t.Helper()
	var said bytes.Buffer
	if code := run(context.Background(), args, system{Stdout: &said, Stderr: &said, Now: time.Now}); code != 0 {
		t.Fatalf("%v: exit %d\n%s", args, code, said.String())
	}
}

// unpacked writes the files of an archive that end as told into a folder.
func unpacked(t *testing.T, file, ending string) []string {
	t.Helper()
	archive, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	folder := t.TempDir()
	var files []string
	for _, f := range archive.File {
		if !strings.HasSuffix(f.Name, ending) {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(folder, fmt.Sprintf("%02d-%s", len(files), path.Base(f.Name)))
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
		files = append(files, name)
	}
	if len(files) == 0 {
		t.Errorf("%s holds no %s", filepath.Base(file), ending)
	}
	return files
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
