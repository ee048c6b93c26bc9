package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// official sets the document of the small campaign in full: the keys stand in its
// head, the text below it.
func official(t *testing.T, keys, text string) []*typeset.Page {
	t.Helper()
	return setAs(t, campaign.FormalSheet, keys, text)
}

// setAs is the same in a form of 版式.
func setAs(t *testing.T, layout, keys, text string) []*typeset.Page {
	t.Helper()
	return officialOf(t, publicView(t, writtenAs(t, layout, keys, text)))
}

// writtenAs are the files of the small campaign that differ for it.
func writtenAs(t *testing.T, layout, keys, text string) map[string]string {
	t.Helper()
	front, _, _ := strings.Cut(fileOf(t, "content/open/tongzhi.md")[4:], "有效性: ")
	return map[string]string{
		"content/open/tongzhi.md": "---\n" + front + "版式: " + layout + "\n" + keys + "---\n\n" + text + "\n",
		"content/open/biao.csv":   "项目,单位\n检查门店,个次\n",
	}
}

func officialOf(t *testing.T, v *release.View) []*typeset.Page {
	t.Helper()
	p, err := compose(v, stats.Of(v), Options{}, fonts(), documentPaper(v, v.Campaign().ItemsOf(campaign.Documents)[0]))
	if err != nil {
		t.Fatal(err)
	}
	if err := typeset.CheckInside(typeset.A4, p.pages); err != nil {
		t.Error(err)
	}
	return p.pages
}

const (
	three  = "发文机关: [临江市农业农村局, gongan, 临江市商务和贸易发展局]\n"
	press  = "印发机关: 临江市农业农村局办公室\n印发日期: 2031-03-02\n"
	copies = "抄送机关: 市委办公室，市人大常委会办公室，市政府办公室\n"
)

// everyOffice is so many names of issuers.
func everyOffice(n int) string {
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("临江市%s局", chinese(i+1)))
	}
	return "发文机关: [" + strings.Join(names, ", ") + "]\n"
}

// TestHeadOfAnOfficialDocument: 7.2.1 to 7.2.5, 7.2.7, 7.3.1 to 7.3.3.
func TestHeadOfAnOfficialDocument(t *testing.T) {
	pages := official(t, "份号: \"000007\"\n密级: 秘密★1年\n紧急程度: 特急\n主送机关: 各县人民政府，市政府各部门\n"+three, "现将方案印发给你们。")
	lead, pitch := typeset.A4.Lead(), typeset.A4.Pitch()
	half := (lead - 16) / 2
	copyNumber, _ := lineOf(t, pages, "000007")
	near(t, "份号顶格", copyNumber.left, 0)
	near(t, "份号在第一行", copyNumber.top, half)
	secret, _ := lineOf(t, pages, "秘密★1年")
	near(t, "密级顶格", secret.left, 0)
	near(t, "密级在第二行", secret.top, lead+half)
	urgent, _ := lineOf(t, pages, "特急")
	near(t, "紧急程度在第三行", urgent.top, 2*lead+half)
	if !strings.Contains(urgent.Font.Name(), "SansSC") && !strings.Contains(urgent.Font.Name(), "Hei") {
		t.Errorf("紧急程度不是黑体：%s", urgent.Font.Name())
	}
	first, _ := lineOf(t, pages, "临江市农")
	second, _ := lineOf(t, pages, "临江市公安局")
	third, _ := lineOf(t, pages, "临江市商务和")
	mark, _ := lineOf(t, pages, "文件")
	near(t, "发文机关标志上边缘距版心", first.top, 35*mm)
	near(t, "两端对齐的左边", first.left, third.left)
	near(t, "两端对齐的右边", first.right, third.right)
	near(t, "第二个机关对齐", second.left, third.left)
	near(t, "文件二字上下居中", mark.Y, second.Y)
	near(t, "整体居中", first.left+mark.right, 156*mm)
	if first.Color != typeset.Red || mark.Color != typeset.Red || mark.left < first.right {
		t.Errorf("版头是 %v、%v", first.Text, mark.Text)
	}
	number, _ := lineOf(t, pages, "临农联发〔2031〕6号")
	near(t, "文号居中", number.left+number.right, 156*mm)
	near(t, "文号在发文机关标志下空二行", number.top-third.bottom, 2*lead+half)
	rule := rulesOf(pages[0])[0]
	near(t, "红线在文号下", rule.Y1-typeset.A4.Top-number.bottom, 4*mm)
	near(t, "红线长", rule.X2-rule.X1, 156*mm)
	if rule.Color != typeset.Red {
		t.Error("分隔线不是红的")
	}
	title, _ := lineOf(t, pages, "关于")
	near(t, "标题在红线下空二行", title.top-(rule.Y1-typeset.A4.Top), 2*lead+(titleLead-22)/2)
	near(t, "标题居中", title.left+title.right, 156*mm)
	to, _ := lineOf(t, pages, "各县人民政府，市政府各部门：")
	near(t, "主送机关顶格", to.left, 0)
	if gap := to.top - title.bottom - half - (titleLead-22)/2; gap < lead-0.1 || gap > 2*lead { // up to the grid
		t.Errorf("主送机关在标题下空 %.1f 毫米", gap/mm)
	}
	text, page := lineOf(t, pages, "现将")
	near(t, "正文左空二字", text.left, 2*pitch)
	if page != 0 {
		t.Error("首页没有正文")
	}
}

