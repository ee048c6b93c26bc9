package publish

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"wangjian/internal/release"
)

func TestPathsThatASiteMayNotHave(t *testing.T) {
	for name, tc := range map[string]struct {
		paths []string
		want  string
	}{
		"plain":                   {[]string{"index.html", "cases/a/index.html", "open/附件 1.pdf"}, ""},
		"empty":                   {[]string{""}, "路径是空的"},
		"absolute":                {[]string{"/etc/passwd"}, "相对路径"},
		"upwards":                 {[]string{"a/../../b"}, "不能含 . 或 .."},
		"here":                    {[]string{"./a"}, "不能含 . 或 .."},
		"an empty step":           {[]string{"a//b"}, "有空的一级"},
		"a folder":                {[]string{"a/"}, "有空的一级"},
		"a backslash":             {[]string{`a\..\b`}, "不能含"},
		"a drive":                 {[]string{"C:/a"}, "不能含"},
		"a stream":                {[]string{"a.html:x"}, "不能含"},
		"a control character":     {[]string{"a\nb"}, "控制字符"},
		"bytes":                   {[]string{"a\xff"}, "不是 UTF-8"},
		"a dot at the end":        {[]string{"a./b"}, "末尾"},
		"a space at the end":      {[]string{"a "}, "末尾"},
		"a device":                {[]string{"cases/con"}, "设备名"},
		"a device with extension": {[]string{"Aux.html"}, "设备名"},
		"a port":                  {[]string{"lpt1.txt/x"}, "设备名"},
		"a port in superscript":   {[]string{"COM²"}, "设备名"},
		"like a device":           {[]string{"console", "com10", "nul1.html"}, ""},
		"a long name":             {[]string{strings.Repeat("长", 86)}, "255"},
		"twice":                   {[]string{"a", "b", "a"}, "两个文件都要写到 a"},
		"case":                    {[]string{"a/B.html", "a/b.html"}, "只有大小写或写法不同"},
		"case of a folder":        {[]string{"A/x", "a/y"}, "只有大小写或写法不同"},
		"composed":                {[]string{"\u00e9", "e\u0301"}, "只有大小写或写法不同"},
		"file and folder":         {[]string{"a", "a/b"}, "a 是文件"},
		"folder and file by case": {[]string{"a/b/c", "A/B"}, "只有大小写"},
		"the sums":                {[]string{"sha256sums"}, "只有大小写"},
		"the sums themselves":     {[]string{"SHA256SUMS"}, "两个文件都要写到 SHA256SUMS"},
	} {
		t.Run(name, func(t *testing.T) {
			var files []release.File
			for _, p := range tc.paths {
				files = append(files, public.File(p, func(io.Writer) error { return nil }))
			}
			var m Memory
			_, err := Render(files, &m, 1)
			if tc.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want …%s…", err, tc.want)
			}
			if len(m.Paths()) > 0 {
				t.Errorf("written all the same: %v", m.Paths())
			}
		})
	}
}

func TestWorkersDoNotChangeWhatIsWritten(t *testing.T) {
	site := tree{}
	for n := range 200 {
		site[fmt.Sprintf("cases/%d/index.html", n)] = strings.Repeat(fmt.Sprint(n), n)
	}
	for _, workers := range []int{0, 1, 7, 1000} {
		var m Memory
		sums, err := Render(site.files(), &m, workers)
		if err != nil {
			t.Fatal(err)
		}
		got := tree{}
		for _, p := range m.Paths() {
			content, _ := m.File(p)
			got[p] = string(content)
		}
		if !maps.Equal(got, site.withSums()) || len(sums) != 201 || sums[200].Path != SumsFile || sums[0].Path != "cases/0/index.html" {
			t.Errorf("%d workers wrote something else", workers)
		}
	}
}

func TestTheEarliestErrorIsTheOneToldOf(t *testing.T) {
	site := tree{}
	for n := range 50 {
		site[fmt.Sprintf("p/%02d", n)] = "x"
	}
	for range 20 {
		files := site.files()
		for n := 10; n < 50; n++ {
			files[n] = public.File(files[n].Path, func(io.Writer) error {
				if n == 10 {
					time.Sleep(2 * time.Millisecond) // the others fail first
				}
				return fmt.Errorf("第 %d 个", n)
			})
		}
		var m Memory
		_, err := Render(files, &m, 8)
		if err == nil || err.Error() != "生成 p/10：第 10 个" {
			t.Fatalf("got %v", err)
		}
		if _, ok := m.File(SumsFile); ok {
			t.Fatal("a broken site has its sums")
		}
	}
}

