package review

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/prose"
	"wangjian/internal/stats"
)

var narrativeRules = []Rule{
	{
		Code: "narrative-sections", Level: campaign.Error,
		Words: "总结的二级标题依次是经验做法、行动成效、存在问题、下一步打算，各一次，没有别的。",
		Check: each(narratives, checkSections),
	},
}

func checkSections(c *Context, i *campaign.Item) {
	wanted := campaign.NarrativeSections
	var present []string
	for _, h := range i.Body.Headings {
		if h.Level == 2 && slices.Contains(wanted, h.Text) {
			present = append(present, h.Text)
		}
	}
	var missing []string
	for _, w := range wanted {
		if !slices.Contains(present, w) {
			missing = append(missing, w)
		}
	}
	seen := map[string]bool{}
	last := -1
	for _, h := range i.Body.Headings {
		if h.Level != 2 {
			continue
		}
		place := slices.Index(wanted, h.Text)
		switch {
		case place < 0:
			hint := "二级标题只能是经验做法、行动成效、存在问题、下一步打算；小标题用三级（###）"
			if near := campaign.Nearest(h.Text, missing); near != "" {
				hint = "是不是“" + near + "”？"
				missing = slices.DeleteFunc(missing, func(m string) bool { return m == near })
			}
			f := finding(h.At, fmt.Sprintf("总结里不该有二级标题“%s”", h.Text), hint)
			if near := campaign.Meant(h.Text, wanted, 1); near != "" && !slices.Contains(present, near) {
				f.Mend = h.At.Mend(h.Text, near)
			}
			c.Tell(f)
		case seen[h.Text]:
			c.Reportf(h.At, "合并成一节", "“%s”写了两节", h.Text)
		case place < last:
			c.Reportf(h.At, "按经验做法、行动成效、存在问题、下一步打算的次序排列", "“%s”的次序不对", h.Text)
		}
		seen[h.Text] = seen[h.Text] || place >= 0
		last = max(last, place)
	}
	for _, m := range missing {
		c.Reportf(campaign.InFile(i.File), "补上“## "+m+"”一节", "总结缺“%s”", m)
	}
}

var missingRules = []Rule{
	{
		Code: "report-missing", Level: campaign.Warning,
		Words: "期次截止后，统计表里有项目的部门都应当报了表。",
		Check: each(overdue, func(c *Context, a absence) {
			if len(c.Campaign.Form.RowsOf(a.department)) > 0 && c.Campaign.Report(a.round, a.department, nil) == nil {
				c.missing(campaign.ReportFile(a.round, a.department, nil), a, "统计表")
			}
		}),
	}, {
		Code: "narrative-missing", Level: campaign.Warning,
		Words: "期次截止后，每个部门都应当有这一期的总结。",
		Check: each(overdue, func(c *Context, a absence) {
			if c.Campaign.Narrative(a.round, a.department, nil) == nil {
				c.missing(campaign.NarrativeFile(a.round, a.department), a, "总结")
			}
		}),
	},
}

// missing reports a file that should be there, unless it is there and wrong.
func (c *Context) missing(file string, a absence, what string) {
	if _, broken := c.Campaign.Unread(file); !broken && !c.Campaign.IsDoubtful(file) {
		c.Reportf(campaign.InFile(file), "催报，或补上这个文件", "%s没有报%s%s（%s截止）", a.department.Short, a.round.Name, what, a.round.Deadline.Chinese())
	}
}

// claims lists what the narratives write out about figures, once for both rules:
// numbers beside the name of their indicator, changes, and numbers without a
// name that equal a figure. Those of a narrative are taken over while it and the
// figures are the same.
func (c *Context) claims() []*prose.Claim {
	if c.claimed != nil {
		return c.claimed
	}
	any := prose.NewMatcher(c.Campaign, c.Book, nil, nil, nil)
	narratives := narratives(c)
	each := make([][]*prose.Claim, len(narratives))
	inParallel(len(narratives), func(n int) {
		i, ok := narratives[n], false
		if each[n], ok = c.memory.claims[i]; ok {
			return
		}
		matcher := any.For(i.Round, i.Department, i.Region)
		for at := range i.Body.Sentences {
			each[n] = append(each[n], matcher.Claims(&i.Body.Sentences[at])...)
		}
	})
	c.claimed = slices.Concat(append(each, []*prose.Claim{})...)
	c.memory.claims = make(map[*campaign.Item][]*prose.Claim, len(narratives))
	for n, i := range narratives {
		c.memory.claims[i] = each[n]
	}
	return c.claimed
}

// otherRound returns the round that a sentence names right before a reference
// to another round's figure; nil where it compares the two, or names none.
func (c *Context) otherRound(i *campaign.Item, s *campaign.Sentence, r campaign.Run) (said *campaign.Round, f *stats.Figure) {
	if r.Reference == nil || r.Reference.Aspect != "" && r.Reference.Aspect != campaign.Value {
		return nil, nil
	}
	target, err := c.Campaign.Resolve(*r.Reference, i.Round)
	if err != nil || target.Row == nil {
		return nil, nil
	}
	before := s.Text[:r.Offset]
	clause := clauseBefore(before[strings.LastIndex(before, "\ufffc")+1:])
	for _, round := range c.Campaign.Rounds {
		if round == target.Round || hasName(clause, target.Round.Named) {
			continue
		}
		name := nameIn(clause, round.Named)
		if name != "" && !comparing.MatchString(clause) || prose.EndsOn(clause, round.Deadline) && !prose.EndsOn(clause, target.Round.Deadline) {
			return round, c.Book.Figure(target.Round, target.Row, target.Region)
		}
	}
	return nil, nil
}

// comparing words name a round to count from it.
var comparing = regexp.MustCompile(`比|较|以来|以后|之后|以前|之前|相比|至|到|与|和|后|前`)

