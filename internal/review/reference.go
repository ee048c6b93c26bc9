package review

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/chart"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

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
			hint = "等" + campaign.LowerUnits + "报齐；或者不写变化，分别引用两期的数并说明范围不同"
		}
		f := finding(ref.At, fmt.Sprintf("引用“{{%s}}”：%s", ref.Raw, err), hint)
		f.Office = office
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
