//go:build whole

package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"wangjian/internal/soak"
)

// renderPages shows some pages of a file as another program reads it: ofd.js, which
// does not read the fonts in a file, so that they are given to the browser before.
const renderPages = `(async fonts => {
	await Promise.all(fonts.map(async name => document.fonts.add(await new FontFace(name, 'url(Doc_0/Res/' + name + '.ttf)').load())));
	const file = await (await fetch('pages.ofd')).arrayBuffer();
	const read = await new Promise((success, fail) => ofd.parseOfdDocument({ofd: file, success, fail}));
	for (const page of ofd.renderOfd(811, read[0])) { page.style.margin = 0; document.body.append(page); }
	await document.fonts.ready;
	return [...document.body.children].filter(e => e.tagName === 'DIV').map(e => { const r = e.getBoundingClientRect(); return {X: Math.round(r.left + scrollX), Y: Math.round(r.top + scrollY), Width: Math.round(r.width), Height: Math.round(r.height)}; });
})`

// TestOFDLooksLikePDF reads pages of the sample's whole volume as OFD with a program that
// is not ours, and compares them as pictures with the same pages of the PDF: the
// first of each kind, or, in make soak, all.
func TestOFDLooksLikePDF(t *testing.T) {
	dir := t.TempDir()
	command(t, "-C", "../..", "pdf", "--full", "--format", "ofd", "-o", filepath.Join(dir, "report.ofd"))
	parts := partsOf(t, filepath.Join(dir, "report.ofd"))
	var fonts []string
	for name := range parts {
		if font, ok := strings.CutSuffix(path.Base(name), ".ttf"); ok {
			fonts = append(fonts, strconv.Quote(font))
		}
	}
	pages := pagesToCompare(parts)
	parts["pages.ofd"] = onlyPages(t, parts, pages)
	parts["ofd.js"], _ = os.ReadFile("testdata/ofd.js/ofd.umd.min.js")
	parts["index.html"] = []byte(`<!doctype html><meta charset="utf-8"><style>body { margin: 0 }</style><script src="ofd.js"></script>`)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "" {
			w.Header().Set("Content-Type", "text/html")
			name = "index.html"
		}
		w.Write(parts[name])
	}))
	t.Cleanup(server.Close)
	b := newTab(t, 900, 1200)
	b.do(t, chromedp.Navigate(server.URL+"/"))
	places := eval[[]place](t, b, renderPages+"(["+strings.Join(fonts, ",")+"])")
	if len(places) != len(pages) {
		t.Fatalf("%d pages are shown, want %d", len(places), len(pages))
	}
	for i, n := range pages {
		got := shot(t, b, places[i])
		want := pageOf(t, filepath.Join(site(t), "report-full.pdf"), n, got.Bounds().Size())
		// A character is some thirty cells. Pictures are scaled in different ways,
		// and a turned page is shown too small for its rules.
		far, all := cellsApart(want, got)
		allowed := 8
		if bytes.Contains(parts[contentOf(n)], []byte("<ofd:ImageObject")) || got.Bounds().Dx() > got.Bounds().Dy() {
			allowed = all / 250
		}
		if far > allowed {
			t.Errorf("page %d: %d of %d cells are apart", n+1, far, all)
		}
	}
}

// partsOf reads the parts of a file.
func partsOf(t *testing.T, file string) map[string][]byte {
	t.Helper()
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
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

func contentOf(page int) string { return fmt.Sprintf("Doc_0/Pages/Page_%d/Content.xml", page) }

// pagesToCompare are the first page, and the first with each kind of object and with
// links, which must not show.
func pagesToCompare(parts map[string][]byte) []int {
	var pages []int
	content := func(n int) []byte { return parts[contentOf(n)] }
	links := func(n int) []byte { return parts[fmt.Sprintf("Doc_0/Annots/Page_%d.xml", n)] }
	for _, object := range []string{"<ofd:TextObject", "<ofd:ImageObject", `CTM="0 1 -1 0`, `Fill="true"`, "<ofd:Goto>"} {
		for n := 0; content(n) != nil; n++ {
			if bytes.Contains(slices.Concat(content(n), links(n)), []byte(object)) && (!slices.Contains(pages, n) || soak.Long()) {
				pages = append(pages, n)
				if !soak.Long() {
					break
				}
			}
		}
	}
	slices.Sort(pages)
	return slices.Compact(pages)
}

var pageEntry = regexp.MustCompile(`<ofd:Page ID="\d+" BaseLoc="Pages/Page_(\d+)/Content.xml"></ofd:Page>`)

// onlyPages is a file without the other pages.
func onlyPages(t *testing.T, parts map[string][]byte, pages []int) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, data := range parts {
		if name == "Doc_0/Document.xml" {
			data = pageEntry.ReplaceAllFunc(data, func(entry []byte) []byte {
				if n, _ := strconv.Atoi(string(pageEntry.FindSubmatch(entry)[1])); !slices.Contains(pages, n) {
					return nil
				}
				return entry
			})
		}
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// pageOf is a page of a PDF as a picture of some size.
func pageOf(t *testing.T, file string, page int, size image.Point) image.Image {
	t.Helper()
	n := strconv.Itoa(page + 1)
	raw, err := exec.Command("pdftoppm", "-scale-to-x", strconv.Itoa(size.X), "-scale-to-y", strconv.Itoa(size.Y), "-f", n, "-l", n, "-png", file).Output()
	if err != nil {
		t.Fatalf("pdftoppm (package poppler-utils): %v", err)
	}
	picture, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// cellsApart counts the squares of four pixels in which two pictures differ by more
// than a quarter of the scale, wherever one of them may lie a pixel to the side.
func cellsApart(a, b image.Image) (far, all int) {
	const side = 4
	p, q := grey(a), grey(b)
	size := p.Bounds().Intersect(q.Bounds())
	mean := func(m *image.Gray, x, y int) int {
		sum := 0
		for dy := range side {
			for dx := range side {
				sum += int(m.GrayAt(x+dx, y+dy).Y)
			}
		}
		return sum / (side * side)
	}
	for y := side; y+2*side <= size.Max.Y; y += side {
		for x := side; x+2*side <= size.Max.X; x += side {
			here, least := mean(p, x, y), 255
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					there := mean(q, x+dx, y+dy)
					least = min(least, max(here-there, there-here))
				}
			}
			if all++; least > 64 {
				far++
			}
		}
	}
	return far, all
}

func grey(m image.Image) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, m.Bounds().Dx(), m.Bounds().Dy()))
	draw.Draw(g, g.Rect, m, m.Bounds().Min, draw.Src)
	return g
}
