package site

import (
	"cmp"
	"html/template"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
	"wangjian/internal/pdf"
)

// directoryLine is a document in the directory.
type directoryLine struct {
	entry
	Index, Number, Issuer, Topic, WrittenOn, Validity string
	Lapsed                                            bool // 已修改 or 已废止
}

// Coded is the 索引号, parted after its stroke only.
func (l directoryLine) Coded() template.HTML { return coded(l.Index) }

type documentData struct {
	neighbours
	Record      []fact
	Validity    string // said prominently when the document is no longer in force as it stands
	Body        body
	Paper       *paper
	Attachments []download
	Share       string // its card
}

// inForce is the 有效性 of a document that stands as it is.
const inForce = "有效"

func documentPages(s *site) []*page {
	items := s.byKind[campaign.Documents]
	index := list{
		folder: "open", template: "documents", name: s.say("信息公开"), kind: "信息公开", count: len(items), changed: s.newest(items),
		description: s.short() + s.say("主动公开的政府信息目录。"),
		keywords:    []string{"政府信息公开", "公开目录", "索引号", s.short()},
		data: func(r *rendering, from, to int) (any, error) {
			var lines []directoryLine
			for _, i := range items[from:to] {
				d := i.Document
				lines = append(lines, directoryLine{
					entry: r.entry(i), Index: d.IndexNumber, Number: d.Number, Issuer: d.Issuer, Topic: d.Topic,
					WrittenOn: d.WrittenOn.String(), Validity: d.Validity, Lapsed: lapsed(d),
				})
			}
			return lines, nil
		},
	}.pages(s)
	return append(index, s.articles(index, items, "document", (*rendering).documentData)...)
}

func lapsed(d *campaign.Document) bool { return d.Validity != "" && d.Validity != inForce }

func (r *rendering) documentData(i *campaign.Item, n neighbours) (any, error) {
	d := i.Document
	data := documentData{neighbours: n, Share: r.toShare(i)}
	var err error
	if data.Paper, err = r.paper(pdf.DocumentFile, i.Title); err != nil {
		return nil, err
	}
	data.Record = r.facts(
		"索引号", d.IndexNumber, "文号", d.Number, "发布机构", d.Issuer,
		"成文日期", d.WrittenOn.Chinese(), "发布日期", i.PublishedAt.String(), "更新日期", r.updatedOn(&i.Release),
		"主题分类", d.Topic, "体裁", d.Genre, "有效性", d.Validity,
		"公开方式", i.Disclosure, "来源", otherSource(i, d.Issuer),
	)
	if lapsed(d) {
		data.Validity = d.Validity
	}
	if data.Attachments, err = r.attachments(i); err != nil {
		return nil, err
	}
	data.Body, err = r.body(i, "", 0)
	return data, err
}

// addressee writes the line of 主送机关 above the text of a document in full.
func (w *htmlRenderer) addressee() {
	if d := w.item.Document; d != nil && d.Formal() && d.Addressed() != "" {
		w.element("p", words(d.Addressed()))
		w.put("\n")
	}
}

// signature writes how a document in full ends: 署名, 成文日期 and 附注, or who was at the
// meeting. What it issues stands below, under level-1 headings.
func (w *htmlRenderer) signature() {
	d := w.item.Document
	if w.signed || d == nil || !d.Formal() {
		return
	}
	w.signed = true
	line := func(text string) {
		w.element("p", words(text))
		w.put("\n")
	}
	if d.Layout == campaign.MinutesSheet {
		for _, list := range d.Attendance() {
			line(list[0] + list[1])
		}
	} else {
		w.put(`<div`, w.target.attributes("signature", nil), `>`, "\n")
		for _, text := range append(slices.Clone(d.Parts.Issuers), d.WrittenOn.Chinese()) {
			line(text)
		}
		w.put("</div>\n")
	}
	line(d.NoteOf(w.item))
}

// words is a node that holds a text.
func words(text string) *markdown.Node {
	return &markdown.Node{Children: []*markdown.Node{{Kind: markdown.Text, Text: text}}}
}

// attachments are the files of an item's 附件.
func (r *rendering) attachments(i *campaign.Item) (list []download, err error) {
	for _, a := range i.Attachments() {
		d, err := r.download(i, a.File)
		if err != nil {
			return nil, err
		}
		d.Text = cmp.Or(a.Title, d.Text)
		list = append(list, d)
	}
	return list, nil
}
