package markdown

import (
	"regexp"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markParser changes where *, _ and ~~ may open and close, after goldmark has
// looked at them:
//
//   - **案件（含移送）**的 is bold. CommonMark asks of a closing mark after
//     punctuation that a space or more punctuation follows, which Chinese text
//     never has. Here a Chinese character or mark at either side counts as a
//     letter does. For _ the rule stays.
//   - A mark between two numbers is a sign, not mark-up: 60*40*50, 2**3, 5~~10.
//     So is * inside a Western word, as _ always was: 3*a*b.
//   - ~ is the sign of a range: 63%~68%. Only ~~ strikes out.
//   - A run of more than three marks is a blank to fill in, or a masked number.
type markParser struct{ parser.InlineParser }

func newEmphasisParser() parser.InlineParser { return markParser{parser.NewEmphasisParser()} }
func newStrikeParser() parser.InlineParser {
	return markParser{extension.NewStrikethroughParser()}
}

// longestRun is how many marks in a row may be mark-up: bold and emphasis.
const longestRun = 3

func (p markParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	node := p.InlineParser.Parse(parent, block, pc)
	d, ok := node.(*parser.Delimiter)
	if !ok {
		return node
	}
	rest := line[d.OriginalLength:]
	after := ' '
	if len(rest) > 0 {
		after, _ = utf8.DecodeRune(rest)
	}
	switch {
	case d.OriginalLength > longestRun, d.Char == '~' && d.OriginalLength != 2,
		d.Char == '*' && d.OriginalLength == 1 && isAlphanumeric(before) && isAlphanumeric(after),
		isSign(d.OriginalLength, lineBefore(block.Source(), segment.Start), rest):
		d.CanOpen, d.CanClose = false, false
	case d.Char != '_' && (isChinese(before) || isChinese(after)):
		d.CanOpen = !util.IsSpaceRune(after) && (!isWesternMark(after) || !isWestern(before))
		d.CanClose = !util.IsSpaceRune(before) && (!isWesternMark(before) || !isWestern(after))
	}
	return node
}

// What stands on either side of a sign between two numbers: a number with its
// unit, and another with the word of what it measures.
var (
	numberEnds   = regexp.MustCompile(`[0-9０-９](?:[%％‰°℃㎜㎝㎡㎏]|[A-Za-z]{1,3}[²³]?)?$`)
	numberBegins = regexp.MustCompile(`^[+\-−±$￥¥]?[0-9０-９]`)
	// A single * is rarely mark-up beside a number, so more is taken for a sign.
	// Nor is it between the names of two dimensions.
	factorEnds     = regexp.MustCompile(`[0-9０-９]\s?(?:[%％‰°℃㎜㎝㎡㎏]|[A-Za-z]{1,3}[²³]?|\p{Han}{1,2})?[)）\]］”]?\s?$`)
	factorBegins   = regexp.MustCompile(`^\s?[(（\[［“]?(?:[长宽高厚深径约+\-－−±$￥¥]|直径){0,2}[0-9０-９]`)
	dimensionEnds  = regexp.MustCompile(`[长宽高厚深径]\s?$`)
	dimensionStart = regexp.MustCompile(`^\s?[长宽高厚深直径]`)
)

// isSign reports whether a run of marks stands between two numbers, or two
// dimensions.
func isSign(length int, before, after []byte) bool {
	if length == 1 {
		return factorEnds.Match(before) && factorBegins.Match(after) ||
			dimensionEnds.Match(before) && dimensionStart.Match(after)
	}
	return numberEnds.Match(before) && numberBegins.Match(after)
}

// lineBefore returns as much of the line before an offset as a number with its
// unit, or a word, takes.
func lineBefore(source []byte, offset int) []byte {
	const most = 24
	from := max(0, offset-most)
	for i := offset - 1; i >= from; i-- {
		if source[i] == '\n' {
			from = i + 1
			break
		}
	}
	return source[from:offset]
}

// isAlphanumeric reports letters and digits of Western writing, full-width ones
// too.
func isAlphanumeric(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
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
