package site

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
)

// address is where something is published: a file of the site, and a place in
// it where it does not fill the page.
type address struct{ path, anchor string }

func departmentPath(d *campaign.Department) string { return "departments/" + d.Code + "/index.html" }
func regionPath(r *campaign.Region) string         { return "regions/" + r.Code + "/index.html" }
func regionPartPath(r *campaign.Region, d *campaign.Department) string {
	return "regions/" + r.Code + "/" + d.Code + "/index.html"
}
func taskPath(p *campaign.Priority) string { return "tasks/" + p.Code + "/index.html" }

// narrativePrefix goes before the heading ids of a narrative, for its page
// holds several.
func narrativePrefix(i *campaign.Item) string { return reportAnchor(i.Round, i.Department, i.Region) }

func reportAnchor(round *campaign.Round, d *campaign.Department, region *campaign.Region) string {
	if region != nil {
		return round.Code + "-" + d.Code
	}
	return round.Code
}

// addressItems says where every item is published.
func (s *site) addressItems() map[*campaign.Item]address {
	where := map[*campaign.Item]address{}
	for _, i := range s.campaign.Items {
		switch i.Kind {
		case campaign.Narratives:
			where[i] = s.reportAddress(i.Round, i.Department, i.Region)
		case campaign.Galleries:
			n := slices.Index(s.byKind[campaign.Galleries], i)
			where[i] = address{listPath("gallery", n/pageSize), i.Slug}
		default:
			where[i] = address{path: i.Page()}
		}
	}
	return where
}

// reportAddress says where a narrative is published.
func (s *site) reportAddress(round *campaign.Round, d *campaign.Department, region *campaign.Region) address {
	page := departmentPath(d)
	switch {
	case region != nil && s.split(region):
		page = regionPartPath(region, d)
	case region != nil:
		page = regionPath(region)
	}
	return address{page, reportAnchor(round, d, region)}
}

// relativeRoot leads from a page to the site's root.
func relativeRoot(page string) string { return strings.Repeat("../", strings.Count(page, "/")) }

func escapePath(p string) string {
	if !strings.ContainsFunc(p, func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '/' || c == '-' || c == '.' || c >= 'A' && c <= 'Z' || c == '_')
	}) {
		return p // nearly all
	}
	parts := strings.Split(p, "/")
	for n, part := range parts {
		parts[n] = url.PathEscape(part)
	}
	return strings.Join(parts, "/")
}

// to links to a published file.
func (r *rendering) to(path string) string { return r.root + escapePath(path) }

// toItem links to where an item is published.
func (r *rendering) toItem(i *campaign.Item) string {
	return r.origin(r.toAddress(r.addresses[i]), campaign.InFile(i.File))
}

func (r *rendering) toAddress(a address) string {
	if a.anchor == "" {
		return r.to(a.path)
	}
	return r.to(a.path) + "#" + url.PathEscape(a.anchor)
}

// toEnclosed links to a campaign file that an item publishes with itself; "" for
// a file that it does not.
func (r *rendering) toEnclosed(i *campaign.Item, file string) string {
	e := r.enclosure(i, file)
	if e == nil {
		return ""
	}
	return r.to(e.folder + "/" + e.name)
}

// follow returns the href of a Markdown link. outside is the address itself when
// the link leaves the site; href is "" for a link that is not safe to follow.
func (r *rendering) follow(from *campaign.Item, target string) (href, outside string, err error) {
	to, known := from.LinkTo(target)
	if to.Scheme != "" || campaign.IsRooted(target) {
		href, outside = r.outward(target)
		return href, outside, nil
	}
	if i := r.byFile[to.File]; i != nil {
		return r.toHeading(i, to.Anchor), "", nil
	}
	for _, w := range r.view.Withdrawn() {
		if w.File == to.File {
			return r.toAddress(r.noteAddress(w)), "", nil
		}
	}
	if known && r.enclosure(from, to.File) != nil {
		return r.toEnclosed(from, to.File), "", nil
	}
	return "", "", fmt.Errorf("链接“%s”指向的文件没有公开，或者不存在", target)
}

// toHeading links to a heading of an item, written as its text or its id.
func (r *rendering) toHeading(i *campaign.Item, heading string) string {
	a := r.addresses[i]
	if heading == "" {
		return r.toAddress(a)
	}
	id := markdown.Anchor(heading)
	for _, h := range i.Body.Headings {
		if h.Anchor == heading {
			id = heading
		}
	}
	if a.anchor != "" {
		id = a.anchor + "-" + id
	}
	return r.toAddress(address{a.path, id})
}

// outward returns the href of a link with a scheme: straight to a government
// site or a telephone, over a page that says so to any other, "" for a scheme
// that is not safe.
func (r *rendering) outward(target string) (href, outside string) {
	u, err := url.Parse(target)
	if err != nil {
		return "", ""
	}
	switch strings.ToLower(u.Scheme) {
	case "tel":
		return u.String(), ""
	case "http", "https":
		if page := r.leave[u.String()]; page != "" {
			return r.to(page), u.String()
		}
		if u.Host != "" && !r.leaves(u.Hostname()) {
			return u.String(), u.String()
		}
	}
	return "", ""
}
