package pdf

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/finish"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
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

// partsOf gives the text of a page, block by block.
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

// together tells whether a block's text stands in one piece: that of a table or a
// drawing does not, and in the contents there are dots in it.
func together(e *typeset.Element) bool {
	for ; e != nil; e = e.Parent {
		if e.Tag == typeset.TagTable || e.Tag == typeset.TagFigure || e.Tag == typeset.TagContents {
			return false
		}
	}
	return true
}

// blank parts what stands side by side in one line, as above a form; whoever
// goes by the eye reads it as columns.
const blank = "　　"

// structText gives the blocks of a file as pdfinfo reads them from its tree:
// tag and text. Notes come by themselves.
func structText(t *testing.T, file string) (blocks, notes []string) {
	t.Helper()
	out, err := exec.Command("pdfinfo", "-struct-text", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	type open struct {
		depth, block int
		note         bool
	}
	type block struct {
		tag, text string
		note      bool
	}
	var list []block
	var stack []open
	for line := range strings.Lines(string(out)) {
		text := strings.TrimSpace(line)
		depth := len(line) - len(strings.TrimLeft(line, " "))
		if quoted, ok := strings.CutPrefix(text, `"`); ok {
			list[stack[len(stack)-1].block].text += squeeze(strings.TrimSuffix(quoted, `"`))
			continue
		}
		for len(stack) > 0 && stack[len(stack)-1].depth >= depth {
			stack = stack[:len(stack)-1]
		}
		tag, _, _ := strings.Cut(text, " ")
		if tag == "Object" || strings.HasPrefix(tag, "/") { // an annotation, an attribute
			continue
		}
		if len(stack) > 0 && (slices.Contains([]string{"Link", "Reference", "Span"}, tag) || stack[len(stack)-1].note) {
			up := stack[len(stack)-1]
			stack = append(stack, open{depth, up.block, up.note})
			continue
		}
		tag = strings.TrimSuffix(tag, ":") // attributes follow
		stack = append(stack, open{depth, len(list), tag == "Note"})
		list = append(list, block{tag: tag, note: tag == "Note"})
	}
	for _, b := range list {
		switch {
		case b.text == "":
		case b.note:
			notes = append(notes, b.text)
		default:
			blocks = append(blocks, b.tag+" "+b.text)
		}
	}
	return blocks, notes
}

// What was set comes back paragraph by paragraph from every paper, by the eye
// and by the tree.
func TestParagraphsComeBack(t *testing.T) {
	for name, v := range map[string]*release.View{"小行动": publicView(t, nil), "样例": sampleView(t)} {
		book, o := stats.Of(v), withCharts(v)
		for _, paper := range Papers(v, book) {
			t.Run(name+"/"+paper.Path, func(t *testing.T) { paragraphsComeBack(t, v, book, o, paper) })
		}
	}
}

func paragraphsComeBack(t *testing.T, v *release.View, book *stats.Table, o Options, paper *Paper) {
	s, err := compose(v, book, o, fonts(), paper)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := draw.Play(fonts(), typeset.A4, s.pages)
	if err != nil {
		t.Fatal(err)
	}
	data, err := finish.Finish(raw, s.document(v, paper))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "paper.pdf")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}

	var order, noted []*typeset.Element
	texts := map[*typeset.Element]string{}
	out, err := exec.Command("pdftotext", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	read := strings.Split(string(out), "\f")
	for i, p := range s.pages {
		page := squeeze(read[i])
		for _, part := range partsOf(p) {
			if part.block == nil {
				continue
			}
			for _, piece := range strings.Split(part.text, blank) {
				if together(part.block) && !strings.Contains(page, squeeze(piece)) {
					t.Errorf("第 %d 面取不出 %s %q：%s", i+1, part.block, piece, page)
				}
			}
			if texts[part.block] == "" {
				if part.block.Tag == typeset.TagNote {
					noted = append(noted, part.block)
				} else {
					order = append(order, part.block)
				}
			}
			texts[part.block] += squeeze(part.text)
		}
	}
	inTreeOrder(order)
	var blocks, notes []string
	for _, e := range order {
		blocks = append(blocks, fmt.Sprintf("%s %s", e.Tag, texts[e]))
	}
	for _, e := range noted {
		notes = append(notes, texts[e])
	}
	const readable = 25 // pdfinfo takes minutes for the tree of a long file
	if len(s.pages) > readable {
		return
	}
	gotBlocks, gotNotes := structText(t, file)
	expectSame(t, gotBlocks, blocks)
	expectSame(t, gotNotes, notes)
}

