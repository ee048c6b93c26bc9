package markdown

import (
	"fmt"
	"html"
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"wangjian/internal/campaign"
)

// lines turns byte offsets of a body into positions of its file.
type lines struct {
	body   []byte
	starts []int
	file   string
	first  int
}

func newLines(body []byte, file string, first int) lines {
	starts := []int{0}
	for i, b := range body {
		if b == '\n' {
			starts = append(starts, i+1)
		}
	}
	return lines{body, starts, file, first}
}

func (l lines) at(offset int) campaign.Position {
	offset = min(offset, len(l.body))
	n := sort.SearchInts(l.starts, offset+1) - 1
	return campaign.Position{
		File:   l.file,
		Line:   l.first + n,
		Column: utf8.RuneCount(l.body[l.starts[n]:offset]) + 1,
	}
}

// converter turns goldmark's tree into ours.
type converter struct {
	source    []byte
	lines     lines
	anchor    map[string]int
	cited     map[string]bool // labels of addresses that links use
	footnotes []*Node
	findings  []campaign.Finding
}

func (c *converter) fail(at campaign.Position, rule, message, hint string) {
	c.findings = append(c.findings, campaign.Finding{
		Level: campaign.Error, Rule: rule, At: at.Place(), Message: message, Hint: hint,
	})
}

func (c *converter) blocks(parent ast.Node) []*Node {
	var out []*Node
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		out = append(out, c.block(n)...)
	}
	return out
}

func (c *converter) block(n ast.Node) []*Node {
	at := c.lines.at(blockOffset(n))
	// flat: one case a kind of node
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		return c.paragraph(n, at)
	case *ast.Heading:
		h := &Node{Kind: Heading, Level: n.Level, At: at, Children: c.inlines(n)}
		h.Anchor = c.anchorFor(PlainText(h.Children, nil))
		c.onlyFigures(h.Children)
		return []*Node{h}
	case *ast.List:
		items := c.blocks(n)
		if n.IsOrdered() {
			number(n, items)
		}
		return []*Node{{Kind: List, Ordered: n.IsOrdered(), At: at, Children: items}}
	case *ast.ListItem:
		return []*Node{{Kind: ListItem, At: at, Children: c.blocks(n)}}
	case *ast.Blockquote:
		return []*Node{{Kind: Quote, At: at, Children: c.blocks(n)}}
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return []*Node{{Kind: CodeBlock, Text: c.rawLines(n), At: at}}
	case *ast.ThematicBreak:
		return []*Node{{Kind: Rule, At: at}}
	case *ast.LinkReferenceDefinition:
		return c.definition(n)
	case *east.Table:
		rows := c.blocks(n)
		alignFigures(rows)
		return []*Node{{Kind: Table, At: at, Children: rows}}
	case *east.TableHeader:
		return []*Node{{Kind: TableRow, At: at, Children: c.cells(n, true)}}
	case *east.TableRow:
		c.checkCells(n)
		return []*Node{{Kind: TableRow, At: at, Children: c.cells(n, false)}}
	case *east.FootnoteList:
		for f := n.FirstChild(); f != nil; f = f.NextSibling() {
			if note, ok := f.(*east.Footnote); ok {
				c.footnotes = append(c.footnotes, &Node{Kind: Footnote, Number: note.Index, At: c.lines.at(blockOffset(note)), Children: c.blocks(note)})
			}
		}
		return nil
	}
	return nil
}

// paragraph returns a paragraph, cut into blocks where a chart or a table stands
// in it.
func (c *converter) paragraph(n ast.Node, at campaign.Position) []*Node {
	var out []*Node
	var run []*Node
	flush := func() {
		run = trimSpaces(run)
		if len(run) > 0 {
			out = append(out, &Node{Kind: Paragraph, At: at, Children: run})
		}
		run = nil
	}
	for _, inline := range c.inlines(n) {
		if inline.Kind == Chart || inline.Kind == StatTable {
			flush()
			out = append(out, inline)
			continue
		}
		c.onlyFigures(inline.Children)
		run = append(run, inline)
	}
	flush()
	return out
}

// trimSpaces drops blank text at both ends, as cutting leaves it.
func trimSpaces(run []*Node) []*Node {
	blank := func(n *Node) bool {
		return n.Kind == Break || n.Kind == Text && strings.TrimSpace(n.Text) == ""
	}
	for len(run) > 0 && blank(run[0]) {
		run = run[1:]
	}
	for len(run) > 0 && blank(run[len(run)-1]) {
		run = run[:len(run)-1]
	}
	return run
}

// onlyFigures reports charts and tables where only words can stand.
func (c *converter) onlyFigures(nodes []*Node) {
	Walk(nodes, func(n *Node) bool {
		if n.Kind == Chart || n.Kind == StatTable {
			c.fail(n.At, "reference-place", "图表不能放在标题、表格或强调里", "把 {{"+n.Reference.Raw+"}} 单独写成一段")
		}
		return true
	})
}

