package pdf

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/chart"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// titles lists the bookmarks down to a level.
func titles(p *sheets, level int) []string {
	var list []string
	for _, b := range p.bookmarks {
		if b.Level <= level {
			list = append(list, b.Title)
		}
	}
	return list
}

func TestPartsAndTheirNumbers(t *testing.T) {
	got := titles(paperOf(t, publicView(t, nil), Options{}), 4)
	want := []string{
		"一、总体情况", "（一）主要数据", "（二）行动阶段", "（三）工作重点", "1.查处假劣种子",
		"二、工作总结", "（一）临江市农业农村局", "（二）临江市公安局",
		"三、各部门工作总结",
		"（一）临江市农业农村局", "1.经验做法", "2.行动成效", "3.存在问题", "（1）人手不足", "4.下一步打算",
		"5.东乡县工作情况", "（1）经验做法", "（2）行动成效", "（3）存在问题", "（4）下一步打算",
		"（二）临江市公安局", "1.经验做法", "2.行动成效", "3.存在问题", "4.下一步打算",
		"（三）临江市商务局",
		"四、违法典型案例", "（一）东乡县农业农村局查处某经营部销售假种子案", "1.案情", "2.处罚",
		"五、统计表", "（一）一季度统计表", "（二）一季度分地区统计表", "（三）二季度统计表", "（四）二季度分地区统计表",
		"六、联合执法图片视频资料", "（一）联合检查",
		"七、消费警示", "（一）买种子先看标签",
		"八、数据口径与来源", "（一）期次和口径", "（二）计算方法", "（三）数据来源",
	}
	if !slices.Equal(got, want) {
		t.Errorf("标题是\n%q\n应为\n%q", got, want)
	}
}

// summaryOf is the whole campaign's summary of a round, of a 公开方式.
func summaryOf(disclosure string) string {
	return `---
公开方式: ` + disclosure + `
发布日期: 2031-06-16
审核: {初审: {人: 甲, 日期: 2031-06-12}, 复审: {人: 乙, 日期: 2031-06-13}, 终审: {人: 丙, 日期: 2031-06-14}, 保密审查: {人: 丁, 日期: 2031-06-14}}
---
## 经验做法

全市一盘棋。

## 行动成效

农业农村部门检查门店{{农业农村局/检查门店}}。

## 存在问题

力量不足。

## 下一步打算

久久为功。
`
}

// TestWholeOfTheVolume: the lead office's own words stand for the whole campaign; where
// it has none of the newest round that the reader may see, each department's
// results stand under its name, as it wrote them.
func TestWholeOfTheVolume(t *testing.T) {
	const (
		own     = "全市一盘棋。"
		excerpt = "（以下是各部门总结的“行动成效”一节，全文见“各部门工作总结”。）"
	)
	type part struct{ own, excerpt bool }
	for name, c := range map[string]struct {
		file, disclosure string
		public, office   part
	}{
		"公开的":     {"content/narratives/q2/index.md", "主动公开", part{own: true}, part{own: true}},
		"没有公开的":   {"content/narratives/q2/index.md", "依申请公开", part{excerpt: true}, part{own: true}},
		"只有上一期的":  {"content/narratives/q1/index.md", "主动公开", part{excerpt: true}, part{excerpt: true}},
		"哪一期都没有的": {"content/narratives/q2/没有.txt", "主动公开", part{excerpt: true}, part{excerpt: true}},
	} {
		t.Run(name, func(t *testing.T) {
			changes := map[string]string{c.file: summaryOf(c.disclosure)}
			for v, want := range map[*release.View]part{publicView(t, changes): c.public, wholeView(t, changes): c.office} {
				p := paperOf(t, v, Options{})
				text := words(p.pages...)
				if got := (part{strings.Contains(text, own), strings.Contains(text, excerpt)}); got != want {
					t.Errorf("%v: 自己的总结、部门的成效 %v，应为 %v", v.Audience(), got, want)
				}
				heads := titles(p, 2)
				at := slices.Index(heads, "二、工作总结")
				first := "（一）临江市农业农村局"
				if want.own {
					first = "（一）经验做法"
				}
				if at < 0 || heads[at+1] != first {
					t.Errorf("%v: “工作总结”下面先是 %q", v.Audience(), heads[at+1:])
				}
				if want.excerpt && strings.Count(text, "比上期变化") != 2 {
					t.Errorf("%v: 农业农村局的成效没有照原样印两处", v.Audience())
				}
			}
		})
	}
}