// inTreeOrder brings blocks from the order of the pages into that of the tree,
// which differs where a chart at the head of a page stands between the items of
// a list.
func inTreeOrder(blocks []*typeset.Element) {
	first := map[*typeset.Element]int{}
	paths := map[*typeset.Element][]int{}
	for i, b := range blocks {
		for e := b; e != nil; e = e.Parent {
			if _, ok := first[e]; !ok {
				first[e] = i
			}
			paths[b] = append(paths[b], first[e])
		}
		slices.Reverse(paths[b])
	}
	slices.SortStableFunc(blocks, func(a, b *typeset.Element) int { return slices.Compare(paths[a], paths[b]) })
}

func expectSame(t *testing.T, got, want []string) {
	t.Helper()
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Errorf("结构树的第 %d 段是\n%s\n应为\n%s", i+1, got[i], want[i])
			return
		}
	}
	if len(got) != len(want) {
		t.Errorf("结构树有 %d 段，排了 %d 段", len(got), len(want))
	}
}

// Every number of the contents is the label of the page that its heading
// stands on, and where its link and its bookmark lead.
func TestContentsLeadToTheirHeadings(t *testing.T) {
	v := sampleView(t)
	book := stats.Of(v)
	for _, paper := range Papers(v, book) {
		s, err := compose(v, book, Options{Fonts: loaded}, fonts(), paper)
		if err != nil {
			t.Fatal(err)
		}
		labels := s.document(v, paper).Labels
		anchors := map[string]typeset.Bookmark{}
		for _, b := range s.bookmarks {
			anchors[b.Anchor] = b
		}
		lines := 0
		for _, p := range s.pages[:s.front] {
			numbers := map[*typeset.Element]string{} // the last text of a line
			texts := map[*typeset.Element]string{}
			var within *typeset.Element
			for _, op := range p.Ops {
				switch op := op.(type) {
				case typeset.Into:
					within = op.Element
				case typeset.Text:
					numbers[within] = op.Text
					texts[within] += squeeze(op.Text)
				case typeset.Link:
					b, ok := anchors[op.Anchor]
					if !ok {
						t.Fatalf("%s：%q 没有去处", paper.Title, op.Text)
					}
					lines++
					if want := labelOf(labels, b.Page); numbers[op.Element] != want {
						t.Errorf("%s：%s 的页码印成 %s，标签是 %s", paper.Title, b.Title, numbers[op.Element], want)
					}
					if want := squeeze(b.Title) + numbers[op.Element]; texts[op.Element] != want {
						t.Errorf("%s：目录印的是 %s，应为 %s", paper.Title, texts[op.Element], want)
					}
					headed := slices.ContainsFunc(partsOf(s.pages[b.Page]), func(p part) bool {
						return p.block != nil && strings.HasPrefix(string(p.block.Tag), "H") && squeeze(p.text) == squeeze(b.Title)
					})
					if !headed {
						t.Errorf("%s：第 %d 面上没有标题 %s", paper.Title, b.Page+1, b.Title)
					}
				}
			}
		}
		listed := 0
		for _, b := range s.bookmarks {
			if b.Level <= contentLevels {
				listed++
			}
		}
		if s.front > 0 && lines != listed {
			t.Errorf("%s：目录有 %d 行，标题有 %d 个", paper.Title, lines, listed)
		}
	}
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
	paper := Report(v, book)
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
				raw, err := draw.Play(fonts(), typeset.A4, c.pages)
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
