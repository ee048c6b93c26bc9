package pdf

import (
	"fmt"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
)

// shotHeight is the most that a gallery picture may be high: two of them with
// their captions and a heading go on a page.
const shotHeight = 84 * typeset.Millimetre

// gallery writes the pictures with their captions; a video shows its poster.
func (w *writer) gallery() {
	var items []*campaign.Item
	for _, i := range w.campaign.ItemsOf(campaign.Galleries) {
		if i.Gallery != nil && len(i.Gallery.Pictures)+len(i.Gallery.Videos) > 0 {
			items = append(items, i)
		}
	}
	if len(items) == 0 {
		return
	}
	w.part("联合执法图片视频资料")
	for _, i := range items {
		w.from(campaign.InFile(i.File))
		w.heading(2, i.Title, anchorOf(i))
		w.heldMark(w.view.Mark(i))
		w.item(i, 3)
		for _, p := range i.Gallery.Pictures {
			w.shot(p, p.File, p.Caption)
		}
		for _, v := range i.Gallery.Videos {
			w.video(v)
		}
	}
}

// shot adds a picture with its number, caption and day.
func (w *writer) shot(p campaign.Picture, file, text string) {
	w.from(p.At)
	image, err := w.pictures.load(file)
	if err != nil {
		w.fail(fmt.Errorf("%s：%w", p.At.Source(), err))
		return
	}
	w.add(&typeset.Picture{
		Image: image, Alt: p.Caption, Caption: w.shotCaption(p, text),
		Height: shotHeight, Space: tableSpace, Lead: smallLead,
	}, gap)
}

func (w *writer) shotCaption(p campaign.Picture, text string) []typeset.Run {
	if !p.TakenOn.IsZero() {
		text += "（" + p.TakenOn.Chinese() + "摄）"
	}
	return w.figure(text)
}

// video adds a video's poster, or a line where it has none.
func (w *writer) video(v campaign.Video) {
	const where = "（视频，请在网站“影像资料”栏目观看）"
	if v.Poster == "" {
		w.from(v.At)
		w.paragraph(v.Caption+where, body)
		return
	}
	w.shot(v.Picture, v.Poster, v.Caption+where)
}
