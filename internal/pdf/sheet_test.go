package pdf

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/soak"
	"wangjian/internal/stats"
)

// printedLines joins what stands on one baseline of a page, cells of a table too
// where they touch, in the order of its places.
func printedLines(p *typeset.Page) []square {
	all := squares(p)
	slices.SortStableFunc(all, func(a, b square) int {
		switch {
		case a.Y != b.Y:
			return int(100 * (a.Y - b.Y))
		default:
			return int(100 * (a.left - b.left))
		}
	})
	var lines []square
	for _, s := range all {
		if n := len(lines) - 1; n >= 0 && lines[n].Y == s.Y && s.left-lines[n].right < 7 {
			lines[n].Text.Text += s.Text.Text
			lines[n].right = max(lines[n].right, s.right)
			continue
		}
		lines = append(lines, s)
	}
	return lines
}

// A name of 31 characters, and ten joined by 、: all on the sheet, whole, each of
// the ten on one line, in the head too; the names right-indented by two
// characters, the date two right of the last of them.
func TestLongSignaturesWrap(t *testing.T) {
	pitch := typeset.A4.Pitch()
	long := "临江市打击侵犯知识产权和制售假冒伪劣商品工作领导小组办公室综合处"
	var ten []string
	for _, n := range strings.Split("农业农村 市场监督管理 公安 工业和信息化 商务 文化广电新闻出版旅游 税务 林业 邮政管理 互联网信息", " ") {
		ten = append(ten, "临江市"+n+"局")
	}
	for name, issuer := range map[string]string{"一个长名称": long, "十个名称": strings.Join(ten, "、")} {
		t.Run(name, func(t *testing.T) {
			pages := formalPages(t, func(w *writer) {
				w.redHead(issuer, "临农〔2031〕7号")
				w.paragraph("特此通知。", body)
				w.signature([]string{issuer}, campaign.Date{Year: 2031, Month: 9, Day: 21})
			})
			if err := typeset.CheckInside(typeset.A4, pages); err != nil {
				t.Error(err)
			}
			last := pages[len(pages)-1]
			var names, head []square
			for _, l := range printedLines(pages[0]) {
				if l.Size >= mastSmallest {
					head = append(head, l)
				}
			}
			for _, l := range printedLines(last) {
				if l.left < -0.1 || l.right > 156*mm+0.1 {
					t.Errorf("“%s”越出版心：%.1f–%.1f 毫米", l.Text.Text, l.left/mm, l.right/mm)
				}
				if l.Size == bodySize && !strings.HasPrefix(l.Text.Text, "特此") && !strings.HasPrefix(l.Text.Text, "临农") && !strings.HasPrefix(l.Text.Text, "2031") {
					names = append(names, l)
					near(t, "署名右空二字："+l.Text.Text, 156*mm-l.right, 2*pitch)
				}
			}
			day, _ := lineOf(t, pages, "2031年9月21日")
			near(t, "日期比署名末行右移二字", day.left-names[len(names)-1].left, 2*pitch)
			joined := ""
			for _, l := range names {
				joined += l.Text.Text
			}
			if joined != issuer || len(names) < 2 {
				t.Errorf("署名印成%q", joined)
			}
			if name == "十个名称" {
				for _, one := range ten {
					if !slices.ContainsFunc(names, func(l square) bool { return strings.Contains(l.Text.Text, one) }) {
						t.Errorf("%s 拆成了两行", one)
					}
					if !slices.ContainsFunc(head, func(l square) bool { return strings.Contains(l.Text.Text, one) }) {
						t.Errorf("版头的%s 拆成了两行", one)
					}
				}
			}
		})
	}
}

