package pdf

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wangjian/internal/stats"
)

// printedPicture is a picture as it is found in a file.
type printedPicture struct {
	px     int     // its width
	points float64 // its width on paper
}

// TestPicturesHavePixelsEnough reads back how wide each picture is on paper and in
// pixels: of the published sizes it is the narrowest that has 130 to the inch, or the
// widest. The PDF, the OFD and the Word document have the same ones.
func TestPicturesHavePixelsEnough(t *testing.T) {
	const mm = 72 / 25.4
	gallery := []struct {
		w, h   int // of the original, in pixels
		points float64
		px     int
	}{
		{1600, 1067, 126 * mm, 800}, // as high as a picture of a gallery may be
		{1600, 300, 156 * mm, 800},  // as wide as the text
		{2000, 2500, 84 * mm * 4 / 5, 400},
		{2000, 2200, 84 * mm * 10 / 11, 400},
		{2000, 2000, 84 * mm, 800},    // 400 would be 121 to the inch
		{700, 700, 84 * mm, 700},      // and here
		{600, 360, 84 * mm / .6, 600}, // fewer than 130 to the inch
		{300, 200, 300 * .75, 300},    // and so few that it is set at 96
	}
	const about = "content/gallery/jiancha.md"
	head, _, _ := strings.Cut(fileOf(t, about), "  - {文件")
	changes := map[string]string{"content/warnings/biaoqian.png": string(drawn(t, 1600, 900))}
	var want []printedPicture
	for n, p := range gallery {
		head += fmt.Sprintf("  - {文件: %d.jpg, 说明: 现场, 拍摄日期: 2031-05-01, 已核: true}\n", n)
		changes[fmt.Sprintf("content/gallery/%d.jpg", n)] = plainPhoto(t, p.w, p.h)
		want = append(want, printedPicture{p.px, p.points})
	}
	changes[about] = head + "---\n检查现场。\n"
	want = append(want, printedPicture{800, 156 * mm}) // of the consumer warning
	v := publicView(t, changes)
	book := stats.Of(v)
	paper := Volume(v, book)
	ofd, _ := FormatNamed("ofd")
	var asOFD bytes.Buffer
	if err := (Options{Fonts: loaded}).WriteAs(ofd, &asOFD, v, book, paper); err != nil {
		t.Fatal(err)
	}
	for name, found := range map[string][]printedPicture{
		"PDF": picturesOfPDF(read(t, bytesOf(t, v))), "OFD": picturesOfOFD(t, unzipped(t, asOFD.Bytes())), "Word": picturesOfWord(t, unzipped(t, wordOf(t, v, paper))),
	} {
		if !slices.EqualFunc(found, want, func(a, b printedPicture) bool { return a.px == b.px && math.Abs(a.points-b.points) < 0.2 }) {
			t.Errorf("%s has\n%v, want\n%v", name, found, want)
		}
	}
}

// plainPhoto is a photo of one colour.
func plainPhoto(t *testing.T, w, h int) string {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420), nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func pixelsAcross(t *testing.T, picture []byte) int {
	t.Helper()
	config, err := jpeg.DecodeConfig(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	return config.Width
}

// picturesOfPDF reads the pictures of a PDF, in the order of its pages.
func picturesOfPDF(r *readPDF) (list []printedPicture) {
	for _, page := range r.pages() {
		for _, m := range regexp.MustCompile(`([\d.]+) 0 0 [\d.]+ [\d.]+ [\d.]+ cm\s+(/I\d+) Do`).FindAllStringSubmatch(r.content(page), -1) {
			object := int(number(r.t, r.match(r.resources(page), m[2]+` (\d+) 0 R`)))
			list = append(list, printedPicture{pixelsAcross(r.t, r.data(object)), number(r.t, m[1])})
		}
	}
	return list
}

func unzipped(t *testing.T, file []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if parts[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return parts
}

func picturesOfOFD(t *testing.T, parts map[string][]byte) (list []printedPicture) {
	files := map[string]string{}
	for _, m := range regexp.MustCompile(`<ofd:MultiMedia ID="(\d+)"[^>]*><ofd:MediaFile>([^<]+)<`).FindAllStringSubmatch(string(parts["Doc_0/DocumentRes.xml"]), -1) {
		files[m[1]] = "Doc_0/Res/" + m[2]
	}
	for n := 0; ; n++ {
		page, ok := parts[fmt.Sprintf("Doc_0/Pages/Page_%d/Content.xml", n)]
		if !ok {
			return list
		}
		for _, m := range regexp.MustCompile(`<ofd:ImageObject [^>]*CTM="([\d.]+) [^>]*ResourceID="(\d+)"`).FindAllStringSubmatch(string(page), -1) {
			list = append(list, printedPicture{pixelsAcross(t, parts[files[m[2]]]), number(t, m[1]) * 72 / 25.4})
		}
	}
}

func picturesOfWord(t *testing.T, parts map[string][]byte) (list []printedPicture) {
	for _, m := range regexp.MustCompile(`<a:blip r:embed="rImage(\d+)".*?<a:ext cx="(\d+)"`).FindAllStringSubmatch(string(parts["word/document.xml"]), -1) {
		if jpeg, ok := parts["word/media/image"+m[1]+".jpg"]; ok { // charts are PNG
			list = append(list, printedPicture{pixelsAcross(t, jpeg), number(t, m[2]) / 12700})
		}
	}
	return list
}
