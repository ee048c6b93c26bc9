package forms

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/ooxml"
)

// workbookReader reads a workbook's parts into grids.
type workbookReader struct {
	archive *archive
	strings []string
	formats []string // of each cell style
	total   int      // cells so far
	most    int      // cells that are read
}

// readWorkbook gives a workbook's sheets in their order.
func readWorkbook(data []byte) ([]*grid, *campaign.Finding) {
	a, p := openArchive(data)
	if p != nil {
		return nil, p
	}
	w := &workbookReader{archive: a, most: maxCells}
	grids, err := w.read()
	if err != nil {
		return nil, readError(err)
	}
	return grids, nil
}

func (w *workbookReader) read() ([]*grid, error) {
	book, err := w.archive.Workbook(maxSheets)
	if err != nil {
		return nil, err
	}
	if w.strings, err = w.archive.SharedStrings(maxStrings); err != nil {
		return nil, err
	}
	if err := w.readStyles(); err != nil {
		return nil, err
	}
	var grids []*grid
	for _, s := range book.Sheets {
		if s.Part == "" {
			continue // a chart sheet
		}
		data, err := w.archive.Read(s.Part)
		if err != nil {
			return nil, err
		}
		if data == nil {
			continue // a sheet that is not there
		}
		g := newGrid(s.Name)
		g.hidden, g.epoch1904 = s.Hidden, book.Date1904
		if err := w.readSheet(g, data); err != nil {
			return nil, err
		}
		grids = append(grids, g)
	}
	return grids, nil
}

func silent(string) {}

// readStyles notes the number format of every cell style.
func (w *workbookReader) readStyles() error {
	data, err := w.archive.Read("xl/styles.xml")
	if err != nil || data == nil {
		return err
	}
	custom, inCells := map[string]string{}, false
	return ooxml.Scan(data, maxDepth, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			custom[ooxml.Attribute(e, "numFmtId")] = ooxml.Attribute(e, "formatCode")
		case "cellXfs":
			inCells = true
		case "xf":
			if inCells {
				id := ooxml.Attribute(e, "numFmtId")
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
	return ooxml.Scan(data, maxDepth, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			row, column = row+1, 0
			if n, err := strconv.Atoi(ooxml.Attribute(e, "r")); err == nil && n > 0 {
				row = n
			}
		case "c":
			column++
			if r, col, ok := parseReference(ooxml.Attribute(e, "r")); ok {
				row, column = r, col
			}
			c = &cellReader{cell: cell{row: row, column: column}, kindName: ooxml.Attribute(e, "t"), style: ooxml.Attribute(e, "s")}
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
			from, to, ok := strings.Cut(ooxml.Attribute(e, "ref"), ":")
			top, left, ok1 := parseReference(from)
			bottom, right, ok2 := parseReference(to)
			if !ok || !ok1 || !ok2 {
				return nil
			}
			if len(g.merged) == maxMerged {
				return ooxml.ErrTooMany
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
				if w.total++; w.total > w.most {
					return ooxml.ErrTooMany
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
		c.text = ooxml.Unescape(c.inline.String())
	case "str":
		c.text = ooxml.Unescape(c.text)
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
