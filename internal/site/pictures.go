package site

import (
	"fmt"
	"html/template"
	"io"
	"path"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/picture"
	"wangjian/internal/release"
)

// shot is a picture as it is published beside a page: in a few widths, each a
// file, the widest last.
type shot struct {
	*picture.Picture
	names []string // as its Sizes
}

// How wide a picture stands in the page, for the browser to choose a file by.
const (
	proseSizes   = "(min-width: 50rem) 46rem, 100vw"
	gallerySizes = "(min-width: 76rem) 24rem, (min-width: 40rem) 50vw, 100vw"
)

// shoot names the files of a picture; nil for a file that is none.
func (s *site) shoot(folder, file string, taken map[string]bool) (*shot, error) {
	format, err := s.view.FormatOf(file)
	if err != nil || !format.IsPicture() {
		return nil, nil // a file that is not there fails where it is copied
	}
	p, err := s.view.Picture(file)
	if err != nil {
		return nil, fmt.Errorf("图片 %s：%w", file, err)
	}
	made := &shot{Picture: p}
	stem := strings.TrimSuffix(path.Base(file), path.Ext(file))
	for _, size := range p.Sizes {
		made.names = append(made.names, freeName(folder, stem+"-"+strconv.Itoa(size.Width)+"."+p.Ending, taken))
	}
	return made, nil
}

// shotFiles promises the files of a picture.
func (s *site) shotFiles(folder string, p *shot) []release.File {
	var files []release.File
	for n, name := range p.names {
		files = append(files, s.view.File(folder+"/"+name, func(w io.Writer) error {
			encoded, err := p.Bytes(n)
			if err == nil {
				_, err = w.Write(encoded)
			}
			return err
		}))
	}
	return files
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
	folder := path.Dir(r.addresses[i].path)
	p := r.shots[folder][file]
	if p == nil {
		return shown{}, false
	}
	widest := p.Widest()
	img := shown{Src: r.to(folder + "/" + p.names[len(p.names)-1]), Alt: alt, Width: widest.Width, Height: widest.Height}
	if len(p.names) > 1 {
		var set []string
		for n, name := range p.names {
			set = append(set, r.to(folder+"/"+name)+" "+strconv.Itoa(p.Sizes[n].Width)+"w")
		}
		img.Srcset, img.Sizes = template.Srcset(strings.Join(set, ", ")), sizes
	}
	return img, true
}

// openGraphPicture describes the first picture of the page, for sites that show
// a link with one.
func (r *rendering) openGraphPicture(i *campaign.Item) []meta {
	for _, file := range picturesOf(i) {
		folder := path.Dir(r.addresses[i].path)
		p := r.shots[folder][file.file]
		if p == nil {
			continue
		}
		widest := p.Widest()
		return []meta{
			{"og:image", r.base + escapePath(folder+"/"+p.names[len(p.names)-1])},
			{"og:image:width", strconv.Itoa(widest.Width)},
			{"og:image:height", strconv.Itoa(widest.Height)},
			{"og:image:alt", file.alt},
		}
	}
	return nil
}

type namedPicture struct{ file, alt string }

// picturesOf lists the pictures of an item in the order of reading.
func picturesOf(i *campaign.Item) []namedPicture {
	var list []namedPicture
	if i == nil {
		return nil
	}
	for _, l := range i.Body.Links {
		if l.Image && l.Attached() != "" {
			list = append(list, namedPicture{l.File, l.Text})
		}
	}
	if i.Gallery != nil {
		for _, p := range i.Gallery.Pictures {
			list = append(list, namedPicture{p.File, p.Caption})
		}
	}
	return list
}
