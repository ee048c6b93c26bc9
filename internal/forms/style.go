package forms

import (
	"strconv"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/campaign"
)

type align string

const (
	left   align = "left"
	centre align = "center"
)

// style is a cell's look; the book makes each once.
type style struct {
	align  align
	bold   bool
	boxed  bool
	shaded bool
	red    bool
	size   float64 // 0: bodySize
	open   bool    // to be filled in: light yellow and not locked
	format string  // number format; "" is General
}

// input is the look of a cell to fill in.
var input = style{align: centre, boxed: true, open: true}

// bodySize is the table's type, in points (小四).
const bodySize = 12

func (b *book) style(s style) int {
	if id, ok := b.styles[s]; ok {
		return id
	}
	family := "仿宋"
	if s.bold {
		family = "宋体"
	}
	x := &excelize.Style{
		Font:       &excelize.Font{Family: family, Size: max(s.size, bodySize), Bold: s.bold},
		Alignment:  &excelize.Alignment{Horizontal: string(s.align), Vertical: "center", WrapText: true},
		Protection: &excelize.Protection{Locked: !s.open},
	}
	if s.align == left && s.boxed {
		x.Alignment.Indent = 1
	}
	fill := ""
	switch {
	case s.open:
		fill = "FFF8DC"
	case s.shaded:
		fill = "F3EEE6"
	}
	if fill != "" {
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
	}
	if s.red {
		x.Font.Color = "9E1B16"
	}
	if s.boxed {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			x.Border = append(x.Border, excelize.Border{Type: side, Color: "595959", Style: 1})
		}
	}
	if s.format != "" {
		x.CustomNumFmt = &s.format
	}
	id, err := b.file.NewStyle(x)
	b.note(err)
	b.styles[s] = id
	return id
}

func itoa(n int) string { return strconv.Itoa(n) }

// serialOf gives the number by which a spreadsheet counts days.
func serialOf(d campaign.Date) int {
	return campaign.Date{Year: 1899, Month: 12, Day: 30}.DaysUntil(d)
}
