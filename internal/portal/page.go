package portal

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/csv"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/url"
	"slices"
	"strings"

	"wangjian/internal/atom"
	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/layouts"
)

//go:embed portal.html
var page string

// shown is the page's template; a test renders it.
var shown = template.Must(template.New("portal").Parse(page))

// How many entries the merged feed and the page hold.
const (
	mostNews   = 50
	mostLatest = 10
)

// assets are the files of layouts/ that the page asks for.
var assets = []string{"assets/site.css", "assets/site.js", "assets/speak.js", "assets/icon.svg"}

// Options are what a person says of the portal.
type Options struct {
	Title string
	URL   string // where it will be published, with a slash at its end; "" where nobody says
}

type (
	pageData struct {
		Options
		Sample   bool
		Sites    []siteData
		Compared []Comparison
		Alone    []alone
		News     []news // of the feed
		Latest   []news // of the page
	}
	siteData struct {
		*Site
		Newest          *news
		Term, FiguresOn string
	}
	// alone is an indicator that fewer than two sites can be compared by.
	alone struct{ Name, Why string }
	news  struct {
		atom.Entry
		Day, Of string
	}
)

// Files are the portal's: a page, the merged feed, the comparison as a table and the
// assets. The same sites and options result in the same bytes.
func Files(sites []*Site, o Options) []release.File {
	view := release.Public(new(campaign.Campaign), campaign.Moment{}, nil) // of no campaign
	data := dataOf(sites, o)
	files := []release.File{
		view.File("index.html", func(w io.Writer) error { return shown.Execute(w, data) }),
		view.File("feed.xml", feedOf(sites, data).Write),
		view.File("data/comparison.csv", func(w io.Writer) error { return writeTable(w, data.Compared) }),
	}
	for _, name := range assets {
		files = append(files, view.File(name, func(w io.Writer) error {
			content, err := fs.ReadFile(layouts.Over(nil), name)
			if err != nil {
				return err
			}
			if strings.HasSuffix(name, ".css") {
				content = layouts.WithoutComments(content)
			}
			_, err = w.Write(content)
			return err
		}))
	}
	return files
}

func dataOf(sites []*Site, o Options) pageData {
	data := pageData{Options: o}
	for _, s := range sites {
		one := siteData{Site: s, FiguresOn: day(s.Created)}
		if s.Campaign.From != "" {
			one.Term = s.Campaign.From + " 至 " + s.Campaign.To
		}
		data.Sample = data.Sample || s.Campaign.Sample
		for _, e := range s.Feed.Entries {
			if isAddress(e.Link.Href) {
				data.News = append(data.News, news{e, day(e.Updated), s.Title})
				if one.Newest == nil || e.Updated > one.Newest.Updated {
					one.Newest = &news{e, day(e.Updated), s.Title}
				}
			}
		}
		data.Sites = append(data.Sites, one)
	}
	slices.SortStableFunc(data.News, func(a, b news) int { return cmp.Compare(b.Updated, a.Updated) })
	data.News = data.News[:min(len(data.News), mostNews)]
	data.Latest = data.News[:min(len(data.News), mostLatest)]
	for _, c := range Compare(sites) {
		if c.Compared > 1 {
			data.Compared = append(data.Compared, c)
			continue
		}
		one := alone{Name: c.Department + "：" + c.Name + "（" + c.Unit + "）"}
		for _, l := range c.Lines {
			if l.Why != "" {
				one.Why += "；" + l.Site.Title + l.Why
			}
		}
		one.Why = strings.TrimPrefix(one.Why, "；")
		data.Alone = append(data.Alone, one)
	}
	return data
}

// isAddress reports whether a link of a feed leads to a site.
func isAddress(link string) bool {
	u, err := url.Parse(link)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// day is that of a time of RFC 3339.
func day(at string) string {
	on, _, _ := strings.Cut(at, "T")
	return on
}

// feedOf merges the sites' feeds. Its id is its address, else a name made from those of
// the sites (RFC 4122, as version 8 allows any digest).
func feedOf(sites []*Site, data pageData) atom.Feed {
	f := atom.Feed{Lang: "zh-CN", Title: data.Title, ID: data.URL, Author: data.Title}
	if data.URL != "" {
		f.Links = []atom.Link{{Rel: "self", Type: "application/atom+xml", Href: data.URL + "feed.xml"}, {Rel: "alternate", Type: "text/html", Href: data.URL}}
	} else {
		var all []string
		for _, s := range sites {
			all = append(all, s.Campaign.URL)
		}
		h := sha256.Sum256([]byte(strings.Join(all, "\n")))
		h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80
		f.ID = fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
	}
	for _, s := range sites {
		f.Updated = max(f.Updated, s.Feed.Updated)
	}
	if data.Sample {
		f.Subtitle = "示例数据：数字均为虚构，只作演示"
	}
	for _, n := range data.News {
		f.Entries = append(f.Entries, n.Entry)
	}
	return f
}

// writeTable writes the comparison as CSV with the mark that spreadsheets know UTF-8 by.
func writeTable(w io.Writer, list []Comparison) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	rows := [][]string{{"项目代码", "部门", "项目", "隶属", "单位", "期次", "口径", "专栏", "数量", "备注", "不能比的原因"}}
	for _, c := range list {
		for _, l := range c.Lines {
			rows = append(rows, []string{c.Code, c.Department, c.Name, c.Parent, c.Unit, c.Round, c.Basis, l.Site.Title, l.Quantity, l.Remark, l.Why})
		}
	}
	return out.WriteAll(rows)
}
