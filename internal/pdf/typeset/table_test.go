package typeset

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/linebreak"
)

func cellsOf(texts ...string) Row {
	var row Row
	for _, t := range texts {
		row = append(row, Cell{Runs: runsOf(t)})
	}
	return row
}

func ruled(rows ...Row) *Table {
	return &Table{
		Columns: []Column{{Share: 0.3}, {Share: 0.7}}, Head: []Row{cellsOf("栏一", "栏二")}, Rows: rows,
		Continued: runsOf("续表"), Size: 16, Lead: 20, Pad: 3,
	}
}

func TestTableRepeatsItsHead(t *testing.T) {
	var rows []Row
	for i := range 80 {
		rows = append(rows, cellsOf(fmt.Sprintf("R%d", i), "数"))
	}
	l := compose(t, ruled(rows...))
	lines := textLines(t, l.Pages)
	inside(t, lines)
	if len(l.Pages) < 3 {
		t.Fatalf("80 行只排了 %d 页", len(l.Pages))
	}
	next := 0
	for page := range l.Pages {
		var texts []string
		for _, line := range lines {
			if line.page == page {
				texts = append(texts, line.text)
			}
		}
		if page > 0 {
			if texts[0] != "续表" {
				t.Errorf("第 %d 页没有续表字样：%q", page+1, texts[0])
			}
			texts = texts[1:]
		}
		if texts[0] != "栏一" || texts[1] != "栏二" {
			t.Errorf("第 %d 页没有重复表头：%q", page+1, texts[:2])
		}
		for _, text := range texts[2:] {
			if text == fmt.Sprintf("R%d", next) {
				next++
			}
		}
	}
	if next != 80 {
		t.Errorf("只见到前 %d 行", next)
	}
}

func TestTallRowBreaksInside(t *testing.T) {
	long := strings.Repeat("这一格比一页还长", 200)
	l := compose(t, ruled(cellsOf("甲", "短"), cellsOf("乙", long), cellsOf("丙", "短")))
	lines := textLines(t, l.Pages)
	inside(t, lines)
	var b strings.Builder
	for _, line := range lines {
		if strings.ContainsAny(line.text, "这格比页还长") {
			b.WriteString(line.text)
		}
	}
	if b.String() != long {
		t.Errorf("跨页的格子丢了字：%d 字，应为 %d 字", len([]rune(b.String())), len([]rune(long)))
	}
	if last := lines[len(lines)-1]; last.text != "短" || last.page != len(l.Pages)-1 {
		t.Errorf("后面的行没有跟上：%q", last.text)
	}
}

// A cell over rows of two pages shows its text on both.
func TestMergedCellOverAPageBreak(t *testing.T) {
	rows := []Row{{{Runs: runsOf("部门"), RowSpan: 40}, {Runs: runsOf("N0")}}}
	for i := 1; i < 40; i++ {
		rows = append(rows, cellsOf(fmt.Sprintf("N%d", i)))
	}
	l := compose(t, ruled(rows...))
	seen := map[int]bool{}
	lines := textLines(t, l.Pages)
	inside(t, lines)
	for _, line := range lines {
		if line.text == "部门" {
			seen[line.page] = true
		}
	}
	if len(l.Pages) != 2 || !seen[0] || !seen[1] {
		t.Errorf("%d 页，合并的格子出现在 %v", len(l.Pages), seen)
	}
}

// A cell that needs more room than its rows have makes them taller.
func TestMergedCellFindsItsRoom(t *testing.T) {
	name := strings.Repeat("名", 60)
	l := compose(t, ruled(Row{{Runs: runsOf(name), RowSpan: 2}, {Runs: runsOf("一")}}, cellsOf("二"), cellsOf("下", "行")))
	lines := textLines(t, l.Pages)
	inside(t, lines)
	var lastName, below float64
	for _, line := range lines {
		if strings.HasPrefix(line.text, "名") {
			lastName = line.y
		}
		if line.text == "下" {
			below = line.y
		}
	}
	if lastName == 0 || below < lastName+15 {
		t.Errorf("合并的格子压住了下一行：%.1f，%.1f", lastName, below)
	}
}

// Even a merged cell taller than a page loses nothing.
func TestMergedCellTallerThanAPage(t *testing.T) {
	name := strings.Repeat("名称很长", 150)
	l := compose(t, ruled(Row{{Runs: runsOf(name), RowSpan: 2}, {Runs: runsOf("一")}}, cellsOf("二")))
	lines := textLines(t, l.Pages)
	inside(t, lines)
	var b strings.Builder
	for _, line := range lines {
		if strings.ContainsAny(line.text, "名称很长") {
			b.WriteString(line.text)
		}
	}
	if !strings.HasPrefix(b.String(), name) {
		t.Errorf("丢了字：%d 字，应为 %d 字", len([]rune(b.String())), len([]rune(name)))
	}
}

func TestColumnsShareByContents(t *testing.T) {
	s := newFake()
	table := &Table{Columns: []Column{{}, {}, {}}, Size: 12, Lead: 18, Pad: 3, Rows: []Row{
		cellsOf("短", strings.Repeat("很长的内容", 20), "12345.67"),
	}}
	table.prepare(s, A4.BlockWidth)
	sum := 0.0
	for _, w := range table.widths {
		sum += w
	}
	if sum < A4.BlockWidth-0.01 || sum > A4.BlockWidth+0.01 {
		t.Errorf("各栏共宽 %.2f，版心 %.2f", sum, A4.BlockWidth)
	}
	if w := table.widths; w[1] < w[0] || w[1] < w[2] || w[2] < 4*16+2*padX {
		t.Errorf("栏宽 %v", w)
	}
}

