package pdf

import (
	"fmt"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
	"wangjian/internal/pdf/typeset"
)

// inline turns inline nodes into runs of a style.
func (b *bodyOf) inline(nodes []*markdown.Node, style typeset.Style) []typeset.Run {
	var runs []typeset.Run
	b.inlines(nodes, style, "", &runs)
	return runs
}

func (b *bodyOf) inlines(nodes []*markdown.Node, style typeset.Style, link string, out *[]typeset.Run) {
	put := func(text string, style typeset.Style) {
		r := b.run(text, style)
		r.Link = link
		*out = append(*out, r)
	}
	for _, n := range nodes {
		if !n.At.IsZero() {
			b.from(n.At)
		}
		switch n.Kind {
		case markdown.Text, markdown.Code:
			put(n.Text, style)
		case markdown.Break:
			put("\n", style)
		case markdown.Figure:
			put(b.cite(n.Reference), style)
		case markdown.Strong:
			bold := style
			bold.Role = typeset.Hei
			b.inlines(n.Children, bold, link, out)
		case markdown.Emphasis:
			soft := style
			if soft.Role != typeset.Hei {
				soft.Role = typeset.Kai
			}
			b.inlines(n.Children, soft, link, out)
		case markdown.Strike:
			struck := style
			struck.Strike = true
			b.inlines(n.Children, struck, link, out)
		case markdown.Link:
			b.inlines(n.Children, style, b.jump(n.Target), out)
		case markdown.Image:
			put(n.Text, style)
		case markdown.FootnoteMark:
			b.footnote(n.Number, style, out)
		}
	}
}

// cite prints a published figure. A reference that leads nowhere is an error
// that names its line.
func (b *bodyOf) cite(ref *campaign.Reference) string {
	cited, err := b.stats.Cite(*ref, b.item)
	if err != nil {
		b.fail(fmt.Errorf("%s：引用“{{%s}}”：%w", ref.At.Source(), ref.Raw, err))
	}
	return cited.Text
}

// jump gives the anchor of a link's target: an item of this document or a
// heading in it. What is not in the document keeps its text only.
func (b *bodyOf) jump(target string) string {
	to, _ := b.item.LinkTo(target)
	if to.Anchor != "" {
		return to.File + "#" + markdown.Anchor(to.Anchor)
	}
	return to.File
}

// footnote is a note with the number that it has in the report.
type footnote struct {
	label string
	note  *typeset.Note
}

// footnote puts the mark of a footnote, whose text goes to the page's foot.
// Notes are numbered through the whole report, so that no page has two of one
// number.
func (b *bodyOf) footnote(number int, style typeset.Style, out *[]typeset.Run) {
	f, ok := b.notes[number]
	if !ok {
		b.writer.notes++
		f = footnote{fmt.Sprintf("[%d]", b.writer.notes), &typeset.Note{}}
		b.notes[number] = f
		noteStyle := typeset.NoteStyle(typeset.Fang)
		f.note.Label = b.runs(f.label+" ", noteStyle)
		for _, n := range b.tree.Footnotes {
			if n.Number == number {
				f.note.Runs = append(f.note.Runs, b.flat(n.Children, noteStyle)...)
			}
		}
	}
	mark := style
	mark.Size, mark.Rise = style.Size*0.6, style.Size*0.38
	r := b.run(f.label, mark)
	r.Note = f.note
	*out = append(*out, r)
}

// flat joins the paragraphs of a footnote.
func (b *bodyOf) flat(blocks []*markdown.Node, style typeset.Style) []typeset.Run {
	var runs []typeset.Run
	for _, n := range blocks {
		if len(runs) > 0 {
			runs = append(runs, b.run("\n", style))
		}
		if n.Kind == markdown.Paragraph {
			runs = append(runs, b.inline(n.Children, style)...)
		} else {
			runs = append(runs, b.run(markdown.PlainText([]*markdown.Node{n}, b.cite), style))
		}
	}
	return runs
}
