package pdf

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
)

// galleryHeight is the most that a gallery picture may be high: two of them with
// their captions and a heading go on a page.
const galleryHeight = 84 * typeset.Millimetre

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
		w.itemHeading(i)
		w.item(i, 3)
		for _, p := range i.Gallery.Pictures {
			w.galleryPicture(p, p.File, p.Caption)
		}
		for _, v := range i.Gallery.Videos {
			w.video(v)
		}
	}
}

// galleryPicture adds a picture with its number, caption and day.
func (w *writer) galleryPicture(p campaign.Picture, file, text string) {
	w.from(p.At)
	image, err := w.pictures.load(file)
	if err != nil {
		w.fail(fmt.Errorf("%s：%w", p.At.Source(), err))
		return
	}
	if !p.TakenOn.IsZero() {
		text += "（" + p.TakenOn.Chinese() + "摄）"
	}
	w.add(&typeset.Picture{
		Image: image, Alt: p.Caption, Caption: w.figure(text),
		Height: galleryHeight, Space: tableSpace, Lead: smallLead,
	}, gap)
}

// video adds a video's poster, or a line where it has none.
func (w *writer) video(v campaign.Video) {
	const where = "（视频，请在网站“影像资料”栏目观看）"
	if v.Poster == "" {
		w.from(v.At)
		w.paragraph(v.Caption+where, body)
		return
	}
	w.galleryPicture(v.Picture, v.Poster, v.Caption+where)
}

// pictures are the pictures of one view as package picture makes them ready,
// each loaded once.
type pictures struct {
	view    *release.View
	mu      sync.Mutex
	loaded  map[string]func() (*typeset.Image, error)
	closed  atomic.Bool
	workers sync.WaitGroup
}

// newPictures starts to prepare the files, on all processors; what comes out
// does not depend on their number. It must be closed.
func newPictures(v *release.View, files []string) *pictures {
	p := &pictures{view: v, loaded: map[string]func() (*typeset.Image, error){}}
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		p.workers.Go(func() {
			for n := int(next.Add(1)); n <= len(files) && !p.closed.Load(); n = int(next.Add(1)) {
				p.load(files[n-1]) // an error comes again where the picture is placed
			}
		})
	}
	return p
}

// close drops what is not waited for any more.
func (p *pictures) close() {
	p.closed.Store(true)
	p.workers.Wait()
}

// galleryPictures lists the pictures of the galleries.
func galleryPictures(c *campaign.Campaign) []string {
	var files []string
	for _, i := range c.ItemsOf(campaign.Galleries) {
		if i.Gallery == nil {
			continue
		}
		for _, p := range i.Gallery.Pictures {
			files = append(files, p.File)
		}
		for _, v := range i.Gallery.Videos {
			if v.Poster != "" {
				files = append(files, v.Poster)
			}
		}
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// load returns a picture of the campaign's folder ready for print.
func (p *pictures) load(file string) (*typeset.Image, error) {
	p.mu.Lock()
	one := p.loaded[file]
	if one == nil {
		one = sync.OnceValues(func() (*typeset.Image, error) { return p.prepare(file) })
		p.loaded[file] = one
	}
	p.mu.Unlock()
	return one()
}

func (p *pictures) prepare(file string) (*typeset.Image, error) {
	ready, err := p.view.Picture(file)
	if err != nil {
		return nil, fmt.Errorf("图片 %s：%w", file, err)
	}
	jpeg, err := ready.ForPrint()
	if err != nil {
		return nil, fmt.Errorf("图片 %s：%w", file, err)
	}
	return &typeset.Image{JPEG: jpeg, Width: ready.Print.Width, Height: ready.Print.Height}, nil
}
