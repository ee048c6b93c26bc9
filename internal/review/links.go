package review

import (
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/markdown"
)

// HasAnchor reports whether an item has a heading that a link may mean by
// anchor: its text or its id.
func HasAnchor(i *campaign.Item, anchor string) bool {
	return slices.ContainsFunc(i.Body.Headings, func(h campaign.Heading) bool {
		return h.Text == anchor || h.Anchor == anchor || h.Anchor == markdown.Anchor(anchor)
	})
}

// address is a slug or an alias and who has it.
type address struct {
	item *campaign.Item
	at   campaign.Position
}

// checkAliases reports former addresses that can be none, or that are taken. Of
// two that want the same the one is reported that is held back, else the later.
func checkAliases(c *Context) {
	taken := map[string]address{}
	key := func(i *campaign.Item, word string) string { return string(i.Kind) + "/" + campaign.FoldedName(word) }
	items := where(publicFirst(c), func(i *campaign.Item) bool { return i.Kind != campaign.Narratives })
	for _, i := range items {
		taken[key(i, i.Slug)] = address{i, campaign.InFile(i.File)}
	}
	for _, i := range items {
		for n, alias := range i.Aliases {
			at := i.Keys.Of(fmt.Sprintf("别名.%d", n))
			first, again := taken[key(i, alias)]
			switch {
			case !campaign.IsSlug(alias):
				c.Reportf(at, "写原来的文件名，不带 .md，如 zhibo-xujia；不能叫 index 或 page-…", "别名“%s”不能用作网址", alias)
			case again && first.item == i && campaign.FoldedName(alias) == campaign.FoldedName(i.Slug):
				c.Report(at, fmt.Sprintf("别名“%s”就是现在的文件名", alias), "删去它：别名只写以前的文件名")
			case again && first.item == i:
				c.Report(at, fmt.Sprintf("别名“%s”写了两遍", alias), "只留一处")
			case again:
				c.reportTaken(i, at, first, alias)
			default:
				taken[key(i, alias)] = address{i, at}
			}
		}
	}
}

// reportTaken reports an alias of an item that another has.
func (c *Context) reportTaken(i *campaign.Item, at campaign.Position, first address, alias string) {
	if c.Exposed.Item(i) && !c.Exposed.Item(first.item) {
		at, first = first.at, address{i, at}
	}
	c.Reportf(at, "两篇不能有同一个网址：改掉其中一个", "“%s”的网址与 %s 的相同", alias, first.item.File)
}

var linkRules = []Rule{
	{
		Code: "alias", Level: campaign.Error,
		Words: "别名能用作网址，不是现在的文件名，也不与同类内容的文件名和别名相同。",
		Check: checkAliases,
	}, {
		Code: "link-anchor", Level: campaign.Error,
		Words: "链接里 # 后面的标题要存在。",
		Check: each(links, func(c *Context, l campaign.Link) {
			target := c.itemAt(l.File)
			if l.Anchor == "" || target == nil || HasAnchor(target, l.Anchor) {
				return
			}
			var texts []string
			for _, h := range target.Body.Headings {
				texts = append(texts, h.Text)
			}
			hint := "写目标文件里有的标题"
			if near := campaign.Nearest(l.Anchor, texts); near != "" {
				hint = "是不是“#" + near + "”？"
			}
			c.Reportf(l.At, hint, "%s 里没有标题“%s”", l.File, l.Anchor)
		}),
	}, {
		Code: "link-held", Level: campaign.Error,
		Words: "公开的内容不能链接到没有公开的内容。",
		Check: func(c *Context) {
			public := map[string]*campaign.Item{}
			for _, i := range c.Public.Campaign().Items {
				public[i.File] = i
			}
			for _, i := range c.Public.Campaign().Items {
				for _, l := range i.Body.Links {
					target := c.itemAt(l.File)
					switch {
					case !campaign.IsMarkdown(l.File), c.Campaign.IsDoubtful(l.File) && c.Exposed.File(l.File):
						// No item, or one whose own fault has been told.
					case target == nil:
						c.Reportf(l.At, "删去链接，或等对方公开以后再发布", "%s 链接到没有公开的 %s（它读不出来）", i.File, l.File)
					case public[l.File] == nil:
						c.Reportf(l.At, "删去链接，或等对方公开以后再发布", "%s 链接到没有公开的 %s（%s）", i.File, l.File, strings.Join(c.Whole.Mark(target), "；"))
					case l.Anchor != "" && HasAnchor(target, l.Anchor) && !HasAnchor(public[l.File], l.Anchor):
						c.Reportf(l.At, "删去链接，或改链接到公开的部分", "%s 链接到 %s 里不公开的“%s”", i.File, l.File, l.Anchor)
					}
				}
			}
		},
	}, {
		Code: "link-scheme", Level: campaign.Error,
		Words: "链接只能是相对路径、http(s) 网址或 tel 电话；图片只能是旁边的文件。",
		Check: each(links, func(c *Context, l campaign.Link) {
			switch {
			case campaign.IsRooted(l.Target):
				c.Reportf(l.At, "写相对本文件的路径，如 ../cases/x.md", "链接“%s”不能以 / 开头或含有反斜杠", l.Target)
			case l.Image && l.Scheme != "":
				c.Reportf(l.At, "把图片下载到这篇内容旁边再引用", "图片“%s”不在本站", l.Target)
			case l.Scheme != "" && !slices.Contains([]string{"http", "https", "tel"}, l.Scheme):
				c.Reportf(l.At, "改成相对路径或 https 网址", "链接“%s”的形式不允许", l.Target)
			}
		}),
	},
}
