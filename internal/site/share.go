package site

import (
	"cmp"
	"io"
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/release"
)

// Pictures to pass pages on with: every case, warning and document has a card to
// post and a preview of its link; all other pages share the site's preview.
const (
	sitePreview = "assets/preview.png"
	shareName   = "share.png"
	previewName = "preview.png"
)

// carded is how many of a kind's items have pictures, the newest: drawing one
// takes a hundred times as long as a page.
const carded = 200

// hasCard reports whether an item has pictures of its own.
func (s *site) hasCard(i *campaign.Item) bool {
	if i == nil || i.Kind != campaign.Cases && i.Kind != campaign.Warnings && i.Kind != campaign.Documents {
		return false
	}
	list := s.byKind[i.Kind]
	return slices.Contains(list[:min(len(list), carded)], i)
}

// pictureOf is the preview of a page's link.
func (s *site) pictureOf(p *page) string {
	if s.hasCard(p.item) {
		return path.Dir(p.path) + "/" + previewName
	}
	return sitePreview
}

// toShare links to an item's card, "" where it has none.
func (r *rendering) toShare(i *campaign.Item) string {
	if !r.hasCard(i) {
		return ""
	}
	return r.to(r.folderOf(i) + "/" + shareName)
}

// cards promises the pictures.
func cards(s *site) []release.File {
	picture := func(name string, draw func(card.Card) ([]byte, error), say func(*release.View) (card.Card, error)) release.File {
		return s.view.Reading(name, func(w io.Writer, v *release.View) error {
			c, err := say(v)
			if err != nil {
				return err
			}
			raw, err := draw(c)
			if err == nil {
				_, err = w.Write(raw)
			}
			return err
		})
	}
	files := []release.File{picture(sitePreview, s.drawer.Preview, s.siteCard)}
	for _, i := range s.campaign.Items {
		if !s.hasCard(i) {
			continue
		}
		folder := s.folderOf(i)
		files = append(files,
			picture(folder+"/"+shareName, s.drawer.Share, func(v *release.View) (card.Card, error) { return s.cardOf(v, i) }),
			picture(folder+"/"+previewName, s.drawer.Preview, func(*release.View) (card.Card, error) { return s.headOf(i), nil }))
	}
	return files
}

func (s *site) siteCard(*release.View) (card.Card, error) {
	c := s.campaign
	summary := s.lede()
	if latest := s.stats.Latest(); latest != nil {
		var said []string
		for _, f := range s.stats.KeyFigures(latest) {
			if f.Department == c.Lead && f.Quantity.IsNumber() {
				said = append(said, f.Row.Name+f.Quantity.String()+f.Row.Unit)
			}
		}
		if len(said) > 0 {
			summary = strings.Join(said, "，") + "。"
		}
	}
	return card.Card{Kind: s.say("信息公开"), Title: c.Site.Name, Summary: summary, Site: c.Site.Name, Note: s.cardNote()}, nil
}

func (s *site) cardNote() string {
	if s.campaign.Sample {
		return sampleNote
	}
	return ""
}

// headOf is what both pictures of an item say.
func (s *site) headOf(i *campaign.Item) card.Card {
	c := card.Card{
		Kind: s.say(i.Kind.Chinese()), Title: i.Title, Issuer: issuerOf(i), Date: i.PublishedAt.Date.Chinese(),
		Summary: summaryOf(i), Site: s.campaign.Site.Name, Note: s.cardNote(),
	}
	if i.Warning != nil {
		c.Number = i.Warning.Number
	}
	return c
}

const (
	cardPoints  = 6 // how many of a warning's sections its card can name
	cardFigures = 4 // how many of a document's figures
)

// cardOf is an item's card: a warning's advice and hotline, a document's figures
// or its record, a case's record.
func (s *site) cardOf(v *release.View, i *campaign.Item) (card.Card, error) {
	c, where := s.headOf(i), s.campaign.Site
	if s.base != "" {
		c.Address = s.absolute(s.addresses[i].path)
	}
	if where.Hotline != "" && i.Document == nil {
		c.Hotline = card.Fact{Name: cmp.Or(where.HotlineName, s.say("投诉举报热线")), Value: where.Hotline}
	}
	var record []fact
	switch {
	case i.Warning != nil:
		r := &rendering{site: s, view: v, page: &page{path: s.addresses[i].path}, placed: map[string]int{}}
		b, err := r.body(i, "", 0)
		if err != nil {
			return c, err
		}
		for _, h := range b.Contents[:min(len(b.Contents), cardPoints)] {
			c.Points = append(c.Points, card.Fact{Name: h.Text, Value: h.Advice})
		}
	case i.Case != nil:
		record = s.facts("违法行为类型", i.Case.Violation, "行政处罚内容", i.Case.Penalty, "决定日期", i.Case.DecidedOn.Chinese(), "公示期限", s.period(i))
	case i.Document != nil:
		d := i.Document
		var err error
		if c.Figures, err = s.figuresOf(i); err != nil {
			return c, err
		}
		record = s.facts("文号", d.Number, "索引号", d.IndexNumber, "成文日期", d.WrittenOn.Chinese(), "主题分类", d.Topic, "体裁", d.Genre, "有效性", d.Validity)
		if len(c.Figures) > 0 {
			record = record[:0]
		}
	}
	for _, f := range record {
		c.Record = append(c.Record, card.Fact{Name: f.Name, Value: f.Value})
	}
	return c, nil
}

// figuresOf returns the first figures in an item's text, each once.
func (s *site) figuresOf(i *campaign.Item) (list []card.Fact, err error) {
	for _, ref := range i.Body.References {
		if len(list) == cardFigures || ref.Kind != campaign.FigureReference || ref.Aspect != campaign.Plain {
			continue
		}
		cited, err := s.stats.Cite(ref, i)
		if err != nil {
			return nil, err
		}
		fact := card.Fact{Name: cited.Figure.Row.Name, Value: cited.Text}
		if !slices.Contains(list, fact) {
			list = append(list, fact)
		}
	}
	return list, nil
}
