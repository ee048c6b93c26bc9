package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/signintech/gopdf"
)

// The sheet follows GB/T 9704: A4, the text block 156 × 225 mm, 37 mm from the
// top and 28 mm from the left. The body is set in 四号, so that a decision
// needs two sheets at the most.
const (
	mm        = 72 / 25.4
	pageW     = 210 * mm
	pageH     = 297 * mm
	left      = 28 * mm
	top       = 37 * mm
	textW     = 156 * mm
	textH     = 225 * mm
	sheetRows = 26
	row       = textH / sheetRows

	titleSize = 22.0
	bodySize  = 14.0
	markSize  = 10.5
	maxSheets = 2
)

// mark stands at the head of every sheet of the sample.
const mark = "示例数据"

// typeface is a font twice: as gopdf embeds it and as a measure. Measuring on
// the embedded one would add every measured character to its subset.
type typeface struct {
	name    string
	data    []byte
	measure *gopdf.SubsetFontObj
}

type typefaces struct{ song, fang, hei typeface }

func (f typefaces) all() []typeface { return []typeface{f.song, f.fang, f.hei} }

func loadFonts(dir string) (typefaces, error) {
	var err error
	load := func(name, file string) typeface {
		t := typeface{name: name, measure: &gopdf.SubsetFontObj{}}
		if err != nil {
			return t
		}
		if t.data, err = os.ReadFile(filepath.Join(dir, file)); err == nil {
			err = t.measure.SetTTFData(t.data)
		}
		return t
	}
	fonts := typefaces{
		song: load("song", "NotoSerifSC-Bold-subset.ttf"),
		fang: load("fang", "FandolFang-converted.ttf"),
		hei:  load("hei", "NotoSansSC-Medium-subset.ttf"),
	}
	return fonts, err
}

// width is the text's natural width in points. A character that the font lacks
// is an error: gopdf would print a blank for it.
func (t typeface) width(text string, size float64) (float64, error) {
	var w float64
	for _, r := range text {
		glyph, err := t.measure.CharCodeToGlyphIndex(r)
		if err != nil || glyph == 0 {
			return 0, fmt.Errorf("the font %s has no %q", t.name, r)
		}
		w += float64(t.measure.GlyphIndexToPdfWidth(glyph)) / 1000 * size
	}
	return w, nil
}

// sheets draws a decision row by row. The first error stops all further work
// and is returned at the end.
type sheets struct {
	pdf   gopdf.GoPdf
	fonts typefaces
	count int
	row   int
	err   error
}

func typeset(d decision, fonts typefaces) ([]byte, error) {
	s := &sheets{fonts: fonts}
	s.pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: pageW, H: pageH}})
	s.pdf.SetInfo(gopdf.PdfInfo{Title: d.name(), CreationDate: d.date})
	for _, f := range fonts.all() {
		if err := s.pdf.AddTTFFontData(f.name, f.data); err != nil {
			return nil, fmt.Errorf("font %s: %w", f.name, err)
		}
	}

	s.newSheet()
	s.centred(d.authority, titleSize)
	s.centred(d.title, titleSize)
	s.row++
	s.centred(d.number, bodySize)
	s.row++
	for i, line := range d.body {
		s.paragraph(line, i == len(d.body)-1)
	}
	s.signature(d.signer, d.dateText)

	if s.err != nil {
		return nil, s.err
	}
	if s.count > maxSheets {
		return nil, fmt.Errorf("%d sheets, at most %d are wanted: shorten the text", s.count, maxSheets)
	}
	return s.pdf.GetBytesPdfReturnErr()
}

// newSheet starts a sheet with its mark and its number: odd numbers to the
// right, even ones to the left, a character in from the edge.
func (s *sheets) newSheet() {
	s.pdf.AddPage()
	s.count++
	s.row = 0
	s.text(s.fonts.hei, mark, markSize, left+(textW-s.width(s.fonts.hei, mark, markSize))/2, 20*mm, 0)
	number := fmt.Sprintf("— %d —", s.count)
	x := left + bodySize
	if s.count%2 == 1 {
		x = left + textW - bodySize - s.width(s.fonts.song, number, bodySize)
	}
	s.text(s.fonts.song, number, bodySize, x, top+textH+7*mm+bodySize/2, 0)
}

// keep starts a new sheet unless so many rows are still free on this one.
func (s *sheets) keep(rows int) {
	if s.row+rows > sheetRows {
		s.newSheet()
	}
}

func (s *sheets) centred(text string, size float64) {
	f := s.fonts.fang
	if size > bodySize {
		f = s.fonts.song
	}
	s.text(f, text, size, left+(textW-s.width(f, text, size))/2, s.baseline(size), 0)
	s.row++
}

// paragraph sets a line of the source, indented by two characters and
// justified. Headings stay with the two rows that follow; of the last paragraph
// two rows go along with the signature, which must not stand alone.
func (s *sheets) paragraph(text string, last bool) {
	f := s.fonts.fang
	if isHeading(text) {
		f = s.fonts.hei
		s.keep(3)
	}
	const indent = 2 * bodySize
	measure := func(text string) float64 { return s.width(f, text, bodySize) }
	lines := breakLines(text, textW-indent, textW, measure)
	for i, line := range lines {
		s.keep(1)
		if last && i == max(0, len(lines)-2) {
			s.keep(len(lines) - i + signatureRows)
		}
		x, w := left, textW
		if i == 0 {
			x, w = x+indent, w-indent
		}
		spacing := 0.0
		if i < len(lines)-1 {
			spacing = (w - measure(line)) / float64(len([]rune(line))-1)
		}
		s.text(f, line, bodySize, x, s.baseline(bodySize), spacing)
		s.row++
	}
}

const signatureRows = 3

// signature follows an empty row: the authority two characters in from the
// right, the date beginning two characters after it, as for a paper without
// a seal; a date that would then come too far right is shifted back.
func (s *sheets) signature(signer, date string) {
	s.keep(signatureRows)
	const inset = 2 * bodySize
	f := s.fonts.fang
	right := left + textW - inset
	x := right - s.width(f, signer, bodySize)
	s.row++
	s.text(f, signer, bodySize, x, s.baseline(bodySize), 0)
	s.row++
	s.text(f, date, bodySize, min(x+inset, right-s.width(f, date, bodySize)), s.baseline(bodySize), 0)
	s.row++
}

// baseline centres the characters of the current row in its height.
func (s *sheets) baseline(size float64) float64 {
	return top + (float64(s.row)+0.5)*row + 0.38*size
}

func (s *sheets) width(f typeface, text string, size float64) float64 {
	w, err := f.width(text, size)
	if err != nil && s.err == nil {
		s.err = err
	}
	return w
}

func (s *sheets) text(f typeface, text string, size, x, y, spacing float64) {
	if s.err != nil {
		return
	}
	if s.err = s.pdf.SetFont(f.name, "", size); s.err != nil {
		return
	}
	if s.err = s.pdf.SetCharSpacing(spacing); s.err != nil {
		return
	}
	s.pdf.SetXY(x, y)
	s.err = s.pdf.Text(text)
}
