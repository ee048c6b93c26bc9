package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A | inside {{…}} must not split a table cell, and goldmark splits cells
// before it looks at inlines. So the | is hidden behind a control character,
// which no input may hold, and comes back wherever text is taken.
const hiddenPipe = '\x1f'

var referenceSpan = regexp.MustCompile(`\{\{[^{}\n]*\}\}`)

func hidePipes(body []byte) []byte {
	if !bytes.Contains(body, []byte("{{")) {
		return body
	}
	return referenceSpan.ReplaceAllFunc(body, func(span []byte) []byte {
		return bytes.ReplaceAll(span, []byte{'|'}, []byte{hiddenPipe})
	})
}

func restorePipes(s string) string {
	if strings.IndexByte(s, hiddenPipe) < 0 {
		return s
	}
	return strings.ReplaceAll(s, string(hiddenPipe), "|")
}

// referenceNode is a {{…}} in goldmark's tree.
type referenceNode struct {
	ast.BaseInline
	raw    string
	offset int
	closed bool
}

var kindReference = ast.NewNodeKind("DataReference")

func (n *referenceNode) Kind() ast.NodeKind            { return kindReference }
func (n *referenceNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// referenceParser takes a {{…}} whole, so that no mark-up inside it counts.
type referenceParser struct{}

func (referenceParser) Trigger() []byte { return []byte{'{'} }

func (referenceParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("{{")) {
		return nil
	}
	n := &referenceNode{offset: segment.Start}
	if end := bytes.Index(line, []byte("}}")); end >= 0 {
		n.raw, n.closed = string(line[2:end]), true
		block.Advance(end + 2)
	} else {
		n.raw = string(line[2:])
		block.Advance(2)
	}
	n.raw = strings.ReplaceAll(restorePipes(n.raw), `\|`, "|")
	return n
}
