package site

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"html/template"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/search"
	layout "wangjian/layouts"
)

// page is the promise of one HTML page: where it stands, what its head says,
// and how to gather what its template shows.
type page struct {
	path        string
	template    string // file under templates/, without .html
	title       string
	description string
	keywords    []string
	menu        string         // its name in the navigation; "" when it has no place there
	section     string         // path of the section's first page, which is in the navigation: the page stands under it in the site map
	item        *campaign.Item // that the page is of, nil for others
	trail       []*page        // breadcrumb between the home page and this one
	column      *column        // list pages
	article     *article       // article pages
	held        []string       // office views: why the public does not see it
	changed     campaign.Moment
	unlisted    bool                   // left out of the site maps
	absolute    bool                   // its links use the site's own address
	movedTo     *campaign.Item         // a former address: where the item is now
	departments []*campaign.Department // whose matter it is, for the search page's filter
	indexing    *sync.Mutex            // for adding it to the search index; nil where it is not searched
	data        func(*rendering) (any, error)
}

// column is what a list page's head adds (国办发〔2017〕47号).
type column struct{ name, kind string }

// article is what an article page's head adds.
type article struct {
	column    *page
	source    string
	published campaign.Moment
}

// sampleNote marks every page of a sample campaign.
const sampleNote = "示例数据：数字、案例和单位均为演示而编，请勿引用。"

// rendering is one page being written.
type rendering struct {
	*site
	view     *release.View // through which the page reads bodies and files
	page     *page
	root     string
	opening  string                       // how the page's body opens
	origins  map[string]campaign.Position // office views: link → where its target comes from
	placed   map[string]int               // charts already on the page
	explores bool                         // the page has the explorer of counties, which charts.js drives
}

// link is a link as templates print it.
type link struct {
	Text, Href string
	Current    bool
	Held       []string // office views: why the public does not see its target
}

// menuLink is a section in the navigation. A phone shows those that citizens come
// for and folds the others away.
type menuLink struct {
	link
	Class string // first, of those; home
}

// contactPath is the page that says where to complain.
const contactPath = "pages/contact/index.html"

// firstSections are what citizens come for.
var firstSections = []string{"warnings/index.html", "cases/index.html", contactPath}

// meta is a tag of the head; one without content is never made.
type meta struct{ Name, Content string }

// frame is what every template gets.
type frame struct {
	Title      string // of the page
	FullTitle  string // of the window
	Metas      []meta // name=…
	Properties []meta // property=…
	Canonical  string
	Refresh    string // what a former address leads on to
	NoIndex    bool   // not for search engines
	Feeds      []link
	Linked     template.JS   // JSON-LD
	Root       string        // put before a published path
	Rootless   bool          // 404.html: shown at any depth and origin
	Inline     template.HTML // its style
	Policy     string        // the page's content security policy
	IsHome     bool
	Site       campaign.Site
	Campaign   *campaign.Campaign
	SampleNote string
	Archived   string // the day since which it is archived
	Archiving  string // the day from which it will be
	Office     bool
	Held       []string
	Home       link
	Trail      []link
	Styleguide string // office views
	Search     string
	Logo       *logo // the campaign's own mark
	HasCharts  bool
	Data       any

	rendering *rendering
}

// navigation lists the pages that the navigation leads to: home, what citizens
// come for, and the other sections.
func (s *site) navigation() []*page {
	rank := func(p *page) int {
		if p.path == "index.html" {
			return -1
		}
		if n := slices.Index(firstSections, p.path); n >= 0 {
			return n
		}
		return len(firstSections)
	}
	list := slices.Clone(s.menu)
	for _, i := range s.byKind[campaign.Pages] {
		if at := s.addresses[i].path; at == contactPath {
			list = append(list, &page{path: at, title: i.Title, menu: s.say("投诉举报")})
		}
	}
	slices.SortStableFunc(list, func(a, b *page) int { return rank(a) - rank(b) })
	return list
}