var proseRules = []Rule{
	{
		Code: "prose-differs", Level: campaign.Error,
		Words:   "总结里与项目名称写在一起的数字、单位和增减（较中期增加6件、同比增长35%），要与统计表一致；量词（起、名）和万、中文数字按值比较。",
		Figures: remarksDiffer,
		Check: func(c *Context) {
			for _, i := range narratives(c) {
				for n := range i.Body.Sentences {
					s := &i.Body.Sentences[n]
					for _, r := range s.Runs {
						if round, f := c.otherRound(i, s, r); round != nil && f != nil {
							c.Reportf(r.At, "引用哪一期的就写哪一期：{{"+round.Short+":"+strings.TrimPrefix(f.Reference(&c.Campaign.Form), "{{"), "这里说的是%s，引用的“%s”是%s的（%s）",
								round.Name, f.Row.Name, f.Round.Name, f.At.Source())
						}
					}
				}
			}
			for _, x := range c.claims() {
				f := x.Figure
				switch {
				case x.Equal || !x.Sure:
				case x.Aspect == prose.Whole, x.Aspect == prose.WrongUnit:
					c.Reportf(x.At(), "改成引用 "+f.Reference(&c.Campaign.Form), "这里写的是 %s，%s统计表里“%s”是 %s（%s）",
						x.Written(), x.Round.Name, f.Row.Name, x.Want, f.At.Source())
				case x.Named:
					since := "上年同期（" + f.At.Source() + "）"
					if x.Since != nil {
						since = x.Since.Round.Name + "（" + x.Since.At.Source() + "）"
					}
					c.Reportf(x.At(), "核对统计表，把写错的一处改正", "这里写的变化是 %s，“%s”（%s）比%s%s",
						x.Told(x.Written()), f.Row.Name, f.At.Source(), since, x.Want)
				}
			}
		},
	}, {
		Code: "prose-literal", Level: campaign.Warning,
		Words: "总结里与统计表相同的数字应当写成引用，数据改了才不会不一致。",
		Check: func(c *Context) {
			for _, x := range c.claims() {
				if x.Equal && (x.Aspect == prose.Whole || x.Aspect == prose.Bare) {
					f := finding(x.At(), fmt.Sprintf("%s 与统计表里的“%s”相同，却是手写的", x.Written(), x.Figure.Row.Name), "改成引用 "+x.Figure.Reference(&c.Campaign.Form))
					f.Mend = c.citing(x)
					c.Tell(f)
				}
			}
		},
	}, {
		// Looks for what no reference tells: a region's number written out
		// in a public text. It can be another number, so a person decides.
		Code: "region-figure", Level: campaign.Warning,
		Words: "地区公开是只公布合计的，公开的文字里不写单个县（市、区）的数。",
		Check: func(c *Context) {
			if c.Public.ShowsRegions() {
				return
			}
			figures := regionFigures(c)
			for _, i := range c.Public.Campaign().Items {
				for n := range i.Body.Sentences {
					s := &i.Body.Sentences[n]
					for _, number := range prose.Numbers(s.Text) {
						rest := strings.TrimLeft(s.Text[number.To:], " ")
						for _, f := range figures[number.Value.String()] {
							if strings.HasPrefix(rest, strings.TrimPrefix(f.Row.Unit, "万")) && strings.Contains(s.Text, f.Region.Short) {
								c.Reportf(s.Place(number.From), "改写合计，或删去；不是这个数的不用改", "“%s%s”与%s报的数相同，单个%s的数没有公开",
									strings.TrimSuffix(s.Text[number.From:number.To], "万"), f.Row.Unit, f.Region.Short, c.Campaign.Tier.LowerUnits())
								break
							}
						}
					}
				}
			}
		},
	},
}

// citing writes a reference for a number that is written out, where the reference
// prints the same words.
func (c *Context) citing(x *prose.Claim) campaign.Mend {
	written := x.Figure.Reference(&c.Campaign.Form)
	ref, err := campaign.ParseReference(strings.Trim(written, "{}"))
	item := c.itemAt(x.At().File)
	if err != nil || item == nil || x.Aspect == prose.Bare {
		return campaign.Mend{}
	}
	cited, err := c.Book.Cite(ref, item)
	if err != nil || cited.Figure != x.Figure || cited.Text != x.Written() {
		return campaign.Mend{}
	}
	return x.At().Mend(x.Written(), written)
}

// remarksDiffer compares what the 备注 of a figure says with the other rounds: no
// item is involved, and the finding is in the form that says it.
func remarksDiffer(c *Context) {
	matcher := prose.NewMatcher(c.Campaign, c.Book, nil, nil, nil)
	for _, f := range figures(c) {
		if !strings.ContainsAny(f.Remark, "0123456789０１２３４５６７８９十百千") {
			continue
		}
		for _, x := range matcher.Remark(f) {
			if !x.Equal && x.Sure && (x.Aspect == prose.Whole || x.Named) {
				c.Reportf(f.At, "核对两期报表，把写错的一处改正", "备注写的是 %s，按报表“%s”是%s（%s）",
					f.Remark[x.From:x.End], x.Figure.Row.Name, x.Want, cmp.Or(x.Since, x.Figure).At.Source())
			}
		}
	}
}

// regionFigures returns the regions' numbers by their value.
func regionFigures(c *Context) map[string][]*stats.Figure {
	list := map[string][]*stats.Figure{}
	for _, f := range figures(c) {
		n := f.Quantity.Decimal()
		if strings.HasPrefix(f.Row.Unit, "万") {
			n = n.Mul(tenThousand)
		}
		if f.Region != nil && !n.IsZero() {
			list[n.String()] = append(list[n.String()], f)
		}
	}
	return list
}
