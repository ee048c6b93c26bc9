//go:build whole

package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"html"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/internal/release"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// Marks stand in what is held back and nowhere else: one with a number for each
// place, and two characters that no search index takes apart.
const (
	heldMark = "MKHELD"
	heldSign = "黻黼"
	heldDay  = "2026-05-10"
)

// signed is a whole record of sign-offs.
const signed = `审核:
  初审: {人: 甲, 日期: 2026-01-05}
  复审: {人: 乙, 日期: 2026-01-05}
  终审: {人: 丙, 日期: 2026-01-05}
  保密审查: {人: 丁, 日期: 2026-01-05}
`

// states are the records of publication that keep something back on heldDay.
var states = map[string]string{
	"依申请公开": "公开方式: 依申请公开\n发布日期: 2026-01-06 09:00\n" + signed,
	"不予公开":  "公开方式: 不予公开\n发布日期: 2026-01-06 09:00\n" + signed,
	"未签完":   "公开方式: 主动公开\n发布日期: 2026-01-06 09:00\n" + strings.Replace(signed, "  终审: {人: 丙, 日期: 2026-01-05}\n", "", 1),
	"未到时刻":  "公开方式: 主动公开\n发布日期: 2026-05-10 12:01\n" + signed,
	"未到日期":  "公开方式: 主动公开\n发布日期: 2026-05-11 09:00\n" + signed,
	"已过期":   "公开方式: 主动公开\n发布日期: 2026-01-06 09:00\n有效期至: 2026-05-09\n" + signed,
}

// planter adds held-back items to a campaign, each with marks of its own.
type planter struct {
	files fstest.MapFS
	n     int
	marks []string // of the items, each found somewhere in the office's view
}

func (p *planter) put(name, text string) { p.files[name] = &fstest.MapFile{Data: []byte(text)} }

// mark makes a new mark.
func (p *planter) mark() string {
	p.n++
	m := fmt.Sprintf("%s%03d", heldMark, p.n)
	p.marks = append(p.marks, m)
	return m
}

// pngSaying is a PNG that says a text in its metadata, plain and compressed.
func pngSaying(text string) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		panic(err)
	}
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	io.WriteString(w, text)
	w.Close()
	chunk := func(kind, body string) string {
		typed := kind + body
		return string(binary.BigEndian.AppendUint32(nil, uint32(len(body)))) + typed + string(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(typed))))
	}
	file := b.String()
	end := len(file) - 12 // IEND
	return []byte(file[:end] + chunk("tEXt", "Comment\x00"+text) + chunk("zTXt", "Title\x00\x00"+z.String()) + file[end:])
}

// jpegSaying is a JPEG that says a text where cameras and programs write: Exif,
// XMP, a comment, and after the end.
func jpegSaying(text string) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30)), nil); err != nil {
		panic(err)
	}
	segment := func(kind byte, body string) string {
		return string([]byte{0xff, kind, byte((len(body) + 2) >> 8), byte(len(body) + 2)}) + body
	}
	file := b.String()
	return []byte(file[:2] + segment(0xe1, "Exif\x00\x00MM\x00*"+text) + segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>"+text) + segment(0xfe, text) + file[2:] + text)
}

// body is Markdown with everything that a body can have, a mark in each.
func (p *planter) body(dir, m string) string {
	p.put(dir+m+"附件.txt", m+"附件的内容"+heldSign)
	p.files[dir+m+"图.png"] = &fstest.MapFile{Data: pngSaying(m + "图片信息" + heldSign)}
	p.files[dir+m+"照.jpg"] = &fstest.MapFile{Data: jpegSaying(m + "照片信息" + heldSign)}
	return fmt.Sprintf(`### %[1]s小标题

%[1]s正文，%[2]s字，注[^%[1]s]，见[%[1]s附件](%[1]s附件.txt)和[外站](https://%[3]s.example.com/a)。

![%[1]s图](%[1]s图.png)

![%[1]s照](%[1]s照.jpg)

| %[1]s表 | 数 |
|---|---|
| %[1]s格 | 1 |

[^%[1]s]: %[1]s脚注，见[外站](https://note-%[3]s.example.com/b)。
`, m, heldSign, strings.ToLower(m))
}

