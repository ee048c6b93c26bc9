package intake

import (
	"path"
	"strconv"
	"strings"
)

// printed is the line of an OFD page (GB/T 33190) that is being read: its objects of
// text stand where their boundaries say, one a line or one a character.
type printed struct {
	line         strings.Builder
	x, y, height float64 // of the end of the line
	next         [4]float64
	any          bool
}

// place takes the boundary of the next object of text: x, y, width, height.
func (m *markup) place(boundary string) {
	p := &m.printed
	p.next = [4]float64{}
	for n, field := range strings.Fields(boundary) {
		if v, err := strconv.ParseFloat(field, 64); err == nil && n < 4 {
			p.next[n] = v
		}
	}
}

// print adds an object's text to the line, or begins a line.
func (m *markup) print(text string) {
	p := &m.printed
	x, y, width, height := p.next[0], p.next[1], p.next[2], p.next[3]
	gap := x - p.x
	switch sameLine := p.line.Len() > 0 && y < p.y+p.height/2 && p.y < y+height/2 && gap > -height/2; {
	case !sameLine:
		m.endLine()
	case gap > height:
		p.line.WriteByte('\t')
	}
	p.line.WriteString(text)
	p.any, p.x, p.y, p.height = true, x+width, y, height
}

func (m *markup) endLine() {
	m.file.add(m.where(0), m.printed.line.String())
	m.printed.line.Reset()
}

// finishPage ends a page; one without text is not known.
func (m *markup) finishPage() error {
	m.endLine()
	if !m.printed.any && strings.Contains(m.part, "/pages/") {
		m.file.misses("%s里没有文字", m.where(0))
	}
	return m.file.err
}

// pageNumber counts the pages of an OFD file from 1: their folders are Page_0, Page_1.
func pageNumber(part string) int {
	n, err := strconv.Atoi(strings.TrimLeft(path.Base(path.Dir(part)), "abcdefghijklmnopqrstuvwxyz_"))
	if err != nil {
		return 1
	}
	return n + 1
}
