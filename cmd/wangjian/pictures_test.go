//go:build whole

package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// choices lists what the browser took for each picture: its own width and height in CSS
// px, the width of the file, and the widths that there are.
const choices = `(async () => {
	const width = name => +name.match(/-(\d+)\.jpg/)[1], list = [];
	for (const img of document.querySelectorAll('main img[srcset]')) {
		img.scrollIntoView();
		while (!img.complete || !img.currentSrc)
			await new Promise(r => setTimeout(r, 10));
		list.push({Shown: img.clientWidth, High: img.clientHeight, Taken: width(img.currentSrc), Widths: img.srcset.split(', ').map(width)});
	}
	return list;
})()`

// TestPicturesAreSharp: of a picture's files a browser takes the narrowest that has a
// pixel for each of the screen's, or the widest: on phones, on a desk, in large type.
// One that does not know auto takes none that is narrower, but in large type.
func TestPicturesAreSharp(t *testing.T) {
	target := build(t, "-C", plant(t), "--date", "2026-05-10")
	files := http.FileServer(http.Dir(target))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, old := strings.CutPrefix(r.URL.Path, "/old/")
		raw, err := os.ReadFile(filepath.Join(target, page))
		if old && err == nil && filepath.Ext(page) == ".html" {
			w.Write(bytes.ReplaceAll(raw, []byte(`sizes="auto, `), []byte(`sizes="`)))
			return
		}
		r.URL.Path = strings.TrimPrefix(r.URL.Path, "/old")
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	for _, screen := range []struct {
		width int64
		scale float64
		size  string
	}{{390, 2, ""}, {390, 3, ""}, {1280, 1, ""}, {1280, 1, "elder"}} {
		for _, folder := range []string{"", "old/"} {
			if folder != "" && screen.size != "" {
				continue
			}
			b := newTab(t, screen.width, 844) // no file of another screen is at hand
			b.do(t, chromedp.EmulateViewport(screen.width, 844, chromedp.EmulateScale(screen.scale)), chromedp.Navigate(server.URL+"/assets/site.css"))
			eval[int](t, b, `localStorage.setItem('wangjian.display', '{"size":"`+screen.size+`"}'), 0`)
			for _, page := range []string{"gallery/index.html", "warnings/tushi/index.html", "index.html"} {
				b.do(t, chromedp.Navigate(server.URL+"/"+folder+page))
				list := eval[[]struct {
					Shown, High, Taken int
					Widths             []int
				}](t, b, choices)
				where := fmt.Sprintf("%s%s, %d px at %g, %s", folder, page, screen.width, screen.scale, screen.size)
				if len(list) == 0 {
					t.Errorf("%s has no picture", where)
				}
				for _, p := range list {
					if high := p.Shown * 600 / 1000; p.High < high-1 || p.High > high+1 {
						t.Errorf("%s: a picture of 1000 × 600 is shown in %d × %d", where, p.Shown, p.High)
					}
					want := p.Widths[len(p.Widths)-1]
					for _, w := range slices.Backward(p.Widths) {
						if float64(w) >= float64(p.Shown)*screen.scale {
							want = w
						}
					}
					switch {
					case folder == "" && p.Taken != want:
						t.Errorf("%s: a picture of %d px takes the file of %d, want %d", where, p.Shown, p.Taken, want)
					case p.Taken < want:
						t.Errorf("%s: a picture of %d px is soft: the file has %d, want %d", where, p.Shown, p.Taken, want)
					}
				}
			}
		}
	}
}
