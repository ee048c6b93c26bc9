package manuscript

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"
)

// quarters is a picture with another colour in each quarter, clockwise from
// the top left: red, green, blue, white.
func quarters(w, h int) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{255, 0, 0, 255}
			switch {
			case x >= w/2 && y < h/2:
				c = color.NRGBA{0, 255, 0, 255}
			case x >= w/2:
				c = color.NRGBA{0, 0, 255, 255}
			case y >= h/2:
				c = color.NRGBA{255, 255, 255, 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func pngOf(w, h int) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, quarters(w, h)); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func jpegOf(w, h int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, quarters(w, h), nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// pic draws the n-th picture of a fixture; crop is the inside of its srcRect,
// turn of its xfrm.
func pic(n int, crop, turn string) string {
	return fmt.Sprintf(`<w:r><w:drawing><wp:inline><wp:docPr id="%d" name="图片 %d" descr=""/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:embed="rIdPicture%d"/><a:srcRect %s/></pic:blipFill><pic:spPr><a:xfrm %s/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`, n, n, n, crop, turn)
}

func twoPictures(body ...string) *word {
	w := newWord(four(body...)...)
	w.media["image1.png"], w.media["image2.jpeg"] = pngOf(8, 4), jpegOf(16, 8)
	return w
}

func TestPicturesAndTheirCaptions(t *testing.T) {
	for name, c := range map[string]struct {
		body  []string
		want  string
		names []string
	}{
		"caption below": {[]string{p("正文。"), para("", pic(1, "", "")), p("图1　联合检查现场"), p("后文。")},
			"正文。\n\n![图1 联合检查现场](gongan-1.png)\n\n后文。", []string{"gongan-1.png"}},
		"caption by style": {[]string{para("", pic(1, "", "")), st("Caption", "联合检查现场")},
			"![联合检查现场](gongan-1.png)", []string{"gongan-1.png"}},
		"caption above": {[]string{p("图1 联合检查现场"), para("", pic(1, "", "")), p("后文。")},
			"![图1 联合检查现场](gongan-1.png)\n\n后文。", []string{"gongan-1.png"}},
		"caption in the same paragraph": {[]string{para("", pic(1, "", ""), "<w:r><w:br/></w:r>", run("图1 联合检查现场", ""))},
			"![图1 联合检查现场](gongan-1.png)", []string{"gongan-1.png"}},
		"caption of fields": {[]string{para("", pic(1, "", "")), para(`<w:pStyle w:val="Caption"/>`, run("图 ", ""), `<w:fldSimple w:instr=" SEQ 图 ">`+run("1", "")+`</w:fldSimple>`, run(" 联合检查现场", ""))},
			"![图 1 联合检查现场](gongan-1.png)", []string{"gongan-1.png"}},
		"two with two": {[]string{para("", pic(1, "", "")), p("图1 检查"), para("", pic(2, "", "")), p("图2 宣传")},
			"![图1 检查](gongan-1.png)\n\n![图2 宣传](gongan-2.jpg)", []string{"gongan-1.png", "gongan-2.jpg"}},
		"two, then their captions": {[]string{para("", pic(1, "", ""), pic(2, "", "")), p("图1 检查　　　图2 宣传")},
			"![图1 检查](gongan-1.png)\n\n![图2 宣传](gongan-2.jpg)", []string{"gongan-1.png", "gongan-2.jpg"}},
		"two with one": {[]string{para("", pic(1, "", ""), pic(2, "", "")), p("图1 检查现场")},
			"![图1 检查现场（共 2 张，第 1 张）](gongan-1.png)\n\n![图1 检查现场（共 2 张，第 2 张）](gongan-2.jpg)", []string{"gongan-1.png", "gongan-2.jpg"}},
		"laid out by a table": {[]string{`<w:tbl><w:tr>` + tc("", para("", pic(1, "", ""))) + tc("", para("", pic(2, "", ""))) + `</w:tr><w:tr>` + tc("", p("图1 检查")) + tc("", p("图2 宣传")) + `</w:tr></w:tbl>`},
			"![图1 检查](gongan-1.png)\n\n![图2 宣传](gongan-2.jpg)", []string{"gongan-1.png", "gongan-2.jpg"}},
		"among words": {[]string{para("", run("如图所示", ""), pic(1, "", ""), run("，整改到位。", "")), p("图1 检查")},
			"如图所示，整改到位。\n\n![图1 检查](gongan-1.png)", []string{"gongan-1.png"}},
		"marks in a caption": {[]string{para("", pic(1, "", "")), p("图1 [检查]*现场*_a_")},
			"![图1 \\[检查\\]\\*现场\\*\\_a\\_](gongan-1.png)", []string{"gongan-1.png"}},
		"the same twice": {[]string{para("", pic(1, "", "")), p("图1 检查"), para("", pic(1, "", "")), p("图2 又一次")},
			"![图1 检查](gongan-1.png)\n\n![图2 又一次](gongan-1.png)", []string{"gongan-1.png"}},
		"a sentence is no caption": {[]string{para("", pic(1, "", "")), p("图1显示，检查覆盖了各县。")},
			"![](gongan-1.png)\n\n图1显示，检查覆盖了各县。", []string{"gongan-1.png"}},
		"of older Word": {[]string{para("", `<w:r><w:pict><v:shape><v:imagedata r:id="rIdPicture1"/></v:shape></w:pict></w:r>`), p("图1 检查")},
			"![图1 检查](gongan-1.png)", []string{"gongan-1.png"}},
		"in a group of pictures": {[]string{para("", `<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><wpg:wgp><pic:pic><pic:blipFill><a:blip r:embed="rIdPicture1"/></pic:blipFill></pic:pic></wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`), p("图1 检查")},
			"![图1 检查](gongan-1.png)", []string{"gongan-1.png"}},
	} {
		t.Run(name, func(t *testing.T) {
			r, problems := imported(t, twoPictures(c.body...))
			if got := firstSection(t, r); got != c.want {
				t.Errorf("got\n%s\nwant\n%s\n%s", got, c.want, said(r, problems))
			}
			var names []string
			for _, p := range r.Pictures {
				names = append(names, p.Name)
			}
			if !slices.Equal(names, c.names) {
				t.Errorf("pictures %q, want %q", names, c.names)
			}
		})
	}
}

func TestDescriptionsOfPictures(t *testing.T) {
	for text, want := range map[string]string{
		"民警在检查网站": "民警在检查网站", "微信图片_20221120103000": "", "IMG_1234.jpg": "", "图片 1": "", "手机屏幕截图\n\n描述已自动生成": "", "": "",
	} {
		w := twoPictures(para("", strings.Replace(pic(1, "", ""), `descr=""`, `descr="`+xmlText(text)+`"`, 1)))
		r, problems := imported(t, w)
		if !strings.Contains(string(r.Markdown), "!["+want+"](gongan-1.png)") {
			t.Errorf("%q:\n%s", text, r.Markdown)
		}
		if (want == "") != strings.Contains(said(r, problems), "图片没有说明") {
			t.Errorf("%q: %s", text, said(r, problems))
		}
	}
}

// TestPicturesAsWordShowsThem crops, mirrors and turns: what Word hides must
// not be in the file that is published.
func TestPicturesAsWordShowsThem(t *testing.T) {
	red, green, blue, white := color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}, color.NRGBA{0, 0, 255, 255}, color.NRGBA{255, 255, 255, 255}
	for name, c := range map[string]struct {
		crop, turn    string
		width, height int
		corners       [4]color.NRGBA // clockwise from the top left
	}{
		"left half":         {`r="50000"`, "", 4, 4, [4]color.NRGBA{red, red, white, white}},
		"percent":           {`l="50%"`, "", 4, 4, [4]color.NRGBA{green, green, blue, blue}},
		"rounds inwards":    {`t="51000"`, "", 8, 1, [4]color.NRGBA{white, blue, blue, white}},
		"a border is none":  {`l="-5000"`, `rot="10800000"`, 8, 4, [4]color.NRGBA{blue, white, red, green}},
		"quarter clockwise": {"", `rot="5400000"`, 4, 8, [4]color.NRGBA{white, red, green, blue}},
		"quarter back":      {"", `rot="-5400000"`, 4, 8, [4]color.NRGBA{green, blue, white, red}},
		"mirrored":          {"", `flipH="1"`, 8, 4, [4]color.NRGBA{green, red, white, blue}},
		"upside down":       {"", `flipV="1"`, 8, 4, [4]color.NRGBA{white, blue, green, red}},
		"mirrored, turned":  {"", `flipH="1" rot="5400000"`, 4, 8, [4]color.NRGBA{blue, green, red, white}},
	} {
		t.Run(name, func(t *testing.T) {
			r, problems := imported(t, twoPictures(para("", pic(1, c.crop, c.turn)), p("图1 检查")))
			if len(r.Pictures) != 1 {
				t.Fatal(said(r, problems))
			}
			m, err := png.Decode(bytes.NewReader(r.Pictures[0].Data))
			if err != nil {
				t.Fatal(err)
			}
			b := m.Bounds()
			if b.Dx() != c.width || b.Dy() != c.height {
				t.Fatalf("%v, want %d × %d", b, c.width, c.height)
			}
			for i, at := range []image.Point{{0, 0}, {b.Dx() - 1, 0}, {b.Dx() - 1, b.Dy() - 1}, {0, b.Dy() - 1}} {
				if got := color.NRGBAModel.Convert(m.At(at.X, at.Y)); got != c.corners[i] {
					t.Errorf("corner %d is %v, want %v", i, got, c.corners[i])
				}
			}
			if !strings.Contains(said(r, problems), "裁剪或旋转了 1 张图片") {
				t.Error("changed without a word")
			}
		})
	}
	t.Run("JPEG", func(t *testing.T) {
		r, _ := imported(t, twoPictures(para("", pic(2, `l="50000"`, ""))))
		config, format, err := image.DecodeConfig(bytes.NewReader(r.Pictures[0].Data))
		if err != nil || format != "jpeg" || config.Width != 8 {
			t.Errorf("%v %s %v", config, format, err)
		}
	})
}

// TestNoRecordOfTheCamera: the place and the owner that a telephone writes
// into a photograph stay behind, its pixels are untouched.
func TestNoRecordOfTheCamera(t *testing.T) {
	plain := jpegOf(16, 8)
	segment := func(marker byte, data string) []byte {
		b := []byte{0xFF, marker, 0, 0}
		binary.BigEndian.PutUint16(b[2:], uint16(len(data)+2))
		return append(b, data...)
	}
	marked := slices.Concat(plain[:2], segment(0xE1, "Exif\x00\x00GPS 25.85N"), segment(0xE2, "ICC_PROFILE\x00\x01\x01x"), segment(0xED, "Photoshop owner"), segment(0xFE, "note"), plain[2:], []byte("a clip behind the picture"))
	chunk := func(kind, data string) []byte {
		b := make([]byte, 8, 12+len(data))
		binary.BigEndian.PutUint32(b, uint32(len(data)))
		copy(b[4:], kind)
		return append(append(b, data...), 0, 0, 0, 0)
	}
	drawing := pngOf(8, 4)
	const afterHeader = 8 + 25
	markedPNG := slices.Concat(drawing[:afterHeader], chunk("tEXt", "Author\x00owner"), chunk("eXIf", "GPS 25.85N"), drawing[afterHeader:], []byte("behind"))
	w := newWord(four(para("", pic(1, "", "")), p("图1 甲"), para("", pic(2, "", "")), p("图2 乙"))...)
	w.media["image1.png"], w.media["image2.jpeg"] = markedPNG, marked
	r, problems := imported(t, w)
	if len(r.Pictures) != 2 || !bytes.Equal(r.Pictures[0].Data, drawing) {
		t.Fatalf("the PNG is not as it was drawn: %s", said(r, problems))
	}
	got := r.Pictures[1].Data
	for _, secret := range []string{"GPS", "owner", "note", "clip"} {
		if bytes.Contains(got, []byte(secret)) {
			t.Errorf("%s came along", secret)
		}
	}
	if !bytes.Contains(got, []byte("ICC_PROFILE")) {
		t.Error("the colour profile was lost")
	}
	a, err := jpeg.Decode(bytes.NewReader(got))
	b, _ := jpeg.Decode(bytes.NewReader(plain))
	if err != nil || fmt.Sprint(a.At(3, 3), a.At(12, 6)) != fmt.Sprint(b.At(3, 3), b.At(12, 6)) {
		t.Errorf("pixels changed: %v", err)
	}
	if !strings.Contains(said(r, problems), "2 张图片里的拍摄信息") {
		t.Errorf("taken off without a word: %s", said(r, problems))
	}
}

func TestPicturesThatCannotBeKept(t *testing.T) {
	group := `<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><wpg:wgp><pic:pic><pic:blipFill><a:blip r:embed="rIdPicture1"/></pic:blipFill></pic:pic><wps:wsp/></wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
	for name, c := range map[string]struct {
		data []byte
		in   string
		says string
	}{
		"EMF":              {[]byte("\x01\x00\x00\x00 and more"), pic(1, "", ""), "EMF 格式不能在网页上显示"},
		"BMP":              {[]byte("BM and more"), pic(1, "", ""), "BMP 格式不能在网页上显示"},
		"not a picture":    {[]byte("<svg/>"), pic(1, "", ""), "这种格式不能在网页上显示"},
		"cut short":        {pngOf(40, 40)[:60], pic(1, "", ""), "文件已损坏"},
		"huge":             {hugePNG(60000, 60000), pic(1, "", ""), "尺寸太大（60000×60000 像素）"},
		"huge and cropped": {hugePNG(9000, 9000), pic(1, `l="10000"`, ""), "裁掉的部分去不掉"},
		"all cropped away": {pngOf(8, 4), pic(1, `l="60000" r="60000"`, ""), "整张都裁掉了"},
		"elsewhere":        {pngOf(8, 4), strings.Replace(pic(1, "", ""), "r:embed", "r:link", 1), "链接到别处的图片没有导入"},
		"no such part":     {pngOf(8, 4), pic(7, "", ""), "链接到别处的图片没有导入"},
		"under shapes":     {pngOf(8, 4), group, "图片和图形、文本框组合在一起，没有导入"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWord(four(para("", c.in), p("图1 检查"), p("后文。"))...)
			w.media["image1.png"] = c.data
			r, problems := imported(t, w)
			if len(r.Pictures) > 0 || strings.Contains(string(r.Markdown), "![") {
				t.Errorf("kept:\n%s", r.Markdown)
			}
			if !strings.Contains(said(r, problems), c.says) {
				t.Errorf("not said: %s\n%s", c.says, said(r, problems))
			}
		})
	}
	t.Run("a shape beside a picture may cover it", func(t *testing.T) {
		r, problems := imported(t, twoPictures(para("", pic(1, "", "")), p("图1 检查"), para("", run("文。", ""), drawn("<wps:wsp/>"))))
		if !strings.Contains(said(r, problems), "它们可能遮着图片的某些部分") {
			t.Error(said(r, problems))
		}
	})
	t.Run("a seal", func(t *testing.T) {
		r, problems := imported(t, twoPictures().add(p("赣州市公安局"), para("", run("2022年11月25日", ""), pic(1, "", ""))))
		if len(r.Pictures) > 0 || !strings.Contains(said(r, problems), "可能是印章") {
			t.Errorf("%d pictures, %s", len(r.Pictures), said(r, problems))
		}
	})
	t.Run("a county's pictures", func(t *testing.T) {
		o := sampleOptions(t, "公安局")
		o.Region = o.Campaign.FindRegion("章贡区")
		r, _ := importedFor(t, twoPictures(para("", pic(1, "", "")), p("图1 检查")), o)
		if unit := o.Book.Report(o.Round, o.Department, o.Region).Unit; !strings.Contains(string(r.Markdown), "\n来源: "+unit+"\n") {
			t.Errorf("the county's unit %s is not named:\n%s", unit, r.Markdown)
		}
		if r.File != "content/narratives/final/gongan/360702.md" || r.Pictures[0].Name != "360702-1.png" {
			t.Errorf("%s %s", r.File, r.Pictures[0].Name)
		}
	})
}

// hugePNG declares its size and holds nothing.
func hugePNG(w, h uint32) []byte {
	b := bytes.Clone(pngOf(8, 4))
	binary.BigEndian.PutUint32(b[16:], w)
	binary.BigEndian.PutUint32(b[20:], h)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}
