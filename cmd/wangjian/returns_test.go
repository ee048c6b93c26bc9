package main

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// fillForm is the command fill FORM.xlsx RETURN.xlsx CELL=VALUE…: what a department
// does in Excel with the form that it got. A cell may name its sheet, SHEET!CELL.
func fillForm(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 3 {
		ts.Fatalf("usage: fill form.xlsx return.xlsx cell=value…")
	}
	book, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer book.Close()
	for _, arg := range args[2:] {
		cell, value, _ := strings.Cut(arg, "=")
		sheet := book.GetSheetName(0)
		if name, below, ok := strings.Cut(cell, "!"); ok {
			sheet, cell = name, below
		}
		ts.Check(book.SetCellDefault(sheet, cell, value))
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[1])), 0o755))
	ts.Check(book.SaveAs(ts.MkAbs(args[1])))
}

// writeWord is the command word TEXT FILE.docx: a Word file with a paragraph a line.
func writeWord(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: word text file.docx")
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[1])), 0o755))
	ts.Check(writeDocx(ts.MkAbs(args[1]), strings.Split(strings.TrimSpace(ts.ReadFile(args[0])), "\n")...))
}

// packZip is the command pack FILE.zip NAME…: files in an archive, by their last names.
func packZip(ts *testscript.TestScript, _ bool, args []string) {
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	z := zip.NewWriter(f)
	for _, name := range args[1:] {
		w, err := z.Create(filepath.Base(name))
		ts.Check(err)
		_, err = w.Write([]byte(ts.ReadFile(name)))
		ts.Check(err)
	}
	ts.Check(z.Close())
	ts.Check(f.Close())
}
