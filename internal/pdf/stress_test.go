package pdf

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/finish"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/soak"
	"wangjian/internal/stats"
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

// inUse is the memory that is held, without rubbish, however busy the machine
// is and whatever the other tests hold.
func inUse() float64 {
	runtime.GC()
	runtime.GC() // what the first one only unlinked
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// allocated is all that was ever asked for.
func allocated() float64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.TotalAlloc)
}

// A report of hundreds of pages takes memory by its pages and no more: what is
// held between the steps of its making is so much a page, and no step asks for
// more a page where there are more of them. With SOAK=1 the larger one has over
// 300 pages.
func TestMemoryGrowsWithThePages(t *testing.T) {
	cases := soak.Count(12, 48)
	type run struct{ pages, held, asked float64 }
	measure := func(n int) (r run) {
		v := stressView(t, n)
		b := stats.Of(v)
		paper := Volume(v, b)
		before, asked := inUse(), allocated()
		s, err := compose(v, b, Options{}, fonts(), paper)
		if err != nil {
			t.Fatal(err)
		}
		r.pages, r.held = float64(len(s.pages)), inUse()-before
		raw, err := draw.Play(typeset.A4, s.pages)
		if err != nil {
			t.Fatal(err)
		}
		r.held = max(r.held, inUse()-before)
		file, err := finish.Finish(raw, s.document(v, paper))
		if err != nil {
			t.Fatal(err)
		}
		r.held = max(r.held, inUse()-before)
		r.asked = allocated() - asked
		runtime.KeepAlive(s)
		runtime.KeepAlive(raw)
		t.Logf("%d 件：%.0f 页，文件 %.1f MB，占内存 %.1f MB，先后要过 %.1f MB", n, r.pages, float64(len(file))/1e6, r.held/1e6, r.asked/1e6)
		return r
	}
	measure(1) // fonts and tables of the process
	few, many := measure(cases/4), measure(cases)
	if soak.Long() && many.pages < 300 {
		t.Errorf("只有 %.0f 页", many.pages)
	}
	pages := many.pages - few.pages
	const most = 100e3 // of a page: its operations, and the file as it is made
	if held := (many.held - few.held) / pages; held > most {
		t.Errorf("每多一页多占 %.0f kB 内存", held/1e3)
	}
	if first, more := few.asked/few.pages, (many.asked-few.asked)/pages; more > first {
		t.Errorf("每多一页多要 %.0f kB，前面的每页要 %.0f kB：不止随页数增加", more/1e3, first/1e3)
	}
}
