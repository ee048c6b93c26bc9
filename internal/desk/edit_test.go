package desk

import (
	"bytes"
	"encoding/json"
	"html"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	formInput    = regexp.MustCompile(`<input([^>]*) name="([^"]+)"([^>]*)>`)
	formArea     = regexp.MustCompile(`<textarea id="[^"]*" name="([^"]+)"[^>]*>\n?([^<]*)</textarea>`)
	formSelect   = regexp.MustCompile(`(?s)<select id="[^"]*" name="([^"]+)".*?</select>`)
	chosenOption = regexp.MustCompile(`<option value="([^"]*)" selected>`)
	inputValue   = regexp.MustCompile(` value="([^"]*)"`)
)

// filled returns the fields of the editor's form as a browser would send them.
func filled(page string) map[string]string {
	_, form, _ := strings.Cut(page, `<form id="text-form"`)
	form, _, _ = strings.Cut(form, "</form>")
	fields := map[string]string{}
	for _, m := range formInput.FindAllStringSubmatch(form, -1) {
		all := m[1] + m[3]
		if strings.Contains(all, `type="file"`) || strings.Contains(all, "checkbox") && !strings.Contains(all, "checked") {
			continue
		}
		value := inputValue.FindStringSubmatch(all)
		fields[m[2]] = ""
		if value != nil {
			fields[m[2]] = html.UnescapeString(value[1])
		}
	}
	for _, m := range formArea.FindAllStringSubmatch(form, -1) {
		fields[m[1]] = strings.ReplaceAll(html.UnescapeString(m[2]), "\n", "\r\n")
	}
	for _, m := range formSelect.FindAllStringSubmatch(form, -1) {
		fields[m[1]] = ""
		if value := chosenOption.FindStringSubmatch(m[0]); value != nil {
			fields[m[1]] = html.UnescapeString(value[1])
		}
	}
	return fields
}

// sent posts the editor's form with some fields filled in otherwise, and files, by
// field and name.
func (b *browser) sent(act string, fields map[string]string, files map[[2]string][]byte, pairs ...string) string {
	b.t.Helper()
	for n := 0; n < len(pairs); n += 2 {
		fields[pairs[n]] = pairs[n+1]
	}
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for name, value := range fields {
		must(b.t, m.WriteField(name, value))
	}
	for name, data := range files {
		w, err := m.CreateFormFile(name[0], name[1])
		must(b.t, err)
		w.Write(data)
	}
	must(b.t, m.Close())
	return b.send("/_desk/edit/"+act, m.FormDataContentType(), &body)
}

// TestEdit: a text that is saved as it was has not changed; a field and the body that
// were changed change, and nothing else.
func TestEdit(t *testing.T) {
	b := opened(t, copied(t, smallCampaign), inMay)
	was := b.file(aWarning)
	page := b.get("/_desk/edit?file=" + aWarning)
	has(t, b.sent("save", filled(page), nil), "没有变化")
	shown := b.sent("save", filled(page), nil, "f.摘要", "新的：一句话", "body", "\r\n## 怎么买\r\n\r\n看一看。\r\n")
	has(t, shown, "改写", "签过字")
	if b.file(aWarning) != was {
		t.Fatal("written before the yes")
	}
	b.agree(shown)
	is := b.file(aWarning)
	has(t, is, "摘要: 新的：一句话\n", "---\n\n## 怎么买\n\n看一看。\n")
	front, _, _ := strings.Cut(was, "\n---\n")
	for line := range strings.Lines(front) {
		if !strings.HasPrefix(line, "摘要") {
			has(t, is, strings.TrimSpace(line))
		}
	}
	undo := b.get("/_desk/undo")
	id := regexp.MustCompile(`name="id" value="(\d+)"`).FindStringSubmatch(undo)
	b.agree(b.post("/_desk/undo/back", "id", id[1], "next", "/_desk/edit"))
	if b.file(aWarning) != was {
		t.Errorf("not taken back:\n%s", b.file(aWarning))
	}
}

