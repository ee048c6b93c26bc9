package markdown

import (
	"strings"
	"unicode/utf8"

	"wangjian/internal/campaign"
)

// Kind is the sort of a node.
type Kind int

// Blocks first, then inlines.
const (
	Document  Kind = iota
	Paragraph      // inline children
	Heading        // Level, Anchor, inline children
	List           // Ordered; children are ListItems
	ListItem       // Number where the list is ordered; blocks
	Quote          // blocks
	CodeBlock      // Text
	Rule           // a thematic break
	Table          // TableRows, the first is the head
	TableRow       // TableCells
	TableCell      // Head, Align, inline children
	Chart          // Reference: a chart's place, a block
	StatTable      // Reference: a department's table, a block
	Footnote       // Number, Anchor, blocks; children of Tree.Footnotes

	Text         // Text
	Strong       // inline children
	Emphasis     // inline children
	Strike       // inline children
	Code         // Text
	Link         // Target, inline children
	Image        // Target, Text (the alt text)
	Break        // a hard line break
	Figure       // Reference: a published figure
	FootnoteMark // Number
)

// Align is a table column's alignment.
type Align int

// Alignments of a table cell.
const (
	AlignNone Align = iota
	AlignLeft
	AlignCenter
	AlignRight
)

// Node is a block or an inline of the tree. Which fields count depends on its
// Kind.
type Node struct {
	Kind      Kind
	Level     int    // Heading: 1 to 6
	Text      string // Text, Code, CodeBlock, Image
	Anchor    string // Heading: its id within the body
	Target    string // Link, Image: as written
	Ordered   bool   // List
	Head      bool   // TableCell
	Align     Align  // TableCell
	Number    int    // Footnote, FootnoteMark: from 1; ListItem
	Reference *campaign.Reference
	At        campaign.Position
	Lines     []campaign.Run // Text: where its further lines begin
	Children  []*Node
}

// Tree is a parsed body.
type Tree struct {
	Blocks    []*Node
	Footnotes []*Node
	Loose     []campaign.Finding // footnotes without a mark, which do not show
}

// Walk visits the nodes in reading order; it does not go below a node for
// which visit returns false.
func Walk(nodes []*Node, visit func(*Node) bool) {
	for _, n := range nodes {
		if visit(n) {
			Walk(n.Children, visit)
		}
	}
}

// Walk visits every node of the tree, footnotes last.
func (t *Tree) Walk(visit func(*Node) bool) {
	Walk(t.Blocks, visit)
	Walk(t.Footnotes, visit)
}

// PlainText returns the words of the nodes without any mark-up; figures are
// written by figure, or left out when it is nil.
func PlainText(nodes []*Node, figure func(*campaign.Reference) string) string {
	if len(nodes) == 1 && nodes[0].Kind == Text {
		return nodes[0].Text // as nearly always: no copy
	}
	var b strings.Builder
	Walk(nodes, func(n *Node) bool {
		switch n.Kind {
		case Text, Code, CodeBlock:
			b.WriteString(n.Text)
		case Break:
			b.WriteByte(' ')
		case Figure:
			if figure != nil {
				b.WriteString(figure(n.Reference))
			}
		case Image, FootnoteMark, Chart, StatTable:
			return false
		}
		return true
	})
	return b.String()
}

// PlaceOf returns where a character of the [PlainText] of nodes, counted from 0, stands
// in the file; an escape before it in the same run of words moves it.
func PlaceOf(nodes []*Node, character int) (at campaign.Position) {
	passed := 0
	Walk(nodes, func(n *Node) bool {
		size := 0
		switch n.Kind {
		case Text, Code, CodeBlock:
			size = utf8.RuneCountInString(n.Text)
		case Break:
			size = 1
		case Image, FootnoteMark, Chart, StatTable:
			return false
		}
		if passed <= character && character < passed+size {
			at = n.place(character - passed)
		}
		passed += size
		return true
	})
	return at
}

// place returns where a character of a run of words stands.
func (n *Node) place(character int) campaign.Position {
	at, from := n.At, 0
	for _, line := range n.Lines {
		if begin := utf8.RuneCountInString(n.Text[:line.Offset]); begin <= character {
			at, from = line.At, begin
		}
	}
	at.Column += character - from
	return at
}

// Section is a level-2 heading with what stands under it; the first section of
// a tree may have no heading.
type Section struct {
	Heading *Node // nil for what comes before the first heading
	Blocks  []*Node
}

// FillSections has a word stand in each section that nothing is in; "" takes such sections
// out.
func (t *Tree) FillSections(word string) {
	var blocks []*Node
	for _, s := range t.Sections() {
		switch {
		case s.Heading == nil:
		case len(s.Blocks) > 0:
			blocks = append(blocks, s.Heading)
		case word != "":
			at := s.Heading.At
			blocks = append(blocks, s.Heading, &Node{Kind: Paragraph, At: at, Children: []*Node{{Kind: Text, At: at, Text: word + "。"}}})
		}
		blocks = append(blocks, s.Blocks...)
	}
	t.Blocks = blocks
}

// Sections cuts the tree at its level-2 headings.
func (t *Tree) Sections() []Section {
	var sections []Section
	for _, n := range t.Blocks {
		if n.Kind == Heading && n.Level == 2 {
			sections = append(sections, Section{Heading: n})
			continue
		}
		if len(sections) == 0 {
			sections = append(sections, Section{})
		}
		last := &sections[len(sections)-1]
		last.Blocks = append(last.Blocks, n)
	}
	return sections
}
