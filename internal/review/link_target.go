package review

import (
	"path"
	"strings"

	"wangjian/internal/campaign"
)

var linkTarget = Rule{
	Code: "link-target", Level: campaign.Error,
	Words: "站内链接和图片指到的文件要存在，并且在 content/ 里。",
	Check: func(c *Context) {
		eachLink(c, func(i *campaign.Item, l campaign.Link) {
			file, _, ok := localLink(i, l)
			if !ok || file == i.File || c.itemAt(file) != nil {
				return
			}
			if l.Target == "" {
				c.Report(l.At, "这个链接没有写地址", "在括号里写上相对路径")
				return
			}
			if !strings.HasPrefix(file, "content/") {
				c.Reportf(l.At, "只能链接 content/ 里的文件", "链接“%s”指到了 content/ 以外", l.Target)
				return
			}
			if c.Whole.Is(file) {
				return
			}
			hint := "改正路径；路径从本文件所在的文件夹算起"
			var files []string
			for _, other := range c.Campaign.Items {
				files = append(files, other.File)
			}
			if near := campaign.Nearest(file, files); near != "" {
				hint = "是不是“" + relative(i.File, near) + "”？"
			}
			c.Reportf(l.At, hint, "链接“%s”指到的文件不存在", l.Target)
		})
	},
}

// relative writes a campaign file's path as a link from another file.
func relative(from, to string) string {
	a, b := strings.Split(path.Dir(from), "/"), strings.Split(to, "/")
	n := 0
	for n < len(a) && n < len(b)-1 && a[n] == b[n] {
		n++
	}
	return strings.Repeat("../", len(a)-n) + strings.Join(b[n:], "/")
}
