package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	_ "image/gif" // formats that pictures come in, with PNG and WebP
	"image/jpeg"
	_ "image/png"
	"io"
	"runtime"
	"slices"
	"sync"

	_ "golang.org/x/image/webp"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
)

// Pictures are decoded, turned upright, brought down to print size and encoded
// anew. Nothing of what a camera writes beside the picture (place, owner,
// thumbnail) gets into a paper.
const (
	mostPixels  = 1200 // of the longer side: 200 to the inch at full width
	mostDecoded = 100_000_000
	jpegQuality = 85
)

// pictures are the pictures of one view, each prepared once.
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
	r, err := p.view.Open(file)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("认不出图片格式：%w", err)
	}
	if config.Width <= 0 || config.Height <= 0 || config.Width > mostDecoded/config.Height {
		return nil, fmt.Errorf("图片太大（%d×%d 像素）", config.Width, config.Height)
	}
	decoded, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("图片已损坏：%w", err)
	}
	upright := turn(onPaper(decoded), orientation(raw))
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright, &jpeg.Options{Quality: jpegQuality}); err != nil {
		return nil, err
	}
	size := upright.Bounds().Size()
	return &typeset.Image{JPEG: out.Bytes(), Width: size.X, Height: size.Y}, nil
}

// onPaper brings a picture down to print size and puts what is transparent in
// it on white.
func onPaper(in image.Image) *image.RGBA {
	size := in.Bounds().Size()
	out := image.NewRGBA(image.Rect(0, 0, size.X, size.Y))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(out, out.Bounds(), in, in.Bounds().Min, draw.Over)
	if longer := max(size.X, size.Y); longer > mostPixels {
		return shrink(out, max(1, size.X*mostPixels/longer), max(1, size.Y*mostPixels/longer))
	}
	return out
}