// What would leave the sheet fails the paper, and the message names the paper,
// the file and the words.
func TestNothingIsDrawnOutsideTheSheet(t *testing.T) {
	v := publicView(t, nil)
	item := v.Campaign().ItemsOf(campaign.Documents)[0]
	item.Document.Layout, item.Document.Parts.Issuers = campaign.FormalSheet, []string{strings.Repeat("临江市农业农村局", 300)}
	err := Options{Fonts: loaded}.Write(&bytes.Buffer{}, v, stats.Of(v), documentPaper(v, item))
	if err == nil {
		t.Fatal("没有报错")
	}
	for _, want := range []string{"open/tongzhi/document.pdf", item.Title, "content/open/tongzhi.md", "伸出纸边", "农业农村局临江市"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q 里没有%q", err, want)
		}
	}
	// Each kind of operation is looked at, on turned pages too.
	font := fonts().For(typeset.Fang)[0]
	corner := []typeset.Point{{X: 0, Y: 0}, {X: 700, Y: 9}}
	for _, op := range []typeset.Op{
		typeset.Text{Font: font, Size: 16, X: 580, Y: 100, Text: "一二"}, typeset.Text{Font: font, Size: 16, X: 20, Y: 830, Text: "一二", Down: true},
		typeset.Rule{X1: 9, Y1: 9, X2: 600, Y2: 9}, typeset.Drawing{X: 9, Y: 800, W: 9, H: 90, Alt: "图"},
		typeset.Area{Rings: [][]typeset.Point{corner}}, typeset.Trace{Points: corner}, typeset.Rule{X1: -9, Y1: 9, X2: 6, Y2: 9},
	} {
		if typeset.CheckInside(typeset.A4, []*typeset.Page{{Ops: []typeset.Op{op}}}) == nil {
			t.Errorf("%v 没有报错", op)
		}
	}
	wide := typeset.Rule{X1: 9, Y1: 9, X2: 800, Y2: 9}
	if err := typeset.CheckInside(typeset.A4, []*typeset.Page{{Ops: []typeset.Op{wide}, Turned: true}}); err != nil {
		t.Errorf("横放的页：%v", err)
	}
}

// tongue makes values longer than anybody means them to be.
type tongue struct{ *rand.Rand }

func (r *tongue) number() string {
	n := fmt.Sprint(10_000_000 + r.IntN(90_000_000))
	switch r.IntN(3) {
	case 0:
		n += fmt.Sprintf(".%03d", r.IntN(1000))
	case 1:
		n += fmt.Sprint(10_000_000 + r.IntN(90_000_000))
	}
	return n
}

func (r *tongue) text(pieces int) string {
	var b strings.Builder
	for range 1 + r.IntN(pieces) {
		switch r.IntN(8) {
		case 0:
			b.WriteString("Verylongwordwithoutanyplacetobreak" + strings.Repeat("x", r.IntN(60)))
		case 1:
			b.WriteString("https://www.example.gov.cn/art/2022/11/26/art_1234_5678.html?a=b&c=" + strings.Repeat("d", r.IntN(60)))
		case 2:
			b.WriteString(r.number() + "万元")
		case 3:
			b.WriteString(strings.Repeat("临江市市场监督管理局、", 1+r.IntN(6)))
		default:
			b.WriteString("打击侵犯知识产权和制售假冒伪劣商品"[:3*(1+r.IntN(17))])
		}
	}
	return b.String()
}

// lengthen returns every value of a campaign that a paper prints a long one.
func (r *tongue) lengthen(c *campaign.Campaign) {
	c.Name, c.Short, c.DocumentNumber, c.Site.Host = r.text(4), r.text(3), r.text(3), r.text(4)
	c.Form.Name, c.Form.Note = r.text(4), r.text(8)
	for _, d := range c.Departments {
		d.Name, d.Short = r.text(3), r.text(3)
	}
	for _, region := range c.Regions {
		region.Name, region.Short = r.text(3), r.text(2)
	}
	for _, round := range c.Rounds {
		round.Name = r.text(2)
	}
	for _, p := range c.Priorities {
		p.Name, p.Summary = r.text(4), r.text(9)
	}
	for _, row := range c.Form.Rows {
		row.Name, row.Unit = r.text(3), []string{"件", "万元", r.text(1)}[r.IntN(3)]
	}
	for _, report := range c.Reports {
		report.Unit = r.text(3)
		for i := range report.Entries {
			e := &report.Entries[i].Entry
			if e.Quantity.IsNumber() {
				e.Quantity, _ = campaign.ParseQuantity(r.number())
			}
			e.Remark = r.text(4)
		}
	}
	for _, i := range c.Items {
		i.Title, i.Summary, i.Source = r.text(5), r.text(9), r.text(3)
		if x := i.Case; x != nil {
			x.Authority, x.DecisionNumber, x.Party, x.Violation, x.Penalty = r.text(4), r.text(4), r.text(3), r.text(5), r.text(9)
		}
		if x := i.Document; x != nil {
			x.IndexNumber, x.Issuer, x.Topic, x.Number, x.Validity = r.text(3), r.text(5), r.text(3), r.text(3), r.text(2)
		}
		if x := i.Warning; x != nil {
			x.Issuer, x.Number = r.text(5), r.text(3)
		}
		if x := i.Gallery; x != nil {
			for n := range x.Pictures {
				x.Pictures[n].Caption = r.text(6)
			}
		}
	}
}