func TestPartsWithNothingAreLeftOut(t *testing.T) {
	p := paperOf(t, publicView(t, map[string]string{
		"content/cases/jiazhongzi.md": "", "content/gallery/jiancha.md": "",
		"content/narratives/q2/nongye.md":           strings.Replace(fileOf(t, "content/narratives/q2/nongye.md"), "[典型案例](../../cases/jiazhongzi.md)", "典型案例", 1),
		"content/narratives/q2/nongye/dongxiang.md": "",
	}), Options{})
	want := []string{"一、总体情况", "二、工作总结", "三、各部门工作总结", "四、统计表", "五、消费警示", "六、数据口径与来源"}
	if got := titles(p, 1); !slices.Equal(got, want) {
		t.Errorf("各部分是 %q，应为 %q", got, want)
	}
}

// A campaign that has only its settings still makes a report.
func TestBareCampaign(t *testing.T) {
	changes := map[string]string{}
	for _, f := range archiveNames(t) {
		if f != "data/campaign.yaml" && f != "data/form.yaml" {
			changes[f] = ""
		}
	}
	p := paperOf(t, publicView(t, changes), Options{})
	if got := titles(p, 2); !slices.Equal(got, []string{"一、总体情况", "（一）行动阶段", "（二）工作重点"}) {
		t.Errorf("标题是 %q", got)
	}
}

func TestNarratives(t *testing.T) {
	p := paperOf(t, publicView(t, nil), Options{})
	text := words(p.pages...)
	for _, want := range []string{
		"（以下为一季度工作总结。）提前介入", // the public has only the older one
		"暂无公开的工作总结。",        // 商务局
		"共400个次", "比上期变化25.0%", "东乡县79个次",
	} {
		// The mark of the older round comes before its sections.
		want = strings.Replace(want, "）提前介入", "）1.经验做法提前介入", 1)
		if !strings.Contains(text, want) {
			t.Errorf("没有“%s”", want)
		}
	}
	if strings.Contains(text, "未公开") {
		t.Error("公众的报告里有未公开的内容")
	}
	whole := words(paperOf(t, wholeView(t, nil), Options{}).pages...)
	for _, want := range []string{"（未公开：公开方式是依申请公开）1.经验做法未公开的内容。", "未报送工作总结。", "内部资料"} {
		if !strings.Contains(whole, want) {
			t.Errorf("报送版没有“%s”", want)
		}
	}
}

func TestInlineStyles(t *testing.T) {
	p := paperOf(t, publicView(t, nil), Options{})
	fontOf := map[string]string{}
	for _, page := range p.pages {
		for _, op := range page.Ops {
			if x, ok := op.(typeset.Text); ok {
				fontOf[x.Text] = x.Font.Name()
			}
		}
	}
	for part, font := range map[string]string{"抽样（含网购）": "NotoSansSC", "一粒种子": "gkai00mp", "同步进行": "FandolFang", "三、各部门": "NotoSansSC", "（二）临江市公安局": "gkai00mp"} {
		found := false
		for text, name := range fontOf {
			// The summary of the whole quotes the same words without their styles.
			if strings.Contains(text, part) && !strings.Contains(text, "做法见典型") {
				found = true
				if !strings.HasPrefix(name, font) {
					t.Errorf("“%s”用的是 %s，应为 %s", text, name, font)
				}
			}
		}
		if !found {
			t.Errorf("没有找到“%s”", part)
		}
	}
	body := words(p.pages...)
	if strings.Contains(body, "example.com") {
		t.Error("外部链接印出了地址")
	}
	if strings.Count(body, "[1]") != 2 {
		t.Errorf("脚注标记出现 %d 次，应在正文和页脚各一次", strings.Count(body, "[1]"))
	}
}

// The link to the case jumps to where the case stands.
func TestLinksWithinTheReport(t *testing.T) {
	p := paperOf(t, publicView(t, nil), Options{})
	const target = "content/cases/jiazhongzi.md"
	anchor, links := -1, 0
	for i, page := range p.pages {
		for _, op := range page.Ops {
			switch op := op.(type) {
			case typeset.Anchor:
				if op.Name == target {
					anchor = i
				}
			case typeset.Link:
				if op.Anchor == target && i >= p.front {
					links++
				}
			}
		}
	}
	if anchor < p.front || links == 0 {
		t.Errorf("案例的位置在第 %d 面，正文里有 %d 处链接", anchor, links)
	}
}

