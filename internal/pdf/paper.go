package pdf

import (
	"bytes"
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

// Paper is one document of a view. It says what its parts write and nothing
// else: view, options and paper together are all that its bytes depend on.
type Paper struct {
	Path  string // where it is published
	Title string // in the file's own words about itself
	Head  string // running head, from the second sheet on

	// Edition is when what it holds came out: its date, and the file's.
	Edition release.Edition

	author, subject string
	// short papers have one level of sections that charts stay in, longer ones
	// two.
	short bool
	// exact papers have 22 lines a page whatever comes of it.
	exact bool
	// front makes the sheets that come before page 1, given the headings of the
	// body; nil for a paper that begins at once.
	front func(*writer, []typeset.Bookmark)
	body  func(*writer)
	// sheets is how many sheets it may take, 0 for any number: body is called again,
	// each time with a higher step, for what takes less.
	sheets int
	// items are those that it prints in full, which links can jump to.
	items func(*release.View) []*campaign.Item
	// quotes are those of which it prints something, nil where they are its items.
	quotes func(*release.View) []*campaign.Item
	// narrow says that it shows no other figures than those of its department, if it
	// has one, those that its items cite, and those that figures lists.
	narrow     bool
	department *campaign.Department
	figures    func(*release.View, *stats.Table) []*stats.Figure
}

// Kind is a paper of the whole campaign: one set of figures for one kind of reader.
type Kind struct {
	Path string // where it is published, and the file that the command pdf writes
	Name string // what readers call it
	Use  string // what it is for
	Flag string // with which the command pdf writes it; "" for the one that it writes without
	Of   func(*release.View, *stats.Table) *Paper

	Pictures bool // it shows those of all galleries
}

// Paper is the paper of a view, at its place on the site.
func (k Kind) Paper(v *release.View, b *stats.Table) *Paper {
	p := k.Of(v, b)
	p.Path = k.Path
	return p
}

// Kinds lists the papers of the whole campaign, the one that is read first. Whatever
// names them takes them from here.
var Kinds = []Kind{
	{"report.pdf", "工作总结", "供阅读和印发", "", Report, false},
	{"report-full.pdf", "总结报告（合订本）", "全部材料，供存档", "full", Volume, true},
	{"brief.pdf", "简报", "一页纸的情况", "brief", Brief, false},
}

// The papers beside the page of a department, a document and a warning.
const (
	DepartmentFile = "report.pdf"
	DocumentFile   = "document.pdf"
	NoticeFile     = "notice.pdf"
)

// FileNames are the names that papers have on the site, in every format.
func FileNames() (names []string) {
	files := []string{DepartmentFile, DocumentFile, NoticeFile}
	for _, k := range Kinds {
		files = append(files, k.Path)
	}
	for _, f := range Formats {
		for _, file := range files {
			names = append(names, f.Named(file))
		}
	}
	return names
}

// Papers lists the papers that a view publishes, those of the whole campaign first.
func Papers(v *release.View, b *stats.Table) []*Paper {
	c := v.Campaign()
	var list []*Paper
	for _, k := range Kinds {
		list = append(list, k.Paper(v, b))
	}
	for _, d := range c.Departments {
		if b.Tells(d) {
			list = append(list, Summary(v, d))
		}
	}
	for _, i := range c.ItemsOf(campaign.Documents) {
		if i.Document != nil {
			list = append(list, documentPaper(v, i))
		}
	}
	for _, i := range c.ItemsOf(campaign.Warnings) {
		if i.Warning != nil {
			list = append(list, noticePaper(v, i))
		}
	}
	return list
}

// Fonts are the fonts of a layouts folder, parsed once; they are safe for
// concurrent use.
type Fonts = draw.Fonts

// LoadFonts reads the fonts below fonts/ of the layouts.
func LoadFonts(layouts fs.FS) (*Fonts, error) { return draw.LoadFonts(layouts) }

// Options is what papers may be given beside their view.
type Options struct {
	Charts *Charts // nil leaves charts out
	Fonts  func() (*Fonts, error)

	editable bool // for a document to be edited, which breaks its pages itself
}

// Files promises every paper of a view, as PDF and, with 公开OFD, as OFD too.
func (o Options) Files(v *release.View, b *stats.Table) []release.File {
	var files []release.File
	for _, p := range Papers(v, b) {
		for _, f := range FormatsOf(v.Campaign()) {
			files = append(files, v.Reading(f.Named(p.Path), func(w io.Writer, v *release.View) error { return o.WriteAs(f, w, v, b, p) }))
		}
	}
	return files
}

// Write writes one paper of a view as PDF.
func (o Options) Write(w io.Writer, v *release.View, b *stats.Table, p *Paper) error {
	return o.WriteAs(PDF, w, v, b, p)
}

// WriteAs writes one paper of a view in a format.
func (o Options) WriteAs(f Format, w io.Writer, v *release.View, b *stats.Table, p *Paper) error {
	failed := func(err error) error { return fmt.Errorf("生成 %s（%s）：%w", f.Named(p.Path), p.Title, err) }
	fonts, err := o.Fonts()
	if err != nil {
		return failed(err)
	}
	s, err := compose(v, b, o, fonts, p)
	if err != nil {
		return failed(err)
	}
	var file bytes.Buffer
	if err := f.write(&file, s.pages, s.document(v, p)); err != nil {
		return failed(err)
	}
	if err := p.Depends(v); err != nil {
		return failed(err)
	}
	if _, err := w.Write(file.Bytes()); err != nil {
		return fmt.Errorf("写 %s：%w", f.Named(p.Path), err)
	}
	return nil
}

// sheets is a composed paper.
type sheets struct {
	pages     []*typeset.Page
	bookmarks []typeset.Bookmark // Page counts from the first sheet
	front     int                // sheets before page 1: title and contents
	sparse    int                // sheets of the body with hardly anything on them
}

// longestFitted is how many sheets a paper may have that is set closer for the sake of
// one of them.
const longestFitted = 20

// mostCloser is how many lines a page may get more than the standard's.
const mostCloser = 2

// compose sets a paper. Where a few lines would stand alone on a sheet, a page gets a
// line or two more, if that brings them in (GB/T 9704-2012, 5.2.3: 22 lines a page, which
// may be adjusted where there is a reason).
func compose(v *release.View, b *stats.Table, o Options, fonts *Fonts, p *Paper) (*sheets, error) {
	s, err := composeOn(typeset.A4, v, b, o, fonts, p)
	if err != nil || s.sparse == 0 || p.exact || len(s.pages) > longestFitted {
		return s, err
	}
	closer := typeset.A4
	for range mostCloser {
		closer.Lines++
		if fitted, err := composeOn(closer, v, b, o, fonts, p); err == nil && fitted.sparse < s.sparse && len(fitted.pages) <= len(s.pages) {
			return fitted, nil
		}
	}
	return s, nil
}

// composeOn sets a paper on a sheet. The body comes first, since its headings tell what
// the contents say; the contents' length does not depend on page numbers.
func composeOn(sheet typeset.Sheet, v *release.View, b *stats.Table, o Options, fonts *Fonts, p *Paper) (*sheets, error) {
	setter := typeset.NewSetter(sheet, fonts, unitsOf(&v.Campaign().Form))
	w, body, err := p.composed(setter, newWriter(v, b, o, p))
	for err == nil && p.sheets > 0 && len(body.Pages) > p.sheets && w.step < mostSteps {
		next := newWriter(v, b, o, p)
		next.step = w.step + 1
		w, body, err = p.composed(setter, next)
	}
	if err != nil {
		return nil, fontFault(fonts, err)
	}
	s := &sheets{sparse: body.Sparse()}
	if p.front != nil {
		w.blocks = nil
		w.from(campaign.Position{})
		p.front(w, body.Bookmarks)
		front, err := typeset.Compose(setter, w.blocks)
		if err != nil {
			return nil, fontFault(fonts, err)
		}
		s.pages, s.front = front.Pages, len(front.Pages)
	}
	s.pages = append(s.pages, body.Pages...)
	for _, mark := range body.Bookmarks {
		mark.Page += s.front
		s.bookmarks = append(s.bookmarks, mark)
	}
	typeset.Nest(s.pages)
	w.dress(setter, s)
	if w.err != nil {
		return nil, w.err
	}
	if err := setter.Err(); err != nil {
		return nil, fontFault(fonts, err)
	}
	return s, typeset.CheckInside(typeset.A4, s.pages)
}

// mostSteps is how often a paper is set anew to take fewer sheets.
const mostSteps = 8

// composed sets a paper's body.
func (p *Paper) composed(setter *typeset.Setter, w *writer) (*writer, *typeset.Layout, error) {
	w.setter = setter
	p.body(w)
	if w.err != nil {
		return nil, nil, w.err
	}
	body, err := typeset.Compose(setter, w.blocks)
	return w, body, err
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
func (s *sheets) document(v *release.View, p *Paper) finish.Document {
	d := finish.Document{
		Title: p.Title, Author: p.author, Subject: p.subject,
		Language: "zh-CN", Creator: "wangjian", Published: p.Edition.Published.Time(), Changed: p.Edition.Changed.Time(),
		Outline: s.bookmarks,
	}
	if v.Campaign().Sample {
		d.Keyword = sampleMark
	}
	if s.front > 0 {
		d.Labels = append(d.Labels, finish.Label{From: 0, Prefix: "封面"})
	}
	if s.front > 1 {
		before := "目录"
		if v.Campaign().Edition() > 1 {
			before = "正文前" // corrections and contents
		}
		d.Labels = append(d.Labels, finish.Label{From: 1, Prefix: before, Style: "D"})
	}
	d.Labels = append(d.Labels, finish.Label{From: s.front, Style: "D"})
	return d
}