// TestEditConflict: what another program writes meanwhile is merged where it is
// elsewhere, and shown beside where it is the same place; nothing is lost.
func TestEditConflict(t *testing.T) {
	b := opened(t, copied(t, smallCampaign), inMay)
	mine := filled(b.get("/_desk/edit?file=" + aWarning))
	body := mine["body"]
	b.change(aWarning, "拨打 12345。", "拨打 12345 或 12315。")
	shown := b.sent("save", mine, nil, "body", strings.Replace(body, "看生产日期，看配料表。", "看保质期。", 1))
	has(t, shown, "已经合在一起")
	b.agree(shown)
	has(t, b.file(aWarning), "看保质期。", "拨打 12345 或 12315。")

	mine = filled(b.get("/_desk/edit?file=" + aWarning))
	b.change(aWarning, "看保质期。", "看包装。")
	both := b.sent("save", mine, nil, "body", strings.Replace(mine["body"], "看保质期。", "看产地。", 1))
	has(t, both, "没有保存", "看包装。", "看产地。")
	has(t, b.file(aWarning), "看包装。")
	again := filled(both)
	has(t, b.sent("save", again, nil), "还有两边都在的地方")
	chosen := regexp.MustCompile(`(?s)<<<<<<<[^\r\n]*\r\n(.*?)=======[^\r\n]*\r\n.*?>>>>>>>[^\r\n]*\r\n`).ReplaceAllString(again["text"], "$1")
	b.agree(b.sent("save", again, nil, "text", chosen))
	has(t, b.file(aWarning), "看产地。")
	hasNot(t, b.file(aWarning), "看包装。", "<<<<")
}

// TestNewTextAndPhotos: a new gallery takes photos with their captions and the tick,
// a new case its decision; names of files from outside lead nowhere.
func TestNewTextAndPhotos(t *testing.T) {
	b := opened(t, copied(t, smallCampaign), inMay)
	has(t, b.get("/_desk/edit"), "新写一篇", "典型案例", "影像资料", "content%2Fwarnings%2Fxiaolingshi.md")
	b.agree(b.post("/_desk/edit/new", "kind", "gallery", "title", "联合检查"))
	const gallery = "content/gallery/20260510.md"
	has(t, b.file(gallery), "标题: 联合检查\n")
	has(t, b.post("/_desk/edit/new", "kind", "cases", "name", "../x"), "不能用作网址")
	has(t, b.post("/_desk/edit/new", "kind", "nonsense", "name", "x"), "没有“nonsense”这一种内容")

	var photo bytes.Buffer
	must(t, png.Encode(&photo, image.NewGray(image.Rect(0, 0, 4, 3))))
	fields := filled(b.get("/_desk/edit?file=" + gallery))
	has(t, b.sent("save", fields, map[[2]string][]byte{{"photo.0", "a.png"}: photo.Bytes()}), "没有写说明")
	has(t, b.sent("save", fields, map[[2]string][]byte{{"photo.0", "a.jpg"}: []byte("<script>")}, "photo.0.caption", "x"), "不是 JPEG、PNG、WebP 照片")
	b.agree(b.sent("save", fields, map[[2]string][]byte{{"photo.0", `..\..\../evil.png`}: photo.Bytes()}, "photo.0.caption", "检查现场：一", "photo.0.day", "2023-08-30", "photo.0.checked", "true"))
	has(t, b.file(gallery), "  - {说明: 检查现场：一, 拍摄日期: 2023-08-30, 文件: 20260510-1.png, 已核: true}\n")
	if b.file("content/gallery/20260510-1.png") != photo.String() {
		t.Error("the photo is not there")
	}
	page := b.get("/_desk/edit?file=" + gallery)
	has(t, b.sent("save", filled(page), nil), "没有变化")
	b.agree(b.sent("save", filled(page), nil, "f.图片.0.gone", "true"))
	hasNot(t, b.file(gallery), "检查现场")

	b.agree(b.post("/_desk/edit/new", "kind", "cases", "title", "一案", "name", "yian"))
	fields = filled(b.get("/_desk/edit?file=content/cases/yian.md"))
	b.agree(b.sent("save", fields, map[[2]string][]byte{{"attachment", "../决定 书.PDF"}: []byte("%PDF-1.4 x")}, "attachment-as", "decision", "f.当事人", "某店"))
	has(t, b.file("content/cases/yian.md"), "决定书: 决定-书.pdf\n", "当事人: 某店\n")
	has(t, b.file("content/cases/决定-书.pdf"), "%PDF")
}

