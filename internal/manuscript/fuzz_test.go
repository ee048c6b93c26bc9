package manuscript

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
)

// composed builds a text out of hard pieces, as bytes choose them.
func composed(data []byte) []byte {
	next := func(n int) int {
		if len(data) == 0 {
			return 0
		}
		b := int(data[0])
		data = data[1:]
		return b % n
	}
	words := []string{"甲", "（二）", "一、经验做法", "*", "**", "_", "`", "[", "](x)", "|", "{{", "}}", "#", " # ", "- ", "1. ", "1)", "2、", "~~", "<b>", "&amp;", "\\", "\n", " ", "　", "a", "。", "查处相关网络违法案件231件", "章贡区", "，新增", "143件", "①", "图1 检查", "附件", "=", "---", ": -", "!", "^1", "😀", "\u00a0", "\ue000", "2022年11月25日", "赣州市公安局", "{{公安局/查处相关网络违法案件}}", "http://x.example", "12", "件", ">", "+", "标题", "标题：", "发布机构：", "文号", "当事人：", "决定日期"}
	lookings := []string{"", strg, "<w:i/>", "<w:b/><w:i/>", "<w:strike/>", "<w:vanish/>", hei, kai, `<w:rStyle w:val="Strong"/>`, `<w:vertAlign w:val="superscript"/>`, "<w:caps/>"}
	properties := []string{"", `<w:pStyle w:val="1"/>`, `<w:pStyle w:val="2"/>`, `<w:pStyle w:val="3"/>`, `<w:pStyle w:val="Quote"/>`, `<w:pStyle w:val="Caption"/>`, `<w:jc w:val="center"/>`, `<w:framePr w:dropCap="drop"/>`}
	inline := func() string {
		switch next(12) {
		case 0:
			return "<w:r><w:br/></w:r>"
		case 1:
			return `<w:r><w:footnoteReference w:id="1"/></w:r>`
		case 2:
			return pic(1, "", "")
		case 3:
			return `<w:r><w:tab/></w:r>`
		case 4:
			return `<w:hyperlink r:id="rIdLink1">` + run(words[next(len(words))], lookings[next(len(lookings))]) + `</w:hyperlink>`
		}
		return run(words[next(len(words))]+words[next(len(words))], lookings[next(len(lookings))])
	}
	paragraph := func() string {
		p := properties[next(len(properties))]
		if next(3) == 0 {
			p += `<w:numPr><w:ilvl w:val="` + strconv.Itoa(next(3)) + `"/><w:numId w:val="` + strconv.Itoa(1+next(6)) + `"/></w:numPr>`
		}
		var runs []string
		for range 1 + next(5) {
			runs = append(runs, inline())
		}
		return para(p, runs...)
	}
	var body strings.Builder
	for len(data) > 0 && body.Len() < 100_000 {
		if next(9) > 0 {
			body.WriteString(paragraph())
			continue
		}
		body.WriteString("<w:tbl>")
		for range 1 + next(3) {
			body.WriteString("<w:tr>")
			for range 1 + next(3) {
				body.WriteString(tc([]string{"", `<w:gridSpan w:val="2"/>`, "<w:vMerge/>", `<w:vMerge w:val="restart"/>`}[next(4)], paragraph()))
			}
			body.WriteString("</w:tr>")
		}
		body.WriteString("</w:tbl>")
	}
	return document(body.String())
}

