package publish

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

// Drawer draws the cards that pages are passed on with; package card has one.
type Drawer = site.Drawer

// Plan lists every file that a view with its figures gives: the site, its
// downloads and its papers. Nothing is rendered yet.
func Plan(v *release.View, book *stats.Table, layouts fs.FS, drawer Drawer) ([]release.File, error) {
	v, seal := v.Planning()
	defer seal()
	files, err := site.Files(v, book, layouts, drawer)
	if err != nil {
		return nil, fmt.Errorf("网页：%w", err)
	}
	sheets, err := sheet.Files(v, book)
	if err != nil {
		return nil, fmt.Errorf("数据文件：%w", err)
	}
	// The papers take longest, and files are handed out in order.
	return slices.Concat(papers(v, book, layouts).Files(v, book), sheets, files), nil
}

// Report writes the view's report.pdf alone.
func Report(w io.Writer, v *release.View, layouts fs.FS) error {
	book := stats.Of(v)
	return papers(v, book, layouts).Write(w, v, book, pdf.Report(v, book))
}

// papers lets all papers share the fonts and the charts.
func papers(v *release.View, book *stats.Table, layouts fs.FS) pdf.Options {
	return pdf.Options{
		Fonts:  sync.OnceValues(func() (*pdf.Fonts, error) { return pdf.LoadFonts(layouts) }),
		Charts: pdf.ChartsOf(book, v.Campaign()),
	}
}
