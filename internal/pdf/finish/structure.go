package finish

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/typeset"
)

// tree is the structure of a document on its way into the file. The elements
// are those of the pages; how they hang together they know themselves.
type tree struct {
	o      *objects
	file   *draw.File
	pages  []int // objects of the pages
	annots [][]int
	nodes  map[*typeset.Element]*node
	top    []*node        // in the order of their contents
	marked [][]*node      // by page and number of the marked content
	tables map[string]int // objects of the attributes of cells, by what they say
}

// node is an element with what it holds of the pages.
type node struct {
	*typeset.Element
	number   int // of its object
	contents []place
	links    []place
	first    int // when the first of its contents comes, counted from 1
	sections []*node
}

// place is a marked content, or an annotation, on a page.
type place struct{ page, number, when int }

// structure writes the structure tree and ties the pages to it. It returns the
// number of the tree's root, 0 where no page has a structure.
func (o *objects) structure(file *draw.File, pages []int) (int, error) {
	t := &tree{o: o, file: file, pages: pages, nodes: map[*typeset.Element]*node{}, tables: map[string]int{}}
	if len(file.Marked) != len(pages) {
		return 0, errForeign
	}
	if err := t.gather(); err != nil {
		return 0, err
	}
	if len(t.top) == 0 {
		return 0, nil
	}
	root := o.add("")
	document := &node{Element: &typeset.Element{Tag: "Document"}, sections: sections(t.top)}
	t.write(document, root)
	parents := t.parents()
	(*o)[root] = fmt.Appendf(nil, "<< /Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R >>\n", document.number, parents)
	return root, nil
}

// gather finds what the elements hold, and writes the contents of the pages.
func (t *tree) gather() error {
	when := 0
	for page, list := range t.file.Marked {
		nodes := make([]*node, len(list))
		for i, e := range list {
			when++
			n := t.node(e)
			n.contents = append(n.contents, place{page, i, when})
			n.first = cmp.Or(n.first, when)
			nodes[i] = n
		}
		t.marked = append(t.marked, nodes)
		annots := t.o.annotations(t.pages[page])
		if len(annots) != len(t.file.Links[page]) {
			return errForeign
		}
		t.annots = append(t.annots, annots)
		for i, link := range t.file.Links[page] {
			if n := t.nodes[link.Element]; n != nil {
				n.links = append(n.links, place{page, annots[i], 0})
			}
		}
		if err := t.o.contents(t.pages[page], nodes); err != nil {
			return err
		}
	}
	return nil
}

// node returns an element's node and makes those above it. The only paragraph of an
// item of a list is one with the item's text.
func (t *tree) node(e *typeset.Element) *node {
	n := t.nodes[e]
	if n == nil && e.Tag == typeset.TagParagraph && e.Parent != nil && e.Parent.Tag == typeset.TagText && len(e.Parent.Kids) == 1 {
		n = t.node(e.Parent)
		n.Element = &typeset.Element{Tag: n.Tag, Kids: e.Kids}
		t.nodes[e] = n
	} else if n == nil {
		n = &node{Element: e}
		t.nodes[e] = n
		if e.Parent == nil {
			t.top = append(t.top, n)
		} else {
			t.node(e.Parent)
		}
	}
	return n
}

// sections puts what follows a title or a heading of the first two levels into a
// section with it, so that no list of kids becomes longer than PDF/A allows.
func sections(top []*node) []*node {
	levels := map[typeset.Tag]int{"H1": 1, "H2": 2, "H3": 3}
	document := &node{}
	open := []*node{document}
	for _, n := range top {
		if level := levels[n.Tag]; level > 0 {
			open = open[:min(level, len(open))]
			section := &node{Element: &typeset.Element{Tag: typeset.TagSection}}
			parent := open[len(open)-1]
			parent.sections = append(parent.sections, section)
			open = append(open, section)
		}
		last := open[len(open)-1]
		last.sections = append(last.sections, n)
	}
	return document.sections
}

// kids lists what is in a node in reading order. What stands between an
// element's own contents comes where it stands; notes come at its end.
func (t *tree) kids(n *node) []*node {
	if n.sections != nil {
		return n.sections
	}
	var kids []*node
	for _, e := range n.Kids {
		switch k := t.nodes[e]; {
		case k != nil:
			kids = append(kids, k)
		case e.Tag == typeset.TagRow, e.Tag == typeset.TagCell, e.Tag == typeset.TagHead:
			kids = append(kids, t.node(e)) // an empty cell keeps its place
		}
	}
	if len(n.contents) > 0 {
		slices.SortStableFunc(kids, func(a, b *node) int {
			if a, b := a.Tag == typeset.TagNote, b.Tag == typeset.TagNote; a != b {
				if a {
					return 1
				}
				return -1
			}
			return cmp.Compare(a.first, b.first)
		})
	}
	return kids
}