// TestEditDraft: what is typed shows as a page, with what would be wrong, and nothing is
// written; the next draft starts from what is on the disk again.
func TestEditDraft(t *testing.T) {
	b := opened(t, copied(t, smallCampaign), inMay)
	was := b.file(aWarning)
	fields := filled(b.get("/_desk/edit?file=" + aWarning))
	ask := func(body string) (d drafted) {
		t.Helper()
		var out bytes.Buffer
		m := multipart.NewWriter(&out)
		fields["body"] = body
		for name, value := range fields {
			must(t, m.WriteField(name, value))
		}
		must(t, m.Close())
		r, err := http.NewRequest("POST", b.root+"/_desk/edit/draft", &out)
		must(t, err)
		r.Header.Set("Content-Type", m.FormDataContentType())
		r.Header.Set("Origin", b.root)
		r.Header.Set("Accept", "application/json")
		answer, err := b.client.Do(r)
		must(t, err)
		text := b.read(answer)
		if err := json.Unmarshal([]byte(text), &d); err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		return d
	}
	d := ask("\n## 怎么买\n\n看保质期,看产地。\n")
	has(t, b.get(d.Page), "看保质期,看产地。")
	has(t, d.Findings, "中文里的标点用全角")
	has(t, b.get("/_desk/edit/page/assets/site.css"), "--ink")
	d = ask("\n## 怎么买\n\n看{{市场监管局/没有}}。\n")
	has(t, d.Findings, "没有叫“没有”的")
	d = ask("\n## 怎么买\n\n都看。\n")
	has(t, b.get(d.Page), "都看。")
	hasNot(t, b.get(d.Page), "看保质期")
	if b.file(aWarning) != was {
		t.Error("a draft was written")
	}
}

// TestFiguresAndPaste: figures are found by words and come as references that print
// what was shown; what is pasted from Word comes as Markdown.
func TestFiguresAndPaste(t *testing.T) {
	b := opened(t, copied(t, smallCampaign), inMay)
	found := b.get("/_desk/edit/figures?file=" + aWarning + "&round=q2&q=食堂")
	has(t, found, `data-insert="{{第二次:教体局/检查学校食堂}}"`, "45家")
	has(t, b.get("/_desk/edit/figures?q=没有这样的"), "没有找到")
	has(t, b.get("/_desk/edit/figures?file="+aWarning+"&round=q1&q=食品经营单位"), `data-insert="{{第一次:`)
	var pasted struct {
		Text  string
		Notes []string
	}
	must(t, json.Unmarshal([]byte(b.post("/_desk/edit/paste", "file", aWarning, "html", "<p>甲<b>乙</b></p><ul><li>丙</ul><img src=x>")), &pasted))
	if pasted.Text != "甲**乙**\n\n- 丙\n" || len(pasted.Notes) != 1 {
		t.Errorf("%+v", pasted)
	}
}

// TestPhotoKeepsItsTick: a photograph whose caption is filled in is still one that
// nobody has looked at, with where its original is; the desk says to tick it, and
// 审签 names it with what keeps it.
func TestPhotoKeepsItsTick(t *testing.T) {
	b := opened(t, copied(t, smallCampaign), at("2026-05-20"))
	b.takeIn(sentFile{"城管局 校门口摊点.jpg", snapshot(2)})
	b.agree(b.post("/_desk/incoming/take"))
	const file = "content/gallery/chengguan-2026-05-20.md"
	remark := "# 原件：收件/2026-05-20/城管局 校门口摊点.jpg"
	wants(t, b.file(file), remark, "已核: false")
	page := b.get("/_desk/edit?file=" + file)
	b.agree(b.sent("save", filled(page), nil, "f.图片.0.说明", "检查校门口的摊点"))
	wants(t, b.file(file), remark, "已核: false", "说明: 检查校门口的摊点")
	wants(t, b.get("/_desk/check?file="+file), "在这一张的“已核”前面打勾")
	wants(t, b.get("/_desk/sign"), file, "处错误，<a href=\"/_desk/check?file=")
	must(t, os.WriteFile(filepath.Join(b.dir, filepath.FromSlash(file)), []byte("---\n标题: [\n---\n"), 0o644))
	b.reload()
	wants(t, b.get("/_desk/sign"), "1 篇读不出来，没有列在下面", file)
}
