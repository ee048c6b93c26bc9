package pdf

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"wangjian/internal/stats"
)

// chapter is one part of the text that both programs set.
type chapter struct {
	title string
	paras []string
}

func fortyPages() []chapter {
	var list []chapter
	for n := range 20 {
		c := chapter{title: fmt.Sprintf("东乡县农业农村局查处第%d号案", n+1)}
		for i := range 12 {
			c.paras = append(c.paras, fmt.Sprintf("第%d次检查，执法人员在第%d号门店查获假种子%d公斤，货值%d.5万元。依法调取进货凭证、销售台账和付款记录，逐一核对来源和去向，当事人“某种子经营部”未能提供合法来源证明；检查情况已按《中华人民共和国种子法》第%d条通报有关单位，占全部批次的%d%%。", i+1, 31*n+i, 17*n+3*i, n+i, 40+i, 5+n))
		}
		list = append(list, c)
	}
	return list
}

// BenchmarkAgainstTypst sets the same forty pages with this program, from
// Markdown to the finished file, and with Typst, and gives Typst's time as so
// many times ours. TYPST is a folder of Node packages that make bench fetches;
// without it only our own time is measured.
func BenchmarkAgainstTypst(b *testing.B) {
	front, _, _ := strings.Cut(fileOf(b, "content/cases/jiazhongzi.md"), "## 案情")
	changes := map[string]string{"content/cases/jiazhongzi.md": fileOf(b, "content/cases/jiazhongzi.md")}
	var typst strings.Builder
	typst.WriteString(`#set page(paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm), numbering: "— 1 —")
#set text(font: "FandolFang", size: 16pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 13pt, spacing: 13pt, first-line-indent: (amount: 2em, all: true))
#show heading: set text(font: "Noto Sans SC", size: 16pt)
#outline()
`)
	for n, c := range fortyPages() {
		text := strings.Join(c.paras, "\n\n")
		head := strings.Replace(strings.Replace(front, "〕3号", fmt.Sprintf("〕%d号", 100+n), 1), "东乡县农业农村局查处某经营部销售假种子案", c.title, 1)
		changes[fmt.Sprintf("content/cases/c%02d.md", n)] = head + "## 案情\n\n" + text + "\n"
		fmt.Fprintf(&typst, "\n= %s\n\n== 案情\n\n%s\n", c.title, text)
	}
	v := publicView(b, changes)
	book := stats.Of(v)
	var out bytes.Buffer
	best := time.Duration(0)
	for b.Loop() {
		out.Reset()
		start := time.Now()
		if err := (Options{Fonts: loaded}).Write(&out, v, book, Report(v, book)); err != nil {
			b.Fatal(err)
		}
		if took := time.Since(start); best == 0 || took < best {
			best = took
		}
	}
	modules := os.Getenv("TYPST")
	if modules == "" {
		b.Log("没有 Typst（要用 npm 取得，见 make bench），只量了自己")
		return
	}
	dir := b.TempDir()
	file := filepath.Join(dir, "text.typ")
	if err := os.WriteFile(file, []byte(typst.String()), 0o644); err != nil {
		b.Fatal(err)
	}
	printed, err := exec.Command("node", "testdata/typst/bench.mjs", modules, "../../layouts/fonts", file, filepath.Join(dir, "typst.pdf")).Output()
	if err != nil {
		b.Fatalf("Typst：%v", err)
	}
	theirs, err := strconv.ParseFloat(strings.TrimSpace(string(printed)), 64)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(theirs, "typst-ms")
	b.ReportMetric(theirs/(float64(best.Microseconds())/1e3), "×slower-typst")
}