func TestCaseRecordComesFirst(t *testing.T) {
	text := words(paperOf(t, publicView(t, nil), Options{}).pages...)
	order := []string{"决定书文号东农罚〔2031〕3号", "当事人某种子经营部", "违法行为类型销售假种子", "处罚内容没收假种子，罚款2万元", "办案机关东乡县农业农村局", "决定日期2031年5月10日", "罚没款2.6万元", "1.案情"}
	at := 0
	for _, want := range order {
		i := strings.Index(text[at:], want)
		if i < 0 {
			t.Fatalf("“%s”没有按次序出现", want)
		}
		at += i
	}
}

// annexTable returns the form of a round as a table.
func annexTable(t *testing.T, v *release.View, round string) *typeset.Table {
	t.Helper()
	w := newWriter(v, stats.Of(v), Options{}, &Paper{})
	r := v.Campaign().FindRound(round)
	if r == nil {
		t.Fatalf("没有%s", round)
	}
	return w.annexTable(w.stats.Annex(r))
}

func cellText(c typeset.Cell) string {
	var b strings.Builder
	for _, r := range c.Runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

func TestAnnexAsPrinted(t *testing.T) {
	table := annexTable(t, publicView(t, nil), "二季度")
	var got []string
	for _, row := range table.Rows {
		var cells []string
		for _, c := range row {
			text := strings.ReplaceAll(cellText(c), "\n", "/")
			if c.RowSpan > 1 {
				text += "↓" + string(rune('0'+c.RowSpan))
			}
			if c.ColSpan > 1 {
				text += "→" + string(rune('0'+c.ColSpan))
			}
			cells = append(cells, text)
		}
		got = append(got, strings.Join(cells, "|"))
	}
	want := []string{
		"农业农村局/立案查处50件。↓4|检查门店（个次）→2|400|含联合检查",
		"查获假劣农资（吨）→2|12.75|",
		"其/中↓2|种子（吨）|10.25|",
		"农药（吨）|2.5|",
		"公安局|刑事立案（件）→2|3|",
	}
	if !slices.Equal(got, want) {
		t.Errorf("统计表是\n%s\n应为\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	text := words(paperOf(t, publicView(t, nil), Options{}).pages...)
	for _, want := range []string{"填报单位：临江市农业农村局", "填报日期：2031年6月8日", "注：一案一计。农业农村局的二季度数未含1个县（市、区）。"} {
		if !strings.Contains(text, want) {
			t.Errorf("没有“%s”", want)
		}
	}
}

// What was not reported is never printed as a zero, and 无 is not one either.
func TestAnnexTellsBlankFromZero(t *testing.T) {
	for ledger, absent := range map[string]string{"台账公开: false\n": "—", "台账公开: true\n": "未报"} {
		v := publicView(t, map[string]string{"data/q1/nongye.yaml": "", "data/campaign.yaml": ledger + fileOf(t, "data/campaign.yaml")})
		var texts []string
		for _, row := range annexTable(t, v, "一季度").Rows {
			texts = append(texts, cellText(row[len(row)-2]))
		}
		if want := []string{absent, absent, absent, absent, "无"}; !slices.Equal(texts, want) {
			t.Errorf("%s：数量栏是 %q，应为 %q", ledger, texts, want)
		}
	}
}

func TestCharts(t *testing.T) {
	narrative := strings.Replace(fileOf(t, "content/narratives/q2/nongye.md"), "{{表:农业农村局}}", "{{图:bijiao}}", 1)
	v := publicView(t, map[string]string{"content/narratives/q2/nongye.md": narrative})
	without := words(paperOf(t, v, Options{}).pages...)
	charts := &Charts{Find: func(code string) (*chart.Chart, error) {
		if code != "bijiao" {
			t.Errorf("要的是 %s", code)
		}
		return &chart.Chart{Title: "各县比较", Head: []string{"县", "立案"}, Rows: [][]string{{"东乡县", "10"}}}, nil
	}}
	with := words(paperOf(t, v, Options{Charts: charts}).pages...)
	if strings.Contains(without, "各县比较") || !strings.Contains(with, "各县比较县立案东乡县10") {
		t.Error("图的标题和数据表不对")
	}
}

func TestFaultsNameTheirLine(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"没有的字", "一粒种子一条路。", "一粒种子\U0001F33E。", "content/narratives/q2/nongye.md:15：没有一种字体能印出字符“\U0001F33E”（U+1F33E）"},
		{"引用落空", "{{农业农村局/检查门店}}", "{{农业农村局/检查大门}}", "content/narratives/q2/nongye.md:10：引用“{{农业农村局/检查大门}}”"},
		{"没有这一县的数字", "农业农村局@东乡县", "农业农村局@西乡县", "content/narratives/q2/nongye.md:21：引用“{{农业农村局@西乡县/检查门店}}”"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(fileOf(t, "content/narratives/q2/nongye.md"), c.old, c.new, 1)
			v := publicView(t, map[string]string{"content/narratives/q2/nongye.md": text})
			var b bytes.Buffer
			err := writeReport(&b, v, Options{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("错误是 %v，应有 %s", err, c.want)
			}
			if b.Len() > 0 {
				t.Error("有错仍写出了文件")
			}
		})
	}
}

func TestBrokenPictureIsNamed(t *testing.T) {
	v := publicView(t, map[string]string{"content/gallery/jiancha.png": "不是图片"})
	err := writeReport(&bytes.Buffer{}, v, Options{})
	if err == nil || !strings.Contains(err.Error(), "content/gallery/jiancha.png") {
		t.Errorf("错误是 %v", err)
	}
}

func TestFilesCarryTheirAudience(t *testing.T) {
	for _, v := range []*release.View{publicView(t, nil), wholeView(t, nil)} {
		files := Options{Fonts: loaded}.Files(v, stats.Of(v))
		if len(files) == 0 || files[0].Path != "report.pdf" {
			t.Fatalf("%v", files)
		}
		if files[0].IsPublic() != (v.Audience() == release.ForPublic) {
			t.Error("文件没有带上读者")
		}
	}
}

// TestCorrectionsStandUpFront: a report whose figures were corrected is a later
// edition, and says so before all else. The first edition says nothing.
func TestCorrectionsStandUpFront(t *testing.T) {
	if first := words(paperOf(t, publicView(t, nil), Options{}).pages...); strings.Contains(first, "更正") || strings.Contains(first, "第2版") {
		t.Error("没有更正，报告里却说到更正")
	}
	v := publicView(t, map[string]string{"data/corrections.yaml": "更正:\n" +
		"  - {期次: 一季度, 部门: 农业农村局, 项目: 检查门店, 原值: 310, 现值: 300, 原因: 重复计了十个次, 日期: 2031-05-01}\n" +
		"  - {期次: 一季度, 部门: 公安局, 项目: 刑事立案, 原值: 1, 现值: 无, 原因: 误报, 日期: 2031-06-18}\n"})
	p := paperOf(t, v, Options{})
	title, said := words(p.pages[0]), words(p.pages[1])
	if !strings.Contains(title, "第3版（2031年6月18日更正）") {
		t.Errorf("封面没有版次：%s", title)
	}
	for _, want := range []string{"更正说明", "本报告为第3版", "2031-06-18一季度公安局刑事立案（件）1无误报", "农业农村局检查门店（个次）310300重复计了十个次"} {
		if !strings.Contains(said, want) {
			t.Errorf("第二页没有“%s”：%s", want, said)
		}
	}
	if strings.Index(said, "误报") > strings.Index(said, "重复") {
		t.Error("最近的更正应当在前")
	}
	if !strings.Contains(words(p.pages[2]), "目录") {
		t.Error("更正说明以后是目录")
	}
	if annex := words(p.pages...); !strings.Contains(annex, "更正：原310，2031-05-01") {
		t.Error("统计表的备注没有写原来的数")
	}
	if labels := p.document(v, Volume(v, stats.Of(v))).Labels; labels[1].Prefix != "正文前" {
		t.Errorf("页签：%+v", labels)
	}
}

// The counties' figures stand county by county, the whole first; what did not
// come in is never a zero.
func TestCountyTables(t *testing.T) {
	v := publicView(t, nil)
	w := newWriter(v, stats.Of(v), Options{}, &Paper{})
	d := v.Campaign().Departments[0]
	sheet := countySheet{w, v.Campaign().FindRound("二季度"), d, v.Campaign().Form.RowsOf(d)}
	table := sheet.counties()
	var head, got []string
	for _, row := range table.Head {
		for _, c := range row {
			head = append(head, cellText(c))
		}
	}
	for _, row := range table.Rows {
		var cells []string
		for _, c := range row {
			cells = append(cells, cellText(c))
		}
		got = append(got, strings.Join(cells, "|"))
	}
	if want := "地区 立案查处（件） 检查门店（个次） 查获假劣农资（吨） 其中 种子（吨） 农药（吨）"; strings.Join(head, " ") != want {
		t.Errorf("表头是 %q", head)
	}
	if !strings.HasPrefix(got[0], "合计|50|400|12.75|10.25|2.5") || !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "西乡县|—|—") }) {
		t.Errorf("表是\n%s", strings.Join(got, "\n"))
	}
}
