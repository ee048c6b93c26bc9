// Package draw plays page operations into gopdf, and cuts fonts to what pages show
// ([Subsets]). It decides nothing: what stands where is settled by typeset, and what
// gopdf writes amiss is mended by finish.
//
// gopdf is given only what it does well: text, rules, polygons, pictures and links.
// Bookmarks, page labels and metadata are left to finish.
package draw

import (
	"bytes"
	"fmt"

	"github.com/signintech/gopdf"

	"wangjian/internal/pdf/typeset"
)

// Play returns the PDF of the pages as gopdf writes it, its content streams not
// compressed.
func Play(sheet typeset.Sheet, pages []*typeset.Page) (*File, error) {
	p := &player{pdf: &gopdf.GoPdf{}, file: File{Sheet: sheet, Pages: pages, Fonts: map[string]*Subset{}}, anchors: map[string]bool{}}
	p.pdf.Start(gopdf.Config{PageSize: gopdf.Rect{W: sheet.Width, H: sheet.Height}})
	p.pdf.SetNoCompression()
	subsets, err := Subsets(pages)
	if err != nil {
		return nil, err
	}
	for _, subset := range subsets {
		if err := readable(func() error { return p.pdf.AddTTFFontData(subset.Font.Name(), subset.metrics()) }); err != nil {
			return nil, fmt.Errorf("字体 layouts/%s %w", subset.path, err)
		}
		p.file.Fonts[subset.Font.Name()] = subset
	}
	for _, page := range pages {
		for _, op := range page.Ops {
			if anchor, ok := op.(typeset.Anchor); ok {
				p.anchors[anchor.Name] = true
			}
		}
	}
	for _, page := range pages {
		p.turn(page)
		for _, op := range page.Ops {
			if err := p.play(op); err != nil {
				return nil, fmt.Errorf("写 PDF 页面：%w", err)
			}
		}
		p.end()
	}
	// gopdf's writer loses errors, so it gets one that has none.
	var out bytes.Buffer
	if _, err := p.pdf.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("写 PDF：%w", err)
	}
	p.file.Bytes = out.Bytes()
	return &p.file, nil
}

type player struct {
	pdf     *gopdf.GoPdf
	file    File
	anchors map[string]bool // what links can jump to: gopdf writes an empty object for one that leads nowhere
	next    typeset.Into    // what the next operations belong to
	marked  bool            // whether content is marked at all at hand
	mark    typeset.Into    // as whose
	ink     typeset.Color   // of text
	colored bool            // whether text names its ink
	pen     typeset.Color   // of rules and traces
	width   float64         // of the pen; 0 is not known
	drop    float64         // how much higher the usual sheet is than that of the page
}

// turn starts a page. A page begins with a pen of its own.
func (p *player) turn(page *typeset.Page) {
	p.drop = 0
	if page.Turned {
		sheet := p.file.Sheet.Of(page)
		p.pdf.AddPageWithOption(gopdf.PageOption{PageSize: &gopdf.Rect{W: sheet.Width, H: sheet.Height}})
		// gopdf measures links and anchors on the usual sheet all the same.
		p.drop = p.file.Sheet.Height - sheet.Height
	} else {
		p.pdf.AddPage()
	}
	p.pen, p.width = typeset.Color{}, 0
	p.next = typeset.Into{}
	p.file.Marked, p.file.Links = append(p.file.Marked, nil), append(p.file.Links, nil)
}

func (p *player) play(op typeset.Op) error {
	switch op := op.(type) {
	case typeset.Into:
		p.next = op
		return nil
	case typeset.Link:
		if op.URI != "" {
			p.pdf.AddExternalLink(op.URI, op.X, op.Y+p.drop, op.W, op.H)
			p.link(op)
		} else if p.anchors[op.Anchor] {
			p.pdf.AddInternalLink(op.Anchor, op.X, op.Y+p.drop, op.W, op.H)
			p.link(op)
		}
		return nil
	case typeset.Anchor:
		// gopdf puts an anchor one font size above the point.
		p.pdf.SetFontSize(0)
		p.pdf.SetXY(0, op.Y+p.drop)
		p.pdf.SetAnchor(op.Name)
		return nil
	}
	p.within(op)
	switch op := op.(type) {
	case typeset.Text:
		return p.text(op)
	case typeset.Rule:
		p.rule(op)
	case typeset.Area:
		p.area(op)
	case typeset.Trace:
		p.trace(op)
	case typeset.Drawing:
		return p.picture(op)
	default:
		return fmt.Errorf("不认识的版面操作 %T", op)
	}
	return nil
}

