package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// readPDF is a small reader of its own, so that the file is tested by something
// that did not write it, on machines without any PDF tools too.
type readPDF struct {
	t       *testing.T
	file    []byte
	objects map[int][]byte
	trailer string
}

func read(t *testing.T, file []byte) *readPDF {
	t.Helper()
	r := &readPDF{t: t, file: file, objects: map[int][]byte{}}
	at := bytes.LastIndex(file, []byte("startxref\n"))
	table, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(string(file[at+10:]), "%%EOF\n")))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(file[table:at]), "\n")
	var size int
	if _, err := fmt.Sscanf(lines[1], "0 %d", &size); err != nil || lines[0] != "xref" {
		t.Fatalf("交叉引用表开头是 %q %q", lines[0], lines[1])
	}
	for n := 1; n < size; n++ {
		if len(lines[n+2]) != 19 {
			t.Fatalf("交叉引用第 %d 行长 %d", n, len(lines[n+2])+1)
		}
		offset, _ := strconv.Atoi(lines[n+2][:10])
		head := fmt.Sprintf("%d 0 obj\n", n)
		if !bytes.HasPrefix(file[offset:], []byte(head)) {
			t.Fatalf("对象 %d 不在 %d", n, offset)
		}
		body := file[offset+len(head):]
		r.objects[n] = body[:bytes.Index(body, []byte("\nendobj\n"))]
		if i := bytes.Index(r.objects[n], []byte("stream\n")); i >= 0 {
			length, err := strconv.Atoi(r.match(r.objects[n][:i], `/Length (\d+)`))
			if err != nil || !bytes.HasPrefix(body[i+7+length:], []byte("\nendstream\n")) {
				t.Fatalf("对象 %d 的长度不对", n)
			}
			r.objects[n] = body[:i+7+length]
		}
	}
	r.trailer = strings.Join(lines[size+2:], "\n")
	return r
}

func (r *readPDF) match(in []byte, pattern string) string {
	m := regexp.MustCompile(pattern).FindSubmatch(in)
	if m == nil {
		return ""
	}
	return string(m[1])
}

// dictionary is what stands before an object's stream.
func (r *readPDF) dictionary(n int) []byte {
	head, _, _ := bytes.Cut(r.objects[n], []byte("stream\n"))
	return head
}

// ref follows a key of an object to another one.
func (r *readPDF) ref(n int, key string) int {
	i, _ := strconv.Atoi(r.match(r.dictionary(n), "/"+key+` \[?\s*(\d+) 0 R`))
	return i
}

func (r *readPDF) data(n int) []byte {
	r.t.Helper()
	_, data, ok := bytes.Cut(r.objects[n], []byte("stream\n"))
	if !ok {
		r.t.Fatalf("对象 %d 不是流", n)
	}
	if !bytes.Contains(r.dictionary(n), []byte("/FlateDecode")) {
		return data
	}
	z, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		r.t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		r.t.Fatalf("对象 %d：%v", n, err)
	}
	return out
}

func (r *readPDF) root() int {
	n, _ := strconv.Atoi(r.match([]byte(r.trailer), `/Root (\d+) 0 R`))
	return n
}

func (r *readPDF) pages() []int {
	tree := r.ref(r.root(), "Pages")
	var list []int
	for _, m := range regexp.MustCompile(`(\d+) 0 R`).FindAllStringSubmatch(r.match(r.objects[tree], `(?s)/Kids \[(.*?)\]`), -1) {
		n, _ := strconv.Atoi(m[1])
		list = append(list, n)
	}
	return list
}

func utf16Text(hex string) string {
	var units []uint16
	for ; len(hex) >= 4; hex = hex[4:] {
		u, _ := strconv.ParseUint(hex[:4], 16, 16)
		units = append(units, uint16(u))
	}
	return string(utf16.Decode(units))
}

// text is what a page shows, by its fonts' maps to Unicode.
func (r *readPDF) text(page int) string {
	resources := r.ref(page, "Resources")
	fonts := map[string]map[string]string{}
	for _, m := range regexp.MustCompile(`/(F\d+) (\d+) 0 R`).FindAllSubmatch(r.objects[resources], -1) {
		font, _ := strconv.Atoi(string(m[2]))
		table := map[string]string{}
		for _, e := range regexp.MustCompile(`<([0-9A-F]{4})> <([0-9A-F]+)>`).FindAllSubmatch(r.data(r.ref(font, "ToUnicode")), -1) {
			table[string(e[1])] = utf16Text(string(e[2]))
		}
		fonts[string(m[1])] = table
	}
	var b strings.Builder
	font := ""
	for _, m := range regexp.MustCompile(`/(F\d+) [\d.]+ Tf|\[<([0-9A-F]*)>\] TJ`).FindAllSubmatch(r.data(r.ref(page, "Contents")), -1) {
		if len(m[1]) > 0 {
			font = string(m[1])
			continue
		}
		for hex := string(m[2]); len(hex) >= 4; hex = hex[4:] {
			char, ok := fonts[font][hex[:4]]
			if !ok {
				r.t.Errorf("字形 %s 没有对应的字符", hex[:4])
			}
			b.WriteString(char)
		}
	}
	return b.String()
}