func (c *converter) cells(row ast.Node, head bool) []*Node {
	var out []*Node
	for n := row.FirstChild(); n != nil; n = n.NextSibling() {
		cell := n.(*east.TableCell)
		node := &Node{Kind: TableCell, Head: head, At: c.lines.at(blockOffset(cell)), Children: c.inlines(cell)}
		switch cell.Alignment {
		case east.AlignLeft:
			node.Align = AlignLeft
		case east.AlignCenter:
			node.Align = AlignCenter
		case east.AlignRight:
			node.Align = AlignRight
		}
		c.onlyFigures(node.Children)
		out = append(out, node)
	}
	return out
}

func (c *converter) rawLines(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(c.source))
	}
	return restorePipes(b.String())
}

func (c *converter) inlines(parent ast.Node) []*Node {
	var out []*Node
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		out = c.inline(out, n)
	}
	return out
}

func (c *converter) inline(out []*Node, n ast.Node) []*Node {
	// flat: one case a kind of node
	switch n := n.(type) {
	case *ast.Text:
		s := string(n.Segment.Value(c.source))
		if !n.IsRaw() {
			s = c.unescape(s, n.Segment.Start)
		}
		s = restorePipes(s)
		if n.SoftLineBreak() && !n.HardLineBreak() {
			s = strings.TrimRight(s, " ")
			if breakIsSpace(s, c.firstRuneAfter(n)) {
				s += " "
			}
		}
		out = appendText(out, s, c.lines.at(n.Segment.Start))
		if n.HardLineBreak() {
			out = append(out, &Node{Kind: Break})
		}
	case *ast.String:
		out = appendText(out, string(n.Value), campaign.Position{})
	case *ast.CodeSpan:
		out = append(out, &Node{Kind: Code, Text: c.textBelow(n)})
	case *ast.Emphasis:
		kind := Emphasis
		if n.Level == 2 {
			kind = Strong
		}
		out = append(out, &Node{Kind: kind, Children: c.inlines(n)})
	case *east.Strikethrough:
		out = append(out, &Node{Kind: Strike, Children: c.inlines(n)})
	case *ast.Link:
		out = append(out, &Node{Kind: Link, Target: c.unescapeTarget(n.Destination, max(n.Pos(), 0)), At: c.inlineAt(n), Children: c.inlines(n)})
	case *ast.Image:
		out = append(out, &Node{Kind: Image, Target: c.unescapeTarget(n.Destination, max(n.Pos(), 0)), At: c.inlineAt(n), Text: PlainText(c.inlines(n), nil)})
	case *ast.AutoLink:
		label := string(n.Label(c.source))
		out = append(out, &Node{Kind: Link, Target: string(n.URL(c.source)), At: c.inlineAt(n), Children: []*Node{{Kind: Text, Text: label}}})
	case *east.FootnoteLink:
		out = append(out, &Node{Kind: FootnoteMark, Number: n.Index})
	case *referenceNode:
		out = append(out, c.reference(n))
	}
	return out
}

// reference turns a {{…}} into its node; a faulty one is a finding and stays
// as it was written.
func (c *converter) reference(n *referenceNode) *Node {
	at := c.lines.at(n.offset)
	if !n.closed {
		c.fail(at, "reference-syntax", "“{{”没有配上“}}”", "补上“}}”；要原样显示花括号，写在反引号 ` 里")
		return &Node{Kind: Text, Text: "{{", At: at}
	}
	ref, err := campaign.ParseReference(n.raw)
	ref.At, ref.Before = at, string(lineBefore(c.source, n.offset))
	if err != nil {
		c.fail(at, "reference-syntax", err.Error(), "例：{{公安局/查处相关网络违法案件}}、{{图:代号}}、{{表:公安局}}")
		return &Node{Kind: Text, Text: "{{" + n.raw + "}}", At: at}
	}
	kind := map[campaign.ReferenceKind]Kind{
		campaign.FigureReference: Figure, campaign.ChartReference: Chart, campaign.TableReference: StatTable,
	}[ref.Kind]
	return &Node{Kind: kind, Reference: &ref, At: at}
}

func appendText(out []*Node, s string, at campaign.Position) []*Node {
	if s == "" {
		return out
	}
	if len(out) > 0 && out[len(out)-1].Kind == Text {
		last := out[len(out)-1]
		if !at.IsZero() && at.Line != last.At.Line {
			last.Lines = append(last.Lines, campaign.Run{Offset: len(last.Text), At: at})
		}
		last.Text += s
		return out
	}
	return append(out, &Node{Kind: Text, Text: s, At: at})
}

