package review

import (
	"fmt"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// figureIn returns the figure of a row, its 本级 where own says so; nil when
// there is none.
func figureIn(t *stats.Table, round *campaign.Round, row *campaign.Row, region *campaign.Region, own bool) *stats.Figure {
	switch {
	case row == nil:
		return nil
	case own:
		return t.Own(round, row)
	}
	return t.Figure(round, row, region)
}

// figureOf returns the present figure that an entry is about.
func figureOf(c *Context, x *campaign.Correction) *stats.Figure {
	return figureIn(c.Book, x.Round, x.Row, x.Region, x.Own)
}

// isCorrectedDoubtful reports whether the file of an entry's figure was already
// found wrong.
func isCorrectedDoubtful(c *Context, x *campaign.Correction) bool {
	if x.Department == nil {
		return false
	}
	return c.Campaign.IsDoubtful(campaign.ReportFile(x.Round, x.Department, x.Region)) ||
		c.Campaign.IsDoubtful(campaign.ReportFile(x.Round, x.Department, nil))
}

// isOut reports whether a round is public on the day.
func isOut(c *Context, round *campaign.Round) bool {
	return c.Public.Campaign().FindRound(round.Code) != nil
}

var correctionRules = []Rule{
	{
		Code: "correction-target", Level: campaign.Error,
		Words: "更正的每一条都指到一个已经公布的数；写“撤下”的，这个数已经不在了。",
		Check: each(corrections, func(c *Context, x *campaign.Correction) {
			switch {
			case isCorrectedDoubtful(c, x):
			case x.Round.Release == nil && !x.Withdrawn:
				c.Reportf(x.Keys.Of("期次"), "没有公布过的数直接改，不用写更正", "%s的数据没有公布，谈不上更正", x.Round.Name)
			case x.Withdrawn:
				if isStillPublic(c, x) {
					c.Report(x.Keys.Of("现值"), "写的是撤下，这个数却还在", "删去这个数所在的报表（或期次的 release.yaml），或写出现在的数；已经重新公布的，删去这一条")
				}
			case figureOf(c, x) == nil && !isWithdrawnLater(c, x):
				c.Report(x.Keys.Of("地区", "项目"), "更正指到的数没有填报", "核对期次、部门、地区、项目；已经不再公布的，现值写 撤下")
			}
		}),
	}, {
		Code: "correction-value", Level: campaign.Error,
		Words: "更正的现值就是现在报表里的数；同一个数更正几次，后一次的原值是前一次的现值。",
		Check: each(corrections, func(c *Context, x *campaign.Correction) {
			if x.Row == nil || x.Round.Release == nil || isCorrectedDoubtful(c, x) {
				return
			}
			if !x.Withdrawn && x.Old.Equal(x.New) {
				c.Reportf(x.Keys.Of("现值"), "没有变的数不用更正，删去这一条", "原值和现值都是 %s", x.New)
				return
			}
			list := c.Campaign.CorrectionsOf(x.Round, x.Row, x.Region, x.Own)
			n := slices.Index(list, x)
			if n > 0 && list[n-1].Item != "" && !list[n-1].Withdrawn && !list[n-1].New.Equal(x.Old) {
				c.Reportf(x.Keys.Of("原值"), "原值照上一次更正后公布的数写", "原值是 %s，上一次更正（%s）的现值是 %s", x.Old, list[n-1].On, list[n-1].New)
			}
			if n == len(list)-1 {
				checkPresent(c, x)
			}
		}),
	}, {
		Code: "correction-date", Level: campaign.Error,
		Words: "更正的日期不早于这一期的发布日期，也不晚于今天。",
		Check: each(corrections, func(c *Context, x *campaign.Correction) {
			at := x.Keys.Of("日期")
			if r := x.Round.Release; r != nil && !r.PublishedAt.IsZero() && x.On.Before(r.PublishedAt.Date) {
				c.Reportf(at, "公布以前改的数不用写更正；核对两个日期", "更正日期（%s）早于%s数据的发布日期（%s）", x.On, x.Round.Name, r.PublishedAt.Date)
			}
			if x.On.After(c.Date) {
				c.Reportf(at, "日期写更正公布的那一天", "更正日期（%s）晚于今天（%s）", x.On, c.Date)
			}
		}),
	}, {
		// Compares with what was published: the record, what --against names, or
		// the site that is to be replaced. A figure of a round that comes new is no
		// correction.
		Code: "correction-missing", Level: campaign.Error,
		Words: "已经公布的数改了、没有了，或者公布过的期次里晚报了数，要在 data/corrections.yaml 里写更正（与发布记录比；没有记录的与要替换的网站比，只提醒；用 --against 与已发布的 data/statistics.json 比）。",
		Check: each(changes, reportChange),
	}, {
		Code: "correction-old", Level: campaign.Error,
		Words: "更正的原值就是已经公布的数，公布时没有的写未报（与发布记录或 --against 指的 data/statistics.json 比）。",
		Check: each(changes, func(c *Context, x changed) {
			if len(x.entries) == 0 {
				return
			}
			last, old := x.entries[len(x.entries)-1], x.Quantity.String()
			if x.late {
				old = campaign.NotReported
			}
			switch {
			case last.Item == "": // a form or a round that was withdrawn whole
			case x.now != nil && !last.New.Equal(x.now.Quantity): // correction-value tells it
			case slices.ContainsFunc(x.entries, func(e *campaign.Correction) bool {
				return e.Item != "" && e.Late == x.late && (x.late || e.Old.Equal(x.Quantity))
			}):
			default:
				c.differs(last.Keys.Of("原值"), "原值照公布的数写", "原值是 %s，公布的是 %s", last.OldText(), old)
			}
		}),
	},
}

// reportChange reports a figure that is otherwise than it was published and of which
// no entry tells.
func reportChange(c *Context, x changed) {
	switch {
	case x.isTold():
	case x.late:
		c.propose(x.now.At, "核对；确要补报", entryFor(c, x.now, campaign.NotReported),
			"%s公布时没有，现在是 %s", x.Heading(), x.now.Quantity)
	case x.now != nil:
		c.propose(x.now.At, "核对；确要更正", entryFor(c, x.now, x.Quantity.String()),
			"%s公布的是 %s，现在是 %s", x.Heading(), x.Quantity, x.now.Quantity)
	default:
		reportGone(c, x.PublishedFigure, x.was)
	}
}

// isStillPublic reports whether something that was withdrawn is still published.
func isStillPublic(c *Context, x *campaign.Correction) bool {
	switch {
	case !isOut(c, x.Round), isRestored(c, x):
		return false
	case x.Department == nil:
		return true
	case x.Item == "":
		return c.Book.Report(x.Round, x.Department, x.Region) != nil && !x.Own
	}
	f := figureOf(c, x)
	if f == nil {
		return false
	}
	later := c.Campaign.CorrectionsOf(x.Round, x.Row, x.Region, x.Own)
	return later[len(later)-1] == x
}

// isWithdrawnLater reports whether the last entry about a figure withdraws it.
func isWithdrawnLater(c *Context, x *campaign.Correction) bool {
	list := c.Campaign.CorrectionsOf(x.Round, x.Row, x.Region, x.Own)
	return len(list) > 0 && list[len(list)-1].Withdrawn
}

// isRestored reports whether a later entry tells a figure of a round or a form that
// was withdrawn whole.
func isRestored(c *Context, x *campaign.Correction) bool {
	later := c.Campaign.Corrections[slices.Index(c.Campaign.Corrections, x)+1:]
	return x.Item == "" && slices.ContainsFunc(later, func(y *campaign.Correction) bool {
		return !y.Withdrawn && y.Round == x.Round && (x.Department == nil || y.Department == x.Department && y.Region == x.Region)
	})
}

// checkPresent compares the last entry about a figure with the figure.
func checkPresent(c *Context, x *campaign.Correction) {
	f := figureOf(c, x)
	if f == nil || x.Withdrawn || f.Quantity.Kind == campaign.Blank || f.Quantity.Equal(x.New) {
		return
	}
	c.Reportf(x.Keys.Of("现值"), "这一条已经公布的，另加一条："+entryFor(c, f, x.New.String()).String()+"；还没有公布的，改正现值",
		"现值是 %s，%s 的数是 %s", x.New, f.At.Source(), f.Quantity)
}

// differs reports what is otherwise than it was published. It stops a publication
// also where what it is about is held back.
func (c *Context) differs(at campaign.Position, hint, format string, args ...any) {
	f := finding(at, fmt.Sprintf(format, args...), hint)
	f.Also = "data/corrections.yaml"
	if f.Rule, f.Level = c.rule.Code, c.rule.Level; c.Published.Found {
		f.Level = campaign.Warning
	}
	c.Tell(f)
}

// changed is a published figure that is another now, or no longer there, or one
// that was not there.
type changed struct {
	campaign.PublishedFigure
	was     campaign.Target
	now     *stats.Figure // nil when there is none
	late    bool
	entries []*campaign.Correction
}

// figureAt is which figure of the campaign a published one is.
type figureAt struct {
	campaign.Target
	own bool
}

func changes(c *Context) (list []changed) {
	if c.Published == nil {
		return nil
	}
	known := map[figureAt]bool{}
	find := c.Campaign.PublishedFinder()
	for _, p := range c.Published.Figures {
		was, own, ok := find(p)
		if !ok {
			continue // renamings tell it
		}
		known[figureAt{was, own}] = true
		if isFigureDoubtful(c, was) || (was.Region != nil || own) && !c.Public.ShowsRegions() { // 地区公开 says that they are no longer public
			continue
		}
		var now *stats.Figure
		if !c.isKeptBack(was.Round) {
			now = figureIn(c.tableOf(was.Round), was.Round, was.Row, was.Region, own)
		} else if release.WhyGone(c.Campaign, c.Date, campaign.ReleaseFile(was.Round)) != "" {
			continue
		}
		if now == nil || !now.Quantity.Equal(p.Quantity) {
			list = append(list, changed{p, was, now, false, entriesAbout(c.Campaign, p, was, own)})
		}
	}
	return append(list, lateFigures(c, known)...)
}

// isTold reports whether the last entry about a figure tells of the change; that
// another one is needed behind it is found by its value.
func (x *changed) isTold() bool {
	n := len(x.entries) - 1
	return n >= 0 && (x.now != nil || x.entries[n].Withdrawn)
}

// isKeptBack reports whether a round's figures are not public for another reason
// than that they, having changed, are to be signed again: those are compared as
// they will be.
func (c *Context) isKeptBack(r *campaign.Round) bool {
	return !isOut(c, r) && !release.AwaitsSignature(c.Campaign, r.Release, c.Date)
}

// tableOf returns the figures of a round as they are public, or will be.
func (c *Context) tableOf(r *campaign.Round) *stats.Table {
	if isOut(c, r) {
		return c.Out
	}
	return c.Book
}

func (c *Context) figuresToCompare() []*stats.Figure {
	return append(c.Out.Figures(), where(c.Book.Figures(), func(f *stats.Figure) bool { return !isOut(c, f.Round) && !c.isKeptBack(f.Round) })...)
}

func isFigureDoubtful(c *Context, at campaign.Target) bool {
	return slices.ContainsFunc([]string{campaign.ReportFile(at.Round, at.Department, at.Region), "data/form.yaml", "data/corrections.yaml"}, c.Campaign.IsDoubtful)
}

// lateFigures lists the figures of published rounds that were not there when
// these were published. Where no figure of a region was public, a setting has
// made them so.
func lateFigures(c *Context, known map[figureAt]bool) (list []changed) {
	if c.Published.Items == nil {
		return nil // who knows what else was public
	}
	renamed := c.renamings()
	regions := slices.ContainsFunc(c.Published.Figures, func(p campaign.PublishedFigure) bool { return p.Region != "" })
	for _, f := range c.figuresToCompare() {
		at := campaign.Target{Round: f.Round, Department: f.Department, Row: f.Row, Region: f.Region}
		_, published := c.Published.Items[campaign.ReleaseFile(f.Round)]
		if !published || known[figureAt{at, f.Own}] || isFigureDoubtful(c, at) || c.isRenamed(renamed, at) || !regions && (f.Region != nil || f.Own) {
			continue
		}
		list = append(list, changed{campaign.PublishedFigure{FigureName: f.Name()}, at, f, true, c.Campaign.CorrectionsOf(f.Round, f.Row, f.Region, f.Own)})
	}
	return list
}

// entriesAbout returns the entries about a published figure, also where its row
// is no longer in the form.
func entriesAbout(c *campaign.Campaign, p campaign.PublishedFigure, was campaign.Target, own bool) []*campaign.Correction {
	if was.Row != nil {
		return c.CorrectionsOf(was.Round, was.Row, was.Region, own)
	}
	gone := &campaign.Row{Department: was.Department}
	var list []*campaign.Correction
	for _, x := range c.Corrections {
		y := *x
		if x.Row == nil && x.Item == p.Row {
			y.Row = gone
		}
		if y.Covers(was.Round, gone, was.Region, own) {
			list = append(list, x)
		}
	}
	return list
}

// reportGone tells that a published figure is gone: once for a round or a form
// that is gone whole.
func reportGone(c *Context, p campaign.PublishedFigure, was campaign.Target) {
	const hint = "核对；确要撤下"
	withdrawn := [2]string{"现值", campaign.Withdrawn}
	round, department := [2]string{"期次", p.Round}, [2]string{"部门", p.Department}
	switch report := c.tableOf(was.Round).Report(was.Round, was.Department, was.Region); {
	case c.isKeptBack(was.Round):
		if c.Once("gone " + was.Round.Code) {
			c.propose(was.Round.At, hint, newEntry(was, c.Date, round, withdrawn), "%s的数据公布过，现在没有公开", p.Round)
		}
	case report == nil:
		file := campaign.ReportFile(was.Round, was.Department, was.Region)
		if c.Once("gone " + file) {
			c.propose(campaign.InFile(file), hint, newEntry(was, c.Date, round, department, [2]string{"地区", p.Region}, withdrawn), "%s公布过的报表没有了", p.Round)
		}
	default:
		name := p.Row
		if was.Row != nil {
			name = c.Campaign.Form.Key(was.Row)
		}
		c.propose(campaign.InFile(report.File), hint, newEntry(was, c.Date, round, department, [2]string{"地区", p.Region}, [2]string{"项目", name}, [2]string{"原值", p.Quantity.String()}, withdrawn),
			"%s公布的是 %s，现在没有了", p.Heading(), p.Quantity)
	}
}