// sections is a narrative's body with marks in one section.
func sections(in, text string) string {
	var b strings.Builder
	for _, s := range campaign.NarrativeSections {
		fmt.Fprintf(&b, "\n## %s\n\n已经写好。\n", s)
		if s == in {
			b.WriteString("\n" + text)
		}
	}
	return b.String()
}

// item plants one item of a kind.
func (p *planter) item(kind campaign.Kind, record string) {
	m := p.mark()
	slug := strings.ToLower(m)
	dir := "content/" + string(kind) + "/"
	front := fmt.Sprintf("标题: %[1]s标题%[2]s\n摘要: %[1]s摘要\n关键词: [%[1]s词]\n来源: %[1]s来源\n别名: [%[3]s-former]\n图片已核: true\n", m, heldSign, slug)
	switch kind {
	case campaign.Cases:
		p.put(dir+slug+".txt", m+"决定书")
		record = strings.Replace(record, "有效期至: 2026-05-09", "有效期至: 2026-05-01", 1)
		if !strings.Contains(record, "有效期至") {
			front += "有效期至: 2026-12-01\n"
		}
		front += fmt.Sprintf("案件类型: zhoubian\n办案机关: %[1]s机关\n决定书文号: %[1]s号\n决定日期: 2026-01-04\n当事人: %[1]s某店\n违法行为类型: %[1]s违法\n处罚内容: %[1]s罚款\n罚没款: 0.7\n决定书: %[2]s.txt\n", m, slug)
	case campaign.Warnings:
		front += "发布机构: " + m + "机构\n期号: " + m + "期\n"
	case campaign.Documents:
		p.put(dir+slug+".csv", m+",表\n")
		front += fmt.Sprintf("索引号: QH-2026-%03d\n发布机构: %[2]s机构\n成文日期: 2026-01-04\n主题分类: %[2]s类\n文号: %[2]s文号\n附件: [%[3]s.csv]\n", 500+p.n, m, slug)
	case campaign.Galleries:
		p.files[dir+slug+".png"] = &fstest.MapFile{Data: pngSaying(m + "照片" + heldSign)}
		p.files[dir+slug+".jpg"] = &fstest.MapFile{Data: jpegSaying(m + "照片" + heldSign)}
		front += fmt.Sprintf("图片:\n  - {文件: %[1]s.png, 说明: %[2]s说明, 拍摄日期: 2026-01-03, 已核: true}\n  - {文件: %[1]s.jpg, 说明: %[2]s另一张, 拍摄日期: 2026-01-03, 已核: true}\n", slug, m)
	}
	p.put(dir+slug+".md", "---\n"+front+record+"---\n\n## "+m+"大标题\n\n"+p.body(dir, m))
}

// narrative plants a narrative, or a county's, in a round.
func (p *planter) narrative(round, unit, record string) {
	m := p.mark()
	file := "content/narratives/" + round + "/" + unit + ".md"
	text := fmt.Sprintf("标题: %[1]s标题\n摘要: %[1]s摘要\n图片已核: true\n", m)
	p.put(file, "---\n"+text+record+"---\n"+sections("行动成效", p.body(filepath.Dir(file)+"/", m)))
}

// smallFiles is the small campaign in memory.
func smallFiles(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS(smallCampaign)
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// edit replaces a text that stands once in a file.
func edit(t *testing.T, files fstest.MapFS, name, from, to string) {
	t.Helper()
	text := string(files[name].Data)
	if strings.Count(text, from) != 1 {
		t.Fatalf("%s holds %q %d times", name, from, strings.Count(text, from))
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, from, to, 1))}
}

const officeNarrative = "content/narratives/q2/shichang.md"

