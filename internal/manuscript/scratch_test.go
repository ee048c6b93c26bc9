package manuscript

import (
	"os"
	"testing"
)

func TestScratch(t *testing.T) {
	data, err := os.ReadFile(os.Getenv("DOCX"))
	if err != nil {
		t.Skip()
	}
	dep := os.Getenv("DEP")
	if dep == "" {
		dep = "公安局"
	}
	r, ps := Import(os.Getenv("DOCX"), data, sampleOptions(t, dep))
	if r != nil {
		t.Logf("\n%s", r.Markdown)
		for _, x := range r.Pictures {
			t.Log(x.Name, len(x.Data))
		}
	}
	t.Log("\n" + said(r, ps))
	for _, p := range ps {
		t.Log(p.Hint)
	}
}
func TestQuick(t *testing.T) {
	w := newWord(p("赣州市公安局网剑行动工作总结"), p("市市场监管局："), p("按照要求，总结如下。"))
	w.add(four(p("（一）强化组织。成立专班，统一调度。"), p("（二）同案并查"), p("正文*星号*_下划_ <b> [x] a|b 1. 2 # {{x}}。"), p("1.培训。"), p("2.考核。"), li(1, 0, "甲"), li(1, 1, "乙"), li(2, 0, "丙"),
		para("", run("加粗", strg), run("，后文，查处相关网络违法案件231件，督促关停违法违规账号1200个。", "")))...)
	w.numbering = wordLists
	w.add(p("赣州市公安局"), p("2022年11月25日"))
	r, ps := imported(t, w)
	t.Logf("\n%s\n%s", r.Markdown, said(r, ps))
}
