package typeset

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// dice makes choices out of a fuzzer's bytes; when they are used up, it takes
// the first choice.
type dice struct{ data []byte }

func (d *dice) n(sides int) int {
	if len(d.data) == 0 {
		return 0
	}
	b := int(d.data[0])
	d.data = d.data[1:]
	return b % sides
}

// rough is text that is harder to set than any report's.
var rough = []string{
	"网络市场监管", "专项行动，", "。”", "（《“", "》）”", "——", "……", "231件", "437.56万元", "〔2022〕19号", "12.5%～63%", "第20条", "A", "market ", "GB/T 9704—2012",
	"https://www.example.gov.cn/a/very/long/path/without/any/break/at/all?with=a&query=too", "1234567890123456789012345678901234567890", "𬭎㛃镕", "\u200b\ufeff", "\u00a0", " ", "、、、、、、",
	"，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。，。", "“““““““““““““““““““““““““““““““““““““““““““““““““““",
	strings.Repeat("一段不短的正文要占几行，", 9), "\n", "é́e", "·",
}

func (d *dice) text(most int) string {
	var b strings.Builder
	b.WriteString("字")
	for range d.n(most) {
		b.WriteString(rough[d.n(len(rough))])
	}
	return b.String()
}

func (d *dice) runs(size float64, most int) []Run {
	runs := []Run{{Text: d.text(most), Style: Style{Size: size}}}
	switch d.n(8) {
	case 0:
		runs = append(runs, Run{Text: d.text(3), Style: Style{Size: size, Role: Hei}, Link: "x"})
	case 1:
		note := &Note{Runs: []Run{{Text: d.text(6), Style: NoteStyle(Fang)}}}
		runs = append(runs, Run{Text: "[1]", Style: Style{Size: size * 0.6, Rise: size * 0.38}, Note: note}, Run{Text: d.text(4), Style: Style{Size: size, Strike: true}})
	}
	return runs
}

// title is text of a heading: at most three lines of it.
func (d *dice) title(size float64) []Run {
	text := []rune(strings.ReplaceAll(d.text(5), "\n", ""))
	return []Run{{Text: string(text[:min(len(text), 40)]), Style: Style{Size: size}}}
}

func (d *dice) table() *Table {
	columns := 1 + d.n(40)
	if d.n(3) > 0 {
		columns = 1 + d.n(6)
	}
	t := &Table{Continued: small("续表"), Size: 12, Lead: 18, Pad: 3, Space: 8, Tight: []float64{2, 1}, Whole: d.n(4) == 0}
	for i := range columns {
		t.Columns = append(t.Columns, Column{Align: Align(d.n(4)), Heads: i == 0})
	}
	fill := func(rows, spans int) []Row {
		list := make([]Row, rows)
		for r := range list {
			for c := 0; c < columns; c++ {
				cell := Cell{Runs: d.runs(12, 4)}
				if d.n(6) == 0 {
					cell.RowSpan, cell.ColSpan = 1+d.n(spans), 1+d.n(3)
				}
				list[r] = append(list[r], cell)
			}
		}
		return list
	}
	t.Head, t.Rows = fill(d.n(3), 2), fill(1+d.n(30), 20)
	if d.n(4) == 0 {
		t.Note = &Paragraph{Runs: d.runs(12, 5), Lead: 18, Space: 3}
	}
	return t
}

func (d *dice) blocks() []Block {
	var blocks []Block
	headings, kept := 0, false
	for range 1 + d.n(20) {
		// What was not drawn at first comes from what is left of a number, so that
		// what was found before is drawn as it was.
		drawn := d.n(256)
		kind := drawn % 9
		if breaks := drawn >= 220; kind == 8 && breaks && !kept {
			blocks = append(blocks, Break{Filled: 100 * float64(drawn%3)})
		}
		kept = kind == 1 || kind == 7
		if kind == 1 && headings == 3 {
			kind = 0
		}
		if kind != 1 {
			headings = 0
		}
		switch kind {
		case 1:
			headings++
			title, level := d.title(16), d.n(256)
			blocks = append(blocks, &Paragraph{Runs: title, Align: Left, Indent: 32, Heading: &Bookmark{Level: 1 + level%4}, Within: level/4%4 == 3})
		case 2:
			blocks = append(blocks, d.table(), Gap{Height: 8})
		case 3:
			p := &Picture{Image: &Image{Width: 1 + 8*d.n(256), Height: 1 + 8*d.n(256)}, Caption: d.runs(12, 3), Space: 8, Lead: 18}
			floats := d.n(256)
			p.Floats, p.Smallest = floats%2 == 0, 0.7*float64(floats/2%4/3)
			blocks = append(blocks, p, Gap{Height: 8})
		case 4:
			blocks = append(blocks, &Paragraph{Runs: d.runs(16, 9), Left: 47, Hang: 24, Marker: []Run{{Text: "1.", Style: bodyStyle}}})
		case 5:
			blocks = append(blocks, &Paragraph{Runs: d.runs(16, 9), Left: 32, Indent: 32})
		case 6:
			blocks = append(blocks, &Paragraph{Runs: d.runs(16, 2), Align: Right, Space: 10, KeepWithPrevious: true})
		case 7:
			blocks = append(blocks, &Paragraph{Runs: d.title(22), Align: Center, Lead: 35, ByPhrase: true, KeepWithNext: true})
		default:
			blocks = append(blocks, &Paragraph{Runs: d.runs(16, 20), Indent: 32})
		}
	}
	return append(blocks, &Paragraph{Runs: runsOf("末")})
}

