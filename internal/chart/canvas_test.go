package chart

import (
	"encoding/xml"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/soak"
)

var update = flag.Bool("update", false, "write the golden files again")

// marksText lists the marks of a drawing, one a line.
func marksText(d *Drawing) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d × %d\n", d.Width, d.Height)
	for n, m := range d.Marks {
		fmt.Fprintf(&b, "%d %T %v\n", d.data[n], m, m)
	}
	return b.String()
}

// TestMarks holds the marks of each kind of chart at the widths of the pages
// against what they were when they were last looked at.
func TestMarks(t *testing.T) {
	b, c := sample(t)
	for _, code := range []string{"zongti", "shijian-bijiao", "shijian-zucheng", "gongan-diqu", "gongan-reli", "zeren", "jindu"} {
		drawn, err := Find(b, c, code)
		if err != nil {
			t.Fatal(err)
		}
		for _, width := range []int{640, 285, 190} {
			file := filepath.Join("testdata", "marks", fmt.Sprintf("%s-%d.txt", code, width))
			got := marksText(drawn.Draw(width))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(file); err != nil || got != string(want) {
				t.Errorf("%s at %d is drawn otherwise (%v); look at it, then -update:\n%s", code, width, err, got)
			}
		}
	}
}

// drawnWell checks what holds for every drawing at the widths that pages and
// papers have: it is well-formed XML of its height, nothing leaves it, no two
// labels overlap, no type is too small, and it says every number of the chart's
// table.
func drawnWell(t *testing.T, c *Chart) {
	t.Helper()
	for _, width := range drawnWidths {
		d := c.Draw(width)
		at := fmt.Sprintf("%s at %d", c.Code, width)
		svg, err := c.SVG(width, "k", nil)
		if err != nil {
			t.Fatalf("%s: %v", at, err)
		}
		var seen struct {
			Title string `xml:"title"`
			Desc  string `xml:"desc"`
		}
		if err := xml.Unmarshal([]byte(svg), &seen); err != nil || squeezed(seen.Title) != squeezed(c.Title) || squeezed(seen.Desc) != squeezed(c.Summary) {
			t.Errorf("%s: %v, called %q, described as %q", at, err, seen.Title, seen.Desc)
		}
		inside(t, at, d)
		apart(t, at, d)
	}
	if m, ok := c.figure.(matrix); ok && len(m.flow(720).above) > mostFlows {
		return // tints alone
	}
	if b, ok := c.figure.(bars); ok && len(b.series) > 2 {
		return // where there is no room, the first and the last
	}
	if _, calendar := c.figure.(schedule); calendar || c.Code == dutiesCode {
		return
	}
	said := squeezed(labelsOf(c.Draw(720)))
	for _, d := range c.figure.data() {
		if !strings.Contains(said, d.number.String()) {
			t.Errorf("%s does not say %q", c.Code, d.number)
		}
	}
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

func labelsOf(d *Drawing) string {
	var all []string
	for _, m := range d.Marks {
		if l, ok := m.(Label); ok {
			all = append(all, l.Text)
		}
	}
	return strings.Join(all, "")
}

// boxOf returns what a label takes. Its width is the estimate that layouts are
// made with, which is a little wide.
func boxOf(l Label) Box {
	b := Box{X: l.At.X, Y: l.At.Y - px(l.Size)/2, W: textWidth(l.Text, l.Size), H: px(l.Size)}
	switch l.Align {
	case Middle:
		b.X -= b.W / 2
	case End:
		b.X -= b.W
	}
	return b
}

func inside(t *testing.T, at string, d *Drawing) {
	t.Helper()
	for _, m := range d.Marks {
		var b Box
		switch m := m.(type) {
		case Box:
			b = m
		case Label:
			b = boxOf(m)
			if m.Size < smallestType {
				t.Errorf("%s: %q is %d px", at, m.Text, m.Size)
			}
		case Dot:
			r := px(m.Radius)
			b = Box{X: m.At.X - r, Y: m.At.Y - r, W: 2 * r, H: 2 * r}
		case Line:
			if m.From.Y > m.To.Y {
				m.From.Y, m.To.Y = m.To.Y, m.From.Y
			}
			b = Box{X: m.From.X, Y: m.From.Y, W: m.To.X - m.From.X, H: m.To.Y - m.From.Y}
		case Shape:
			b = Box{X: m.Points[3].X, Y: m.Points[0].Y, W: m.Points[1].X - m.Points[3].X, H: m.Points[2].Y - m.Points[0].Y}
		}
		if b.W < 0 || b.H < 0 || b.X < 0 || b.Y < 0 || b.X+b.W > px(d.Width) || b.Y+b.H > px(d.Height)+Px/2 {
			t.Errorf("%s: %T %v leaves the drawing of %d × %d", at, m, m, d.Width, d.Height)
		}
	}
}

func apart(t *testing.T, at string, d *Drawing) {
	t.Helper()
	var boxes []Box
	var texts []string
	for _, m := range d.Marks {
		l, ok := m.(Label)
		if !ok {
			continue
		}
		b := boxOf(l)
		for i, o := range boxes {
			if b.X < o.X+o.W && o.X < b.X+b.W && b.Y < o.Y+o.H && o.Y < b.Y+b.H {
				t.Errorf("%s: %q lies over %q", at, l.Text, texts[i])
			}
		}
		boxes, texts = append(boxes, b), append(texts, l.Text)
	}
}

func TestSampleIsDrawnWell(t *testing.T) {
	b, c := sample(t)
	for _, l := range List(b, c) {
		drawn, err := Find(b, c, l.Code)
		if err != nil {
			t.Fatal(err)
		}
		drawnWell(t, drawn)
	}
}

// TestAnyFiguresAreDrawnWell makes up campaigns: huge figures, zeros, 无, forms
// that were not handed in, long names.
func TestAnyFiguresAreDrawnWell(t *testing.T) {
	count := soak.Count(12, 400)
	figures := []string{"0", "0", "1", "7", "12", "437.50", "0.01", "1127", "98765", "1234567890", "987654321012345.25", "无"}
	names := []string{"案件", "检查网站平台", "督促网络交易平台删除违法商品信息", "查处“三无”外卖案件（含APP、小程序）", strings.Repeat("其他违法违规行为、", 3) + "案件"}
	for seed := range count {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, uint64(seed)))
			pick := func(list []string) string { return list[r.IntN(len(list))] }
			var regions []string
			for i := range r.IntN(30) {
				regions = append(regions, fmt.Sprintf("%s%d区", pick([]string{"东", "章贡", "赣州经济技术开发"}), i))
			}
			s := newSmall(t, []string{"甲局", "乙委"}, regions, []string{"一期", "二期", "三期", "四期"}[:1+r.IntN(4)])
			for department := range 2 {
				for i := range 1 + r.IntN(8) {
					row := s.row(department, fmt.Sprintf("%s%d", pick(names), i), pick([]string{"件", "万元", "个次"}))
					if i%3 == 1 {
						s.under(row, pick(names))
					}
				}
			}
			s.Priorities = []*campaign.Priority{{Named: named("zd", pick(names)), Units: s.Departments[:1+r.IntN(2)]}}
			s.Phases = []campaignPhase{
				{Name: pick(names), From: campaign.Date{Year: 2022, Month: 1 + r.IntN(12), Day: 1 + r.IntN(28)}, To: campaign.Date{Year: 2023, Month: 1 + r.IntN(12), Day: 5}},
			}
			for round := range s.Rounds {
				for department := range 2 {
					for region := -1; region < len(regions); region++ {
						if r.IntN(6) == 0 {
							continue
						}
						values := map[*row]string{}
						for _, row := range s.Form.RowsOf(s.Departments[department]) {
							values[row] = pick(figures)
						}
						s.report(round, department, region, values)
					}
				}
			}
			for _, l := range List(s.book(), s.Campaign) {
				drawnWell(t, s.find(l.Code))
			}
		})
	}
}

