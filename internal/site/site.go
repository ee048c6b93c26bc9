package site

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"wangjian/internal/campaign"
	"wangjian/internal/fasthtml"
	"wangjian/internal/linebreak"
	"wangjian/internal/release"
	"wangjian/internal/search"
	"wangjian/internal/stats"
	layout "wangjian/layouts"
)

// kinds lists every kind of page in the order of the navigation; one that names
// a page as its parent stands behind that page's kind.
var kinds = []func(*site) []*page{
	homePages,
	taskPages,
	departmentPages,
	regionPages,
	statisticsPages,
	correctionsPages,
	summaryPages,
	casePages,
	warningPages,
	documentPages,
	commitmentPages,
	galleryPages,
	progressPages,
	forthcomingPages,
	plainPages,
	searchPages,
	sitemapPages,
	styleguidePages,
	leavePages,
	movedPages,
	withdrawnPages,
	paperPages,
	error404Pages,
}

// others lists what is published besides pages.
var others = []func(*site) []release.File{
	searchIndex,
	sitemapXML,
	atomFeeds,
	robots,
	forthcomingCalendar,
	enclosures,
	cards,
	posters,
	assets,
	openedCharts,
}

// site is what the pages of one view have in common, worked out once and only
// read afterwards: files may be rendered at the same time.
type site struct {
	view      *release.View
	stats     *stats.Table
	campaign  *campaign.Campaign
	layouts   fs.FS
	templates *fasthtml.Set
	drawer    Drawer
	words     map[string]string // what is said in the place of a built-in word

	base          string                                    // the site's own address, ends in a slash; "" when unknown
	byKind        map[campaign.Kind][]*campaign.Item        // newest first
	narratives    map[narrator][]*campaign.Item             // latest round first
	casesOf       map[*campaign.Priority][]*campaign.Item   // newest first
	handled       map[*campaign.Department][]*campaign.Item // cases of its line, and those in whose 协办单位 it is; newest first
	warningsOf    map[*campaign.Priority][]*campaign.Item   // newest first
	prioritiesOf  map[*campaign.Item][]*campaign.Priority   // that a warning is about
	byFile        map[string]*campaign.Item                 // campaign file → item
	addresses     map[*campaign.Item]address                // where an item is published
	enclosures    []*enclosure                              // in the order of the items
	enclosed      map[[2]string]*enclosure                  // the same by page folder and campaign file
	feeds         []feed                                    // everything first
	leaving       []departure                               // pages for links that leave
	leave         map[string]string                         // outside address → page
	counties      []*campaign.Department                    // departments whose counties report
	rounds        []*campaign.Round                         // rounds of which there are figures
	edition       release.Edition                           // of everything
	figures       release.Edition                           // of the figures
	shown         []*campaign.Region                        // counties that have a page
	hasRegionPage map[*campaign.Region]bool
	rowsOf        map[*campaign.Department][]*campaign.Row // the form's rows

	assetNames []string
	shared     sync.Map      // parts of pages by what they depend on: template.HTML
	index      *search.Index // of what pages say
	amended    amended
	indexView  atomic.Pointer[release.View] // of the search index being written

	pages []*page
	units linebreak.Units
	menu  []*page // first pages of the sections that have something
}

// narrator is who a narrative is by.
type narrator struct {
	department *campaign.Department
	region     *campaign.Region
}

// Files returns every page and asset of the view, each rendered when its Write is
// called. The layouts are those of package layouts.
func Files(v *release.View, b *stats.Table, layouts fs.FS, drawer Drawer) ([]release.File, error) {
	s, err := newSite(v, b, layouts, drawer)
	if err != nil {
		return nil, err
	}
	s.plan()
	var files []release.File
	for _, p := range s.pages {
		files = append(files, v.Reading(p.path, func(w io.Writer, v *release.View) error { return s.write(w, v, p) }))
	}
	for _, more := range others {
		files = append(files, more(s)...)
	}
	return files, distinct(files)
}

// plan works out what pages there are.
func (s *site) plan() {
	for _, kind := range kinds {
		s.pages = append(s.pages, kind(s)...)
	}
	for _, p := range s.pages {
		if p.menu != "" {
			s.menu = append(s.menu, p)
		}
	}
}

func newSite(v *release.View, b *stats.Table, layouts fs.FS, drawer Drawer) (*site, error) {
	templates, err := layout.New("site").ParseFS(layouts, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("读取页面模板：%w", err)
	}
	names, err := assetNames(layouts)
	if err != nil {
		return nil, fmt.Errorf("读取样式和脚本：%w", err)
	}
	s, err := locate(v, b)
	if err != nil {
		return nil, err
	}
	if s.words, err = wordsOf(v.Campaign(), layouts); err != nil {
		return nil, fmt.Errorf("读取页面模板：%w", err)
	}
	layout.Reword(templates, s.words)
	s.layouts, s.templates, s.drawer, s.assetNames = layouts, fasthtml.New(templates, layout.Functions), drawer, names
	s.leaving, s.leave = s.findDepartures()
	s.feeds = s.makeFeeds()
	return s, nil
}

