package site

import (
	"fmt"
	"path"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

// album is a gallery item: its words, pictures and videos.
type album struct {
	Anchor, Title, Source string
	Time, Updated         string
	Body                  body
	Pictures              []albumPicture
	Videos                []video
	Held                  []string
}

// albums are those of a page, with the notes in the place of those that were taken
// down.
type albums struct {
	Albums []album
	Notes  []*note
}

type albumPicture struct {
	Picture           shown
	Caption, Date, On string // On is the date as machines read it
}

type video struct {
	Src, Caption, Date, On string
	Poster                 string
	Width, Height          int    // of the poster; 0 without one
	Transcript             string // words, or "" when there is a file to link to or none
	File                   *download
	TakeAway               download
}

func galleryPages(s *site) []*page {
	items := s.byKind[campaign.Galleries]
	return list{
		folder: "gallery", template: "gallery", name: s.say("影像资料"), kind: "图片视频", count: len(items), changed: s.newest(items),
		description: s.short() + s.say("现场的图片和视频。"),
		keywords:    []string{"影像资料", "图片", "视频", s.short()},
		data: func(r *rendering, from, to int) (any, error) {
			var shown albums
			for _, i := range items[from:to] {
				a, err := r.album(i)
				if err != nil {
					return nil, err
				}
				shown.Albums = append(shown.Albums, a)
			}
			if to == len(items) {
				shown.Notes = s.notes(func(w release.Withdrawn) bool { return w.Kind == campaign.Galleries })
			}
			return shown, nil
		},
	}.pages(s)
}

func (r *rendering) album(i *campaign.Item) (album, error) {
	b, err := r.body(i, i.Slug, 1)
	if err != nil {
		return album{}, err
	}
	a := album{Anchor: i.Slug, Title: i.Title, Time: i.PublishedAt.String(), Updated: r.updatedOn(&i.Release), Source: sourceOf(i), Body: b, Held: r.mark(i)}
	for _, p := range i.Gallery.Pictures {
		img, ok := r.show(i, p.File, p.Caption, gallerySizes)
		if !ok {
			return album{}, fmt.Errorf("%s：%s 不是图片", p.At, p.File)
		}
		a.Pictures = append(a.Pictures, albumPicture{img, p.Caption, p.TakenOn.Chinese(), p.TakenOn.String()})
	}
	for _, v := range i.Gallery.Videos {
		shown := video{Src: r.toEnclosed(i, v.File), Caption: v.Caption, Date: v.TakenOn.Chinese(), On: v.TakenOn.String()}
		if poster, ok := r.show(i, v.Poster, "", gallerySizes); ok {
			shown.Poster, shown.Width, shown.Height = poster.Src, poster.Width, poster.Height
		}
		if shown.TakeAway, err = r.download(i, v.File); err != nil {
			return album{}, err
		}
		shown.TakeAway.Text = r.say("下载视频")
		if err := r.transcript(&shown, i, v.Transcript); err != nil {
			return album{}, err
		}
		a.Videos = append(a.Videos, shown)
	}
	return a, nil
}

// transcript puts a video's words on the page; a file that is no plain text is
// linked to.
func (r *rendering) transcript(v *video, i *campaign.Item, file string) error {
	if file == "" {
		return nil
	}
	if strings.EqualFold(path.Ext(file), ".txt") {
		text, err := r.read(file)
		if err != nil {
			return fmt.Errorf("读取文字稿：%w", err)
		}
		v.Transcript = strings.TrimSpace(strings.TrimPrefix(text, "\ufeff"))
		return nil
	}
	d, err := r.download(i, file)
	d.Text = r.say("视频文字稿")
	v.File = &d
	return err
}
