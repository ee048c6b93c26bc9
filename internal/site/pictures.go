package site

import (
	"fmt"
	"html/template"
	"path"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
)

// How wide a picture stands in the page, for the browser to choose a file by. A browser
// that knows auto goes by the page as it is laid out, in large type too; others by what
// follows.
const (
	proseSizes   = "auto, (min-width: 48rem) 46rem, calc(100vw - 2rem)"
	gallerySizes = "auto, (min-width: 56rem) 23rem, (min-width: 37.5rem) 26rem, calc(100vw - 2rem)"
	homeSizes    = "auto, (min-width: 72.01rem) 24rem, calc(100vw - 2rem)"
)

// nameEnclosure names a file, and the renditions of a picture.
func (s *site) nameEnclosure(e *enclosure, taken map[string]bool) error {
	format, err := s.view.FormatOf(e.file)
	if err != nil || !format.IsPicture() {
		e.name = freeName(e.folder, path.Base(e.file), taken)
		return nil // a file that is not there fails where it is copied
	}
	if e.picture, err = s.view.Picture(e.file); err != nil {
		return fmt.Errorf("图片 %s：%w", e.file, err)
	}
	stem := strings.TrimSuffix(path.Base(e.file), path.Ext(e.file))
	for _, size := range e.picture.Sizes {
		e.name = freeName(e.folder, stem+"-"+strconv.Itoa(size.Width)+"."+e.picture.Ending, taken)
		e.renditions = append(e.renditions, e.name)
	}
	return nil
}

// shown is an img as templates print it.
type shown struct {
	Src, Alt, Sizes string
	Srcset          template.Srcset // "" for a picture with one size
	Width, Height   int
}

// show returns the img of a picture that an item publishes; false for a file
// that is none.
func (r *rendering) show(i *campaign.Item, file, alt, sizes string) (shown, bool) {
	e := r.enclosure(i, file)
	if e == nil || e.picture == nil {
		return shown{}, false
	}
	widest := e.picture.Widest()
	img := shown{Src: r.to(e.folder + "/" + e.name), Alt: alt, Width: widest.Width, Height: widest.Height}
	if len(e.renditions) > 1 {
		var set []string
		for n, name := range e.renditions {
			set = append(set, r.to(e.folder+"/"+name)+" "+strconv.Itoa(e.picture.Sizes[n].Width)+"w")
		}
		img.Srcset, img.Sizes = template.Srcset(strings.Join(set, ", ")), sizes
	}
	return img, true
}

// openGraphPicture describes the first picture of an item in the order of
// reading, for sites that show a link with one.
func (r *rendering) openGraphPicture(i *campaign.Item) []meta {
	if i == nil {
		return nil
	}
	describe := func(file, alt string) []meta {
		e := r.enclosure(i, file)
		if e == nil || e.picture == nil {
			return nil
		}
		widest := e.picture.Widest()
		return []meta{
			{"og:image", r.base + escapePath(e.folder+"/"+e.name)},
			{"og:image:width", strconv.Itoa(widest.Width)},
			{"og:image:height", strconv.Itoa(widest.Height)},
			{"og:image:alt", alt},
		}
	}
	for _, l := range i.Body.Links {
		if l.Image && l.Attached() != "" {
			if m := describe(l.File, l.Text); m != nil {
				return m
			}
		}
	}
	if i.Gallery != nil {
		for _, p := range i.Gallery.Pictures {
			if m := describe(p.File, p.Caption); m != nil {
				return m
			}
		}
	}
	return nil
}
