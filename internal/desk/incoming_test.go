package desk

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"html"
	"image"
	"image/jpeg"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"wangjian/internal/forms"
	"wangjian/internal/inbox"
	"wangjian/internal/source"
)

// sentFile is a file as it is dropped on the desk.
type sentFile struct {
	name string // with the folders around it
	data []byte
}

// packed is an archive of files.
func packed(files ...sentFile) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		must1(must1(z.Create(f.name)).Write(f.data))
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// word is a Word file with a paragraph a line.
func word(lines ...string) []byte {
	const xmlns = `xmlns="http://schemas.openxmlformats.org/package/2006/`
	return packed(
		sentFile{"[Content_Types].xml", []byte(`<Types ` + xmlns + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`)},
		sentFile{"_rels/.rels", []byte(`<Relationships ` + xmlns + `relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`)},
		sentFile{"word/document.xml", []byte(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>` + strings.Join(lines, `</w:t></w:r></w:p><w:p><w:r><w:t>`) + `</w:t></w:r></w:p></w:body></w:document>`)},
	)
}

// sections is a narrative of four sections, with a title.
func sections(title string) []byte {
	return word(title, "一、经验做法", "先查食堂。", "二、行动成效", "检查有成效。", "三、存在问题", "人手少。", "四、下一步工作打算", "逐项销号。")
}