// withoutHeld is the small campaign as if what is held back had never been
// handed in: no held item, no third round, no 报送部分.
func withoutHeld(t *testing.T) fstest.MapFS {
	files := smallFiles(t)
	for _, name := range []string{
		"open/yishenqing.md", "open/buyu.md", "warnings/weilai.md", "warnings/weiqian.md", "pages/guoqi.md", "narratives/q3/jiaoyu.md",
	} {
		if files["content/"+name] == nil {
			t.Fatalf("no %s", name)
		}
		delete(files, "content/"+name)
	}
	delete(files, "data/q3/jiaoyu.yaml")
	edit(t, files, "data/campaign.yaml", "  - {代号: q3, 名称: 第三次, 截止: 2026-05-31, 口径: 当期}\n", "")
	text := string(files[officeNarrative].Data)
	from, to := strings.Index(text, "## 存在问题"), strings.Index(text, "## 下一步打算")
	files[officeNarrative] = &fstest.MapFile{Data: []byte(strings.Replace(text[:from]+text[to:], "报送部分: [存在问题]\n", "", 1) + "\n### 做法\n\n照单销号。\n")}
	return files
}

// withHeld is the small campaign full of things that are held back; release is
// the third round's release.yaml, "" for none.
func withHeld(t *testing.T, round string) (fstest.MapFS, *planter) {
	files := smallFiles(t)
	p := &planter{files: files}
	var names []string
	for name := range states {
		names = append(names, name)
	}
	slices.Sort(names)
	for n, state := range names {
		for _, kind := range []campaign.Kind{campaign.Cases, campaign.Warnings, campaign.Documents, campaign.Galleries, campaign.Pages} {
			p.item(kind, states[state])
		}
		region := []string{"dongcheng", "xicheng", "nanshan"}[n%3]
		p.narrative("q1", []string{"shichang", "jiaoyu"}[n/3]+"/"+region, states[state])
	}
	open := "公开方式: 主动公开\n发布日期: 2026-01-06 09:00\n" + signed
	// A case that was stopped is not here: its note stays at its address, as
	// 总局令第45号 would have it, and has a test of its own.
	// What cites a figure that is not out is not out, either.
	p.item(campaign.Warnings, open)
	citing := fmt.Sprintf("content/warnings/%s%03d.md", strings.ToLower(heldMark), p.n)
	files[citing].Data = append(files[citing].Data, "\n{{第三次:教体局/检查学校食堂}}。\n"...)
	p.narrative("q3", "chengguan", open)
	p.narrative("q3", "shichang", states["未签完"])

	// The third round: figures, remarks and who filed them.
	m := p.mark()
	p.put("data/q3/jiaoyu.yaml", "填报单位: "+m+"单位\n填报日期: 2026-05-08\n项目:\n  检查学校食堂: {数量: 918273, 备注: "+m+"备注"+heldSign+"}\n  抽检（批次）: 827364\n  抽检（份）: 736455\n")
	p.put("data/q3/chengguan.yaml", "填报单位: "+heldMark+"单位\n填报日期: 2026-05-08\n")
	if round != "" {
		p.put("data/q3/release.yaml", round)
	}

	// 报送部分, with what only they refer to: footnotes stand at the end of a
	// file, after sections that are public.
	m = p.mark()
	office := p.body("content/narratives/q2/", m)
	edit(t, files, officeNarrative, "报送部分: [存在问题]\n", "报送部分: [存在问题]\n图片已核: true\n")
	text, note, _ := strings.Cut(office, "\n[^")
	edit(t, files, officeNarrative, "MARK报送，基层人手少", "### 做法\n\n"+text+"\n\n{{第三次:教体局/检查学校食堂}}\n\n{{表:教体局}}\n\nMARK报送，基层人手少")
	files[officeNarrative].Data = append(files[officeNarrative].Data, "\n### 做法\n\n照单销号。\n\n[^"+note...)

	// Signers, and who may sign.
	for name, f := range files {
		for n, who := range []string{"甲", "乙", "丙", "丁"} {
			f.Data = bytes.ReplaceAll(f.Data, []byte("{人: "+who+","), []byte(fmt.Sprintf("{人: %s签%d,", heldMark, n)))
		}
		files[name] = f
	}
	edit(t, files, "data/campaign.yaml", "台账公开: true\n", "台账公开: true\n审核人:\n  初审: ["+heldMark+"签0, "+heldMark+"未签过]\n")
	return files, p
}

