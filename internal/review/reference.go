package review

import (
	"errors"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

var referenceResolves = Rule{
	Code: "reference", Level: campaign.Error,
	Words: "正文里的每个 {{…}} 都指到一个已报的数据、图表或统计表，新增只用于没有减少的累计数、增幅只用于当期（增减都可能的写变化）。",
	Check: func(c *Context) {
		for _, i := range c.Campaign.Items {
			checkReferences(c, i, c.Campaign, c.Book)
		}
		// The same words can mean an earlier round on the public site.
		for _, i := range c.Public.Campaign().Items {
			checkReferences(c, i, c.Public.Campaign(), c.Out)
		}
	},
}

func checkReferences(c *Context, i *campaign.Item, scope *campaign.Campaign, book *stats.Table) {
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
			hint = "等" + campaign.LowerUnits + "报齐；或者不写变化，分别引用两期的数并说明范围不同"
		}
		c.Reportf(ref.At, hint, "引用“{{%s}}”：%s", ref.Raw, err)
	}
}

// isDoubtful tells whether what a reference points at was already found wrong.
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
