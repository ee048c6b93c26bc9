package draw

import (
	"encoding/binary"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wangjian/internal/pdf/typeset"
	"wangjian/layouts"
)

// shipped returns the bytes of a font of the program, with other permissions to
// embed it.
func shipped(t *testing.T, file string, fsType uint16) []byte {
	t.Helper()
	data, err := fs.ReadFile(layouts.Over(nil), "fonts/"+file)
	if err != nil {
		t.Fatal(err)
	}
	data = slices.Clone(data)
	f, err := parse(data)
	if err != nil {
		t.Fatal(err)
	}
	binary.BigEndian.PutUint16(f.tables["OS/2"][8:], fsType)
	return data
}

// withFont loads the fonts with one file more.
func withFont(name string, data []byte) (*Fonts, error) {
	return LoadFonts(layouts.Over(fstest.MapFS{"fonts/" + name: {Data: data}}))
}

// The files that offices have, under the names that they come with.
func TestOfficeFontsTakeTheirRole(t *testing.T) {
	// A font that says nothing about itself: the file's name decides.
	data := shipped(t, "NotoSerifSC-Bold-subset.ttf", 0)
	for name, role := range map[string]typeset.Role{
		"FZXBSJW.TTF": typeset.Song, "方正小标宋简体.ttf": typeset.Song, "FZXiaoBiaoSong-B05.ttf": typeset.Song, "小标宋.ttf": typeset.Song,
		"SIMFANG.TTF": typeset.Fang, "仿宋_GB2312.ttf": typeset.Fang, "FangSong_GB2312.ttf": typeset.Fang, "仿宋.TTF": typeset.Fang,
		"simhei.ttf": typeset.Hei, "黑体.ttf": typeset.Hei, "simkai.ttf": typeset.Kai, "楷体_GB2312.ttf": typeset.Kai,
	} {
		t.Run(name, func(t *testing.T) {
			fonts, err := withFont(name, data)
			if err != nil {
				t.Fatal(err)
			}
			for r := range fonts.roles {
				first := fonts.For(typeset.Role(r))[0].(*face)
				if got := first.file == "fonts/"+name; got != (typeset.Role(r) == role) {
					t.Errorf("用途 %d 的第一种字体是 %s", r, first.file)
				}
			}
			// What it lacks comes from the program's font of the role, then from the others.
			if next := fonts.For(role)[1].(*face); next.file != "fonts/"+files[role] {
				t.Errorf("后备是 %s", next.file)
			}
		})
	}
}

// A file whose name says nothing is known by the names within.
func TestRoleByTheNamesWithin(t *testing.T) {
	fonts, err := withFont("1.ttf", shipped(t, "gkai00mp.ttf", 0)) // AR PL KaitiM GB
	if err != nil {
		t.Fatal(err)
	}
	if first := fonts.For(typeset.Kai)[0].(*face); first.file != "fonts/1.ttf" {
		t.Errorf("楷体用的是 %s", first.file)
	}
}

func TestAddedFontIsTheLastResort(t *testing.T) {
	fonts, err := withFont("增补.ttf", shipped(t, "NotoSerifSC-Bold-subset.ttf", 0))
	if err != nil {
		t.Fatal(err)
	}
	order := fonts.For(typeset.Fang)
	last := order[5].(*face) // those of rare characters follow
	if len(order) != 6+len(rare) || last.file != "fonts/增补.ttf" {
		t.Errorf("%d 种字体，最后是 %s", len(order), last.file)
	}
	// Its name in the PDF is one that a PDF can hold, and its own.
	if strings.ContainsFunc(last.Name(), func(r rune) bool { return r > '~' }) || slices.ContainsFunc(order[:5], func(f typeset.Font) bool { return f.Name() == last.Name() }) {
		t.Errorf("名字是 %q", last.Name())
	}
}

