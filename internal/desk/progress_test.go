package desk

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"html"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"wangjian/internal/inbox"
)

// gathering is a desk over a campaign in which everything that can happen to a return
// has happened: the form of 市场监管局 is late, that of 南山镇 missing, that of 教体局
// unreadable, as the narrative of 城管局; the third round is not due.
func gathering(t *testing.T) *browser {
	dir := copied(t, smallCampaign)
	for name, text := range map[string]string{
		"data/q2/jiaoyu.yaml":                "填报单位: [\n",
		"content/narratives/q2/chengguan.md": "---\n公开方式: [\n---\n",
		"收件/2026-05-02/表.csv":                "项目,数量\n",
		"收件/登记.yaml": "- {日期: 2026-05-02, 文件: 2026-05-02/表.csv, 校验值: " + inbox.HashOf([]byte("项目,数量\n")) +
			", 原名: 市场局报表.csv, 来自: 来信.eml, 内容: 统计表, 期次: 第二次, 单位: 市场监管局, 写成: data/q2/shichang.yaml}\n",
	} {
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		must(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	edit(t, dir, "data/q2/shichang.yaml", "填报日期: 2026-05-02\n", "填报日期: 2026-04-29\n收到日期: 2026-05-02\n")
	return opened(t, dir, at("2026-05-10"))
}

var (
	lineOfUnit = regexp.MustCompile(`(?s)<tr[^>]*><th scope="row">([^<]*)</th>(.*?)</tr>`)
	cellOfLine = regexp.MustCompile(`(?s)<td.*?</td>`)
	aTag       = regexp.MustCompile(`<[^>]*>`)
)

// linesOf reads the table of a page back: by unit, what its cells say.
func linesOf(page string) (names []string, cells map[string][]string) {
	cells = map[string][]string{}
	for _, m := range lineOfUnit.FindAllStringSubmatch(page, -1) {
		names = append(names, m[1])
		for _, cell := range cellOfLine.FindAllString(m[2], -1) {
			text := html.UnescapeString(aTag.ReplaceAllString(cell, " "))
			if _, after, found := strings.Cut(text, "："); found {
				text = after // the words for who does not see the table
			}
			cells[m[1]] = append(cells[m[1]], strings.Join(strings.Fields(text), " "))
		}
	}
	return names, cells
}

// TestProgress: at a glance every round and unit: filed, late by its arrival, missing,
// unreadable and not due yet are told apart, of forms and of narratives.
func TestProgress(t *testing.T) {
	b := gathering(t)
	page := b.get("/_desk/progress?counties=1")
	names, cells := linesOf(page)
	if got := strings.Join(names, " "); got != "清河市市场监督管理局 东城街道市场监管所 西城街道市场监管所 南山镇市场监管局 清河市教育体育局 清河市城市管理局" {
		t.Errorf("units %s", got)
	}
	for unit, want := range map[string]string{
		"清河市市场监督管理局": "已报 3月31日|已报|逾期 5月2日到，逾期 2 天 县（市、区） 2/3|已报|未到期|未到期",
		"东城街道市场监管所":  "未报 已过 40 天|不用报|已报 4月28日|已报|未到期|不用报",
		"南山镇市场监管局":   "未报 已过 40 天|不用报|未报 已过 10 天|不用报|未到期|不用报",
		"清河市教育体育局":   "已报 3月30日|已报|报了但读不出|已报|已报 5月8日|已报",
		"清河市城市管理局":   "无统计项目|已报|无统计项目|报了但读不出|无统计项目|未到期",
	} {
		if got := strings.Join(cells[unit], "|"); got != want {
			t.Errorf("%s: %s", unit, got)
		}
	}
	wants(t, page, "<strong>逾期报表</strong>：市场监管局（2026-05-02 收到）", `<a href="/_desk/edit?file=data%2Fq2%2Fjiaoyu.yaml&line=1">`, "报了但读不出：清河市城市管理局的工作总结",
		"已过 40 天", "还有 21 天", "下载催报通知（Word，3 份）", "下载催报通知（Word，1 份）", `进度 <span class="badge">6</span>`)
}

// TestProgressFilters: the table is cut down by round, by standing and by name, and
// says what it leaves out.
func TestProgressFilters(t *testing.T) {
	b := gathering(t)
	for query, want := range map[string]string{
		"":                  "清河市市场监督管理局 清河市教育体育局 清河市城市管理局",
		"round=q2&state=未报": "南山镇市场监管局",
		"state=逾期":          "清河市市场监督管理局",
		"state=报了但读不出":      "清河市教育体育局 清河市城市管理局",
		"q=东城":              "东城街道市场监管所",
		"q=教体局":             "清河市教育体育局",
		"round=q3&state=未报": "",
		"q=<没有>":            "",
		"round=q9":          "",
	} {
		page := b.get("/_desk/progress?" + strings.NewReplacer("<", "%3C", ">", "%3E").Replace(query))
		names, _ := linesOf(page)
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: %s", query, got)
		}
		if want == "" {
			wants(t, page, `没有符合的单位。<a href="/_desk/progress">看全部</a>`)
		}
	}
	wants(t, b.get("/_desk/progress"), "还有 3 个县（市、区）的没有列出", "/_desk/progress?counties=1")
	wants(t, b.get("/_desk/progress?round=q2&state=未报"), `<option value="q2" selected>`, `<option selected>未报`)
}

// fetch returns what a link downloads, under which name.
func (b *browser) fetch(path string) (name string, data []byte) {
	b.t.Helper()
	r, err := b.client.Get(b.root + path)
	must(b.t, err)
	data = []byte(b.read(r))
	if r.StatusCode != http.StatusOK {
		b.t.Fatalf("%s: status %d\n%s", path, r.StatusCode, data)
	}
	return r.Header.Get("Content-Disposition"), data
}

// TestProgressTable: the whole as CSV and as a page to print, with the filter of the
// page that they come from.
func TestProgressTable(t *testing.T) {
	b := gathering(t)
	_, data := b.fetch("/_desk/progress/csv")
	lines, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	must(t, err)
	if !bytes.HasPrefix(data, []byte("\ufeff")) || len(lines) != 1+3*6 || strings.Join(lines[0], " ") != "期次 截止 部门 地区 单位 统计表 填报日期 收到日期 逾期天数 总结 文件" {
		t.Fatalf("got %d lines, %v", len(lines), lines[0])
	}
	if got := strings.Join(lines[7], ","); got != "第二次,2026-04-30,市场监管局,,清河市市场监督管理局,逾期,2026-04-29,2026-05-02,2,已报,data/q2/shichang.yaml" {
		t.Errorf("got %s", got)
	}
	_, data = b.fetch("/_desk/progress/csv?round=q2&state=未报")
	if got := strings.Split(strings.TrimSpace(string(data)), "\n"); len(got) != 2 || !strings.Contains(got[1], "南山镇市场监管局,未报,,,10,不用报,") {
		t.Errorf("got %q", got)
	}
	page := b.get("/_desk/progress/print?round=q2")
	names, cells := linesOf(page)
	if len(names) != 6 || len(cells[names[0]]) != 2 {
		t.Errorf("printed %v", cells)
	}
	wants(t, page, "清河市2026年春季校园食品安全专项行动报送进度", "截至 2026年5月10日", "data-print", `href="/_desk/progress?counties=1&round=q2"`)
	wants(t, b.get("/_desk/progress?round=q2&state=未报"), `href="/_desk/progress/print?round=q2&state=%E6%9C%AA%E6%8A%A5"`, `href="/_desk/progress/csv?round=q2&state=%E6%9C%AA%E6%8A%A5"`)
}

// TestProgressUnit: a click opens the unit: what it handed in and when, the originals,
// what is wrong with its files; what it has not handed in leads to where that is done.
func TestProgressUnit(t *testing.T) {
	b := gathering(t)
	page := b.get("/_desk/progress/unit?round=q2&unit=shichang")
	wants(t, page, "清河市市场监督管理局：第二次", "逾期", "5月2日到，逾期 2 天", "<dt>填报日期</dt><dd>2026年4月29日</dd>", "<dt>收到</dt><dd>2026年5月2日</dd>", "data/q2/shichang.yaml",
		"市场局报表.csv", "来自 来信.eml", "sum-incomplete", "南山镇市场监管局", "未报", "看第一次", `href="/_desk/data?round=q2"`)
	link := regexp.MustCompile(`href="(/_desk/incoming/original[^"]*)"`).FindStringSubmatch(page)
	if link == nil {
		t.Fatal("the original cannot be had")
	}
	if _, data := b.fetch(html.UnescapeString(link[1])); string(data) != "项目,数量\n" {
		t.Errorf("got %q", data)
	}
	lacks(t, page, "催报通知")

	page = b.get("/_desk/progress/unit?round=q2&unit=jiaoyu")
	wants(t, page, "统计表：报了但读不出", "不算没有报", "data/q2/jiaoyu.yaml:1:7", "检查出的问题", `<strong class="level">错误</strong>`)
	lacks(t, page, "催报通知", "自己填进去")

	page = b.get("/_desk/progress/unit?round=q2&unit=shichang&region=nanshan")
	wants(t, page, "未报", "自己填进去", `href="/_desk/data?round=q2&sheet=shichang"`, "报来了，去收件", "催报通知")
	page = b.get("/_desk/progress/unit?round=q2&unit=chengguan")
	wants(t, page, "无统计项目", "不用报", "总结：报了但读不出")
	lacks(t, page, "自己填进去")
	for _, query := range []string{"round=q9&unit=jiaoyu", "round=q2&unit=nobody", "round=q2&unit=jiaoyu&region=dongcheng", "round=q2&unit=shichang&region=nowhere", ""} {
		wants(t, b.get("/_desk/progress/unit?"+query), "没有这个页面")
	}
}

// textOfWord is the text of a Word file, a line for each paragraph.
func textOfWord(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	f, err := z.Open("word/document.xml")
	must(t, err)
	defer f.Close()
	var text strings.Builder
	d := xml.NewDecoder(f)
	for inText := false; ; {
		token, err := d.Token()
		if err == io.EOF {
			return strings.TrimSpace(text.String())
		}
		must(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			inText = token.Name.Local == "t"
		case xml.CharData:
			if inText {
				text.Write(token)
			}
		case xml.EndElement:
			if inText = false; token.Name.Local == "p" {
				text.WriteString("\n")
			}
		}
	}
}

// TestReminders: who is late gets a letter as text and as Word in the same words, all
// in one archive; who has handed in what cannot be read gets none.
func TestReminders(t *testing.T) {
	b := gathering(t)
	squeeze := func(text string) string { return strings.Join(strings.Fields(text), "") }
	page := b.get("/_desk/progress/unit?round=q2&unit=shichang&region=nanshan")
	m := regexp.MustCompile(`(?s)<pre id="letter"[^>]*>(.*?)</pre>`).FindStringSubmatch(page)
	if m == nil {
		t.Fatal(page)
	}
	letter := html.UnescapeString(m[1])
	wants(t, letter, "南山镇市场监管局：", "第二次统计表应于2026年4月30日前报送", "已逾期10天")
	name, data := b.fetch("/_desk/progress/reminder?round=q2&unit=shichang&region=nanshan")
	if got := textOfWord(t, data); squeeze(got) != squeeze(letter) {
		t.Errorf("the Word file says\n%s\nthe text\n%s", got, letter)
	}
	if !strings.Contains(name, "docx") {
		t.Errorf("it is saved as %s", name)
	}
	wants(t, b.get("/_desk/progress/reminder?round=q2&unit=jiaoyu"), "不用催")

	for query, want := range map[string]int{"": 4, "?round=q1": 3, "?round=q2": 1} {
		_, data := b.fetch("/_desk/progress/reminders" + query)
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		must(t, err)
		if len(z.File) != want {
			t.Errorf("%s: %d letters", query, len(z.File))
		}
		for _, f := range z.File {
			if strings.Contains(f.Name, "教体局") || !strings.HasSuffix(f.Name, "_2026-05-10.docx") {
				t.Errorf("%s: %s", query, f.Name)
			}
		}
	}
	wants(t, b.get("/_desk/progress/reminders?round=q3"), "没有逾期未报的单位，不用催")
}

// TestDue: what falls due as a list and as a file for a calendar.
func TestDue(t *testing.T) {
	b := gathering(t)
	wants(t, b.get("/_desk/progress/due"), "第三次截止报送", "21 天后", `<a href="/_desk/edit?file=data%2Fcampaign.yaml">`, "data/q2/jiaoyu.yaml:1:7")
	lacks(t, b.get("/_desk/progress/due?days=20"), "第三次截止报送")
	wants(t, b.get("/_desk/progress/due?days=0"), "没有截止、发布、到期的事项")
	for _, days := range []string{"-1", "x", "1.5", "99999"} {
		wants(t, b.get("/_desk/progress/due?days="+days), "天数写 0 到 3660 的整数")
	}
	name, data := b.fetch("/_desk/progress/calendar?days=30")
	if !strings.Contains(name, ".ics") || bytes.Count(data, []byte("BEGIN:VEVENT\r\n")) != 3 || !bytes.Contains(data, []byte("DTSTART;VALUE=DATE:20260531\r\n")) {
		t.Errorf("%s:\n%s", name, data)
	}
}

// TestProgressWithoutSettings: settings that are missing or cannot be read lead to
// where they are mended.
func TestProgressWithoutSettings(t *testing.T) {
	dir := copied(t, smallCampaign)
	text, err := os.ReadFile(filepath.Join(dir, "data/campaign.yaml"))
	must(t, err)
	before, _, _ := strings.Cut(string(text), "期次:")
	must(t, os.WriteFile(filepath.Join(dir, "data/campaign.yaml"), []byte(before), 0o644))
	b := opened(t, dir)
	for _, page := range []string{"progress", "data"} {
		wants(t, b.get("/_desk/"+page), `href="/_desk/settings?part=%E6%9C%9F%E6%AC%A1"`)
	}
	must(t, os.WriteFile(filepath.Join(dir, "data/campaign.yaml"), []byte("名称: [\n"), 0o644))
	b = opened(t, dir)
	for _, page := range []string{"progress", "progress/due", "progress/csv", "data"} {
		wants(t, b.get("/_desk/"+page), "读不出", `href="/_desk/edit?file=data%2Fcampaign.yaml&line=1"`)
	}
}

// TestLateNarrative: a narrative is late by the day that the register has for it, as a
// form is; the department that sends the reminders gets none itself; what is not there
// is not to be opened.
func TestLateNarrative(t *testing.T) {
	dir := copied(t, smallCampaign)
	must(t, os.MkdirAll(filepath.Join(dir, "收件/2026-05-09"), 0o755))
	must(t, os.WriteFile(filepath.Join(dir, "收件/2026-05-09/总结.docx"), []byte("x"), 0o644))
	must(t, os.WriteFile(filepath.Join(dir, "收件/登记.yaml"), []byte("- {日期: 2026-05-09, 文件: 2026-05-09/总结.docx, 校验值: "+inbox.HashOf([]byte("x"))+
		", 内容: 工作总结, 期次: 第二次, 单位: 教体局, 写成: content/narratives/q2/jiaoyu.md}\n"), 0o644))
	must(t, os.Remove(filepath.Join(dir, "content/narratives/q2/shichang.md")))
	must(t, os.Remove(filepath.Join(dir, "content/narratives/q2/chengguan.md")))
	b := opened(t, dir, at("2026-05-10"))
	page := b.get("/_desk/progress?round=q2")
	_, cells := linesOf(page)
	if got := cells["清河市教育体育局"]; len(got) != 2 || got[1] != "逾期 5月9日到，逾期 9 天" {
		t.Errorf("the narrative stands as %q", got)
	}
	wants(t, b.get("/_desk/progress?round=q2&state=逾期"), ">清河市教育体育局<")
	_, letters, _ := strings.Cut(page, `id="letters"`)
	wants(t, letters, ">清河市城市管理局<")
	lacks(t, letters, ">清河市市场监督管理局<")
	unit := b.get("/_desk/progress/unit?round=q2&unit=chengguan")
	wants(t, unit, "催报通知", "报来了，去收件", "看这个单位，催报")
	_, found, _ := strings.Cut(unit, "检查出的问题")
	lacks(t, found, "打开来改")
	lacks(t, b.get("/_desk/progress/unit?round=q2&unit=shichang"), "催报通知</h2>")
}
