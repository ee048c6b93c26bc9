package pdf

import (
	"fmt"
	"io"
	"io/fs"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/draw"
	"wangjian/internal/pdf/finish"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// Path is where the report is published.
const Path = "report.pdf"

// Fonts are the fonts of a layouts folder, parsed once; they are safe for
// concurrent use.
type Fonts = draw.Fonts

// LoadFonts reads the fonts below fonts/ of the layouts.
func LoadFonts(layouts fs.FS) (*Fonts, error) { return draw.LoadFonts(layouts) }

// Options is what a report may be given beside its view.
type Options struct {
	Charts Charts  // nil leaves charts out
	Stills *Stills // nil prints charts as their tables
	Fonts  *Fonts  // nil reads them from the layouts
}

// Report writes the report of a view without any options.
func Report(w io.Writer, v *release.View, b *stats.Book, layouts fs.FS) error {
	return Options{}.Report(w, v, b, layouts)
}

// Files promises report.pdf without any options.
func Files(v *release.View, b *stats.Book, layouts fs.FS) ([]release.File, error) {
	return Options{}.Files(v, b, layouts)
}

// Files promises report.pdf.
func (o Options) Files(v *release.View, b *stats.Book, layouts fs.FS) ([]release.File, error) {
	return []release.File{v.File(Path, func(w io.Writer) error { return o.Report(w, v, b, layouts) })}, nil
}

// Report writes the report of a view.
func (o Options) Report(w io.Writer, v *release.View, b *stats.Book, layouts fs.FS) error {
	if o.Fonts == nil {
		fonts, err := LoadFonts(layouts)
		if err != nil {
			return fmt.Errorf("生成 %s：%w", Path, err)
		}
		o.Fonts = fonts
	}
	paper, err := compose(v, b, o)
	if err != nil {
		return fmt.Errorf("生成 %s：%w", Path, err)
	}
	raw, err := draw.Play(o.Fonts, typeset.A4, paper.pages)
	if err != nil {
		return fmt.Errorf("生成 %s：%w", Path, err)
	}
	file, err := finish.Finish(raw, paper.document(v))
	if err != nil {
		return fmt.Errorf("生成 %s：%w", Path, err)
	}
	if _, err := w.Write(file); err != nil {
		return fmt.Errorf("写 %s：%w", Path, err)
	}
	return nil
}

// paper is a composed report.
type paper struct {
	pages     []*typeset.Page
	bookmarks []typeset.Bookmark // Page counts from the first sheet
	front     int                // pages before page 1: title and contents
}

// compose sets the report. The body comes first, since its headings tell what
// the contents say; the contents' length does not depend on page numbers.
func compose(v *release.View, b *stats.Book, o Options) (*paper, error) {
	c := v.Campaign()
	setter := typeset.NewSetter(typeset.A4, o.Fonts, unitsOf(&c.Form))
	w := newWriter(v, b, o)
	defer w.pictures.close()
	w.overview()
	w.departments()
	w.cases()
	w.warnings()
	w.annex()
	w.gallery()
	if w.err != nil {
		return nil, w.err
	}
	body, err := typeset.Compose(setter, w.blocks)
	if err != nil {
		return nil, fontFault(o.Fonts, err)
	}
	front, err := typeset.Compose(setter, w.front(body.Bookmarks))
	if err != nil {
		return nil, fontFault(o.Fonts, err)
	}
	p := &paper{pages: append(front.Pages, body.Pages...), front: len(front.Pages)}
	for _, mark := range body.Bookmarks {
		mark.Page += p.front
		p.bookmarks = append(p.bookmarks, mark)
	}
	w.dress(setter, p)
	if err := setter.Err(); err != nil {
		return nil, fontFault(o.Fonts, err)
	}
	return p, nil
}

// fontFault prefers the reason for which a font could not be read to the
// characters that are missing for it.
func fontFault(fonts *Fonts, err error) error {
	if cause := fonts.Err(); cause != nil {
		return cause
	}
	return err
}

// unitsOf lists the form's units, which stay with their numbers.
func unitsOf(form *campaign.Form) []string {
	var units []string
	for _, row := range form.Rows {
		units = append(units, row.Unit)
	}
	return units
}

// document is what the file says about itself.
func (p *paper) document(v *release.View) finish.Document {
	c := v.Campaign()
	d := finish.Document{
		Title: reportTitle(c), Author: issuer(c), Subject: c.Short,
		Language: "zh-CN", Creator: "wangjian", Day: v.Date().String(),
		Labels: []finish.Label{{From: 0, Prefix: "封面"}},
	}
	if c.Sample {
		d.Keywords = []string{sampleMark}
	}
	for _, b := range p.bookmarks {
		d.Outline = append(d.Outline, finish.Bookmark{Level: b.Level, Title: b.Title, Page: b.Page, Y: typeset.A4.Height - b.Y})
	}
	if p.front > 1 {
		d.Labels = append(d.Labels, finish.Label{From: 1, Prefix: "目录", Style: "D"})
	}
	d.Labels = append(d.Labels, finish.Label{From: p.front, Style: "D"})
	return d
}
