package manuscript

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"wangjian/internal/campaign"
)

// maxPasted bounds what is pasted at once, in bytes.
const maxPasted = 8 << 20

// Paste turns what Word, a sheet or a browser puts on the clipboard, HTML, into
// Markdown: words, headings from the third level on, lists, tables, bold, italics,
// links to other sites. Nothing else of it is taken. With a round and a department in
// the options, numbers that equal the form become references as in [Import].
func Paste(text []byte, opts Options) (markdown []byte, notes []campaign.Finding, err error) {
	if len(text) > maxPasted {
		return nil, nil, fmt.Errorf("一次粘贴的太多，分几次来")
	}
	root, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, nil, fmt.Errorf("剪贴板里的内容读不懂，请只粘贴文字")
	}
	said := &remarks{counts: map[string]int{}, tallies: map[string]*tally{}}
	p := &paster{said: said}
	p.children(start(root), span{kind: wordSpan})
	p.end()
	if p.pictures > 0 {
		said.problem("manuscript-picture", nil, "另外选图片上传", "粘贴的内容里有 %d 张图片，剪贴板带不过来", p.pictures)
	}
	if p.excess {
		said.problem("manuscript-size", nil, "分几次粘贴", "粘贴的内容太多或套得太深，只留下前面的")
	}
	n := &narrative{blocks: p.blocks, footnotes: map[int][]*paragraph{}}
	for _, b := range n.blocks {
		if b.table != nil {
			b.grid = b.table.grid(said)
		}
	}
	layLists(n.blocks, said)
	if opts.Round != nil && opts.Department != nil {
		citeFigures(n, opts, said)
	}
	out := bytes.TrimLeft(write(n, said), "\n")
	return out, append(said.inOrder(campaign.Warning), said.inOrder(campaign.Note)...), nil
}

// start is where a fragment of a clipboard begins: the body.
func start(n *html.Node) *html.Node {
	for d := range n.Descendants() {
		if d.DataAtom == atom.Body {
			return d
		}
	}
	return n
}

// paster reads HTML into the blocks of a text.
type paster struct {
	said     *remarks
	blocks   []*block
	spans    []span     // of the paragraph so far
	lists    []htmlList // that are open
	item     bool       // the paragraph begins an item of the last one
	quote    int
	level    int // of a heading that is open, 0 for none
	align    string
	into     *[]*paragraph // of a cell, instead of the blocks
	depth    int
	size     int
	cells    int
	pictures int
	excess   bool
	number   int
}

type htmlList struct {
	ordered bool
	value   int
}

// mostNested bounds how deep elements lie within one another.
const mostNested = 200

func (p *paster) children(n *html.Node, style span) {
	if p.depth++; p.depth > mostNested {
		p.excess = true
	} else {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			p.node(c, style)
		}
	}
	p.depth--
}

var htmlBlanks = regexp.MustCompile(`[ \t\r\n\f]+`)

