package review

import (
	"fmt"

	"wangjian/internal/campaign"
	"wangjian/internal/picture"
)

var videoRefused = Rule{
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
}
