package finish

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/typeset"
)

func TestForeignFilesAreRefused(t *testing.T) {
	for name, file := range map[string]string{
		"空": "", "不是 PDF": "hello", "表不在": "startxref\n99999\n%%EOF", "表坏了": "%PDF\nxref\n0 9\nstartxref\n5\n%%EOF",
	} {
		if _, err := Finish(&draw.File{Bytes: []byte(file)}, Document{}); err == nil {
			t.Errorf("%s：没有报错", name)
		}
	}
}

// TestWidthsStayInTheirObject: a list of widths that becomes longer overwrites
// nothing of what follows it in gopdf's file.
func TestWidthsStayInTheirObject(t *testing.T) {
	file := []byte("<<\n/W [4[559]2[557]5[1000]1[556]8[557]]\n>>\nendobj\n2 0 obj\n<<\n/BaseFont /甲\n")
	next := bytes.Index(file, []byte("<<\n/BaseFont"))
	object := file[:bytes.Index(file, []byte("endobj"))]
	if got := string(shortWidths(object)); !strings.Contains(got, "/DW 1000\n/W [1 [556 557 ]4 [559 ]8 [557 ]]\n>>") {
		t.Errorf("widths are %s", got)
	}
	if !bytes.HasPrefix(file[next:], []byte("<<\n/BaseFont /甲")) {
		t.Errorf("what follows became %q", file[next:])
	}
}

func TestToUnicode(t *testing.T) {
	old := "begincmap\n1 begincodespacerange\n<0001><00FF>\nendcodespacerange\n3 beginbfrange\n<00FF><00FF><2BB4E>\n<0001><0001><5C40>\n<0001><0001><5C41>\nendbfrange\nendcmap"
	got, err := toUnicode([]byte(old))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"2 beginbfrange\n<0001><0001>[<5C40>]\n<00FF><00FF>[<D86EDF4E>]\nendbfrange", "<0000> <FFFF>"} {
		if !strings.Contains(string(got), want) {
			t.Errorf("没有 %q：\n%s", want, got)
		}
	}
	if got := textString("𬭎(甲)"); got != "(\xfe\xff\xd8\x72\xdf\x4e\x00\\(\x75\x32\x00\\))" {
		t.Errorf("𬭎 写成 %q", got)
	}
}

// Sections have no more than 100 ranges, and a range has one high byte.
func TestLongMapsComeInSections(t *testing.T) {
	var b bytes.Buffer
	for i := range 250 {
		for _, glyph := range []int{3 * i, 3*i + 1} {
			fmt.Fprintf(&b, "<%04X><%04X><%04X>\n", glyph, glyph, 0x4e00+glyph)
		}
	}
	got, err := toUnicode(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(got, []byte("beginbfrange")); n != 3 || !bytes.Contains(got, []byte("\n51 beginbfrange")) {
		t.Errorf("分成 %d 段：%s", n, got)
	}
	if !bytes.Contains(got, []byte("<00FF><00FF>[<4EFF>]\n<0100><0100>[<4F00>]\n<0102><0103>[<4F02><4F03>]\n")) {
		t.Errorf("%s", got)
	}
}

// A level that is skipped hangs below the nearest higher one.
func TestOutlineWithSkippedLevels(t *testing.T) {
	o := make(objects, outlineRoot+1)
	o.outline([]typeset.Bookmark{{Level: 2, Title: "甲"}, {Level: 1, Title: "乙"}, {Level: 3, Title: "丙"}, {Level: 2, Title: "丁"}}, []int{9})
	first := outlineRoot + 1
	for i, want := range []string{"/Parent 3 0 R", "/Parent 3 0 R", "/Parent 5 0 R", "/Parent 5 0 R"} {
		if !bytes.Contains(o[first+i], []byte(want)) {
			t.Errorf("第 %d 个书签没有 %s：%s", i+1, want, o[first+i])
		}
	}
	if !bytes.Contains(o[outlineRoot], []byte("/First 4 0 R /Last 5 0 R /Count 2")) {
		t.Errorf("根是 %s", o[outlineRoot])
	}
}

func TestMetadataIsEscaped(t *testing.T) {
	d := Document{Title: `甲&乙<丙>"(丁)`, Language: "zh-CN", Creator: "wangjian"}
	if got := string(xmp(d, true)); !strings.Contains(got, "甲&amp;乙&lt;丙&gt;&#34;(丁)") {
		t.Errorf("XMP：%s", got)
	}
	if got := infoDictionary(d); strings.Contains(got, "(丁)") {
		t.Errorf("Info：%s", got)
	}
}

// TestTimesOfTheContents: both forms of the metadata tell the times in China's
// civil time, and alike, as PDF/A asks; what is not known is not told.
func TestTimesOfTheContents(t *testing.T) {
	d := Document{Published: time.Date(2031, 6, 20, 1, 30, 0, 0, time.UTC), Changed: time.Date(2031, 6, 20, 16, 0, 0, 0, time.UTC)}
	for form, want := range map[string][]string{
		infoDictionary(d):    {"/CreationDate (D:20310620093000+08'00')", "/ModDate (D:20310621000000+08'00')"},
		string(xmp(d, true)): {"<xmp:CreateDate>2031-06-20T09:30:00+08:00</xmp:CreateDate>", "<xmp:ModifyDate>2031-06-21T00:00:00+08:00</xmp:ModifyDate>"},
	} {
		for _, w := range want {
			if !strings.Contains(form, w) {
				t.Errorf("no %s in %s", w, form)
			}
		}
	}
	if got := infoDictionary(Document{}) + string(xmp(Document{}, true)); strings.Contains(got, "Date") {
		t.Errorf("unknown times are told: %s", got)
	}
}