// TestSignersOfADocumentToASuperior: 7.2.5, 7.2.6.
func TestSignersOfADocumentToASuperior(t *testing.T) {
	pages := official(t, three+"签发人: [欧阳某某, 张三, 李四]\n", "现将情况报告如下。")
	pitch, lead := typeset.A4.Pitch(), typeset.A4.Lead()
	var rows [][]square
	for _, s := range squares(pages[0]) {
		if s.Size != bodySize || s.Y > typeset.A4.Top+150*mm {
			continue
		}
		if n := len(rows); n > 0 && rows[n-1][0].Y == s.Y {
			rows[n-1] = append(rows[n-1], s)
		} else {
			rows = append(rows, []square{s})
		}
	}
	if len(rows) < 2 {
		t.Fatalf("%v", rows)
	}
	one, two := rows[0], rows[1]
	near(t, "发文字号居左空一字", two[0].left, pitch)
	near(t, "两行相邻", two[0].Y-one[0].Y, lead)
	if one[0].Text.Text != "签发人：" || !strings.HasPrefix(two[0].Text.Text, "临农联发") || !strings.HasPrefix(one[1].Text.Text, "欧阳某某　张三") || !strings.HasPrefix(two[len(two)-1].Text.Text, "李四") {
		t.Errorf("两行是 %v、%v", one, two)
	}
	if one[0].Font.Name() == one[1].Font.Name() {
		t.Error("签发人姓名应为楷体，“签发人”为仿宋")
	}
	near(t, "回行与第一个签发人对齐", two[len(two)-1].left, one[1].left)
	near(t, "居右空一字", 156*mm-one[1].right, pitch)
}

