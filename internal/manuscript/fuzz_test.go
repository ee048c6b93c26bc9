package manuscript

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"wangjian/internal/markdown"
)

// FuzzImportDocx imports anything: a whole file, or the text part of a good
// one. There is no panic; what is not refused is Markdown that the campaign's
// reader can read and that says what was read from the file.
func FuzzImportDocx(f *testing.F) {
	for _, w := range []*word{official(), ofWPS(), newWord(four(drawn(`<wps:wsp/>`), li(1, 3, "甲"), st("Quote", "*乙*"), tbl([]string{"a|b", "c"}, []string{"{{", "`"}))...)} {
		w.numbering = wordLists
		f.Add(w.bytes(), false)
		f.Add(w.parts()["word/document.xml"], true)
	}
	for _, b := range []string{
		"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"9\"/><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>",
		`<w:p><w:pPr><w:numPr><w:ilvl w:val="8"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>一、经验做法。1、x</w:t><w:br/><w:t>（二）</w:t></w:r></w:p>`,
		`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "http://a/b)c"</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>[x](y)</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>`,
		`<w:p><w:r><w:rPr><w:b/><w:i/><w:strike/></w:rPr><w:t>a*</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>*b</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>`,
	} {
		f.Add(document(b), true)
	}
	f.Add([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), false)
	f.Add([]byte("%PDF-1.4"), false)
	shell := official()
	shell.numbering = wordLists
	parts := shell.parts()
	o := sampleOptions(f, "公安局")
	f.Fuzz(func(t *testing.T, data []byte, inside bool) {
		if inside {
			parts["word/document.xml"] = data
			data = zipped(parts)
		}
		r, problems := Import("公安局.docx", data, o)
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
	})
}
