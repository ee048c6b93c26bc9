package site

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
	"sync"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/search"
	"wangjian/internal/wording"
)

type searchData struct {
	Root, Sitemap string
	Popular       []link // to what readers often look for
	Split         bool   // whether the index is split
}

func searchPages(s *site) []*page {
	return []*page{{
		path: "search/index.html", template: "search", title: s.say("搜索"), description: s.sayf("在%s里搜索。", s.campaign.Site.Name), unlisted: true,
		data: func(r *rendering) (any, error) {
			d := searchData{Root: r.root, Sitemap: r.to("sitemap/index.html"), Split: s.index != nil && s.index.Split()}
			for _, word := range s.keywords()[:min(mostPopular, len(s.keywords()))] {
				d.Popular = append(d.Popular, link{Text: word, Href: "index.html?q=" + url.QueryEscape(word)})
			}
			return d, nil
		},
	}}
}

// isSearched reports whether a page is found by searching: every page with words
// of its own, later pages of lists too.
func isSearched(p *page) bool {
	return !p.unlisted || len(p.trail) > 0 && p.column != nil
}

// searchIndex promises the index of what all pages say. A page is added when it
// is rendered, and rendered for the index where it has not been.
func searchIndex(s *site) []release.File {
	byPath := map[string]*page{}
	var entries []search.Entry
	for _, p := range s.pages {
		if !isSearched(p) {
			continue
		}
		p.indexing = &sync.Mutex{}
		byPath[p.path] = p
		e := search.Entry{Path: p.path, Title: p.title, Kind: s.kindOfPage(p), Date: p.date().String(), Rank: rankOf(p), Answers: s.answersOf(p)}
		if p.item != nil {
			e.Keywords = p.item.Keywords
		}
		for _, d := range p.departments {
			e.Departments = append(e.Departments, d.Short)
		}
		entries = append(entries, e)
	}
	index, err := search.New(entries, func(path string) error { return s.addToIndex(byPath[path]) })
	if err != nil {
		for _, p := range byPath {
			p.indexing = nil
		}
		return []release.File{s.view.File("search/data/index.js", func(io.Writer) error { return fmt.Errorf("搜索：%w", err) })}
	}
	s.index = index
	var files []release.File
	for _, f := range s.suggested(entries).Files() {
		files = append(files, s.view.File("search/data/"+f.Name, f.Write))
	}
	for _, f := range index.Files() {
		same := func(v *release.View) bool {
			a := s.amendment(v, byPath)
			return a != nil && a.Same(f.Name)
		}
		files = append(files, s.view.Derived("search/data/"+f.Name, same, func(w io.Writer, v *release.View) error {
			if a := s.amendment(v, byPath); a != nil {
				if before, ok := v.Previous().Published("search/data/" + f.Name); ok {
					return a.Write(w, f.Name, before)
				}
			}
			s.indexView.Store(v)
			return f.Write(w)
		}))
	}
	return files
}

// addToIndex adds a page to the search index, rendering it when it is not finished
// either.
func (s *site) addToIndex(p *page) error {
	p.indexing.Lock()
	defer p.indexing.Unlock()
	if s.index.Has(p.path) {
		return nil
	}
	v := s.indexView.Load()
	if html, ok := v.Finished(p.path); ok {
		return s.index.Add(p.path, search.Extract(html), v.Scratch())
	}
	return s.writeLocked(io.Discard, v, p)
}

// amended is the search index as it comes out of the one before.
type amended struct {
	mu    sync.Mutex
	of    release.Previous
	index *search.Amendment // nil where the whole index has to be worked out
}

// mostAmended is of how many pages an index is told from the one before.
const mostAmended = 64

// amendment tells the index from the one before, where few pages are rendered
// again and what they said is known.
func (s *site) amendment(v *release.View, pages map[string]*page) *search.Amendment {
	previous := v.Previous()
	if previous == nil {
		return nil
	}
	s.amended.mu.Lock()
	defer s.amended.mu.Unlock()
	if s.amended.of == previous {
		return s.amended.index
	}
	s.amended.of, s.amended.index = previous, nil
	var anew []string
	for path := range pages {
		if !previous.Unchanged(path) {
			anew = append(anew, path)
		}
	}
	if len(anew) > mostAmended {
		return nil
	}
	slices.Sort(anew)
	var changes []search.Change
	for _, path := range anew {
		before, ok := previous.Published(path)
		var is bytes.Buffer
		if !ok || s.render(&is, v, pages[path]) != nil {
			return nil
		}
		changes = append(changes, search.Change{Path: path, Was: search.Extract(before), Is: search.Extract(is.Bytes())})
	}
	a, err := s.index.Amend(changes)
	if err != nil {
		return nil
	}
	s.amended.index = a
	return a
}

func (s *site) kindOfPage(p *page) string {
	if len(p.trail) > 0 {
		return p.trail[0].title
	}
	return s.say("栏目")
}

// date is what lists show of a page: an item's 发布日期, else when what the page
// gathers last changed.
func (p *page) date() campaign.Date {
	if p.item != nil {
		return p.item.PublishedAt.Date
	}
	return p.changed.Date
}

//go:embed answers.txt
var answerLines string

