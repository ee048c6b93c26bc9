package review

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/picture"
)

// medium is a file that an item publishes, where it is named, and what it is by its
// bytes.
type medium struct {
	campaign.Enclosure
	format picture.Format
}

// media returns the files of all items, each opened once. One that cannot be opened
// is left out, which other rules report.
func (c *Context) media() []medium {
	if c.opened != nil {
		return c.opened
	}
	c.opened = []medium{}
	formats := map[string]*picture.Format{}
	for _, i := range publicFirst(c) {
		for _, e := range i.Enclosures() {
			if _, known := formats[e.File]; !known {
				formats[e.File] = nil
				if format, err := c.Whole.FormatOf(e.File); err == nil {
					formats[e.File] = &format
				}
			}
			if format := formats[e.File]; format != nil {
				c.opened = append(c.opened, medium{e, *format})
			}
		}
	}
	return c.opened
}

// checkOpens reports a video or a recording that cannot be cleaned.
func (c *Context) checkOpens(m medium, what, hint string) {
	if clean, err := c.Whole.Open(m.File); err != nil {
		c.Reportf(m.At, hint, "%s不能发布：%s", what, err)
	} else {
		clean.Close()
	}
}

// checkSound reports a file that is not what its name says, and a recording that
// cannot be cleaned. Galleries have rules of their own for what is no picture or video.
func checkSound(c *Context, m medium) {
	switch {
	case !m.format.Fits(m.File):
		if !m.Picture && !m.Video && c.Once("type "+m.File) {
			c.Reportf(m.At, "换成正确的文件，或改正扩展名", "%s：内容不是它的扩展名 %s 所说的那种文件", path.Base(m.File), path.Ext(m.File))
		}
	case m.format.IsSound() && c.Once("sound "+m.File):
		c.checkOpens(m, "录音", picture.SoundHint)
	}
}

// checkAssets reports pictures and recordings of the layouts that cannot be published.
func (c *Context) checkAssets() {
	if c.Layouts == nil {
		return
	}
	_ = fs.WalkDir(c.Layouts, "assets", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return nil // what cannot be read, source reports
		}
		raw, err := fs.ReadFile(c.Layouts, name)
		if err != nil {
			return nil
		}
		if _, err := picture.Asset(name, raw); err != nil {
			c.Reportf(campaign.InFile("layouts/"+name), "换成完好的 SVG、PNG 或 JPEG", "%s 不能发布：%s", path.Base(name), err)
		}
		return nil
	})
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
		Words: "每张要发布的图片都是完好的 JPEG、PNG 或 WebP，不动，不超过 6400 万像素，每边不超过 30000；layouts/assets 里的图片是 SVG、PNG 或 JPEG，内容与扩展名相符。",
		Check: func(c *Context) {
			pictures := where(c.media(), func(m medium) bool {
				return (m.Picture || m.format.IsPicture()) && c.Once("picture "+m.File)
			})
			errs := make([]error, len(pictures))
			inParallel(len(pictures), func(n int) { _, errs[n] = c.Whole.Picture(pictures[n].File) }) // the build finds them done
			for n, err := range errs {
				if err != nil {
					c.Reportf(pictures[n].At, "用看图软件打开，另存为 JPEG 或 PNG 后替换", "图片 %s 不能发布：%s", pictures[n].File, err)
				}
			}
			c.checkAssets()
		},
	}, {
		Code: "video-refused", Level: campaign.Error,
		Words: "视频是 MP4，容器里的拍摄地点、时间和设备能清得掉；字幕、位置等别的轨道不发布。",
		Check: each((*Context).media, func(c *Context, m medium) {
			switch {
			case !m.Video && !m.format.IsVideo() || !c.Once("video "+m.File):
			case !m.format.IsVideo():
				c.Reportf(m.At, picture.VideoHint, "视频 %s 不能发布：这不是视频，或者已损坏", m.File)
			case m.format.Fits(m.File):
				c.checkOpens(m, "视频", picture.VideoHint)
			}
		}),
	},
}
