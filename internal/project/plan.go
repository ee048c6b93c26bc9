package project

import (
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync"

	"wangjian/internal/pdf"
	"wangjian/internal/release"
	"wangjian/internal/sheet"
	"wangjian/internal/site"
	"wangjian/internal/stats"
)

// Plan lists every file of a view with its figures: the papers, the data files
// and the pages. Nothing is rendered yet.
func Plan(v *release.View, book *stats.Table, layouts fs.FS, drawer site.Drawer) ([]release.File, error) {
	v, seal := v.Planning()
	defer seal()
	var sheets []release.File
	var failed error
	var others sync.WaitGroup
	others.Go(func() { sheets, failed = sheet.Files(v, book) })
	pages, err := site.Files(v, book, layouts, drawer)
	others.Wait()
	if err != nil {
		return nil, fmt.Errorf("网页：%w", err)
	}
	if failed != nil {
		return nil, fmt.Errorf("数据文件：%w", failed)
	}
	// The papers take longest, and files are handed out in order.
	return slices.Concat(papers(v, book, layouts).Files(v, book), sheets, pages), nil
}

// Plan is Plan for one of the campaign's views.
func (l *Loaded) Plan(v *release.View, drawer site.Drawer) ([]release.File, error) {
	return Plan(v, l.tableOf(v), l.Layouts, drawer)
}

func (l *Loaded) tableOf(v *release.View) *stats.Table {
	if v == l.Public {
		return l.Out
	}
	return l.Book
}

// Paper writes one of the public papers of the whole campaign alone, in a format.
func (l *Loaded) Paper(w io.Writer, k pdf.Kind, f pdf.Format) error {
	return papers(l.Public, l.Out, l.Layouts).WriteAs(f, w, l.Public, l.Out, k.Paper(l.Public, l.Out))
}

// Approval writes the 发布审批表 of some files.
func (l *Loaded) Approval(w io.Writer, list []pdf.Approval) error {
	return papers(l.Whole, l.Book, l.Layouts).Write(w, l.Whole, l.Book, pdf.ApprovalSheet(l.Whole, list))
}

// papers lets all papers share the fonts and the charts.
func papers(v *release.View, book *stats.Table, layouts fs.FS) pdf.Options {
	return pdf.Options{
		Fonts:  sync.OnceValues(func() (*pdf.Fonts, error) { return pdf.LoadFonts(layouts) }),
		Charts: pdf.ChartsOf(book, v.Campaign()),
	}
}
