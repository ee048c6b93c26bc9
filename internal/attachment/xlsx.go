package attachment

import (
	"encoding/xml"
	"path"
	"strconv"
	"strings"

	"wangjian/internal/ooxml"
)

const maxSheets = 5000

// readXlsx reads a workbook's cells, also of hidden sheets, its comments and
// the names of its sheets.
func readXlsx(t *Text, data []byte) error {
	p, err := openPack(data)
	if err != nil {
		return err
	}
	if !p.Has(ooxml.WorkbookPart) {
		return unreadable("文件里没有工作簿")
	}
	shared, err := p.SharedStrings(maxPieces)
	if err != nil {
		return err
	}
	book, err := p.Workbook(maxSheets)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, s := range book.Sheets {
		names[strings.ToLower(s.Part)] = shorten(s.Name)
		if err := t.add("工作表的名称", shorten(s.Name)); err != nil {
			return err
		}
	}
	for _, part := range p.Names(func(name string) bool {
		return strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml")
	}) {
		name := names[part]
		if name == "" {
			name = strings.TrimSuffix(path.Base(part), ".xml")
		}
		if err := p.cells(t, part, name, shared); err != nil {
			return err
		}
	}
	for _, part := range p.Names(func(name string) bool {
		return strings.HasPrefix(name, "xl/comments") || strings.HasPrefix(name, "xl/threadedcomments/") || strings.HasPrefix(name, "xl/drawings/drawing")
	}) {
		block := "comment"
		if strings.HasPrefix(part, "xl/drawings/") {
			block = "p"
		}
		if err := p.paragraphs(t, part, func(int) string { return "批注或文本框" }, block); err != nil {
			return err
		}
	}
	return pictured(t, p, "xl/media/")
}

// cells reads a sheet: a row is a line, so that a cue word in one cell counts
// for the next, and a cell is found by its reference.
func (p *pack) cells(t *Text, part, sheet string, shared []string) error {
	data, err := p.Read(part)
	if err != nil {
		return err
	}
	var row, value strings.Builder
	first, kind, in := "", "", false
	return ooxml.Scan(data, maxDepth, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			row.Reset()
			first = ""
		case "c":
			kind = ooxml.Attribute(e, "t")
			value.Reset()
			if first == "" {
				first = shorten(ooxml.Attribute(e, "r"))
			}
		case "v", "t":
			in = true
		}
		return nil
	}, func(s string) {
		if in {
			value.WriteString(s)
		}
	}, func(name string) error {
		switch name {
		case "v", "t":
			in = false
		case "c":
			text := value.String()
			if kind == "s" {
				n, err := strconv.Atoi(strings.TrimSpace(text))
				text = ""
				if err == nil && n >= 0 && n < len(shared) {
					text = shared[n]
				}
			} else if f, err := strconv.ParseFloat(text, 64); err == nil && strings.ContainsAny(text, "eE") && f == float64(int64(f)) {
				text = strconv.FormatInt(int64(f), 10) // 1.3800001234E10 is a number in full
			}
			value.Reset()
			if row.Len() > 0 {
				row.WriteByte('\t')
			}
			row.WriteString(text)
			if row.Len() > maxText {
				return errBounds
			}
		case "row":
			return t.add("表“"+sheet+"”"+rowOf(first), strings.Trim(row.String(), "\t"))
		}
		return nil
	})
}

// rowOf gives the row of a cell's reference.
func rowOf(cell string) string {
	digits := strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if digits == "" {
		return ""
	}
	return "第 " + digits + " 行"
}
