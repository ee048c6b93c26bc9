package attachment

import (
	"cmp"
	"fmt"
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
	for _, part := range p.under(".xml", "xl/worksheets/") {
		name := names[part]
		if name == "" {
			name = strings.TrimSuffix(path.Base(part), ".xml")
		}
		if err := p.cells(t, part, name, shared); err != nil {
			return err
		}
	}
	for _, part := range p.under("", "xl/comments", "xl/threadedcomments/", "xl/drawings/drawing") {
		block := "comment"
		if strings.HasPrefix(part, "xl/drawings/") {
			block = "p"
		}
		if err := p.paragraphs(t, part, func(int) string { return "批注或文本框" }, block); err != nil {
			return err
		}
	}
	return p.pictured(t, "xl/media/")
}

// cells reads a sheet: a row is a line, so that a cue word in one cell counts
// for the next.
func (p *pack) cells(t *Text, part, sheet string, shared []string) error {
	var line strings.Builder
	row := 0
	flush := func() error {
		text := strings.Trim(line.String(), "\t")
		line.Reset()
		return t.add(fmt.Sprintf("表“%s”第 %d 行", sheet, row), text)
	}
	err := p.Cells(part, shared, func(c *ooxml.Cell) error {
		if c.Row != row {
			if err := flush(); err != nil {
				return err
			}
			row = c.Row
		}
		text := cmp.Or(c.Text, c.Inline())
		if f, err := strconv.ParseFloat(text, 64); err == nil && c.Kind == ooxml.NumberCell && strings.ContainsAny(text, "eE") && f == float64(int64(f)) {
			text = strconv.FormatInt(int64(f), 10) // 1.3800001234E10 is a number in full
		}
		if line.Len() > 0 {
			line.WriteByte('\t')
		}
		line.WriteString(text)
		if line.Len() > maxText {
			return errBounds
		}
		return nil
	}, func(ooxml.Area) error { return nil })
	if err != nil {
		return err
	}
	return flush()
}
