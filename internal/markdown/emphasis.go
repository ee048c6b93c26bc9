package markdown

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// emphasisParser replaces goldmark's for * so that **案件（含移送）**的 is bold.
// CommonMark asks of a closing mark after punctuation that a space or more
// punctuation follows, which Chinese text never has. Here a Chinese character
// or mark at either side counts as a letter does. For _ the rule stays.
type emphasisParser struct{ parser.InlineParser }

func newEmphasisParser() parser.InlineParser {
	return emphasisParser{parser.NewEmphasisParser()}
}

func (p emphasisParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, _ := block.PeekLine()
	node := p.InlineParser.Parse(parent, block, pc)
	d, ok := node.(*parser.Delimiter)
	if !ok || d.Char != '*' {
		return node
	}
	after := ' '
	if rest := line[d.OriginalLength:]; len(rest) > 0 {
		after, _ = utf8.DecodeRune(rest)
	}
	if !isChinese(before) && !isChinese(after) {
		return node
	}
	d.CanOpen = !util.IsSpaceRune(after) && (!isWesternMark(after) || !isWestern(before))
	d.CanClose = !util.IsSpaceRune(before) && (!isWesternMark(before) || !isWestern(after))
	return node
}

// isWestern tells letters and digits of Western writing, beside which the
// CommonMark rule stands.
func isWestern(r rune) bool {
	return !util.IsSpaceRune(r) && !util.IsPunctRune(r) && !isChinese(r)
}

func isWesternMark(r rune) bool { return util.IsPunctRune(r) && !isChinese(r) }

// isChinese tells Chinese characters and the punctuation of Chinese text; the
// curly quotes, the dash, the ellipsis and the middle dot are shared with
// Western text, but are Chinese here.
func isChinese(r rune) bool {
	switch r {
	case '“', '”', '‘', '’', '—', '…', '·':
		return true
	}
	return unicode.Is(unicode.Han, r) ||
		r >= 0x3000 && r <= 0x303F || // CJK symbols and punctuation
		r >= 0xFF00 && r <= 0xFFEF || // full-width forms
		r >= 0xFE30 && r <= 0xFE4F
}