// TestEveryMastheadFits: whatever the names, they are on the first sheet, and text
// with them; of too many the first stands for all (7.2.4).
func TestEveryMastheadFits(t *testing.T) {
	long := "临江市人民政府办公室农产品质量安全与乡村建设综合协调管理服务中心"
	title := "标题"
	for name, keys := range map[string]string{
		"一个短的": "发文机关: 海关\n", "一个长的": "发文机关: " + long + "\n", "联合": "发文机关: [" + long + ", 海关]\n",
		"三个": three, "十个": everyOffice(10), "二十个": everyOffice(20),
		"主送很多": everyOffice(10) + "主送机关: " + strings.Repeat("临江市人民政府办公室，", 40) + "各县\n",
	} {
		pages := official(t, keys+press, "现将方案印发给你们。")
		for _, s := range squares(pages[0]) {
			if s.left < -0.1 || s.right > 156*mm+0.1 || s.Color == typeset.Red && s.Text.Text != sampleMark && s.bottom > 150*mm {
				t.Errorf("%s%s：“%s”在 %.1f–%.1f 毫米，下边 %.1f 毫米", title, name, s.Text.Text, s.left/mm, s.right/mm, s.bottom/mm)
			}
		}
		if _, page := lineOf(t, pages, "现将"); page != 0 {
			t.Errorf("%s：首页没有正文", name)
		}
		if name == "主送很多" {
			if _, page := lineOf(t, pages, "主送："); page != len(pages)-1 {
				t.Errorf("主送机关没有移到版记，在第 %d 页", page+1)
			}
		}
	}
}

// TestSignaturesOfOneToTwenty: 7.3.5.2, 7.3.5.5, 7.3.6: whole, on one sheet with
// text, the day two characters right of the last name, wherever the text ends.
func TestSignaturesOfOneToTwenty(t *testing.T) {
	pitch := typeset.A4.Pitch()
	for _, n := range []int{1, 2, 10, 20} {
		for lines := 1; lines < 24; lines += 3 {
			pages := official(t, everyOffice(n)+"附件: [{文件: biao.csv, 名称: 任务清单}]\n", strings.Repeat("正", 28*lines-9))
			last, page := signedBy(t, pages, "临江市"+chinese(n)+"局")
			day, on := lineOf(t, pages, "2031年3月1日")
			note, noteOn := lineOf(t, pages, "（此件主动公开）")
			names := 0
			text := false
			for _, s := range squares(pages[on]) {
				if s.Color != typeset.Red && strings.HasPrefix(s.Text.Text, "临江市") && strings.HasSuffix(s.Text.Text, "局") {
					names++
				}
				text = text || strings.HasPrefix(s.Text.Text, "正")
			}
			// A text of a line leaves the first page to ten issuers' signature.
			text = text || lines == 1 && n > 2
			if page != on || noteOn != on || names != n || !text || note.bottom > 225*mm+0.1 {
				t.Errorf("%d 个机关、%d 行正文：署名在第 %d 页 %d 个，日期在第 %d 页，有正文 %v", n, lines, page+1, names, on+1, text)
			}
			if day.left-day.right < last.left-last.right { // the day is the longer
				near(t, "成文日期右空二字", 156*mm-day.right, 2*pitch)
			}
			near(t, "成文日期比署名首字右移二字", day.left-last.left, 2*pitch)
			near(t, "附注左空二字", note.left, 2*pitch)
		}
	}
}

// signedBy finds a name below the text.
func signedBy(t *testing.T, pages []*typeset.Page, name string) (square, int) {
	t.Helper()
	for n, p := range pages {
		for _, s := range squares(p) {
			if s.Text.Text == name && s.Color != typeset.Red {
				return s, n
			}
		}
	}
	t.Fatalf("没有%s的署名", name)
	return square{}, 0
}

