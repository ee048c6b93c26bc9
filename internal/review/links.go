package review

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/markdown"
	"wangjian/internal/release"
	"wangjian/internal/stats"
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

// leavesNote reports whether a file is an item that was taken down: its address
// has a note.
func leavesNote(c *Context, file string) bool {
	return slices.ContainsFunc(c.Public.Withdrawn(), func(w release.Withdrawn) bool { return w.File == file })
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
			f := finding(l.At, fmt.Sprintf("%s 里没有标题“%s”", l.File, l.Anchor), hint)
			if near := campaign.Meant(l.Anchor, texts, 1); near != "" {
				f.Mend = l.At.Mend("#"+l.Anchor+")", "#"+near+")")
			}
			c.Tell(f)
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
					case leavesNote(c, l.File): // link-withdrawn tells it
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
		// Warns and does not stop the build: what is taken down does not wait for
		// those that lead to it, and they lead to its note.
		Code: "link-withdrawn", Level: campaign.Warning,
		Words: "链接指向的内容已经停止公示或撤下，读者看到的只是一句说明。",
		Check: func(c *Context) {
			for _, i := range c.Public.Campaign().Items {
				for _, l := range i.Body.Links {
					if leavesNote(c, l.File) {
						c.Reportf(l.At, "下次改这篇时删去链接", "%s 链接到已经撤下的 %s", i.File, l.File)
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

var referenceRules = []Rule{
	{
		Code: "reference", Level: campaign.Error,
		Words: "正文里的每个 {{…}} 都指到一个已报的数据、图表或统计表，新增只用于没有减少的累计数、增幅只用于当期（增减都可能的写变化）。",
		Check: func(c *Context) {
			// The same words can mean an earlier round on the public site, and only
			// what they mean there keeps them from it.
			public := map[string]bool{}
			for _, i := range c.Public.Campaign().Items {
				public[i.File] = true
				checkReferences(c, i, c.Public.Campaign(), c.Out, false)
			}
			for _, i := range c.Campaign.Items {
				checkReferences(c, i, c.Campaign, c.Book, public[i.File])
			}
		},
	}, {
		Code: "reference-word", Level: campaign.Warning,
		Words: "变化、新增、增幅的引用和前面的字连得通：不印成“新增减少7次”“下降-3.5%”。",
		Check: func(c *Context) {
			for _, i := range c.Campaign.Items {
				for _, ref := range i.Body.References {
					if !ref.Aspect.Compares() {
						continue
					}
					cited, err := c.Book.Cite(ref, i)
					if err != nil {
						continue // referenceResolves reports it
					}
					if err := misread(ref, cited); err != nil {
						c.Reportf(ref.At, "引用写成｜变化，会自己印出增加、减少或持平；前面的那个词删去", "引用“{{%s}}”：%s", ref.Raw, err)
					}
				}
			}
		},
	}, {
		Code: "reference-in-front", Level: campaign.Error,
		Words: "数据引用只写在正文里，开头的信息里不认。",
		Inspect: func(p *reading) (remarks []campaign.Finding) {
			if p.Item == nil {
				return nil
			}
			for n, line := range p.lines {
				if !p.inFront(n) {
					break
				}
				if at := strings.Index(line, "{{"); at >= 0 {
					remarks = append(remarks, finding(p.at(n, at), "开头的信息里不能用 {{…}} 引用数据", "把这句话移到正文，或去掉数字"))
				}
			}
			return remarks
		},
	},
}

// checkReferences resolves the references of an item in what the public, or the
// office, sees. office: what is wrong there does not show on the public site.
func checkReferences(c *Context, i *campaign.Item, scope *campaign.Campaign, book *stats.Table, office bool) {
	for _, ref := range i.Body.References {
		if c.Said("reference " + ref.At.String()) {
			continue
		}
		var err error
		switch ref.Kind {
		case campaign.FigureReference:
			_, err = book.Cite(ref, i)
		case campaign.TableReference:
			_, err = scope.Resolve(ref, release.DefaultRound(i, book.Latest()))
		case campaign.ChartReference:
			_, err = chart.Find(book, scope, ref.Chart)
		}
		if err == nil || isDoubtful(c, i, ref, book) {
			continue
		}
		c.Once("reference " + ref.At.String())
		hint := "改正引用；可用的名称见 data/campaign.yaml 和 data/form.yaml"
		var unknown *campaign.UnknownName
		if errors.As(err, &unknown) && unknown.Nearest != "" {
			hint = "是不是“" + unknown.Nearest + "”？"
		}
		var unlike *stats.Unlike
		if errors.As(err, &unlike) {
			hint = "等" + c.Campaign.Tier.LowerUnits() + "报齐；或者不写变化，分别引用两期的数并说明范围不同"
		}
		f := finding(ref.At, fmt.Sprintf("引用“{{%s}}”：%s", ref.Raw, err), hint)
		f.Office = office
		if unknown != nil && unknown.Sure != "" {
			f.Mend = ref.At.Mend("{{"+ref.Raw+"}}", "{{"+strings.Replace(ref.Raw, unknown.Name, unknown.Sure, 1)+"}}")
		}
		c.Tell(f)
	}
}

// isDoubtful reports whether what a reference points at was already found wrong.
func isDoubtful(c *Context, i *campaign.Item, ref campaign.Reference, book *stats.Table) bool {
	if c.Campaign.IsDoubtful("data/campaign.yaml") || c.Campaign.IsDoubtful("data/form.yaml") {
		return true
	}
	target, err := c.Campaign.Resolve(ref, release.DefaultRound(i, book.Latest()))
	if err != nil || target.Round == nil {
		return false
	}
	rounds := []*campaign.Round{target.Round}
	if target.Round.Previous != nil && ref.Aspect.Compares() {
		rounds = append(rounds, target.Round.Previous)
	}
	for _, round := range rounds {
		if c.Campaign.IsDoubtful(campaign.ReportFile(round, target.Department, target.Region)) {
			return true
		}
	}
	return false
}

// moves are the words before a change that say how a figure moved: up, or down.
var moves = regexp.MustCompile(`(?:(新增|净增|增加|增长|上升|提高)|减少|下降|降低)$`)

// misread finds a change that does not go with the word before it: 新增减少7次,
// 下降-3.5%, 减少12件 of a figure that grew.
func misread(ref campaign.Reference, cited stats.Citation) error {
	word := moves.FindStringSubmatch(strings.TrimRight(ref.Before, "了约为 *"))
	value, err := decimal.NewFromString(cited.Value)
	if word == nil || err != nil {
		return nil
	}
	switch up := word[1] != ""; {
	case ref.Aspect == campaign.Movement: // says the word itself
	case value.IsPositive() && up, value.IsZero() && ref.Aspect == campaign.Increase:
		return nil
	}
	return fmt.Errorf("印出来是“%s%s”，读不通", word[0], cited.Text)
}
