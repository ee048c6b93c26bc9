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
	images    [][]byte // JPEG
	lists     []list   // numbered lists in the order of their first item
	open      []opened
	bookmarks map[string]int // anchors that blocks have, by name
	marked    map[string]bool
	turn      bool // the next paragraph starts a page
}

// opened is an element that is not closed yet.
type opened struct {
	tag  typeset.Tag
	list int  // of a list: its number in the file, once its first item has come
	text bool // of an item: its marker has been written
}

// list is a numbered list.
type list struct{ start, level int }

func newBuilder(blocks []typeset.Block) *builder {
	b := &builder{seen: map[*typeset.Note]int{}, bookmarks: map[string]int{}, marked: map[string]bool{}}
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
	switch block := block.(type) {
	case *typeset.Paragraph:
		b.paragraph(block)
	case *typeset.Table:
		b.table(block)
	case *typeset.Picture:
		return b.picture(block)
	case typeset.Stroke:
		b.plain("Rule", "", nil)
	case typeset.Break:
		b.turn = true
	case typeset.Open:
		b.open = append(b.open, opened{tag: block.Tag})
	case typeset.Close:
		if n := len(b.open); n > 0 {
			b.open = b.open[:n-1]
		}
	case typeset.Gap, typeset.Space:
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