// TestAnnexesOfAnOfficialDocument: 7.3.4, 7.3.7: titles and never files' names, each
// annex on a sheet of its own before 版记.
func TestAnnexesOfAnOfficialDocument(t *testing.T) {
	pages := official(t, press+"附件: [{文件: fenggong.txt, 名称: 任务分工}, biao.csv]\n", "现将方案印发给你们。\n\n# 行动方案\n\n## 一、目标\n\n管住。\n\n## 措施\n\n严查。\n\n# 附件1：联系方式\n\n值班电话。")
	lead := typeset.A4.Lead()
	first, at := lineOf(t, pages, "附件：1. 联系方式")
	near(t, "附件说明左空二字", first.left, 2*typeset.A4.Pitch())
	lineOf(t, pages, "2. 任务分工")
	lineOf(t, pages, "3. 表格")
	if at != 0 {
		t.Errorf("附件说明在第 %d 页", at+1)
	}
	_, plan := lineOf(t, pages, "行动方案")
	if plan != 1 {
		t.Errorf("印发件在第 %d 页", plan+1)
	}
	for n, title := range []string{"联系方式", "任务分工", "表格"} {
		label, page := lineOf(t, pages, fmt.Sprintf("附件%d", n+1))
		near(t, "附件二字顶格", label.left, 0)
		near(t, "附件二字在第一行", label.top, (lead-16)/2)
		var head square
		for _, s := range squares(pages[page]) {
			if s.Text.Text == title && s.Size == titleSize {
				head = s
			}
		}
		if page != plan+1+n || head.Text.Text == "" {
			t.Errorf("附件%d在第 %d 页，标题%q", n+1, page+1, head.Text.Text)
		}
		near(t, "附件标题居中", head.left+head.right, 156*mm)
		near(t, "附件标题在第三行", head.top, 2*lead+(titleLead-22)/2)
	}
	all := ""
	for _, p := range pages {
		for _, s := range squares(p) {
			all += s.Text.Text
		}
	}
	for _, want := range []string{"值班电话", "检查门店", "一、目标", "二、措施"} {
		if !strings.Contains(all, want) {
			t.Errorf("没有印%q", want)
		}
	}
	if strings.Contains(all, ".csv") || strings.Contains(all, ".txt") || strings.Contains(all, "一、一、") {
		t.Errorf("印了文件名或重复的序号：%s", all)
	}
}

// TestColophon: 7.4: at the foot of the last page, an even one, rules 0.35 mm at
// both ends and 0.25 mm between; what is long wraps; a page of its own after an
// empty one has no number (7.5).
func TestColophon(t *testing.T) {
	lead := typeset.A4.Lead()
	for _, c := range []struct {
		name, keys, text string
		pages            int
		bare             bool
	}{
		{"一面", copies + press, "现将方案印发给你们。", 2, false},
		{"两面", copies + press, strings.Repeat("正", 28*12), 2, false},
		{"满两面", copies + press, strings.Repeat("正", 28*24), 4, true},
		{"抄送很多", "抄送机关: " + strings.Repeat("市人大常委会办公室，", 30) + "省厅\n" + press, "现将方案印发给你们。", 2, false},
		{"印发机关很长", "印发机关: " + strings.Repeat("临江市农业农村局", 6) + "办公室\n印发日期: 2031-03-02\n", "现将方案印发给你们。", 2, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			pages := official(t, c.keys, c.text)
			if len(pages) != c.pages {
				t.Fatalf("%d 页，应为 %d 页", len(pages), c.pages)
			}
			last := pages[len(pages)-1]
			rules := rulesOf(last)
			bottom := rules[len(rules)-1]
			near(t, "末条分隔线在版心下边缘", bottom.Y1, (37+225)*mm)
			near(t, "末条分隔线与版心等宽", bottom.X2-bottom.X1, 156*mm)
			near(t, "首条分隔线粗", rules[0].Width, 0.35*mm)
			near(t, "末条分隔线粗", bottom.Width, 0.35*mm)
			if strings.Contains(c.keys, "抄送") {
				if len(rules) != 3 {
					t.Fatalf("%d 条线", len(rules))
				}
				near(t, "中间的分隔线细", rules[1].Width, 0.25*mm)
				near(t, "中间的分隔线在印发机关上", bottom.Y1-rules[1].Y1, lead)
				to, _ := lineOf(t, pages, "抄送：")
				near(t, "抄送左空一字", to.left, 14)
				var second square
				for _, s := range squares(last) {
					if s.Size == contentSize && s.Y > to.Y && s.Y < rules[1].Y1 && second.Text.Text == "" {
						second = s
					}
				}
				if second.Text.Text != "" {
					near(t, "回行与冒号后的首字对齐", second.left, 14+3*14)
				}
			}
			var printed []square
			for _, s := range squares(last) {
				if s.Size == contentSize && s.Text.Text != "" && !strings.HasPrefix(s.Text.Text, "—") {
					printed = append(printed, s)
					if s.right > 156*mm+0.1 || s.left < 13.9 {
						t.Errorf("“%s”在 %.1f–%.1f 毫米", s.Text.Text, s.left/mm, s.right/mm)
					}
				}
			}
			day := printed[len(printed)-1]
			near(t, "印发日期右空一字", 156*mm-day.right, 14)
			if !strings.HasSuffix(day.Text.Text, "印发") {
				t.Errorf("末行是%q", day.Text.Text)
			}
			for n, p := range pages {
				if bare := c.bare && n >= len(pages)-2; p.Bare != bare || (lastText(p).Text == fmt.Sprintf("— %d —", n+1)) == bare {
					t.Errorf("第 %d 页的页码是%q", n+1, lastText(p).Text)
				}
			}
		})
	}
}