func TestFileIsWhole(t *testing.T) {
	v := publicView(t, nil)
	file := bytesOf(t, v)
	r := read(t, file)
	for n := range r.objects {
		for _, m := range regexp.MustCompile(`(\d+) 0 R`).FindAllSubmatch(r.dictionary(n), -1) {
			if target, _ := strconv.Atoi(string(m[1])); r.objects[target] == nil {
				t.Errorf("对象 %d 指向不存在的 %d", n, target)
			}
		}
	}
	catalog := string(r.objects[r.root()])
	for _, want := range []string{"/Lang (zh-CN)", "/PageMode /UseOutlines", "/PageLabels << /Nums [ 0 << /P <FEFF5C019762> >>"} { // 封面
		if !strings.Contains(catalog, want) {
			t.Errorf("目录对象里没有 %s：%s", want, catalog)
		}
	}
	xmp := string(r.data(r.ref(r.root(), "Metadata")))
	for _, want := range []string{"临江市2031农资打假“春雷”行动总结报告", "zh-CN", "2031-06-16T00:00:00+08:00"} {
		if !strings.Contains(xmp, want) {
			t.Errorf("XMP 里没有 %s", want)
		}
	}
	for _, want := range []string{"<pdfaid:part>1</pdfaid:part>", "<pdfaid:conformance>B</pdfaid:conformance>"} {
		if !strings.Contains(xmp, want) {
			t.Errorf("XMP 里没有 %s", want)
		}
	}
	if !bytes.HasPrefix(file, []byte("%PDF-1.7\n")) {
		t.Errorf("文件开头是 %q", file[:9])
	}
	info, _ := strconv.Atoi(r.match([]byte(r.trailer), `/Info (\d+) 0 R`))
	if !bytes.Contains(r.objects[info], []byte("/CreationDate (D:20310616000000+08'00')")) {
		t.Errorf("生成日期：%s", r.objects[info])
	}
	if r.match([]byte(r.trailer), `/ID \[<([0-9a-f]{32})> <[0-9a-f]{32}>\]`) == "" {
		t.Errorf("没有标识：%s", r.trailer)
	}
	if !bytes.Contains(file, []byte("/CIDToGIDMap /Identity")) {
		t.Error("字体没有字形对照")
	}
}

// What was laid out comes back character by character, rare ones too.
func TestTextComesBack(t *testing.T) {
	v := publicView(t, nil)
	p := paperOf(t, v, Options{})
	r := read(t, bytesOf(t, v))
	pages := r.pages()
	if len(pages) != len(p.pages) {
		t.Fatalf("文件有 %d 页，排了 %d 页", len(pages), len(p.pages))
	}
	whole := ""
	for i, page := range pages {
		got, want := r.text(page), strings.Join(textsOf(p.pages[i]), "")
		if got != want {
			t.Errorf("第 %d 页取出\n%q\n应为\n%q", i+1, got, want)
		}
		whole += squeeze(got)
	}
	for _, want := range []string{"“镕”“瞭”“𬭎”，约翰·史密斯也要印得出来•不混"} {
		if !strings.Contains(whole, want) {
			t.Errorf("没有取回 %s", want)
		}
	}
}

// The outline is a tree: every entry knows its parent and neighbours.
func TestOutlineIsNested(t *testing.T) {
	v := publicView(t, nil)
	p := paperOf(t, v, Options{})
	r := read(t, bytesOf(t, v))
	var got []string
	var walk func(parent, level int)
	walk = func(parent, level int) {
		previous := 0
		for n := r.ref(parent, "First"); n != 0; n = r.ref(n, "Next") {
			if r.ref(n, "Parent") != parent || r.ref(n, "Prev") != previous {
				t.Errorf("书签 %d 的上级是 %d、前一个是 %d，应为 %d、%d", n, r.ref(n, "Parent"), r.ref(n, "Prev"), parent, previous)
			}
			if r.ref(n, "Dest") == 0 {
				t.Errorf("书签 %d 没有去处", n)
			}
			got = append(got, fmt.Sprint(level, utf16Text(r.match(r.objects[n], `/Title <FEFF([0-9A-F]*)>`))))
			previous = n
			walk(n, level+1)
		}
		if r.ref(parent, "Last") != previous {
			t.Errorf("%d 的最后一个是 %d，应为 %d", parent, r.ref(parent, "Last"), previous)
		}
	}
	walk(r.ref(r.root(), "Outlines"), 1)
	var want []string
	for _, b := range p.bookmarks {
		want = append(want, fmt.Sprint(b.Level, b.Title))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("书签是\n%s\n应为\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