// FuzzImportDocx imports anything: a whole file, the text part of a good one,
// or (how 2) a text composed of hard pieces. There is no panic; what is not refused is Markdown that the campaign's
// reader can read and that says what was read from the file.
func FuzzImportDocx(f *testing.F) {
	for _, w := range []*word{official(), ofWPS(), newWord(four(drawn(`<wps:wsp/>`), li(1, 3, "甲"), st("Quote", "*乙*"), tbl([]string{"a|b", "c"}, []string{"{{", "`"}))...)} {
		w.numbering = wordLists
		f.Add(w.bytes(), byte(0))
		f.Add(w.parts()["word/document.xml"], byte(1))
	}
	for _, b := range []string{
		"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"9\"/><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>",
		`<w:p><w:pPr><w:numPr><w:ilvl w:val="8"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>一、经验做法。1、x</w:t><w:br/><w:t>（二）</w:t></w:r></w:p>`,
		`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "http://a/b)c"</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>[x](y)</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>`,
		`<w:p><w:r><w:rPr><w:b/><w:i/><w:strike/></w:rPr><w:t>a*</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>*b</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>`,
	} {
		f.Add(document(b), byte(1))
	}
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), byte(0))
	f.Add([]byte("%PDF-1.4"), byte(0))
	for _, s := range []string{"0", "composed of these bytes and some more of them", "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10"} {
		f.Add([]byte(s), byte(2))
	}
	shell := official()
	shell.numbering, shell.links = wordLists, []string{"https://www.gov.cn/a(b)c"}
	parts := shell.parts()
	o := sampleOptions(f, "公安局")
	f.Fuzz(func(t *testing.T, data []byte, how byte) {
		switch how {
		case 1:
			parts["word/document.xml"] = data
			data = zipped(parts)
		case 2:
			parts["word/document.xml"] = composed(data)
			data = zipped(parts)
		}
		r, problems := Import("公安局.docx", data, o)
		checkFuzzed(t, r, problems)
		m := Material{Campaign: o.Campaign, Kind: []campaign.Kind{campaign.Warnings, campaign.Cases, campaign.Documents}[how%3], Slug: "a"}
		r, problems = ImportMaterial("a.docx", data, m)
		checkFuzzed(t, r, problems)
	})
}

// checkFuzzed checks what is so of whatever comes in.
func checkFuzzed(t *testing.T, r *Result, problems []campaign.Finding) {
	t.Helper()
	if r == nil {
		if len(problems) != 1 || problems[0].Hint == "" {
			t.Fatalf("refused with %v", problems)
		}
		return
	}
	if !utf8.Valid(r.Markdown) || bytes.ContainsAny(r.Markdown, "\x00\r\ufeff\ufffd") {
		t.Fatalf("characters that no text may hold:\n%q", r.Markdown)
	}
	front, body, ok := bytes.Cut(bytes.TrimPrefix(r.Markdown, []byte("---\n")), []byte("\n---\n"))
	if !ok || !bytes.Contains(front, []byte("公开方式: 不予公开")) {
		t.Fatalf("not held back:\n%s", r.Markdown)
	}
	if err := yaml.Unmarshal(front, new(map[string]any)); err != nil {
		t.Fatalf("%v:\n%s", err, front)
	}
	if _, findings := markdown.Parse(body, "x.md", 1); len(findings) > 0 {
		t.Fatalf("%v\n%s", findings, r.Markdown)
	}
	for _, problem := range problems {
		if problem.Rule == "manuscript-proof" {
			t.Fatalf("%s\n%s", problem, r.Markdown)
		}
		if strings.TrimSpace(problem.Message) == "" {
			t.Fatal("a problem without words")
		}
	}
	for _, p := range r.Pictures {
		if !bytes.Contains(body, []byte("]("+p.Name+")")) || strings.ContainsAny(p.Name, `/\`) {
			t.Fatalf("%s is not shown, or leads elsewhere", p.Name)
		}
	}
}

var writtenRun = regexp.MustCompile(`<w:r>(?:<w:rPr>(.*?)</w:rPr>)?<w:t xml:space="preserve">((?s:.*?))</w:t></w:r>`)

// lossTold tells a note of words that are not in the Markdown, or not as they
// were.
var lossTold = regexp.MustCompile(`(?m)^(?:left-(?:frame|footnote|caption|object)|changed-(?:figure|heading|number|list|mark|merged|raised))|还有`)
