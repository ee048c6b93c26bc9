package pdf

import (
	"path"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// documentPapers gives the open-information documents, each as the document
// that it is.
func documentPapers(v *release.View, _ *stats.Table) []*Paper {
	var list []*Paper
	for _, i := range v.Campaign().ItemsOf(campaign.Documents) {
		if i.Document != nil {
			list = append(list, documentPaper(v, i))
		}
	}
	return list
}

// DocumentPath is where an open-information document is published.
func DocumentPath(i *campaign.Item) string {
	return string(campaign.Documents) + "/" + i.Slug + "/document.pdf"
}

func documentPaper(v *release.View, i *campaign.Item) *Paper {
	d := i.Document
	return &Paper{
		Path: DocumentPath(i), Title: i.Title, author: d.Issuer, subject: d.Number, short: true, edition: itemEdition(v, i),
		body: func(w *writer) {
			w.from(i.Keys.Of("发布机构"))
			suffix := ""
			if d.Number != "" {
				suffix = "文件"
			}
			w.redHead([]string{d.Issuer}, suffix, d.Number)
			w.from(i.Keys.Of("标题"))
			w.documentTitle(i.Title)
			w.add(typeset.Gap{Height: typeset.A4.Lead()})
			w.heldMark(v.Mark(i))
			if d.Validity != "" && d.Validity != "有效" {
				w.paragraph("（本文件"+d.Validity+"，引用前请核对现行规定。）", remark)
			}
			w.item(i, 1)
			w.from(campaign.InFile(i.File))
			if names := attachmentNames(i); len(names) > 0 {
				w.attachmentList(names...)
			}
			w.from(i.Keys.Of("发布机构"))
			w.signature([]string{d.Issuer}, d.WrittenOn)
			w.from(campaign.InFile(i.File))
			w.paragraph("（此件"+i.Disclosure+"）", body)
			w.registration(i)
		},
	}
}

// attachmentNames names the attachments as the text does that links to them;
// their files lie beside the document.
func attachmentNames(i *campaign.Item) []string {
	var names []string
	for _, file := range i.Document.Attachments {
		name := path.Base(file)
		for _, l := range i.Body.Links {
			if l.File == file && l.Text != "" {
				name = l.Text + "（" + name + "）"
				break
			}
		}
		names = append(names, name)
	}
	return names
}

// registration adds what the register of open information knows of a document
// and the document itself does not say.
func (w *writer) registration(i *campaign.Item) {
	w.add(gap)
	for _, line := range [][2]string{{"索引号：", i.Document.IndexNumber}, {"主题分类：", i.Document.Topic}, {"发布日期：", i.PublishedAt.Date.Chinese()}, {"更新日期：", i.UpdatedOn.Chinese()}} {
		if line[1] != "" {
			w.add(&typeset.Paragraph{Runs: w.runs(line[0]+line[1], small), Align: typeset.Left, Left: em2, Lead: smallLead})
		}
	}
}