func TestTableTightensToStayOnItsPage(t *testing.T) {
	rows := func(n int) []Row {
		var list []Row
		for i := range n {
			list = append(list, cellsOf(fmt.Sprint(i), "x"))
		}
		return list
	}
	loose, tight := ruled(rows(26)...), ruled(rows(26)...)
	tight.Tight = []float64{1}
	if n := len(compose(t, loose).Pages); n != 2 {
		t.Fatalf("松排 %d 页", n)
	}
	if n := len(compose(t, tight).Pages); n != 1 {
		t.Errorf("紧排 %d 页", n)
	}
}

// A short name that heads its row stays on a line, however many columns there are.
func TestShortNamesAreNotParted(t *testing.T) {
	columns := []Column{{Heads: true}}
	head, row := Row{{Runs: runsOf("地区")}}, Row{{Runs: runsOf("赣州经开区")}}
	for n := range 9 {
		columns = append(columns, Column{})
		head, row = append(head, Cell{Runs: runsOf(strings.Repeat("查处违法案件", 3))}), append(row, Cell{Runs: runsOf(fmt.Sprint(n))})
	}
	l := compose(t, &Table{Columns: columns, Head: []Row{head}, Rows: []Row{row}, Size: 16, Lead: 20})
	for _, line := range textLines(t, l.Pages) {
		if strings.Contains(line.text, "赣州") && !strings.HasPrefix(line.text, "赣州经开区") {
			t.Errorf("地区名分了行：%s", line.text)
		}
	}
}

// A short text does not wrap for the sake of a long one beside it, and the head of a
// column wraps where that takes lines off the rows.
func TestShortTextsDoNotWrap(t *testing.T) {
	for _, c := range []struct {
		name       string
		head, rows []Row
		whole      []string // texts that stand in one line
	}{
		{
			"长的表头", []Row{cellsOf("部门", "填报单位", "填报日期", "项目", "报送的县（市、区）")},
			[]Row{cellsOf("海关", "中华人民共和国赣州海关", "2022年11月25日", "3项", "20个"), cellsOf("邮政局", "赣州市邮政管理局", "2022年11月25日", "1项", "—")},
			[]string{"中华人民共和国赣州海关", "2022年11月25日", "邮政局"},
		}, {
			"短的时间", []Row{cellsOf("时间", "检查重点", "参加单位")},
			[]Row{
				cellsOf("10月中下旬", strings.Repeat("外卖平台证照公示", 3), strings.Repeat("市公安局、", 8)),
				cellsOf("10月下旬至11月中旬", strings.Repeat("外卖平台证照公示", 4), strings.Repeat("市公安局、", 9)),
			},
			[]string{"时间", "10月中下旬"},
		},
	} {
		table := &Table{Columns: make([]Column, len(c.head[0])), Head: c.head, Rows: c.rows, Size: 12, Lead: 18, Pad: 3}
		for _, rows := range [][]Row{c.head, c.rows} {
			for _, row := range rows {
				for i := range row {
					row[i].Runs[0].Style.Size = 12
				}
			}
		}
		l := compose(t, table)
		var texts []string
		for _, line := range textLines(t, l.Pages) {
			texts = append(texts, line.text)
		}
		for _, want := range c.whole {
			if !slices.Contains(texts, want) {
				t.Errorf("%s：“%s”不在一行：%q", c.name, want, texts)
			}
		}
	}
}

// The head of a narrow column tears no word.
func TestHeadsBreakByPhrase(t *testing.T) {
	s := newFake()
	var got []string
	for _, l := range s.byPhrases(s.glyphs([]Run{{Text: "已提请关闭网站\n（个次）", Style: Style{Size: 10}}}), 40) {
		got = append(got, l.String())
	}
	if want := []string{"已提请", "关闭网站", "（个次）"}; !slices.Equal(got, want) {
		t.Errorf("分行为 %q，应为 %q", got, want)
	}
}

// A caption ends its lines at a comma rather than within a phrase, however uneven.
func TestCaptionsBreakAtMarks(t *testing.T) {
	for text, want := range map[string][]string{
		"图1　主要数据：截至终期市场监管局查处网络违法案件497件，公安局查处相关网络违法案件231件":  {"图1　主要数据：截至终期市场监管局查处网络违法案件497件，", "公安局查处相关网络违法案件231件"},
		"图15　市场监管局：终期查处“三假”直播案件131件中，查处其他违法违规案件49件，占37.4%": {"图15　市场监管局：终期查处“三假”直播案件131件中，", "查处其他违法违规案件49件，占37.4%"},
	} {
		s := newFake()
		var got []string
		for _, l := range s.byPhrase(s.glyphs([]Run{{Text: text, Style: Style{Size: 12}}}), A4.BlockWidth, linebreak.EvenCaption) {
			got = append(got, l.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s 分行为 %q，应为 %q", text, got, want)
		}
	}
}
