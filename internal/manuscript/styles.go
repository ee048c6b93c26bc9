package manuscript

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
)

// toggle is an on/off property that may also be unsaid.
type toggle int8

const (
	unsaid toggle = 0
	on     toggle = 1
	off    toggle = -1
)

// readToggle reads such as <w:b/> or <w:b w:val="0"/>.
func readToggle(parent *element, name string) toggle {
	e := parent.child(name)
	if e == nil {
		return unsaid
	}
	switch e.attr("val") {
	case "0", "false", "off":
		return off
	}
	return on
}

// face is what a font says about a line: official documents set headings in
// 黑体 and 楷体 without any style.
type face uint8

const (
	plainFace face = iota
	heiFace
	kaiFace
	titleFace
)

func faceOf(font string) face {
	lower := strings.ToLower(font)
	switch {
	case strings.Contains(font, "小标宋"), strings.Contains(lower, "xbs"), strings.Contains(lower, "xiaobiaosong"):
		return titleFace
	case strings.Contains(font, "黑体"), strings.Contains(lower, "simhei"), strings.Contains(lower, "heiti"), strings.Contains(lower, "fzhei"):
		return heiFace
	case strings.Contains(font, "楷"), strings.Contains(lower, "kaiti"), strings.Contains(lower, "simkai"), strings.Contains(lower, "fzkai"):
		return kaiFace
	}
	return plainFace
}

// runStyle is how characters are set, as far as it matters here.
type runStyle struct {
	bold, italic, strike, vanish, caps toggle
	font, color, highlight, underline  string
	shaded                             bool
	raised                             string // superscript or subscript
	size                               int    // in half-points; 0 unsaid
}

// readRunStyle reads a w:rPr; nil says nothing.
func readRunStyle(e *element) runStyle {
	var l runStyle
	if e == nil {
		return l
	}
	l.bold, l.italic, l.caps = readToggle(e, "b"), readToggle(e, "i"), readToggle(e, "caps")
	l.vanish, l.strike = readToggle(e, "vanish"), cmp.Or(readToggle(e, "strike"), readToggle(e, "dstrike"))
	if f := e.child("rFonts"); f != nil {
		l.font = f.attr("eastAsia")
	}
	l.color, l.highlight, l.underline, l.raised = e.val("color"), e.val("highlight"), e.val("u"), e.val("vertAlign")
	l.size, _ = strconv.Atoi(e.val("sz"))
	l.shaded = isShaded(e)
	return l
}

// isShaded reports whether a w:rPr, w:pPr or w:tcPr puts a ground behind words.
func isShaded(e *element) bool {
	shade := e.child("shd")
	if shade == nil {
		return false
	}
	fill := strings.ToUpper(shade.attr("fill"))
	return fill != "" && fill != "AUTO" && fill != "FFFFFF" || shade.attr("themeFill") != ""
}

// over lays l over what it inherits from.
func (l runStyle) over(base runStyle) runStyle {
	return runStyle{
		bold: cmp.Or(l.bold, base.bold), italic: cmp.Or(l.italic, base.italic), strike: cmp.Or(l.strike, base.strike),
		vanish: cmp.Or(l.vanish, base.vanish), caps: cmp.Or(l.caps, base.caps),
		font: cmp.Or(l.font, base.font), color: cmp.Or(l.color, base.color), highlight: cmp.Or(l.highlight, base.highlight),
		underline: cmp.Or(l.underline, base.underline), raised: cmp.Or(l.raised, base.raised),
		shaded: l.shaded || base.shaded, size: cmp.Or(l.size, base.size),
	}
}

// above lays a character style over a paragraph style. Where both turn a
// toggle on they cancel out, as in Word.
func (l runStyle) above(paragraph runStyle) runStyle {
	out := l.over(paragraph)
	cross := func(a, b toggle) toggle {
		if a == on && b == on {
			return off
		}
		if a == on || b == on {
			return on
		}
		return unsaid
	}
	out.bold, out.italic = cross(l.bold, paragraph.bold), cross(l.italic, paragraph.italic)
	out.caps, out.strike = cross(l.caps, paragraph.caps), cross(l.strike, paragraph.strike)
	out.vanish = cross(l.vanish, paragraph.vanish)
	return out
}

// role is what a paragraph's style says that it is.
type role uint8