// TestRegisterPage: without 版式 there is no red head, whatever else the head says.
func TestRegisterPage(t *testing.T) {
	v := publicView(t, nil)
	pages := officialOf(t, v)
	for _, p := range pages {
		for _, s := range squares(p) {
			if s.Color == typeset.Red && s.Text.Text != sampleMark || s.Size > titleSize {
				t.Errorf("登记页有红头：%v", s.Text)
			}
		}
	}
	var out bytes.Buffer
	if err := (Options{Fonts: loaded}).Write(&out, v, stats.Of(v), documentPaper(v, v.Campaign().ItemsOf(campaign.Documents)[0])); err != nil {
		t.Fatal(err)
	}
	lineOf(t, pages, "索引号")
	lineOf(t, pages, "附件：1. 责任分工表")
}

// TestWrittenNumbersStay: a heading that its writer has numbered gets no second
// number.
func TestWrittenNumbersStay(t *testing.T) {
	var n numbering
	for _, c := range []struct {
		level       int
		title, want string
	}{
		{1, "一、总体要求", ""}, {1, "工作重点", "二、"}, {2, "（一）治理", ""}, {2, "(二)整治", ""}, {2, "严查", "（三）"},
		{3, "1.检查", ""}, {3, "2、抽查", ""}, {3, "2022年的做法", "3."}, {3, "1.5倍的增长", "4."}, {4, "（1）门店", ""}, {4, "（2022）", ""},
		{1, "十一、附则", ""}, {1, "第一章　总则", ""}, {1, "一张网", "五、"}, {5, "①核对", ""},
	} {
		if got, _ := n.of(c.level, c.title); got != c.want {
			t.Errorf("%s：%q，应为%q", c.title, got, c.want)
		}
	}
	if number, count := n.of(1, "总则"); number != "六、" || count != 6 {
		t.Errorf("编号是 %s，数到 %d", number, count)
	}
}

// TestNumberedItemsAreParagraphs: 7.3.3. The items of an official document begin two
// characters in, with the number before the first character, and their other lines at the
// edge.
func TestNumberedItemsAreParagraphs(t *testing.T) {
	pages := official(t, "", "办法如下。\n\n1. 动员部署（9月）。"+strings.Repeat("各地各部门制定实施方案，", 4)+"开展宣传。\n2. 2031年底以前总结。\n\n- 平台")
	pitch := typeset.A4.Pitch()
	first, _ := lineOf(t, pages, "1.动员部署")
	near(t, "序号左空二字", first.left, 2*pitch)
	second, _ := lineOf(t, pages, "2. 2031年底")
	near(t, "第二项左空二字", second.left, 2*pitch)
	for _, s := range squares(pages[0]) {
		if s.Y > first.Y && s.Y < second.Y && s.left > 2*pitch && s.left < 4*pitch {
			t.Errorf("回行“%s”没有顶格", s.Text.Text)
		}
	}
}