// filledIn is the form of a unit of the small campaign, as it was sent out, filled in.
func filledIn(round, department, region string, options ...excelize.Options) []byte {
	c, _ := source.Load(os.DirFS(smallCampaign))
	w := must1(forms.Export(c, c.FindRound(round), c.FindDepartment(department), c.FindRegion(region), forms.ExportOptions{}))
	book := must1(excelize.OpenReader(bytes.NewReader(w.Data)))
	defer book.Close()
	sheet := book.GetSheetName(0)
	values := []string{"50", "3", "0"}
	if department == "shichang" {
		values = []string{"120", "9", "4", "5", "0", "1.5", "20.5"}
	}
	first := slices.IndexFunc(must1(book.GetRows(sheet)), func(row []string) bool { return slices.Contains(row, "数量") }) + 2
	for n, value := range append([]string{"46160", ""}, values...) { // the day stands two lines above
		if value != "" {
			if err := book.SetCellDefault(sheet, fmt.Sprintf("E%d", first-2+n), value); err != nil {
				panic(err)
			}
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b, options...); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// canteens is the form of 教体局 as text, in the encoding of Windows.
func canteens(number string) []byte {
	return []byte(must1(simplifiedchinese.GBK.NewEncoder().String("期次,第三次\n部门,教体局\n填报单位,清河市教育体育局\n填报日期,2026-05-18\n项目,单位,数量,备注\n检查学校食堂,家," + number + ",\n抽检,批次,392,\n抽检,份,393,\n")))
}

// snapshot is a photograph.
func snapshot(shade uint8) []byte {
	m := image.NewGray(image.Rect(0, 0, 640, 480))
	for n := range m.Pix {
		m.Pix[n] = shade
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// letter is a saved mail that brings a file.
func letter(date, name string, data []byte) []byte {
	return []byte("From: a@example.com\r\nSubject: x\r\nDate: " + date + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n" +
		"--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nhello\r\n" +
		"--B\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename*=UTF-8''" + url.PathEscape(name) + "\r\n\r\n" +
		base64.StdEncoding.EncodeToString(data) + "\r\n--B--\r\n")
}

// pdf is a page with some words, or a scan without any.
func pdf(words string) []byte {
	draw := "BT /F1 12 Tf 72 700 Td (" + words + ") Tj ET"
	return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>> endobj\n4 0 obj <</Length %d>> stream\n%s\nendstream endobj\n5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\ntrailer <</Root 1 0 R>>\n%%%%EOF\n", len(draw), draw)
}

// drop sends a file as the screen's script does, under the name as it is.
func (b *browser) drop(name string, data io.Reader) string {
	b.t.Helper()
	const boundary = "----desk"
	head := "--" + boundary + "\r\nContent-Disposition: form-data; name=\"quiet\"\r\n\r\n1\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + strings.ReplaceAll(name, `"`, "%22") + "\"\r\nContent-Type: application/octet-stream\r\n\r\n"
	return b.send("/_desk/incoming/add", "multipart/form-data; boundary="+boundary, io.MultiReader(strings.NewReader(head), data, strings.NewReader("\r\n--"+boundary+"--\r\n")))
}

// takeIn drops files and returns the screen that shows what would become of them.
func (b *browser) takeIn(files ...sentFile) string {
	b.t.Helper()
	for _, f := range files {
		b.drop(f.name, bytes.NewReader(f.data))
	}
	return b.look()
}

func (b *browser) look() string { return b.wait(b.post("/_desk/incoming/look")) }

// arrival is a file as the screen shows it.
type arrival struct {
	id, state, text, html string
}

var arrivalOnPage = regexp.MustCompile(`(?s)<li id="file-(\d+)" class="arrival arrival-\w+">\n<p class="arrival-name"><strong class="state">([^<]*)</strong> <span class="file">([^<]*)</span></p>(.*?)\n</li>\n`)

// arrivalsOn reads the list of a page back, by the name of a file.
func arrivalsOn(page string) map[string]arrival {
	list := map[string]arrival{}
	for _, m := range arrivalOnPage.FindAllStringSubmatch(page, -1) {
		list[html.UnescapeString(m[3])] = arrival{m[1], m[2], html.UnescapeString(aTag.ReplaceAllString(m[4], "")), m[4]}
	}
	return list
}

// named returns the file on a page whose name ends so.
func named(t *testing.T, page, name string) arrival {
	t.Helper()
	for n, a := range arrivalsOn(page) {
		if n == name || strings.HasSuffix(n, "/"+name) {
			return a
		}
	}
	t.Fatalf("no %s on\n%s", name, page)
	return arrival{}
}

// treeOf lists a folder's files with what is in them, but for the cache.
func treeOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	must(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && d.Name() == ".wangjian" {
			return cmpError(err, fs.SkipDir)
		}
		if !d.IsDir() {
			rel := filepath.ToSlash(must1(filepath.Rel(dir, name)))
			files[rel] = string(must1(os.ReadFile(name)))
		}
		return nil
	}))
	return files
}

func cmpError(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// TestMixedReturns: what comes in of a week, of every kind and dropped at once, is
// taken with at most one click a file; each file that is not says why and what to do.
func TestMixedReturns(t *testing.T) {
	b := opened(t, copied(t, smallCampaign), at("2026-05-20"))
	before := treeOf(t, b.dir)
	form := filledIn("q3", "shichang", "")
	files := []sentFile{
		{"市场监管局统计表.xlsx", form},
		{"市场监管局统计表(1).xlsx", form},
		{"教体局报表.csv", canteens("401")},
		{"城管局/总结.docx", sections("城管局第三次工作总结")},
		{"新建 Microsoft Word 文档.docx", sections("工作总结")},
		{"市场监管局情况说明.pdf", pdf("Explanation")},
		{"教体局盖章件.pdf", pdf("")},
		{"IMG_20260519.jpg", snapshot(1)},
		{"城管局 校门口摊点.jpg", snapshot(2)},
		{"来件.zip", packed(sentFile{"东城/东城街道.xlsx", filledIn("q3", "shichang", "dongcheng")}, sentFile{"东城/市场监管局东城街道总结.docx", sections("东城街道第三次总结")})},
		{"西城来信.eml", letter("Tue, 12 May 2026 10:00:00 +0800", "报表.xlsx", filledIn("q3", "shichang", "xicheng"))},
		{"教体局统计表.xlsx", filledIn("q3", "shichang", "nanshan")}, // of another department than its name
		{"南山镇第二次.xlsx", filledIn("q2", "shichang", "nanshan")},
		{"加密.xlsx", filledIn("q3", "jiaoyu", "", excelize.Options{Password: "123"})},
		{"教体局.et", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 2048)...)},
		{"空的.docx", nil},
		{"报表.exe", []byte("MZ\x90\x00\x03\x00\x00\x00program")},
		{"材料.rar", []byte("Rar!\x1a\x07")},
		{"某店销售过期食品案.docx", word("典型案例：某店销售过期食品", "某店销售过期食品，被依法查处。")},
		{"消费警示：谨防低价.docx", word("谨防低价陷阱", "买东西看标签。")},
		{"~$市场监管局统计表.xlsx", []byte("lock")},
	}
	for _, f := range files {
		b.drop(f.name, bytes.NewReader(f.data))
	}
	b.drop("执法录像.mp4", io.LimitReader(zeros{}, 97<<20))
	page := b.look()
	if !maps.Equal(treeOf(t, b.dir), before) {
		t.Fatal("something was written unasked")
	}
	acts := map[string]int{}
	click := func(name string, pairs ...string) {
		t.Helper()
		acts[name]++
		page = b.post("/_desk/incoming/say", append(pairs, "id", named(t, page, name).id)...)
	}
	click("教体局报表.csv", "over", "1")
	click("新建 Microsoft Word 文档.docx", "unit", "市场监管局")
	click("IMG_20260519.jpg", "unit", "市场监管局 南山镇")

	for name, want := range map[string][2]string{
		"市场监管局统计表.xlsx":              {"收下", "新建 data/q3/shichang.yaml"},
		"市场监管局统计表(1).xlsx":           {"收下", "和 市场监管局统计表.xlsx 相同，只写一次"},
		"教体局报表.csv":                  {"收下", "改写 data/q3/jiaoyu.yaml"},
		"城管局/总结.docx":                {"收下", "新建 content/narratives/q3/chengguan.md"},
		"新建 Microsoft Word 文档.docx":  {"存疑", "没有写是哪一期，先算作第三次的\n怎么办：核对；不对就改选期次\n新建 content/narratives/q3/shichang.md"},
		"市场监管局情况说明.pdf":              {"收下", "只留存原件"},
		"教体局盖章件.pdf":                 {"收下", "只留存原件"},
		"IMG_20260519.jpg":           {"收下", "新建 content/gallery/shichang-nanshan-2026-05-20.md"},
		"城管局 校门口摊点.jpg":              {"收下", "新建 content/gallery/chengguan-2026-05-20.md"},
		"来件.zip/东城/东城街道.xlsx":        {"收下", "新建 data/q3/shichang/dongcheng.yaml"},
		"来件.zip/东城/市场监管局东城街道总结.docx": {"收下", "新建 content/narratives/q3/shichang/dongcheng.md"},
		"西城来信.eml/报表.xlsx":           {"收下", "新建 data/q3/shichang/xicheng.yaml"},
		"教体局统计表.xlsx":                {"存疑", "文件名像是教体局的，这份表是市场监管局的"},
		"南山镇第二次.xlsx":                {"收下", "data/q2/shichang/nanshan.yaml"},
		"加密.xlsx":                    {"退回", "密码"},
		"教体局.et":                     {"退回", "另存"},
		"空的.docx":                    {"退回", "空的"},
		"报表.exe":                     {"退回", "“.exe”文件不能作为附件"},
		"材料.rar":                     {"退回", "解压"},
		"某店销售过期食品案.docx":             {"存疑", "新建 content/cases/某店销售过期食品案.md"},
		"消费警示：谨防低价.docx":             {"存疑", "新建 content/warnings/消费警示-谨防低价.md"},
		"执法录像.mp4":                   {"退回", "超过 96 MB"},
	} {
		a := named(t, page, name)
		if a.state != want[0] || !strings.Contains(a.text, want[1]) {
			t.Errorf("%s: %s, want %s\n%s", name, a.state, want, a.text)
		}
		if a.state == "退回" && (!strings.Contains(a.text, "怎么办：") || !strings.Contains(a.html, "退回给对方的话")) {
			t.Errorf("%s: refused without what to do\n%s", name, a.text)
		}
		if acts[name] > 1 {
			t.Errorf("%s took %d clicks", name, acts[name])
		}
	}
	if list := arrivalsOn(page); len(list) != len(files)+1 { // less the lock, and the zip brings two
		t.Errorf("%d files are listed of %d", len(list), len(files))
	}
	if strings.Contains(page, "--") || strings.Contains(page, "form import") {
		t.Error("the screen speaks of commands")
	}

	wants(t, page, "收下 16 个文件", "22 个文件：</strong>可以收下 16 个（其中存疑 4 个，先核对），退回 6 个。", "没有收下的不保存")
	wants(t, b.get("/_desk/"), "放进来的 22 个文件还没有收下，关掉程序就没有了")
	page = b.post("/_desk/incoming/take")
	wants(t, page, "还有 6 个没有收下")
	page = b.agree(page)
	wants(t, page, "已收下 16 个文件")
	if left := arrivalsOn(page); len(left) != 6 {
		t.Errorf("%d are left", len(left))
	}
	after := treeOf(t, b.dir)
	for name, text := range before {
		if after[name] != text && name != "data/q3/jiaoyu.yaml" {
			t.Errorf("%s is another", name)
		}
	}
	for name, part := range map[string]string{
		"data/q3/shichang.yaml":                                  "检查食品经营单位: 120\n",
		"data/q3/jiaoyu.yaml":                                    "检查学校食堂: 401\n",
		"data/q3/shichang/xicheng.yaml":                          "收到日期: 2026-05-12 # 原件：收件/2026-05-12/报表.xlsx\n",
		"data/q3/shichang/nanshan.yaml":                          "填报单位",
		"data/q2/shichang/nanshan.yaml":                          "收到日期: 2026-05-20",
		"content/narratives/q3/chengguan.md":                     "先查食堂。",
		"content/narratives/q3/shichang/dongcheng.md":            "先查食堂。",
		"content/cases/某店销售过期食品案.md":                             "被依法查处",
		"content/gallery/chengguan-2026-05-20.md":                "说明: 城管局 校门口摊点",
		"content/gallery/shichang-nanshan-2026-05-20-1.jpg":      string(snapshot(1)),
		inbox.Received + "/2026-05-20/市场监管局情况说明.pdf":             string(pdf("Explanation")),
		inbox.Received + "/2026-05-12/西城来信.eml":                  "Tue, 12 May 2026",
		inbox.Received + "/2026-05-20/来件.zip":                    "PK",
		inbox.Received + "/2026-05-20/新建 Microsoft Word 文档.docx": "PK",
	} {
		if !strings.Contains(after[name], part) {
			t.Errorf("%s:\n%.600s", name, after[name])
		}
	}
	register := after[inbox.Received+"/"+inbox.Name]
	for _, refused := range []string{"加密", "教体局.et", "空的", "exe", "rar", "mp4"} {
		if strings.Contains(register, refused) {
			t.Errorf("%s is registered, though refused", refused)
		}
	}
	if n := strings.Count(register, "- 日期: "); n != 18 { // those that are taken, and what brought three of them
		t.Errorf("%d entries in\n%s", n, register)
	}

	// What was taken is not taken a second time.
	page = b.takeIn(files[0], files[3], files[8], files[5])
	for _, f := range []int{0, 3, 8, 5} {
		if a := named(t, page, files[f].name); a.state == "退回" || strings.Contains(a.html, `value="1" class="primary"`) {
			t.Errorf("%s: %s\n%s", files[f].name, a.state, a.text)
		}
	}
	page = b.post("/_desk/incoming/take")
	if proposed.MatchString(page) || !maps.Equal(treeOf(t, b.dir), after) {
		t.Error("what was taken is written again")
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// TestHundredFiles: many files show how far the look at them is, other pages come
// meanwhile, and it can be stopped; what was not looked at says so and is looked at later.
func TestHundredFiles(t *testing.T) {
	ran, begin := make(chan *progress, 1), make(chan struct{})
	with(t, &screen{name: "probe", acts: map[string]act{"look": func(r *request) (answer, error) {
		a, err := lookAtIncoming(r)
		l := a.(long)
		return long{l.title, func(ctx context.Context, p *progress) (answer, error) {
			ran <- p
			<-begin
			return l.run(ctx, p)
		}}, err
	}}})
	b := opened(t, copied(t, smallCampaign), at("2026-05-20"))
	for n := range 100 {
		b.drop(fmt.Sprintf("案例/某店%d.docx", n), bytes.NewReader(word("某店销售过期食品案", fmt.Sprintf("某店销售过期食品%d件，被依法查处。", n+2))))
	}
	id := jobOf(b.post("/_desk/probe/look"))
	p := <-ran
	close(begin)
	for p.mu.Lock(); p.done == 0; p.mu.Lock() {
		p.mu.Unlock() // held, the job gets no further
	}
	if p.total != 100 || !strings.HasPrefix(p.words, fmt.Sprintf("第 %d 个，共 100 个：案例/某店", p.done)) {
		t.Errorf("it says %d of %d, %s", p.done, p.total, p.words)
	}
	wants(t, b.get("/_desk/incoming"), "正在查看收到的文件", `href="/_desk/job/`+id+`"`)
	for _, act := range []string{"take", "clear", "say", "day", "add"} {
		wants(t, b.post("/_desk/incoming/"+act), "正在查看收到的文件，看完了再来")
	}
	wants(t, b.get("/_desk/home"), `收件 <span class="badge">100</span>`)
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	b.post("/_desk/job/stop", "id", id) // whose page would wait for the job
	b.client.CheckRedirect = nil
	p.mu.Unlock()
	page := b.wait(b.get("/_desk/job/" + id))
	wants(t, page, "100 个文件：")
	if stopped := strings.Count(page, "停下来了，还没有看这一个"); stopped == 0 || stopped == 100 {
		t.Errorf("%d were not looked at", stopped)
	}
	lacks(t, page, "退回给对方的话")
	lacks(t, b.look(), "停下来了")
	page = b.post("/_desk/incoming/take")
	wants(t, page, "收下 100 个文件")
	wants(t, b.agree(page), "已收下 100 个文件", "现在没有等着收下的文件")
	if names := must1(filepath.Glob(filepath.Join(b.dir, "content/cases/某店*.md"))); len(names) != 100 {
		t.Errorf("%d cases are written", len(names))
	}
}

// TestOverwriting: what would be written over is asked for file by file, with the
// difference; what another program writes meanwhile is not lost.
func TestOverwriting(t *testing.T) {
	b := opened(t, copied(t, smallCampaign), at("2026-05-20"))
	const first, second = "data/q3/jiaoyu.yaml", "data/q2/shichang/dongcheng.yaml"
	before := treeOf(t, b.dir)
	page := b.takeIn(sentFile{"教体局.csv", canteens("401")}, sentFile{"东城.xlsx", filledIn("q2", "shichang", "dongcheng")})
	wants(t, page, "可以收下 0 个", "等您点头 2 个")
	for name, why := range map[string]string{"教体局.csv": "要改写才收下", "东城.xlsx": "要改写才收下"} {
		if a := named(t, page, name); a.state != "存疑" || !strings.Contains(a.text, why) {
			t.Errorf("%s: %s\n%s", name, a.state, a.text)
		}
	}
	for name, lines := range map[string][2]string{"教体局.csv": {"检查学校食堂: 391", "检查学校食堂: 401"}, "东城.xlsx": {"检查食品经营单位: 60", "检查食品经营单位: 120"}} {
		a := named(t, page, name)
		for n, sign := range []string{"−", "+"} {
			if !regexp.MustCompile(`<td class="line-sign">` + regexp.QuoteMeta(sign) + `</td><td class="line-text"> *` + lines[n] + `</td>`).MatchString(strings.ReplaceAll(a.html, "&#43;", "+")) {
				t.Errorf("%s does not show %s %s\n%s", name, sign, lines[n], a.html)
			}
		}
	}
	wants(t, b.post("/_desk/incoming/take"), "没有可以收下的文件")
	id := named(t, page, "教体局.csv").id
	b.post("/_desk/incoming/say", "id", id, "over", "1")
	wants(t, b.post("/_desk/incoming/say", "id", id, "over", "0"), "可以收下 0 个")
	wants(t, b.post("/_desk/incoming/say", "id", id, "over", "1"), "可以收下 1 个")

	page = b.post("/_desk/incoming/take")
	must(t, os.WriteFile(filepath.Join(b.dir, first), []byte(before[first]+"# 他的\n"), 0o644))
	page = b.agree(page)
	wants(t, page, "没有写", "# 他的")
	if b.file(first) != before[first]+"# 他的\n" {
		t.Error("what another program wrote is lost")
	}
	b.post("/_desk/change/drop", "id", regexp.MustCompile(`change/drop"[^>]*><input type="hidden" name="id" value="(\d+)"`).FindStringSubmatch(page)[1])
	page = b.agree(b.post("/_desk/incoming/take"))
	wants(t, page, "已收下 1 个文件", "等您点头 1 个")
	after := treeOf(t, b.dir)
	if !strings.Contains(after[first], "401") || !strings.Contains(after[first], "# 他的") || after[second] != before[second] {
		t.Errorf("written\n%s\n%s", after[first], after[second])
	}

	// Taken back, all is as it was, the register too.
	m := regexp.MustCompile(`undo/back"><input type="hidden" name="id" value="(\d+)"`).FindStringSubmatch(b.get("/_desk/undo"))
	b.agree(b.post("/_desk/undo/back", "id", m[1]))
	after = treeOf(t, b.dir)
	if after[first] != before[first]+"# 他的\n" || len(after) != len(before) {
		t.Errorf("taken back, there are %d files of %d\n%s", len(after), len(before), after[first])
	}
}

// TestArrival: the day of arrival is the mail's, else today; it is said of one file or
// of all, goes into the form and the folder, and none is in the future. What was taken
// is found again by any of its words, and is as it came.
func TestArrival(t *testing.T) {
	b := opened(t, copied(t, smallCampaign), at("2026-05-20"))
	form := filledIn("q3", "shichang", "dongcheng")
	page := b.wait(b.upload("/_desk/incoming/add", map[string][]byte{"东城.xlsx": form}, "files", "")) // without a script
	wants(t, page, "1 个文件：")
	page = b.takeIn(sentFile{"来信.eml", letter("Tue, 12 May 2026 10:00:00 +0800", "西城.xlsx", filledIn("q3", "shichang", "xicheng"))}, sentFile{"教体局 Re\u0301sume\u0301.pdf", pdf("")})
	for name, want := range map[string]string{"东城.xlsx": "2026-05-20", "来信.eml/西城.xlsx": "2026-05-12"} {
		if a := named(t, page, name); !strings.Contains(a.html, `name="on" value="`+want+`"`) {
			t.Errorf("%s did not come on %s\n%s", name, want, a.html)
		}
	}
	for day, want := range map[string]string{"2026-05-21": "还没有到", "2026-02-30": "2022-11-25", "昨天": "2022-11-25"} {
		wants(t, b.post("/_desk/incoming/day", "on", day), want)
	}
	b.post("/_desk/incoming/day", "on", "2026-05-19")
	page = b.post("/_desk/incoming/say", "id", named(t, page, "东城.xlsx").id, "on", "2026-05-18")
	b.post("/_desk/incoming/say", "id", named(t, page, "来信.eml/西城.xlsx").id, "on", "2026-05-12")
	b.agree(b.post("/_desk/incoming/take"))
	for name, want := range map[string]string{"data/q3/shichang/dongcheng.yaml": "收到日期: 2026-05-18 # 原件：收件/2026-05-18/东城.xlsx\n", "data/q3/shichang/xicheng.yaml": "收到日期: 2026-05-12 # 原件：收件/2026-05-12/西城.xlsx\n"} {
		if !strings.Contains(b.file(name), want) {
			t.Errorf("%s:\n%s", name, b.file(name))
		}
	}

	rows := func(query string) []string {
		page := b.get("/_desk/incoming/originals?q=" + url.QueryEscape(query))
		return regexp.MustCompile(`<a href="(/_desk/incoming/original[^"]*)" download`).FindAllString(page, -1)
	}
	for query, want := range map[string]int{"": 4, "西城": 1, "市场监管局 第三次": 2, "2026-05-19": 1, "résumé": 1, "RÉSUMÉ 教体局": 1, "来信": 2, "邮件": 1, "没有的": 0, "q3/shichang/dongcheng": 1} {
		if got := rows(query); len(got) != want {
			t.Errorf("%q finds %d, want %d", query, len(got), want)
		}
	}
	name, data := b.fetch("/_desk/incoming/original?file=" + url.QueryEscape("2026-05-18/东城.xlsx"))
	if !bytes.Equal(data, form) || !strings.Contains(name, "attachment") {
		t.Errorf("%s: %d bytes", name, len(data))
	}
	for _, file := range []string{"../data/campaign.yaml", "/etc/passwd", inbox.Name, "", "2026-05-18/../../data/campaign.yaml", "2026-05-18", "没有.xlsx"} {
		wants(t, b.get("/_desk/incoming/original?file="+url.QueryEscape(file)), "没有这个页面")
	}
}

// TestHostileUploads: whatever files are called and hold, and whatever is said of them,
// nothing is written outside of the campaign, and nothing of it over what is there.
func TestHostileUploads(t *testing.T) {
	outside := t.TempDir()
	dir := filepath.Join(outside, "行动")
	must(t, os.CopyFS(dir, os.DirFS(smallCampaign)))
	before := treeOf(t, outside)
	b := opened(t, dir, at("2026-05-20"))
	content := 0
	bytesOf := func() []byte { content++; return pdf(fmt.Sprint(content)) }
	names := []string{
		"../../evil.pdf", "../../data/q3/jiaoyu.yaml", "/etc/evil.pdf", `C:\evil.pdf`, `..\..\evil.pdf`, `\\server\share\evil.pdf`, "CON.pdf", "nul", "aux.jiaoyu.pdf", "COM¹.pdf",
		"登记.yaml", "x.pdf:stream", "x.pdf. ", "..", ".", "%2e%2e%2fevil.pdf", "\u202efdp.exe.pdf", "\xff\xfe.pdf", "=HYPERLINK(1).pdf", "<script>alert(1)</script>.pdf",
		strings.Repeat("a", 300) + ".pdf", strings.Repeat("长", 100) + ".pdf", "é.pdf", "e\u0301.pdf", "É.PDF", "..../x.pdf", strings.Repeat("深/", 500) + "x.pdf",
	}
	for _, name := range names {
		b.drop(name, bytes.NewReader(bytesOf()))
	}
	wants(t, b.drop("", bytes.NewReader(bytesOf())), "名字读不出来")
	wants(t, b.drop("a\x00b.pdf", bytes.NewReader(bytesOf())), "读不出送来的内容")
	if page := b.get("/_desk/incoming"); !strings.Contains(page, fmt.Sprintf("%d 个文件：", len(names)-2)) { // less .. and .
		t.Error("some are not listed")
		for _, m := range arrivalOnPage.FindAllStringSubmatch(page, -1) {
			t.Logf("%.200q", m[3])
		}
	}
	b.drop("包.zip", bytes.NewReader(packed(sentFile{"../../evil.pdf", bytesOf()}, sentFile{"/etc/evil.pdf", bytesOf()}, sentFile{`C:\evil.pdf`, bytesOf()}, sentFile{"a/../../../b.pdf", bytesOf()}, sentFile{"CON.pdf", bytesOf()})))
	b.drop("炸弹.zip", bytes.NewReader(packed(sentFile{"a.csv", make([]byte, 90<<20)}, sentFile{"b.csv", make([]byte, 90<<20)})))
	page := b.look()
	wants(t, named(t, page, "炸弹.zip").html, "退回给对方的话", "展开以后太大")
	if strings.Contains(page, "<script>alert") {
		t.Error("a name is a script")
	}

	// What is said of a file names nothing outside either.
	doc := word("典型案例", "被依法查处。")
	page = b.takeIn(sentFile{"案例.docx", doc}, sentFile{"照片.jpg", snapshot(3)})
	for _, name := range []string{"案例.docx", "照片.jpg"} {
		id := named(t, page, name).id
		for _, slug := range []string{"../../evil", "/etc/evil", `C:\evil`, "a\x00b", "con", "index", "..", strings.Repeat("长", 90), "a/b"} {
			if a := named(t, b.post("/_desk/incoming/say", "id", id, "slug", slug), name); a.state != "退回" || !strings.Contains(a.text, "不能用作文件名和网址") {
				t.Errorf("%s as %q: %s\n%s", name, slug, a.state, a.text)
			}
		}
		for field, value := range map[string]string{"kind": "../x", "round": "../../x", "unit": "../../x", "on": "../../2026"} {
			wants(t, b.post("/_desk/incoming/say", "id", id, field, value), "没有做成")
		}
	}
	wants(t, b.post("/_desk/incoming/say", "id", "99999", "over", "1"), "已经收下或清掉了")
	taken := 0
	for _, a := range arrivalOnPage.FindAllStringSubmatch(b.get("/_desk/incoming"), -1) {
		if a[2] != "退回" {
			taken++
		}
	}
	wants(t, b.agree(b.post("/_desk/incoming/take")), fmt.Sprintf("已收下 %d 个文件", taken))
	after := treeOf(t, outside)
	kept := 0
	for name, text := range after {
		switch {
		case before[name] == text:
		case strings.HasPrefix(name, "行动/"+inbox.Received+"/2026-05-20/") && before[name] == "":
			kept++
		case name != "行动/"+inbox.Received+"/"+inbox.Name:
			t.Errorf("wrote %s", name)
		}
	}
	if kept != taken+1 || taken < 24 { // and the archive
		t.Errorf("%d originals are kept of %d", kept, taken+1)
	}

	// A day's folder that leads out of the campaign is not followed.
	must(t, os.MkdirAll(filepath.Join(outside, "别处"), 0o755))
	must(t, os.Symlink(filepath.Join(outside, "别处"), filepath.Join(dir, inbox.Received, "2026-05-19")))
	b.post("/_desk/incoming/clear", "all", "1")
	b.post("/_desk/incoming/day", "on", "2026-05-19")
	b.takeIn(sentFile{"教体局.pdf", bytesOf()})
	if page = b.post("/_desk/incoming/take"); proposed.MatchString(page) {
		lacks(t, b.agree(page), "已收下")
	}
	if there := must1(os.ReadDir(filepath.Join(outside, "别处"))); len(there) > 0 {
		t.Errorf("written outside: %v", there)
	}
}
