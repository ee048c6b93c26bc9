//go:build whole

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// smallCorrected is the small campaign as it was published twice: between the two a
// figure was corrected and a document withdrawn.
var smallCorrected = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "wangjian-corrected-")
	if err == nil {
		atEnd(func() { os.RemoveAll(dir) })
		err = os.CopyFS(dir, os.DirFS(smallCampaign))
	}
	if err != nil {
		return "", err
	}
	form := filepath.Join(dir, "data/q2/shichang/dongcheng.yaml")
	correct := func() error {
		text, err := os.ReadFile(form)
		if err == nil {
			err = os.WriteFile(form, []byte(strings.Replace(string(text), "检查食品经营单位: 60", "检查食品经营单位: 61", 1)), 0o644)
		}
		return err
	}
	steps := [][]string{{"publish", "--yes"}, nil, {"correct", "--reason", "漏计一户次"}, {"correct", "--withdraw", "open/fangan", "--reason", "依据有误"}}
	for _, s := range [][2]string{{"初审", "甲"}, {"复审", "乙"}, {"保密审查", "甲"}, {"终审", "丙"}} {
		steps = append(steps, []string{"sign", "data/q2/release.yaml", "--as", s[0], "--by", s[1]})
	}
	for _, step := range append(steps, []string{"publish", "--yes"}, []string{"verify"}) {
		if step == nil {
			if err := correct(); err != nil {
				return "", err
			}
		} else if status, out := ranIn(dir, nil, step...); status != 0 {
			return "", fmt.Errorf("%v: %s", step, out)
		}
	}
	return filepath.Join(dir, "public"), nil
})

// corrected returns the site of smallCorrected, and of each state of a paper one page.
func corrected(t *testing.T) (dir string, pages map[string]string) {
	t.Helper()
	dir, err := smallCorrected()
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "papers/*/index.html"))
	if err != nil {
		t.Fatal(err)
	}
	pages = map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, state := range []string{"现行有效", "已更正", "停止公示"} {
			if strings.Contains(string(text), ">"+state+"</p>") {
				pages[state], _ = filepath.Rel(dir, name)
			}
		}
	}
	if len(pages) != 3 {
		t.Fatalf("states of papers: %v", pages)
	}
	return dir, pages
}

// TestStatusPagesForEveryone: the pages of papers have no fault in any mode and are no
// wider than a phone.
func TestStatusPagesForEveryone(t *testing.T) {
	dir, pages := corrected(t)
	server := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(server.Close)
	b := newTab(t, 390, 844)
	for mode, stored := range modes {
		for state, page := range pages {
			b.do(t, chromedp.Navigate(server.URL+"/"+page))
			eval[int](t, b, `localStorage.setItem('wangjian.display', '`+stored+`'), 0`)
			b.do(t, chromedp.Navigate(server.URL+"/"+page))
			eval[int](t, b, axe+";0")
			for _, v := range eval[[]string](t, b, runAxe) {
				t.Errorf("%s, %s: %s", state, mode, v)
			}
			if wide := eval[[]string](t, b, tooWide); len(wide) > 0 {
				t.Errorf("%s, %s: wider than a phone: %v", state, mode, wide)
			}
		}
	}
	if troubles, _ := b.take(); len(troubles) > 0 {
		t.Errorf("%v", troubles)
	}
}
