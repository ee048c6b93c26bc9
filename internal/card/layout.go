package card

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"rsc.io/qr"

	"wangjian/internal/linebreak"
)

// sizes of the pictures, in pixels.
var sizes = map[string][2]int{"share": {1080, 1440}, "preview": {1200, 630}}

// The share card, from the top: a band with the kind, the title, who says it
// and when, the points, and at the foot the hotline, the code and the site's
// name.
const (
	shareWidth, shareHeight = 1080, 1440
	edge                    = 80
	bandHeight              = 132
	footTop                 = 1060
	noteHeight              = 62
)

func drawShare(c *canvas, card Card) error {
	inner := shareWidth - 2*edge
	c.box(0, 0, shareWidth, bandHeight, band)
	c.text(edge, 86, card.Kind, style{true, 54, band, white})
	if card.Number != "" {
		s := style{false, 34, band, blush}
		c.text(shareWidth-edge-c.width(card.Number, s), 82, card.Number, s)
	}
	y := c.title(card.Title, edge, bandHeight+70, inner, []int{76, 66, 58, 50}, 4)
	y = c.paragraph(strings.Join(nonempty(card.Issuer, card.Date), " · "), edge, y+26, inner, 2, style{false, 32, paper, soft}, 48)
	y += 22
	c.box(edge, y, 96, 6, red)
	y += 40

	foot := footTop
	if card.Note == "" {
		foot += noteHeight
	}
	// A summary takes the space that the points leave.
	s := style{false, 38, paper, ink}
	summary := len(c.wrap(card.Summary, inner, 3, s))
	if summary > 0 && y+summary*58+26+130*len(card.Points)+110*len(card.Figures)+66*len(card.Record) <= foot {
		y = c.paragraph(card.Summary, edge, y, inner, 3, s, 58) + 26
	}
	for n, p := range card.Points {
		s, do := style{false, 42, paper, ink}, style{false, 32, paper, soft}
		lines, advice := c.wrap(p.Name, inner-72, 2, s), c.wrap(p.Value, inner-72, 2, do)
		if y+62*len(lines) > foot-24 {
			break
		}
		c.text(edge, y+46, fmt.Sprint(n+1), style{true, 48, paper, red})
		for i, l := range lines {
			c.text(edge+72, y+44+62*i, l, s)
		}
		y += 62 * len(lines)
		if y+44*len(advice) <= foot-24 {
			y = c.paragraph(p.Value, edge+72, y, inner-72, 2, do, 44)
		}
		y += 18
	}
	for _, f := range card.Figures {
		name, number := style{false, 36, paper, ink}, style{true, 54, paper, red}
		wide := c.width(f.Value, number)
		lines := c.wrap(f.Name, inner-wide-40, 2, name)
		if y+50*len(lines)+30 > foot-24 {
			break
		}
		c.text(edge+inner-wide, y+48+25*(len(lines)-1), f.Value, number)
		for i, l := range lines {
			c.text(edge, y+44+50*i, l, name)
		}
		y += 50*len(lines) + 30
	}
	names := style{false, 36, paper, soft}
	left := 0
	for _, f := range card.Record {
		left = max(left, c.width(f.Name, names)+40)
	}
	for _, f := range card.Record {
		s := style{false, 36, paper, ink}
		lines := c.wrap(f.Value, inner-left, 2, s)
		if y+54*len(lines) > foot-24 {
			break
		}
		c.text(edge, y+40, f.Name, names)
		for i, l := range lines {
			c.text(edge+left, y+40+54*i, l, s)
		}
		y += 54*len(lines) + 12
	}
	return c.shareFoot(card, foot)
}

func (c *canvas) shareFoot(card Card, top int) error {
	inner := shareWidth - 2*edge
	c.box(edge, top, inner, 2, line)
	right := inner
	if card.Address != "" {
		side, err := c.code(card.Address, shareWidth-edge, top+28)
		if err != nil {
			return err
		}
		right -= side + 30
		s := style{false, 26, paper, soft}
		const words = "扫码看全文"
		c.text(shareWidth-edge-(side+c.width(words, s))/2, top+28+side+34, words, s)
	}
	y := top + 62
	if card.Hotline.Value != "" {
		c.text(edge, y, card.Hotline.Name, style{false, 32, paper, soft})
		c.text(edge-4, y+94, card.Hotline.Value, style{true, 92, paper, red})
		y += 126
	} else {
		y += 10
	}
	c.paragraph(card.Site, edge, y, right, 2, style{false, 28, paper, soft}, 40)
	if card.Note != "" {
		c.note(card.Note, shareHeight-noteHeight, shareWidth)
	}
	return nil
}