// Menu is the navigation.
func (f *frame) Menu() []menuLink {
	var list []menuLink
	r := f.rendering
	for _, m := range r.navigation() {
		link := menuLink{link: link{Text: m.menu, Href: r.to(m.path), Current: m.path == r.page.section || m.path == r.page.path}}
		switch {
		case m.path == "index.html":
			link.Class = "nav-home"
		case slices.Contains(firstSections, m.path):
			link.Class = "nav-first"
		}
		list = append(list, link)
	}
	return list
}

// Shared makes a part of the page that shows nothing of the page itself but its
// section and how deep it lies, once for all pages of which these are the same
// (a third of the time of their templates). Pages that the navigation names,
// and office views, which mark where each link comes from, have their own.
func (f *frame) Shared(name string) (template.HTML, error) {
	r := f.rendering
	key := name + " " + r.root + " " + r.page.section
	own := r.origins != nil || slices.ContainsFunc(r.navigation(), func(m *page) bool { return m.path == r.page.path || m.menu == r.page.title })
	if made, ok := r.shared.Load(key); ok && !own {
		return made.(template.HTML), nil
	}
	var out bytes.Buffer
	if err := r.templates.ExecuteTemplate(&out, name, f); err != nil {
		return "", err
	}
	made := template.HTML(out.String())
	if !own {
		r.shared.Store(key, made)
	}
	return made, nil
}

// logo is a picture of the head.
type logo struct {
	Src           string
	Width, Height int
}

// foot is what the page's foot says; empty parts are not shown.
type foot struct {
	Facts   []footFact
	Portal  *link // 上级站点
	Links   []link
	Sitemap string
	Report  *link // 找错
	Feed    string
}

// footFact is a fact that can lead somewhere, and can have a mark before it.
type footFact struct {
	fact
	Call    string // a telephone number
	Href    string
	Address string // of a link that leaves, for readers of paper
	Mark    *logo
}

// fact is a name with what it is.
type fact struct{ Name, Value string }

// Shown is the value, in lines by its sense; a day and an hour stay whole.
func (f fact) Shown() template.HTML {
	switch {
	case codes.MatchString(f.Value):
		return coded(f.Value)
	case strings.ContainsAny(f.Value, "0123456789") && utf8.RuneCountInString(f.Value) <= longestTime:
		return template.HTML(html.EscapeString(f.Value))
	}
	return layout.Functions["worded"](f.Value)
}

// longestTime is how many characters a day and an hour have.
const longestTime = len("2006-01-02 15:04")

// write renders a page; what it says is added to the search index.
func (s *site) write(w io.Writer, v *release.View, p *page) error {
	if p.indexing != nil {
		p.indexing.Lock()
		defer p.indexing.Unlock()
	}
	return s.writeLocked(w, v, p)
}

func (s *site) writeLocked(w io.Writer, v *release.View, p *page) error {
	html := buffer()
	defer buffers.Put(html)
	if err := s.render(html, v, p); err != nil {
		return err
	}
	if _, err := w.Write(html.Bytes()); err != nil || p.indexing == nil {
		return err
	}
	return s.index.Add(p.path, search.Extract(html.Bytes()), v.Scratch())
}

// buffers spare a page the growing of one (a tenth of all memory asked for).
var buffers = sync.Pool{New: func() any { return &bytes.Buffer{} }}

func buffer() *bytes.Buffer {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	return b
}

func (s *site) render(out *bytes.Buffer, v *release.View, p *page) error {
	r := &rendering{site: s, view: v, page: p, root: relativeRoot(p.path), placed: map[string]int{}}
	if p.absolute && s.base != "" {
		r.root = s.base
	}
	if s.toOffice() {
		r.origins = map[string]campaign.Position{}
	}
	data, err := p.data(r)
	if err != nil {
		return fmt.Errorf("生成 %s：%w", p.path, err)
	}
	f := r.frame(data)
	if f.Linked, err = r.linked(); err != nil {
		return fmt.Errorf("生成 %s：%w", p.path, err)
	}
	if err := s.templates.ExecuteTemplate(out, p.template+".html", f); err != nil {
		return faultOf(p.path, err)
	}
	if r.origins != nil {
		marked := r.markOrigins(out.Bytes())
		out.Reset()
		out.Write(marked)
	}
	return nil
}

