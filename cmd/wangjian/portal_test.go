//go:build whole

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"wangjian/internal/portal"
)

// TestPortalInBrowser: in every mode axe-core finds nothing on the portal's page, which
// asks for nothing but its own files, is not wider than a phone, and shows every
// indicator once its line is opened.
func TestPortalInBrowser(t *testing.T) {
	var sites []*portal.Site
	for _, dir := range []string{smallInMay(t), smallLater(t)} {
		s, err := portal.Read(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		s.Campaign.Short += filepath.Base(filepath.Dir(dir)) // both are of one campaign
		sites = append(sites, s)
	}
	dir := t.TempDir()
	for _, f := range portal.Files(sites, portal.Options{Title: "清河食安行动历年"}) {
		name := filepath.Join(dir, f.Path)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		w, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Write(w); err != nil {
			t.Fatal(err)
		}
		w.Close()
	}
	b := newTab(t, 390, 844)
	page := fileURL(dir) + "index.html"
	for mode, stored := range modes {
		b.do(t, chromedp.Navigate(page))
		eval[int](t, b, `localStorage.setItem('wangjian.display', '`+stored+`'), 0`)
		b.do(t, chromedp.Navigate(page))
		if shown := eval[int](t, b, `(() => { document.querySelectorAll('details').forEach(d => d.open = true); return [...document.querySelectorAll('.form-table')].filter(t => t.checkVisibility() && t.tBodies[0].rows.length == 2).length; })()`); shown < 5 {
			t.Errorf("%s: %d indicators are shown", mode, shown)
		}
		for _, wide := range eval[[]string](t, b, tooWide) {
			t.Errorf("%s: %s is too wide", mode, wide)
		}
		troubles, requests := b.take()
		for _, trouble := range troubles {
			t.Error(trouble)
		}
		for _, request := range requests {
			if !strings.HasPrefix(request, fileURL(dir)) {
				t.Errorf("it asks for %s", request)
			}
		}
		eval[int](t, b, axe+";0") // which asks for the styles once more
		for _, v := range eval[[]string](t, b, runAxe) {
			t.Errorf("%s: %s", mode, v)
		}
		b.take()
	}
}
