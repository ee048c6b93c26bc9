package manuscript

import (
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/linebreak"
	"wangjian/internal/markdown"
)

// shown returns spans as reading them back should, when they are written with a
// certain care: words of one style are one span.
func shown(list []span, c care) []span {
	var out []span
	for _, s := range list {
		f, link := kept(s, c)
		one := span{kind: s.kind, format: f, link: link}
		switch s.kind {
		case pictureSpan:
			continue
		case wordSpan, citeSpan:
			one.text = s.text
		}
		out = append(out, one)
	}
	return joined(out)
}

// joined joins words of one style.
func joined(list []span) (out []span) {
	list = slices.DeleteFunc(list, func(s span) bool { return s.kind == wordSpan && s.text == "" })
	for i := 0; i < len(list); {
		s := list[i]
		i++
		if s.kind == wordSpan {
			words := []byte(s.text)
			for ; i < len(list) && list[i].continues(s); i++ {
				words = append(words, list[i].text...)
			}
			s.text = string(words)
		}
		out = append(out, s)
	}
	return out
}

// readSpans returns what Markdown reads in a line, in the same form.
func readSpans(nodes []*markdown.Node) []span { return joined(spansOf(nodes, 0, "", nil)) }

// formatOfNode are the formats of what is set off.
var formatOfNode = map[markdown.Kind]format{markdown.Strong: boldFormat, markdown.Emphasis: italicFormat, markdown.Strike: strikeFormat}

func spansOf(nodes []*markdown.Node, f format, link string, out []span) []span {
	for _, n := range nodes {
		switch n.Kind {
		case markdown.Text:
			out = append(out, span{kind: wordSpan, text: n.Text, format: f, link: link})
		case markdown.Break:
			out = append(out, span{kind: breakSpan})
		case markdown.Figure:
			out = append(out, span{kind: citeSpan, text: n.Reference.Raw, format: f, link: link})
		case markdown.FootnoteMark:
			out = append(out, span{kind: noteSpan})
		case markdown.Image:
			out = append(out, span{kind: pictureSpan, text: n.Target + " " + n.Text})
		case markdown.Strong, markdown.Emphasis, markdown.Strike:
			out = spansOf(n.Children, f|formatOfNode[n.Kind], link, out)
		case markdown.Link:
			out = spansOf(n.Children, f, n.Target, out)
		default:
			out = append(out, span{kind: strangeSpan, text: n.Text, format: f, link: link})
		}
	}
	return out
}

// wordsOf returns what is read without any style.
func wordsOf(spans []span) string {
	var b strings.Builder
	for _, s := range spans {
		switch s.kind {
		case wordSpan:
			b.WriteString(s.text)
		case noteSpan:
			b.WriteString("[注]")
		case breakSpan:
			b.WriteString("[换行]")
		default:
			b.WriteString("[" + spanNames[s.kind] + " " + s.text + "]")
		}
	}
	return b.String()
}

var spanNames = map[spanKind]string{pictureSpan: "image", citeSpan: "cite", strangeSpan: "other"}

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
		lines = append(lines, where+kind+wordsOf(readSpans(children)))
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
		lines = append(lines, where+wordsOf(shown(spans, wordsOnly)))
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