// judged reads a campaign at noon of heldDay. It must be without errors where sound.
func judged(t *testing.T, files fs.FS, sound bool) *project.Loaded {
	t.Helper()
	day, _ := campaign.ParseDate(heldDay)
	r := project.Read(files, func(*campaign.Campaign) campaign.Moment { return campaign.Moment{Date: day, Hour: 12} })
	for _, f := range r.Findings {
		if f.Level == campaign.Error && sound {
			t.Errorf("%s [%s] %s", f.At, f.Rule, f.Message)
		}
	}
	return r
}

// made renders every file of a view, into memory.
func made(t *testing.T, v *release.View, drawer *card.Painter) *renderedSite {
	t.Helper()
	files, err := project.Plan(v, stats.Of(v), layouts.Over(nil), drawer)
	if err != nil {
		t.Fatal(err)
	}
	var to renderedSite
	if _, err := publish.Render(files, &to, 0); err != nil {
		t.Fatal(err)
	}
	return &to
}

// TestHeldBackHasNoInfluence is the gate's strongest property: whatever is held
// back, in every kind and state, the public site is byte for byte the one that
// would stand there had it never been handed in.
func TestHeldBackHasNoInfluence(t *testing.T) {
	drawer := freshDrawer(layouts.Over(nil))
	clean := made(t, judged(t, withoutHeld(t), false).Public, drawer)
	for _, p := range clean.Paths() {
		content, _ := clean.File(p)
		if bytes.Contains(content, []byte(heldSign)) {
			t.Fatalf("%s has the sign by itself", p)
		}
	}
	rounds := map[string]string{"没有": ""}
	for name, record := range states {
		rounds[name] = record
	}
	for name, record := range rounds {
		t.Run("第三次 release.yaml "+name, func(t *testing.T) {
			files, p := withHeld(t, record)
			r := judged(t, files, true)
			if held := len(r.Public.Held()); held < 37 {
				t.Fatalf("only %d things are held back", held)
			}
			public := made(t, r.Public, drawer)
			sameSite(t, clean, public)
			if name != "没有" {
				return
			}
			searchForMarks(t, public, p)
			controlMarks(t, made(t, r.Whole, drawer), p)
		})
	}
}

// TestEarlierRoundHasNoInfluence: a round that is held back while a later one is
// out is not to be seen either, be it through a comparison, a column or a name.
func TestEarlierRoundHasNoInfluence(t *testing.T) {
	drawer := freshDrawer(layouts.Over(nil))
	const citing = "，比上次变化{{教体局/检查学校食堂|增幅}}"
	for _, basis := range []string{"当期", "累计"} {
		t.Run(basis, func(t *testing.T) {
			never, held := smallFiles(t), smallFiles(t)
			for _, files := range []fstest.MapFS{never, held} {
				edit(t, files, "content/narratives/q2/jiaoyu.md", citing, "")
				edit(t, files, "data/campaign.yaml", "截止: 2026-04-30, 口径: 当期", "截止: 2026-04-30, 口径: "+basis)
			}
			const first = "  - {代号: q1, 名称: 第一次, 截止: 2026-03-31, 口径: 当期}\n"
			edit(t, never, "data/campaign.yaml", first, "")
			edit(t, held, "data/campaign.yaml", first, strings.Replace(first, "当期", basis, 1))
			delete(held, "data/q1/release.yaml")
			for name := range never {
				if strings.HasPrefix(name, "data/q1/") || strings.HasPrefix(name, "content/narratives/q1/") {
					delete(never, name)
				}
			}
			want, got := made(t, judged(t, never, true).Public, drawer), made(t, judged(t, held, true).Public, drawer)
			sameSite(t, want, got)
			nowhere(t, got, "第一次")
		})
	}
}