// write writes a node and all below it.
func (t *tree) write(n *node, parent int) {
	n.number = t.o.add("")
	kids := t.kids(n)
	for _, k := range kids {
		t.write(k, n.number)
	}
	page := -1
	if len(n.contents) > 0 {
		page = n.contents[0].page
	}
	var list []string
	contents := n.contents
	own := func(c place) {
		if c.page == page {
			list = append(list, strconv.Itoa(c.number))
		} else {
			list = append(list, fmt.Sprintf("<< /Type /MCR /Pg %d 0 R /MCID %d >>", t.pages[c.page], c.number))
		}
	}
	for _, k := range kids {
		for len(contents) > 0 && (k.Tag == typeset.TagNote || contents[0].when < k.first) {
			own(contents[0])
			contents = contents[1:]
		}
		list = append(list, fmt.Sprintf("%d 0 R", k.number))
	}
	for _, c := range contents {
		own(c)
	}
	for _, l := range n.links {
		list = append(list, fmt.Sprintf("<< /Type /OBJR /Obj %d 0 R /Pg %d 0 R >>", l.number, t.pages[l.page]))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<< /S /%s /P %d 0 R", n.name(), parent)
	if page >= 0 {
		fmt.Fprintf(&b, " /Pg %d 0 R", t.pages[page])
	}
	if n.Tag == typeset.TagNote {
		fmt.Fprintf(&b, " /ID (note%d)", n.number)
	}
	if n.Alt != "" {
		fmt.Fprintf(&b, " /Alt %s", textString(n.Alt))
	}
	if n.Actual != "" {
		fmt.Fprintf(&b, " /ActualText %s", textString(n.Actual))
	}
	b.WriteString(t.attributes(n))
	switch len(list) {
	case 0:
	case 1:
		fmt.Fprintf(&b, " /K %s", list[0])
	default:
		fmt.Fprintf(&b, " /K [%s]", strings.Join(list, " "))
	}
	b.WriteString(" >>\n")
	(*t.o)[n.number] = []byte(b.String())
}

// name is the node's tag; a link that leads nowhere is plain text.
func (n *node) name() typeset.Tag {
	if n.Tag == typeset.TagLink && len(n.links) == 0 {
		return typeset.TagSpan
	}
	return n.Tag
}

// attributes tells the place of a figure, and what a cell spans and heads.
// Scope is of a later version; programs that do not know it pass over it.
func (t *tree) attributes(n *node) string {
	if n.Tag == typeset.TagFigure {
		h := t.file.Sheet.Height
		return fmt.Sprintf(" /A << /O /Layout /Placement /Block /BBox [%.2f %.2f %.2f %.2f] >>", n.Box.X, h-n.Box.Y-n.Box.H, n.Box.X+n.Box.W, h-n.Box.Y)
	}
	var b strings.Builder
	if n.ColSpan > 1 {
		fmt.Fprintf(&b, " /ColSpan %d", n.ColSpan)
	}
	if n.RowSpan > 1 {
		fmt.Fprintf(&b, " /RowSpan %d", n.RowSpan)
	}
	if n.Scope != "" {
		fmt.Fprintf(&b, " /Scope /%s", n.Scope)
	}
	if b.Len() == 0 {
		return ""
	}
	said := b.String()
	if t.tables[said] == 0 {
		t.tables[said] = t.o.add("<< /O /Table" + said + " >>")
	}
	return fmt.Sprintf(" /A %d 0 R", t.tables[said])
}

// leaf is how many keys a node of the tree of parents may have: PDF/A allows
// arrays of 8191 elements.
const leaf = 2000

// parents writes the tree that leads from marked contents and annotations back
// to their elements, and puts their keys into pages and annotations.
func (t *tree) parents() int {
	var entries []string
	for page, nodes := range t.marked {
		var refs []string
		for _, n := range nodes {
			refs = append(refs, fmt.Sprintf("%d 0 R", n.number))
		}
		entries = append(entries, "["+strings.Join(refs, " ")+"]")
		t.o.insert(t.pages[page], fmt.Sprintf("/StructParents %d", page))
	}
	for page, annots := range t.annots {
		if len(annots) > 0 {
			t.o.insert(t.pages[page], "/Tabs /S")
		}
		for i, annot := range annots {
			link := t.file.Links[page][i]
			entry := fmt.Sprintf("/Contents %s", textString(link.Text))
			if n := t.nodes[link.Element]; n != nil {
				entry += fmt.Sprintf(" /StructParent %d", len(entries))
				entries = append(entries, fmt.Sprintf("%d 0 R", n.number))
			}
			t.o.insert(annot, entry)
		}
	}
	var leaves []string
	key := 0
	for part := range slices.Chunk(entries, leaf) {
		var b strings.Builder
		fmt.Fprintf(&b, "<< /Limits [%d %d] /Nums [", key, key+len(part)-1)
		for _, e := range part {
			fmt.Fprintf(&b, " %d %s", key, e)
			key++
		}
		b.WriteString(" ] >>\n")
		leaves = append(leaves, fmt.Sprintf("%d 0 R", t.o.add(b.String())))
	}
	return t.o.add("<< /Kids [" + strings.Join(leaves, " ") + "] >>\n")
}

// insert puts entries at the head of an object's dictionary.
func (o objects) insert(number int, entries string) {
	rest := bytes.TrimPrefix(o[number], []byte("<<"))
	o[number] = slices.Concat([]byte("<< "+entries+" "), rest)
}

// annotations returns the numbers of a page's annotations.
func (o objects) annotations(page int) []int {
	_, rest, ok := bytes.Cut(o[page], []byte("/Annots ["))
	if !ok {
		return nil
	}
	list, _, _ := bytes.Cut(rest, []byte("]"))
	return o.references(list, reference)
}

var contentsOf = regexp.MustCompile(`/Contents +(\d+) 0 R`)

// contents writes a page's content stream anew; nodes are those of its marked contents.
func (o objects) contents(page int, nodes []*node) error {
	list := o.references(o[page], contentsOf)
	if len(list) != 1 {
		return errForeign
	}
	data, ok := bare(o[list[0]])
	if !ok {
		return errForeign
	}
	written, err := rewrite(data, nodes)
	if err != nil {
		return err
	}
	o[list[0]] = stream("", written)
	return nil
}
