package forms

import (
	"encoding/xml"
	"errors"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// errTooMany says that a sheet has more cells than any form.
var errTooMany = errors.New("too many cells")

// workbookReader reads a workbook's parts into grids.
type workbookReader struct {
	archive *archive
	strings []string
	formats []string // of each cell style
	total   int      // cells so far
	sheets  []sheetEntry
	date1904,
	loaded bool
}

type sheetEntry struct {
	name, id string
	hidden   bool
}

// readWorkbook gives a workbook's sheets in their order.
func readWorkbook(data []byte) ([]*grid, *problem) {
	a, p := openArchive(data)
	if p != nil {
		return nil, p
	}
	w := &workbookReader{archive: a}
	grids, err := w.read()
	if err != nil {
		return nil, readError(err)
	}
	return grids, nil
}

func (w *workbookReader) read() ([]*grid, error) {
	if err := w.readSheetList(); err != nil {
		return nil, err
	}
	targets, err := w.targets()
	if err != nil {
		return nil, err
	}
	if err := w.readStrings(); err != nil {
		return nil, err
	}
	if err := w.readStyles(); err != nil {
		return nil, err
	}
	var grids []*grid
	for _, s := range w.sheets {
		data, err := w.archive.part(targets[s.id])
		if err != nil {
			return nil, err
		}
		if data == nil {
			continue // a chart sheet, or a sheet that is not there
		}
		g := newGrid(s.name)
		g.hidden, g.epoch1904 = s.hidden, w.date1904
		if err := w.readSheet(g, data); err != nil {
			return nil, err
		}
		grids = append(grids, g)
	}
	return grids, nil
}

func nothing(string) error { return nil }

func silent(string) {}

func (w *workbookReader) readSheetList() error {
	data, err := w.archive.part("xl/workbook.xml")
	if err != nil {
		return err
	}
	return scan(data, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			w.date1904 = slices.Contains([]string{"1", "true"}, attribute(e, "date1904"))
		case "sheet":
			if len(w.sheets) == maxSheets {
				return errTooMany
			}
			s := sheetEntry{name: attribute(e, "name"), hidden: strings.Contains(strings.ToLower(attribute(e, "state")), "hidden")}
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					s.id = a.Value
				}
			}
			w.sheets = append(w.sheets, s)
		}
		return nil
	}, silent, nothing)
}

// targets gives the part that each relation of the workbook points to.
func (w *workbookReader) targets() (map[string]string, error) {
	data, err := w.archive.part("xl/_rels/workbook.xml.rels")
	if err != nil {
		return nil, err
	}
	targets := map[string]string{}
	err = scan(data, func(e xml.StartElement) error {
		if e.Name.Local == "Relationship" && attribute(e, "TargetMode") != "External" && strings.HasSuffix(attribute(e, "Type"), "/worksheet") {
			target := attribute(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			targets[attribute(e, "Id")] = target
		}
		return nil
	}, silent, nothing)
	return targets, err
}

// readStrings reads the table of shared texts. Readings of characters (rPh)
// are no part of a text.
func (w *workbookReader) readStrings() error {
	data, err := w.archive.part("xl/sharedStrings.xml")
	if err != nil || data == nil {
		return err
	}
	var current strings.Builder
	reading, inText := false, false
	return scan(data, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "si":
			current.Reset()
		case "rPh":
			reading = true
		case "t":
			inText = !reading
		}
		return nil
	}, func(s string) {
		if inText {
			current.WriteString(s)
		}
	}, func(name string) error {
		switch name {
		case "si":
			if len(w.strings) == maxStrings {
				return errTooMany
			}
			w.strings = append(w.strings, unescape(current.String()))
		case "rPh":
			reading = false
		case "t":
			inText = false
		}
		return nil
	})
}