// TestTextOfADrawing: whatever a name is, the drawing stays XML and says it;
// what XML cannot hold is an error that names the chart.
func TestTextOfADrawing(t *testing.T) {
	for _, name := range []string{`</script><script>alert(1)</script>`, `"a" 'b' onload="x"`, "&amp; & <b>", "㛃𬭎", "--><!--", "]]>", `url(#id-1)`} {
		d := &Drawing{Width: 10, Height: 10}
		d.of(1, Label{Text: name, Size: 12, Color: ink})
		svg, err := d.SVG("k", name, name, []string{name})
		var seen struct {
			Link struct {
				Text string `xml:"text"`
				To   string `xml:"href,attr"`
			} `xml:"a"`
		}
		if err == nil {
			err = xml.Unmarshal([]byte(svg), &seen)
		}
		if err != nil || seen.Link.Text != name || seen.Link.To != name || strings.Contains(svg, "<script") {
			t.Errorf("%q: %v %s", name, err, svg)
		}
	}
	for _, name := range []string{"a\x01b", "a\u0085b", "a\uFFFDb"} {
		c := &Chart{Code: "daihao", Title: name, figure: bars{}}
		if _, err := c.SVG(720, "k", nil); err == nil || !strings.Contains(err.Error(), "不能显示的字符") || !strings.Contains(err.Error(), "daihao") {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// TestRound: the corners of what stands for a circle lie on it, around its
// middle.
func TestRound(t *testing.T) {
	at, radius := Place{3 * Px, 5 * Px}, px(6)
	var x, y Length
	for _, p := range Round(at, radius) {
		dx, dy := p.X-at.X, p.Y-at.Y
		if d := dx*dx + dy*dy - radius*radius; d > radius*20 || d < -radius*20 {
			t.Errorf("%v is not %v from %v", p, radius, at)
		}
		x, y = x+dx, y+dy
	}
	if x != 0 || y != 0 {
		t.Errorf("its middle is off by %v, %v", x, y)
	}
}

func TestLength(t *testing.T) {
	for l, want := range map[Length]string{0: "0", Px: "1", Px / 2: "0.5", -Px / 4: "-0.25", 12*Px + 1: "12.0001", -3 * Px: "-3"} {
		if got := l.String(); got != want {
			t.Errorf("%d is written %s, want %s", int(l), got, want)
		}
	}
	if got := hair(px(77)).String() + " " + hair(Px*1810545/10000).String(); got != "77.5 181.5" {
		t.Errorf("hairlines at %s", got)
	}
}
