package pdf

import (
	"fmt"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
)

// galleryHeight is the most that a gallery picture may be high: two of them with
// their captions and a heading go on a page.
const galleryHeight = 84 * typeset.Millimetre

// gallery writes the pictures with their captions; a video shows its poster.
func (w *writer) gallery() {
	var items []*campaign.Item
	for _, i := range w.view.ItemsOf(campaign.Galleries) {
		if i.Gallery != nil && len(i.Gallery.Pictures)+len(i.Gallery.Videos) > 0 {
			items = append(items, i)
		}
	}
	if len(items) == 0 {
		return
	}
	w.part("联合执法图片视频资料", "")
	for _, i := range items {
		w.itemHeading(i)
		w.item(i, 3)
		for _, p := range i.Gallery.Pictures {
			w.galleryPicture(p, p.File, p.Caption)
		}
		for _, v := range i.Gallery.Videos {
			w.video(i, v)
		}
	}
}

// galleryPicture adds a picture with its number, caption and day.
func (w *writer) galleryPicture(p campaign.Picture, file, text string) {
	w.from(p.At)
	if !p.TakenOn.IsZero() {
		text += "（" + p.TakenOn.Chinese() + "摄）"
	}
	w.picture(p.At, file, text, &typeset.Picture{Alt: p.Caption, Height: galleryHeight})
}

// picture adds a picture from a file with its number and caption.
func (w *writer) picture(at campaign.Position, file, caption string, p *typeset.Picture) {
	image, err := w.image(at, file)
	if err != nil {
		w.fail(err)
		return
	}
	p.Image, p.Caption, p.Space, p.Lead = image, w.figure(caption), tableSpace, smallLead
	w.add(p, gap)
}

// video adds a video's poster, or a line where it has none.
func (w *writer) video(i *campaign.Item, v campaign.Video) {
	where := "（视频，请在网站“影像资料”栏目观看" + w.atAddress(i) + "）"
	if v.Poster == "" {
		w.from(v.At)
		w.paragraph(v.Caption+where, body)
		return
	}
	w.galleryPicture(v.Picture, v.Poster, v.Caption+where)
}

// image makes a picture of the campaign's folder ready for print. Its errors name the
// place at that asks for it.
func (w *writer) image(at campaign.Position, file string) (*typeset.Image, error) {
	failed := func(err error) error { return fmt.Errorf("%s：图片 %s：%w", at.Source(), file, err) }
	ready, err := w.view.Picture(file)
	if err != nil {
		return nil, failed(err)
	}
	jpeg := func(width float64) ([]byte, error) {
		raw, err := ready.ForPrint(width)
		if err != nil {
			return nil, failed(err)
		}
		return raw, nil
	}
	return &typeset.Image{JPEG: jpeg, Width: ready.Widest().Width, Height: ready.Widest().Height}, nil
}
