package manuscript

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"

	"wangjian/internal/intake"
)

// compound makes something that starts and is named inside as an OLE compound
// file is.
func compound(streams ...string) []byte {
	b := append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 504)...)
	for _, s := range streams {
		b = append(b, strings.Join(strings.Split(s, ""), "\x00")+"\x00"...)
	}
	return b
}

// with returns a good file's parts with some changed.
func with(change func(map[string][]byte)) []byte {
	parts := newWord(four()...).parts()
	change(parts)
	return zipped(parts)
}

func document(inside string) []byte {
	return []byte(xmlHead + "<w:document " + declarations + "><w:body>" + inside + "</w:body></w:document>")
}

// rawZip writes entries whose names zip.Writer would not mind.
func rawZip(names ...string) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	good := newWord(four()...).parts()
	for _, n := range slices.Sorted(maps.Keys(good)) {
		f, _ := z.Create(n)
		f.Write(good[n])
	}
	for _, n := range names {
		f, _ := z.CreateHeader(&zip.FileHeader{Name: n, Method: zip.Store})
		f.Write([]byte("x"))
	}
	z.Close()
	return out.Bytes()
}

// bomb packs a part of nothing but one character, size bytes long.
func bomb(name, start string, size int) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	good := newWord(four()...).parts()
	delete(good, name)
	for _, n := range slices.Sorted(maps.Keys(good)) {
		f, _ := z.Create(n)
		f.Write(good[n])
	}
	f, _ := z.Create(name)
	io.WriteString(f, start)
	chunk := bytes.Repeat([]byte{' '}, 1<<20)
	for range size >> 20 {
		f.Write(chunk)
	}
	z.Close()
	return out.Bytes()
}

