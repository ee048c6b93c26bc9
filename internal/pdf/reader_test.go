package pdf

import (
	"bytes"
	"cmp"
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
		end := bytes.Index(body, []byte("\nendobj\n"))
		data := bytes.Index(body[:end], []byte("stream\n"))
		if data < 0 {
			r.objects[n] = []byte(strings.Join(tokens(body[:end], asText), " "))
			continue
		}
		r.objects[n] = []byte(strings.Join(tokens(body[:data], asText), " ") + "\n")
		length, err := strconv.Atoi(r.match(r.objects[n], `/Length (\d+)`))
		if data += len("stream\n"); err != nil || !bytes.HasPrefix(body[data+length:], []byte("\nendstream\n")) {
			t.Fatalf("对象 %d 的长度不对", n)
		}
		r.objects[n] = append(r.objects[n], body[data-len("stream\n"):data+length]...)
	}
	r.trailer = strings.Join(lines[size+2:], "\n")
	return r
}

// tokenOf finds a token of PDF's syntax: a string, a bracket, a name, a number or a word.
var tokenOf = regexp.MustCompile(`(?s)\((?:[^\\()]|\\.)*\)|<<|>>|<[0-9A-F]*>|[\[\]]|/?[^\s()<>\[\]/]+`)

// tokens takes a text in PDF's syntax apart. Its strings become those that str makes of
// their bytes.
func tokens(in []byte, str func(data string) string) []string {
	var list []string
	for _, word := range tokenOf.FindAllString(string(in), -1) {
		if word[0] == '(' {
			word = str(escaped.ReplaceAllStringFunc(word[1:len(word)-1], func(e string) string { return strings.ReplaceAll(e[1:], "r", "\r") }))
		}
		list = append(list, word)
	}
	return list
}

var escaped = regexp.MustCompile(`(?s)\\.`)

// asCodes shows the bytes of a string as digits, asText those of a text in UTF-16.
func asCodes(data string) string { return fmt.Sprintf("<%X>", data) }

func asText(data string) string {
	if strings.HasPrefix(data, "\xfe\xff") {
		return asCodes(data)
	}
	return "(" + data + ")"
}

// resources are those of a page, or of all.
func (r *readPDF) resources(page int) []byte {
	return r.objects[cmp.Or(r.ref(page, "Resources"), r.ref(r.ref(page, "Parent"), "Resources"))]
}

// operators shows a content stream, one operator a line.
func operators(data []byte) string {
	var b strings.Builder
	for _, word := range tokens(data, asCodes) {
		b.WriteString(word)
		if c := word[0]; c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// content is what a page's content stream says, one operator a line, and what it names
// of running heads and feet in full.
func (r *readPDF) content(page int) string {
	r.t.Helper()
	text := operators(r.data(r.ref(page, "Contents")))
	for _, m := range regexp.MustCompile(`(/\w+) (<< /Type /Pagination [^>]*>>)`).FindAllSubmatch(r.resources(page), -1) {
		text = strings.ReplaceAll(text, "/Artifact "+string(m[1])+" BDC", "/Artifact "+string(m[2])+" BDC")
	}
	return text
}

// said is a text for people that an object has below a key.
func (r *readPDF) said(in []byte, key string) string {
	if hex := r.match(in, "/"+key+` <FEFF([0-9A-F]+)>`); hex != "" {
		return utf16Text(hex)
	}
	return r.match(in, "/"+key+` \(([ -~]+)\)`)
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

// characters is a font's map from codes to characters in UTF-16, as hexadecimal digits.
func (r *readPDF) characters(font int) map[string]string {
	table := map[string]string{}
	data := r.data(r.ref(font, "ToUnicode"))
	for _, m := range regexp.MustCompile(`<([0-9A-F]{4})> <([0-9A-F]+)>\n`).FindAllSubmatch(data, -1) {
		table[string(m[1])] = string(m[2])
	}
	for _, m := range regexp.MustCompile(`<([0-9A-F]{4})><[0-9A-F]{4}>\[([0-9A-F<>]+)\]`).FindAllSubmatch(data, -1) {
		code, _ := strconv.ParseUint(string(m[1]), 16, 16)
		for i, char := range strings.Split(strings.Trim(string(m[2]), "<>"), "><") {
			table[fmt.Sprintf("%04X", int(code)+i)] = char
		}
	}
	return table
}

// shown finds what an operator shows, in the form of [readPDF.content].
const shown = `(?:\[ )?<([0-9A-F]*)> (?:\] )?T[jJ]\n`

// text is what a page shows, by its fonts' maps to Unicode.
func (r *readPDF) text(page int) string {
	fonts := map[string]map[string]string{}
	for _, m := range regexp.MustCompile(`/(F\d+) (\d+) 0 R`).FindAllSubmatch(r.resources(page), -1) {
		font, _ := strconv.Atoi(string(m[2]))
		table := map[string]string{}
		for code, char := range r.characters(font) {
			table[code] = utf16Text(char)
		}
		fonts[string(m[1])] = table
	}
	var b strings.Builder
	font := ""
	for _, m := range regexp.MustCompile(`/(F\d+) [\d.]+ Tf|`+shown).FindAllStringSubmatch(r.content(page), -1) {
		if m[1] != "" {
			font = m[1]
			continue
		}
		for hex := m[2]; len(hex) >= 4; hex = hex[4:] {
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
	for n := range r.objects {
		if d := r.dictionary(n); bytes.Contains(d, []byte("/CIDFontType2")) && !bytes.Contains(d, []byte("/CIDToGIDMap /Identity")) {
			t.Errorf("字体没有字形对照：%s", d)
		}
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
			got = append(got, fmt.Sprint(level, r.said(r.objects[n], "Title")))
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
