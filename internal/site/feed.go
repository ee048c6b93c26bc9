package site

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"path"
	"slices"

	"wangjian/internal/atom"
	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// feedLength is how many entries a feed holds.
const feedLength = 50

// feed is what one can subscribe to: everything, a kind, a department's.
type feed struct {
	path    string // where it is published
	title   string
	section string // the first page of what it is about
	items   []*campaign.Item
	// corrections of what had been published are news as well.
	corrections []*campaign.Correction
}

// makeFeeds lists the feeds. Everything comes first; a kind or a department of
// which nothing is published has none.
func (s *site) makeFeeds() []feed {
	all := slices.DeleteFunc(slices.Clone(s.campaign.Items), func(i *campaign.Item) bool { return i.PublishedAt.IsZero() })
	slices.SortFunc(all, newestFirst) // no two are equal
	feeds := []feed{{"feed.xml", s.campaign.Site.Name, "index.html", all[:min(len(all), feedLength)], s.campaign.Corrections}}
	add := func(section, title string, wanted func(*campaign.Item) bool) {
		var items []*campaign.Item
		for _, i := range all {
			if len(items) < feedLength && wanted(i) {
				items = append(items, i)
			}
		}
		if len(items) > 0 {
			feeds = append(feeds, feed{path.Dir(section) + "/feed.xml", title + " - " + s.campaign.Site.Name, section, items, nil})
		}
	}
	for _, k := range []campaign.Kind{campaign.Summaries, campaign.Warnings, campaign.Cases} {
		add(listPath(string(k), 0), s.say(k.Chinese()), func(i *campaign.Item) bool { return i.Kind == k })
	}
	by := map[*campaign.Item][]*campaign.Department{}
	for _, i := range all {
		by[i] = s.departmentsOf(i)
	}
	for _, d := range s.campaign.Departments {
		add(departmentPath(d), d.Short, func(i *campaign.Item) bool { return slices.Contains(by[i], d) })
		if last := &feeds[len(feeds)-1]; last.section == departmentPath(d) {
			last.corrections = s.correctionsOf(d)
		}
	}
	return feeds
}

// feedsOf returns the feeds that a page names in its head: everything, and what
// the page is about.
func (r *rendering) feedsOf(p *page) []link {
	var list []link
	for n, f := range r.feeds {
		if n == 0 || f.section == p.path || f.section == p.section {
			list = append(list, link{Text: f.title, Href: r.to(f.path)})
		}
	}
	return list
}

// atomFeeds promises the feeds of what was published last.
func atomFeeds(s *site) []release.File {
	var files []release.File
	for _, f := range s.feeds {
		files = append(files, s.view.File(f.path, func(w io.Writer) error { return s.atom(f).Write(w) }))
	}
	return files
}

func (s *site) atom(f feed) atom.Feed {
	root := s.base
	if root == "" {
		root = relativeRoot(f.path)
	}
	a := atom.Feed{
		Lang: "zh-CN", Title: f.title, ID: s.lasting(f.path),
		Links:  []atom.Link{{Rel: "self", Type: "application/atom+xml", Href: root + escapePath(f.path)}, {Rel: "alternate", Type: "text/html", Href: s.addressUnder(root, address{path: f.section})}},
		Author: s.publisher(), Updated: s.feedChange(f).RFC3339(),
	}
	if f.path == "feed.xml" && s.base != "" {
		a.ID = s.base
	}
	if s.campaign.Sample {
		a.Subtitle = sampleNote
	}
	for _, i := range f.items {
		a.Entries = append(a.Entries, atom.Entry{
			Title: s.fullTitle(i), Link: atom.Link{Rel: "alternate", Type: "text/html", Href: s.addressUnder(root, s.addresses[i])}, ID: s.lastingOf(i),
			Published: i.PublishedAt.RFC3339(), Updated: s.campaign.History.ChangedAt(&i.Release).RFC3339(), Author: cmp.Or(sourceOf(i), s.publisher()), Summary: summaryOf(i),
			Category: atom.Category{Term: s.say(i.Kind.Chinese())},
		})
	}
	for _, x := range slices.Backward(f.corrections) {
		a.Entries = append(a.Entries, s.correctionEntry(root, x))
	}
	slices.SortStableFunc(a.Entries, func(x, y atom.Entry) int { return cmp.Compare(y.Updated, x.Updated) })
	a.Entries = a.Entries[:min(len(a.Entries), feedLength)]
	return a
}

// correctionEntry announces a correction: what was wrong, and what is right.
func (s *site) correctionEntry(root string, x *campaign.Correction) atom.Entry {
	at := address{correctionsPath, correctionAnchor(slices.Index(s.campaign.Corrections, x))}
	on := campaign.Moment{Date: x.On}.RFC3339()
	return atom.Entry{
		Title: s.sayf("数据更正：%s%s“%s”", x.Round.Name, x.Whose(), x.What()), Link: atom.Link{Rel: "alternate", Type: "text/html", Href: s.addressUnder(root, at)}, ID: s.lastingAt(at),
		Published: on, Updated: on, Author: s.publisher(), Summary: s.sayf("原 %s，现 %s。原因：%s", x.OldText(), x.NewText(), x.Reason),
		Category: atom.Category{Term: s.say("数据更正")},
	}
}

// feedChange is when a feed last changed: by the records, never by the clock. An
// empty one is as old as the campaign, as far as that is known.
func (s *site) feedChange(f feed) campaign.Moment {
	at := s.view.Edition(f.items, nil, f.corrections).Changed
	if f.path == "feed.xml" {
		at = s.edition.Changed
	}
	if at.IsZero() {
		first, _ := s.campaign.Term()
		at.Date = cmp.Or(s.campaign.IssuedOn, first, campaign.Date{Year: 1970, Month: 1, Day: 1})
	}
	return at
}

// addressUnder is an item's address below the site's own, or below a relative
// root where that is not known.
func (s *site) addressUnder(root string, a address) string {
	switch {
	case a.anchor != "":
		return root + escapePath(a.path) + "#" + escapePath(a.anchor)
	case s.base == "":
		return root + escapePath(a.path)
	}
	return s.absolute(a.path)
}

// lasting is an id that stays: the address, else a name made from the campaign
// and the path (RFC 4122, as version 8 allows any digest).
func (s *site) lasting(path string) string {
	if s.base != "" {
		return s.base + escapePath(path)
	}
	h := sha256.Sum256([]byte(s.campaign.Name + "\n" + path))
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// lastingOf is an item's id: that of its first slug, wherever it has moved.
func (s *site) lastingOf(i *campaign.Item) string {
	a := s.addresses[i]
	if len(i.Aliases) > 0 && a.anchor == "" {
		a.path = string(i.Kind) + "/" + i.Aliases[0] + "/index.html"
	}
	return s.lastingAt(a)
}

func (s *site) lastingAt(a address) string {
	if s.base == "" {
		return s.lasting(a.path + "#" + a.anchor)
	}
	return s.addressUnder(s.base, a)
}
