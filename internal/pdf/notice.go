package pdf

import (
	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// noticePapers gives the consumer warnings, each on sheets that can be handed
// out or put up.
func noticePapers(v *release.View, _ *stats.Table) []*Paper {
	var list []*Paper
	for _, i := range v.Campaign().ItemsOf(campaign.Warnings) {
		if i.Warning != nil {
			list = append(list, noticePaper(v, i))
		}
	}
	return list
}

// NoticePath is where a consumer warning's sheets are published.
func NoticePath(i *campaign.Item) string {
	return string(campaign.Warnings) + "/" + i.Slug + "/notice.pdf"
}

func noticePaper(v *release.View, i *campaign.Item) *Paper {
	issuer := i.Warning.Issuer
	return &Paper{
		Path: NoticePath(i), Title: i.Title, author: issuer, subject: join("　", campaign.Warnings.Chinese(), i.Warning.Number),
		edition: itemEdition(v, i),
		body: func(w *writer) {
			w.from(i.Keys.Of("发布机构"))
			w.redHead([]string{issuer}, "", join("　", campaign.Warnings.Chinese(), i.Warning.Number))
			w.from(i.Keys.Of("标题"))
			w.documentTitle(i.Title)
			w.add(typeset.Gap{Height: typeset.A4.Lead()})
			w.heldMark(v.Mark(i))
			w.item(i, 1)
			w.from(i.Keys.Of("发布机构"))
			w.signature([]string{issuer}, i.PublishedAt.Date)
			if !i.UpdatedOn.IsZero() {
				w.paragraph("（更新日期："+i.UpdatedOn.Chinese()+"）", body)
			}
		},
	}
}
