// Package atom is the form of Atom feeds (RFC 4287) as this program writes and reads
// them: encoding/xml does the work.
package atom

import (
	"encoding/xml"
	"io"
)

// Link is a link of a feed or an entry.
type Link struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

// Category is what an entry is.
type Category struct {
	Term string `xml:"term,attr"`
}

// Entry is one thing that was published.
type Entry struct {
	Title     string   `xml:"title"`
	Link      Link     `xml:"link"`
	ID        string   `xml:"id"`
	Published string   `xml:"published"`
	Updated   string   `xml:"updated"`
	Author    string   `xml:"author>name"`
	Category  Category `xml:"category"`
	Summary   string   `xml:"summary,omitempty"`
}

// Feed is a feed. Times are RFC 3339, in China's zone.
type Feed struct {
	XMLName  xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	Title    string   `xml:"title"`
	Subtitle string   `xml:"subtitle,omitempty"`
	Links    []Link   `xml:"link"`
	ID       string   `xml:"id"`
	Updated  string   `xml:"updated"`
	Author   string   `xml:"author>name"`
	Entries  []Entry  `xml:"entry"`
}

// Write writes the feed as a document.
func (f Feed) Write(w io.Writer) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	return e.Encode(f)
}
