package review

import (
	"maps"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

var publishedRules = []Rule{
	{
		Code: "forthcoming-short", Level: campaign.Warning,
		Words: "发布预告的日期在预告四周以后，像官方统计那样。",
		Check: each(forthcoming, func(c *Context, f campaign.Forthcoming) {
			if first := f.Announced.AddDays(campaign.LeastNotice); !f.Announced.IsZero() && f.On.Before(first) {
				c.Reportf(f.At, "把日期定在 "+first.String()+" 或以后；已经预告的日期不改，以后早些预告", "“%s”预告（%s）以后不到四周就发布（%s）", f.Name, f.Announced, f.On)
			}
		}),
	}, {
		Code: "forthcoming-moved", Level: campaign.Warning,
		Words: "预告过的一期数据在预告的那一天发布。",
		Check: each(forthcoming, func(c *Context, f campaign.Forthcoming) {
			if f.Round != nil && f.Round.Release != nil && !f.Round.Release.PublishedAt.IsZero() && f.Round.Release.PublishedAt.Date != f.On {
				c.Reportf(f.Round.Release.Keys.Of("发布日期"), "按预告的日期发布；确实要改的，连同 data/campaign.yaml 的发布预告一起改，并说明原因",
					"%s数据的发布日期（%s）不是预告的 %s", f.Round.Name, f.Round.Release.PublishedAt.Date, f.On)
			}
		}),
	},
	{
		Code: "published-gone", Level: campaign.Error,
		Words: "公布过的内容和期次不会不声不响地没有：只有到期、停止公示，或在 data/corrections.yaml 里写了撤下（与发布记录比；没有记录的与要替换的网站比，只提醒）。",
		Check: each(publishedFiles, func(c *Context, file string) {
			if isShown(c, file) || c.Campaign.IsDoubtful(file) || c.Campaign.SettingsUnread() || release.WhyGone(c.Campaign, c.Date, file) != "" || c.awaitsRound(file) {
				return
			}
			c.reportItemGone(c.Published.Items[file])
		}),
	}, {
		Code: "published-unsigned", Level: campaign.Error,
		Words: "公布过的内容改了要重新签（与发布记录比）。",
		Check: each(publishedFiles, func(c *Context, file string) {
			r, was := recordOf(c, file), c.Published.Items[file]
			if !c.Published.Recorded || r == nil || !isShown(c, file) || r.Digest == was.Digest || c.Campaign.IsDoubtful(file) {
				return
			}
			if len(r.Signoffs.With(campaign.Bound)) == 0 && r.Signoffs.String() == was.Signed {
				c.differs(r.Keys.Of("审核"), "用 wangjian sign 依次重签；不该改的改回去", "“%s”公布以后改过，签字还是公布时的", was.Title)
			}
		}),
	},
}

// Compares reports whether a rule compares with what was published.
func Compares(rule string) bool {
	return slices.Contains([]string{"correction-missing", "correction-old", "published-gone", "published-unsigned"}, rule)
}

// publishedFiles lists the items and rounds that were public.
func publishedFiles(c *Context) []string {
	if c.Published == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(c.Published.Items))
}

// recordOf returns the record of publication of an item, or of a round by its
// release.yaml; nil for none.
func recordOf(c *Context, file string) *campaign.Release {
	if i := c.itemAt(file); i != nil {
		return &i.Release
	}
	for _, r := range c.Campaign.Rounds {
		if campaign.ReleaseFile(r) == file {
			return r.Release
		}
	}
	return nil
}

// isShown reports whether an item or a round is public on the day.
func isShown(c *Context, file string) bool {
	if c.shown == nil {
		c.shown = map[string]bool{}
		for _, r := range c.Public.Campaign().Rounds {
			c.shown[campaign.ReleaseFile(r)] = true
		}
		for _, i := range c.Public.Campaign().Items {
			c.shown[i.File] = true
		}
	}
	return c.shown[file]
}

// awaitsRound reports whether an item is kept back by nothing but figures of rounds
// that are to be signed again, which are reported.
func (c *Context) awaitsRound(file string) bool {
	i := c.itemAt(file)
	return i != nil && release.AwaitsRound(c.Campaign, c.Whole.Mark(i), c.Date)
}

// reportItemGone reports that something is public no more, and why as far as that
// is known.
func (c *Context) reportItemGone(was campaign.PublishedItem) {
	name, isItem := strings.CutPrefix(strings.TrimSuffix(was.File, ".md"), "content/")
	entry := [2]string{"内容", name}
	if !isItem {
		code := strings.Split(was.File, "/")[1]
		if !c.Once("gone " + code) {
			return // its figures tell it
		}
		entry = [2]string{"期次", code}
	}
	hint := "确要撤下，在 data/corrections.yaml 的“更正:”下加一条：" + newEntry(campaign.Target{}, c.Date, entry, [2]string{"现值", campaign.Withdrawn}).String()
	if r := recordOf(c, was.File); r != nil && release.AwaitsSignature(c.Campaign, r, c.Date) {
		c.differs(r.Keys.Of("审核"), "用 wangjian sign 依次重签；"+hint, "公布过的“%s”改过，还没有重签", was.Title)
		return
	}
	hint = "放回去；" + hint
	i := c.itemAt(was.File)
	if i == nil {
		c.differs(campaign.InFile(was.File), hint+"；改了文件名的，把旧名写进“别名”", "公布过的“%s”没有了", was.Title)
		return
	}
	c.differs(i.Keys.Start, hint, "公布过的“%s”现在没有公开：%s", was.Title, strings.Join(c.Whole.Mark(i), "；"))
}
