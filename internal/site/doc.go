// Package site makes the web site of a release.View: every page, feed, picture
// and script as a promise of a file (release.File) that is rendered when it is
// asked for. The publisher streams them to disk one after the other; the
// preview renders the one that a browser wants.
//
// [Files] is the whole machine, in two steps:
//
//  1. once, it reads the templates and works out what pages there are, where
//     each stands and what links to it (site.go, links.go, files.go, leave.go,
//     articles.go);
//  2. when a file is written, its page gathers what it shows into a plain
//     struct and its template turns that into HTML. Only then is a Markdown
//     body read, by the one renderer in html.go.
//
// A page kind is one Go file and its templates: home.go and home.html,
// department.go with departments.html (the list) and department.html, and so
// on. The list in site.go names them all; a new kind is a new file and a line
// there. What every page shares — head, banners, navigation, foot — is frame.go
// and layout.html.
//
// papers.go has the pages to which the codes on papers lead: that of every paper that is
// or was published, named by the digest of what it says.
//
// What a page leads on to beside its own matter is related.go: items on the same
// 工作重点. styleguide.go shows the stylesheet's tokens and the pieces that pages
// are made of, in office views only.
//
// Links are relative and name their file, so the same bytes work at any
// sub-path and by double click. Only 404.html, the canonical link, the feeds,
// sitemap.xml and Open Graph use the site's own address, and paper prints it;
// 404.html, shown at any depth, names its style and script by that address and
// beside itself. sitemap.xml lists every page that search engines may keep, and
// those without contents of their own say noindex (saysNoIndex, in
// sitemap_xml.go). No page holds inline script or style; widths of bars are
// attributes of small SVGs.
package site