// written counts the characters that runs ask for, with those of their notes.
func written(count map[rune]int, seen map[*Note]bool, runs []Run) {
	for _, r := range runs {
		for _, c := range r.Text {
			if !unicode.IsSpace(c) && !Invisible(c) {
				count[c]++
			}
		}
		if r.Note != nil && !seen[r.Note] {
			seen[r.Note] = true
			written(count, seen, r.Note.Runs)
		}
	}
}

// asked counts the characters that blocks ask for.
func asked(blocks []Block) map[rune]int {
	count, seen := map[rune]int{}, map[*Note]bool{}
	for _, b := range blocks {
		switch b := b.(type) {
		case *Paragraph:
			written(count, seen, b.Marker)
			written(count, seen, b.Runs)
		case *Picture:
			written(count, seen, b.Caption)
		case *Table:
			parts := b.parts
			if len(parts) == 0 {
				parts = []*Table{b}
			}
			for _, t := range parts {
				// The grids, as they were before rows were split over pages.
				for _, g := range []grid{newGrid(t.Head, len(t.Columns)), newGrid(t.Rows, len(t.Columns))} {
					for _, c := range g.cells {
						written(count, seen, c.Runs)
					}
				}
				if t.Note != nil {
					written(count, seen, t.Note.Runs)
				}
			}
		}
	}
	return count
}

// checkLayout holds a layout against the rules that every one keeps.
func checkLayout(t *testing.T, blocks []Block, l *Layout) {
	t.Helper()
	onSheets(t, l.Pages)
	got := map[rune]int{}
	for i, p := range l.Pages {
		var within, last *Element
		var upright []Rule
		var cells []Text
		for _, op := range p.Ops {
			switch op := op.(type) {
			case Into:
				within = op.Element
			case Rule:
				if op.X1 == op.X2 {
					upright = append(upright, op)
				}
			case Text:
				if within == nil {
					continue // a head or a label that stands here once more
				}
				e := within
				for e.Parent != nil && e.Tag != TagNote && e.Tag != TagHead && e.Tag != TagCell {
					e = e.Parent
				}
				if e.Tag == TagHead || e.Tag == TagCell {
					cells = append(cells, op)
				}
				if e.Tag != TagNote {
					last = e
				}
				for _, c := range op.Text {
					if !unicode.IsSpace(c) {
						got[c]++
					}
				}
			}
		}
		if last != nil && last.Tag.heads() {
			t.Errorf("第 %d 页以标题结束", i+1)
		}
		for _, x := range cells {
			to := endOf(x)
			for _, r := range upright {
				if r.Y1 < x.Y-1 && x.Y < r.Y2-1 && x.X < r.X1-0.1 && to > r.X1+0.1 {
					t.Errorf("第 %d 页的“%s”从 %.2f 到 %.2f，压过 %.2f 的竖线", i+1, x.Text, x.X, to, r.X1)
				}
			}
		}
		if n := len(p.Ops); n == 0 && len(l.Pages) > 1 {
			t.Errorf("第 %d 页是空的", i+1)
		}
	}
	for _, b := range l.Bookmarks {
		if !slices.ContainsFunc(l.Pages[b.Page].Ops, func(op Op) bool {
			a, ok := op.(Anchor)
			return ok && a.Name == b.Anchor && math.Abs(a.Y-b.Y) < 0.02
		}) {
			t.Errorf("目录说“%s”在第 %d 页 %.2f，那里没有", b.Title, b.Page+1, b.Y)
		}
	}
	want := asked(blocks)
	for c, n := range want {
		if got[c] != n {
			t.Errorf("“%c”印了 %d 次，应为 %d 次", c, got[c], n)
		}
	}
	for c := range got {
		if want[c] == 0 {
			t.Errorf("多印了“%c”", c)
		}
	}
}

// FuzzLayout sets whatever comes: every line stays inside the block, every cell
// in its column, no character is lost or printed twice, no page ends with a
// heading, and layout comes to an end.
func FuzzLayout(f *testing.F) {
	r := rand.New(rand.NewPCG(9704, 2012))
	for n := range 120 {
		data := make([]byte, 20+40*n)
		for i := range data {
			data[i] = byte(r.UintN(256))
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		blocks := (&dice{data}).blocks()
		l, err := Compose(newFake(), blocks)
		if err != nil {
			t.Fatal(err)
		}
		checkLayout(t, blocks, l)
		if t.Failed() {
			for i, b := range blocks {
				switch b := b.(type) {
				case *Paragraph:
					t.Log(i, "段", fmt.Sprintf("%.80q", textOf(b.Runs)), utf8.RuneCountInString(textOf(b.Runs)), b.Heading != nil)
				case *Table:
					t.Log(i, "表", len(b.Columns), "列", len(b.Rows), "行", b.turned, len(b.parts))
				default:
					t.Logf("%d %T", i, b)
				}
			}
		}
	})
}

// The checks of the fuzz test see what they are there for.
func TestChecksOfTheFuzzTest(t *testing.T) {
	blocks := []Block{&Paragraph{Runs: runsOf("正文")}}
	l := compose(t, blocks...)
	count := asked(blocks)
	if count['正'] != 1 || count['文'] != 1 || len(count) != 2 {
		t.Errorf("数成 %v", count)
	}
	if !slices.ContainsFunc(l.Pages[0].Ops, func(op Op) bool { x, ok := op.(Text); return ok && x.Text == "正文" }) {
		t.Error("没有文字")
	}
}
