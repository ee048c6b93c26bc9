package site

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"wangjian/internal/release"
)

// sitemapLimit is how many addresses a site map may hold (sitemaps.org).
const sitemapLimit = 50000

// indexed reports whether a page is for search engines: every one with contents of
// its own, later pages of lists and the HTML site map too. The others say
// noindex.
func (p *page) indexed() bool {
	return isSearched(p) || p.template == "sitemap"
}

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
		b := bufio.NewWriter(w)
		b.WriteString(xml.Header + `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
		for _, name := range names {
			b.WriteString("<sitemap><loc>")
			_ = xml.EscapeText(b, []byte(s.base+name))
			b.WriteString("</loc></sitemap>\n")
		}
		b.WriteString("</sitemapindex>\n")
		return b.Flush()
	}))
}

func (s *site) writeSitemap(w io.Writer, pages []*page) error {
	b := bufio.NewWriter(w)
	b.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, p := range pages {
		b.WriteString("<url><loc>")
		_ = xml.EscapeText(b, []byte(s.absolute(p.path)))
		b.WriteString("</loc>")
		if !p.changed.IsZero() {
			b.WriteString("<lastmod>" + p.changed.RFC3339() + "</lastmod>")
		}
		b.WriteString("</url>\n")
	}
	b.WriteString("</urlset>\n")
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
