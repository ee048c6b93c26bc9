package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // formats that pictures come in
	"image/jpeg"
	_ "image/png" //
	"io"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" //

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/typeset"
	"wangjian/internal/release"
)

// Pictures are decoded, turned upright, brought down to print size and encoded
// anew. Nothing of what a camera writes beside the picture (place, owner,
// thumbnail) gets into the report.
const (
	mostPixels  = 1400 // of the longer side: 200 to the inch at full width
	mostDecoded = 100_000_000
	jpegQuality = 85
)

// pictures are the pictures of one view, each prepared once.
type pictures struct {
	view *release.View
	mu   sync.Mutex
	done map[string]*prepared
}

type prepared struct {
	once  sync.Once
	image *typeset.Image
	err   error
}

// newPictures starts to prepare what the report is sure to show, on all
// processors; what comes out does not depend on their number.
func newPictures(v *release.View) *pictures {
	p := &pictures{view: v, done: map[string]*prepared{}}
	files := p.expected()
	next := make(chan string, len(files))
	for _, f := range files {
		next <- f
	}
	close(next)
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		go func() {
			for f := range next {
				p.load(f) // an error comes again where the picture is placed
			}
		}()
	}
	return p
}

// expected lists the pictures of the galleries.
func (p *pictures) expected() []string {
	var files []string
	for _, i := range p.view.Campaign().ItemsOf(campaign.Galleries) {
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

// onPaper scales a picture down to print size and puts what is transparent in
// it on white.
func onPaper(in image.Image) *image.RGBA {
	size := in.Bounds().Size()
	w, h := size.X, size.Y
	if longer := max(w, h); longer > mostPixels {
		w, h = max(1, w*mostPixels/longer), max(1, h*mostPixels/longer)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	if w == size.X && h == size.Y {
		draw.Draw(out, out.Bounds(), in, in.Bounds().Min, draw.Over)
	} else {
		draw.BiLinear.Scale(out, out.Bounds(), in, in.Bounds(), draw.Over, nil)
	}
	return out
}
