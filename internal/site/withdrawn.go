package site

import "wangjian/internal/campaign"

type withdrawnData struct{ On, Reason string }

// withdrawnPages keep the addresses of cases that were taken down early: the
// day and the reason, and nothing of the case. Nothing leads to them.
func withdrawnPages(s *site) []*page {
	var pages []*page
	for _, w := range s.view.Withdrawn() {
		for _, slug := range append([]string{w.Slug}, w.Aliases...) {
			pages = append(pages, &page{
				path: string(campaign.Cases) + "/" + slug + "/index.html", template: "withdrawn", title: s.say("已停止公示"), unlisted: true,
				description: s.say("这一案例的行政处罚信息已停止公示。"),
				data:        func(*rendering) (any, error) { return withdrawnData{w.On.Chinese(), w.Reason}, nil },
			})
		}
	}
	return pages
}