// TestRoundBetweenIsNotNamed: with the second of three rounds held back, the
// third is compared with none, and no file names the second.
func TestRoundBetweenIsNotNamed(t *testing.T) {
	drawer := freshDrawer(layouts.Over(nil))
	files := smallFiles(t)
	files["data/q3/release.yaml"] = files["data/q1/release.yaml"]
	delete(files, "data/q2/release.yaml")
	site := made(t, judged(t, files, true).Public, drawer)
	page, _ := site.File("departments/jiaoyu/index.html")
	if !bytes.Contains(page, []byte("第一次")) || !bytes.Contains(page, []byte("第三次")) {
		t.Error("the two that are out are there")
	}
	nowhere(t, site, "第二次")
}

// nowhere looks for a text that is in no file, however it is packed.
func nowhere(t *testing.T, site *renderedSite, secret string) {
	t.Helper()
	for _, path := range site.Paths() {
		content, _ := site.File(path)
		for _, text := range readings(t, path, content, 0) {
			if at := strings.Index(text, secret); at >= 0 {
				t.Errorf("%s holds %q: %s", path, secret, strconv.Quote(text[max(0, at-40):min(len(text), at+80)]))
				break
			}
		}
	}
}

// sameSite compares two sites byte by byte.
func sameSite(t *testing.T, want, got *renderedSite) {
	t.Helper()
	if got, want := got.Paths(), want.Paths(); !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	for _, path := range got.Paths() {
		has, _ := got.File(path)
		if should, _ := want.File(path); !bytes.Equal(has, should) {
			t.Errorf("%s is another: %s", path, firstDifference(string(should), string(has)))
		}
	}
}

func firstDifference(want, got string) string {
	n := 0
	for n < len(want) && n < len(got) && want[n] == got[n] {
		n++
	}
	around := func(s string) string { return strconv.Quote(s[max(0, min(n-40, len(s))):min(n+80, len(s))]) }
	return around(got) + " instead of " + around(want)
}

var secretNumber = regexp.MustCompile(`918273|827364|736455`)

// searchForMarks looks into every byte, packed or encoded, for what must not be
// there.
func searchForMarks(t *testing.T, site *renderedSite, p *planter) {
	for _, path := range site.Paths() {
		content, _ := site.File(path)
		for _, text := range append(readings(t, path, content, 0), path) {
			upper := strings.ToUpper(text)
			for _, secret := range []string{heldMark, heldSign, "MARK未", "MARK依", "MARK不", "MARK过", "MARK报"} {
				if strings.Contains(upper, secret) {
					t.Errorf("%s holds %q", path, secret)
				}
			}
			if secretNumber.MatchString(text) {
				t.Errorf("%s holds a figure of the round that is not out", path)
			}
		}
	}
}

// controlMarks: the same search finds each mark in the office's view, so that
// it would find it on the public site.
func controlMarks(t *testing.T, office *renderedSite, p *planter) {
	found := map[string]bool{}
	kinds := map[string]bool{}
	mark := regexp.MustCompile(heldMark + `\d{3}`)
	for _, path := range office.Paths() {
		content, _ := office.File(path)
		for _, text := range append(readings(t, path, content, 0), path) {
			for _, m := range mark.FindAllString(strings.ToUpper(text), -1) {
				found[m] = true
				kinds[filepath.Ext(path)] = true
			}
		}
	}
	for _, m := range p.marks {
		if !found[m] {
			t.Errorf("%s is nowhere in the office's view: the search would not find it", m)
		}
	}
	for _, ext := range []string{".html", ".pdf", ".xlsx", ".csv", ".json", ".xml", ".js", ".txt"} {
		if !kinds[ext] {
			t.Errorf("no mark was found in any %s of the office's view", ext)
		}
	}
}