func (r *rendering) frame(data any) *frame {
	p, c := r.page, r.campaign
	f := &frame{
		Title: p.title, FullTitle: p.title + " - " + c.Site.Name,
		Metas: r.metas(), Properties: r.openGraph(),
		Root: r.root, IsHome: p.path == "index.html",
		Site: c.Site, Campaign: c,
		Office: r.toOffice(), Held: p.held,
		Home:   link{Text: r.say("首页"), Href: r.to("index.html"), Current: p.path == "index.html"},
		Search: r.to("search/index.html"), Feeds: r.feedsOf(p),
		HasCharts: len(r.placed) > 0 || r.explores, Data: data, rendering: r,
	}
	if f.Office {
		f.Styleguide = r.to(styleguidePath)
	}
	if day := c.Site.ArchivedOn; day.After(r.view.Date()) {
		f.Archiving = day.Chinese()
	} else {
		f.Archived = day.Chinese()
	}
	if c.Sample {
		f.SampleNote = r.say(sampleNote)
	}
	f.Logo = r.emblem("")
	if f.IsHome {
		f.FullTitle = c.Site.Name
	}
	f.Policy = policy
	if p.absolute {
		f.Rootless = true
		f.Inline, f.Policy = r.inline()
	} else if r.base != "" {
		f.Canonical = r.absolute(p.path)
	}
	f.NoIndex = p.saysNoIndex()
	if p.movedTo != nil {
		f.Refresh = r.toItem(p.movedTo)
		if r.base != "" {
			f.Canonical = r.absolute(r.addresses[p.movedTo].path)
		}
	}
	if !f.IsHome {
		if portal := r.portal(); portal != nil {
			f.Trail = append(f.Trail, *portal)
		}
		f.Trail = append(f.Trail, f.Home)
		for _, t := range p.trail {
			f.Trail = append(f.Trail, link{Text: t.title, Href: r.to(t.path)})
		}
		f.Trail = append(f.Trail, link{Text: p.title, Href: r.to(p.path), Current: true})
	}
	return f
}

// policy is what pages may load and do.
const policy = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"