// However long the values are: every text of every paper is inside of the block,
// and every number on one line. With SOAK=1 hundreds of campaigns are tried.
func TestLongValuesStayOnTheSheet(t *testing.T) {
	times := uint64(soak.Count(6, 300))
	for seed := range times {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			v := wholeView(t, withoutReferences(t))
			r := &tongue{rand.New(rand.NewPCG(seed, 7))}
			r.lengthen(v.Campaign())
			b := stats.Of(v)
			for _, p := range Papers(v, b) {
				set, err := compose(v, b, Options{}, fonts(), p)
				if err != nil {
					t.Errorf("%s：%v", p.Path, err)
					continue
				}
				if p.sheets > 0 && len(set.pages) > p.sheets {
					t.Errorf("%s 有 %d 面", p.Path, len(set.pages))
				}
				for n, page := range set.pages {
					for _, torn := range tornNumbers(page) {
						t.Errorf("%s 第 %d 页：数字断成了%s", p.Path, n+1, torn)
					}
					sheet := typeset.A4.Of(page)
					if page.Turned {
						for _, op := range page.Ops {
							x, ok := op.(typeset.Text)
							if ok && !x.Down && (x.X < sheet.Left-0.1 || x.X > sheet.Left+sheet.BlockWidth+0.1) {
								t.Errorf("%s 第 %d 页（横放）：“%s”越出版心", p.Path, n+1, x.Text)
							}
						}
						continue
					}
					for _, l := range printedLines(page) {
						if l.left < -0.1 || l.right > 156*mm+0.1 {
							t.Errorf("%s 第 %d 页：“%s”越出版心，%.1f–%.1f 毫米", p.Path, n+1, l.Text.Text, l.left/mm, l.right/mm)
						}
					}
				}
			}
		})
	}
}

// withoutReferences returns the texts of the small campaign without what needs the
// names to be as they were, and with a body that is too wide for any page.
func withoutReferences(t *testing.T) map[string]string {
	changes := map[string]string{}
	reference := regexp.MustCompile(`\{\{[^{}]*\}\}`)
	for _, name := range archiveNames(t) {
		if strings.HasSuffix(name, ".md") {
			changes[name] = reference.ReplaceAllString(fileOf(t, name), "12件")
		}
	}
	changes["content/open/tongzhi.md"] += deep
	return changes
}

// tornNumbers lists the numbers of which a line of a block has a part and the next
// line the rest.
func tornNumbers(p *typeset.Page) (torn []string) {
	var within *typeset.Element
	var last typeset.Text
	for _, op := range p.Ops {
		switch op := op.(type) {
		case typeset.Into:
			if op.Element != within {
				within, last = op.Element, typeset.Text{}
			}
		case typeset.Text:
			if pair := last.Text + "|" + op.Text; within != nil && op.Y != last.Y && tornPair.MatchString(pair) {
				torn = append(torn, pair)
			}
			last = op
		}
	}
	return torn
}

var tornPair = regexp.MustCompile(`[0-9.]\|\.?[0-9]|[0-9]\|[%％]`)

// deep is a body with all that can be too wide for a page.
var deep = "\n\n" + strings.Repeat("> ", 20) + "引用里的引用1234567890123456\n\n" + nested(14) + "\n\n" +
	"| 甲 | 乙 | 丙 | 丁 |\n|---|---|---|---|\n| 1234567890123456 | https://www.example.gov.cn/a/very/long/path/without/any/break/at/all?with=a&query=too | 1234567890123456 | " + strings.Repeat("很长的格子", 30) + " |\n\n" +
	"    https://www.example.gov.cn/" + strings.Repeat("a", 200) + "\n"

func nested(depth int) string {
	var b strings.Builder
	for n := range depth {
		b.WriteString(strings.Repeat("    ", n) + "123456789. 项1234567890123456" + strings.Repeat("文", 20) + "\n\n")
	}
	return strings.ReplaceAll(b.String(), "123456789. ", "1.  ")
}
