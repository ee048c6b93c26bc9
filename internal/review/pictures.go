package review

import (
	"fmt"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/picture"
)

// picked is a picture and where it is named first.
type picked struct {
	file string
	at   campaign.Position
}

// publishedPictures lists the pictures of all items, each once: what is meant
// to be one, and what is one by its bytes.
func publishedPictures(c *Context) []picked {
	var list []picked
	seen := map[string]bool{}
	for _, i := range publicFirst(c) {
		for _, e := range i.Enclosures() {
			if seen[e.File] || e.Video {
				continue
			}
			format, err := c.Whole.FormatOf(e.File)
			if err == nil && (e.Picture || format.IsPicture()) {
				seen[e.File] = true
				list = append(list, picked{e.File, e.At})
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
			pictures := publishedPictures(c)
			errs := make([]error, len(pictures))
			inParallel(len(pictures), func(n int) { _, errs[n] = c.Whole.Picture(pictures[n].file) }) // the build finds them done
			for n, err := range errs {
				if err != nil && c.Once("picture "+pictures[n].file) {
					c.Reportf(pictures[n].at, "用看图软件打开，另存为 JPEG 或 PNG 后替换", "图片 %s 不能发布：%s", pictures[n].file, err)
				}
			}
		},
	}, {
		Code: "video-refused", Level: campaign.Error,
		Words: "视频是 MP4，容器里的拍摄地点、时间和设备能清得掉。",
		Check: func(c *Context) {
			for _, i := range publicFirst(c) {
				for _, f := range i.Enclosures() {
					format, err := c.Whole.FormatOf(f.File)
					if err != nil || !format.IsVideo() && !f.Video || !c.Once("video "+f.File) {
						continue
					}
					if !format.IsVideo() {
						c.Reportf(f.At, picture.VideoHint, "视频 %s 不能发布：这不是视频，或者已损坏", f.File)
					} else if clean, err := c.Whole.Open(f.File); err != nil {
						c.Reportf(f.At, picture.VideoHint, "视频不能发布：%s", err)
					} else {
						clean.Close()
					}
				}
			}
		},
	},
}
