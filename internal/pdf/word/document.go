package word

import (
	"fmt"
	"strings"

	"wangjian/internal/pdf/typeset"
)

// builder gathers the parts of a document as its blocks come.
type builder struct {
	body      strings.Builder
	footnotes strings.Builder
	notes     int // footnotes so far
	seen      map[*typeset.Note]int
	images    []image
	lists     []list // numbered lists in the order of their first item
	open      []opened
	bookmarks map[string]int // anchors that blocks have, by name
	marked    map[string]bool
	turn      bool               // the next paragraph starts a page
	contents  bool               // the lines of the contents are being written
	filled    float64            // of the page, about, in points; of the front alone
	lead      float64            // of the next paragraph, in points; 0 for its style's
	space     float64            // above the next paragraph, in points
	counts    [headingLevels]int // of the headings so far, as Word counts them
	headings  int                // the list that headings are of
}

// opened is an element that is not closed yet.
type opened struct {
	tag  typeset.Tag
	list int  // of a list: its number in the file, once its first item has come
	text bool // of an item: its marker has been written
}

// list is a numbered list, of items or of headings.
type list struct {
	start, level int
	headings     bool
}

// image is a picture's file.
type image struct {
	data []byte
	kind string // jpg or png
}

// spareRoom is what is left free of a page where something stands at a height of it:
// how high the lines above come out is Word's.
const spareRoom = 45.0

func newBuilder(blocks []typeset.Block) *builder {
	b := &builder{seen: map[*typeset.Note]int{}, bookmarks: map[string]int{}, marked: map[string]bool{}, headings: headingList}
	for _, block := range blocks {
		name := ""
		switch block := block.(type) {
		case *typeset.Paragraph:
			name = block.Anchor
		case *typeset.Picture:
			name = block.Anchor
		}
		if _, known := b.bookmarks[name]; name != "" && !known {
			b.bookmarks[name] = len(b.bookmarks) + 1
		}
	}
	return b
}

func (b *builder) block(block typeset.Block) error {
	if _, line := block.(*typeset.Leader); !line {
		b.endContents()
	}
	switch block := block.(type) {
	case *typeset.Paragraph:
		b.paragraph(block)
	case *typeset.Table:
		b.table(block)
	case *typeset.Picture:
		return b.picture(block)
	case typeset.Stroke:
		b.rule(block)
	case typeset.Break:
		b.turn, b.filled, b.space = true, 0, 0
	case *typeset.Masthead:
		b.masthead(block)
	case *typeset.Leader:
		b.contentsLine(block)
	case typeset.Open:
		b.open = append(b.open, opened{tag: block.Tag})
	case typeset.Close:
		if n := len(b.open); n > 0 {
			b.open = b.open[:n-1]
		}
	case typeset.Space:
		spare := 0.0
		if b.filled > 0 {
			spare = spareRoom
		}
		b.space += max(block.By, block.To-b.filled-b.space-spare)
	case typeset.Gap:
		// The styles have room of their own.
	default:
		return fmt.Errorf("不会把 %T 写进 Word 文档", block)
	}
	return nil
}

// within reports whether an element of the tag is open.
func (b *builder) within(tag typeset.Tag) bool {
	for _, o := range b.open {
		if o.tag == tag {
			return true
		}
	}
	return false
}

// depth is how many lists are open.
func (b *builder) depth() int {
	n := 0
	for _, o := range b.open {
		if o.tag == typeset.TagList {
			n++
		}
	}
	return n
}

// innermost returns the innermost open element of a tag, nil when there is none.
func (b *builder) innermost(tag typeset.Tag) *opened {
	for i := len(b.open) - 1; i >= 0; i-- {
		if b.open[i].tag == tag {
			return &b.open[i]
		}
	}
	return nil
}
