package corpus

import (
	"fmt"
	"strings"
	"time"
)

// WriteHugo writes the corpus as the content and data of the Hugo site in
// package hugo.
func (c *Corpus) WriteHugo(write Write) error {
	w := &writer{write: write}
	for _, list := range [][3]string{{"regions", "地区报告", "各地区专项行动情况"}, {"cases", "典型案例", "违法典型案例"}, {"warnings", "消费警示", "消费警示信息"}} {
		w.file("content/"+list[0]+"/_index.md", fmt.Sprintf("---\ntitle: %s\ndescription: %s\n---\n", list[1], list[2]))
	}
	for _, r := range c.Regions {
		w.file("content/regions/"+r.Code+"/_index.md", fmt.Sprintf("---\ntitle: %s\ndescription: %s网络市场监管专项行动情况\nregion: %s\n---\n", r.Name, r.Name, r.Code))
		for d, department := range Departments {
			report := r.Reports[d]
			w.hugoReport(r, department, report)
			var b strings.Builder
			fmt.Fprintf(&b, "---\ntitle: %s%s专项行动报告\ndate: %s\ndescription: %s%s开展网络市场监管专项行动的经验做法、行动成效、存在问题和下一步打算\nregion: %s\ndept: %s\nweight: %d\n---\n\n",
				r.Name, department.Name, report.Published.Format(time.DateOnly), r.Name, department.Name, r.Code, department.Code, d+1)
			body(&b, report.Sections, c.hugoLink)
			w.file("content/regions/"+r.Code+"/"+department.Code+".md", b.String())
		}
	}
	for _, shelf := range []struct {
		folder, prefix string
		notes          []Note
	}{{"cases", "c", c.Cases}, {"warnings", "w", c.Warnings}} {
		for _, note := range shelf.notes {
			var b strings.Builder
			fmt.Fprintf(&b, "---\ntitle: %s\ndate: %s\ndescription: %s有关情况通报\nregion: r%04d\n---\n\n", note.Title, note.Published.Format(time.DateOnly), note.About, note.Region)
			body(&b, note.Sections, c.hugoLink)
			w.file(fmt.Sprintf("content/%s/%s%05d.md", shelf.folder, shelf.prefix, note.Number), b.String())
		}
	}
	return w.err
}

func (c *Corpus) hugoLink(kind string, n int) string {
	switch kind {
	case "cases":
		return fmt.Sprintf("/cases/c%05d/", n)
	case "warnings":
		return fmt.Sprintf("/warnings/w%05d/", n)
	}
	return fmt.Sprintf("/regions/%s/", c.Regions[n-1].Code)
}

func (w *writer) hugoReport(r Region, d Department, report Report) {
	var b strings.Builder
	fmt.Fprintf(&b, "region: %s\nregion_name: %s\ndepartment: %s\ndepartment_name: %s\nreported: %s\nperiods: [%s, %s]\nindicators:\n",
		r.Code, r.Name, d.Code, d.Name, report.Filed.Format(time.DateOnly), Rounds[0], Rounds[1])
	for at, i := range d.Indicators {
		f := report.Figures[at]
		fmt.Fprintf(&b, "  - key: %s%02d\n    name: %q\n    unit: %s\n    values: [%s, %s]\n", d.Code, at, i.Name, i.Unit, f.Values[0], f.Values[1])
		if f.Remark != "" {
			fmt.Fprintf(&b, "    note: %s\n", f.Remark)
		}
	}
	w.file("data/"+r.Code+"/"+d.Code+".yaml", b.String())
}
