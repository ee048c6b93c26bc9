package main

import (
	"cmp"
	"fmt"
	"io"
	"path"
	"slices"
	"time"

	"wangjian/internal/publication"
	"wangjian/internal/publish"
)

// trace is what build --trace tells: where the time went, and why each file was
// rendered.
type trace struct {
	laps  []lap
	begun time.Time // of the last lap
}

type lap struct {
	what string
	took time.Duration
}

// laps are the steps of a build that are told apart.
var laps = map[publication.Step]string{
	publication.Looking: "看有没有改动（cache）", publication.Reading: "读取和检查（source、review）", publication.Planning: "安排（stats、site、sheet、pdf）",
}

// newTrace notes how long the steps of an act take.
func newTrace(act *publication.Act) *trace {
	t := &trace{}
	tell := act.Doing
	act.Doing = func(s publication.Step, n, of int) {
		if n == 0 {
			t.end()
			if what := laps[s]; what != "" {
				t.laps, t.begun = append(t.laps, lap{what: what}), time.Now()
			}
		}
		tell(s, n, of)
	}
	return t
}

// end ends the last lap.
func (t *trace) end() {
	if n := len(t.laps); n > 0 && t.laps[n-1].took == 0 {
		t.laps[n-1].took = time.Since(t.begun)
	}
}

func (t *trace) print(w io.Writer, done *publication.Outcome) {
	t.end()
	if done.Before != nil {
		t.laps[0].what = "看有没有改动：没有"
		done.Reused = done.Before.Files()
	}
	fmt.Fprintln(w, "用时：")
	for _, l := range append(t.laps, lap{"生成各文件", done.Rendering}, lap{"换上新网站并记下", done.Swapping}) {
		fmt.Fprintf(w, "  %8.3f 秒  %s\n", l.took.Seconds(), l.what)
	}
	kinds := map[string]*lap{}
	count := map[string]int{}
	for _, f := range done.Anew {
		kind := kindOfFile(f.Path)
		if kinds[kind] == nil {
			kinds[kind] = &lap{what: kind}
		}
		kinds[kind].took += f.Took
		count[kind]++
	}
	var list []*lap
	for _, l := range kinds {
		list = append(list, l)
	}
	slices.SortFunc(list, func(a, b *lap) int { return cmp.Or(cmp.Compare(b.took, a.took), cmp.Compare(a.what, b.what)) })
	fmt.Fprintf(w, "重新生成 %d 个文件（各处理器合计），沿用 %d 个：\n", len(done.Anew), done.Reused)
	for _, l := range list {
		fmt.Fprintf(w, "  %8.3f 秒  %s %d 个\n", l.took.Seconds(), l.what, count[l.what])
	}
	anew := slices.Clone(done.Anew)
	slices.SortFunc(anew, func(a, b publish.Rendered) int { return cmp.Compare(a.Path, b.Path) })
	for _, f := range anew {
		fmt.Fprintf(w, "  %s  %.1f 毫秒  %s\n", f.Path, float64(f.Took.Microseconds())/1000, f.Why)
	}
}

// kindOfFile says what room a published file comes from.
func kindOfFile(p string) string {
	switch ending := path.Ext(p); {
	case ending == ".pdf":
		return "PDF（pdf）"
	case ending == ".ofd":
		return "OFD（pdf）"
	case ending == ".html":
		return "网页（site）"
	case path.Dir(p) == "search/data" || path.Dir(path.Dir(p)) == "search/data":
		return "搜索索引（search）"
	case path.Dir(p) == "data" || ending == ".csv" || ending == ".xlsx":
		return "数据文件（sheet）"
	case path.Base(p) == "share.png" || path.Base(p) == "preview.png":
		return "转发卡片（card）"
	case ending == ".jpg" || ending == ".jpeg" || ending == ".png" || ending == ".mp4" || ending == ".webp":
		return "图片和视频（picture）"
	}
	return "其他"
}
