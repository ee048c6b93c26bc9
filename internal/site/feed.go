package site

import (
	"encoding/xml"
	"io"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// feedLength is how many entries the feed holds.
const feedLength = 50

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title    string   `xml:"title"`
	Link     atomLink `xml:"link"`
	ID       string   `xml:"id"`
	Updated  string   `xml:"updated"`
	Author   string   `xml:"author>name"`
	Category struct {
		Term string `xml:"term,attr"`
	} `xml:"category"`
	Summary string `xml:"summary,omitempty"`
}

type atom struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Links    []atomLink  `xml:"link"`
	ID       string      `xml:"id"`
	Updated  string      `xml:"updated"`
	Author   string      `xml:"author>name"`
	Entries  []atomEntry `xml:"entry"`
}

// atomFeed promises the feed of what was published last.
func atomFeed(s *site) []release.File {
	return []release.File{s.view.File("feed.xml", func(w io.Writer) error {
		if _, err := io.WriteString(w, xml.Header); err != nil {
			return err
		}
		e := xml.NewEncoder(w)
		e.Indent("", " ")
		return e.Encode(s.feed())
	})}
}

func (s *site) feed() atom {
	feed := atom{
		Lang: "zh-CN", Title: s.campaign.Site.Name, Links: []atomLink{{"self", s.base + "feed.xml"}, {"", s.base}},
		ID: s.base, Author: s.publisher(),
	}
	updated := s.latestChange()
	if updated.IsZero() {
		updated.Date = s.view.Date()
	}
	feed.Updated = updated.RFC3339()
	if s.campaign.Sample {
		feed.Subtitle = sampleNote
	}
	items := slices.Clone(s.campaign.Items)
	slices.SortStableFunc(items, newestFirst)
	items = slices.DeleteFunc(items, func(i *campaign.Item) bool { return i.PublishedAt.IsZero() })
	for _, i := range items[:min(len(items), feedLength)] {
		a := s.addresses[i]
		address := s.absolute(a.path)
		if a.anchor != "" {
			address = s.base + escapePath(a.path) + "#" + escapePath(a.anchor)
		}
		entry := atomEntry{
			Title: s.fullTitle(i), Link: atomLink{"", address}, ID: address, Updated: i.PublishedAt.RFC3339(),
			Author: sourceOf(i), Summary: summaryOf(i),
		}
		if entry.Author == "" {
			entry.Author = s.publisher()
		}
		entry.Category.Term = i.Kind.Chinese()
		feed.Entries = append(feed.Entries, entry)
	}
	return feed
}