var (
	pdfStream = regexp.MustCompile(`(?s)stream\r?\n(.*?)endstream`)
	pdfHex    = regexp.MustCompile(`<([0-9A-Fa-f\s]{8,})>`)
	pdfString = regexp.MustCompile(`(?s)\(((?:[^\\()]|\\.)*)\)`)
	pdfEscape = strings.NewReplacer(`\n`, "\n", `\r`, "\r", `\t`, "\t", `\b`, "\b", `\f`, "\f", `\\`, `\`, `\(`, "(", `\)`, ")")
	jsonEcape = regexp.MustCompile(`\\u([0-9a-fA-F]{4})`)
)

// readings returns the bytes of a file as everything that they can be read as:
// unpacked, inflated, decoded.
func readings(t *testing.T, path string, content []byte, depth int) []string {
	t.Helper()
	raw := string(content)
	list := []string{raw, html.UnescapeString(raw)}
	if decoded, err := url.PathUnescape(strings.ReplaceAll(raw, "%%", "%25%25")); err == nil {
		list = append(list, decoded)
	}
	if strings.Contains(raw, `\u`) {
		list = append(list, jsonEcape.ReplaceAllStringFunc(raw, func(s string) string {
			code, _ := strconv.ParseUint(s[2:], 16, 16)
			return string(rune(code))
		}))
	}
	for _, order := range []binary.ByteOrder{binary.BigEndian, binary.LittleEndian} {
		if strings.Contains(raw, "\xfe\xff") || strings.Contains(raw, "\xff\xfe") {
			list = append(list, utf16Of(content, order), utf16Of(content[1:], order))
		}
	}
	if depth > 3 {
		return list
	}
	deeper := func(b []byte) { list = append(list, readings(t, path, b, depth+1)...) }
	switch {
	case strings.HasPrefix(raw, "PK\x03\x04"):
		archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			b, _ := io.ReadAll(r)
			list = append(list, f.Name, f.Comment)
			deeper(b)
		}
	case strings.HasPrefix(raw, "\x1f\x8b"):
		if r, err := gzip.NewReader(bytes.NewReader(content)); err == nil {
			b, _ := io.ReadAll(r)
			deeper(b)
		}
	case strings.HasPrefix(raw, "\x89PNG"):
		for at := 8; at+12 <= len(raw); {
			size := int(binary.BigEndian.Uint32(content[at:]))
			kind, body := raw[at+4:at+8], raw[at+8:at+8+size]
			if kind == "zTXt" || kind == "iTXt" {
				if n := strings.IndexByte(body, 'x'); n >= 0 {
					deeper(inflated([]byte(body[n:])))
				}
			}
			at += 12 + size
		}
	case strings.HasPrefix(raw, "%PDF"):
		for _, m := range pdfStream.FindAllSubmatch(content, -1) {
			if b := inflated(m[1]); len(b) > 0 {
				list = append(list, string(b))
				list = append(list, pdfTexts(b)...)
			}
		}
		list = append(list, pdfTexts(content)...)
		cmd := exec.Command("pdftotext", "-raw", "-", "-")
		cmd.Stdin = bytes.NewReader(content)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("pdftotext %s: %v", path, err)
		}
		list = append(list, string(out))
	}
	return list
}

func inflated(b []byte) []byte {
	r, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	out, _ := io.ReadAll(r)
	return out
}

// pdfTexts returns the strings of a PDF: those of bytes as they are and as UTF-16, those
// of hexadecimal digits as UTF-16.
func pdfTexts(b []byte) []string {
	var list []string
	for _, m := range pdfHex.FindAllSubmatch(b, -1) {
		digits, err := hex.DecodeString(strings.Join(strings.Fields(string(m[1])), ""))
		if err == nil {
			list = append(list, utf16Of(digits, binary.BigEndian))
		}
	}
	for _, m := range pdfString.FindAllSubmatch(b, -1) {
		plain := pdfEscape.Replace(string(m[1]))
		list = append(list, plain, utf16Of([]byte(plain), binary.BigEndian))
	}
	return list
}

func utf16Of(b []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, order.Uint16(b))
	}
	return string(utf16.Decode(units))
}
