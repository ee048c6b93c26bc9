package site

import "strings"

// branch is a section of the site map.
type branch struct {
	link
	Pages []link
}

type sitemapData struct {
	Sections []branch
	Others   []link
	Files    []link
	Feeds    []link
}

func sitemapPages(s *site) []*page {
	return []*page{{
		path: "sitemap/index.html", template: "sitemap", title: s.say("站点地图"), description: s.say("本专栏全部栏目和页面。"), unlisted: true,
		data: func(r *rendering) (any, error) { return r.siteMap() },
	}}
}

func (r *rendering) siteMap() (data sitemapData, err error) {
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
	data.Others = append(data.Others, link{Text: r.say("搜索"), Href: r.to("search/index.html")})
	for n, f := range r.feeds {
		name := r.say("全部更新")
		if n > 0 {
			name, _, _ = strings.Cut(f.title, " - ")
		}
		data.Feeds = append(data.Feeds, link{Text: name, Href: r.to(f.path)})
	}
	if len(r.rounds) > 0 {
		files, err := r.downloads()
		if err != nil {
			return data, err
		}
		for _, d := range files {
			data.Files = append(data.Files, link{Text: d.Text + "（" + withSize(d.Kind, d.Size) + "）", Href: d.Href})
		}
	}
	return data, nil
}
