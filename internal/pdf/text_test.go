package pdf

import (
	"fmt"
	"slices"
	"testing"

	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/finish"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/stats"
)

// blockOf is the paragraph, cell or the like that an element is in. The label of
// a note is a part of it.
func blockOf(e *typeset.Element) *typeset.Element {
	inline := []typeset.Tag{typeset.TagLink, typeset.TagReference, typeset.TagSpan}
	for e != nil && e.Parent != nil && (slices.Contains(inline, e.Tag) || e.Parent.Tag == typeset.TagNote) {
		e = e.Parent
	}
	return e
}

// part is what a block has of a page.
type part struct {
	block *typeset.Element
	text  string
}

// partsOf returns the text of a page, block by block.
func partsOf(p *typeset.Page) []part {
	var parts []part
	var within *typeset.Element
	for _, op := range p.Ops {
		switch op := op.(type) {
		case typeset.Into:
			within = blockOf(op.Element)
		case typeset.Text:
			i := slices.IndexFunc(parts, func(p part) bool { return p.block == within })
			if i < 0 {
				i = len(parts)
				parts = append(parts, part{block: within})
			}
			parts[i].text += op.Text
		}
	}
	return parts
}

// together reports whether a block's text stands in one piece: that of a table or a
// drawing does not, and in the contents there are dots in it.
func together(e *typeset.Element) bool {
	for ; e != nil; e = e.Parent {
		if e.Tag == typeset.TagTable || e.Tag == typeset.TagFigure || e.Tag == typeset.TagContents {
			return false
		}
	}
	return true
}

// labelOf is what a reader calls a page.
func labelOf(labels []finish.Label, page int) string {
	text := ""
	for _, l := range labels {
		if l.From <= page {
			text = l.Prefix
			if l.Style == "D" {
				text += fmt.Sprint(page - l.From + 1)
			}
		}
	}
	return text
}

// A sample's report with its structure, and the same pages without.
func BenchmarkStructure(b *testing.B) {
	v := sampleView(b)
	book, o := stats.Of(v), withCharts(v)
	paper := Volume(v, book)
	s, err := compose(v, book, o, fonts(), paper)
	if err != nil {
		b.Fatal(err)
	}
	var bare []*typeset.Page
	for _, p := range s.pages {
		plain := &typeset.Page{Turned: p.Turned}
		for _, op := range p.Ops {
			if _, ok := op.(typeset.Into); !ok {
				plain.Ops = append(plain.Ops, op)
			}
		}
		bare = append(bare, plain)
	}
	for _, c := range []struct {
		name  string
		pages []*typeset.Page
	}{{"有", s.pages}, {"无", bare}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				raw, err := draw.Play(typeset.A4, c.pages)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := finish.Finish(raw, s.document(v, paper)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
