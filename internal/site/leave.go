package site

import (
	"crypto/sha256"
	"fmt"
	"net/url"
	"strings"

	"wangjian/internal/campaign"
)

// departure is a page that a link to a site outside .gov.cn goes over
// (政府网站发展指引: leaving must be said; no pop-up, no script).
type departure struct{ url, host, path string }

// findDepartures collects the links of all bodies, and of the foot, that leave
// for sites outside .gov.cn. Pages are named after the address, so that a new
// link renames no other.
func (s *site) findDepartures() (list []departure, pages map[string]string) {
	pages = map[string]string{}
	add := func(target string) {
		u, err := url.Parse(target)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return
		}
		if address := u.String(); pages[address] == "" && s.leaves(u.Hostname()) {
			name := fmt.Sprintf("%x", sha256.Sum256([]byte(address)))[:12]
			pages[address] = "leave/" + name + "/index.html"
			list = append(list, departure{address, u.Host, pages[address]})
		}
	}
	for _, i := range s.campaign.Items {
		for _, l := range i.Body.Links {
			if !l.Image && l.Scheme != "" {
				add(l.Target)
			}
		}
	}
	add(s.campaign.Site.ReportLink)
	add(s.campaign.Site.OrganURL)
	add(s.campaign.Site.PortalURL)
	if s.campaign.Site.Hotline == complaints {
		add(complaintsSite)
	}
	if len(s.rounds) > 0 {
		add(s.campaign.Licence.URL)
	}
	if len(s.byKind[campaign.Cases]) > 0 {
		add(s.campaign.Publicity.URL)
	}
	return list, pages
}

// leaves reports whether a host is outside the site itself and .gov.cn.
func (s *site) leaves(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	own := strings.ToLower(s.campaign.Site.Domain)
	if u, err := url.Parse(s.base); err == nil && host == strings.ToLower(u.Hostname()) {
		return false
	}
	return host != own && host != "gov.cn" && !strings.HasSuffix(host, ".gov.cn")
}

type leaveData struct{ Host, URL string }

func leavePages(s *site) []*page {
	var pages []*page
	for _, d := range s.leaving {
		pages = append(pages, &page{
			path: d.path, template: "leave", title: s.say("即将离开本站"), unlisted: true,
			description: s.sayf("链接指向%s，不属于本站。", d.host),
			data:        func(*rendering) (any, error) { return leaveData{d.host, d.url}, nil },
		})
	}
	return pages
}
