package manuscript

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestHardTexts imports texts that are made to be slow: long, and all marks.
func TestHardTexts(t *testing.T) {
	many := func(n int, one string) string { return strings.Repeat(one, n) }
	var looks strings.Builder
	for i := range 60_000 {
		looks.WriteString(run("甲", []string{strg, "<w:i/>", "<w:strike/>", ""}[i%4]))
	}
	for name, body := range map[string]string{
		"one long paragraph":   p(many(300_000, "甲")),
		"marks":                p(many(1_000_000, "*")),
		"brackets":             p(many(500_000, "[(")),
		"references":           p(many(200_000, "{{a|")),
		"figures":              p(many(40_000, "查处网络违法案件1件，")),
		"figures in sentences": p(many(30_000, "查处网络违法案件1件。")),
		"looks":                para("", looks.String()),
		"breaks":               para("", many(100_000, "<w:r><w:t>一、经验做法</w:t><w:br/></w:r>")),
		"paragraphs":           many(100_000, "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"),
		"headings":             many(40_000, p1("（一）强化组织")+p1("1.落实")),
		"wide table":           "<w:tbl>" + many(300, `<w:tr><w:trPr><w:gridBefore w:val="62"/></w:trPr>`+tc("", p("甲"))+"</w:tr>") + "</w:tbl>",
		"fields":               para("", many(100_000, `<w:r><w:fldChar w:fldCharType="begin"/></w:r>`)),
	} {
		t.Run(name, func(t *testing.T) {
			w := newWord(four(body)...)
			start := time.Now()
			r, problems := Import("a.docx", w.bytes(), sampleOptions(t, "公安局"))
			if took := time.Since(start); took > 15*time.Second {
				t.Errorf("took %v", took)
			}
			if r == nil && problems[0].Rule != "manuscript-size" && problems[0].Rule != "manuscript-damaged" {
				t.Error(problems)
			}
			for _, problem := range problems {
				if problem.Rule == "manuscript-proof" {
					t.Error(problem)
				}
			}
			t.Log(time.Since(start), r != nil)
		})
	}
}

// BenchmarkImport imports a narrative of the usual length.
func BenchmarkImport(b *testing.B) {
	var body []string
	for i := range 40 {
		body = append(body, p(fmt.Sprintf("（%s）强化组织", chineseNumber(i+1))), p(strings.Repeat("各地按照方案要求逐项落实，线上发现与线下核查同步推进。", 10)))
	}
	data := newWord(four(body...)...).bytes()
	o := sampleOptions(b, "公安局")
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if r, problems := Import("a.docx", data, o); r == nil {
			b.Fatal(problems)
		}
	}
}
