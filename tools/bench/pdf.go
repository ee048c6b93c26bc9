package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf"
	"wangjian/internal/project"
	"wangjian/layouts"
	"wangjian/tools/corpus"
)

const typstPackage, typstVersion = "@myriaddreamin/typst-ts-node-compiler", "0.7.0"

// papers sets the same text with this program, from Markdown to the finished
// file, and with Typst. Both have read their fonts before; the fastest of several
// runs counts, since Typst's side prints that too. Ours has more pages: a cover and
// the facts of each case.
func papers(o options) error {
	dir := filepath.Join(o.work, "pdf")
	if err := remove(dir); err != nil {
		return err
	}
	if err := corpus.Make(corpus.Size{Regions: 1, Cases: chapters, Warnings: 1}).WriteCampaign(withChapters(below(dir))); err != nil {
		return err
	}
	ours, err := setReport(dir, 2*o.times)
	if err != nil {
		return err
	}
	size, err := sheets(filepath.Join(dir, "out"))
	if err != nil {
		return err
	}
	row("the same text as PDF, in a running process, the fastest", "wangjian", series{ours}, size)
	modules := npmPackage(o.work, typstPackage, typstVersion)
	if modules == "" {
		return nil
	}
	theirs, err := setTypst(dir, modules)
	if err != nil {
		return err
	}
	if size, err = sheets(filepath.Join(dir, "typst")); err != nil {
		return err
	}
	ratios("", "Typst, by typst-ts-node-compiler "+typstVersion, series{theirs}, size, series{ours})
	return nil
}

// setReport returns the fastest of some runs.
func setReport(dir string, times int) (run, error) {
	day, err := campaign.ParseDate(corpus.Today)
	if err != nil {
		return run{}, err
	}
	result := project.Read(os.DirFS(dir), func(*campaign.Campaign) campaign.Moment { return day.Last() })
	if campaign.HasErrors(result.Findings) {
		return run{}, fmt.Errorf("%v", result.Findings)
	}
	fonts, err := pdf.LoadFonts(layouts.Over(nil))
	if err != nil {
		return run{}, err
	}
	options := pdf.Options{Fonts: func() (*pdf.Fonts, error) { return fonts, nil }}
	var out bytes.Buffer
	var best run
	for range times {
		out.Reset()
		begin := time.Now()
		if err := options.Write(&out, result.Public, result.Out, pdf.Volume(result.Public, result.Out)); err != nil {
			return run{}, err
		}
		if took := time.Since(begin); best.wall == 0 || took < best.wall {
			best.wall = took
		}
	}
	return best, below(filepath.Join(dir, "out"))("report.pdf", out.String())
}

func setTypst(dir, modules string) (run, error) {
	text := filepath.Join(dir, "text.typ")
	if err := os.WriteFile(text, []byte(typstText()), 0o644); err != nil {
		return run{}, err
	}
	if err := os.MkdirAll(filepath.Join(dir, "typst"), 0o755); err != nil {
		return run{}, err
	}
	out, err := exec.Command("node", "typst.mjs", modules, filepath.Join(root, "layouts/fonts"), text, filepath.Join(dir, "typst", "report.pdf")).Output()
	if err != nil {
		return run{}, fmt.Errorf("Typst：%w", err)
	}
	ms, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	return run{wall: time.Duration(ms * float64(time.Millisecond))}, err
}

// sheets returns the size of report.pdf in a folder, in pages too.
func sheets(dir string) (output, error) {
	size, err := written(dir)
	if err != nil {
		return size, err
	}
	out, err := exec.Command("pdfinfo", filepath.Join(dir, "report.pdf")).Output()
	if err != nil {
		return size, fmt.Errorf("pdfinfo（poppler-utils）：%w", err)
	}
	for line := range strings.Lines(string(out)) {
		if pages, ok := strings.CutPrefix(line, "Pages:"); ok {
			size.pages, err = strconv.Atoi(strings.TrimSpace(pages))
		}
	}
	return size, err
}

// chapters is how many parts the text has that both programs set: forty pages of
// Typst's.
const chapters = 14

func chapterTitle(n int) string {
	return fmt.Sprintf("第%d地区农业农村局查处第%d号案", 1, n)
}

func chapterText(n int) string {
	var paragraphs []string
	for i := range 12 {
		paragraphs = append(paragraphs, fmt.Sprintf("第%d次检查，执法人员在第%d号门店查获假种子%d公斤，货值%d.5万元。依法调取进货凭证、销售台账和付款记录，逐一核对来源和去向，当事人“某种子经营部”未能提供合法来源证明；检查情况已按《中华人民共和国种子法》第%d条通报有关单位，占全部批次的%d%%。", i+1, 31*n+i, 17*n+3*i, n+i, 40+i, 5+n))
	}
	return strings.Join(paragraphs, "\n\n")
}

// withChapters leaves the cases, with the chapters as their texts, and what a
// campaign cannot be without; no figures, of which Typst has none to set.
func withChapters(write corpus.Write) corpus.Write {
	n := 0
	return func(path, text string) error {
		switch {
		case strings.HasPrefix(path, "content/cases/"):
			n++
			front, _, _ := strings.Cut(text, "\n---\n\n")
			_, front, _ = strings.Cut(front, "\n标题: ")
			_, front, _ = strings.Cut(front, "\n")
			return write(path, "---\n标题: "+chapterTitle(n)+"\n"+front+"\n---\n\n## 案情\n\n"+chapterText(n)+"\n")
		case strings.HasPrefix(path, "content/"), strings.HasPrefix(path, "data/final/"), strings.HasPrefix(path, "data/midterm/"):
			return nil
		}
		return write(path, text)
	}
}

func typstText() string {
	var b strings.Builder
	b.WriteString(`#set page(paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm), numbering: "— 1 —")
#set text(font: "FandolFang", size: 16pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 13pt, spacing: 13pt, first-line-indent: (amount: 2em, all: true))
#show heading: set text(font: "Noto Sans SC", size: 16pt)
#outline()
`)
	for n := range chapters {
		fmt.Fprintf(&b, "\n= %s\n\n== 案情\n\n%s\n", chapterTitle(n+1), chapterText(n+1))
	}
	return b.String()
}
