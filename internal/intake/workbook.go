package intake

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
)

// WorkbookPart is the part that makes an archive a workbook.
const WorkbookPart = "xl/workbook.xml"

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
	part := a.sole("officeDocument", WorkbookPart)
	relations, err := a.Relations(part)
	if err != nil {
		return w, err
	}
	data, err := a.Read(part)
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
	data, err := a.Read(a.sole("sharedStrings", "xl/sharedStrings.xml"))
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
			list = append(list, unescape(current.String()))
		}
		return nil
	})
	return list, err
}

// CellFormats returns the number format of every cell style; builtin knows those
// that have no more than a number.
func (a *Archive) CellFormats(builtin func(id string) string) ([]string, error) {
	data, err := a.Read(a.sole("styles", "xl/styles.xml"))
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

// CellKind is what a cell's bytes are.
type CellKind int

// The kinds of cells.
const (
	TextCell CellKind = iota
	NumberCell
	BoolCell
	ErrorCell
	DateCell // ISO 8601, as strict workbooks have it
)

// Cell is a cell of a workbook's sheet: the file's own text for it, never a
// rounded one.
type Cell struct {
	Row, Column int
	Kind        CellKind
	Text        string
	Inline      string // the text that stands in the cell itself, whatever kind of cell it says it is
	Formula     bool
	Code        string // the formula, also where another cell has it for this one
	Format      string // number format of a NumberCell; "" is General
}

// openCell is a cell that is being read.
type openCell struct {
	Cell
	kind, style, in     string // t and s of the cell; f, v, or t of an inline text
	sharedBy            string // the cells of one formula
	reading             bool   // inside rPh
	inline, value, code strings.Builder
}

// Area is a block of merged cells, both ends included.
type Area struct{ Top, Left, Bottom, Right int }

// Has reports whether a cell is in the block.
func (a Area) Has(row, column int) bool {
	return a.Top <= row && row <= a.Bottom && a.Left <= column && column <= a.Right
}

// Cells reads the cells of a sheet, empty ones too as far as they are written,
// and its merged blocks, which come after all cells. An error of theirs ends it.
func (a *Archive) Cells(part string, shared, formats []string, cell func(*Cell) error, merged func(Area) error) error {
	data, err := a.Read(part)
	if err != nil || data == nil {
		return err
	}
	row, column := 0, 0
	codes := map[string]string{}
	var c *openCell
	return Scan(data, maxDepth, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			row, column = row+1, 0
			if n, err := strconv.Atoi(Attribute(e, "r")); err == nil && n > 0 {
				row = n
			}
		case "c":
			column++
			if r, col, ok := parseReference(Attribute(e, "r")); ok {
				row, column = r, col
			}
			c = &openCell{Cell: Cell{Row: row, Column: column}, kind: Attribute(e, "t"), style: Attribute(e, "s")}
		case "f", "rPh", "v", "t":
			c.open(e)
		case "mergeCell":
			from, to, ok := strings.Cut(Attribute(e, "ref"), ":")
			top, left, ok1 := parseReference(from)
			bottom, right, ok2 := parseReference(to)
			if ok && ok1 && ok2 {
				return merged(Area{min(top, bottom), min(left, right), max(top, bottom), max(left, right)})
			}
		}
		return nil
	}, func(s string) { c.write(s) }, func(name string) error {
		if name != "c" || c == nil {
			c.close(name)
			return nil
		}
		read := c.finish(shared, formats)
		if read.Code != "" {
			codes[c.sharedBy] = read.Code
		} else if c.sharedBy != "" {
			read.Code = codes[c.sharedBy]
		}
		c = nil
		return cell(&read)
	})
}

func (c *openCell) open(e xml.StartElement) {
	switch name := e.Name.Local; {
	case c == nil:
	case name == "f":
		c.Formula, c.in, c.sharedBy = true, name, Attribute(e, "si")
	case name == "rPh":
		c.reading = true
	case !c.reading:
		c.in = name
	}
}

func (c *openCell) write(s string) {
	switch {
	case c == nil:
	case c.in == "f":
		c.code.WriteString(s)
	case c.in == "v":
		c.value.WriteString(s)
	case c.in == "t":
		c.inline.WriteString(s)
	}
}

func (c *openCell) close(name string) {
	switch {
	case c == nil:
	case name == "rPh":
		c.reading = false
	case name == c.in:
		c.in = ""
	}
}

func (c *openCell) finish(shared, formats []string) Cell {
	c.Text, c.Inline, c.Code = c.value.String(), unescape(c.inline.String()), strings.TrimSpace(c.code.String())
	switch c.kind {
	case "s":
		n, err := strconv.Atoi(strings.TrimSpace(c.Text))
		c.Text = entry(shared, n, err)
	case "inlineStr":
		c.Text = c.Inline
	case "str":
		c.Text = unescape(c.Text)
	case "b":
		c.Kind = BoolCell
	case "e":
		c.Kind = ErrorCell
	case "d":
		c.Kind = DateCell
	default:
		c.Kind, c.Text = NumberCell, strings.TrimSpace(c.Text)
		n, err := strconv.Atoi(c.style)
		c.Format = entry(formats, n, err)
	}
	return c.Cell
}

// entry returns an entry of a table; "" where there is none.
func entry(table []string, n int, err error) string {
	if err != nil || n < 0 || n >= len(table) {
		return ""
	}
	return table[n]
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
