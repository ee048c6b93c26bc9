package site

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// sitemapLimit is how many addresses a site map may hold (sitemaps.org).
const sitemapLimit = 50000

// indexed reports whether a page is for search engines: every one with contents of
// its own, later pages of lists, and those that lead to all others: the HTML site
// map and the page for searching, whose results no search engine sees.
func (p *page) indexed() bool {
	return isSearched(p) || p.template == "sitemap" || p.template == "search"
}

// saysNoIndex reports whether a page tells search engines to leave it out: the
// others, but for 404.html, which a server answers with a status that says so.
func (p *page) saysNoIndex() bool { return !p.indexed() && !p.absolute }

// sitemapXML promises the site map for search engines, in parts with an index
// where there are too many pages for one. Addresses in it must be full ones, so
// a site that does not know its own has none.
func sitemapXML(s *site) []release.File {
	if s.base == "" {
		return nil
	}
	var listed []*page
	for _, p := range s.pages {
		if p.indexed() {
			listed = append(listed, p)
		}
	}
	if len(listed) <= sitemapLimit {
		return []release.File{s.view.File("sitemap.xml", func(w io.Writer) error { return s.writeSitemap(w, listed) })}
	}
	var files []release.File
	var names []string
	for from := 0; from < len(listed); from += sitemapLimit {
		part := listed[from:min(from+sitemapLimit, len(listed))]
		name := fmt.Sprintf("sitemap-%d.xml", len(names)+1)
		names = append(names, name)
		files = append(files, s.view.File(name, func(w io.Writer) error { return s.writeSitemap(w, part) }))
	}
	return append(files, s.view.File("sitemap.xml", func(w io.Writer) error {
		return writeLocations(w, "sitemapindex", "sitemap", func(add func(string, campaign.Moment)) {
			for _, name := range names {
				add(s.base+name, campaign.Moment{})
			}
		})
	}))
}

func (s *site) writeSitemap(w io.Writer, pages []*page) error {
	return writeLocations(w, "urlset", "url", func(add func(string, campaign.Moment)) {
		for _, p := range pages {
			add(s.absolute(p.path), p.changed)
		}
	})
}

// writeLocations writes a list of addresses, each with the time of its last
// change where that is known.
func writeLocations(w io.Writer, list, entry string, each func(add func(address string, changed campaign.Moment))) error {
	b := bufio.NewWriter(w)
	b.WriteString(xml.Header + "<" + list + ` xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	each(func(address string, changed campaign.Moment) {
		b.WriteString("<" + entry + "><loc>")
		_ = xml.EscapeText(b, []byte(address))
		b.WriteString("</loc>")
		if !changed.IsZero() {
			b.WriteString("<lastmod>" + changed.RFC3339() + "</lastmod>")
		}
		b.WriteString("</" + entry + ">\n")
	})
	b.WriteString("</" + list + ">\n")
	return b.Flush()
}

// absolute is a page's full address; a folder's page goes by its folder.
func (s *site) absolute(path string) string {
	return s.base + escapePath(strings.TrimSuffix(path, "index.html"))
}

func robots(s *site) []release.File {
	return []release.File{s.view.File("robots.txt", func(w io.Writer) error {
		text := "User-agent: *\nAllow: /\n"
		if s.base != "" {
			text += "\nSitemap: " + s.base + "sitemap.xml\n"
		}
		_, err := io.WriteString(w, text)
		return err
	})}
}
