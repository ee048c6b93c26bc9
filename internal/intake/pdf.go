package intake

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// readPDF reads the words of every page, annotations, bookmarks and metadata.
// The file is not trusted: its cross-reference table is not used, objects are
// found where they stand.
func readPDF(t *File, data []byte) error {
	if encrypted.Match(data) {
		return unreadable("PDF 加了密码或限制")
	}
	f := &pdfFile{data: data, left: maxUnpacked, work: 16*len(data) + 32<<20, paid: map[*pdfStream]bool{}, at: map[int]int{}, objects: map[int]any{}, fonts: map[int]*pdfFont{}}
	if err := f.index(); err != nil {
		return err
	}
	if f.active != "" {
		return &activeError{"PDF 里有" + f.active}
	}
	if err := f.annotations(t); err != nil {
		return err
	}
	pages := f.pages()
	if len(pages) == 0 {
		return unreadable("PDF 已经损坏，读不出页面")
	}
	var blank []string
	for n, page := range pages {
		p := &pdfPage{file: f}
		if err := p.read(page); err != nil {
			return err
		}
		if p.unknown > 4 && p.unknown*10 > p.known || p.pictures > 0 && p.known < 10 || p.broken {
			blank = append(blank, fmt.Sprint(n+1))
		}
		p.tell(t, fmt.Sprintf("第 %d 页", n+1))
		if t.err != nil {
			return t.err
		}
	}
	switch {
	case len(blank) > 5:
		return unreadable("PDF 的第 %s 等 %d 页是扫描的图片，或文字没有编码", strings.Join(blank[:5], "、"), len(blank))
	case len(blank) > 0:
		return unreadable("PDF 的第 %s 页是扫描的图片，或文字没有编码", strings.Join(blank, "、"))
	case f.embedded:
		return unreadable("PDF 里嵌着别的文件")
	}
	return nil
}

var encrypted = regexp.MustCompile(`/Encrypt[\s/<\[0-9]`)

// pages lists the page objects in reading order.
func (f *pdfFile) pages() []pdfDict {
	var list []pdfDict
	seen := map[int]bool{}
	var walk func(v any, depth int)
	walk = func(v any, depth int) {
		if ref, ok := v.(pdfRef); ok {
			if seen[int(ref)] {
				return
			}
			seen[int(ref)] = true
		}
		d := f.dict(v)
		if d == nil || depth > maxDepth {
			return
		}
		if kids, ok := f.get(d["Kids"]).([]any); ok && d["Type"] != pdfName("Page") {
			for _, k := range kids {
				walk(k, depth+1)
			}
			return
		}
		list = append(list, d)
	}
	for _, n := range f.order {
		if d := f.dict(pdfRef(n)); d != nil && d["Type"] == pdfName("Catalog") {
			walk(d["Pages"], 0)
		}
	}
	if len(list) > 0 {
		return list
	}
	for _, n := range f.order { // a file without its tree
		if d := f.dict(pdfRef(n)); d != nil && d["Type"] == pdfName("Page") {
			list = append(list, d)
		}
	}
	return list
}

// inherited returns a page's entry, or its parent's.
func (f *pdfFile) inherited(page pdfDict, key pdfName) any {
	for range 20 {
		if v := f.get(page[key]); v != nil {
			return v
		}
		if page = f.dict(page["Parent"]); page == nil {
			return nil
		}
	}
	return nil
}

// annotations reads metadata, annotations and bookmarks.
func (f *pdfFile) annotations(t *File) error {
	for _, n := range f.order {
		v := f.get(pdfRef(n))
		d := f.dict(v)
		if d == nil {
			continue
		}
		if _, info := d["Producer"]; info || d["CreationDate"] != nil && d["Type"] == nil {
			for _, key := range []pdfName{"Author", "Title", "Subject", "Keywords", "Creator"} {
				t.property(map[pdfName]string{"Author": "作者", "Title": "标题", "Subject": "主题", "Keywords": "关键词", "Creator": "制作程序"}[key], f.words(d[key]))
			}
		}
		for _, key := range []pdfName{"Contents", "V", "RC", "TU"} {
			if key == "Contents" && d["Type"] == pdfName("Page") {
				continue
			}
			t.add("批注或表单", f.words(d[key]))
		}
		if d["Subtype"] != nil && f.get(d["T"]) != nil {
			t.property("批注的作者", f.words(d["T"]))
		}
		t.add("链接", f.words(f.dict(d["A"])["URI"]))
		if d["Title"] != nil && d["Parent"] != nil {
			t.add("书签", f.words(d["Title"]))
		}
		if s, ok := v.(*pdfStream); ok && d["Type"] == pdfName("Metadata") {
			raw, ok, err := f.decode(s)
			if err != nil {
				return err
			}
			if ok {
				xmpPeople(t, raw)
			}
		}
	}
	return t.err
}

func (f *pdfFile) words(v any) string {
	s, _ := f.get(v).(pdfString)
	return pdfText(s)
}

// xmpPeople reads the creators of an XMP packet; one that is damaged is let be.
func xmpPeople(t *File, data []byte) {
	in := ""
	_ = Scan(data, maxDepth, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "creator", "contributor", "Author", "publisher":
			in = e.Name.Local
		}
		return nil
	}, func(s string) {
		if in != "" {
			t.property("作者", s)
		}
	}, func(name string) error {
		if name == in {
			in = ""
		}
		return nil
	})
}

// pdfText reads a text string: UTF-16 or UTF-8 with a mark, else Latin.
func pdfText(s pdfString) string {
	switch {
	case strings.HasPrefix(string(s), "\xfe\xff"), strings.HasPrefix(string(s), "\xff\xfe"):
		return utf16Text([]byte(s[2:]), s[0] == 0xfe)
	case strings.HasPrefix(string(s), "\xef\xbb\xbf"):
		return string(s[3:])
	}
	if utf8.ValidString(string(s)) {
		return string(s)
	}
	if text, err := simplifiedchinese.GB18030.NewDecoder().String(string(s)); err == nil && !strings.ContainsRune(text, utf8.RuneError) {
		return text // against the standard, and usual
	}
	runes := make([]rune, len(s))
	for i := range len(s) {
		runes[i] = rune(s[i])
	}
	return string(runes)
}
