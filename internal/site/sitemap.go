package site

import (
	"bufio"
	"encoding/xml"
	"io"
	"strings"

	"wangjian/internal/release"
)

// branch is a section of the site map.
type branch struct {
	link
	Pages []link
}

type sitemapData struct {
	Sections []branch
	Others   []link
	Files    []link
}

func sitemapPages(s *site) []*page {
	return []*page{{
		path: "sitemap/index.html", template: "sitemap", title: "站点地图", description: "本专栏全部栏目和页面。", unlisted: true,
		data: func(r *rendering) (any, error) { return r.siteMap(), nil },
	}}
}

func (r *rendering) siteMap() sitemapData {
	var data sitemapData
	at := map[string]int{}
	for _, p := range r.menu {
		at[p.path] = len(data.Sections)
		data.Sections = append(data.Sections, branch{link: link{Text: p.menu, Href: r.to(p.path)}})
	}
	for _, p := range r.pages {
		n, ok := at[p.section]
		switch {
		case p.unlisted || p.menu != "":
		case ok:
			data.Sections[n].Pages = append(data.Sections[n].Pages, link{Text: p.title, Href: r.to(p.path), Held: p.held})
		case p.section == "" && p.path != "index.html":
			data.Others = append(data.Others, link{Text: p.title, Href: r.to(p.path), Held: p.held})
		}
	}
	data.Others = append(data.Others, link{Text: "搜索", Href: r.to("search/index.html")}, link{Text: "订阅更新（Atom）", Href: r.to("feed.xml")})
	if len(r.rounds) > 0 {
		for _, d := range r.downloads() {
			data.Files = append(data.Files, link{Text: d.Text + "（" + d.Kind + "）", Href: d.Href})
		}
	}
	return data
}

// sitemapXML promises the site map for search engines.
func sitemapXML(s *site) []release.File {
	return []release.File{s.view.File("sitemap.xml", func(w io.Writer) error {
		b := bufio.NewWriter(w)
		b.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
		for _, p := range s.pages {
			if p.unlisted {
				continue
			}
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
	})}
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