// What is set in an office's font is drawn with it, and a character that it
// lacks with another.
func TestOfficeFontIsEmbedded(t *testing.T) {
	fonts, err := withFont("仿宋_GB2312.ttf", shipped(t, "gkai00mp.ttf", 0))
	if err != nil {
		t.Fatal(err)
	}
	setter := typeset.NewSetter(typeset.A4, fonts, nil)
	l, err := typeset.Compose(setter, []typeset.Block{&typeset.Paragraph{Runs: []typeset.Run{{Text: "正文镕", Style: typeset.Style{Size: 16}}}}})
	if err != nil {
		t.Fatal(err)
	}
	var used []string
	for _, op := range l.Pages[0].Ops {
		if x, ok := op.(typeset.Text); ok {
			used = append(used, x.Font.(*face).file)
		}
	}
	if !slices.Equal(used, []string{"fonts/仿宋_GB2312.ttf", "fonts/NotoSerifSC-Regular.ttf"}) {
		t.Errorf("用了 %v", used)
	}
	file, err := Play(typeset.A4, l.Pages)
	if err != nil || strings.Count(string(file.Bytes), "/FontFile2") != 2 {
		t.Errorf("嵌入了 %d 种字体，%v", strings.Count(string(file.Bytes), "/FontFile2"), err)
	}
}

func TestFontsThatCannotBeUsedAreNamed(t *testing.T) {
	good := shipped(t, "gkai00mp.ttf", 0)
	headed := func(tag string) []byte { return append([]byte(tag), good[4:]...) }
	for _, c := range []struct {
		name, file string
		data       []byte
		want       string
	}{
		{"禁止嵌入", "FZXBSJW.TTF", shipped(t, "gkai00mp.ttf", 0x0002), "字体 layouts/fonts/FZXBSJW.TTF 不许嵌入 PDF（fsType 0x0002）；请向字体厂商取得嵌入授权，或换用别的字体"},
		{"只许点阵", "simfang.ttf", shipped(t, "gkai00mp.ttf", 0x0208), "只许嵌入点阵"},
		{"不许取子集", "simhei.ttf", shipped(t, "gkai00mp.ttf", 0x0108), "不许只嵌入用到的字"},
		{"换掉自带的也查", "gkai00mp.ttf", shipped(t, "gkai00mp.ttf", 0x0002), "layouts/fonts/gkai00mp.ttf 不许嵌入"},
		{"字体集", "simsun.ttc", headed("ttcf"), "layouts/fonts/simsun.ttc 是字体集"},
		{"CFF", "小标宋.otf", headed("OTTO"), "请换用同一字体的 .ttf 文件"},
		{"网页字体", "黑体.woff2", headed("wOF2"), "是网页字体"},
		{"不是字体", "楷体.ttf", []byte("这不是一个字体文件"), "不是 TrueType 字体"},
		{"截断", "楷体.ttf", good[:5000], "文件不完整"},
		{"空的", "楷体.ttf", nil, "文件不完整"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := withFont(c.file, c.data)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("错误是 %v，应有“%s”", err, c.want)
			}
			refused := Refused(fstest.MapFS{"fonts/" + c.file: {Data: c.data}})
			if len(refused) != 1 || refused[0].File != "fonts/"+c.file || !strings.HasSuffix(err.Error(), refused[0].Reason) {
				t.Errorf("检查时说的是 %v", refused)
			}
		})
	}
	for _, fsType := range []uint16{0, 0x0004, 0x0008, 0x000a} { // the last: an old font that allows both
		if _, err := withFont("楷体.ttf", shipped(t, "gkai00mp.ttf", fsType)); err != nil {
			t.Errorf("fsType %#x：%v", fsType, err)
		}
	}
}

// A check finds every font that the papers could not be set with, all at once.
func TestRefusedFonts(t *testing.T) {
	good, bad := shipped(t, "gkai00mp.ttf", 0x0008), shipped(t, "gkai00mp.ttf", 0x0002)
	refused := Refused(fstest.MapFS{
		"fonts/楷体.ttf": {Data: good}, "fonts/b.ttf": {Data: bad}, "fonts/a.otf": {Data: bad[:8]}, "fonts/README.md": {}, "assets/c.ttf": {Data: bad},
	})
	if len(refused) != 2 || refused[0].File != "fonts/a.otf" || refused[1].File != "fonts/b.ttf" {
		t.Errorf("查出 %v", refused)
	}
	if refused := append(Refused(nil), Refused(fstest.MapFS{"assets/c.ttf": {}})...); len(refused) != 0 {
		t.Errorf("没有字体也查出 %v", refused)
	}
}

// Files beside the fonts are left alone.
func TestOtherFilesAreNotFonts(t *testing.T) {
	for _, name := range []string{"README.md", "授权书.pdf"} {
		if _, err := withFont(name, []byte("x")); err != nil {
			t.Errorf("%s：%v", name, err)
		}
	}
}