func TestRefused(t *testing.T) {
	track := func(inside string) []byte { return newWord(four(inside)...).bytes() }
	ins := `<w:ins w:id="1" w:author="甲">` + run("新加的话", "") + `</w:ins>`
	for name, c := range map[string]struct {
		file string
		data []byte
		rule string
		says string // in the message or the hint
	}{
		"nothing":       {"a.docx", nil, "manuscript-empty", "空文件"},
		"blanks":        {"a.docx", []byte(" \n"), "manuscript-empty", "空文件"},
		"old .doc":      {"a.doc", compound("WordDocument"), "manuscript-old", "保存类型选“Word 文档 (*.docx)”"},
		".doc as .docx": {"a.docx", compound("WordDocument"), "manuscript-old", "旧版 Word 格式（.doc）"},
		".wps":          {"a.WPS", compound("WordDocument"), "manuscript-old", "Microsoft Word 文件 (*.docx)"},
		"password":      {"a.docx", compound("EncryptionInfo", "EncryptedPackage"), "manuscript-encrypted", "用密码进行加密"},
		"old .xls":      {"a.xls", compound("Workbook"), "manuscript-kind", "表格"},
		"pdf":           {"a.docx", []byte("%PDF-1.7"), "manuscript-kind", "PDF"},
		"rtf":           {"a.doc", []byte(`{\rtf1 x}`), "manuscript-kind", "RTF"},
		"html":          {"a.doc", []byte("\ufeff<html xmlns:w='urn:schemas-microsoft-com:office:word'>"), "manuscript-kind", "网页"},
		"mht":           {"a.doc", []byte("MIME-Version: 1.0\n"), "manuscript-kind", "mht"},
		"word xml":      {"a.xml", []byte(`<?xml version="1.0"?><?mso-application progid="Word.Document"?>`), "manuscript-kind", "XML 格式"},
		"rar":           {"a.docx", []byte("Rar!\x1a\x07"), "manuscript-kind", "RAR"},
		"office lock":   {"a.docx", []byte("\x62\x14\x23\x65enc\x00locked"), "manuscript-damaged", "文档安全软件"},
		"odt":           {"a.odt", zipped(map[string][]byte{"mimetype": []byte("application/vnd.oasis.opendocument.text"), "content.xml": []byte("<a/>")}), "manuscript-kind", ".odt"},
		"ofd":           {"a.ofd", zipped(map[string][]byte{"OFD.xml": []byte("<a/>")}), "manuscript-kind", "OFD"},
		"a zip":         {"a.docx", zipped(map[string][]byte{"x.txt": []byte("x")}), "manuscript-kind", "没有 Word 的正文"},
		"cut short":     {"a.docx", newWord(four()...).bytes()[:400], "manuscript-damaged", "损坏"},
		"xlsx": {"a.xlsx", with(func(p map[string][]byte) {
			types(p, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
		}), "manuscript-kind", "表格"},
		"docm": {"a.docm", with(func(p map[string][]byte) { types(p, "application/vnd.ms-word.document.macroEnabled.main+xml") }), "manuscript-macro", "宏"},
		"template": {"a.dotx", with(func(p map[string][]byte) {
			types(p, "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml")
		}), "manuscript-kind", "模板"},
		"hidden macros":   {"a.docx", with(func(p map[string][]byte) { p["word/vbaProject.bin"] = []byte("x") }), "manuscript-macro", "宏"},
		"no main part":    {"a.docx", with(func(p map[string][]byte) { delete(p, "word/document.xml") }), "manuscript-damaged", "没有"},
		"no types":        {"a.docx", with(func(p map[string][]byte) { delete(p, "[Content_Types].xml") }), "manuscript-kind", "没有 Word 的正文"},
		"not well-formed": {"a.docx", with(func(p map[string][]byte) { p["word/document.xml"] = []byte(xmlHead + "<w:document><w:body>") }), "manuscript-damaged", "document.xml"},
		"wrong root":      {"a.docx", with(func(p map[string][]byte) { p["word/document.xml"] = []byte("<a/>") }), "manuscript-damaged", "不是 Word 的正文"},
		"no body": {"a.docx", with(func(p map[string][]byte) {
			p["word/document.xml"] = []byte(xmlHead + "<w:document " + declarations + "/>")
		}), "manuscript-damaged", "没有正文"},
		"broken styles": {"a.docx", with(func(p map[string][]byte) { p["word/styles.xml"] = []byte("<w:styles") }), "manuscript-damaged", "styles.xml"},
		"entities":      {"a.docx", with(func(p map[string][]byte) { p["word/document.xml"] = lol() }), "manuscript-damaged", "DOCTYPE"},
		"outside entity": {"a.docx", with(func(p map[string][]byte) {
			p["word/document.xml"] = []byte(`<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>` + string(document(p1("&e;"))))
		}), "manuscript-damaged", "DOCTYPE"},
		"utf-16": {"a.docx", with(func(p map[string][]byte) {
			p["word/document.xml"] = []byte(`<?xml version="1.0" encoding="UTF-16"?><a/>`)
		}), "manuscript-damaged", "document.xml"},
		"deep": {"a.docx", with(func(p map[string][]byte) {
			p["word/document.xml"] = document(strings.Repeat("<w:sdt><w:sdtContent>", 5000))
		}), "manuscript-damaged", "不正常"},
		"many":       {"a.docx", with(func(p map[string][]byte) { p["word/document.xml"] = document(manyElements()) }), "manuscript-damaged", "不正常"},
		"slip":       {"a.docx", rawZip("../../etc/cron.d/x"), "manuscript-damaged", "不安全的文件名"},
		"drive":      {"a.docx", rawZip(`C:\x`), "manuscript-damaged", "不安全的文件名"},
		"twice":      {"a.docx", rawZip("WORD/document.xml"), "manuscript-damaged", "重名"},
		"insertion":  {"公安局.docx", track(para("", run("甲", ""), ins)), "manuscript-revisions", "1 处修订没有定稿，如插入“新加的话”"},
		"deletion":   {"a.docx", track(para("", run("甲", ""), `<w:del w:id="1"><w:r><w:delText>删去的话</w:delText></w:r></w:del>`)), "manuscript-revisions", "删除“删去的话”"},
		"move":       {"a.docx", track(para("", `<w:moveFrom w:id="1">`+run("移走", "")+`</w:moveFrom>`)), "manuscript-revisions", "接受所有更改并停止修订"},
		"new look":   {"a.docx", track(para("", run("甲", `<w:b/><w:rPrChange w:id="1"><w:rPr/></w:rPrChange>`))), "manuscript-revisions", "接受对文档所做的所有修订"},
		"new line":   {"a.docx", track(para(`<w:rPr><w:ins w:id="1"/></w:rPr>`, run("甲", ""))), "manuscript-revisions", "1 处"},
		"row":        {"a.docx", track(`<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr>` + tc("", p("甲")) + `</w:tr></w:tbl>`), "manuscript-revisions", "1 处"},
		"whole part": {"a.docx", track(`<w:ins w:id="1">` + p("整段") + `</w:ins>`), "manuscript-revisions", "整段"},
		"in a note": {"a.docx", func() []byte {
			w := newWord(four(para("", run("甲", ""), `<w:r><w:footnoteReference w:id="1"/></w:r>`))...)
			w.notes = []string{para("", ins)}
			return w.bytes()
		}(), "manuscript-revisions", "新加的话"},
		"in a hidden box": {"a.docx", track(para("", `<w:r><w:drawing><wps:wsp><wps:txbx><w:txbxContent>`+para("", ins)+`</w:txbxContent></wps:txbx></wps:wsp></w:drawing></w:r>`)), "manuscript-revisions", "新加的话"},
	} {
		t.Run(name, func(t *testing.T) {
			r, problems := Import("/某处/"+c.file, c.data, sampleOptions(t, "公安局"))
			if r != nil || len(problems) != 1 {
				t.Fatalf("not refused: %v", problems)
			}
			got := problems[0]
			if got.Rule != c.rule || !strings.Contains(got.Message+got.Hint, c.says) {
				t.Errorf("got %s: %s（%s）\nwant %s with %s", got.Rule, got.Message, got.Hint, c.rule, c.says)
			}
			if got.Hint == "" || !strings.HasPrefix(got.Message, c.file) {
				t.Errorf("the message must name the file and the way out: %s（%s）", got.Message, got.Hint)
			}
		})
	}
	t.Run("nobody's", func(t *testing.T) {
		o := sampleOptions(t, "公安局")
		o.Department = nil
		if r, problems := Import("总结.docx", newWord(four()...).bytes(), o); r != nil || problems[0].Rule != "manuscript-sender" {
			t.Errorf("%v", problems)
		}
	})
}

func types(parts map[string][]byte, to string) {
	parts["[Content_Types].xml"] = bytes.ReplaceAll(parts["[Content_Types].xml"], []byte(mainText), []byte(to))
}

// p1 is a paragraph with its text as XML.
func p1(inside string) string { return "<w:p><w:r><w:t>" + inside + "</w:t></w:r></w:p>" }

// lol is the billion laughs.
func lol() []byte {
	var b strings.Builder
	b.WriteString("<!DOCTYPE lolz [<!ENTITY lol \"lol\">")
	for i := 1; i < 10; i++ {
		fmt.Fprintf(&b, "<!ENTITY lol%d \"%s\">", i, strings.Repeat(fmt.Sprintf("&lol%d;", i-1), 10))
	}
	return []byte(b.String() + "]>" + string(document(p1("&lol9;"))))
}

// manyElements are more than a part may have, not all alike.
func manyElements() string {
	var b strings.Builder
	for n := range maxElements + 1 {
		fmt.Fprintf(&b, `<w:p w:rsidR="%d"/>`, n)
	}
	return b.String()
}

// huge is four times what a part may have: a reader without a bound takes far
// more memory for it than one that stops at its bound.
const huge = 4 * intake.MaxPart

// TestBombs refuses what is small and would become huge, soon and without
// taking the memory.
func TestBombs(t *testing.T) {
	head := xmlHead + "<w:document " + declarations + "><w:body>"
	for name, c := range map[string]struct {
		data []byte
		rule string
	}{
		"a huge text":          {bomb("word/document.xml", head, huge), "manuscript-size"},
		"declared too big":     {lying(bomb("word/media/x.bin", "", 0), "word/media/x.bin", intake.MaxDeclared+1), "manuscript-damaged"},
		"it lies of its size":  {lying(bomb("word/document.xml", head, huge), "word/document.xml", 1000), "manuscript-damaged"},
		"a list without end":   {longList(), "manuscript-damaged"},
		"bigger than it may":   {append([]byte("PK"), make([]byte, maxFile)...), "manuscript-size"},
		"many thousand files":  {manyFiles(), "manuscript-damaged"},
		"huge types":           {bomb("[Content_Types].xml", "<Types>", huge), "manuscript-size"},
		"huge footnotes":       {withFootnotes(bytes.Repeat([]byte(" "), huge)), "manuscript-size"},
		"styles without bound": {with(func(p map[string][]byte) { p["word/styles.xml"] = loopedStyles() }), ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := sampleOptions(t, "公安局")
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			r, problems := Import("a.docx", c.data, o)
			runtime.ReadMemStats(&after)
			if c.rule == "" {
				if r == nil {
					t.Fatal(problems)
				}
			} else if r != nil || problems[0].Rule != c.rule {
				t.Errorf("got %v", problems)
			}
			if grew := after.TotalAlloc - before.TotalAlloc; grew > 2*huge {
				t.Errorf("took %d MB", grew>>20)
			}
		})
	}
}

