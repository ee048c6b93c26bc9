package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"wangjian/content"
	"wangjian/data"
)

// editedNarrative is what edits of the sample add a sentence to, editedPage where it
// shows.
const editedNarrative, editedPage = "content/narratives/final/gongan.md", "departments/gongan/index.html"

// cold measures whole builds of the sample, with drawings, cards, photos and
// papers: in a fresh folder, again, and after an edit. It runs the program
// itself.
func cold(o options) error {
	program, err := compiled(o.work)
	if err != nil {
		return err
	}
	sample := filepath.Join(o.work, "cold")
	works := []string{"fresh, everything", "again, nothing changed", "one narrative edited, build"}
	took := make([]series, len(works))
	var site output
	for n := range o.times {
		if err := layOut(sample); err != nil {
			return err
		}
		for w := range works {
			if w == 2 {
				if err := addSentence(filepath.Join(sample, editedNarrative), fmt.Sprintf("再次复查后，又整改第%d批。", n+2)); err != nil {
					return err
				}
			}
			it, _, err := measure(program, "-C", sample, "build")
			if err != nil {
				return err
			}
			took[w] = append(took[w], it)
		}
		if site, err = written(filepath.Join(sample, "public")); err != nil {
			return err
		}
	}
	for w, what := range works {
		row("the sample, "+what, "wangjian", took[w], site)
		site = output{}
	}
	return nil
}

// root is the repository, from this folder, where the program is run.
const root = "../.."

// compiled builds the program into a folder.
func compiled(dir string) (program string, err error) {
	program = filepath.Join(dir, "bin", "wangjian")
	build := exec.Command("go", "build", "-o", program, "./cmd/wangjian")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("编译：%w\n%s", err, out)
	}
	return program, nil
}

// layOut makes a campaign of the sample, with nothing of an earlier build.
func layOut(dir string) error {
	if err := remove(dir); err != nil {
		return err
	}
	return errors.Join(copyInputs(filepath.Join(dir, "data"), data.Files), copyInputs(filepath.Join(dir, "content"), content.Files))
}

// copyInputs lays out what is embedded, without the Go files.
func copyInputs(to string, from fs.FS) error {
	return fs.WalkDir(from, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasSuffix(name, ".go") {
			return err
		}
		raw, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		file := filepath.Join(to, filepath.FromSlash(name))
		return errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, raw, 0o644))
	})
}

// addSentence is an edit.
func addSentence(file, sentence string) error {
	f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = io.WriteString(f, "\n"+sentence+"\n")
	return errors.Join(err, f.Close())
}
