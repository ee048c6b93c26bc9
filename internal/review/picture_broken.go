package review

import (
	"runtime"
	"sync"

	"wangjian/internal/campaign"
)

var pictureBroken = Rule{
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