func (p *player) text(t typeset.Text) error {
	if t.Color != p.ink {
		p.ink, p.colored = t.Color, true
		p.pdf.SetTextColor(t.Color.R, t.Color.G, t.Color.B)
	}
	if err := p.pdf.SetFont(t.Font.Name(), "", t.Size); err != nil {
		return err
	}
	if err := p.pdf.SetCharSpacing(t.Spacing); err != nil {
		return err
	}
	p.pdf.SetXY(t.X, t.Y)
	if !t.Down {
		return p.pdf.Text(t.Text)
	}
	p.pdf.Rotate(-90, t.X, t.Y)
	defer p.pdf.RotateReset()
	return p.pdf.Text(t.Text)
}

func (p *player) rule(r typeset.Rule) {
	p.take(r.Color, r.Width)
	p.pdf.Line(r.X1, r.Y1, r.X2, r.Y2)
}

// take takes up a pen.
func (p *player) take(color typeset.Color, width float64) {
	if color != p.pen {
		p.pen = color
		p.pdf.SetStrokeColor(color.R, color.G, color.B)
	}
	if width != p.width {
		p.width = width
		p.pdf.SetLineWidth(width)
	}
}

func (p *player) area(a typeset.Area) {
	// To PDF the ink of text and that of areas are one: from here on every
	// text must name its own.
	if !p.colored {
		p.colored = true
		p.pdf.SetTextColor(p.ink.R, p.ink.G, p.ink.B)
	}
	p.pdf.SetFillColor(a.Color.R, a.Color.G, a.Color.B)
	for _, ring := range a.Rings {
		p.pdf.Polygon(points(ring), "F")
	}
}

// trace draws a line with corners. gopdf closes every polygon that it strokes,
// so an open line goes back the way that it came.
func (p *player) trace(t typeset.Trace) {
	p.take(t.Color, t.Width)
	line := points(t.Points)
	if !t.Closed {
		for i := len(line) - 2; i > 0; i-- {
			line = append(line, line[i])
		}
	}
	p.pdf.Polygon(line, "D")
}

func points(list []typeset.Point) []gopdf.Point {
	out := make([]gopdf.Point, len(list), 2*len(list))
	for i, p := range list {
		out[i] = gopdf.Point{X: p.X, Y: p.Y}
	}
	return out
}

func (p *player) picture(d typeset.Drawing) error {
	jpeg, err := d.JPEG()
	if err != nil {
		return err
	}
	holder, err := gopdf.ImageHolderByBytes(jpeg)
	if err != nil {
		return err
	}
	return p.pdf.ImageByHolder(holder, d.X, d.Y, &gopdf.Rect{W: d.W, H: d.H})
}

// File is a document as gopdf writes it, and what gopdf cannot write: which
// parts of the pages are of which elements of the structure.
type File struct {
	Bytes []byte
	Sheet typeset.Sheet
	Pages []*typeset.Page
	// Marked lists, page by page, the elements of its marked contents by their
	// numbers.
	Marked [][]*typeset.Element
	// Links lists, page by page, what each of its annotations is.
	Links [][]typeset.Link
	// Fonts are what the pages need of each font, by its name.
	Fonts map[string]*Subset
}

// gopdf writes no marked content. Where it begins or ends, it is given a
// pattern of no dashes that begins at one of these places; nothing else sets
// one, and finish puts the right operator there.
const (
	MarkEnd        = 0
	MarkDecoration = 1
	MarkHead       = 2
	MarkFoot       = 3
	MarkContent    = 4 // and the content's number on its page added
)

// around are the marks of decoration.
var around = map[typeset.Around]float64{"": MarkDecoration, typeset.RunningHead: MarkHead, typeset.RunningFoot: MarkFoot}

// within begins the marked content that an operation belongs to, unless it is
// at hand.
func (p *player) within(op typeset.Op) {
	in := p.next
	if _, rule := op.(typeset.Rule); rule && in.Element != nil && in.Element.Tag != typeset.TagFigure {
		in.Element = nil
	}
	if p.marked && in == p.mark {
		return
	}
	p.end()
	p.marked, p.mark = true, in
	if in.Element == nil {
		p.pdf.SetCustomLineType(nil, around[in.Around])
		return
	}
	page := len(p.file.Marked) - 1
	p.pdf.SetCustomLineType(nil, float64(MarkContent+len(p.file.Marked[page])))
	p.file.Marked[page] = append(p.file.Marked[page], in.Element)
}

// end ends the marked content at hand.
func (p *player) end() {
	if p.marked {
		p.pdf.SetCustomLineType(nil, MarkEnd)
		p.marked = false
	}
}

// link takes note of an annotation.
func (p *player) link(l typeset.Link) {
	page := len(p.file.Links) - 1
	p.file.Links[page] = append(p.file.Links[page], l)
}
