package review

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/campaign"
)

// zipped packs parts, each a name and its text.
func zipped(parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			panic(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// A file of each kind says text and has properties: the elements that its kind
// writes them in.
func attachedDocx(text, core, custom string) []byte {
	return zipped("word/document.xml", `<w:document xmlns:w="w"><w:p><w:r><w:t>`+text+`</w:t></w:r></w:p></w:document>`,
		"docProps/core.xml", `<cp:coreProperties xmlns:dc="dc" xmlns:cp="cp">`+core+`</cp:coreProperties>`, "docProps/custom.xml", `<Properties xmlns:vt="vt"><property>`+custom+`</property></Properties>`)
}

func attachedXlsx(text, core, custom string) []byte {
	return zipped("xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="表" r:id="1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>`+text+`</t></is></c></row></sheetData></worksheet>`,
		"docProps/core.xml", `<cp:coreProperties xmlns:dc="dc" xmlns:cp="cp">`+core+`</cp:coreProperties>`, "docProps/custom.xml", `<Properties xmlns:vt="vt"><property>`+custom+`</property></Properties>`)
}

func attachedPptx(text, core, custom string) []byte {
	return zipped("ppt/slides/slide1.xml", `<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:t>`+text+`</a:t></a:p></p:sld>`,
		"docProps/core.xml", `<cp:coreProperties xmlns:dc="dc" xmlns:cp="cp">`+core+`</cp:coreProperties>`, "docProps/custom.xml", `<Properties xmlns:vt="vt"><property>`+custom+`</property></Properties>`)
}

// attachedPDF is a page in a standard font; info is the inside of its information
// dictionary.
func attachedPDF(text, info string) []byte {
	return []byte("%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n" +
		"3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>> endobj\n" +
		"4 0 obj <<>> stream\nBT /F1 12 Tf (" + text + ") Tj ET\nendstream endobj\n5 0 obj <<" + info + "/Producer(x)>> endobj\n")
}

// TestAttachmentsAreLookedInto: in every kind of attachment, a number in its
// text, in its title and in a property of somebody's own, and a person as its
// author, are found; without them nothing is.
func TestAttachmentsAreLookedInto(t *testing.T) {
	const number = "13800001234"
	const thumbnailOf = `<Relationships><Relationship Id="1" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail" Target="docProps/thumbnail.png"/></Relationships>`
	const small = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10\x08\x00\x00\x00\x00\x3a\x98\xa0\xbd"
	type file struct {
		name string
		data []byte
		rule string
	}
	office := func(make func(text, core, custom string) []byte, name string) map[string]file {
		return map[string]file{
			name + " clean":        {"a." + name, make("清单", "<dc:title>清单</dc:title><dc:creator>办公室</dc:creator>", "<vt:lpwstr>内部</vt:lpwstr>"), ""},
			name + " text":         {"a." + name, make("电话 "+number, "", ""), "personal-data"},
			name + " author":       {"a." + name, make("清单", "<dc:creator>张伟明</dc:creator>", ""), "attachment-author"},
			name + " last author":  {"a." + name, make("清单", "<cp:lastModifiedBy>张伟明</cp:lastModifiedBy>", ""), "attachment-author"},
			name + " title":        {"a." + name, make("清单", "<dc:title>联系"+number+"</dc:title>", ""), "attachment-author"},
			name + " own property": {"a." + name, make("清单", "", "<vt:lpwstr>11010119900307723X</vt:lpwstr>"), "attachment-author"},
		}
	}
	cases := map[string]file{
		"pdf clean":                {"a.pdf", attachedPDF("List 2026", "/Title(List)"), ""},
		"pdf text":                 {"a.pdf", attachedPDF("Tel "+number, ""), "personal-data"},
		"pdf author":               {"a.pdf", attachedPDF("List", "/Author(\xfe\xff\x5f\x20\x4f\x1f\x66\x0e)"), "attachment-author"},
		"pdf title":                {"a.pdf", attachedPDF("List", "/Title(Tel "+number+")"), "attachment-author"},
		"csv":                      {"a.csv", []byte("单位,电话\n某店," + number + "\n"), "personal-data"},
		"txt":                      {"a.txt", []byte("电话 " + number + "\n"), "personal-data"},
		"docx slip":                {"a.docx", zipped("word/document.xml", "<w:document/>", "../../evil", "x"), "attachment-active"},
		"scan":                     {"a.pdf", []byte("%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</I 9 0 R>>>>>> endobj\n4 0 obj <<>> stream\n/I Do\nendstream endobj\n9 0 obj <</Subtype/Image>> stream\nx\nendstream endobj"), "attachment-unread"},
		"a picture":                {"a.docx", zipped("word/document.xml", "<w:p xmlns:w='w'><w:t>正文</w:t></w:p>", "_rels/.rels", thumbnailOf, "word/thumbnail.png", small), "picture-unchecked"},
		"a thumbnail":              {"a.docx", zipped("word/document.xml", "<w:p xmlns:w='w'><w:t>正文</w:t></w:p>", "_rels/.rels", thumbnailOf, "docProps/thumbnail.png", small), ""},
		"a thumbnail with a place": {"a.docx", zipped("word/document.xml", "<w:p xmlns:w='w'><w:t>正文</w:t></w:p>", "_rels/.rels", thumbnailOf, "docProps/thumbnail.png", small+"GPSLatitude=\"25"), "attachment-picture"},
		"Word's before":            {"a.doc", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "attachment-unread"},
	}
	for kind, make := range map[string]func(text, core, custom string) []byte{"docx": attachedDocx, "xlsx": attachedXlsx, "pptx": attachedPptx} {
		for name, f := range office(make, kind) {
			cases[name] = f
		}
	}
	for name, f := range cases {
		t.Run(name, func(t *testing.T) {
			files := base(t)
			const item = "content/open/fangan.md"
			text := strings.Replace(string(files[item].Data), "附件: [qingdan.csv]", "附件: [qingdan.csv, "+f.name+"]", 1)
			files[item] = &fstest.MapFile{Data: []byte(text)}
			files["content/open/"+f.name] = &fstest.MapFile{Data: f.data}
			var rules []string
			for _, found := range Read(files, onDay).Findings {
				if found.At.File != item || found.Level != campaign.Error {
					continue
				}
				rules = append(rules, found.Rule)
				if found.At.Line != 9 || !strings.Contains(found.Message, f.name) || found.Hint == "" {
					t.Errorf("%s %s（%s）", found.At, found.Message, found.Hint)
				}
			}
			if want := strings.Fields(f.rule); !slices.Equal(rules, want) {
				t.Errorf("found %v, want %v", rules, want)
			}
			if f.rule != "attachment-unread" {
				return
			}
			// Somebody has looked at it.
			files[item].Data = []byte(strings.Replace(text, "体裁: 通知\n", "体裁: 通知\n附件已核: true\n", 1))
			for _, found := range Read(files, onDay).Findings {
				if found.Level == campaign.Error {
					t.Errorf("looked at, and still: %s %s", found.At, found.Message)
				}
			}
		})
	}
}
