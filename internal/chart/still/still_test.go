package still

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"wangjian/internal/chart"
	"wangjian/internal/keep"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// sample gives every chart of the sample.
var sample = sync.OnceValue(func() []*chart.Chart {
	fsys := os.DirFS("../../../")
	c, _ := source.Load(fsys)
	v := release.Public(c, c.ReferenceDate, source.Contents(fsys))
	book := stats.Of(v)
	var charts []*chart.Chart
	for _, l := range chart.List(book, v.Campaign()) {
		if ch, err := chart.Find(book, v.Campaign(), l.Code); err == nil {
			charts = append(charts, ch)
		}
	}
	return charts
})

func newDrawer(t testing.TB, cache keep.Cache) *Drawer {
	t.Helper()
	d, err := NewDrawer(layouts.Over(nil), cache)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// drawAll draws charts one after the other, at the width of a page.
func drawAll(t testing.TB, d *Drawer, charts []*chart.Chart) []string {
	t.Helper()
	var drawings []string
	for _, c := range charts {
		svg, err := d.Draw(c, 720, c.Code)
		if err != nil {
			t.Fatal(err)
		}
		drawings = append(drawings, svg)
	}
	return drawings
}

// TestMatricesSayTheirTable: at every width a matrix names all of its rows and
// columns, and its cells say what the table does, as often.
func TestMatricesSayTheirTable(t *testing.T) {
	d := newDrawer(t, NewMemory())
	matrices := 0
	for _, c := range sample() {
		if !bytes.Contains(c.Option, []byte(`"heatmap"`)) {
			continue
		}
		matrices++
		for _, width := range []int{720, 340} {
			svg, err := d.Draw(c, width, c.Code)
			if err != nil {
				t.Fatal(err)
			}
			list := texts(t, svg)
			all := strings.Join(list, "")
			for _, name := range c.Head[1:] {
				name, _, _ = strings.Cut(name, "（")
				if !strings.Contains(all, name) {
					t.Errorf("%s at %d does not name the column %s", c.Code, width, name)
				}
			}
			left := map[string]int{}
			for _, text := range list {
				left[text]++
			}
			for _, row := range c.Rows {
				if !strings.Contains(all, row[0]) {
					t.Errorf("%s at %d does not name the row %s", c.Code, width, row[0])
				}
				for _, cell := range row[1:] {
					if left[cell]--; cell != "" && left[cell] < 0 {
						t.Errorf("%s at %d says %s too seldom", c.Code, width, cell)
					}
				}
			}
		}
	}
	if matrices < 3 {
		t.Errorf("%d matrices", matrices)
	}
}

// TestSampleIsDrawn: every chart of the sample, on a desk and on a phone, is
// valid XML that keeps the pages' security policy and says what it shows.
func TestSampleIsDrawn(t *testing.T) {
	d := newDrawer(t, NewMemory())
	charts := sample()
	if len(charts) < 20 {
		t.Fatalf("the sample has %d charts", len(charts))
	}
	for _, c := range charts {
		for _, width := range []int{720, 340} {
			svg, err := d.Draw(c, width, c.Code)
			if err != nil {
				t.Error(err)
				continue
			}
			if err := xml.Unmarshal([]byte(svg), new(struct{})); err != nil {
				t.Errorf("%s: %v", c.Code, err)
			}
			for _, want := range []string{
				fmt.Sprintf(`viewBox="0 0 %d `, width), `role="img"`, "<title>" + html.EscapeString(c.Title) + "</title>",
				"<desc>" + html.EscapeString(c.Summary) + "</desc>", `class="fill-`,
			} {
				if !strings.Contains(svg, want) {
					t.Errorf("%s has no %s", c.Code, want)
				}
			}
			for _, never := range []string{"style", "ecmeta", "zr0", "pointer-events", "font-family", "<image", "href", neutral} {
				if strings.Contains(svg, never) {
					t.Errorf("%s has %s", c.Code, never)
				}
			}
			for _, id := range ids.FindAllStringSubmatch(svg, -1) {
				if !strings.HasPrefix(id[1], c.Code+"-") {
					t.Errorf("%s has the id %s", c.Code, id[1])
				}
			}
		}
		if got := heightOf(t, d, c); got != c.Height {
			t.Errorf("%s is %d high and should be %d", c.Code, got, c.Height)
		}
	}
}

var ids = regexp.MustCompile(`(?:\bid="|url\(#)([^")]*)`)

func heightOf(t *testing.T, d *Drawer, c *chart.Chart) (height int) {
	svg, err := d.Draw(c, 720, "x")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscanf(svg[strings.Index(svg, "viewBox"):], `viewBox="0 0 720 %d"`, &height); err != nil {
		t.Fatal(err)
	}
	return height
}

// TestSameBytes: whatever an engine has drawn before, and however many draw at
// once, a drawing is the same.
func TestSameBytes(t *testing.T) {
	charts := sample()
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	one := drawAll(t, newDrawer(t, nothing{}), charts)

	runtime.GOMAXPROCS(8)
	d := newDrawer(t, nothing{})
	many := make([]string, len(charts))
	var group sync.WaitGroup
	for i := len(charts) - 1; i >= 0; i-- {
		group.Go(func() {
			var err error
			if many[i], err = d.Draw(charts[i], 720, charts[i].Code); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for i, c := range charts {
		if one[i] != many[i] {
			t.Errorf("%s differs between one processor and many", c.Code)
		}
	}
}

func TestDrawnOnce(t *testing.T) {
	charts := sample()[:3]
	dir := filepath.Join(t.TempDir(), "drawings")
	first := newDrawer(t, NewFolder(dir))
	want := drawAll(t, first, charts)
	if first.Drawn() != 3 {
		t.Fatalf("%d drawn", first.Drawn())
	}
	second := newDrawer(t, NewFolder(dir))
	if got := drawAll(t, second, charts); !slices.Equal(got, want) || second.Drawn() != 0 {
		t.Errorf("the second build drew %d", second.Drawn())
	}
	if first.Same(second) != true {
		t.Error("two drawers of one library differ")
	}

	// Another title is no other drawing; another figure, width, library or font is.
	titled := *charts[0]
	titled.Title = "另一个标题"
	if svg, err := second.Draw(&titled, 720, "a"); err != nil || second.Drawn() != 0 || !strings.Contains(svg, "<title>另一个标题</title>") {
		t.Errorf("a new title: %v, %d drawn", err, second.Drawn())
	}
	changed := *charts[0]
	changed.Option = []byte(strings.Replace(string(changed.Option), "497", "498", 1))
	if _, err := second.Draw(&changed, 720, "a"); err != nil || second.Drawn() != 1 {
		t.Errorf("a new figure: %v, %d drawn", err, second.Drawn())
	}
	if _, err := second.Draw(charts[0], 700, "a"); err != nil || second.Drawn() != 2 {
		t.Errorf("a new width: %v, %d drawn", err, second.Drawn())
	}
	library, _ := fs.ReadFile(layouts.Over(nil), libraryFile)
	other, err := NewDrawer(layouts.Over(fstest.MapFS{libraryFile: {Data: append(library, '\n')}}), NewFolder(dir))
	if err != nil {
		t.Fatal(err)
	}
	if drawAll(t, other, charts[:1]); other.Drawn() != 1 || first.Same(other) {
		t.Errorf("a new library: %d drawn", other.Drawn())
	}

	// What is asked for at once is drawn once.
	third := newDrawer(t, NewMemory())
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() { third.Draw(charts[0], 720, "a") })
	}
	group.Wait()
	if third.Drawn() != 1 {
		t.Errorf("eight at once drew %d", third.Drawn())
	}
}

// TestDamagedCache: a drawing that is not as it was written is drawn again.
func TestDamagedCache(t *testing.T) {
	charts := sample()[:1]
	for name, damage := range map[string]func([]byte) []byte{
		"empty": func([]byte) []byte { return nil }, "cut": func(b []byte) []byte { return b[:len(b)/2] },
		"changed": func(b []byte) []byte { return bytes.Replace(b, []byte("497"), []byte("498"), 1) },
		"longer":  func(b []byte) []byte { return append(b, "<script/>"...) },
		"foreign": func([]byte) []byte { return []byte("<svg></svg>") },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			want := drawAll(t, newDrawer(t, NewFolder(dir)), charts)
			files, _ := filepath.Glob(dir + "/*.svg")
			if len(files) != 1 {
				t.Fatalf("%d files", len(files))
			}
			whole, _ := os.ReadFile(files[0])
			if err := os.WriteFile(files[0], damage(whole), 0o644); err != nil {
				t.Fatal(err)
			}
			d := newDrawer(t, NewFolder(dir))
			if got := drawAll(t, d, charts); got[0] != want[0] || d.Drawn() != 1 {
				t.Errorf("%d drawn", d.Drawn())
			}
			if mended, _ := os.ReadFile(files[0]); !bytes.Equal(mended, whole) {
				t.Error("the file is not mended")
			}
		})
	}
}

// TestNoFolder: where the folder cannot be made, memory serves.
func TestNoFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	d := newDrawer(t, NewFolder(filepath.Join(file, "drawings")))
	drawAll(t, d, sample()[:2])
	drawAll(t, d, sample()[:2])
	if d.Drawn() != 2 {
		t.Errorf("%d drawn", d.Drawn())
	}
}