func (p *paster) node(n *html.Node, style span) {
	if n.Type == html.TextNode {
		p.words(n.Data, style)
		return
	}
	if n.Type != html.ElementNode || n.Data == "xml" || isHidden(n) {
		return
	}
	switch n.DataAtom { // flat: one case a kind of element
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Meta, atom.Link, atom.Template, atom.Noscript, atom.Iframe, atom.Object, atom.Embed, atom.Svg, atom.Math, atom.Input, atom.Button, atom.Select, atom.Textarea, atom.Video, atom.Audio:
	case atom.Img:
		p.pictures++
	case atom.Br:
		p.spans = append(p.spans, span{kind: breakSpan})
	case atom.Hr:
		p.end()
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		p.end()
		p.level = max(3, int(n.Data[1]-'0'))
		p.children(n, style)
		p.end()
		p.level = 0
	case atom.Ul, atom.Ol:
		p.end()
		first, _ := strconv.Atoi(attr(n, "start"))
		p.lists = append(p.lists, htmlList{n.DataAtom == atom.Ol, max(first, 1) - 1})
		p.children(n, style)
		p.end()
		p.lists = p.lists[:len(p.lists)-1]
	case atom.Li:
		p.end()
		if len(p.lists) > 0 {
			p.lists[len(p.lists)-1].value++
			p.item = true
		}
		p.children(n, style)
		p.end()
	case atom.Blockquote:
		p.end()
		p.quote++
		p.children(n, style)
		p.end()
		p.quote--
	case atom.Table:
		p.end()
		p.table(n)
	case atom.B, atom.Strong, atom.I, atom.Em, atom.S, atom.Del, atom.Strike, atom.A, atom.Span, atom.Font:
		p.children(n, styleOf(n, style))
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Main, atom.Pre, atom.Figure, atom.Figcaption, atom.Dl, atom.Dt, atom.Dd, atom.Center, atom.Address, atom.Tr, atom.Td, atom.Th, atom.Tbody:
		p.end()
		p.align = alignOf(n, p.align)
		p.paragraph(n, styleOf(n, style))
		p.align = ""
	default:
		p.children(n, style)
	}
}

// words adds text.
func (p *paster) words(text string, style span) {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0':
			return ' '
		case r == '\u200b' || r == '\ufeff' || r == '\u00ad' || r < ' ' && r != '\t' && r != '\n' && r != '\r':
			return -1
		}
		return r
	}, text)
	text = htmlBlanks.ReplaceAllStringFunc(text, func(blank string) string {
		if strings.Contains(blank, "\n") {
			return "\n"
		}
		return " "
	})
	text = betweenHan.ReplaceAllString(text, "$1$2")
	text = strings.ReplaceAll(text, "\n", " ")
	if p.size += len(text); p.size > maxWords || text == "" {
		p.excess = p.excess || text != ""
		return
	}
	style.text = text
	p.spans = append(p.spans, style)
}

// betweenHan is a line end within Chinese, which HTML shows as a blank that nobody
// typed.
var betweenHan = regexp.MustCompile(`([\p{Han}，。；：、！？”』）】》])\n([\p{Han}“『（【《])`)

// end ends a paragraph.
func (p *paster) end() {
	spans := tidy(p.spans)
	p.spans = nil
	one := &paragraph{spans: spans, align: p.align}
	if one.empty() {
		return
	}
	p.number++
	one.number = p.number
	if p.into != nil {
		*p.into = append(*p.into, one)
		return
	}
	b := &block{paragraph: one}
	switch {
	case p.level > 0:
		b.part, b.level = headingPart, p.level
		for n := range one.spans {
			one.spans[n].format = 0
		}
	case p.item:
		last := p.lists[len(p.lists)-1]
		b.part, b.level, b.ordered, b.value = itemPart, len(p.lists)-1, last.ordered, last.value
		p.item = false
	case p.quote > 0:
		b.part = quotePart
	}
	p.blocks = append(p.blocks, b)
}

// paragraph reads a paragraph. Where Word numbers it, its mark stands in a span of
// its own, which says that it is to be ignored.
func (p *paster) paragraph(n *html.Node, style span) {
	mark := wordMark(n)
	switch label := oneLine(textIn(mark)); {
	case mark == nil || len(p.lists) > 0:
	case hasLetters(label):
		mark.Parent.RemoveChild(mark)
		p.spans = append(p.spans, span{kind: wordSpan, text: label}) // as if it were typed
	default:
		mark.Parent.RemoveChild(mark)
		p.lists, p.item = []htmlList{{}}, true
		defer func() { p.lists, p.item = nil, false }()
	}
	p.children(n, style)
	p.end()
}

// wordMark finds the mark of a paragraph that Word numbers; nil for none.
func wordMark(n *html.Node) *html.Node {
	if !strings.Contains(attr(n, "style"), "mso-list:") {
		return nil
	}
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && strings.Contains(attr(d, "style"), "mso-list:Ignore") {
			return d
		}
	}
	return nil
}

