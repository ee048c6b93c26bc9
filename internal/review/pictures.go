package review

import (
	"fmt"
	"path"

	"wangjian/internal/campaign"
)

// sent is a file that goes out with an item, and where the item names it.
type sent struct {
	file           string
	at             campaign.Position
	picture, video bool // it is meant to be one
}

// sentWith lists the files that go out with an item and are there.
func sentWith(i *campaign.Item) []sent {
	var list []sent
	add := func(file string, picture, video bool, at campaign.Position) {
		if file != "" {
			list = append(list, sent{file, at, picture, video})
		}
	}
	if i.Case != nil {
		add(i.Case.Decision, false, false, i.Keys.Of("决定书"))
	}
	if i.Document != nil {
		for _, a := range i.Document.Attachments {
			add(a, false, false, i.Keys.Of("附件"))
		}
	}
	if i.Gallery != nil {
		for n, p := range i.Gallery.Pictures {
			add(p.File, true, false, i.Keys.Of(fmt.Sprintf("图片.%d.文件", n)))
		}
		for n, v := range i.Gallery.Videos {
			add(v.File, false, true, i.Keys.Of(fmt.Sprintf("视频.%d.文件", n)))
			add(v.Poster, true, false, i.Keys.Of(fmt.Sprintf("视频.%d.封面", n)))
			add(v.Transcript, false, false, i.Keys.Of(fmt.Sprintf("视频.%d.文字稿", n)))
		}
	}
	for _, l := range i.Body.Links {
		// Markdown that is linked to is another item's page, and goes out with none.
		if file, _, ok := localLink(i, l); ok && file != i.File && (l.Image || path.Ext(file) != ".md") {
			add(file, l.Image, false, l.At)
		}
	}
	return list
}

// shot is a picture and where it is named first.
type shot struct {
	file string
	at   campaign.Position
}

// publishedPictures lists the pictures of all items, each once: what is meant
// to be one, and what is one by its bytes.
func publishedPictures(c *Context) []shot {
	var list []shot
	seen := map[string]bool{}
	for _, i := range c.Campaign.Items {
		for _, f := range sentWith(i) {
			if seen[f.file] || f.video || c.itemAt(f.file) != nil {
				continue
			}
			format, err := c.Whole.FormatOf(f.file)
			if err == nil && (f.picture || format.IsPicture()) {
				seen[f.file] = true
				list = append(list, shot{f.file, f.at})
			}
		}
	}
	return list
}
