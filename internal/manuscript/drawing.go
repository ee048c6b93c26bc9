package manuscript

import (
	"strconv"
	"strings"

	"wangjian/internal/linebreak"
)

// drawing is a picture of the text, as placed by Word.
type drawing struct {
	part        string // the picture's file in the archive
	description string // Word's alternative text
	crop        crop
	quarters    int  // turns of 90° clockwise
	flipped     bool // mirrored left to right, before the turn
	at          *paragraph
	alt, name   string // in the Markdown
}

// crop is what Word hides of a picture at each side, as a share of its width
// or height. What is cropped away is still in the file.
type crop struct{ left, top, right, bottom float64 }

func (c crop) none() bool { return c == crop{} }

// graphic reads a w:drawing or w:pict: pictures are kept, everything else is
// named.
func (r *reader) graphic(e *element, hidden bool) {
	if r.silent() && !hidden {
		return
	}
	found := &contents{r: r, hidden: hidden}
	if !hidden {
		e.walk(found.visit)
		found.finish()
	}
	switch {
	case len(found.pictures) > 0 && found.group && found.covers > 0:
		r.said.problem("manuscript-group", r.current, "在 Word 里选中这组图形，剪切后选择性粘贴为“图片(PNG)”，再导入", "图片和图形、文本框组合在一起，没有导入")
	case found.hidden:
		r.said.note("left-hidden", r.current, "隐藏的图片没有导入")
	default:
		r.shapes += found.shapes
		for _, d := range found.pictures {
			d.at = r.current
			r.pictures++
			r.current.spans = append(r.current.spans, span{kind: pictureSpan, picture: d})
		}
	}
	for _, words := range found.boxes {
		r.said.note("left-textbox", r.current, "文本框没有导入：“%s”", linebreak.Clip(words, 24))
	}
	if found.other != "" {
		r.said.note("left-object", r.current, "%s没有导入", found.other)
	}
}

// contents is what there is in one drawing.
type contents struct {
	r           *reader
	pictures    []*drawing
	boxes       []string // the words of text boxes
	covers      int      // shapes and boxes that can lie over a picture
	shapes      int      // those of a drawing that is nothing else
	group       bool
	hidden      bool
	other       string
	description string // of what comes next
}

// finish says what a drawing is that has nothing to tell.
func (s *contents) finish() {
	switch {
	case len(s.pictures)+len(s.boxes) > 0 || s.other != "":
	case s.covers > 0:
		s.shapes = s.covers
	default:
		s.other = "图形对象"
	}
}

// visit takes in an element. It reports whether to look further below.
func (s *contents) visit(c *element) bool {
	switch (tag{c.space, c.name}) {
	case tag{compatSpace, "AlternateContent"}:
		for _, d := range choose(c) {
			if s.visit(d) {
				d.walk(s.visit)
			}
		}
		return false
	case tag{wordSpace, "txbxContent"}:
		if words := boxWords(c); words != "" {
			s.boxes = append(s.boxes, words)
		}
		return false
	case tag{drawingSpace, "pic"}:
		s.addPicture(c)
		return false
	case tag{drawingSpace, "docPr"}:
		s.description = c.attr("descr")
		s.hidden = s.hidden || c.says("hidden")
	case tag{shapeSpace, "wsp"}:
		s.covers++
	case tag{shapeSpace, "wgp"}, tag{shapeSpace, "wpc"}, tag{shapeSpace, "grpSp"}, tag{vmlSpace, "group"}:
		s.group = true
	case tag{chartSpace, "chart"}:
		s.other = "图表"
	default:
		if c.space == diagramSpace {
			s.other = "SmartArt 图形"
		}
		return c.space != vmlSpace || s.vml(c)
	}
	return true
}

// boxWords returns the words of a text box, and says where there are pictures;
// "" for an empty one, which is but a shape.
func boxWords(box *element) string {
	words := box.words()
	if box.find(drawingSpace, "pic") != nil || box.find(vmlSpace, "imagedata") != nil {
		words += "（含图片）"
	}
	return strings.TrimSpace(words)
}

// addPicture reads a pic:pic.
func (s *contents) addPicture(e *element) {
	d := &drawing{description: s.description}
	blip := e.find(drawingSpace, "blip")
	if blip == nil {
		s.other = "图片"
		return
	}
	if !s.r.locate(d, blip.relation("embed")) {
		s.other = "链接到别处的图片"
		return
	}
	if rect := e.find(drawingSpace, "srcRect"); rect != nil {
		d.crop = crop{drawingShare(rect.attr("l")), drawingShare(rect.attr("t")), drawingShare(rect.attr("r")), drawingShare(rect.attr("b"))}
	}
	if frame := e.find(drawingSpace, "xfrm"); frame != nil {
		turn, _ := strconv.Atoi(frame.attr("rot"))
		d.quarters = quarterTurns(turn)
		d.flipped = frame.says("flipH") != frame.says("flipV")
		if frame.says("flipV") {
			d.quarters = (d.quarters + 2) % 4
		}
		if turn%90_00000/60000 != 0 || (turn/60000)%90 != 0 {
			s.r.said.note("changed-turn", s.r.current, "倾斜放置的图片按正放导入")
		}
	}
	s.pictures = append(s.pictures, d)
}

// quarterTurns rounds an angle in 1/60000 degrees to turns of 90°.
func quarterTurns(angle int) int {
	const quarter = 90 * 60000
	angle %= 4 * quarter
	if angle < 0 {
		angle += 4 * quarter
	}
	return (angle + quarter/2) / quarter % 4
}

// drawingShare reads 25000 or 25% as a quarter. A negative share is a border,
// which shows nothing.
func drawingShare(s string) float64 {
	if p, ok := strings.CutSuffix(s, "%"); ok {
		return share(p, 100)
	}
	return share(s, 100000)
}

// vmlShare reads a VML crop: 16384f of 65536, or a share.
func vmlShare(s string) float64 {
	if f, ok := strings.CutSuffix(s, "f"); ok {
		return share(f, 65536)
	}
	return share(s, 1)
}

func share(s string, of float64) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(v > 0) {
		return 0
	}
	return min(v/of, 1)
}

// locate finds a picture's file by its relationship.
func (r *reader) locate(d *drawing, id string) bool {
	rel, ok := r.relations[id]
	if !ok || rel.External || !r.file.Has(rel.Target) {
		return false
	}
	d.part = rel.Target
	return true
}

// vml reads the drawings of older Word and of WPS. It reports whether to look
// further below.
func (s *contents) vml(e *element) bool {
	switch e.name {
	case "imagedata":
		d := &drawing{description: e.attr("title")}
		if !s.r.locate(d, e.relation("id")) {
			s.other = "链接到别处的图片"
			return false
		}
		d.crop = crop{vmlShare(e.attr("cropleft")), vmlShare(e.attr("croptop")), vmlShare(e.attr("cropright")), vmlShare(e.attr("cropbottom"))}
		s.pictures = append(s.pictures, d)
	case "rect", "roundrect", "oval", "line", "polyline", "arc", "curve", "shape":
		if e.find(vmlSpace, "imagedata") == nil {
			s.covers++
		}
	case "textpath":
		s.other = "艺术字“" + linebreak.Clip(e.attr("string"), 20) + "”"
	}
	return true
}
