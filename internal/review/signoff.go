package review

import (
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// reviews are the three sign-offs; the confidentiality review is apart.
var reviews = []campaign.Stage{campaign.FirstReview, campaign.SecondReview, campaign.FinalReview}

// signed returns the signatures of the stages that are there, in their order.
func signed(r *campaign.Release, stages []campaign.Stage) (list campaign.Signoffs) {
	for _, stage := range stages {
		if s, ok := r.Signoffs.Of(stage); ok {
			list = append(list, campaign.Signed{Stage: stage, Signoff: s})
		}
	}
	return list
}

// Sign says what stands against a sign-off that is about to be written into a
// record of publication: a stage before it that is missing, or any of the rules
// on sign-offs.
func Sign(c *campaign.Campaign, record *campaign.Release, stage campaign.Stage, s campaign.Signoff) []string {
	if n := slices.Index(reviews, stage); n > 0 {
		if _, ok := record.Signoffs.Of(reviews[n-1]); !ok {
			return []string{fmt.Sprintf("还没有%s，不能签%s", reviews[n-1], stage)}
		}
	}
	next := *record
	next.Signoffs = append(where(record.Signoffs, func(was campaign.Signed) bool { return was.Stage != stage }), campaign.Signed{Stage: stage, Signoff: s})
	ctx := &Context{Subject: Subject{Campaign: &campaign.Campaign{Reviewers: c.Reviewers, Items: []*campaign.Item{{Release: next}}}}}
	var words []string
	for _, rule := range []Rule{signoffEntitled, signoffPersons, signoffOrder, signoffLate} {
		ctx.rule = rule
		rule.Check(ctx)
	}
	for _, f := range ctx.findings {
		words = append(words, f.Message+"（"+f.Hint+"）")
	}
	return words
}

var signoffPersons = Rule{
	Code: "signoff-person", Level: campaign.Error,
	Words: "初审、复审、终审由三个不同的人签。",
	Check: each(releases, func(c *Context, r *campaign.Release) {
		stages := map[string]campaign.Stage{}
		for _, s := range signed(r, reviews) {
			if first, again := stages[s.By]; again {
				c.Reportf(r.Keys.Of("审核."+string(s.Stage)+".人"), "换一个人签", "%s和%s是同一个人签的", first, s.Stage)
			} else {
				stages[s.By] = s.Stage
			}
		}
	}),
}

var signoffOrder = Rule{
	Code: "signoff-order", Level: campaign.Error,
	Words: "初审、复审、终审的日期依次不早于前一审，保密审查在这几天里。",
	Check: each(releases, func(c *Context, r *campaign.Release) {
		var before campaign.Signed
		for _, s := range signed(r, reviews) {
			if s.On.Before(before.On) {
				c.Reportf(r.Keys.Of("审核."+string(s.Stage)+".日期"), "核对两个日期", "%s（%s）早于%s（%s）", s.Stage, s.On, before.Stage, before.On)
				return
			}
			before = s
		}
		checkSecrecy(c, r)
	}),
}

// checkSecrecy compares the confidentiality review with the sign-offs that are
// there.
func checkSecrecy(c *Context, r *campaign.Release) {
	secrecy, ok := r.Signoffs.Of(campaign.SecrecyReview)
	if !ok {
		return
	}
	at := r.Keys.Of("审核.保密审查.日期")
	if first, ok := r.Signoffs.Of(campaign.FirstReview); ok && secrecy.On.Before(first.On) {
		c.Reportf(at, "核对两个日期", "保密审查（%s）早于初审（%s）", secrecy.On, first.On)
	} else if last, ok := r.Signoffs.Of(campaign.FinalReview); ok && secrecy.On.After(last.On) {
		c.Reportf(at, "核对两个日期", "保密审查（%s）晚于终审（%s）", secrecy.On, last.On)
	}
}

var signoffLate = Rule{
	Code: "signoff-late", Level: campaign.Error,
	Words: "签字日期不晚于发布日期；更新过的，不晚于更新日期。",
	Check: each(releases, func(c *Context, r *campaign.Release) {
		if r.PublishedAt.IsZero() {
			return
		}
		last, what := r.PublishedAt.Date, "发布日期"
		if r.UpdatedOn.After(last) {
			last, what = r.UpdatedOn, "更新日期"
		}
		for _, s := range signed(r, campaign.Stages) {
			if s.On.After(last) {
				c.Reportf(r.Keys.Of("审核."+string(s.Stage)+".日期"), "先签后发：核对两个日期", "%s（%s）晚于%s（%s）", s.Stage, s.On, what, last)
				return
			}
		}
	}),
}

var signoffRules = []Rule{
	signoffPersons,
	signoffOrder,
	signoffLate,
	{
		Code: "update-date", Level: campaign.Error,
		Words: "更新日期不早于发布日期；已经公开的，不晚于今天。",
		Check: each(releases, func(c *Context, r *campaign.Release) {
			at := r.Keys.Of("更新日期")
			switch {
			case r.UpdatedOn.IsZero() || r.PublishedAt.IsZero():
			case r.UpdatedOn.Before(r.PublishedAt.Date):
				c.Reportf(at, "发布日期写第一次公布的日子，更新日期写公布以后改动的日子；核对两个日期", "更新日期（%s）早于发布日期（%s）", r.UpdatedOn, r.PublishedAt.Date)
			case r.UpdatedOn.After(c.Date) && !r.PublishedAt.Date.After(c.Date):
				c.Reportf(at, "更新日期写改动公布的那一天", "更新日期（%s）晚于今天（%s）", r.UpdatedOn, c.Date)
			}
		}),
	},
	signoffEntitled,
	{
		// Warns and does not stop the build: what was changed is held
		// back by the gate.
		Code: "signoff-changed", Level: campaign.Warning,
		Words: "终审记有指纹的，内容与终审时一样；改过的留着不发，重新终审。",
		Check: each(releases, func(c *Context, r *campaign.Release) {
			if r.Changed {
				c.Report(r.Keys.Of("审核.终审.指纹"), "终审后改过，现在不会公开", "核对改动后重新终审：wangjian sign "+r.Keys.Start.File+" --as 终审 --by 姓名")
			}
		}),
	}, {
		Code: "published-before-written", Level: campaign.Error,
		Words: "发布日期不早于成文日期。",
		Check: each(documents, func(c *Context, i *campaign.Item) {
			if !i.PublishedAt.IsZero() && i.PublishedAt.Before(i.Document.WrittenOn) {
				c.Reportf(i.Keys.Of("发布日期"), "核对两个日期", "发布日期（%s）早于成文日期（%s）", i.PublishedAt.Date, i.Document.WrittenOn)
			}
		}),
	},
}

var signoffEntitled = Rule{
	Code: "signoff-entitled", Level: campaign.Error,
	Words: "campaign.yaml 的“审核人”写明了谁可以签，就由其中的人签。",
	Check: each(releases, func(c *Context, r *campaign.Release) {
		for _, stage := range campaign.Stages {
			s, ok := r.Signoffs.Of(stage)
			if who := c.Campaign.Reviewers[stage]; ok && len(who) > 0 && !slices.Contains(who, s.By) {
				c.Reportf(r.Keys.Of("审核."+string(stage)+".人"), "由"+strings.Join(who, "或")+"签，或改 data/campaign.yaml 的“审核人”", "“%s”不在可以签%s的人里", s.By, stage)
			}
		}
	}),
}
