package pdf

import (
	"fmt"
	"runtime"
	"slices"
	"sync"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
)

// pictures are the pictures of one view as package picture makes them ready,
// each loaded once.
type pictures struct {
	view    *release.View
	mu      sync.Mutex
	done    map[string]*prepared
	queue   chan string
	workers sync.WaitGroup
}

type prepared struct {
	once  sync.Once
	image *typeset.Image
	err   error
}

// newPictures starts to prepare the files, on all processors; what comes out
// does not depend on their number. It must be closed.
func newPictures(v *release.View, files []string) *pictures {
	p := &pictures{view: v, done: map[string]*prepared{}}
	p.queue = make(chan string, len(files))
	for _, f := range files {
		p.queue <- f
	}
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		p.workers.Go(func() {
			for {
				select {
				case f := <-p.queue:
					p.load(f) // an error comes again where the picture is placed
				default:
					return
				}
			}
		})
	}
	return p
}

// close drops what nobody waits for any more.
func (p *pictures) close() {
	for {
		select {
		case <-p.queue:
		default:
			p.workers.Wait()
			return
		}
	}
}

// galleryPictures lists the pictures of the galleries.
func galleryPictures(c *campaign.Campaign) []string {
	var files []string
	for _, i := range c.ItemsOf(campaign.Galleries) {
		if i.Gallery == nil {
			continue
		}
		for _, shot := range i.Gallery.Pictures {
			files = append(files, shot.File)
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

// load gives a picture of the campaign's folder ready for print.
func (p *pictures) load(file string) (*typeset.Image, error) {
	p.mu.Lock()
	one := p.done[file]
	if one == nil {
		one = &prepared{}
		p.done[file] = one
	}
	p.mu.Unlock()
	one.once.Do(func() {
		if one.image, one.err = p.prepare(file); one.err != nil {
			one.err = fmt.Errorf("图片 %s：%w", file, one.err)
		}
	})
	return one.image, one.err
}

func (p *pictures) prepare(file string) (*typeset.Image, error) {
	ready, err := p.view.Picture(file)
	if err != nil {
		return nil, err
	}
	jpeg, err := ready.ForPrint()
	if err != nil {
		return nil, err
	}
	return &typeset.Image{JPEG: jpeg, Width: ready.Print.Width, Height: ready.Print.Height}, nil
}
