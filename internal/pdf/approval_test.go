package pdf

import (
	"strings"
	"testing"

	"rsc.io/qr/coding"

	"wangjian/internal/pdf/typeset"
)

// TestApprovalSheet: the sheet has the digest in full and as a QR code that reads
// back as it, what it is of, and the figures that are approved.
func TestApprovalSheet(t *testing.T) {
	digest := "sha256:" + strings.Repeat("0123456789abcdef", 4)
	pages := formalPages(t, func(w *writer) {
		w.approval(Approval{Kind: "典型案例", Title: "某案", File: "content/cases/x.md", Covers: "正文，和 1 个文件：content/cases/x.pdf", Digest: digest, Figures: [][]string{{"公安局", "破获案件", "1234", "件"}}})
	})
	if len(pages) != 1 {
		t.Fatalf("%d pages", len(pages))
	}
	var text strings.Builder
	for _, s := range squares(pages[0]) {
		text.WriteString(s.Text.Text)
	}
	whole := strings.ReplaceAll(text.String(), " ", "")
	for _, want := range []string{"SHA-256：" + strings.TrimPrefix(digest, "sha256:"), "content/cases/x.pdf", "校验值不证明是谁签的", "附：所审的数", "公安局破获案件1234件"} {
		if !strings.Contains(whole, want) {
			t.Errorf("%s is not in %s", want, whole)
		}
	}
	if got := readCode(t, darkModules(t, pages[0])); got != digest {
		t.Errorf("the code reads %q", got)
	}
}

// TestApprovalIsSignedWhereItIsDescribed: however long the words, the lines for signatures
// are on the sheet that says what is signed; a usual document has one sheet.
func TestApprovalIsSignedWhereItIsDescribed(t *testing.T) {
	usual := Approval{
		Kind: "信息公开", Title: strings.Repeat("关于印发方案的通知", 4), Number: "11360700MB00000002/2022-00019\n赣州市市监联字〔2022〕19号", Disclosure: "主动公开", Published: "2022-09-23 10:00",
		Summary: strings.Repeat("明确工作重点。", 7), File: "content/open/tongzhi.md", Covers: strings.Repeat("文件的位置、", 9), Digest: "sha256:" + strings.Repeat("0123456789abcdef", 4),
	}
	long := usual
	long.Title, long.Summary, long.Covers = strings.Repeat(long.Title, 3), strings.Repeat(long.Summary, 9), strings.Repeat(long.Covers, 9)
	for n, a := range []Approval{usual, long} {
		pages := formalPages(t, func(w *writer) { w.approval(a) })
		for _, want := range []string{"终审", "保密审查", "校验值所含"} {
			if _, page := lineOf(t, pages, want); page != 0 {
				t.Errorf("“%s”在第 %d 页", want, page+1)
			}
		}
		if n == 0 && len(pages) != 1 {
			t.Errorf("一份文件的审批表有 %d 页", len(pages))
		}
	}
}

// darkModules returns the modules of the QR code on a page, by its areas: a module
// is as wide as the narrowest of them is high.
func darkModules(t *testing.T, p *typeset.Page) [][]bool {
	t.Helper()
	type box struct{ left, top, right, bottom float64 }
	var boxes []box
	left, top, right := 1e9, 1e9, 0.0
	for _, op := range p.Ops {
		if a, ok := op.(typeset.Area); ok {
			r := a.Rings[0]
			boxes = append(boxes, box{r[0].X, r[0].Y, r[2].X, r[2].Y})
			left, top, right = min(left, r[0].X), min(top, r[0].Y), max(right, r[2].X)
		}
	}
	if len(boxes) == 0 {
		t.Fatal("no code")
	}
	module := boxes[0].bottom - boxes[0].top
	size := int((right-left)/module + 0.5)
	dark := make([][]bool, size)
	for y := range dark {
		dark[y] = make([]bool, size)
		for x := range dark[y] {
			middleX, middleY := left+(float64(x)+0.5)*module, top+(float64(y)+0.5)*module
			for _, b := range boxes {
				dark[y][x] = dark[y][x] || b.left < middleX && middleX < b.right && b.top < middleY && middleY < b.bottom
			}
		}
	}
	return dark
}

// readCode reads a QR code of level M: its mask from the format bits, then the
// codewords in their order, and the text as bytes.
func readCode(t *testing.T, dark [][]bool) string {
	t.Helper()
	format := 0
	for x := range 5 { // level and mask, left of the upper left square
		format <<= 1
		if dark[8][x] {
			format |= 1
		}
	}
	if format ^= 0b10101; format>>3 != 0 {
		t.Fatalf("the level is not M: %05b", format)
	}
	version := coding.Version((len(dark) - 17) / 4)
	plan, err := coding.NewPlan(version, coding.M, coding.Mask(format&7))
	if err != nil {
		t.Fatal(err)
	}
	data := make([]byte, version.DataBytes(coding.M))
	for y, row := range plan.Pixel {
		for x, pixel := range row {
			if pixel.Role() == coding.Data && dark[y][x] != (pixel&coding.Invert != 0) {
				data[pixel.Offset()/8] |= 0x80 >> (pixel.Offset() % 8)
			}
		}
	}
	if data[0]>>4 != 4 {
		t.Fatalf("not bytes: %x", data[0])
	}
	text := make([]byte, int(data[0]&15)<<4|int(data[1]>>4))
	for n := range text {
		text[n] = data[n+1]<<4 | data[n+2]>>4
	}
	return string(text)
}
