//go:build whole

package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// budgets holds what a page of each kind may weigh when it is opened for the
// first time, and how many requests that takes, before pictures: itself, the
// style and the scripts that it names, in kB as a server sends them (gzip).
var budgets = []struct {
	page         string
	kB, requests int
}{
	{"pages/about/index.html", 25, 3},
	{"summary/final/index.html", 25, 3},
	{"cases/index.html", 25, 3},
	{"cases/zhibo-xujia/index.html", 25, 3},
	{"warnings/zhibo-gouwu/index.html", 25, 3},
	{"open/index.html", 25, 3},
	{"open/tongzhi/index.html", 25, 3},
	{"commitments/index.html", 25, 4},
	{"commitments/shili-pingtai/index.html", 25, 3},
	{"calendar/index.html", 25, 3},
	{"gallery/index.html", 25, 3},
	{"progress/index.html", 25, 3},
	{"sitemap/index.html", 25, 3},
	{"regions/360702/index.html", 30, 3},
	{"departments/gongxin/index.html", 30, 3},
	{"search/index.html", 30, 5},
	{"404.html", 25, 3},
	// With drawings, two of each: for a desk and for a phone.
	{"index.html", 45, 4},
	{"tasks/sanjia-zhibo/index.html", 40, 4},
	{"statistics/index.html", 50, 4},
	{"regions/index.html", 60, 4},
	{"departments/shijian/index.html", 60, 4},
}

var firstLoad = regexp.MustCompile(`<link rel="stylesheet" href="([^"]+)"|<script src="([^"]+)"`)

// TestWeight holds every page kind to its budget. ECharts, half a megabyte, is named
// by no page: a reader who turns to a chart makes the script ask for it, as the
// browser tests see.
func TestWeight(t *testing.T) {
	public := site(t)
	weigh := func(name string) int {
		t.Helper()
		size, err := sent(filepath.Join(public, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return size
	}
	for _, budget := range budgets {
		raw, err := os.ReadFile(filepath.Join(public, filepath.FromSlash(budget.page)))
		if err != nil {
			t.Fatal(err)
		}
		bytes, requests := weigh(budget.page), 1
		seen := map[string]bool{}
		for _, m := range firstLoad.FindAllStringSubmatch(string(raw), -1) {
			name := path.Join(path.Dir(budget.page), m[1]+m[2])
			if _, local, absolute := strings.Cut(m[1]+m[2], "/assets/"); absolute && strings.Contains(m[1]+m[2], "://") {
				name = "assets/" + local // 404.html, which is shown at any depth
			}
			if strings.Contains(name, "echarts") {
				t.Errorf("%s asks for %s at once", budget.page, name)
			}
			if !seen[name] {
				seen[name] = true
				bytes += weigh(name)
				requests++
			}
		}
		t.Logf("%-32s %3d kB %d requests", budget.page, (bytes+999)/1000, requests)
		if bytes > budget.kB*1000 || requests > budget.requests {
			t.Errorf("%s: %d bytes in %d requests, the budget is %d kB in %d", budget.page, bytes, requests, budget.kB, budget.requests)
		}
	}
}

// sent is how many bytes of a file a server sends, as gzip.
func sent(name string) (int, error) {
	raw, err := os.ReadFile(name)
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(raw)
	w.Close()
	return b.Len(), err
}