// note is the strip at the foot that says that all is invented.
func (c *canvas) note(text string, top, width int) {
	c.box(0, top, width, noteHeight, sand)
	s := style{false, 28, sand, earth}
	for _, l := range c.wrap(text, width-2*edge, 1, s) {
		c.text((width-c.width(l, s))/2, top+41, l, s)
	}
}

// title writes a title in the largest of the sizes in which it has no more than
// most lines, and returns where it ends.
func (c *canvas) title(text string, x, y, width int, sizes []int, most int) int {
	for n, size := range sizes {
		s := style{true, size, paper, ink}
		lines := c.byPhrase(text, width, s)
		switch {
		case len(lines) > most && n < len(sizes)-1:
			continue
		case len(lines) > most:
			lines = c.wrap(text, width, most, s)
		}
		for _, l := range lines {
			c.text(x, y+size, l, s)
			y += size * 4 / 3
		}
		return y
	}
	return y
}

// byPhrase breaks a title by sense into as few lines as hold it.
func (c *canvas) byPhrase(text string, width int, s style) []string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	ends := make([]float64, len(runes)+1) // of the characters, from the first's start
	for n, r := range runes {
		ends[n+1] = ends[n] + float64(c.width(string(r), s))
	}
	wide := func(from, to int) float64 { return ends[to] - ends[from] }
	starts := linebreak.TitleWithin(float64(width), runes, float64(s.size), linebreak.EvenTitle, wide)
	if starts == nil {
		return c.wrap(text, width, math.MaxInt, s)
	}
	lines := make([]string, len(starts))
	for n, from := range starts {
		to := len(runes)
		if n+1 < len(starts) {
			to = starts[n+1]
		}
		lines[n] = strings.TrimSpace(string(runes[from:to]))
	}
	return lines
}

// paragraph writes a text of no more than most lines and returns where it ends.
func (c *canvas) paragraph(text string, x, y, width, most int, s style, leading int) int {
	for _, l := range c.wrap(text, width, most, s) {
		c.text(x, y+s.size, l, s)
		y += leading
	}
	return y
}

// code draws a QR code with its upper right corner at a place, and returns its
// side.
func (c *canvas) code(address string, right, top int) (int, error) {
	code, err := qr.Encode(address, qr.M)
	if err != nil {
		return 0, fmt.Errorf("网址“%s”做不成二维码：%w", address, err)
	}
	const quiet = 2 // modules of ground around it, beside the paper's own
	module := max(3, 224/(code.Size+2*quiet))
	side := module * (code.Size + 2*quiet)
	left := right - side
	c.box(left, top, side, side, white)
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				c.box(left+(x+quiet)*module, top+(y+quiet)*module, module, module, ink)
			}
		}
	}
	return side, nil
}

func drawPreview(c *canvas, card Card) error {
	const width, height, edge = 1200, 630, 76
	c.box(0, 0, width, 96, band)
	c.text(edge, 65, card.Kind, style{true, 42, band, white})
	if card.Number != "" {
		s := style{false, 28, band, blush}
		c.text(width-edge-c.width(card.Number, s), 62, card.Number, s)
	}
	y := c.title(card.Title, edge, 150, width-2*edge, []int{76, 66, 56, 48}, 3)
	if by := strings.Join(nonempty(card.Issuer, card.Date), " · "); by != "" {
		y = c.paragraph(by, edge, y+20, width-2*edge, 1, style{false, 30, paper, soft}, 44)
	} else if card.Summary != "" {
		y = c.paragraph(card.Summary, edge, y+20, width-2*edge, 2, style{false, 32, paper, soft}, 48)
	}
	foot := height - 40
	if card.Note != "" {
		c.note(card.Note, height-noteHeight, width)
		foot -= noteHeight
	}
	if foot-84 > y {
		c.box(edge, foot-64, 96, 6, red)
		if card.Site != card.Title {
			c.paragraph(card.Site, edge, foot-36, width-2*edge, 1, style{false, 28, paper, soft}, 40)
		}
	}
	return nil
}

// wrap breaks a text into lines of a style.
func (c *canvas) wrap(text string, width, most int, s style) []string {
	return wrap(text, width, most, func(t string) int { return c.width(t, s) })
}

// wrap breaks a text into lines that are no wider than width. What has no room
// in the last of most lines is cut, with an ellipsis.
func wrap(text string, width, most int, measure func(string) int) []string {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return nil
	}
	lines := linebreak.Wrap(text, width, measure)
	if len(lines) <= most {
		return lines
	}
	last := []rune(lines[most-1])
	for len(last) > 0 && measure(string(last)+"…") > width {
		last = last[:len(last)-1]
	}
	return append(lines[:most-1:most-1], strings.TrimRight(string(last), "，。、；： ")+"…")
}

func nonempty(words ...string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}
