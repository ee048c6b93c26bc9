package incoming

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"

	"wangjian/internal/campaign"
	"wangjian/internal/forms"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

func must1[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// small is a campaign whose third round is gathered on the day of its batches.
func small(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS("../review/testdata/campaign")
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name] = &fstest.MapFile{Data: must1(fs.ReadFile(root, name))}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// batchOf is an empty batch of a campaign on 2026-05-20.
func batchOf(t testing.TB, files fs.FS) *Batch {
	t.Helper()
	c, _ := source.Load(files)
	at := must1(campaign.ParseInstant("2026-05-20 10:00"))
	return &Batch{Options: Options{
		Files: files, Campaign: c, At: at, Book: stats.Of(release.Whole(c, at, source.Contents(files))),
	}}
}

// judged adds files, each with its name, and judges them.
func judged(t testing.TB, b *Batch, files ...file) []*File {
	t.Helper()
	for _, f := range files {
		b.Add(f.folder, f.name, f.data)
	}
	judgeAgain(t, b)
	return b.List
}

func judgeAgain(t testing.TB, b *Batch) {
	t.Helper()
	if err := b.Judge(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
}

// file is a file as it is sent.
type file struct {
	folder, name string
	data         []byte
}

// zipped is an archive of files.
func zipped(files ...file) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w := must1(z.Create(f.folder + f.name))
		must1(w.Write(f.data))
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// docx is a Word file with a paragraph a line.
func docx(lines ...string) []byte {
	body := ""
	for _, line := range lines {
		body += "<w:p><w:r><w:t>" + line + "</w:t></w:r></w:p>"
	}
	return zipped(
		file{"", "[Content_Types].xml", []byte(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`)},
		file{"_rels/", ".rels", []byte(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`)},
		file{"word/", "document.xml", []byte(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`)},
	)
}

// four is a narrative of four sections, with a title.
func four(title string) []byte {
	return docx(title, "一、经验做法", "先查食堂。", "二、行动成效", "检查有成效。", "三、存在问题", "人手少。", "四、下一步工作打算", "逐项销号。")
}

// workbook is a unit's form that was sent to it, filled in.
func workbook(c *campaign.Campaign, round, department, region string, options ...excelize.Options) []byte {
	w := must1(forms.Export(c, c.FindRound(round), c.FindDepartment(department), c.FindRegion(region), forms.ExportOptions{}))
	book := must1(excelize.OpenReader(bytes.NewReader(w.Data)))
	defer book.Close()
	sheet := book.GetSheetName(0)
	values := []string{"50", "3", "0"}
	if department == "shichang" {
		values = []string{"120", "9", "4", "5", "0", "1.5", "20.5"}
	}
	rows := must1(book.GetRows(sheet))
	first := slices.IndexFunc(rows, func(row []string) bool { return slices.Contains(row, "数量") }) + 2
	for n, value := range values {
		if err := book.SetCellDefault(sheet, fmt.Sprintf("E%d", first+n), value); err != nil {
			panic(err)
		}
	}
	if err := book.SetCellDefault(sheet, fmt.Sprintf("E%d", first-2), "46160"); err != nil {
		panic(err)
	}
	var b bytes.Buffer
	if err := book.Write(&b, options...); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// sheet is a form as text, of 教体局.
func sheet(above string, canteens string) []byte {
	return []byte(above + "填报单位,清河市教育体育局\n填报日期,2026-05-18\n项目,单位,数量,备注\n检查学校食堂,家," + canteens + ",\n抽检,批次,3,\n抽检,份,0,\n")
}

// photo is a photograph of one colour.
func photo(shade uint8) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 640, 480))
	for n := range m.Pix {
		m.Pix[n] = shade
	}
	m.Set(1, 1, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// mail is a saved mail that brings a file.
func mail(date, name string, data []byte) []byte {
	return []byte("From: a@example.com\r\nSubject: x\r\nDate: " + date + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n" +
		"--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nhello\r\n" +
		"--B\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename*=UTF-8''" + escaped(name) + "\r\n\r\n" +
		base64.StdEncoding.EncodeToString(data) + "\r\n--B--\r\n")
}

func escaped(name string) string {
	var b strings.Builder
	for _, c := range []byte(name) {
		b.WriteString("%" + strings.ToUpper(string("0123456789abcdef"[c>>4])+string("0123456789abcdef"[c&15])))
	}
	return b.String()
}

// scan is a PDF file of a page without text.
var scan = []byte("%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n3 0 obj <</Type/Page/Parent 2 0 R>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n")
