package review

import (
	"fmt"
	"runtime"
	"strings"
	"sync"

	"wangjian/internal/campaign"
	"wangjian/internal/picture"
)

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
		for _, e := range i.Enclosures() {
			if seen[e.File] || e.Video {
				continue
			}
			format, err := c.Whole.FormatOf(e.File)
			if err == nil && (e.Picture || format.IsPicture()) {
				seen[e.File] = true
				list = append(list, shot{e.File, e.At})
			}
		}
	}
	return list
}

var pictureRules = []Rule{
	{
		Code: "image-alt", Level: campaign.Error,
		Words: "每张图片都有文字说明。",
		Check: each(links, func(c *Context, l campaign.Link) {
			if l.Image && strings.TrimSpace(l.Text) == "" {
				c.Report(l.At, fmt.Sprintf("图片“%s”没有文字说明", l.Target), "写成 ![说明](文件名)，说明写图上有什么")
			}
		}),
	}, {
		Code: "picture-broken", Level: campaign.Error,
		Words: "每张要发布的图片都是完好的 JPEG、PNG 或 WebP，不动，不超过 6400 万像素。",
		Check: func(c *Context) {
			shots := publishedPictures(c)
			for n, err := range develop(c, shots) {
				if err != nil && c.Once("picture "+shots[n].file) {
					c.Reportf(shots[n].at, "用看图软件打开，另存为 JPEG 或 PNG 后替换", "图片 %s 不能发布：%s", shots[n].file, err)
				}
			}
		},
	}, {
		Code: "video-refused", Level: campaign.Error,
		Words: "视频是 MP4，容器里的拍摄地点、时间和设备能清得掉。",
		Check: func(c *Context) {
			for _, i := range c.Campaign.Items {
				for _, f := range i.Enclosures() {
					format, err := c.Whole.FormatOf(f.File)
					if err != nil || !format.IsVideo() && !f.Video || !c.Once("video "+f.File) {
						continue
					}
					if !format.IsVideo() {
						c.Reportf(f.At, picture.VideoHint, "视频 %s 不能发布：这不是视频，或者已损坏", f.File)
						continue
					}
					clean, err := c.Whole.Open(f.File)
					if err != nil {
						c.Report(f.At, fmt.Sprintf("视频不能发布：%s", err), picture.VideoHint)
						continue
					}
					clean.Close()
				}
			}
		},
	},
}

// develop makes every picture ready, on all processors: the build finds it
// done.
func develop(c *Context, shots []shot) []error {
	errs := make([]error, len(shots))
	var group sync.WaitGroup
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for n := range shots {
		free <- struct{}{}
		group.Go(func() {
			_, errs[n] = c.Whole.Picture(shots[n].file)
			<-free
		})
	}
	group.Wait()
	return errs
}
