package manuscript

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/linebreak"
	"wangjian/internal/markdown"
)

// reading is a line as it is read: its words with their styles, in a form that
// can be compared.
type reading struct{ pieces []piece }

type piece struct {
	kind   string
	text   []byte
	format format
	link   string
}

// add appends a piece; words of one style are one piece.
func (r *reading) add(kind, text string, f format, link string) {
	if kind == "" && text == "" {
		return
	}
	if n := len(r.pieces); n > 0 && kind == "" {
		if last := &r.pieces[n-1]; last.kind == "" && last.format == f && last.link == link {
			last.text = append(last.text, text...)
			return
		}
	}
	r.pieces = append(r.pieces, piece{kind, []byte(text), f, link})
}

// spans adds what spans say when they are written with a certain care.
func (r *reading) spans(list []span, c care) {
	for _, s := range list {
		f, link := kept(s, c)
		switch s.kind {
		case wordSpan:
			r.add("", s.text, f, link)
		case breakSpan:
			r.add("break", "", 0, "")
		case citeSpan:
			r.add("cite", s.text, f, link)
		case noteSpan:
			r.add("note", "", 0, "")
		}
	}
}

// nodes adds what Markdown reads.
func (r *reading) nodes(list []*markdown.Node, f format, link string) {
	for _, n := range list {
		switch n.Kind {
		case markdown.Text:
			r.add("", n.Text, f, link)
		case markdown.Break:
			r.add("break", "", 0, "")
		case markdown.Figure:
			r.add("cite", n.Reference.Raw, f, link)
		case markdown.FootnoteMark:
			r.add("note", "", 0, "")
		case markdown.Image:
			r.add("image", n.Target+" "+n.Text, 0, "")
		case markdown.Strong:
			r.nodes(n.Children, f|boldFormat, link)
		case markdown.Emphasis:
			r.nodes(n.Children, f|italicFormat, link)
		case markdown.Strike:
			r.nodes(n.Children, f|strikeFormat, link)
		case markdown.Link:
			r.nodes(n.Children, f, n.Target)
		default:
			r.add("other", n.Text, f, link)
		}
	}
}

func (r *reading) String() string {
	var b strings.Builder
	for _, p := range r.pieces {
		fmt.Fprintf(&b, "%s %q %d %s\n", p.kind, p.text, p.format, p.link)
	}
	return b.String()
}

// words returns what is read without any style.
func (r *reading) words() string {
	var b strings.Builder
	for _, p := range r.pieces {
		switch p.kind {
		case "":
			b.Write(p.text)
		case "note":
			b.WriteString("[注]")
		case "break":
			b.WriteString("[换行]")
		default:
			fmt.Fprintf(&b, "[%s %s]", p.kind, p.text)
		}
	}
	return b.String()
}

// proofread reads the finished Markdown and compares it, block by block, with
// what was to be written. A difference would be a fault of this package; the
// clerk hears of it all the same.
func proofread(body []byte, n *narrative, said *remarks) {
	tree, findings := markdown.Parse(body, "", 1)
	got, want := readBlocks(tree.Blocks, "", nil), wantedBlocks(n)
	for _, f := range tree.Footnotes {
		got = readBlocks(f.Children, "注 ", got)
	}
	if len(findings) == 0 && slices.Equal(got, want) {
		return
	}
	for _, f := range findings {
		if f.Rule == "markup-size" {
			said.problem("manuscript-size", nil, f.Hint, "导入的文字超出了能处理的范围：%s", f.Message)
			return
		}
	}
	differs := "…"
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			differs = linebreak.Clip(want[i], 30)
			break
		}
	}
	said.problem("manuscript-proof", nil, "对照 Word 原稿核对导入的文字，并把原稿交给维护程序的人", "导入的文字和 Word 里的可能不一致，从“%s”起", differs)
}

// readBlocks lists a tree's blocks as lines.
func readBlocks(nodes []*markdown.Node, where string, lines []string) []string {
	line := func(kind string, children []*markdown.Node) {
		var r reading
		r.nodes(children, 0, "")
		lines = append(lines, where+kind+r.words())
	}
	for _, b := range nodes {
		switch b.Kind {
		case markdown.Paragraph:
			line("", b.Children)
		case markdown.Heading:
			line(strings.Repeat("#", b.Level)+" ", b.Children)
		case markdown.List:
			for _, item := range b.Children {
				mark := "- "
				if b.Ordered {
					mark = strconv.Itoa(item.Number) + ". "
				}
				lines = readBlocks(item.Children, where+mark, lines)
			}
		case markdown.Quote:
			lines = readBlocks(b.Children, where+"> ", lines)
		case markdown.Table:
			for _, row := range b.Children {
				for _, cell := range row.Children {
					line("| ", cell.Children)
				}
			}
		default:
			lines = append(lines, where+"?"+b.Text)
		}
	}
	return lines
}

// wantedBlocks lists a narrative's blocks in the same way.
func wantedBlocks(n *narrative) []string {
	var lines []string
	line := func(where string, spans []span) {
		var r reading
		r.spans(spans, wordsOnly)
		lines = append(lines, where+r.words())
	}
	var marks []string // of the items above
	for _, b := range n.blocks {
		switch b.part {
		case headingPart:
			line(strings.Repeat("#", b.level)+" ", b.paragraph.spans)
		case itemPart:
			mark := "- "
			if b.ordered {
				mark = strconv.Itoa(b.value) + ". "
			}
			marks = append(marks[:min(b.level, len(marks))], mark)
			line(strings.Join(marks, ""), b.paragraph.spans)
		case quotePart:
			line("> ", b.paragraph.spans)
		case tablePart:
			for _, row := range b.grid {
				for _, c := range row {
					line("| ", c.spans)
				}
			}
		case picturePart:
			lines = append(lines, "[image "+b.pictures[0].name+" "+b.pictures[0].alt+"]")
		default:
			line("", b.paragraph.spans)
		}
	}
	for _, number := range n.noteOrder {
		for _, p := range n.footnotes[number] {
			line("注 ", noteSpans(p))
		}
	}
	return lines
}

// noteSpans returns a footnote's paragraph with what a list puts before it.
func noteSpans(p *paragraph) []span {
	var spans []span
	if mark := p.shownMark(); mark != "" {
		spans = append(spans, span{kind: wordSpan, text: mark})
	}
	words := slices.DeleteFunc(slices.Clone(p.spans), func(s span) bool { return s.kind == pictureSpan })
	return tidy(append(spans, words...))
}
