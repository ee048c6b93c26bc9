package publish

import (
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/pdf"
	"wangjian/internal/release"
	"wangjian/internal/sheet"
	"wangjian/internal/site"
	"wangjian/internal/stats"
)

// Drawer draws the charts of pages and papers, and the cards that pages are
// passed on with; packages chart/still and card have one each.
type Drawer = site.Drawer

// Plan lists every file that a view gives: the site, its downloads and its
// papers. Nothing is rendered yet.
func Plan(v *release.View, layouts fs.FS, drawer Drawer) ([]release.File, error) {
	v, seal := v.Planning()
	defer seal()
	book := stats.Of(v)
	files, err := site.Files(v, book, layouts, drawer)
	if err != nil {
		return nil, fmt.Errorf("网页：%w", err)
	}
	sheets, err := sheet.Files(v, book)
	if err != nil {
		return nil, fmt.Errorf("数据文件：%w", err)
	}
	// The papers take longest, and files are handed out in order.
	return slices.Concat(papers(v, book, layouts, drawer).Files(v, book), sheets, files), nil
}

// Report writes the view's report.pdf alone.
func Report(w io.Writer, v *release.View, layouts fs.FS, drawer Drawer) error {
	book := stats.Of(v)
	return papers(v, book, layouts, drawer).Write(w, v, book, pdf.Report(v, book))
}

// paperWidth is how many px wide the charts of papers are drawn: as the pages'
// own, so that they are drawn once.
const paperWidth = 720

// papers tells the papers what a chart shows, as a drawing and as a table of its
// data, and lets all of them share the fonts.
func papers(v *release.View, book *stats.Book, layouts fs.FS, drawer Drawer) pdf.Options {
	c := v.Campaign()
	all := chart.ReportCodes(book, c)
	shared := &drawings{all: all, made: map[string]*drawing{}, draw: func(code string) (pdf.Still, error) {
		k, err := chart.Find(book, c, code)
		if err != nil {
			return pdf.Still{}, err
		}
		svg, err := drawer.Draw(k, paperWidth, k.Code)
		return pdf.Still{SVG: svg, Title: k.Title, Unit: k.Unit, Summary: k.Summary}, err
	}}
	return pdf.Options{
		Fonts: sync.OnceValues(func() (*pdf.Fonts, error) { return pdf.LoadFonts(layouts) }),
		Charts: func(code string, _ *campaign.Item) (title, unit string, head []string, rows [][]string, err error) {
			k, err := chart.Find(book, c, code)
			if err != nil {
				return "", "", nil, nil, err
			}
			return k.Title, k.Unit, k.Head, k.Rows, nil
		},
		Stills: &pdf.Stills{
			Draw: func(code string, _ *campaign.Item) (pdf.Still, error) { return shared.of(code) },
			Key:  chart.KeyCode(book, c),
			Own:  func(d *campaign.Department) string { return chart.OwnCode(book, c, d) },
			All:  all,
		},
	}
}

// drawings are the charts of all papers, each drawn once. Papers that are set at
// the same time ask for the same charts in the same order; rather than wait for
// the other's drawing, one draws the next that will be asked for, or all
// processors but one would be idle.
type drawings struct {
	all  []string // codes, in the order in which a whole report shows them
	draw func(code string) (pdf.Still, error)

	mu   sync.Mutex
	made map[string]*drawing
}

type drawing struct {
	done  chan struct{}
	still pdf.Still
	err   error
}

func (d *drawings) of(code string) (pdf.Still, error) {
	wanted, mine := d.begin(code)
	if mine {
		d.finish(wanted, code)
	}
	for n := 0; n < len(d.all); n++ {
		select {
		case <-wanted.done:
			return wanted.still, wanted.err
		default:
		}
		if next, mine := d.begin(d.all[n]); mine {
			d.finish(next, d.all[n])
		}
	}
	<-wanted.done
	return wanted.still, wanted.err
}

// begin gives a drawing; mine is true for whoever is to make it.
func (d *drawings) begin(code string) (w *drawing, mine bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if w = d.made[code]; w == nil {
		w, mine = &drawing{done: make(chan struct{})}, true
		d.made[code] = w
	}
	return w, mine
}

func (d *drawings) finish(w *drawing, code string) {
	defer close(w.done)
	w.still, w.err = d.draw(code)
}
