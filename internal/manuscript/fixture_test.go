package manuscript

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

// word builds a small Word file part by part, as Word writes it.
type word struct {
	body      []string
	styles    string
	numbering string
	notes     []string
	endnotes  []string
	comments  []string
	headers   []string
	links     []string
	media     map[string][]byte
	extra     map[string]string // further parts as they are
	mainType  string
	strict    bool
}

func newWord(body ...string) *word {
	return &word{body: body, styles: wordStyles, mainType: mainText, media: map[string][]byte{}, extra: map[string]string{}}
}

func (w *word) add(body ...string) *word {
	w.body = append(w.body, body...)
	return w
}

const declarations = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
	`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ` +
	`xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" ` +
	`xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ` +
	`xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` +
	`xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" ` +
	`xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" ` +
	`xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" ` +
	`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ` +
	`xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" ` +
	`xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" ` +
	`xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" ` +
	`xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData"`

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// wordStyles are the styles of Word in Chinese: English names, and ids of its
// own.
const wordStyles = `<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="3"><w:name w:val="heading 3"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="a"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:basedOn w:val="a"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Slanted"><w:name w:val="斜体段"/><w:basedOn w:val="a"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Yinyong"><w:name w:val="引用"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="Zuo"><w:name w:val="自定小标题"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Biaoti1"><w:name w:val="标题 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="Biaoti2"><w:name w:val="标题 2"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="Numbered1"><w:name w:val="编号标题"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Yin"><w:name w:val="隐藏"/><w:rPr><w:vanish/></w:rPr></w:style>`

// lists: 1 points, 2 decimal, 3 一、, 4 （一）, 5 1) and 6 decimal again.
const wordLists = `<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2)"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="4"/></w:num><w:num w:numId="5"><w:abstractNumId w:val="5"/></w:num>
<w:num w:numId="6"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`

// Relationship ids of the parts that a fixture can have.
const ridPicture, ridLink = "rIdPicture", "rIdLink"

func (w *word) parts() map[string][]byte {
	wrap := func(name, inside string) []byte {
		return []byte(xmlHead + "<w:" + name + " " + declarations + ">" + inside + "</w:" + name + ">")
	}
	parts := map[string][]byte{"word/document.xml": wrap("document", "<w:body>"+strings.Join(w.body, "")+"<w:sectPr/></w:body>")}
	var types, relations strings.Builder
	relate := func(id, kind, target, more string) {
		fmt.Fprintf(&relations, `<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"%s/>`, id, kind, target, more)
	}
	part := func(kind, inside string, wrapped bool) {
		if inside == "" {
			return
		}
		parts["word/"+kind+".xml"] = wrap(kind, inside)
		relate("rId_"+kind, kind, kind+".xml", "")
	}
	part("styles", w.styles, true)
	part("numbering", w.numbering, true)
	notes := func(kind string, list []string) {
		if len(list) == 0 {
			return
		}
		one := strings.TrimSuffix(kind, "s")
		var b strings.Builder
		fmt.Fprintf(&b, `<w:%s w:type="separator" w:id="-1"><w:p/></w:%s>`, one, one)
		for i, text := range list {
			fmt.Fprintf(&b, `<w:%s w:id="%d">%s</w:%s>`, one, i+1, text, one)
		}
		part(kind, b.String(), true)
	}
	notes("footnotes", w.notes)
	notes("endnotes", w.endnotes)
	notes("comments", w.comments)
	for i, h := range w.headers {
		name := fmt.Sprintf("header%d.xml", i+1)
		parts["word/"+name] = wrap("hdr", h)
		relate(fmt.Sprintf("rIdHeader%d", i), "header", name, "")
	}
	for i, l := range w.links {
		relate(fmt.Sprintf("%s%d", ridLink, i+1), "hyperlink", xmlText(l), ` TargetMode="External"`)
	}
	n := 0
	for _, name := range slices.Sorted(maps.Keys(w.media)) {
		n++
		parts["word/media/"+name] = w.media[name]
		relate(fmt.Sprintf("%s%d", ridPicture, n), "image", "media/"+name, "")
	}
	types.WriteString(`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`)
	fmt.Fprintf(&types, `<Override PartName="/word/document.xml" ContentType="%s"/>`, w.mainType)
	parts["[Content_Types].xml"] = []byte(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` + types.String() + `</Types>`)
	parts["_rels/.rels"] = []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`)
	parts["word/_rels/document.xml.rels"] = []byte(xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + relations.String() + `</Relationships>`)
	for name, text := range w.extra {
		parts[name] = []byte(text)
	}
	if w.strict {
		for name, text := range parts {
			if strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") {
				parts[name] = []byte(toStrict.Replace(string(text)))
			}
		}
	}
	return parts
}

