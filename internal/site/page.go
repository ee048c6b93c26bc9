package site

import "wangjian/internal/campaign"

type plainData struct {
	neighbours
	Poster *link // of a summary
	Facts  []fact
	Body   body
}

// plainPages are the pages that are nothing more than their text: about,
// contact. They have no list; the foot and the site map link to them.
func plainPages(s *site) []*page {
	return s.articles(nil, s.byKind[campaign.Pages], "page", func(r *rendering, i *campaign.Item, _ neighbours) (any, error) {
		b, err := r.body(i, "", 0)
		return plainData{Facts: r.facts("来源", i.Source, "发布时间", i.PublishedAt.String(), "更新日期", r.updatedOn(&i.Release)), Body: b}, err
	})
}
