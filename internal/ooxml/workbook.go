package ooxml

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
)

// WorkbookPart is the part that makes an archive a workbook.
const WorkbookPart = "xl/workbook.xml"

const maxDepth = 64

// Workbook is what a workbook says of its sheets, in their order.
type Workbook struct {
	Sheets   []Sheet
	Date1904 bool // days count from 1904
}

// Sheet is a sheet of a workbook.
type Sheet struct {
	Name   string
	Part   string // "" for what is no worksheet, or lies elsewhere
	Hidden bool
}

func nothing(string) error { return nil }

func silent(string) {}

// Workbook reads the list of sheets; ErrTooMany tells of more than most.
func (a *Archive) Workbook(most int) (Workbook, error) {
	var w Workbook
	relations, err := a.Relations(WorkbookPart)
	if err != nil {
		return w, err
	}
	data, err := a.Read(WorkbookPart)
	if err != nil {
		return w, err
	}
	err = Scan(data, maxDepth, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			on := Attribute(e, "date1904")
			w.Date1904 = on == "1" || on == "true"
		case "sheet":
			if len(w.Sheets) == most {
				return ErrTooMany
			}
			s := Sheet{Name: Attribute(e, "name"), Hidden: strings.Contains(strings.ToLower(Attribute(e, "state")), "hidden")}
			for _, a := range e.Attr {
				if r := relations[a.Value]; a.Name.Local == "id" && a.Name.Space != "" && r.Kind == "worksheet" && !r.External {
					s.Part = r.Target
				}
			}
			w.Sheets = append(w.Sheets, s)
		}
		return nil
	}, silent, nothing)
	return w, err
}

// SharedStrings reads the table of texts that cells share, without the readings
// of characters (rPh); ErrTooMany tells of more than most.
func (a *Archive) SharedStrings(most int) ([]string, error) {
	data, err := a.Read("xl/sharedStrings.xml")
	if err != nil || data == nil {
		return nil, err
	}
	var list []string
	var current strings.Builder
	in, reading := false, false
	err = Scan(data, maxDepth, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "si":
			current.Reset()
		case "rPh":
			reading = true
		case "t":
			in = !reading
		}
		return nil
	}, func(s string) {
		if in {
			current.WriteString(s)
		}
	}, func(name string) error {
		switch name {
		case "rPh":
			reading = false
		case "t":
			in = false
		case "si":
			if len(list) == most {
				return ErrTooMany
			}
			list = append(list, Unescape(current.String()))
		}
		return nil
	})
	return list, err
}

// CellFormats returns the number format of every cell style; builtin knows those
// that have no more than a number.
func (a *Archive) CellFormats(builtin func(id string) string) ([]string, error) {
	data, err := a.Read("xl/styles.xml")
	if err != nil || data == nil {
		return nil, err
	}
	var formats []string
	custom, inCells := map[string]string{}, false
	err = Scan(data, maxDepth, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			custom[Attribute(e, "numFmtId")] = Attribute(e, "formatCode")
		case "cellXfs":
			inCells = true
		case "xf":
			if inCells {
				id := Attribute(e, "numFmtId")
				format, ok := custom[id]
				if !ok {
					format = builtin(id)
				}
				formats = append(formats, format)
			}
		}
		return nil
	}, silent, func(name string) error {
		if name == "cellXfs" {
			inCells = false
		}
		return nil
	})
	return formats, err
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// Unescape reads _x000D_, by which Office writes what XML cannot hold.
func Unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[2:6], 16, 32)
		return string(rune(n))
	})
}
