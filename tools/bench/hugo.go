package main

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"wangjian/tools/corpus"
)

// hugoVersion is the newest that builds with the project's Go.
const hugoVersion = "v0.165.0"

// hugoSites are the templates of the two peers: fair does our work, plain less.
//
//go:embed all:hugo
var hugoSites embed.FS

// installHugo gets the pinned peer through the Go proxy, once.
func installHugo(bin string) (string, error) {
	name := filepath.Join(bin, "hugo")
	if _, err := os.Stat(name); err == nil {
		return name, nil
	}
	fmt.Fprintln(os.Stderr, "安装 Hugo "+hugoVersion+"……")
	cmd := exec.Command("go", "install", "github.com/gohugoio/hugo@"+hugoVersion)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOBIN="+bin)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("安装 Hugo：%w\n%s", err, out)
	}
	return name, nil
}

// writeHugoSite writes a corpus as the site of a peer.
func writeHugoSite(c *corpus.Corpus, peer, to string) error {
	if err := writeHugo(c, below(to)); err != nil {
		return err
	}
	site, err := fs.Sub(hugoSites, "hugo/"+peer)
	if err != nil {
		return err
	}
	return copyInputs(to, site)
}

// writeHugo writes the corpus as content and data of a Hugo site.
func writeHugo(c *corpus.Corpus, write corpus.Write) error {
	w := &hugoWriter{Corpus: c, write: write}
	for _, list := range [][3]string{{"regions", "地区报告", "各地区专项行动情况"}, {"cases", "典型案例", "违法典型案例"}, {"warnings", "消费警示", "消费警示信息"}} {
		w.file("content/"+list[0]+"/_index.md", fmt.Sprintf("---\ntitle: %s\ndescription: %s\n---\n", list[1], list[2]))
	}
	for _, r := range c.Regions {
		w.file("content/regions/"+r.Code+"/_index.md", fmt.Sprintf("---\ntitle: %s\ndescription: %s网络市场监管专项行动情况\nregion: %s\n---\n", r.Name, r.Name, r.Code))
		for d, department := range corpus.Departments {
			w.report(r, department, r.Reports[d])
			w.narrative(r, department, r.Reports[d], d+1)
		}
	}
	w.notes("cases", "c", c.Cases)
	w.notes("warnings", "w", c.Warnings)
	return w.err
}

// hugoWriter keeps the first error, so that the rest reads plainly.
type hugoWriter struct {
	*corpus.Corpus
	write corpus.Write
	err   error
}

func (w *hugoWriter) file(path, text string) {
	if w.err == nil {
		w.err = w.write(path, text)
	}
}

func (w *hugoWriter) narrative(r corpus.Region, d corpus.Department, report corpus.Report, weight int) {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s%s专项行动报告\ndate: %s\ndescription: %s%s开展网络市场监管专项行动的经验做法、行动成效、存在问题和下一步打算\nregion: %s\ndept: %s\nweight: %d\n---\n\n",
		r.Name, d.Name, report.Published.Format(time.DateOnly), r.Name, d.Name, r.Code, d.Code, weight)
	corpus.Body(&b, report.Sections, w.link)
	w.file("content/regions/"+r.Code+"/"+d.Code+".md", b.String())
}

func (w *hugoWriter) notes(folder, prefix string, notes []corpus.Note) {
	for _, note := range notes {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: %s\ndate: %s\ndescription: %s有关情况通报\nregion: r%04d\n---\n\n", note.Title, note.Published.Format(time.DateOnly), note.About, note.Region)
		corpus.Body(&b, note.Sections, w.link)
		w.file(fmt.Sprintf("content/%s/%s%05d.md", folder, prefix, note.Number), b.String())
	}
}

func (w *hugoWriter) link(kind string, n int) string {
	switch kind {
	case "cases":
		return fmt.Sprintf("/cases/c%05d/", n)
	case "warnings":
		return fmt.Sprintf("/warnings/w%05d/", n)
	}
	return fmt.Sprintf("/regions/%s/", w.Regions[n-1].Code)
}

func (w *hugoWriter) report(r corpus.Region, d corpus.Department, report corpus.Report) {
	var b strings.Builder
	fmt.Fprintf(&b, "region: %s\nregion_name: %s\ndepartment: %s\ndepartment_name: %s\nreported: %s\nperiods: [%s, %s]\nindicators:\n",
		r.Code, r.Name, d.Code, d.Name, report.Filed.Format(time.DateOnly), corpus.Rounds[0], corpus.Rounds[1])
	for at, i := range d.Indicators {
		f := report.Figures[at]
		fmt.Fprintf(&b, "  - key: %s%02d\n    name: %q\n    unit: %s\n    values: [%s, %s]\n", d.Code, at, i.Name, i.Unit, f.Values[0], f.Values[1])
		if f.Remark != "" {
			fmt.Fprintf(&b, "    note: %s\n", f.Remark)
		}
	}
	w.file("data/"+r.Code+"/"+d.Code+".yaml", b.String())
}
