package manuscript

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
)

// writer writes a narrative as Markdown.
type writer struct {
	n     *narrative
	said  *remarks
	notes map[int]int // footnotes by their number in Word, in the order of the text
}

// write returns the Markdown of a narrative, without front matter.
func write(n *narrative, said *remarks) []byte {
	w := &writer{n, said, map[int]int{}}
	var out bytes.Buffer
	part := func(text string) {
		if text == "" {
			return
		}
		out.WriteByte('\n')
		out.WriteString(text)
		out.WriteByte('\n')
	}
	for i := 0; i < len(n.blocks); {
		b := n.blocks[i]
		run := 1
		for b.part == itemPart || b.part == quotePart {
			if i+run == len(n.blocks) || n.blocks[i+run].part != b.part {
				break
			}
			run++
		}
		switch b.part {
		case headingPart:
			part(strings.Repeat("#", b.level) + " " + w.inline(b.paragraph.spans, b.paragraph))
		case itemPart:
			part(w.list(n.blocks[i : i+run]))
		case quotePart:
			part(w.quote(n.blocks[i : i+run]))
		case tablePart:
			part(w.table(b))
		case picturePart:
			part(picture(b.pictures[0]))
		default:
			part(w.inline(b.paragraph.spans, b.paragraph))
		}
		i += run
	}
	for i := range len(n.noteOrder) {
		part(w.footnote(i + 1))
	}
	return out.Bytes()
}

func picture(d *drawing) string {
	text := "![" + escape(d.alt, false, fully) + "](" + d.name + ")"
	tree, _ := markdown.Parse(withNotes(text), "", 1)
	if len(tree.Blocks) == 1 && len(tree.Blocks[0].Children) == 1 && tree.Blocks[0].Children[0].Text == d.alt {
		return text
	}
	return "![" + escape(d.alt, false, characters) + "](" + d.name + ")"
}

// noteNumber returns the number of a footnote in the Markdown: by the order of its
// first mark.
func (w *writer) noteNumber(inWord int) int {
	if w.notes[inWord] == 0 {
		w.n.noteOrder = append(w.n.noteOrder, inWord)
		w.notes[inWord] = len(w.n.noteOrder)
	}
	return w.notes[inWord]
}

func (w *writer) footnote(number int) string {
	var parts []string
	for _, p := range w.n.footnotes[w.n.noteOrder[number-1]] {
		parts = append(parts, indented(w.inline(noteSpans(p), p), 4))
	}
	return "[^" + strconv.Itoa(number) + "]: " + strings.Join(parts, "\n\n    ")
}

// indented moves every line but the first to the right.
func indented(text string, by int) string {
	return strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", by))
}

func (w *writer) quote(blocks []*block) string {
	var parts []string
	for _, b := range blocks {
		parts = append(parts, "> "+strings.ReplaceAll(w.inline(b.paragraph.spans, b.paragraph), "\n", "\n> "))
	}
	return strings.Join(parts, "\n>\n")
}

// openList is a list that further items may join.
type openList struct {
	ordered bool
	last    int
	indent  int
	inner   int
	second  bool // marked with * or 1), to part it from the list before
}

// list writes items that follow each other. Where one list ends and the next
// begins, the next has another mark, else Markdown would join them.
func (w *writer) list(items []*block) string {
	var out strings.Builder
	var stack []openList
	for i, b := range items {
		stack = stack[:min(len(stack), b.level+1)]
		fresh := len(stack) == b.level
		if fresh {
			indent := 0
			if b.level > 0 {
				indent = stack[b.level-1].inner
			}
			stack = append(stack, openList{ordered: b.ordered, indent: indent})
		}
		l := &stack[b.level]
		if !fresh && (l.ordered != b.ordered || b.ordered && b.value != l.last+1) {
			*l = openList{ordered: b.ordered, indent: l.indent, second: l.ordered == b.ordered && !l.second}
			fresh = true
		}
		l.last = b.value
		mark := map[bool]string{false: "-", true: "*"}[l.second]
		if b.ordered {
			mark = strconv.Itoa(b.value) + map[bool]string{false: ".", true: ")"}[l.second]
		}
		l.inner = l.indent + len(mark) + 1
		if i > 0 {
			out.WriteByte('\n')
			if fresh && (b.level == 0 || b.ordered && b.value != 1) {
				out.WriteByte('\n')
			}
		}
		out.WriteString(strings.Repeat(" ", l.indent) + mark + " " + indented(w.inline(b.paragraph.spans, b.paragraph), l.inner))
	}
	return out.String()
}

// table writes a table; the first row is its head.
func (w *writer) table(b *block) string {
	var out strings.Builder
	for i, row := range b.grid {
		if i > 0 {
			out.WriteByte('\n')
		}
		for _, c := range row {
			spans := c.spans
			if i == 0 {
				spans = unbold(spans)
			}
			out.WriteString("| " + w.inline(spans, b.table.at) + " ")
		}
		out.WriteByte('|')
		if i == 0 {
			out.WriteByte('\n')
			for column := range row {
				out.WriteString("| " + ruler(b.grid, column) + " ")
			}
			out.WriteByte('|')
		}
	}
	return out.String()
}

// unbold takes bold off the head of a table, which is bold by itself.
func unbold(spans []span) []span {
	var out []span
	for _, s := range spans {
		s.format &^= boldFormat
		out = append(out, s)
	}
	return tidy(out)
}

// ruler returns a column's line below the head: to the right where every cell
// that holds something is set so.
func ruler(grid [][]*gridCell, column int) string {
	filled := 0
	for _, row := range grid[1:] {
		c := row[column]
		if len(c.spans) == 0 {
			continue
		}
		filled++
		if c.align != "right" && c.align != "end" {
			return "---"
		}
	}
	if filled == 0 {
		return "---"
	}
	return "---:"
}

var plainValue = regexp.MustCompile(`^\p{Han}[\p{Han}\p{L}0-9（）〔〕“”《》、，·]*$`)

// quoted writes a value of the front matter.
func quoted(s string) string {
	if plainValue.MatchString(s) {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// farOff is a day that never comes: until the clerk writes the real one, the
// narrative stays held back, whatever else is filled in.
const farOff = "9999-12-31"

// frontMatter writes the head of the file. It is valid, and holds the
// narrative back three times over: not for the public, not signed, not yet due.
func frontMatter(n *narrative, opts Options) []byte {
	var b strings.Builder
	line := func(parts ...string) { b.WriteString(strings.Join(parts, "") + "\n") }
	line("---")
	if opts.Original != "" {
		line("# 原件：", opts.Original)
	}
	if n.title != "" {
		line("标题: ", quoted(n.title))
	}
	line("公开方式: ", campaign.Withheld, " # ", campaign.Proactive, "的才上网；签初审时用 --on 写")
	line("发布日期: ", farOff, " # 第一次公布的日子，签初审时用 --on 写")
	if r := report(opts); opts.Region != nil && r != nil && r.Unit != "" {
		line("来源: ", quoted(r.Unit))
	}
	line("审核: {} # 由", string(campaign.FirstReview), "、", string(campaign.SecondReview), "、", string(campaign.FinalReview), "和", string(campaign.SecrecyReview), "的人签")
	line("---")
	return []byte(b.String())
}
