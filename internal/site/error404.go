package site

type error404Data struct {
	Sitemap, Search string
	Sections        []link
}

// error404Pages makes the page for addresses that do not exist. It can be shown
// at any depth, so its links are full addresses.
func error404Pages(s *site) []*page {
	return []*page{{
		path: "404.html", template: "error404", title: s.say("未找到该页面"), description: s.say("没有找到要打开的页面：地址可能有误，或者内容已到期撤下。"), unlisted: true, absolute: true,
		data: func(r *rendering) (any, error) {
			data := error404Data{Sitemap: r.to("sitemap/index.html"), Search: r.to("search/index.html")}
			for _, m := range r.site.menu {
				data.Sections = append(data.Sections, link{Text: m.menu, Href: r.to(m.path)})
			}
			return data, nil
		},
	}}
}