// inline is the stylesheet as a part of the page, with a policy that lets in no
// other.
func (r *rendering) inline() (template.HTML, string) {
	style, err := r.asset("assets/site.css")
	if err != nil || bytes.Contains(style, []byte("</")) {
		return "", policy // the page asks for it as others do
	}
	sum := sha256.Sum256(style)
	return template.HTML("<style>" + string(style) + "</style>\n"), policy + "; style-src 'self' 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// portal links to the portal that the site is a part of; nil where none is named.
func (r *rendering) portal() *link {
	where := r.campaign.Site
	if href, _ := r.outward(where.PortalURL); where.PortalURL != "" && href != "" {
		return &link{Text: where.PortalName, Href: href}
	}
	return nil
}

// emblem is a mark that the campaign supplies, its own for "": nil without it.
func (r *rendering) emblem(name string) *logo {
	l := r.campaign.Looks.Logo
	if name != "" {
		l = r.campaign.Looks.Emblems[name]
	}
	if l.File == "" {
		return nil
	}
	return &logo{r.root + "assets/" + l.File, l.Width, l.Height}
}

// Complaints links to the site that takes complaints in writing, where the hotline
// has one.
func (of *frame) Complaints() *link {
	if of.Site.Hotline != complaints {
		return nil
	}
	href, _ := of.rendering.outward(complaintsSite)
	return &link{Text: of.rendering.say("网上投诉：全国12315平台"), Href: href}
}

// metas returns the head's tags as 国办发〔2017〕47号 names them.
func (r *rendering) metas() []meta {
	var list []meta
	add := func(name, content string) {
		if content = strings.TrimSpace(content); content != "" {
			list = append(list, meta{name, content})
		}
	}
	p, where := r.page, r.campaign.Site
	add("SiteName", where.Name)
	add("SiteDomain", where.Domain)
	add("SiteIDCode", where.Code)
	about := p
	if p.article != nil {
		about = p.article.column
	}
	if p.article != nil && about == nil {
		// An article of no column stands in the campaign's own: 专题.
		about = &page{
			description: r.sayf("%s的专题专栏。", r.campaign.Name), keywords: []string{r.short()},
			column: &column{where.Name, "专题专栏"},
		}
	}
	if about != nil && about.column != nil {
		add("ColumnName", about.column.name)
		add("ColumnDescription", about.description)
		add("ColumnKeywords", strings.Join(about.keywords, ","))
		add("ColumnType", about.column.kind)
	}
	if a := p.article; a != nil {
		add("ArticleTitle", p.title)
		add("PubDate", a.published.String())
		add("ContentSource", a.source)
		add("Keywords", strings.Join(p.keywords, ","))
		add("Description", r.summary())
		return list
	}
	add("description", r.summary())
	return list
}

// summary describes the page: in its own words, else by how its body opens.
func (r *rendering) summary() string { return cmp.Or(r.page.description, r.opening) }

func (r *rendering) openGraph() []meta {
	if r.page.absolute || r.page.movedTo != nil || r.base == "" {
		return nil
	}
	kind := "website"
	if r.page.article != nil {
		kind = "article"
	}
	list := []meta{
		{"og:type", kind},
		{"og:title", r.page.title},
		{"og:url", r.absolute(r.page.path)},
		{"og:site_name", r.campaign.Site.Name},
		{"og:locale", "zh_CN"},
	}
	if d := r.summary(); d != "" {
		list = append(list, meta{"og:description", d})
	}
	if own := r.openGraphPicture(r.page.item); own != nil {
		return append(list, own...)
	}
	return append(list, meta{"og:image", r.base + escapePath(r.pictureOf(r.page))}, meta{"og:image:type", "image/png"},
		meta{"og:image:width", "1200"}, meta{"og:image:height", "630"}, meta{"og:image:alt", r.page.title})
}

// Where the numbers of the foot are looked up, and complaints go in writing.
const (
	icpQuery       = "https://beian.miit.gov.cn/"
	policeQuery    = "https://beian.mps.gov.cn/"
	complaints     = "12315"
	complaintsSite = "https://www.12315.cn/"
)

var (
	telephone = regexp.MustCompile(`^\+?[0-9][0-9 -]{2,}$`)
	digits    = regexp.MustCompile(`[0-9]{6,}`)
)

// Foot is what the page's foot says.
func (of *frame) Foot() foot {
	r, where := of.rendering, of.Site
	f := foot{Sitemap: r.to("sitemap/index.html"), Feed: r.to("feed.xml")}
	add := func(name, value, target, emblem string) {
		if value == "" {
			return
		}
		entry := footFact{fact: fact{r.say(name), value}}
		if emblem != "" {
			entry.Mark = r.emblem(emblem)
		}
		if target != "" {
			entry.Href, entry.Address = r.outward(target)
		}
		f.Facts = append(f.Facts, entry)
	}
	add("主办单位", where.Host, "", "")
	add("承办单位", where.Operator, "", "")
	add("联系电话", where.Phone, "", "")
	if telephone.MatchString(where.Phone) {
		f.Facts[len(f.Facts)-1].Call = strings.ReplaceAll(where.Phone, " ", "")
	}
	add("地址", where.Address, "", "")
	add("网站标识码", where.Code, "", "")
	add("ICP备案号", where.ICP, icpQuery, "")
	police := policeQuery
	if number := digits.FindString(where.Police); number != "" {
		police += "#/query/webSearch?code=" + number
	}
	add("公安备案号", where.Police, police, campaign.PoliceEmblem)
	if where.OrganURL != "" {
		add("网站标识", r.say("党政机关"), where.OrganURL, campaign.OrganEmblem)
	}
	f.Portal = r.portal()
	for _, i := range r.byKind[campaign.Pages] {
		f.Links = append(f.Links, link{Text: i.Title, Href: r.toItem(i)})
	}
	if where.ReportLink != "" {
		if href, _ := r.outward(where.ReportLink); href != "" {
			f.Report = &link{Text: r.say("我为政府网站找错"), Href: href}
		}
	}
	return f
}
