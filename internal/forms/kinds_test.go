package forms

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/intake"
)

// repacked returns a workbook with some parts changed, added or (nil) left out.
func repacked(t testing.TB, data []byte, parts map[string][]byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	put := func(name string, content []byte) {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range r.File {
		if _, changed := parts[f.Name]; changed {
			continue
		}
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(rc)
		if err != nil {
			t.Fatal(err)
		}
		put(f.Name, content)
	}
	for name, content := range parts {
		if content != nil {
			put(name, content)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// part returns one part of a workbook.
func part(t testing.TB, data []byte, name string) string {
	t.Helper()
	a, p := openArchive(data)
	if p != nil {
		t.Fatal(p)
	}
	content, err := a.Read(name)
	if err != nil || content == nil {
		t.Fatal(name, err)
	}
	return string(content)
}

func zipOf(t testing.TB, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		f, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(f, "x")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const sheet1 = "xl/worksheets/sheet1.xml"

// TestWhatIsNotAForm refuses, in words for a clerk and in little time and
// memory, whatever is no form.
func TestWhatIsNotAForm(t *testing.T) {
	c := load(t, small(t))
	mine := filled(t, c)
	old, err := os.ReadFile("testdata/old.xls")
	if err != nil {
		t.Fatal(err)
	}
	locked := edited(t, mine, func(*excelize.File) error { return nil })
	if locked, err = excelize.Encrypt(locked, &excelize.Options{Password: "1"}); err != nil {
		t.Fatal(err)
	}
	sheet := part(t, mine, sheet1)
	head, tail, _ := strings.Cut(sheet, "<sheetData>")
	withCells := func(cells string) []byte {
		return repacked(t, mine, map[string][]byte{sheet1: []byte(head + "<sheetData>" + cells + tail)})
	}
	var many strings.Builder
	for n := range maxCells + 1 {
		fmt.Fprintf(&many, `<row r="%d"><c r="A%d"><v>1</v></c></row>`, n+100, n+100)
	}
	var merges strings.Builder
	for n := range maxMerged + 1 {
		fmt.Fprintf(&merges, `<mergeCell ref="A%d:B%d"/>`, n+100, n+100)
	}
	var sheets strings.Builder
	for n := range maxSheets + 1 {
		fmt.Fprintf(&sheets, `<sheet name="s%d" sheetId="%d"/>`, n, n+50)
	}
	for _, test := range []struct {
		name, file string
		data       []byte
		want       string
	}{
		{"empty", "a.xlsx", nil, "import-kind 空的"},
		{"too large", "a.xlsx", make([]byte, MaxInput+1), "import-size 太大"},
		{"old binary workbook", "a.xls", old, "import-kind .xls 另存为"},
		{"old binary workbook, renamed", "a.xlsx", old, "import-kind .xls 另存为"},
		{"locked with a password", "a.xlsx", locked, "import-kind 打开密码"},
		{"PDF", "a.xlsx", []byte("%PDF-1.7\n"), "import-kind PDF"},
		{"web page called xls", "a.xls", []byte("<html><table><tr><td>项目</td></tr></table></html>"), "import-kind 网页"},
		{"text called xlsx", "a.xlsx", []byte("项目,数量"), "import-kind 不是 xlsx"},
		{"cut off", "a.xlsx", mine[:len(mine)/2], "import-kind 损坏"},
		{"Word file", "a.xlsx", zipOf(t, "word/document.xml"), "import-kind Word text import"},
		{"OpenDocument", "a.ods", zipOf(t, "mimetype", "content.xml"), "import-kind .ods 另存为"},
		{"binary workbook", "a.xlsb", zipOf(t, "xl/workbook.bin"), "import-kind .xlsb"},
		{"archive of something else", "a.xlsx", zipOf(t, "照片.jpg"), "import-kind 没有工作簿"},
		{"macro workbook by name", "a.xlsm", mine, "import-active 宏"},
		{"macro inside", "a.xlsx", repacked(t, mine, map[string][]byte{"xl/vbaProject.bin": []byte("x")}), "import-active 宏"},
		{"macro sheet", "a.xlsx", repacked(t, mine, map[string][]byte{"xl/macrosheets/sheet1.xml": []byte("x")}), "import-active 宏"},
		{"external link", "a.xlsx", repacked(t, mine, map[string][]byte{"xl/externalLinks/externalLink1.xml": []byte("x")}), "import-active 链接到别的文件"},
		{"connection", "a.xlsx", repacked(t, mine, map[string][]byte{"xl/connections.xml": []byte("x")}), "import-active 数据连接"},
		{"two parts of one name", "a.xlsx", repacked(t, mine, map[string][]byte{"XL/workbook.xml": []byte("x")}), "import-kind 同名"},
		{"broken sheet", "a.xlsx", withCells("<row><c>"), "import-kind 损坏"},
		{"no XML", "a.xlsx", repacked(t, mine, map[string][]byte{sheet1: []byte("hello <")}), "import-kind 损坏"},
		{"bomb", "a.xlsx", repacked(t, mine, map[string][]byte{sheet1: make([]byte, intake.MaxPart*4)}), "import-size 展开以后"},
		{"bomb of spaces", "a.xlsx", withCells(strings.Repeat(" ", 4<<20)), "import-size 展开以后"},
		{"bomb of texts", "a.xlsx", repacked(t, mine, map[string][]byte{"xl/sharedStrings.xml": []byte("<sst>" + strings.Repeat("<si><t>x</t></si>", maxStrings+1) + "</sst>")}), "import-size"},
		{"slip", "a.xlsx", repacked(t, mine, map[string][]byte{"../../evil.yaml": []byte("x")}), "import-kind 指到外面"},
		{"slip by backslashes", "a.xlsx", repacked(t, mine, map[string][]byte{`xl\..\..\evil.yaml`: []byte("x")}), "import-kind 指到外面"},
		{"slip to a drive", "a.xlsx", repacked(t, mine, map[string][]byte{"C:/evil.yaml": []byte("x")}), "import-kind 指到外面"},
		{"deep", "a.xlsx", withCells(strings.Repeat("<a>", 1000)), "import-size"},
		{"too many cells", "a.xlsx", withCells(many.String()), "import-size 格子太多"},
		{"too many rows", "a.xlsx", edited(t, mine, func(f *excelize.File) error {
			for row := range maxLines {
				if err := f.SetCellStr(mainSheet, "B"+strconv.Itoa(row+50), "行"); err != nil {
					return err
				}
			}
			return nil
		}), ""},
		{"too many merged cells", "a.xlsx", repacked(t, mine, map[string][]byte{sheet1: []byte(strings.Replace(sheet, "</mergeCells>", merges.String()+"</mergeCells>", 1))}), "import-size 格子太多"},
		{"too many sheets", "a.xlsx", repacked(t, mine, map[string][]byte{"xl/workbook.xml": []byte(strings.Replace(part(t, mine, "xl/workbook.xml"), "</sheets>", sheets.String()+"</sheets>", 1))}), "import-size 格子太多"},
		{"entity bomb", "a.xlsx", repacked(t, mine, map[string][]byte{sheet1: []byte(`<!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet>&b;</worksheet>`)}), "import-kind 损坏"},
		{"empty CSV", "a.csv", nil, "import-kind 空的"},
		{"large CSV", "a.csv", make([]byte, MaxInput+1), "import-size 太大"},
		{"neither encoding", "a.csv", []byte("\xff\xff\x80\x80"), "import-kind GB18030"},
		{"binary CSV", "a.csv", []byte("项目,数量\x00"), "import-kind 不是文本"},
		{"CSV of too many cells", "a.csv", []byte(strings.Repeat("1,", maxCells+1)), "import-size 格子太多"},
		{"CSV of something else", "a.csv", []byte("日期,天气\n1,晴\n"), "import-table 找不到统计表"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			r, got := Import(c, test.file, test.data, ImportOptions{})
			runtime.ReadMemStats(&after)
			if used := after.TotalAlloc - before.TotalAlloc; used > 200<<20 {
				t.Errorf("used %d MB", used>>20)
			}
			want := test.file + " " + test.want
			if test.want == "" {
				want = test.file + "!统计表 import-size 格子太多"
			}
			expect(t, got, want)
			if r != nil {
				t.Error("imported all the same")
			}
		})
	}
}

// TestOtherProgramsFiles reads what other programs make of the same form.
func TestOtherProgramsFiles(t *testing.T) {
	c := load(t, small(t))
	mine := filled(t, c)
	sheet := part(t, mine, sheet1)
	book := part(t, mine, "xl/workbook.xml")
	replace := func(text string, pairs ...string) []byte {
		for i := 0; i < len(pairs); i += 2 {
			if !strings.Contains(text, pairs[i]) {
				t.Fatalf("no %s in %s", pairs[i], text)
			}
		}
		return []byte(strings.NewReplacer(pairs...).Replace(text))
	}
	libre, err := os.ReadFile("testdata/libreoffice.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		data []byte
	}{
		{"saved by LibreOffice", libre},
		{"prefixed elements", repacked(t, mine, map[string][]byte{sheet1: replace(sheet, "<sheetData", "<x:sheetData", "</sheetData", "</x:sheetData", "<row", "<x:row", "</row", "</x:row", "<c ", "<x:c ", "</c>", "</x:c>", "<v>", "<x:v>", "</v>", "</x:v>", "<worksheet ", `<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" `)})},
		{"strict namespaces", repacked(t, mine, map[string][]byte{sheet1: replace(sheet, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")})},
		{"backslashes in part names", repacked(t, mine, map[string][]byte{sheet1: nil, `xl\worksheets\sheet1.xml`: []byte(sheet)})},
		{"absolute targets", repacked(t, mine, map[string][]byte{"xl/_rels/workbook.xml.rels": replace(part(t, mine, "xl/_rels/workbook.xml.rels"), `Target="worksheets`, `Target="/xl/worksheets`)})},
		{"float with 17 digits", repacked(t, mine, map[string][]byte{sheet1: replace(sheet, "<v>1.5</v>", "<v>1.5000000000000000</v>", "<v>20.5</v>", "<v>2.0500000000000000E1</v>")})},
		{"text inside the cell, with a reading", repacked(t, mine, map[string][]byte{sheet1: replace(sheet, `<v>120</v>`, `<is><r><t>1</t></r><r><t>20</t></r><rPh sb="0" eb="1"><t>9</t></rPh></is>`, `<c r="E6" `, `<c r="E6" t="inlineStr" `)})},
		{"result of a text formula", repacked(t, mine, map[string][]byte{sheet1: replace(sheet, `<c r="E6" `, `<c r="E6" t="str" `)})},
		{"a chart sheet beside", repacked(t, mine, map[string][]byte{"xl/workbook.xml": replace(book, "</sheets>", `<sheet name="图" sheetId="99" r:id="rId99"/></sheets>`)})},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := imported(t, c, name, test.data, ImportOptions{})
			if string(r.New) != filledYAML {
				t.Errorf("got\n%s", r.New)
			}
		})
	}
}
