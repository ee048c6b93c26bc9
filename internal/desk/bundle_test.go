package desk

import (
	"archive/zip"
	"bytes"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// zipped returns a zip with some of its files changed.
func zipped(t *testing.T, data []byte, edit func(name string, data []byte) []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(t, err)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		r, err := f.Open()
		must(t, err)
		raw, err := io.ReadAll(r)
		must(t, err)
		to, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: f.Modified})
		must(t, err)
		to.Write(edit(f.Name, raw))
	}
	must(t, w.Close())
	return out.Bytes()
}

// within returns a file of a zip.
func within(t *testing.T, data []byte, name string) (found []byte) {
	t.Helper()
	zipped(t, data, func(n string, raw []byte) []byte {
		if n == name {
			found = raw
		}
		return raw
	})
	if found == nil {
		t.Fatalf("no %s", name)
	}
	return found
}

// TestBundle: what is missing is said first, the bundle is made and can be saved,
// polished documents are taken back under the names that they have in it, and what
// must not be changed is refused with words for the desk.
func TestBundle(t *testing.T) {
	const document, paper = "一、工作总结/工作总结.docx", "一、工作总结/工作总结.pdf"
	dir := copied(t, smallCampaign)
	b := opened(t, dir, at("2026-05-10"))
	page := b.get("/_desk/bundle")
	wants(t, page, "还缺什么", "没有", "一、工作总结/工作总结.docx", "没有内容、包里就没有的文件夹：四、联合执法图片视频资料（含说明）。")
	page = b.wait(b.post("/_desk/bundle/make"))
	wants(t, page, "报送材料_2026-05-10.zip", "已打包", "收回改好的 Word 稿")
	data := []byte(b.get("/_desk/bundle/file?name=报送材料_2026-05-10.zip"))
	docx := within(t, data, document)
	title := regexp.MustCompile(`<w:t[^>]*>([^<]*总结[^<]*)</w:t>`).FindSubmatch(within(t, docx, "word/document.xml"))
	if title == nil {
		t.Fatal("the document has no title")
	}
	better := zipped(t, docx, func(name string, raw []byte) []byte {
		if name == "word/document.xml" {
			return bytes.Replace(raw, title[1], append(title[1], "（润色）"...), 1)
		}
		return raw
	})
	page = b.upload("/_desk/bundle/reseal", map[string][]byte{"工作总结_改.docx": better, "工作总结_改.pdf": within(t, data, paper)}, "name", "报送材料_2026-05-10.zip")
	page = b.wait(page)
	wants(t, page, "报送材料_2026-05-10_已改.zip", "换了："+document)
	again := []byte(b.get("/_desk/bundle/file?name=报送材料_2026-05-10_已改.zip"))
	if !bytes.Equal(within(t, again, document), better) {
		t.Error("the polished document is not in it")
	}
	whole := zipped(t, data, func(name string, raw []byte) []byte {
		if strings.HasPrefix(name, "数据/") {
			return append(raw, ' ')
		}
		return raw
	})
	page = b.wait(b.upload("/_desk/bundle/reseal", map[string][]byte{"报送.zip": whole}, "name", "报送材料_2026-05-10.zip"))
	wants(t, page, "只有 docx 可以改", "再打包")
	lacks(t, page, "--docx", "wangjian-reseal")
	wants(t, b.upload("/_desk/bundle/reseal", nil, "name", "报送材料_2026-05-10.zip"), "没有选文件")
	wants(t, b.upload("/_desk/bundle/reseal", map[string][]byte{"x.docx": better}, "name", "../data/campaign.yaml"), "里没有")
	if page := b.get("/_desk/bundle/file?name=../data/campaign.yaml"); strings.Contains(page, "版本") {
		t.Error("another file was handed out")
	}

	// With errors nothing is made, and they stand first.
	edit(t, b.dir, "data/campaign.yaml", "牵头部门", "牵头部们")
	b.post("/_desk/start/open", "dir", dir)
	wants(t, b.get("/_desk/bundle"), "先改好", `<button class="primary" disabled>`)
	wants(t, b.post("/_desk/bundle/make"), "先在“检查”里改好")
	if list, _ := filepath.Glob(filepath.Join(dir, bundleFolder, "*")); len(list) != 2 {
		t.Errorf("made %v", list)
	}
}