// readStyles notes the number format of every cell style.
func (w *workbookReader) readStyles() error {
	data, err := w.archive.part("xl/styles.xml")
	if err != nil || data == nil {
		return err
	}
	custom, inCells := map[string]string{}, false
	return scan(data, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			custom[attribute(e, "numFmtId")] = attribute(e, "formatCode")
		case "cellXfs":
			inCells = true
		case "xf":
			if inCells {
				id := attribute(e, "numFmtId")
				format, ok := custom[id]
				if !ok {
					format = builtinFormat(id)
				}
				w.formats = append(w.formats, format)
			}
		}
		return nil
	}, silent, func(name string) error {
		if name == "cellXfs" {
			inCells = false
		}
		return nil
	})
}

// cellReader is the cell that is being read.
type cellReader struct {
	cell
	kindName, style string
	value, inline   strings.Builder
	in              string // v, or t of an inline text
	reading         bool   // inside rPh
}

func (w *workbookReader) readSheet(g *grid, data []byte) error {
	row, column := 0, 0
	var c *cellReader
	return scan(data, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			row, column = row+1, 0
			if n, err := strconv.Atoi(attribute(e, "r")); err == nil && n > 0 {
				row = n
			}
		case "c":
			column++
			if r, col, ok := parseReference(attribute(e, "r")); ok {
				row, column = r, col
			}
			c = &cellReader{cell: cell{row: row, column: column}, kindName: attribute(e, "t"), style: attribute(e, "s")}
		case "f":
			if c != nil {
				c.formula = true
			}
		case "rPh":
			if c != nil {
				c.reading = true
			}
		case "v", "t":
			if c != nil && !c.reading {
				c.in = e.Name.Local
			}
		case "mergeCell":
			from, to, ok := strings.Cut(attribute(e, "ref"), ":")
			top, left, ok1 := parseReference(from)
			bottom, right, ok2 := parseReference(to)
			if !ok || !ok1 || !ok2 {
				return nil
			}
			if len(g.merged) == maxMerged {
				return errTooMany
			}
			g.merged = append(g.merged, area{min(top, bottom), min(left, right), max(top, bottom), max(left, right)})
		}
		return nil
	}, func(s string) {
		switch {
		case c == nil:
		case c.in == "v":
			c.value.WriteString(s)
		case c.in == "t":
			c.inline.WriteString(s)
		}
	}, func(name string) error {
		switch name {
		case "v", "t":
			if c != nil {
				c.in = ""
			}
		case "rPh":
			if c != nil {
				c.reading = false
			}
		case "c":
			if c == nil {
				return nil
			}
			filled := w.finish(c)
			if filled {
				if w.total++; w.total > maxCells {
					return errTooMany
				}
				g.put(&c.cell)
			}
			c = nil
		}
		return nil
	})
}

// finish works out a cell's text and kind; false for an empty cell.
func (w *workbookReader) finish(c *cellReader) bool {
	c.text = c.value.String()
	switch c.kindName {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(c.text))
		c.text = ""
		if err == nil && n >= 0 && n < len(w.strings) {
			c.text = w.strings[n]
		}
	case "inlineStr":
		c.text = unescape(c.inline.String())
	case "str":
		c.text = unescape(c.text)
	case "b":
		c.kind = boolValue
	case "e":
		c.kind = errorValue
	case "d":
		c.kind = dateValue
	default:
		c.kind, c.text = numberValue, strings.TrimSpace(c.text)
		if n, err := strconv.Atoi(c.style); err == nil && n >= 0 && n < len(w.formats) {
			c.format = w.formats[n]
		}
	}
	return trim(c.text) != "" || c.formula
}

var reference = regexp.MustCompile(`^([A-Z]{1,3})([0-9]{1,7})$`)

// parseReference reads C7.
func parseReference(s string) (row, column int, ok bool) {
	m := reference.FindStringSubmatch(strings.ToUpper(strings.ReplaceAll(s, "$", "")))
	if m == nil {
		return 0, 0, false
	}
	for _, letter := range m[1] {
		column = column*26 + int(letter-'A') + 1
	}
	row, _ = strconv.Atoi(m[2])
	return row, column, row >= 1 && row <= 1<<20 && column <= 1<<14
}

var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// unescape reads _x000D_, by which Office writes what XML cannot hold.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[2:6], 16, 32)
		return string(rune(n))
	})
}
