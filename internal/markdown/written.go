package markdown

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"wangjian/internal/campaign"
)

// Markdown drops or changes some of what is written: it numbers the items of a
// list anew, and leaves out definitions that nothing refers to and cells beyond a
// table's head. A number must come out as it was written, so here an item keeps
// its own, and what would be left out is shown or is a finding.

// listParser leaves a number of four digits and more at a line's start to its
// paragraph: “2022. 全年…” is no list.
type listParser struct{ parser.BlockParser }

var yearMark = regexp.MustCompile(`^ {0,3}[0-9]{4,}[.)]`)

func (p listParser) Open(parent ast.Node, block text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if line, _ := block.PeekLine(); yearMark.Match(line) {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, block, pc)
}

// itemParser keeps the number that an item is written with.
type itemParser struct{ parser.BlockParser }

var itemMark = regexp.MustCompile(`^ *([0-9]{1,9})[.)]`)

const writtenNumberKey = "number"

func (p itemParser) Open(parent ast.Node, block text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := block.PeekLine()
	mark := itemMark.FindSubmatch(line)
	node, state := p.BlockParser.Open(parent, block, pc)
	if node != nil && mark != nil {
		if n, err := strconv.Atoi(string(mark[1])); err == nil {
			node.SetAttributeString(writtenNumberKey, n)
		}
	}
	return node, state
}

// number returns the items of an ordered list their numbers: as they are written,
// or on from the first where all are written alike, as is the custom.
func number(list *ast.List, items []*Node) {
	alike, n := true, 0
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if written, ok := item.AttributeString(writtenNumberKey); ok && n < len(items) {
			items[n].Number = written.(int)
			alike = alike && items[n].Number == items[0].Number
		}
		n++
	}
	for i := range items {
		if alike {
			items[i].Number = items[0].Number + i
		}
	}
}

// noteParser keeps the footnotes, of which goldmark takes away those without a
// mark.
type noteParser struct{ parser.BlockParser }

var notesKey = parser.NewContextKey()

func (p noteParser) Open(parent ast.Node, block text.Reader, pc parser.Context) (ast.Node, parser.State) {
	_, segment := block.PeekLine()
	node, state := p.BlockParser.Open(parent, block, pc)
	if note, ok := node.(*east.Footnote); ok {
		notes, _ := pc.Get(notesKey).([]definedNote)
		pc.Set(notesKey, append(notes, definedNote{note, segment.Start}))
	}
	return node, state
}

type definedNote struct {
	*east.Footnote
	offset int
}

// looseNotes reports the footnotes that nothing refers to. It is no fault of a
// body from which a section was taken out.
func (c *converter) looseNotes(pc parser.Context) (loose []campaign.Finding) {
	notes, _ := pc.Get(notesKey).([]definedNote)
	for _, note := range notes {
		if note.Parent() == nil {
			label := "[^" + string(note.Ref) + "]"
			loose = append(loose, campaign.Finding{
				Level: campaign.Error, Rule: "markup-lost", At: c.lines.at(note.offset).Place(),
				Message: "正文里没有用到脚注" + label + "，它的内容不会出现", Hint: "在要加注的地方写上 " + label + "，或删去这一条",
			})
		}
	}
	return loose
}

// citedLabels lists the labels that links and pictures refer to.
func citedLabels(root ast.Node) map[string]bool {
	cited := map[string]bool{}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // never fails
		var reference *ast.ReferenceLink
		switch n := n.(type) {
		case *ast.Link:
			reference = n.Reference
		case *ast.Image:
			reference = n.Reference
		}
		if entering && reference != nil {
			cited[util.ToLinkReference(reference.Value)] = true
		}
		return ast.WalkContinue, nil
	})
	return cited
}

// anAddress is what a link may lead to.
var anAddress = regexp.MustCompile(`[/#:]|\.[A-Za-z][A-Za-z0-9]{1,4}$`)

// definition shows the definition of a link's address that no link uses and that
// is none: what looks like one may be a note, [1]: 令第45号.
func (c *converter) definition(n *ast.LinkReferenceDefinition) []*Node {
	if c.cited[util.ToLinkReference(n.Label)] || anAddress.Match(n.Destination) || n.Lines().Len() == 0 {
		return nil
	}
	at := n.Lines().At(0).Start
	words := c.unescape(strings.TrimSpace(c.rawLines(n)), at)
	return []*Node{{Kind: Paragraph, At: c.lines.at(at), Children: []*Node{{Kind: Text, Text: words, At: c.lines.at(at)}}}}
}

// checkCells reports a table's row with more cells than its head: goldmark drops
// them.
func (c *converter) checkCells(row *east.TableRow) {
	line := c.source[row.Pos():]
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	columns, start := row.ChildCount(), 0
	if text := bytes.TrimLeft(line, " \t"); bytes.HasPrefix(text, []byte{'|'}) {
		start = len(line) - len(text) + 1
	}
	for n := 1; start < len(line); n++ {
		end := start
		for end < len(line) && (line[end] != '|' || line[end-1] == '\\') {
			end++
		}
		if cell := bytes.TrimSpace(line[start:end]); n > columns && len(cell) > 0 {
			at := c.lines.at(row.Pos() + start)
			c.fail(at, "markup-lost", "这一行比表头多出一格“"+string(cell)+"”，不会出现", "写成“"+string(bytes.TrimRight(line[:start-1], " \t"))+"；"+string(cell)+" |”，或给表头加一栏；格子里要写竖线的，写成 \\|")
			return
		}
		start = end + 1
	}
}