// breakIsSpace reports whether a soft line break stands for a space: not where
// either side is Chinese (the rule of CSS Text, which goldmark calls
// css3draft).
func breakIsSpace(before string, after rune) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	if before == "" || after == 0 {
		return before != "" && !isChinese(last)
	}
	return !isChinese(last) && !isChinese(after)
}

// firstRuneAfter returns the first character after a text node, through whatever
// mark-up follows; 0 when it cannot be told.
func (c *converter) firstRuneAfter(n ast.Node) rune {
	for next := n.NextSibling(); next != nil; next = next.FirstChild() {
		if t, ok := next.(*ast.Text); ok {
			r, _ := utf8.DecodeRune(t.Segment.Value(c.source))
			return r
		}
		if _, ok := next.(*referenceNode); ok {
			return '0'
		}
	}
	return 0
}

func (c *converter) textBelow(n ast.Node) string {
	var b strings.Builder
	for t := n.FirstChild(); t != nil; t = t.NextSibling() {
		if t, ok := t.(*ast.Text); ok {
			b.Write(t.Segment.Value(c.source))
		}
	}
	return restorePipes(strings.ReplaceAll(b.String(), "\n", " "))
}

func (c *converter) unescapeTarget(destination []byte, offset int) string {
	return restorePipes(c.unescape(string(destination), offset))
}

var escaped = regexp.MustCompile(`\\[!-/:-@\[-\x60{-~]|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);`)

// unescape resolves backslashes and entities, each once. An entity must not
// bring in what no text may hold.
func (c *converter) unescape(s string, offset int) string {
	if !strings.ContainsAny(s, `\&`) { // nearly every text
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(m string) string {
		if m[0] == '\\' {
			return m[1:]
		}
		text := html.UnescapeString(m)
		for _, r := range text {
			if r == utf8.RuneError || unicode.IsControl(r) && r != '\t' && r != '\n' || unicode.Is(unicode.Co, r) {
				c.fail(c.lines.at(offset), "character", "“"+m+"”写出了不能用的字符", "删去它，或改成国家标准（GB 18030）里的字")
				return ""
			}
		}
		return text
	})
}

// inlineAt finds where an inline starts: goldmark keeps it, or the text inside
// tells.
func (c *converter) inlineAt(n ast.Node) campaign.Position {
	if p := n.Pos(); p > 0 {
		return c.lines.at(p)
	}
	for t := n.FirstChild(); t != nil; t = t.FirstChild() {
		if t, ok := t.(*ast.Text); ok {
			return c.lines.at(t.Segment.Start)
		}
	}
	return c.lines.at(blockOffset(n.Parent()))
}

// blockOffset returns the offset at which a block's own text starts.
func blockOffset(n ast.Node) int {
	for ; n != nil; n = n.FirstChild() {
		if p := n.Pos(); p > 0 {
			return p
		}
		if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
			return n.Lines().At(0).Start
		}
		if t, ok := n.(*ast.Text); ok {
			return t.Segment.Start
		}
	}
	return 0
}

// Anchor returns the id that a heading's text has: letters, digits and Chinese
// characters stay, a run of anything else is one hyphen. A link to the heading
// may write the text or the id.
func Anchor(heading string) string {
	var b strings.Builder
	gap := false
	for _, r := range heading {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			b.WriteRune(unicode.ToLower(r))
			gap = false
		} else {
			gap = true
		}
	}
	return b.String()
}

func (c *converter) anchorFor(heading string) string {
	id := Anchor(heading)
	if id == "" {
		id = "节"
	}
	c.anchor[id]++
	if n := c.anchor[id]; n > 1 {
		return fmt.Sprintf("%s-%d", id, n)
	}
	return id
}

// aFigure is a number as a table cell shows it, or what stands in place of one.
var aFigure = regexp.MustCompile(`^(?:[+\-−]?\d[\d,]*(?:\.\d+)?[%％]?|[—－\-]+|无)$`)

// alignFigures sets the columns flush right whose alignment the author left open
// and that hold nothing but figures, so that units stand below units.
func alignFigures(rows []*Node) {
	if len(rows) < 2 {
		return
	}
	for column, head := range rows[0].Children {
		if head.Align != AlignNone || !allFigures(rows[1:], column) {
			continue
		}
		for _, row := range rows {
			if column < len(row.Children) {
				row.Children[column].Align = AlignRight
			}
		}
	}
}

// allFigures tells that a column has numbers, and no words.
func allFigures(rows []*Node, column int) bool {
	some := false
	for _, row := range rows {
		if column >= len(row.Children) {
			continue
		}
		text := strings.TrimSpace(PlainText(row.Children[column].Children, func(*campaign.Reference) string { return "0" }))
		if text == "" {
			continue
		}
		if !aFigure.MatchString(text) {
			return false
		}
		some = some || strings.ContainsAny(text, "0123456789")
	}
	return some
}