// locate works out where everything goes.
func locate(v *release.View, b *stats.Table) (*site, error) {
	c := v.Campaign()
	s := &site{
		view: v, stats: b, campaign: c,
		base:         c.Site.Base(),
		byKind:       map[campaign.Kind][]*campaign.Item{},
		narratives:   map[narrator][]*campaign.Item{},
		byFile:       map[string]*campaign.Item{},
		casesOf:      map[*campaign.Priority][]*campaign.Item{},
		handled:      map[*campaign.Department][]*campaign.Item{},
		warningsOf:   map[*campaign.Priority][]*campaign.Item{},
		enclosed:     map[[2]string]*enclosure{},
		prioritiesOf: map[*campaign.Item][]*campaign.Priority{},
		rowsOf:       map[*campaign.Department][]*campaign.Row{},
		counties:     b.CountyDepartments(),
		rounds:       v.Reported(),
		edition:      v.LatestEdition(),
		figures:      v.FiguresEdition(),
		units:        linebreak.NewUnits(unitsOf(c)),
	}
	for _, d := range c.Departments {
		s.rowsOf[d] = c.Form.RowsOf(d)
	}
	s.sortItems()
	s.shown, s.hasRegionPage = s.shownRegions(), map[*campaign.Region]bool{}
	for _, region := range s.shown {
		s.hasRegionPage[region] = true
	}
	s.addresses = s.addressItems()
	return s, s.nameEnclosures()
}

// unitsOf lists the form's units of measure.
func unitsOf(c *campaign.Campaign) (names []string) {
	for _, row := range c.Form.Rows {
		names = append(names, row.Unit)
	}
	return names
}

// Addresses returns for each item of a view, by its file, the paths at which it is
// published: its page, and the files that lie beside it.
func Addresses(v *release.View, b *stats.Table) (map[string][]string, error) {
	s, err := locate(v, b)
	if err != nil {
		return nil, err
	}
	where := map[string][]string{}
	for _, i := range v.Campaign().Items {
		list := []string{s.addresses[i].path}
		for _, file := range i.Files() {
			e := s.enclosure(i, file)
			if e.picture == nil {
				list = append(list, e.folder+"/"+e.name)
			}
			for _, name := range e.renditions {
				list = append(list, e.folder+"/"+name)
			}
		}
		where[i.File] = list
	}
	return where, nil
}

// sortItems sorts the items: newest first within their kind, narratives with the
// latest round first.
func (s *site) sortItems() {
	for _, i := range s.campaign.Items {
		s.byFile[i.File] = i
		s.byKind[i.Kind] = append(s.byKind[i.Kind], i)
		if i.Kind == campaign.Narratives {
			n := narrator{i.Department, i.Region}
			s.narratives[n] = append(s.narratives[n], i)
		}
	}
	for _, items := range s.byKind {
		slices.SortFunc(items, newestFirst) // no two are equal
	}
	for _, i := range s.byKind[campaign.Cases] {
		s.casesOf[i.Case.Priority] = append(s.casesOf[i.Case.Priority], i)
		var units []*campaign.Department
		for _, office := range append([]string{i.Case.Authority}, i.Case.Assisting...) {
			if d := s.campaign.LineOf(office); d != nil {
				units = addDepartment(units, d)
			}
		}
		for _, d := range units {
			s.handled[d] = append(s.handled[d], i)
		}
	}
	s.relateWarnings()
	for _, list := range s.narratives {
		slices.SortStableFunc(list, func(a, b *campaign.Item) int {
			return cmp.Or(b.Round.Index-a.Round.Index, cmp.Compare(a.File, b.File))
		})
	}
}

func newestFirst(a, b *campaign.Item) int {
	return cmp.Or(b.PublishedAt.Compare(a.PublishedAt), cmp.Compare(a.File, b.File))
}

// mark returns the reasons for which an item is not public, in an office view.
func (s *site) mark(i *campaign.Item) []string {
	if !s.toOffice() {
		return nil
	}
	return s.view.Mark(i)
}

// distinct refuses two files of one name, also where only the case differs:
// some disks do not tell them apart.
func distinct(files []release.File) error {
	seen := make(map[string]string, len(files))
	for _, f := range files {
		key := strings.ToLower(f.Path)
		if other, ok := seen[key]; ok {
			return fmt.Errorf("有两个内容要发布到同一个地址 %s（%s），请改其中一个的文件名", f.Path, other)
		}
		seen[key] = f.Path
	}
	return nil
}

// say returns a word of the interface: the campaign's own where layouts/words.yaml
// has one. Templates need no such call, their text is exchanged when they are
// parsed (package layouts). A test keeps the list of these words,
// layouts/pagewords.go.
func (s *site) say(word string) string {
	if own, ok := s.words[word]; ok {
		return own
	}
	return word
}

// wordsOf are a campaign's own words, and those of its 层级 in the place of a city's.
func wordsOf(c *campaign.Campaign, layouts fs.FS) (map[string]string, error) {
	words := c.Looks.Words
	if c.Tier == "" || c.Tier == campaign.City {
		return words, nil
	}
	list, err := layout.Words(layouts)
	if err != nil {
		return nil, err
	}
	own := words
	words = map[string]string{}
	for _, w := range list {
		if said := c.Tier.Say(w.Text); said != w.Text {
			words[w.Text] = said
		}
	}
	maps.Copy(words, own)
	return words, nil
}

// sayf is say for a word with values in it.
func (s *site) sayf(word string, values ...any) string { return fmt.Sprintf(s.say(word), values...) }
