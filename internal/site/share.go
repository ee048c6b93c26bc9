package site

import (
	"cmp"
	"io"
	"path"

	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/release"
)

// Pictures to pass pages on with: every warning and document has a card to post
// and a preview of its link; all other pages share the site's preview.
const (
	sitePreview = "assets/preview.png"
	shareName   = "share.png"
	previewName = "preview.png"
)

// hasCard reports whether an item has pictures of its own.
func hasCard(i *campaign.Item) bool {
	return i != nil && (i.Kind == campaign.Warnings || i.Kind == campaign.Documents)
}

// pictureOf is the preview of a page's link.
func (s *site) pictureOf(p *page) string {
	if hasCard(p.item) {
		return path.Dir(p.path) + "/" + previewName
	}
	return sitePreview
}

// toShare links to an item's card.
func (r *rendering) toShare(i *campaign.Item) string {
	return r.to(r.folderOf(i) + "/" + shareName)
}

// cards promises the pictures.
func cards(s *site) []release.File {
	picture := func(name string, draw func(card.Card) ([]byte, error), say func() card.Card) release.File {
		return s.view.File(name, func(w io.Writer) error {
			raw, err := draw(say())
			if err == nil {
				_, err = w.Write(raw)
			}
			return err
		})
	}
	files := []release.File{picture(sitePreview, s.drawer.Preview, s.siteCard)}
	for _, i := range s.campaign.Items {
		if !hasCard(i) {
			continue
		}
		folder := s.folderOf(i)
		say := func() card.Card { return s.cardOf(i) }
		files = append(files, picture(folder+"/"+shareName, s.drawer.Share, say), picture(folder+"/"+previewName, s.drawer.Preview, say))
	}
	return files
}

func (s *site) siteCard() card.Card {
	c := s.campaign
	return card.Card{Kind: s.say("信息公开"), Title: c.Site.Name, Summary: s.lede(), Site: c.Site.Name, Note: s.cardNote()}
}

func (s *site) cardNote() string {
	if s.campaign.Sample {
		return sampleNote
	}
	return ""
}

// cardPoints is how many of a warning's headings its card can name.
const cardPoints = 6

func (s *site) cardOf(i *campaign.Item) card.Card {
	where := s.campaign.Site
	c := card.Card{
		Kind: s.say(i.Kind.Chinese()), Title: i.Title, Issuer: issuerOf(i), Date: i.PublishedAt.Date.Chinese(),
		Summary: summaryOf(i), Site: where.Name, Note: s.cardNote(),
	}
	if s.base != "" {
		c.Address = s.absolute(s.addresses[i].path)
	}
	if where.Hotline != "" && i.Warning != nil {
		c.Hotline = card.Fact{Name: cmp.Or(where.HotlineName, s.say("投诉举报热线")), Value: where.Hotline}
	}
	switch {
	case i.Warning != nil:
		c.Number = i.Warning.Number
		for _, h := range i.Body.Headings {
			if h.Level == 2 && len(c.Points) < cardPoints {
				c.Points = append(c.Points, h.Text)
			}
		}
	case i.Document != nil:
		d := i.Document
		for _, f := range s.facts("文号", d.Number, "索引号", d.IndexNumber, "成文日期", d.WrittenOn.Chinese(), "主题分类", d.Topic, "体裁", d.Genre, "有效性", d.Validity) {
			c.Record = append(c.Record, card.Fact{Name: f.Name, Value: f.Value})
		}
	}
	return c
}