// toStrict turns the addresses of the transitional format into the strict ones.
var toStrict = strings.NewReplacer(
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships",
	"http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math",
	"http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/",
)

func (w *word) bytes() []byte { return zipped(w.parts()) }

func zipped(parts map[string][]byte) []byte { return packed(parts, zip.Deflate) }

func packed(parts map[string][]byte, method uint16) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err == nil {
			_, err = f.Write(parts[name])
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func xmlText(s string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		panic(err)
	}
	return b.String()
}

// run writes a run; style is the inside of its w:rPr.
func run(text, style string) string {
	if style != "" {
		style = "<w:rPr>" + style + "</w:rPr>"
	}
	return "<w:r>" + style + `<w:t xml:space="preserve">` + xmlText(text) + "</w:t></w:r>"
}

// para writes a paragraph of runs; properties is the inside of its w:pPr.
func para(properties string, runs ...string) string {
	if properties != "" {
		properties = "<w:pPr>" + properties + "</w:pPr>"
	}
	return "<w:p>" + properties + strings.Join(runs, "") + "</w:p>"
}

// p is a plain paragraph.
func p(text string) string { return para("", run(text, "")) }

// st is a paragraph of a style.
func st(style, text string) string {
	return para(`<w:pStyle w:val="`+style+`"/>`, run(text, ""))
}

// li is a paragraph of a list.
func li(list, level int, text string) string {
	return para(fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, list), run(text, ""))
}

const (
	hei  = `<w:rFonts w:ascii="黑体" w:eastAsia="黑体"/>`
	kai  = `<w:rFonts w:eastAsia="楷体_GB2312"/>`
	strg = `<w:b/>`
)

// four wraps what stands in a section between the four usual headings.
func four(inFirst ...string) []string {
	list := append([]string{p("一、经验做法")}, inFirst...)
	return append(list, p("二、行动成效"), p("成效文字。"), p("三、存在问题"), p("问题文字。"), p("四、下一步打算"), p("打算文字。"))
}

// sampleOnce is the sample campaign, read once.
var sampleOnce = sync.OnceValues(func() (*campaign.Campaign, *stats.Table) {
	fsys := os.DirFS("../..")
	c, findings := source.Load(fsys)
	if campaign.HasErrors(findings) {
		panic(fmt.Sprint(findings))
	}
	return c, stats.Of(release.Whole(c, c.ReferenceDate, source.Contents(fsys)))
})

// sampleOptions are those of a department of the sample in its last round.
func sampleOptions(t testing.TB, department string) Options {
	t.Helper()
	c, book := sampleOnce()
	o := Options{Campaign: c, Book: book, Round: c.FindRound("终期"), Department: c.FindDepartment(department)}
	if o.Round == nil || o.Department == nil {
		t.Fatal("the sample has no such round or department")
	}
	return o
}

// imported imports a fixture for 公安局 and fails when it is refused.
func imported(t testing.TB, w *word) (*Result, []campaign.Finding) {
	t.Helper()
	return importedFor(t, w, sampleOptions(t, "公安局"))
}

func importedFor(t testing.TB, w *word, o Options) (*Result, []campaign.Finding) {
	t.Helper()
	result, problems := Import("公安局总结.docx", w.bytes(), o)
	if result == nil {
		t.Fatalf("refused: %v", problems)
	}
	for _, problem := range problems {
		if problem.Rule == "manuscript-proof" {
			t.Errorf("%s\n%s", problem.Message, result.Markdown)
		}
	}
	return result, problems
}

// bodyOf returns the Markdown below the front matter.
func bodyOf(r *Result) string {
	_, body, _ := strings.Cut(strings.TrimPrefix(string(r.Markdown), "---\n"), "\n---\n")
	return body
}

// firstSection returns what stands below 经验做法.
func firstSection(t testing.TB, r *Result) string {
	t.Helper()
	_, rest, ok := strings.Cut(bodyOf(r), "## 经验做法\n")
	text, _, also := strings.Cut(rest, "\n## 行动成效")
	if !ok || !also {
		t.Fatalf("sections are missing:\n%s", r.Markdown)
	}
	return strings.TrimSpace(text)
}

// said joins what a result says, for a test to look for words in.
func said(r *Result, problems []campaign.Finding) string {
	var b strings.Builder
	if r != nil {
		for _, n := range r.Notes {
			b.WriteString(n.Rule + " " + n.String() + "\n")
		}
	}
	for _, p := range problems {
		b.WriteString(p.Rule + " " + p.String() + "\n")
	}
	return b.String()
}
