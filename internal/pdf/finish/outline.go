package finish

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/typeset"
)

// entry is a bookmark with the number of its object and what hangs below it.
type entry struct {
	typeset.Bookmark
	number int
	kids   []*entry
}

// bookmarksOf counts the bookmarks' heights from the lower edges of their pages.
func bookmarksOf(file *draw.File, list []typeset.Bookmark) []typeset.Bookmark {
	list = slices.Clone(list)
	for i, b := range list {
		list[i].Y = file.Sheet.Of(file.Pages[b.Page]).Height - b.Y
	}
	return list
}

// outline writes the tree of bookmarks. A level that is skipped hangs below the
// nearest higher one.
func (o *objects) outline(bookmarks []typeset.Bookmark, pages []int) {
	root := &entry{number: outlineRoot}
	open := []*entry{root} // from the root to the entry before
	for _, b := range bookmarks {
		e := &entry{Bookmark: b, number: o.add("")}
		for len(open) > 1 && open[len(open)-1].Level >= b.Level {
			open = open[:len(open)-1]
		}
		parent := open[len(open)-1]
		parent.kids = append(parent.kids, e)
		open = append(open, e)
	}
	o.below(root, pages)
	first, last := root.kids[0], root.kids[len(root.kids)-1]
	(*o)[root.number] = fmt.Appendf(nil, "<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>\n", first.number, last.number, len(root.kids))
}

// below writes the entries that hang below one. Their counts are negative: what
// hangs below them shows when a reader opens them.
func (o *objects) below(parent *entry, pages []int) {
	for i, e := range parent.kids {
		var b strings.Builder
		link := func(name string, to *entry) { fmt.Fprintf(&b, " /%s %d 0 R", name, to.number) }
		fmt.Fprintf(&b, "<< /Title %s", textString(e.Title))
		link("Parent", parent)
		if i > 0 {
			link("Prev", parent.kids[i-1])
		}
		if i < len(parent.kids)-1 {
			link("Next", parent.kids[i+1])
		}
		if n := len(e.kids); n > 0 {
			link("First", e.kids[0])
			link("Last", e.kids[n-1])
			fmt.Fprintf(&b, " /Count %d", -n)
		}
		if e.Page >= 0 && e.Page < len(pages) {
			fmt.Fprintf(&b, " /Dest [%d 0 R /XYZ 0 %.0f 0]", pages[e.Page], math.Ceil(e.Y))
		}
		b.WriteString(" >>\n")
		(*o)[e.number] = []byte(b.String())
		o.below(e, pages)
	}
}
