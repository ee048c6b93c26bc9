//go:build whole

package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// planted stands where cameras write a place, an owner, a time.
const planted = "PLANTED-114.93E-25.83N"

// plant puts a campaign with pictures into a folder: in a gallery, in a body, as
// an attachment and as a poster, all of them marked, and a marked clip.
func plant(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "活动")
	if err := os.CopyFS(dir, os.DirFS(smallCampaign)); err != nil {
		t.Fatal(err)
	}
	write := func(name string, parts ...[]byte) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, slices.Concat(parts...), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	photo := image.NewRGBA(image.Rect(0, 0, 1000, 600))
	for y := range 600 {
		for x := range 1000 {
			photo.SetRGBA(x, y, color.RGBA{uint8(x), uint8(y), uint8(x * y >> 8), 255})
		}
	}
	var encoded, drawing bytes.Buffer
	if err := jpeg.Encode(&encoded, photo, nil); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&drawing, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	segment := func(kind byte, head string) []byte {
		return append([]byte{0xff, kind, 0, byte(len(head) + len(planted) + 2)}, head+planted...)
	}
	raw := encoded.Bytes()
	marked := slices.Concat(raw[:2], segment(0xe1, "Exif\x00\x00MM\x00*"), segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00"),
		segment(0xe2, "ICC_PROFILE\x00\x01\x01"), segment(0xfe, ""), raw[2:], []byte(planted))
	clip, err := os.ReadFile("../../content/gallery/lianhe-jianguan.mp4")
	if err != nil {
		t.Fatal(err)
	}
	box := append([]byte{0, 0, 0, byte(len(planted) + 8)}, "uuid"+planted...)
	const signed = "公开方式: 主动公开\n发布日期: 2026-05-06 10:00\n审核: {初审: {人: 甲, 日期: 2026-05-05}, 复审: {人: 乙, 日期: 2026-05-05}, 终审: {人: 丙, 日期: 2026-05-05}, 保密审查: {人: 丁, 日期: 2026-05-05}}\n"
	write("content/gallery/xianchang.md", []byte("---\n标题: 检查现场\n"+signed+"图片:\n  - {文件: a.jpg, 说明: 检查后厨, 拍摄日期: 2026-04-01, 已核: true}\n  - {文件: d.webp, 说明: 检查前厅, 拍摄日期: 2026-04-01, 已核: true}\n视频:\n  - {文件: a.mp4, 封面: fengmian.jpg, 说明: 检查食堂, 拍摄日期: 2026-04-01, 已核: true}\n---\n\n两件。\n"))
	write("content/gallery/a.jpg", marked)
	write("content/gallery/fengmian.jpg", marked, []byte("2"))
	write("content/gallery/a.mp4", clip, box)
	write("content/warnings/tushi.md", []byte("---\n标题: 看图识标签\n发布机构: 清河市市场监督管理局\n图片已核: true\n"+signed+"---\n\n## 怎么看\n\n![标签的位置](b.jpg)\n\n[原图](c.png)\n\n![标签的样子](d.webp)\n"))
	write("content/warnings/b.jpg", marked, []byte("3"))
	write("content/warnings/c.png", drawing.Bytes(), []byte(planted))
	write("content/warnings/d.webp", webpSaying(planted))
	write("content/gallery/d.webp", webpSaying(planted))
	return dir
}

// webpSaying is a WebP of one pixel that says a text wherever its container has
// a place for it: colour profile, Exif, XMP, and behind the end.
func webpSaying(text string) []byte {
	chunk := func(kind, body string) string {
		return kind + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body + strings.Repeat("\x00", len(body)%2)
	}
	const dot = "VP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"
	body := "WEBP" + chunk("VP8X", "\x2c\x00\x00\x00\x00\x00\x00\x00\x00\x00") + chunk("ICCP", text) + dot + chunk("EXIF", "MM\x00*\x00\x00\x00\x08"+text) + chunk("XMP ", text)
	return []byte("RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body + text)
}

// TestOriginalsNeverLeave looks through every byte of the site, the PDF and
// what is kept for the next build.
func TestOriginalsNeverLeave(t *testing.T) {
	dir := plant(t)
	target := build(t, "-C", dir, "--date", "2026-05-10")
	found := map[string]bool{}
	for _, root := range []string{target, filepath.Join(dir, ".wangjian")} {
		for path, data := range contentsOf(t, root) {
			found[path] = true
			if bytes.Contains(data, []byte(planted)) || bytes.Contains(data, []byte("Lavf")) {
				t.Errorf("%s carries what a camera or a program wrote", path)
			}
		}
	}
	for _, want := range []string{"gallery/a-400.jpg", "gallery/a-800.jpg", "gallery/a-1000.jpg", "gallery/a.mp4", "gallery/fengmian-1000.jpg", "warnings/tushi/b-400.jpg", "warnings/tushi/c-40.png", "warnings/tushi/d-1.png", "gallery/d-1.png", "report.pdf"} {
		if !found[want] {
			t.Errorf("no %s", want)
		}
	}
	for path := range found {
		if strings.HasSuffix(path, "/a.jpg") || strings.HasSuffix(path, "/b.jpg") || strings.HasSuffix(path, "/c.png") || strings.HasSuffix(path, ".webp") {
			t.Errorf("the original %s is published", path)
		}
	}
	page, err := os.ReadFile(filepath.Join(target, "warnings/tushi/index.html"))
	if err != nil {
		t.Fatal(err)
	}
	const want = `<img src="../../warnings/tushi/b-1000.jpg" srcset="../../warnings/tushi/b-400.jpg 400w, ../../warnings/tushi/b-800.jpg 800w, ../../warnings/tushi/b-1000.jpg 1000w" sizes="auto, (min-width: 48rem) 46rem, calc(100vw - 2rem)" width="1000" height="600" alt="标签的位置" loading="lazy" decoding="async">`
	if !strings.Contains(string(page), want) {
		t.Errorf("the picture in the body is not as it should be: %s", page)
	}
	// Nor do they go to the superior office.
	var said bytes.Buffer
	bundle := filepath.Join(t.TempDir(), "报送.zip")
	if code := run(t.Context(), []string{"-C", dir, "--date", "2026-05-10", "bundle", "-o", bundle}, system{Stdout: &said, Stderr: &said, Now: time.Now}); code != 0 {
		t.Fatalf("bundle: %s", said.String())
	}
	archive, err := zip.OpenReader(bundle)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	pictures := 0
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if bytes.HasPrefix(data, []byte("PK")) {
			text = unzipped(t, data)
		}
		if strings.HasSuffix(f.Name, ".jpg") || strings.HasSuffix(f.Name, ".png") || strings.HasSuffix(f.Name, ".mp4") {
			pictures++
		}
		if strings.Contains(text, planted) {
			t.Errorf("%s of the bundle carries what a camera wrote", f.Name)
		}
	}
	if pictures != 7 { // three of the gallery, four of the texts that can be taken over
		t.Errorf("%d pictures and videos in the bundle", pictures)
	}
	// The cache is a help and no need.
	if err := os.RemoveAll(filepath.Join(dir, ".wangjian")); err != nil {
		t.Fatal(err)
	}
	same(t, target, build(t, "-C", dir, "--date", "2026-05-10"))
}

func contentsOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		path, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(path)], err = os.ReadFile(name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
