package review

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
	"wangjian/internal/release"
)

// eachLink visits every link and picture of every body.
func eachLink(c *Context, visit func(*campaign.Item, campaign.Link)) {
	for _, i := range c.Campaign.Items {
		for _, l := range i.Body.Links {
			visit(i, l)
		}
	}
}

// schemeOf gives what stands before the colon of an address that leaves the
// campaign, or "".
func schemeOf(target string) string {
	first, _, _ := strings.Cut(target, "/")
	scheme, _, found := strings.Cut(first, ":")
	if !found {
		return ""
	}
	return strings.ToLower(scheme)
}

var linkScheme = Rule{
	Code: "link-scheme", Level: campaign.Error,
	Words: "链接只能是相对路径、http(s) 网址或 tel 电话；图片只能是旁边的文件。",
	Check: func(c *Context) {
		eachLink(c, func(i *campaign.Item, l campaign.Link) {
			scheme := schemeOf(l.Target)
			switch {
			case strings.HasPrefix(l.Target, "/") || strings.Contains(l.Target, `\`):
				c.Reportf(l.At, "写相对本文件的路径，如 ../cases/x.md", "链接“%s”不能以 / 开头或含有反斜杠", l.Target)
			case l.Image && scheme != "":
				c.Reportf(l.At, "把图片下载到这篇内容旁边再引用", "图片“%s”不在本站", l.Target)
			case scheme != "" && !slices.Contains([]string{"http", "https", "tel"}, scheme):
				c.Reportf(l.At, "改成相对路径或 https 网址", "链接“%s”的形式不允许", l.Target)
			}
		})
	},
}

// localLink gives the campaign file that a link names and its anchor; ok is
// false for links that leave the campaign or are malformed.
func localLink(i *campaign.Item, l campaign.Link) (file, anchor string, ok bool) {
	if strings.HasPrefix(l.Target, "/") || strings.Contains(l.Target, `\`) {
		return "", "", false
	}
	file, anchor, ok = release.LocalTarget(i.File, l.Target)
	if ok && file == "" {
		file = i.File
	}
	return file, anchor, ok
}

var linkTarget = Rule{
	Code: "link-target", Level: campaign.Error,
	Words: "站内链接和图片指到的文件要存在，并且在 content/ 里。",
	Check: func(c *Context) {
		eachLink(c, func(i *campaign.Item, l campaign.Link) {
			file, _, ok := localLink(i, l)
			if !ok || file == i.File || c.Campaign.ItemAt(file) != nil {
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
			if f, err := c.Whole.Open(file); err == nil {
				folder, statErr := isFolder(f)
				f.Close()
				if statErr == nil && !folder {
					return
				}
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

var linkAnchor = Rule{
	Code: "link-anchor", Level: campaign.Error,
	Words: "链接里 # 后面的标题要存在。",
	Check: func(c *Context) {
		eachLink(c, func(i *campaign.Item, l campaign.Link) {
			file, anchor, ok := localLink(i, l)
			if !ok || anchor == "" {
				return
			}
			target := c.Campaign.ItemAt(file)
			if target == nil || HasAnchor(target, anchor) {
				return
			}
			var texts []string
			for _, h := range target.Body.Headings {
				texts = append(texts, h.Text)
			}
			hint := "写目标文件里有的标题"
			if near := campaign.Nearest(anchor, texts); near != "" {
				hint = "是不是“#" + near + "”？"
			}
			c.Reportf(l.At, hint, "%s 里没有标题“%s”", file, anchor)
		})
	},
}

// HasAnchor tells whether an item has a heading that a link may mean by
// anchor: its text or its id.
func HasAnchor(i *campaign.Item, anchor string) bool {
	return slices.ContainsFunc(i.Body.Headings, func(h campaign.Heading) bool {
		return h.Text == anchor || h.Anchor == anchor || h.Anchor == markdown.Anchor(anchor)
	})
}

var linkHeld = Rule{
	Code: "link-held", Level: campaign.Error,
	Words: "公开的内容不能链接到没有公开的内容。",
	Check: func(c *Context) {
		public := map[string]*campaign.Item{}
		for _, i := range c.Public.Campaign().Items {
			public[i.File] = i
		}
		for _, i := range c.Public.Campaign().Items {
			for _, l := range i.Body.Links {
				file, anchor, ok := localLink(i, l)
				target := c.Campaign.ItemAt(file)
				if !ok || target == nil {
					continue
				}
				if c.Campaign.IsDoubtful(file) {
					continue // why it is held back has been told
				}
				if public[file] == nil {
					c.Reportf(l.At, "删去链接，或等对方公开以后再发布", "%s 链接到没有公开的 %s（%s）", i.File, file, strings.Join(c.Whole.Mark(target), "；"))
				} else if anchor != "" && HasAnchor(target, anchor) && !HasAnchor(public[file], anchor) {
					c.Reportf(l.At, "删去链接，或改链接到公开的部分", "%s 链接到 %s 里不公开的“%s”", i.File, file, anchor)
				}
			}
		}
	},
}

var imageAlt = Rule{
	Code: "image-alt", Level: campaign.Error,
	Words: "每张图片都有文字说明。",
	Check: func(c *Context) {
		eachLink(c, func(i *campaign.Item, l campaign.Link) {
			if l.Image && strings.TrimSpace(l.Text) == "" {
				c.Report(l.At, fmt.Sprintf("图片“%s”没有文字说明", l.Target), "写成 ![说明](文件名)，说明写图上有什么")
			}
		})
	},
}

// isFolder tells whether what was opened is a folder.
func isFolder(f io.ReadCloser) (bool, error) {
	file, ok := f.(fs.File)
	if !ok {
		return false, nil
	}
	info, err := file.Stat()
	if err != nil {
		return false, err
	}
	return info.IsDir(), nil
}
