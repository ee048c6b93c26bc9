package pdf

import (
	"cmp"
	"fmt"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
)

// documentPaper is an open-information document: in full as it was issued, or its
// entry in the register, which has no red head.
func documentPaper(v *release.View, i *campaign.Item) *Paper {
	d := i.Document
	p := &Paper{
		Path: string(campaign.Documents) + "/" + i.Slug + "/" + DocumentFile, Title: i.Title, author: d.Issuer, subject: d.Number, short: true, Edition: itemEdition(v, i),
		body: func(w *writer) { w.entry(i) }, items: only(i), narrow: true,
	}
	if d.Formal() {
		p.exact = true
		p.author = strings.Join(d.Parts.Issuers, "、")
		p.body = func(w *writer) { w.official(i) }
	}
	return p
}

// only is the items of a paper that holds one.
func only(i *campaign.Item) func(*release.View) []*campaign.Item {
	return func(*release.View) []*campaign.Item { return []*campaign.Item{i} }
}

// entry writes what the register of open information holds of a document: its
// record, and the text that stands there.
func (w *writer) entry(i *campaign.Item) {
	d := i.Document
	w.from(i.Keys.Of("标题"))
	w.documentTitle(i.Title)
	w.add(typeset.Gap{Height: typeset.A4.Lead() / 2})
	w.from(campaign.InFile(i.File))
	w.record([][2]string{
		{"索引号", d.IndexNumber}, {"文号", d.Number}, {"发布机构", d.Issuer},
		{"成文日期", d.WrittenOn.Chinese()}, {"发布日期", i.PublishedAt.Date.Chinese()}, {"更新日期", w.updatedOn(&i.Release)},
		{"主题分类", d.Topic}, {"体裁", d.Genre}, {"有效性", d.Validity}, {"公开方式", i.Disclosure},
	})
	w.heldMark(w.view.Mark(i))
	w.lapsed(d)
	w.item(i, 1)
	w.from(campaign.InFile(i.File))
	var names []string
	for _, a := range d.Attachments {
		names = append(names, cmp.Or(a.Title, linkText(i, a.File), kindOf(a.File)))
	}
	w.attachmentList(names...)
	if address := w.siteAddress(i); len(names) > 0 && address != "" {
		w.add(&typeset.Paragraph{Runs: w.linked("附件请在网站上查阅："+address, small), Left: em2, Lead: smallLead, Space: smallLead / 2, Align: typeset.Left, KeepWithPrevious: true})
	}
}

// lapsed says of a document that it is no longer in force as it stands.
func (w *writer) lapsed(d *campaign.Document) {
	if d.Validity != "" && d.Validity != "有效" {
		w.paragraph("（本文件"+d.Validity+"，引用前请核对现行规定。）", remark)
	}
}

// linkText is how the text names a file that it links to; "" where it does not.
func linkText(i *campaign.Item, file string) string {
	for _, l := range i.Body.Links {
		if l.File == file && l.Text != "" {
			return l.Text
		}
	}
	return ""
}

// noticePaper is a consumer warning, on sheets that can be handed out or put up.
func noticePaper(v *release.View, i *campaign.Item) *Paper {
	issuer, subject := i.Warning.Issuer, join("　", campaign.Warnings.Chinese(), i.Warning.Number)
	return &Paper{
		Path: string(campaign.Warnings) + "/" + i.Slug + "/" + NoticeFile, Title: i.Title, author: issuer, subject: subject,
		Edition: itemEdition(v, i), items: only(i), narrow: true,
		body: func(w *writer) {
			w.from(i.Keys.Of("发布机构"))
			w.redHead(issuer, subject)
			w.from(i.Keys.Of("标题"))
			w.documentTitle(i.Title)
			w.add(typeset.Gap{Height: typeset.A4.Lead()})
			w.heldMark(w.view.Mark(i))
			w.item(i, 1)
			w.from(i.Keys.Of("发布机构"))
			w.signature([]string{issuer}, i.PublishedAt.Date)
			if days := w.updatedOn(&i.Release); days != "" {
				w.paragraph("（更新日期："+days+"）", body)
			}
		},
	}
}

// The parts of a formal document as GB/T 9704-2012 prints them, in the order
// of the page. What is measured there from the edge of characters is measured
// here from the edge of their squares.

// Measures of the head (7.2.4 to 7.2.7, 7.3.1).
const (
	mastDrop     = 35 * typeset.Millimetre // the issuer's name below the top of the text block
	mastSize     = 44.0                    // or less, so that the name fits
	mastSmallest = 26.0
	redDrop      = 4 * typeset.Millimetre // the red rule below the number
	redWidth     = 0.5 * typeset.Millimetre
	titleLead    = titleSize * 1.6
)

// redHead adds the head of a paper that is no 公文: who issues it, its number, if it
// has one, and the red rule.
func (w *writer) redHead(issuer, number string) {
	w.masthead([]string{issuer}, "", mastSize)
	if number != "" {
		w.add(typeset.Space{By: 2 * typeset.A4.Lead()})
		w.centred(number, body)
	}
	w.redRule(number != "")
}

// masthead adds the issuers' names, 35 mm below the top of the text block.
func (w *writer) masthead(issuers []string, suffix string, size float64) {
	red := typeset.Style{Role: typeset.Song, Size: size, Color: typeset.Red}
	w.add(
		typeset.Space{To: mastDrop},
		&typeset.Masthead{Names: issuers, Suffix: suffix, Style: red, Smallest: mastSmallest, Source: w.source},
	)
}

// redRule adds the rule below the head, and the two lines between it and the title.
func (w *writer) redRule(numbered bool) {
	drop := redDrop
	if numbered {
		// The line is higher than the characters that it holds.
		drop -= float64(belowSquare(typeset.A4.Lead(), bodySize))
	}
	w.add(
		typeset.Stroke{Width: redWidth, Height: 2 * drop, Color: typeset.Red},
		typeset.Space{By: 2*typeset.A4.Lead() - drop},
	)
}

// belowSquare is the height below the squares of characters in a line.
func belowSquare(lead, size float64) float64 { return (lead - size) / 2 }

// documentTitle adds a title in 2号 小标宋, broken by sense.
func (w *writer) documentTitle(text string) {
	w.add(&typeset.Paragraph{
		Runs:  w.runs(text, typeset.Style{Role: typeset.Song, Size: titleSize}),
		Align: typeset.Center, Lead: titleLead, ByPhrase: true, KeepWithNext: true, Tag: typeset.TagTitle,
	})
}

// attachmentList adds 附件说明 a line below the text (7.3.4). Names carry no mark
// at their end.
func (w *writer) attachmentList(names ...string) {
	lead, pitch := w.lead(), typeset.A4.Pitch()
	for i, name := range names {
		para := &typeset.Paragraph{Runs: w.runs(name, body), Align: typeset.Left, Left: em2, KeepWithPrevious: true}
		marker := "附件："
		if i == 0 {
			para.Space = lead
		} else {
			marker, para.Left = "", em2+float64(3*pitch)
		}
		if len(names) > 1 {
			marker += fmt.Sprintf("%d. ", i+1)
		}
		para.Marker = w.runs(marker, body)
		w.add(para)
	}
}

// signature adds 署名 and 成文日期 a line below what stands before (7.3.5.2).
func (w *writer) signature(issuers []string, date campaign.Date) {
	w.add(&typeset.Signature{Names: issuers, Date: date.Chinese(), Style: body, Space: w.lead(), Source: w.source})
}