// lying changes the size that an archive declares for a part.
func lying(data []byte, part string, size uint32) []byte {
	data = bytes.Clone(data)
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte("PK\x01\x02"))
		if i < 0 {
			return data
		}
		at += i
		n := int(binary.LittleEndian.Uint16(data[at+28:]))
		if string(data[at+46:at+46+n]) == part {
			binary.LittleEndian.PutUint32(data[at+24:], size)
		}
		at += 46
	}
}

// longList is an archive whose list of files alone has many megabytes.
func longList() []byte {
	data := newWord(four()...).bytes()
	at := bytes.LastIndex(data, []byte("PK\x05\x06"))
	padded := append(bytes.Clone(data[:at]), make([]byte, 8<<20)...)
	end := bytes.Clone(data[at:])
	binary.LittleEndian.PutUint32(end[12:], binary.LittleEndian.Uint32(end[12:])+8<<20)
	return append(padded, end...)
}

func manyFiles() []byte {
	parts := newWord(four()...).parts()
	for i := range intake.MaxParts {
		parts[fmt.Sprintf("word/media/%d.png", i)] = nil
	}
	return zipped(parts)
}

func withFootnotes(notes []byte) []byte {
	w := newWord(four()...)
	w.notes = []string{p("注")}
	parts := w.parts()
	parts["word/footnotes.xml"] = notes
	return zipped(parts)
}

// loopedStyles inherit from each other in a ring.
func loopedStyles() []byte {
	return []byte(xmlHead + "<w:styles " + declarations + `><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="x"/><w:basedOn w:val="b"/></w:style><w:style w:type="paragraph" w:styleId="b"><w:name w:val="y"/><w:basedOn w:val="a"/></w:style></w:styles>`)
}
