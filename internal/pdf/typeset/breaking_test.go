package typeset

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"wangjian/internal/linebreak"
)

func TestWhereALineMayBreak(t *testing.T) {
	for _, c := range []struct {
		name, text string
		ems        float64
		want       []string
	}{
		{"满行", "一二三四五六", 3, []string{"一二三", "四五六"}},
		{"点号不在行首", "一二三，四五", 3, []string{"一二", "三，四", "五"}},
		{"连着的标点不在行首", "一二三。”四五", 3, []string{"一二", "三。”", "四五"}},
		{"开引号不在行尾", "一二“三四”五", 3, []string{"一二", "“三四”", "五"}},
		{"开括号不在行尾", "一二（三四）", 3, []string{"一二", "（三四）"}},
		{"破折号不拆开", "一二——三四", 3, []string{"一二", "——三", "四"}},
		{"省略号不拆开", "一二……三四", 3, []string{"一二", "……三", "四"}},
		{"数字不拆开", "一二12345三", 3, []string{"一二", "12345", "三"}},
		{"数字和单位不分开", "一二三231件四", 4, []string{"一二三", "231件四"}},
		{"多字单位不拆开", "一二437.56万元三", 5, []string{"一二", "437.56万元", "三"}},
		{"表里的单位不拆开", "一二三99个次", 4, []string{"一二三", "99个次"}},
		{"括号里的单位不拆开", "罚没款（万元）四", 5, []string{"罚没款", "（万元）四"}},
		{"百分号跟着数字", "一二三四63%五", 5, []string{"一二三四", "63%五"}},
		{"连接号不在行首行尾", "一二63%～68%三", 5, []string{"一二", "63%～68%三"}},
		{"文号整个不拆", "一二市监字〔2022〕19号三", 8, []string{"一二市监", "字〔2022〕19号三"}},
		{"第和数字不分开", "一二三第20条四", 4, []string{"一二三", "第20条四"}},
		{"英文单词不拆开", "一二market三", 4, []string{"一二", "market三"}},
		{"空格处可断", "abc def", 2, []string{"abc", "def"}},
		{"行尾的空格不占地方", "一二三 四", 3, []string{"一二三", "四"}},
		{"间隔号不在行首", "一二三·四五", 3, []string{"一二", "三·四", "五"}},
		{"拆不开的照样放下", "abcdefghij", 2, []string{"abcd", "efgh", "ij"}},
		{"网址在斜线后断开", "example.gov.cn/2022/files", 8, []string{"example.gov.cn/", "2022/files"}},
		{"拆不开的里面数字不拆", "abc12345defgh", 2, []string{"abc", "12345", "defg", "h"}},
		{"数字宽过一行的缩小", "1234567890", 3, []string{"1234567890"}},
		{"带单位的数字宽过一行", "12345.678万元", 4, []string{"12345.678", "万元"}},
		{"全角数字不拆开", "一二１２３４５三", 6, []string{"一二", "１２３４５三"}},
		{"负号不离开数字", "一二三−5三", 4, []string{"一二三", "−5三"}},
		{"百分号不离开数字", "一二１２％三", 4, []string{"一二", "１２％三"}},
		{"指数不离开数字", "一二10⁵三", 3, []string{"一二", "10⁵三"}},
		{"强制换行", "一\n二三", 5, []string{"一", "二三"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := linesOf(c.text, c.ems); !slices.Equal(got, c.want) {
				t.Errorf("%q 排成 %q，应为 %q", c.text, got, c.want)
			}
		})
	}
}

// A paragraph moves as a whole: no line is torn open for a number that
// goes to the next one.
func TestFlushLinesShareTheSlack(t *testing.T) {
	s := newFake()
	text := strings.Repeat("网络市场监管专项行动", 5) + "共删除违法商品信息123456条，又删除违法商品信息123456条，其余照旧办理。"
	width := A4.BlockWidth
	greedy := s.fill(s.glyphs(runsOf(text)), width, 32, true)
	whole := s.fillFlush(s.glyphs(runsOf(text)), width, 32, true)
	widest := func(lines []*line) float64 {
		most := 0.0
		for _, l := range lines[:len(lines)-1] {
			most = max(most, l.stretch(width).rest)
		}
		return most
	}
	if g, w := widest(greedy), widest(whole); w >= g || w > easy*bodyStyle.Size {
		t.Errorf("最松的一行每字拉开 %.2f 磅，逐行排时是 %.2f 磅", w, g)
	}
}

// A line is never left shorter than it need be: the fuller one is always the
// better one.
func TestFullerLinesArePreferred(t *testing.T) {
	s := newFake()
	text := "商家和平台都不解决的，拨打12315热线，或者在全国12315平台提交，说清平台、店名和下单时间。"
	if first := s.fillFlush(s.glyphs(runsOf(text)), A4.BlockWidth, 32, true)[0].String(); !strings.HasSuffix(first, "全国") {
		t.Errorf("第一行是 %q", first)
	}
}