// TestPagesSayHowLargePapersAre: a page is told the size of a file that comes before
// it, once that is finished, with any number of workers; of no later one, and a paper
// that fails is what is told of.
func TestPagesSayHowLargePapersAre(t *testing.T) {
	slow := errors.New("没有墨了")
	paper := func(err error) release.File {
		return public.File("report.pdf", func(w io.Writer) error {
			time.Sleep(2 * time.Millisecond) // the pages come to it first
			if err != nil {
				return err
			}
			_, err := io.WriteString(w, strings.Repeat("x", 300_000)) // more than is held in memory
			return err
		})
	}
	page := func(path, of string) release.File {
		return public.Reading(path, func(w io.Writer, v *release.View) error {
			bytes, ok, err := v.Size(of)
			if err == nil {
				_, err = fmt.Fprint(w, bytes, ok)
			}
			return err
		})
	}
	files := func(of string, err error) []release.File {
		return []release.File{paper(err), page("a.html", of), page("b.html", of), page("z.html", "report.pdf")}
	}
	for _, workers := range []int{1, 2, 8} {
		for of, want := range map[string]string{"report.pdf": "300000 true", "brief.pdf": "0 false"} {
			var m Memory
			if _, err := Render(files(of, nil), &m, workers); err != nil {
				t.Fatal(err)
			}
			if got, _ := m.File("b.html"); string(got) != want {
				t.Errorf("%d workers: the page says %s, want %s", workers, got, want)
			}
		}
		if _, err := Render(files("z.html", nil), &Memory{}, workers); err == nil || err.Error() != "生成 a.html：程序的错误：z.html 排在后面，还不知道有多大" {
			t.Errorf("%d workers: a later file's size: %v", workers, err)
		}
		if _, err := Render(files("report.pdf", slow), &Memory{}, workers); !errors.Is(err, slow) {
			t.Errorf("%d workers: what is told is %v", workers, err)
		}
	}
	var alone strings.Builder
	if err := page("a.html", "report.pdf").Write(&alone); err != nil || alone.String() != "0 false" {
		t.Errorf("a page by itself says %s, %v", alone.String(), err)
	}
}

func TestNoMoreAtOnceThanWorkers(t *testing.T) {
	const workers = 3
	var now, most atomic.Int32
	all := make(chan struct{}) // closed once all are at work
	var closing sync.Once
	var files []release.File
	for n := range 40 {
		files = append(files, public.File(fmt.Sprint(n), func(io.Writer) error {
			at := now.Add(1)
			defer now.Add(-1)
			for seen := most.Load(); at > seen && !most.CompareAndSwap(seen, at); seen = most.Load() {
			}
			if at == workers {
				closing.Do(func() { close(all) })
			}
			select {
			case <-all:
			case <-time.After(time.Second):
			}
			time.Sleep(time.Millisecond)
			return nil
		}))
	}
	if _, err := Render(files, &Memory{}, workers); err != nil {
		t.Fatal(err)
	}
	if most.Load() != workers {
		t.Errorf("%d at once, want %d", most.Load(), workers)
	}
}

func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	piece := make([]byte, 32<<10)
	files := []release.File{public.File("gallery/clip.mp4", func(w io.Writer) error {
		for range 1 << 10 { // 32 MB
			if _, err := w.Write(piece); err != nil {
				return err
			}
		}
		return nil
	})}
	f := workshop(t)
	for _, build := range []string{"first", "unchanged"} {
		var was, is runtime.MemStats
		runtime.ReadMemStats(&was)
		if _, err := f.Publish(t.Context(), files); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&is)
		if grown := is.TotalAlloc - was.TotalAlloc; grown > 2<<20 {
			t.Errorf("%s build of 32 MB took %d KB of memory", build, grown>>10)
		}
	}
}

func benchmarkSite() tree {
	site := tree{}
	for n := range 2000 {
		site[fmt.Sprintf("regions/%d/index.html", n)] = strings.Repeat(fmt.Sprintf("<p>%d</p>", n), 1000)
	}
	return site
}

func BenchmarkRender(b *testing.B) {
	files := benchmarkSite().files()
	for b.Loop() {
		if _, err := Render(files, &Memory{}, 0); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPublish(b *testing.B) {
	site := benchmarkSite()
	b.Run("one file of 2000 changed", func(b *testing.B) {
		f := workshop(b)
		f.mustPublish(b, site)
		n := 0
		for b.Loop() {
			n++
			site["regions/7/index.html"] = fmt.Sprint(n)
			f.mustPublish(b, site)
		}
	})
	b.Run("all 2000 new", func(b *testing.B) {
		for b.Loop() {
			workshop(b).mustPublish(b, site)
		}
	})
}
