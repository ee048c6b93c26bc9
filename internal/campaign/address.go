package campaign

import (
	"net/url"
	"regexp"
	"strings"
)

// Address is what a link, or a file's name in front matter, leads to. Package
// source finds it out when it reads the file, by the one resolver that there is;
// everybody else looks it up.
type Address struct {
	Scheme string // in lower case, of a link that leaves the campaign; "" for any other
	// File is the campaign's file, by the name that it has on the disk and with
	// symbolic links followed: an item, or a file that is published with the one
	// that names it. It is "" where the link leaves the campaign, and where it
	// leads to nothing that may be published, which source reports.
	File   string
	Anchor string // what follows #: a heading's text or id
}

// Attached returns the file that goes out with the item that has the address;
// "" for a link to another item's page, and for one that leaves.
func (a Address) Attached() string {
	if IsMarkdown(a.File) {
		return ""
	}
	return a.File
}

// IsMarkdown reports whether a file is one that items are written in, on a disk
// of any kind: such a file is never published as it is.
func IsMarkdown(file string) bool {
	n := len(file) - len(".md")
	return n >= 0 && strings.EqualFold(file[n:], ".md")
}

var schemeForm = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*):`)

// ParseLink takes a link apart as browsers do (RFC 3986): a scheme, where there
// is one, else a path, a query, which names no other file, and a fragment. Path
// and anchor come with their percent-encoding resolved once. It is the only
// place where a link is cut.
func ParseLink(link string) (scheme, name, anchor string) {
	if m := schemeForm.FindStringSubmatch(link); m != nil {
		return strings.ToLower(m[1]), "", ""
	}
	name, anchor, _ = strings.Cut(link, "#")
	name, _, _ = strings.Cut(name, "?")
	return "", percentDecoded(name), percentDecoded(anchor)
}

// IsRooted reports whether a link is written for one machine's disk or server:
// with a slash in front or with backslashes.
func IsRooted(link string) bool {
	_, name, _ := ParseLink(link)
	return strings.HasPrefix(name, "/") || strings.Contains(link+name, `\`)
}

func percentDecoded(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}
