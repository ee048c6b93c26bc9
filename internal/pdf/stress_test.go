package pdf

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"

	"wangjian/internal/release"
)

// stressView is the small campaign with so many long cases: text, a table over
// pages, a wide one, footnotes, rare characters, and a picture of its own each.
func stressView(t testing.TB, cases int) *release.View {
	t.Helper()
	front, _, _ := strings.Cut(fileOf(t, "content/cases/jiazhongzi.md"), "## 案情")
	front = strings.Replace(front, "公开方式", "图片已核: true\n公开方式", 1)
	changes := map[string]string{}
	for n := range cases {
		var b strings.Builder
		b.WriteString(strings.Replace(strings.Replace(front, "〕3号", fmt.Sprintf("〕%d号", 100+n), 1), "销售假种子案", fmt.Sprintf("销售假种子第%d案", n+1), 1))
		fmt.Fprintf(&b, "## 案情\n\n![现场](p%d.png)\n\n", n)
		for i := range 12 {
			fmt.Fprintf(&b, "第%d次检查当事人“镕”“瞭”“𬭎”三处门店，查获假种子%d公斤，货值%d.5万元，约翰·史密斯到场。[^%d]%s\n\n", i+1, n+i, i, i+1, strings.Repeat("执法人员依法调取进货凭证、销售台账和付款记录，逐一核对来源和去向。", 3))
		}
		b.WriteString("## 处罚\n\n| 批次 | 品名 | 数量 | 说明 |\n|---|---|--:|---|\n")
		for i := range 30 {
			fmt.Fprintf(&b, "| %d | 水稻种子 | %d | 没收，依照有关规定作无害化处理 |\n", i+1, 7*i+n)
		}
		b.WriteString("\n|" + strings.Repeat(" 月度 |", 18) + "\n|" + strings.Repeat("--:|", 18) + "\n")
		for i := range 6 {
			b.WriteString("|" + strings.Repeat(fmt.Sprintf(" %d |", 1000+i), 18) + "\n")
		}
		b.WriteString("\n")
		for i := range 12 {
			fmt.Fprintf(&b, "[^%d]: 见现场笔录第%d页。\n", i+1, i+1)
		}
		changes[fmt.Sprintf("content/cases/c%d.md", n)] = b.String()
		changes[fmt.Sprintf("content/cases/p%d.png", n)] = string(drawn(t, 300+n, 200))
	}
	return publicView(t, changes)
}

// peak gives the most memory that was in use at once while f ran, above what
// was before.
func peak(f func()) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(2)) // rubbish is not counted, however much the other tests hold
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	var most atomic.Uint64
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			most.Store(max(most.Load(), now.HeapAlloc))
			select {
			case <-done:
				return
			default:
				runtime.Gosched()
			}
		}
	}()
	f()
	close(done)
	<-stopped
	return most.Load() - min(most.Load(), before.HeapAlloc)
}

// A report of hundreds of pages takes memory by its pages and no more: one of
// four times as many pages takes about four times as much, and a page never
// more than so much. With SOAK=1 the larger one has over 300 pages.
func TestMemoryGrowsWithThePages(t *testing.T) {
	cases := 12
	if os.Getenv("SOAK") != "" {
		cases = 48
	}
	type run struct{ pages, file, memory float64 }
	measure := func(n int) run {
		v := stressView(t, n)
		var out bytes.Buffer
		var r run
		r.memory = float64(peak(func() {
			if err := writeReport(&out, v, Options{}); err != nil {
				t.Fatal(err)
			}
		}))
		r.file = float64(out.Len())
		r.pages = float64(len(paperOf(t, v, Options{}).pages))
		t.Logf("%d 件：%.0f 页，文件 %.1f MB，内存 %.1f MB，每页 %.0f kB", n, r.pages, r.file/1e6, r.memory/1e6, r.memory/r.pages/1e3)
		return r
	}
	measure(1) // fonts and tables of the process
	few, many := measure(cases/4), measure(cases)
	if os.Getenv("SOAK") != "" && many.pages < 300 {
		t.Errorf("只有 %.0f 页", many.pages)
	}
	const most = 200e3 // of a page: its operations, and the file as it is made
	perPage := (many.memory - few.memory) / (many.pages - few.pages)
	if perPage > most {
		t.Errorf("每多一页多用 %.0f kB 内存", perPage/1e3)
	}
}
