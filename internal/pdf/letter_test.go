package pdf

import (
	"maps"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/stats"
)

// TestLetter: 10.1. The name of the issuer stands 30 mm below the edge of the sheet, two
// red double rules 170 mm long below it and 20 mm above the lower edge; the number is at
// the right, level with the first mark at the left; the first sheet has no number, and 版记
// no 印发机关 and no rules.
func TestLetter(t *testing.T) {
	pages := setAs(t, campaign.LetterSheet, "份号: \"000007\"\n紧急程度: 特急\n主送机关: 各县人民政府\n"+copies+press+three, strings.Repeat("商请协助核查。\n\n", 36))
	name, _ := lineOf(t, pages, "临江市农")
	near(t, "发文机关标志上边缘距上页边", name.top, 30*mm-typeset.A4.Top)
	near(t, "发文机关标志居中", name.left+name.right, 156*mm)
	if text := textOfPages(pages[:1]); strings.Contains(text, "文件") || strings.Contains(text, "临江市公安局") || strings.Contains(text, "— 1 —") || strings.Contains(text, "—1—") {
		t.Errorf("首页是 %s", text)
	}
	rules := rulesOf(pages[0])
	if len(rules) != 4 {
		t.Fatalf("%d 条线", len(rules))
	}
	for n, r := range rules {
		near(t, "红线长", r.X2-r.X1, 170*mm)
		near(t, "红线居中", r.X1+r.X2, 210*mm)
		if thick := n == 0 || n == 3; r.Color != typeset.Red || (r.Width > 0.5*mm) != thick {
			t.Errorf("第 %d 条线粗 %.2f 毫米", n+1, r.Width/mm)
		}
	}
	upper := func(r typeset.Rule) float64 { return r.Y1 - r.Width/2 }
	near(t, "第一条红双线在标志下", upper(rules[0])-typeset.A4.Top-name.bottom, 4*mm)
	near(t, "第二条红双线距下页边", typeset.A4.Height-upper(rules[2]), 20*mm)
	copyNumber, _ := lineOf(t, pages, "000007")
	urgent, _ := lineOf(t, pages, "特急")
	below := rules[1].Y1 + rules[1].Width/2 - typeset.A4.Top
	near(t, "份号顶格", copyNumber.left, 0)
	near(t, "份号在红双线下八分之七字高", copyNumber.top-below, 14)
	near(t, "紧急程度在份号下一行", urgent.top-copyNumber.top, typeset.A4.Lead())
	var number square
	for _, s := range squares(pages[0]) {
		if strings.HasSuffix(s.Text.Text, "6号") {
			number = s
		}
	}
	near(t, "文号顶格居右", number.right, 156*mm)
	near(t, "文号与份号在一行", number.Y, copyNumber.Y)
	title, _ := lineOf(t, pages, "关于")
	near(t, "标题在上面空二行", title.top-urgent.bottom, 2*typeset.A4.Lead()+(typeset.A4.Lead()-16)/2+(titleLead-22)/2)

	if len(pages) != 3 {
		t.Fatalf("%d 页，应为单数页，版记在末页", len(pages))
	}
	last := pages[2]
	if text := textOfPages(pages[2:]); !strings.Contains(text, "抄送：") || strings.Contains(text, "印发") || len(rulesOf(last)) != 0 {
		t.Errorf("末页是 %s，有 %d 条线", text, len(rulesOf(last)))
	}
	to, _ := lineOf(t, pages[2:], "抄送：")
	near(t, "版记在版心最下", to.bottom, 225*mm-(typeset.A4.Lead()-14)/2)
	if !strings.HasPrefix(lastText(last).Text, "— 3 —") {
		t.Errorf("末页的页码是 %q", lastText(last).Text)
	}
}

// TestMinutes: 10.3. The mark ends with 纪要; who was there stands below the text, in 黑体
// and 仿宋; nobody signs.
func TestMinutes(t *testing.T) {
	pages := setAs(t, campaign.MinutesSheet, "发文机关: 临江市联席会议\n出席: [市农业农村局甲某, 市公安局乙某"+strings.Repeat(", 市商务局丙某", 4)+"]\n请假: 市税务局\n列席: 各县农业农村局\n"+press, "会议听取了进展情况。")
	mark, _ := lineOf(t, pages, "临江市联席会议纪要")
	near(t, "纪要标志上边缘距版心", mark.top, 35*mm)
	near(t, "纪要标志居中", mark.left+mark.right, 156*mm)
	text, _ := lineOf(t, pages, "会议听取")
	var rows []square
	for _, label := range []string{"出席：", "请假：", "列席："} {
		row, _ := lineOf(t, pages, label)
		near(t, label+"左空二字", row.left, 2*typeset.A4.Pitch())
		if strings.Contains(row.Font.Name(), "Fang") {
			t.Errorf("%s不是黑体", label)
		}
		rows = append(rows, row)
	}
	near(t, "正文下空一行", rows[0].top-text.top, 2*typeset.A4.Lead())
	near(t, "请假在出席之后", rows[1].top-rows[0].top, 2*typeset.A4.Lead())
	near(t, "列席在请假之后", rows[2].top-rows[1].top, typeset.A4.Lead())
	if page := textOfPages(pages); strings.Count(page, "临江市农业农村局") != 2 || strings.Contains(page, "文件") { // who writes it, and who prints it
		t.Errorf("%s", page)
	}
}

// Both are PDF/UA-1 with their code, which stands above the rule at a letter's foot.
func TestLettersAreUniversal(t *testing.T) {
	for layout, keys := range map[string]string{campaign.LetterSheet: "主送机关: 各县人民政府\n", campaign.MinutesSheet: "出席: [市公安局乙某]\n"} {
		changes := addressed(t)
		maps.Copy(changes, writtenAs(t, layout, keys, "内容如下。\n\n1. 第一项。\n2. 第二项。"))
		v := publicView(t, changes)
		universal(t, fileFor(t, Options{Fonts: loaded}, v, stats.Of(v), documentPaper(v, v.Campaign().ItemsOf(campaign.Documents)[0])))
		pages := officialOf(t, v)
		areas, lowest := 0, 0.0
		for _, op := range pages[0].Ops {
			if a, ok := op.(typeset.Area); ok {
				areas++
				lowest = max(lowest, a.Rings[0][2].Y)
			}
		}
		if areas == 0 || layout == campaign.LetterSheet && (lowest > typeset.A4.Height-letterFoot || len(pages) != 1) {
			t.Errorf("%s：%d 页，二维码到 %.1f 毫米", layout, len(pages), lowest/mm)
		}
	}
}