// answers are words for which readers want one page of the site, before others
// that hold them, by its path.
var answers = func() map[string][]string {
	table := map[string][]string{}
	for line := range strings.Lines(answerLines) {
		fields := strings.Fields(line)
		table[fields[0]] = fields[1:]
	}
	return table
}()

func (s *site) answersOf(p *page) []string {
	list := slices.Clone(answers[p.path])
	if p.path == contactPath && !slices.Contains(list, s.campaign.Site.Hotline) && s.campaign.Site.Hotline != "" {
		list = append(list, s.campaign.Site.Hotline)
	}
	return list
}

// How many words and pages are offered to a reader who types, and how many where
// nothing was found.
const mostWords, mostOffered, mostPopular = 1500, 500, 8

// keywords lists the words that the items' authors chose, those of most items
// first.
func (s *site) keywords() []string {
	count := map[string]int{}
	for _, i := range s.campaign.Items {
		for _, word := range i.Keywords {
			count[word]++
		}
	}
	return slices.SortedFunc(maps.Keys(count), func(a, b string) int { return cmp.Or(count[b]-count[a], strings.Compare(a, b)) })
}

// suggested gathers what readers may type: names, keywords, rows of the form, titles,
// and what else they are called.
func (s *site) suggested(entries []search.Entry) *search.Words {
	w := &search.Words{Mistaken: wording.Confusable()}
	seen := map[string]bool{}
	add := func(words ...string) {
		for _, word := range words {
			if word != "" && !seen[word] && len(w.Words) < mostWords {
				seen[word] = true
				w.Words = append(w.Words, word)
			}
		}
	}
	for _, m := range s.menu {
		add(m.menu)
	}
	for _, path := range slices.Sorted(maps.Keys(answers)) {
		if slices.ContainsFunc(entries, func(e search.Entry) bool { return e.Path == path }) {
			add(answers[path]...)
		}
	}
	for _, p := range s.campaign.Priorities {
		add(p.Short, p.Name)
	}
	for _, d := range s.campaign.Departments {
		add(d.Short, d.Name)
	}
	for _, r := range s.shown {
		add(r.Short, r.Name)
	}
	add(s.keywords()...)
	for _, d := range s.campaign.Departments {
		for _, row := range s.rowsOf[d] {
			add(row.Name)
		}
	}
	for _, synonym := range s.campaign.Synonyms {
		add(synonym.Others...)
		w.Synonyms = append(w.Synonyms, append([]string{synonym.Word}, synonym.Others...))
	}
	for _, e := range entries {
		if len(e.Answers) > 0 {
			w.Answers = append(w.Answers, e)
		}
	}
	w.Pages = slices.Clone(entries)
	slices.SortStableFunc(w.Pages, func(a, b search.Entry) int { return cmp.Or(a.Rank-b.Rank, strings.Compare(b.Date, a.Date)) })
	w.Pages = w.Pages[:min(mostOffered, len(w.Pages))]
	return w
}

// rankOf puts a page's own matter before the lists that lead to it.
func rankOf(p *page) int {
	switch {
	case answers[p.path] != nil || p.template == "department" || p.template == "task":
		return search.First
	case p.article != nil && p.template != "department" && p.template != "region":
		return 0
	case len(p.trail) > 0 && p.column == nil:
		return 1
	case p.unlisted:
		return 3
	}
	return 2
}

// departmentsOf returns the departments that an item is by: the author of a
// narrative, else those whose names its source, issuer or authority has.
func (s *site) departmentsOf(i *campaign.Item) []*campaign.Department {
	if i.Department != nil {
		return []*campaign.Department{i.Department}
	}
	var found []*campaign.Department
	for _, name := range []string{sourceOf(i), issuerOf(i)} {
		if d := s.departmentNamed(name); d != nil && !slices.Contains(found, d) {
			found = append(found, d)
		}
	}
	return found
}

// issuerOf is the unit that an item's record names.
func issuerOf(i *campaign.Item) string {
	switch {
	case i.Case != nil:
		return i.Case.Authority
	case i.Warning != nil:
		return i.Warning.Issuer
	case i.Document != nil:
		return i.Document.Issuer
	}
	return ""
}

// departmentNamed finds the department that a unit is, or that a county's unit
// belongs to: 南康区市场监督管理局 ends as 赣州市市场监督管理局 does. At least
// three characters must agree, and with one department more than with any
// other.
func (s *site) departmentNamed(unit string) *campaign.Department {
	if d := s.campaign.FindDepartment(unit); d != nil || unit == "" {
		return d
	}
	var best *campaign.Department
	most, tied := 2, false
	for _, d := range s.campaign.Departments {
		longest := 0
		for _, name := range d.Names() {
			longest = max(longest, commonEnd(unit, name))
		}
		if longest > most {
			best, most, tied = d, longest, false
		} else if longest == most {
			tied = true
		}
	}
	if tied {
		return nil
	}
	return best
}

// commonEnd counts the characters that two names end with alike.
func commonEnd(a, b string) int {
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && x[len(x)-1-n] == y[len(y)-1-n] {
		n++
	}
	return n
}

// fullTitle names a narrative by its author and round.
func (s *site) fullTitle(i *campaign.Item) string {
	if i.Kind != campaign.Narratives {
		return i.Title
	}
	who := i.Department.Short
	if i.Region != nil {
		who = i.Region.Short + who
	}
	return s.sayf("%s工作总结（%s）", who, i.Round.Name)
}
