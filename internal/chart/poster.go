package chart

import (
	"fmt"

	"wangjian/internal/linebreak"
)

// Poster is the campaign in one long picture for phones: its key figures and some
// charts, from the same marks as on the pages.
type Poster struct {
	Title   string
	Lede    string
	Basis   string // of which round the figures are, and what they count
	Figures []PosterFigure
	Charts  []*Chart
	Hotline PosterFigure // its name and number
	Notes   []string     // whose figures, where they are, that all is invented
}

// PosterFigure is a figure with its unit, or a hotline.
type PosterFigure struct{ Name, Value string }

const (
	// PosterWidth is a phone's, in px.
	PosterWidth = 375

	posterEdge  = 20
	posterGap   = 26
	posterTitle = 22
	posterHead  = 17
	posterText  = 13
	posterValue = 24
)

// Draw lays the picture out.
func (p Poster) Draw() *Drawing {
	w := posterWriter{Drawing: &Drawing{Width: PosterWidth}, room: PosterWidth - 2*posterEdge}
	w.band(p)
	w.said(p.Basis, posterText, inkSoft, false)
	w.y += 10
	for n, f := range p.Figures {
		if n > 0 {
			w.rule()
		}
		w.figure(f)
	}
	for _, c := range p.Charts {
		w.y += posterGap
		w.said(c.Title, posterHead, ink, true)
		w.y += 8
		w.chart(c)
	}
	w.y += posterGap
	if p.Hotline.Value != "" {
		w.rule()
		w.figure(p.Hotline)
	}
	w.rule()
	w.y += 8
	for _, note := range p.Notes {
		w.said(note, smallestType, inkSoft, false)
	}
	w.Height = w.y + posterEdge
	ground := Box{0, 0, px(w.Width), px(w.Height), paper}
	w.Marks, w.data = append([]Mark{ground}, w.Marks...), append([]int{0}, w.data...)
	return w.Drawing
}

// SVG returns the picture as a document of its own, under a title.
func (p Poster) SVG(title string) (string, error) {
	d := p.Draw()
	var said []string
	for _, f := range p.Figures {
		said = append(said, f.Name+f.Value)
	}
	for _, c := range p.Charts {
		said = append(said, c.Title)
	}
	drawn, err := d.SVG("poster", title+"："+p.Title, sentence(said...), nil)
	if err != nil {
		return "", fmt.Errorf("%s画不出来：%w", title, err)
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" font-family="'Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif">%s</svg>`+"\n", d.Width, d.Height, drawn), nil
}

// posterWriter writes from the top to the bottom.
type posterWriter struct {
	*Drawing
	room, y int // px
}

// band writes the title on a band of colour.
func (w *posterWriter) band(p Poster) {
	title, lede := w.full(p.Title, w.room, posterTitle), w.full(p.Lede, w.room, posterText)
	high := posterGap + len(title)*lineOf(posterTitle) + 6 + len(lede)*lineOf(posterText) + posterEdge
	w.add(Box{0, 0, px(w.Width), px(high), colour1})
	w.y = posterGap
	w.said(p.Title, posterTitle, paper, true)
	w.y += 6
	w.said(p.Lede, posterText, paper, false)
	w.y = high + posterEdge
}

// lineOf is the height of a line of type.
func lineOf(size int) int { return size * 3 / 2 }

// full breaks a text into lines that are as full as they can be.
func (w *posterWriter) full(text string, room, size int) []string {
	return linebreak.Wrap(plain(text), room, func(s string) int { return widest([]string{s}, size) })
}

func (w *posterWriter) said(text string, size int, color string, bold bool) {
	lines, apart := w.full(text, w.room, size), lineOf(size)
	w.lines(Label{At: Place{px(posterEdge), px(w.y) + px(apart)/2}, Size: size, Color: color, Bold: bold}, lines, apart)
	w.y += len(lines) * apart
}

func (w *posterWriter) rule() {
	at := hair(px(w.y))
	w.add(Line{Place{px(posterEdge), at}, Place{px(w.Width - posterEdge), at}, 1, rule})
	w.y++
}

// figure writes a name with its value at the end of the line.
func (w *posterWriter) figure(f PosterFigure) {
	value := Label{Text: plain(f.Value), Align: End, Size: posterValue, Bold: true, Color: colour1}
	names := w.full(f.Name, w.room-12-widest([]string{f.Value}, posterValue), posterText)
	apart := lineOf(posterText)
	high := max(len(names)*apart, lineOf(posterValue)) + 12
	value.At = Place{px(w.Width - posterEdge), px(w.y) + px(high)/2}
	w.add(value)
	top := px(w.y) + px(high-len(names)*apart)/2 + px(apart)/2
	w.lines(Label{At: Place{px(posterEdge), top}, Size: posterText, Color: ink}, names, apart)
	w.y += high
}

// chart paints a chart where the picture has come to.
func (w *posterWriter) chart(c *Chart) {
	drawn := c.Draw(w.room)
	by := Place{px(posterEdge), px(w.y)}
	for _, m := range drawn.Marks {
		w.add(moved(m, by))
	}
	w.y += drawn.Height
}

// moved returns a mark elsewhere.
func moved(m Mark, by Place) Mark {
	to := func(at Place) Place { return Place{at.X + by.X, at.Y + by.Y} }
	switch m := m.(type) {
	case Box:
		m.X, m.Y = m.X+by.X, m.Y+by.Y
		return m
	case Line:
		m.From, m.To = to(m.From), to(m.To)
		return m
	case Dot:
		m.At = to(m.At)
		return m
	case Label:
		m.At = to(m.At)
		return m
	case Shape:
		points := make([]Place, len(m.Points))
		for n, at := range m.Points {
			points[n] = to(at)
		}
		m.Points = points
		return m
	}
	return m
}