func textIn(n *html.Node) string {
	var b strings.Builder
	if n == nil {
		return ""
	}
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// table reads a table. Those within a cell become its words.
func (p *paster) table(n *html.Node) {
	if p.into != nil {
		p.children(n, span{kind: wordSpan})
		return
	}
	t := &table{}
	below := map[int]int{} // rows that a cell above still covers, by column
	for d := range n.Descendants() {
		if d.DataAtom != atom.Tr || tableOf(d) != n || isHidden(d) {
			continue
		}
		var row []*cell
		column := 0
		covered := func() {
			for below[column] > 0 {
				below[column]--
				row = append(row, &cell{span: 1, below: true})
				column++
			}
		}
		for c := d.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
				continue
			}
			covered()
			across, down := spanOf(c, "colspan"), spanOf(c, "rowspan")
			if p.cells += across; p.cells > maxCells || column+across > maxColumns {
				p.excess = true
				break
			}
			row = append(row, p.cell(c, across))
			for range across {
				below[column] = down - 1
				column++
			}
		}
		covered()
		if len(row) > 0 {
			t.rows = append(t.rows, row)
		}
	}
	if len(t.rows) == 0 {
		return
	}
	for one := range t.paragraphs() {
		t.at = one
		break
	}
	p.blocks = append(p.blocks, &block{part: tablePart, table: t})
}

func (p *paster) cell(n *html.Node, across int) *cell {
	c := &cell{span: across}
	p.into = &c.paragraphs
	p.align = alignOf(n, "")
	align := p.align
	p.children(n, styleOf(n, span{kind: wordSpan}))
	p.align = align
	p.end()
	p.into, p.align = nil, ""
	return c
}

func tableOf(n *html.Node) *html.Node {
	for a := range n.Ancestors() {
		if a.DataAtom == atom.Table {
			return a
		}
	}
	return nil
}

func spanOf(n *html.Node, name string) int {
	c, err := strconv.Atoi(attr(n, name))
	if err != nil || c < 1 {
		return 1
	}
	return min(c, 1000)
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

var (
	hiddenStyle = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all`)
	boldStyle   = regexp.MustCompile(`(?i)font-weight\s*:\s*(?:bold|[6-9]00)`)
	plainStyle  = regexp.MustCompile(`(?i)font-weight\s*:\s*(?:normal|[1-5]00)`)
	tiltStyle   = regexp.MustCompile(`(?i)font-style\s*:\s*italic`)
	strikeStyle = regexp.MustCompile(`(?i)text-decoration[^;]*:\s*[^;]*line-through`)
	rightStyle  = regexp.MustCompile(`(?i)text-align\s*:\s*(?:right|end)`)
)

func isHidden(n *html.Node) bool { return hiddenStyle.MatchString(attr(n, "style")) }

func alignOf(n *html.Node, otherwise string) string {
	if rightStyle.MatchString(attr(n, "style")) || strings.EqualFold(attr(n, "align"), "right") {
		return "right"
	}
	return otherwise
}

// styleOf returns the style of what is within an element.
func styleOf(n *html.Node, style span) span {
	css := attr(n, "style")
	switch n.DataAtom {
	case atom.B, atom.Strong:
		style.format |= boldFormat
	case atom.I, atom.Em:
		style.format |= italicFormat
	case atom.S, atom.Del, atom.Strike:
		style.format |= strikeFormat
	case atom.A:
		if to, err := url.Parse(strings.TrimSpace(attr(n, "href"))); err == nil && (to.Scheme == "http" || to.Scheme == "https") && to.Host != "" && !strings.ContainsAny(to.String(), " ()<>\\") {
			style.link = to.String()
		}
	}
	if boldStyle.MatchString(css) {
		style.format |= boldFormat
	}
	if plainStyle.MatchString(css) {
		style.format &^= boldFormat
	}
	if tiltStyle.MatchString(css) {
		style.format |= italicFormat
	}
	if strikeStyle.MatchString(css) {
		style.format |= strikeFormat
	}
	return style
}
