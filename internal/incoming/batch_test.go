package incoming

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"wangjian/internal/inbox"
)

// written is what a batch would write, by name.
func written(t testing.TB, b *Batch) map[string]string {
	t.Helper()
	set, err := b.Set()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range set.Files() {
		files[f.Name] = string(f.New)
	}
	return files
}

// wrote are the names of what a batch would write, but for the originals.
func wrote(t testing.TB, b *Batch) (names []string) {
	t.Helper()
	for name := range written(t, b) {
		if !strings.HasPrefix(name, inbox.Received+"/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// TestParcel: a mail and an archive are taken apart; each file in them ends by itself,
// all are kept, and the day is the mail's.
func TestParcel(t *testing.T) {
	b := batchOf(t, small(t))
	c := b.Campaign
	archive := zipped(
		file{"报表/", "表.xlsx", workbook(c, "q3", "shichang", "dongcheng")},
		file{"第三次/城管局/", "总结.docx", four("工作总结")},
		file{"", "坏.rar", []byte("Rar!")},
		file{"内层/", "照片.zip", zipped(file{"教体局/", "IMG_1.jpg", photo(3)})},
	)
	judged(t, b, file{"", "来件.zip", archive}, file{"", "教体局来信.eml", mail("Tue, 12 May 2026 23:30:00 +0000", "报表.csv", sheet("", "51"))})
	var got []string
	for _, f := range b.List {
		got = append(got, f.Name+" "+f.On.String()+" "+ending(f))
	}
	want := []string{
		"来件.zip/报表/表.xlsx 2026-05-20 收下 form q3|市场监管局 东城街道|data/q3/shichang/dongcheng.yaml",
		"来件.zip/第三次/城管局/总结.docx 2026-05-20 收下 narrative q3|城管局|content/narratives/q3/chengguan.md",
		"来件.zip/坏.rar  退回  ||",
		"来件.zip/教体局/IMG_1.jpg 2026-05-20 收下 photo q3|教体局|content/gallery/jiaoyu-2026-05-20.md",
		"教体局来信.eml/报表.csv 2026-05-13 存疑 form q3|教体局|data/q3/jiaoyu.yaml", // in China it is the next day
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	b.List[4].Told.Over = true
	judgeAgain(t, b)
	files := written(t, b)
	for _, name := range []string{"2026-05-20/来件.zip", "2026-05-20/表.xlsx", "2026-05-13/教体局来信.eml", "2026-05-13/报表.csv"} {
		if files[inbox.Received+"/"+name] == "" {
			t.Errorf("%s is not kept", name)
		}
	}
	if register := files[inbox.Received+"/"+inbox.Name]; strings.Count(register, "来自: 2026-05-20/来件.zip") != 3 || strings.Count(register, "文件: 2026-05-20/来件.zip") != 1 || strings.Contains(register, "坏") {
		t.Errorf("register\n%s", register)
	}
	if text := files["data/q3/jiaoyu.yaml"]; !strings.Contains(text, "收到日期: 2026-05-13 # 原件：收件/2026-05-13/报表.csv") {
		t.Errorf("form\n%s", text)
	}
}

// TestHostileNames: whatever a sender calls a file, it is kept below its day, under a
// name that every system can have, and its name of the campaign is none of the
// sender's choosing.
func TestHostileNames(t *testing.T) {
	for _, name := range []string{
		"../../data/campaign.yaml", "/etc/passwd", `..\..\x.pdf`, `C:\Windows\x.pdf`, "CON.pdf", "nul", "登记.yaml", "a\x00b.pdf", "a\nb.pdf", "x.pdf ", "x.pdf.", ".x.pdf",
		"\u202efdp.exe.pdf", "a:b|c?.pdf", strings.Repeat("长", 300) + ".pdf", "\xff\xfe.pdf", "..", ".", " ",
	} {
		b := batchOf(t, small(t))
		base := path.Base("/" + strings.ReplaceAll(name, `\`, "/"))
		f := judged(t, b, file{"../..", base, scan}, file{"", "来.zip", zipped(file{"", "好.pdf", append(slices.Clone(scan), '\n')}, file{"", strings.ToValidUTF8(name, "x"), scan})})[0]
		f.Told.Out = false
		for kept := range written(t, b) {
			last := path.Base(kept)
			if kept == inbox.Received+"/"+inbox.Name {
				continue
			}
			if day := path.Dir(kept); day != inbox.Received+"/2026-05-20" || !fs.ValidPath(kept) || len(last) > 255 || !utf8.ValidString(kept) ||
				strings.ContainsAny(last, "\x00\n\\:|?\u202e") || strings.HasSuffix(last, ".") || strings.HasSuffix(last, " ") || strings.HasPrefix(last, ".") || strings.EqualFold(last, "nul") || strings.HasPrefix(strings.ToUpper(last), "CON.") {
				t.Errorf("%q is kept as %q", name, kept)
			}
		}
		for _, f := range b.List {
			f.Told.Kind, f.Told.Slug = Photo, name
		}
		b.Add("", "1.jpg", photo(4))
		b.List[len(b.List)-1].Told = Told{Kind: Photo, Slug: "../" + name}
		judgeAgain(t, b)
		if names := wrote(t, b); len(names) > 0 {
			t.Errorf("slug %q writes %q", name, names)
		}
	}
}

// TestBounds: what is too large is refused without being read, and says what to do.
func TestBounds(t *testing.T) {
	b := batchOf(t, small(t))
	b.AddLarge("录像.mp4")
	f := judged(t, b, file{"", "教体局.docx", make([]byte, MaxText+1)}, file{"", "大.zip", make([]byte, MaxParcel+1)})
	for _, one := range f {
		if one.State() != Refused || one.Reason() == "" {
			t.Errorf("%s: %s %s", one.Name, one.State(), one.Reason())
		}
	}
	if !f[0].IsFixed() || !strings.Contains(f[0].Reason(), "超过 96 MB") || f[0].Hint == "" {
		t.Errorf("%s (%s)", f[0].Reason(), f[0].Hint)
	}
	if b.Size() < MaxText || b.Size() > MaxText+2*MaxParcel {
		t.Errorf("size %d", b.Size())
	}
}

// TestBatchSeesItself: a text is compared with the figures of the batch's forms; two
// forms of one unit that differ are both refused, the same one twice is written once,
// and leaving one out mends it.
func TestBatchSeesItself(t *testing.T) {
	text := docx("第三次工作总结", "一、经验做法", "先查食堂。", "二、行动成效", "检查食品经营单位120户次。", "三、存在问题", "人手少。", "四、下一步工作打算", "逐项销号。")
	b := batchOf(t, small(t))
	c := b.Campaign
	form := workbook(c, "q3", "shichang", "")
	judged(t, b, file{"", "市场监管局总结.docx", text}, file{"", "市场监管局.xlsx", form})
	if files := written(t, b); !strings.Contains(files["content/narratives/q3/shichang.md"], "{{市场监管局/检查食品经营单位}}") {
		t.Errorf("the text does not see the form:\n%s", files["content/narratives/q3/shichang.md"])
	}
	b.List[1].Told.Out = true
	judgeAgain(t, b)
	if text := written(t, b)["content/narratives/q3/shichang.md"]; strings.Contains(text, "{{市场监管局/检查食品经营单位}}") {
		t.Errorf("the text sees a form that is left out:\n%s", text)
	}

	b = batchOf(t, small(t))
	one, two := sheet("期次,第三次\n部门,教体局\n", "50"), sheet("期次,第三次\n部门,教体局\n", "51")
	judged(t, b, file{"", "甲.csv", one}, file{"", "乙.csv", two}, file{"", "丙.csv", append(slices.Clone(one), '\n')})
	for _, f := range b.List {
		if f.State() != Refused || !strings.Contains(f.Reason(), "是同一张报表") {
			t.Errorf("%s: %s %s", f.Name, f.State(), f.Reason())
		}
	}
	b.List[1].Told.Out = true
	b.List[0].Told.Over = true
	judgeAgain(t, b)
	if b.List[2].Same != b.List[0] || !slices.Equal(wrote(t, b), []string{"data/q3/jiaoyu.yaml"}) {
		t.Errorf("same %v, wrote %v", b.List[2].Same, wrote(t, b))
	}
}

// TestOverwrites: what would change a file of the campaign is not taken without a yes;
// what came before is not taken again.
func TestOverwrites(t *testing.T) {
	files := small(t)
	b := batchOf(t, files)
	form := sheet("期次,第三次\n部门,教体局\n", "77")
	f := judged(t, b, file{"", "教体局.csv", form})[0]
	if !f.Overwrites() || f.Takes() || len(wrote(t, b)) > 0 {
		t.Fatalf("%s: overwrites %v, wrote %v", ending(f), f.Overwrites(), wrote(t, b))
	}
	f.Told.Over = true
	judgeAgain(t, b)
	set, err := b.Set()
	if err != nil || !f.Takes() {
		t.Fatal(err, f.Takes())
	}
	b = batchOf(t, set.FS())
	f = judged(t, b, file{"", "教体局.csv", form}, file{"", "教体局盖章.pdf", scan})[0]
	if f.Overwrites() || f.Changes() || len(wrote(t, b)) > 0 {
		t.Errorf("%s: again it changes", ending(f))
	}
	// What came before and was changed since is a doubt.
	changed := batchOf(t, set.FS())
	second := judged(t, changed, file{"", "教体局.csv", sheet("期次,第三次\n部门,教体局\n", "78")})[0]
	second.Told.Over = true
	judgeAgain(t, changed)
	later, err := changed.Set()
	if err != nil {
		t.Fatal(err)
	}
	b = batchOf(t, later.FS())
	if f = judged(t, b, file{"", "教体局.csv", form})[0]; f.State() != Doubtful || !strings.Contains(f.Reason(), "2026-05-20 收过，后来又改过") {
		t.Errorf("%s: %s", ending(f), f.Reason())
	}
}

// TestGalleries: photographs of a unit and a day are one gallery, held back, with their
// names as captions where these are not a camera's.
func TestGalleries(t *testing.T) {
	b := batchOf(t, small(t))
	judged(t, b, file{"城管局", "IMG_20260519_1.jpg", photo(1)}, file{"城管局", "检查校门口摊点.png", photo(2)}, file{"城管局", "又一份.jpg", photo(1)})
	files := written(t, b)
	text := files["content/gallery/chengguan-2026-05-20.md"]
	for _, want := range []string{"公开方式: 不予公开", "文件: chengguan-2026-05-20-1.jpg\n", "文件: chengguan-2026-05-20-2.png", "说明: 检查校门口摊点\n", "说明:\n", "原件：收件/2026-05-20/检查校门口摊点.png", "已核: false", "标题: 城管局执法检查照片"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if b.List[2].Same != b.List[0] || files["content/gallery/chengguan-2026-05-20-3.jpg"] != "" {
		t.Error("the same photograph twice is two")
	}
	if set, err := b.Set(); err != nil {
		t.Fatal(err)
	} else if c := batchOf(t, set.FS()); judged(t, c, file{"城管局", "IMG_20260519_1.jpg", photo(1)})[0].Takes() {
		t.Error("it is taken a second time")
	}
}

// TestStop: judging ends with its context; what was not looked at is not taken.
func TestStop(t *testing.T) {
	b := batchOf(t, small(t))
	ctx, stop := context.WithCancel(context.Background())
	for _, name := range []string{"教体局1.pdf", "教体局2.pdf", "教体局3.pdf"} {
		b.Add("", name, append(slices.Clone(scan), name...))
	}
	seen := 0
	err := b.Judge(ctx, func(*File) { seen++; stop() })
	if !errors.Is(err, context.Canceled) || seen != 1 {
		t.Errorf("%v after %d", err, seen)
	}
	for n, f := range b.List {
		if (f.State() == Refused) != (n > 0) || n > 0 && !strings.Contains(f.Reason(), "停下来了") {
			t.Errorf("%s: %s %s", f.Name, f.State(), f.Reason())
		}
	}
	judgeAgain(t, b)
	if f := b.List[2]; f.State() != Taken {
		t.Errorf("looked at again: %s %s", f.State(), f.Reason())
	}
}

// TestNamesOfOneFile: names that differ only by case or composition, which are one file
// on many disks, become one; what is there is not written over unasked.
func TestNamesOfOneFile(t *testing.T) {
	text := func(words string) []byte { return docx("典型案例", words) }
	files := small(t)
	files["content/cases/Café案.md"] = &fstest.MapFile{Data: []byte("---\n标题: 旧的\n---\n\n旧的。\n")}
	files["content/gallery/Lao.md"] = &fstest.MapFile{Data: []byte("---\n标题: 旧的\n---\n")}
	files["content/gallery/xin-1.jpg"] = &fstest.MapFile{Data: photo(9)}
	b := batchOf(t, files)
	b.Told.Kind = Case
	judged(t, b, file{"", "CAFE\u0301案.docx", text("一")}, file{"", "Ab.docx", text("二")}, file{"", "aB.docx", text("三")}, file{"", strings.Repeat("长", 85) + ".docx", text("四")})
	if f := b.List[0]; f.Becomes != "content/cases/Café案.md" || f.Takes() || !f.Overwrites() {
		t.Errorf("%s takes %v", ending(f), f.Takes())
	}
	for _, f := range b.List[1:3] {
		if f.State() != Refused || !strings.Contains(f.Reason(), "只留一个") {
			t.Errorf("%s: %s", ending(f), f.Reason())
		}
	}
	if got := wrote(t, b); len(got) != 1 || got[0] != "content/cases/"+strings.Repeat("长", mostSlug/3)+".md" {
		t.Errorf("wrote %q", got)
	}
	b = batchOf(t, files)
	b.Told.Kind = Photo
	judged(t, b, file{"", "1.jpg", photo(1)}, file{"", "2.jpg", photo(2)}, file{"", "3.jpg", photo(3)}, file{"", "4.jpg", photo(4)})
	for n, slug := range []string{"LAO", "Xin", "xin", "con"} {
		b.List[n].Told.Slug = slug
	}
	judgeAgain(t, b)
	if got := strings.Join(wrote(t, b), " "); got != "content/gallery/Xin-1.jpg content/gallery/Xin-2.jpg content/gallery/Xin.md" {
		t.Errorf("wrote %s", got)
	}
	for _, n := range []int{0, 3} {
		if f := b.List[n]; f.State() != Refused || f.Ask != Slug {
			t.Errorf("%s: %s", ending(f), f.Reason())
		}
	}

	// The pictures of a text are asked for too.
	files["content/cases/tu-1.png"] = &fstest.MapFile{Data: photo(9)}
	f := judged(t, batchOf(t, files), file{"", "x.docx", text("五")})[0]
	f.Writes = []Write{{"content/cases/tu-1.png", photo(9), photo(8)}, {f.Becomes, nil, []byte("x")}}
	if f.Takes() || !f.Overwrites() {
		t.Error("a picture is written over")
	}
}

// TestHostileArchives: a bomb, a link, a password, damage: each is refused with what
// is wrong, and none stops the others.
func TestHostileArchives(t *testing.T) {
	deep := zipped(file{"", "表.csv", sheet("", "50")})
	for range 5 {
		deep = zipped(file{"", "里.zip", deep})
	}
	wide := make([]file, 2001)
	for n := range wide {
		wide[n] = file{"", fmt.Sprintf("%d.pdf", n), scan}
	}
	zeros := make([]byte, 90<<20)
	padded := zipped(file{"", "里.zip", append(slices.Clone(zeros), zipped()...)})
	copy(zeros, "PK\x03\x04")
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"炸弹.zip", zipped(file{"", "一.csv", zeros}, file{"", "二.csv", zeros}), "展开以后太大"},
		{"空心.zip", zipped(file{"", "一.zip", zeros}, file{"", "二.zip", zeros}, file{"", "三.zip", zeros}, file{"", "四.zip", zeros}, file{"", "五.zip", zeros}), "展开以后太大"},
		{"垫的.zip", padded, ""},
		{"太深.zip", deep, "一层套一层"},
		{"太多.zip", zipped(wide...), "展开以后太大"},
		{"坏的.zip", []byte("PK\x03\x04 not really"), "损坏"},
		{"链接.zip", linked("总结.docx", "../../data/campaign.yaml"), "链接"},
		{"信.eml", []byte("\x00\x01"), "不是保存下来的邮件"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := batchOf(t, small(t))
			judged(t, b, file{"", c.name, c.data}, file{"", "教体局.pdf", scan})
			if c.want != "" && (b.List[0].State() != Refused || !strings.Contains(b.List[0].Reason(), c.want)) {
				t.Errorf("%s: %s", ending(b.List[0]), b.List[0].Reason())
			}
			if f := b.List[len(b.List)-1]; !f.Takes() {
				t.Errorf("%s: %s", ending(f), f.Reason())
			}
			if got := wrote(t, b); len(got) > 0 {
				t.Errorf("wrote %v", got)
			}
		})
	}
}

// linked is an archive with a symbolic link.
func linked(name, to string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	h := &zip.FileHeader{Name: name}
	h.SetMode(fs.ModeSymlink | 0o777)
	must1(must1(z.CreateHeader(h)).Write([]byte(to)))
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}
