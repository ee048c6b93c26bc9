// Package xlsx draws workbooks from the top of each sheet down: the downloads of
// package sheet and the forms of package forms. It knows excelize, so that what
// is drawn can be read without it.
//
// A workbook's first error stays; drawing goes on without effect, and whoever
// draws looks once, at the end ([Book.Err]). A text is a text to the spreadsheet
// whatever it begins with, and a figure never passes through a binary float.
package xlsx

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// SampleMark stands on everything that is made from invented figures.
const SampleMark = "示例数据"

// Type is what a workbook is set in: points of its text, and how high its rows
// are.
type Type struct {
	Size, Line, Pad float64 // of the text, of a line of it, above and below the lines
	Family, Bold    string
	Locked          bool // cells are locked but for those to fill in
}

// Book is a workbook being drawn.
type Book struct {
	File   *excelize.File
	Err    error
	face   Type
	sample bool
	styles map[Style]int
}

// New starts a workbook with its properties.
func New(face Type, sample bool, props excelize.DocProperties) *Book {
	b := &Book{File: excelize.NewFile(), face: face, sample: sample, styles: map[Style]int{}}
	props.Language = "zh-CN"
	b.Note(b.File.SetDocProps(&props))
	b.Note(b.File.SetAppProps(&excelize.AppProperties{Application: "wangjian"}))
	return b
}

// Note keeps the first error.
func (b *Book) Note(err error) {
	if b.Err == nil {
		b.Err = err
	}
}

// Align is where a cell's text stands.
type Align string

// Alignments.
const (
	Left   Align = "left"
	Centre Align = "center"
	Right  Align = "right"
)

// Style is a cell's look; the workbook makes each once.
type Style struct {
	Align   Align
	Bold    bool
	Boxed   bool
	Shaded  bool
	Red     bool
	Open    bool    // to be filled in: light yellow and not locked
	Natural bool    // not wrapped
	Size    float64 // 0: that of the workbook
	Indent  int
	Format  string // number format; "" is General
}

func (b *Book) style(s Style) int {
	if id, ok := b.styles[s]; ok {
		return id
	}
	family := b.face.Family
	if s.Bold {
		family = b.face.Bold
	}
	x := &excelize.Style{
		Font:      &excelize.Font{Family: family, Size: b.sizeOf(s), Bold: s.Bold},
		Alignment: &excelize.Alignment{Horizontal: string(s.Align), Vertical: "center", WrapText: !s.Natural, Indent: s.Indent},
	}
	if b.face.Locked {
		x.Protection = &excelize.Protection{Locked: !s.Open}
	}
	if s.Red {
		x.Font.Color = "9E1B16"
	}
	switch {
	case s.Open:
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF8DC"}}
	case s.Shaded:
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F3EEE6"}}
	}
	if s.Boxed {
		for _, side := range []string{"left", "top", "right", "bottom"} {
			x.Border = append(x.Border, excelize.Border{Type: side, Color: "595959", Style: 1})
		}
	}
	if s.Format != "" {
		x.CustomNumFmt = &s.Format
	}
	id, err := b.File.NewStyle(x)
	b.Note(err)
	b.styles[s] = id
	return id
}

func (b *Book) sizeOf(s Style) float64 {
	if s.Size == 0 {
		return b.face.Size
	}
	return s.Size
}

// Footer is the foot of every printed sheet.
func (b *Book) footer() string {
	footer := "&C第 &P 页，共 &N 页"
	if b.sample {
		footer += "&R" + SampleMark
	}
	return footer
}

// exactDigits is how many significant digits a spreadsheet's number keeps.
const exactDigits = 15

var pointAndSign = strings.NewReplacer(".", "", "-", "")

// Fits reports whether a number cell shows all digits of a decimal's text.
func Fits(text string) bool {
	return len(strings.TrimLeft(pointAndSign.Replace(text), "0")) <= exactDigits
}
