package manuscript

import (
	"archive/zip"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// hardTexts are made to be slow: long, and all marks.
func hardTexts(scale int) map[string]string {
	many := func(n int, one string) string { return strings.Repeat(one, n*scale/100) }
	var styles strings.Builder
	for i := range 600 * scale {
		styles.WriteString(run("甲", []string{strg, "<w:i/>", "<w:strike/>", ""}[i%4]))
	}
	return map[string]string{
		"one long paragraph":   p(many(300_000, "甲")),
		"marks":                p(many(1_000_000, "*")),
		"brackets":             p(many(500_000, "[(")),
		"references":           p(many(200_000, "{{a|")),
		"figures":              p(many(40_000, "查处网络违法案件1件，")),
		"figures in sentences": p(many(30_000, "查处网络违法案件1件。")),
		"styles":               para("", styles.String()),
		"breaks":               para("", many(100_000, "<w:r><w:t>一、经验做法</w:t><w:br/></w:r>")),
		"paragraphs":           many(100_000, "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"),
		"headings":             many(40_000, p1("（一）强化组织")+p1("1.落实")),
		"wide table":           "<w:tbl>" + many(300, `<w:tr><w:trPr><w:gridBefore w:val="62"/></w:trPr>`+tc("", p("甲"))+"</w:tr>") + "</w:tbl>",
		"fields":               para("", many(100_000, `<w:r><w:fldChar w:fldCharType="begin"/></w:r>`)),
	}
}

// TestHardTexts imports hard texts: twice the text asks for little more than
// twice the memory.
func TestHardTexts(t *testing.T) {
	o := sampleOptions(t, "公安局")
	asked := func(data []byte) float64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r, problems := Import("a.docx", data, o)
		runtime.ReadMemStats(&after)
		if r == nil && problems[0].Rule != "manuscript-size" && problems[0].Rule != "manuscript-damaged" {
			t.Error(problems)
		}
		for _, problem := range problems {
			if problem.Rule == "manuscript-proof" {
				t.Error(problem)
			}
		}
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	once, twice := hardTexts(2), hardTexts(4)
	for name, body := range once {
		t.Run(name, func(t *testing.T) {
			few, many := asked(newWord(four(body)...).bytes()), asked(newWord(four(twice[name])...).bytes())
			if many > 2.5*few {
				t.Errorf("%.1f MB, and %.1f MB for twice the text", few/1e6, many/1e6)
			}
		})
	}
}

// BenchmarkHardTexts imports them as large as they may be.
func BenchmarkHardTexts(b *testing.B) {
	o := sampleOptions(b, "公安局")
	for name, body := range hardTexts(100) {
		data := packed(newWord(four(body)...).parts(), zip.Store) // else so much of one thing is refused as a bomb
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				Import("a.docx", data, o)
			}
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
