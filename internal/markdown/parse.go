package markdown

import (
	"unique"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"wangjian/internal/campaign"
)

// reader is goldmark without its HTML parsers, so that raw HTML is text, and
// with ours for emphasis and references and around those for lists and footnotes.
var reader = func() parser.Parser {
	p := parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewSetextHeadingParser(), 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(listParser{parser.NewListParser()}, 300),
			util.Prioritized(itemParser{parser.NewListItemParser()}, 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(noteParser{extension.NewFootnoteBlockParser()}, 999),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(referenceParser{}, 50),
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(extension.NewFootnoteParser(), 101),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(newEmphasisParser(), 500),
			util.Prioritized(newStrikeParser(), 500),
		),
		parser.WithASTTransformers(util.Prioritized(extension.NewFootnoteASTTransformer(), 999)),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	)
	goldmark.New(
		goldmark.WithParser(p),
		goldmark.WithExtensions(extension.Table),
	)
	return p
}()

// Parse reads a Markdown body. file and firstLine, the line of the file at
// which the body starts, provide nodes and findings with positions. A body made to
// exhaust its reader is a finding and an empty tree.
func Parse(body []byte, file string, firstLine int) (*Tree, []campaign.Finding) {
	if finding, ok := checkBounds(body, func(line int) campaign.Position {
		return campaign.Position{File: file, Line: firstLine + line, Column: 1}
	}); !ok {
		return &Tree{}, []campaign.Finding{finding}
	}
	hidden := hidePipes(body)
	c := converter{
		source: hidden,
		lines:  newLines(body, file, firstLine),
		anchor: map[string]int{},
	}
	pc := parser.NewContext()
	root := reader.Parse(text.NewReader(hidden), parser.WithContext(pc))
	c.cited = citedLabels(root)
	tree := &Tree{Blocks: c.blocks(root)}
	tree.Footnotes = c.footnotes
	tree.Loose = c.looseNotes(pc)
	return tree, c.findings
}

func once(s string) string { return unique.Make(s).Value() }

// Scan returns what the first pass keeps of a body, all but its hash.
func Scan(tree *Tree, firstLine int) campaign.Body {
	kept := campaign.Body{FirstLine: firstLine}
	tree.Walk(func(n *Node) bool {
		kept.Cited = append(kept.Cited, citations(n)...)
		switch n.Kind {
		case Heading:
			name := PlainText(n.Children, nil)
			// All narratives have the same: one copy is enough.
			kept.Headings = append(kept.Headings, campaign.Heading{Level: n.Level, Text: once(name), Anchor: once(n.Anchor), At: n.At})
		case Paragraph:
			if kept.Opening == "" {
				kept.Opening = PlainText(n.Children, nil)
			}
		case Link:
			kept.Links = append(kept.Links, campaign.Link{Target: n.Target, Text: PlainText(n.Children, nil), At: n.At})
		case Image:
			kept.Links = append(kept.Links, campaign.Link{Target: n.Target, Image: true, Text: n.Text, At: n.At})
		case Figure, Chart, StatTable:
			kept.References = append(kept.References, *n.Reference)
		}
		return true
	})
	return kept
}