// A heading that needs two lines does not leave a word or two to the second.
func TestHeadingsHaveNoWidow(t *testing.T) {
	for text, want := range map[string][]string{
		"（三）于都县市场监督管理局查处张某某无证经营网络外卖案":   {"（三）于都县市场监督管理局查处张某某无证经营", "网络外卖案"},
		"（二）章贡区市场监督管理局查处某食品经营部网售“特供”酒案": {"（二）章贡区市场监督管理局查处某食品经营部", "网售“特供”酒案"},
		"（一）点外卖前先看“亮照”，认准有门店的商家":        {"（一）点外卖前先看“亮照”，认准有门店的商家"},
	} {
		s := newFake()
		var got []string
		for _, l := range s.heading(s.glyphs(runsOf(text)), A4.BlockWidth, 32, true) {
			got = append(got, l.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s 分行为 %q，应为 %q", text, got, want)
		}
	}
}

// alphabet has what official writing is made of, with more marks than usual.
var alphabet = []string{
	"网", "络", "市", "场", "监", "管", "，", "。", "、", "；", "：", "？", "！", "“", "”", "‘", "’", "《", "》", "（", "）", "「", "」", "『", "』", "〈", "〉", "【", "】",
	"231件", "437.56万元", "12.5%", "99个次", "〔2022〕19号", "——", "……", "APP", "12315", "GB/T 9704", "第20条",
}

func randomText(r *rand.Rand, n int) string {
	var b strings.Builder
	marks := 0
	for range n {
		piece := alphabet[r.IntN(len(alphabet))]
		// Marks in a row longer than a line cannot obey any rule.
		if first, _ := utf8.DecodeRuneInString(piece); linebreak.NotFirst(first) || linebreak.NotLast(first) {
			if marks++; marks > 2 {
				continue
			}
		} else {
			marks = 0
		}
		b.WriteString(piece)
	}
	return b.String()
}

// However the text falls, every line stays in the block, obeys the rules, and
// nothing is lost: in paragraphs, headings and table cells.
func TestRandomTextKeepsTheRules(t *testing.T) {
	r := rand.New(rand.NewPCG(2022, 19))
	for n := range 150 {
		text := randomText(r, 20+r.IntN(200))
		cell := randomText(r, 5+r.IntN(60))
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			l := compose(t,
				&Paragraph{Runs: runsOf(text), Indent: 32},
				&Paragraph{Runs: runsOf(text), Align: Left, Indent: 32, Heading: &Bookmark{Level: 1, Title: text}},
				&Paragraph{Runs: runsOf(text), Left: 48, Hang: 24, Marker: runsOf("•")},
				&Table{Columns: []Column{{}, {}}, Size: 16, Lead: 20, Pad: 3, Rows: []Row{{{Runs: runsOf(cell)}, {Runs: runsOf(text)}}}},
			)
			lines := textLines(t, l.Pages)
			inside(t, lines)
			want := strings.ReplaceAll(text+text+"•"+text, " ", "")
			got := joined(lines)
			if !strings.HasPrefix(got, want) {
				t.Errorf("正文丢字：\n%q\n应为\n%q", got, want)
			}
			if g, w := countRunes(got), countRunes(want+strings.ReplaceAll(cell+text, " ", "")); !slices.Equal(g, w) {
				t.Error("表格里丢字")
			}
			for i, line := range lines {
				first, _ := utf8.DecodeRuneInString(strings.TrimPrefix(line.text, "•"))
				last, _ := utf8.DecodeLastRuneInString(line.text)
				start := strings.HasPrefix(text, line.text[:min(9, len(line.text))]) || strings.HasPrefix(cell, line.text[:min(9, len(line.text))]) || strings.HasPrefix(line.text, "•")
				if linebreak.NotFirst(first) && !start {
					t.Errorf("第 %d 行以“%c”开头：%q", i+1, first, line.text)
				}
				end := strings.HasSuffix(text, line.text) || strings.HasSuffix(cell, line.text)
				if linebreak.NotLast(last) && !end {
					t.Errorf("第 %d 行以“%c”结尾：%q", i+1, last, line.text)
				}
			}
		})
	}
}

func countRunes(s string) []rune {
	rs := []rune(s)
	slices.Sort(rs)
	return rs
}

func TestTitlesBreakByPhrase(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"赣州2022网络市场监管专项行动（网剑行动）总结报告", []string{"赣州2022网络市场监管专项行动", "（网剑行动）总结报告"}},
		{"某市农产品质量安全“守护舌尖”百日整治专项行动总结报告", []string{"某市农产品质量安全“守护舌尖”", "百日整治专项行动总结报告"}},
		{"关于2022年第四季度网络市场联合检查安排的通知", []string{"关于2022年第四季度网络市场", "联合检查安排的通知"}},
		{"某市安全生产专项整治总结报告", []string{"某市安全生产专项整治总结报告"}},
	} {
		s := newFake()
		var got []string
		for _, l := range s.byPhrase(s.glyphs([]Run{{Text: c.text, Style: Style{Size: 22}}}), A4.BlockWidth, linebreak.EvenTitle) {
			got = append(got, l.String())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s 分行为 %q，应为 %q", c.text, got, c.want)
		}
	}
}
