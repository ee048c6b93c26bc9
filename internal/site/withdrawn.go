package site

import (
	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// note is what stands in the place of an item that was taken down: the day and the
// reason, and nothing of the item.
type note struct{ Anchor, What, On, Reason string }

func (s *site) note(w release.Withdrawn) *note {
	n := &note{On: w.On.Chinese(), Reason: w.Reason}
	switch w.Kind {
	case campaign.Cases:
		n.What = s.say("该案的行政处罚信息")
	case campaign.Summaries:
		n.What = s.say("该工作总结")
	case campaign.Narratives:
		n.What, n.Anchor = s.say("该工作总结"), reportAnchor(w.Round, w.Department, w.Region)
	case campaign.Galleries:
		n.What, n.Anchor = s.say("该影像资料"), w.Slug
	default:
		n.What = s.say("该项内容")
	}
	return n
}

// noteAddress says where the note of an item is: where the item was.
func (s *site) noteAddress(w release.Withdrawn) address {
	switch w.Kind {
	case campaign.Narratives:
		return s.reportAddress(w.Round, w.Department, w.Region)
	case campaign.Galleries:
		return address{listPath("gallery", max(0, len(s.byKind[w.Kind])-1)/pageSize), w.Slug}
	}
	return address{path: string(w.Kind) + "/" + w.Slug + "/index.html"}
}

// notes are those in the place of what had no page of its own.
func (s *site) notes(wanted func(release.Withdrawn) bool) (list []*note) {
	for _, w := range s.view.Withdrawn() {
		if wanted(w) {
			list = append(list, s.note(w))
		}
	}
	return list
}

// withdrawnPages keep the addresses of items that were taken down early. Nothing
// leads to them but the page of corrections, where they were withdrawn in writing.
func withdrawnPages(s *site) []*page {
	var pages []*page
	for _, w := range s.view.Withdrawn() {
		n, former := s.note(w), w
		if n.Anchor != "" {
			continue // it has a place on another page
		}
		for _, former.Slug = range append([]string{w.Slug}, w.Aliases...) {
			pages = append(pages, &page{
				path: s.noteAddress(former).path, template: "withdrawn", title: s.say("已停止公示"), unlisted: true,
				description: s.sayf("%s已停止公示。", n.What),
				data:        func(*rendering) (any, error) { return n, nil },
			})
		}
	}
	return pages
}