const (
	bodyRole role = iota
	titleRole
	captionRole
	contentsRole // a line of a table of contents
	quoteRole
)

// style is one style, with what it inherits.
type style struct {
	basedOn  string
	run      runStyle
	level    int // 1 to 9 for a heading, 0 for none
	role     role
	align    string
	numID    string
	numLevel int // -1 unsaid
	shaded   bool
}

// styles are a document's styles by their id.
type styles struct {
	byID     map[string]*style
	resolved map[string]*style
	byNumber map[string]string // style id → numId, for numStyleLink
	standard string            // the id of the default paragraph style
	base     runStyle
}

func readStyles(root *element) *styles {
	s := &styles{byID: map[string]*style{}, resolved: map[string]*style{}, byNumber: map[string]string{}}
	s.base = readRunStyle(root.child("docDefaults").child("rPrDefault").child("rPr"))
	for _, e := range root.children {
		if !e.is("style") {
			continue
		}
		id := e.attr("styleId")
		one := &style{basedOn: e.val("basedOn"), run: readRunStyle(e.child("rPr")), numLevel: -1}
		if p := e.child("pPr"); p != nil {
			one.level = outlineLevel(p)
			one.align = p.val("jc")
			one.numID, one.numLevel = numberOf(p)
			one.shaded = isShaded(p)
		}
		level, what := meaningOf(e.val("name"))
		one.level, one.role = cmp.Or(level, one.level), what
		s.byID[id] = one
		if e.attr("type") == "numbering" {
			s.byNumber[id] = one.numID
		}
		if e.attr("type") == "paragraph" && e.says("default") && s.standard == "" {
			s.standard = id
		}
	}
	return s
}

// outlineLevel reads w:outlineLvl: 1 to 9, or 0 for body text.
func outlineLevel(p *element) int {
	n, err := strconv.Atoi(p.val("outlineLvl"))
	if err != nil || n < 0 || n > 8 {
		return 0
	}
	return n + 1
}

// numberOf reads a w:numPr: the list and the level in it.
func numberOf(p *element) (id string, level int) {
	n := p.child("numPr")
	if n == nil {
		return "", -1
	}
	level = -1
	if v, err := strconv.Atoi(n.val("ilvl")); err == nil && v >= 0 && v <= 8 {
		level = v
	}
	return n.val("numId"), level
}

var headingName = regexp.MustCompile(`^(?:heading|标题|標題)\s*([1-9])(?:\s*char)?$`)

// meaningOf tells what a style is by its name, English or Chinese: Word keeps
// the English name of its own styles in every language, older WPS the Chinese.
func meaningOf(name string) (level int, what role) {
	n := strings.ToLower(strings.TrimSpace(name))
	if m := headingName.FindStringSubmatch(n); m != nil {
		return int(m[1][0] - '0'), bodyRole
	}
	switch {
	case n == "title", n == "标题", n == "subtitle", n == "副标题":
		return 0, titleRole
	case n == "caption", n == "题注", strings.HasPrefix(n, "图题"), n == "图名":
		return 0, captionRole
	case strings.HasPrefix(n, "toc "), strings.HasPrefix(n, "目录"), n == "toc heading":
		return 0, contentsRole
	case n == "quote", n == "intense quote", n == "引用", n == "明显引用", n == "block text":
		return 0, quoteRole
	}
	return 0, bodyRole
}

const longestChain = 20

// of returns a style with all that it inherits; an unknown id is the default
// paragraph style.
func (s *styles) of(id string) *style {
	if s.byID[id] == nil {
		id = s.standard
	}
	if done := s.resolved[id]; done != nil {
		return done
	}
	out := &style{numLevel: -1}
	var chain []*style
	for at, n := s.byID[id], 0; at != nil && n < longestChain; at, n = s.byID[at.basedOn], n+1 {
		chain = append(chain, at)
	}
	for i := len(chain) - 1; i >= 0; i-- {
		one := chain[i]
		out.run = one.run.over(out.run)
		out.level, out.role, out.align = cmp.Or(one.level, out.level), cmp.Or(one.role, out.role), cmp.Or(one.align, out.align)
		if one.numID != "" {
			out.numID, out.numLevel = one.numID, one.numLevel
		} else if one.numLevel >= 0 {
			out.numLevel = one.numLevel
		}
		out.shaded = out.shaded || one.shaded
	}
	s.resolved[id] = out
	return out
}
