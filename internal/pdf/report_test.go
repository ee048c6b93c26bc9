package pdf

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/rogpeppe/go-internal/txtar"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/picture"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

// fonts are parsed once for all tests.
var fonts = sync.OnceValue(func() *Fonts {
	f, err := LoadFonts(layouts.Over(nil))
	if err != nil {
		panic(err)
	}
	return f
})

// load reads the small campaign with some files changed; an empty text takes a
// file away.
func load(t testing.TB, changes map[string]string) (*campaign.Campaign, fstest.MapFS) {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/small.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{
		"content/gallery/jiancha.png":   {Data: drawn(t, 600, 400)},
		"content/warnings/biaoqian.png": {Data: drawn(t, 120, 80)},
	}
	for _, f := range archive.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	for name, text := range changes {
		if text == "" {
			delete(files, name)
		} else {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	c, findings := source.Load(files)
	for _, f := range findings {
		if f.Level == campaign.Error {
			t.Fatalf("%s %s", f.At, f.Message)
		}
	}
	return c, files
}

func drawn(t testing.TB, w, h int) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.NRGBA{uint8(x), uint8(y), 120, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func publicView(t testing.TB, changes map[string]string) *release.View {
	c, files := load(t, changes)
	return release.Public(c, c.ReferenceDate, source.Contents(files))
}

func wholeView(t testing.TB, changes map[string]string) *release.View {
	c, files := load(t, changes)
	return release.Whole(c, c.ReferenceDate, source.Contents(files))
}

func paperOf(t testing.TB, v *release.View, o Options) *sheets {
	t.Helper()
	b := stats.Of(v)
	p, err := compose(v, b, o, fonts(), Volume(v, b))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// loaded returns the fonts that all tests share.
func loaded() (*Fonts, error) { return fonts(), nil }

func writeReport(w io.Writer, v *release.View, o Options) error {
	o.Fonts = loaded
	b := stats.Of(v)
	return o.Write(w, v, b, Volume(v, b))
}

func bytesOf(t testing.TB, v *release.View) []byte {
	t.Helper()
	book := stats.Of(v)
	return fileFor(t, Options{Fonts: loaded}, v, book, Volume(v, book))
}

// fileFor is the file of a paper.
func fileFor(t testing.TB, o Options, v *release.View, book *stats.Table, p *Paper) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := o.Write(&b, v, book, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// textsOf returns the texts of a page in the order of its operations.
func textsOf(p *typeset.Page) []string {
	var texts []string
	for _, op := range p.Ops {
		if t, ok := op.(typeset.Text); ok {
			texts = append(texts, t.Text)
		}
	}
	return texts
}

// words returns all the texts of the pages without spaces.
func words(pages ...*typeset.Page) string {
	var b strings.Builder
	for _, p := range pages {
		b.WriteString(strings.Join(textsOf(p), ""))
	}
	return squeeze(b.String())
}

// squeeze drops spaces.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// The page operations of every kind of paper of the small campaign, for eyes and
// for diffs: those that are published, and those of the submission.
func TestGoldenOperations(t *testing.T) {
	v := publicView(t, nil)
	b := stats.Of(v)
	for _, p := range Papers(v, b) {
		name := strings.NewReplacer("/", "-", ".pdf", ".ops").Replace(p.Path)
		t.Run(p.Path, func(t *testing.T) { checkGolden(t, name, v, b, p) })
	}
	whole := wholeView(t, nil)
	book := stats.Of(whole)
	for name, p := range map[string]*Paper{
		"report-full": Volume(whole, book), "report": Report(whole, book), "cases": Cases(whole, book), "form": Form(whole, book), "album": Album(whole, book),
	} {
		t.Run("submission/"+name, func(t *testing.T) { checkGolden(t, "submission-"+name+".ops", whole, book, p) })
	}
}

func checkGolden(t *testing.T, name string, v *release.View, book *stats.Table, p *Paper) {
	t.Helper()
	s, err := compose(v, book, Options{}, fonts(), p)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, page := range s.pages {
		b.WriteString("---- 面\n" + page.String())
	}
	golden := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
		for i := range min(len(gotLines), len(wantLines)) {
			if gotLines[i] != wantLines[i] {
				t.Fatalf("第 %d 行变了（确认无误后用 -update 更新）：\n%s\n原来是\n%s", i+1, gotLines[i], wantLines[i])
			}
		}
		t.Fatalf("操作有 %d 行，原来 %d 行", len(gotLines), len(wantLines))
	}
}

func TestSameViewSameBytes(t *testing.T) {
	v := publicView(t, nil)
	first := bytesOf(t, v)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if !bytes.Equal(first, bytesOf(t, publicView(t, nil))) {
		t.Error("两次生成的字节不同")
	}
}

// Every heading of the contents stands on the page that its line names.
func TestContentsNumbersAreRight(t *testing.T) {
	for name, v := range map[string]*release.View{"小行动": publicView(t, nil), "样例": sampleView(t)} {
		t.Run(name, func(t *testing.T) {
			p := paperOf(t, v, Options{})
			entry := regexp.MustCompile(`^(.+?)\.{4,}(\d+)$`)
			entries := 0
			for _, page := range p.pages[1:p.front] {
				for _, line := range baselines(page) {
					m := entry.FindStringSubmatch(line)
					if m == nil {
						continue
					}
					entries++
					n := 0
					for _, d := range m[2] {
						n = 10*n + int(d-'0')
					}
					if p.front+n > len(p.pages) {
						t.Fatalf("%s 指向不存在的第 %d 页", m[1], n)
					}
					body := p.pages[p.front+n-1]
					if texts := textsOf(body); texts[len(texts)-1] != "— "+m[2]+" —" {
						t.Errorf("第 %d 页印的页码是 %q", n, texts[len(texts)-1])
					}
					if !strings.Contains(words(body), m[1]) {
						t.Errorf("第 %d 页上没有标题 %s", n, m[1])
					}
				}
			}
			listed := 0
			for _, b := range p.bookmarks {
				if b.Level <= contentLevels {
					listed++
				}
			}
			if wrapped := listed - entries; wrapped < 0 || wrapped > 3 || entries == 0 {
				t.Errorf("目录有 %d 行带页码，标题有 %d 个", entries, listed)
			}
		})
	}
}

// baselines joins what stands on one baseline of a page, without spaces.
func baselines(p *typeset.Page) []string {
	var ys []float64
	lines := map[float64]string{}
	for _, op := range p.Ops {
		if t, ok := op.(typeset.Text); ok {
			if _, seen := lines[t.Y]; !seen {
				ys = append(ys, t.Y)
			}
			lines[t.Y] += squeeze(t.Text)
		}
	}
	slices.Sort(ys)
	var out []string
	for _, y := range ys {
		out = append(out, lines[y])
	}
	return out
}

func TestEverySheetIsMarkedAndNumbered(t *testing.T) {
	p := paperOf(t, publicView(t, nil), Options{})
	for i, page := range p.pages {
		texts := textsOf(page)
		if !slices.Contains(texts, sampleMark) {
			t.Errorf("第 %d 面没有标示例数据", i+1)
		}
		last := texts[len(texts)-1]
		numbered := regexp.MustCompile(`^— \d+ —$`).MatchString(last)
		if numbered != (i >= p.front) {
			t.Errorf("第 %d 面的最后一段文字是 %q", i+1, last)
		}
	}
	odd, even := lastText(p.pages[p.front]), lastText(p.pages[p.front+1])
	if middle := typeset.A4.Width / 2; odd.X < middle || even.X > middle {
		t.Errorf("单页页码在 %.0f，双页页码在 %.0f", odd.X, even.X)
	}
	if odd.Y < typeset.A4.Top+typeset.A4.BlockHeight+7*typeset.Millimetre {
		t.Errorf("页码离版心太近：%.1f", odd.Y)
	}
	unmarked := paperOf(t, publicView(t, map[string]string{"data/campaign.yaml": strings.Replace(fileOf(t, "data/campaign.yaml"), "示例: true\n基准日: 2031-06-20\n", "", 1)}), Options{})
	if strings.Contains(words(unmarked.pages...), sampleMark) {
		t.Error("正式数据也标了示例")
	}
}

func lastText(p *typeset.Page) typeset.Text {
	for _, op := range slices.Backward(p.Ops) {
		if t, ok := op.(typeset.Text); ok {
			return t
		}
	}
	return typeset.Text{}
}

func fileOf(t testing.TB, name string) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/small.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	t.Fatalf("没有 %s", name)
	return ""
}

// studio develops the photos of all tests, each once.
var studio = picture.NewStudio(cache.NewMemory())

func sampleView(t testing.TB) *release.View {
	t.Helper()
	root := os.DirFS("../../")
	c, findings := source.Load(root)
	for _, f := range findings {
		if f.Level == campaign.Error {
			t.Fatalf("样例：%s %s", f.At, f.Message)
		}
	}
	return release.Public(c, c.ReferenceDate, source.ContentsWith(root, studio))
}

func TestSampleReport(t *testing.T) {
	v := sampleView(t)
	p := paperOf(t, v, Options{})
	if len(p.pages) < 30 {
		t.Errorf("样例报告只有 %d 页", len(p.pages))
	}
	contents := words(p.pages[:p.front]...)
	for _, d := range v.Campaign().Departments {
		if !strings.Contains(contents, d.Name) {
			t.Errorf("目录里没有%s", d.Name)
		}
	}
}

// shorter is the sample with the narratives of one department, two cases and no
// warnings: some forty pages with all their charts. Pictures are developed once,
// as in a build.
func shorter(t testing.TB) *release.View {
	t.Helper()
	root, files := os.DirFS("../../"), fstest.MapFS{}
	for _, folder := range []string{"data", "content"} {
		err := fs.WalkDir(root, folder, func(name string, e fs.DirEntry, err error) error {
			kept := map[string]bool{"zhibo-xujia": true, "ertong-wanju": true, "gongan.md": true}
			switch part := strings.Split(name, "/"); {
			case err != nil || e.IsDir():
				return err
			case part[1] == "warnings", part[1] == "cases" && !kept[strings.TrimSuffix(part[2], path.Ext(part[2]))] && !kept[strings.TrimSuffix(part[2], "-jueding.pdf")],
				part[1] == "narratives" && !kept[part[3]]:
				return nil
			}
			data, err := fs.ReadFile(root, name)
			files[name] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	c, _ := source.Load(files)
	return release.Public(c, c.ReferenceDate, source.ContentsWith(files, studio))
}

// The report with its charts drawn before, and with their tables; and one of
// some forty pages.
func BenchmarkReport(b *testing.B) {
	whole, short := sampleView(b), shorter(b)
	for _, c := range []struct {
		name string
		v    *release.View
		o    Options
	}{{"图", whole, withCharts(whole)}, {"表", whole, Options{Fonts: loaded, Charts: &Charts{Find: withCharts(whole).Charts.Find}}}, {"四十页", short, withCharts(short)}} {
		b.Run(c.name, func(b *testing.B) {
			v, o := c.v, c.o
			book := stats.Of(v)
			s, err := compose(v, book, o, fonts(), Volume(v, book)) // draws the charts
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				var out bytes.Buffer
				if err := o.Write(&out, v, book, Volume(v, book)); err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(out.Len()))
			}
			b.ReportMetric(float64(len(s.pages)), "页")
		})
	}
}

// Each form of the sample stays on one sheet with its note, as the notice's
// annex does.
func TestAnnexFitsOneSheet(t *testing.T) {
	v := sampleView(t)
	paper := paperOf(t, v, Options{})
	form := &v.Campaign().Form
	note := []rune(squeeze(form.Note))
	for _, round := range v.Campaign().Rounds {
		n := slices.IndexFunc(paper.bookmarks, func(b typeset.Bookmark) bool { return strings.HasSuffix(b.Title, round.Name+"统计表") })
		if n < 0 {
			t.Fatalf("没有%s统计表", round.Name)
		}
		sheet := words(paper.pages[paper.bookmarks[n].Page])
		last := form.Rows[len(form.Rows)-1].Name
		for _, part := range []string{squeeze(form.Name), squeeze(last), string(note[max(0, len(note)-6):])} {
			if !strings.Contains(sheet, part) {
				t.Errorf("%s统计表那一页上没有“%s”", round.Name, part)
			}
		}
	}
}
