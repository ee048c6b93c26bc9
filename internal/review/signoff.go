package review

import (
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// signed returns the signatures of the stages that are there, in their order.
func signed(r *campaign.Release, stages []campaign.Stage) (list campaign.Signoffs) {
	for _, stage := range stages {
		if s, ok := r.Signoffs.Of(stage); ok {
			list = append(list, campaign.Signed{Stage: stage, Signoff: s})
		}
	}
	return list
}

// Signing is a signature that is about to be written into a record of publication.
type Signing struct {
	campaign.Signed
	Replace bool // another person's signature may be replaced

	// What becomes of the record, unless something is against it: the signatures
	// that no longer count are removed, and of something published the day is new.
	Removed []campaign.Stage
	Updated campaign.Date // 更新日期, zero to leave it
	Against []string
}

// Sign works out what becomes of a record that is signed: against it are a
// stage before it that does not count, another person's signature, and the rules
// on sign-offs.
func Sign(c *campaign.Campaign, record *campaign.Release, signed campaign.Signed, replace bool) Signing {
	s := Signing{Signed: signed, Replace: replace}
	before := slices.Index(campaign.Reviews, s.Stage)
	for _, stage := range campaign.Reviews[:max(before, 0)] {
		was, _ := record.Signoffs.Of(stage)
		switch {
		case was.Standing == campaign.Absent:
			s.against("还没有%s，不能签%s", stage, s.Stage)
		case was.Standing == campaign.Stale:
			s.against("%s签的不是现在的内容，先重签%s，再签%s", stage, stage, s.Stage)
		case was.Standing == campaign.Unbound && c.NeedsFingerprint(record):
			s.against("%s没有指纹，先重签%s，再签%s", stage, stage, s.Stage)
		}
	}
	if was, there := record.Signoffs.Of(s.Stage); there && was.By != s.By && !replace {
		s.against("已经由“%s”签了%s；确实要换人重签，加 --replace", was.By, s.Stage)
	}
	if len(s.Against) > 0 {
		return s
	}
	s.Removed = outdated(c, record, signed)
	next := *record
	next.Signoffs = append(where(record.Signoffs, func(was campaign.Signed) bool {
		return was.Stage != s.Stage && !slices.Contains(s.Removed, was.Stage)
	}), signed)
	rules := []Rule{signoffEntitled, signoffPersons, signoffOrder, signoffLate}
	if isPublished(c, record, s.On) {
		rules = rules[:3]
		if s.Stage == campaign.FinalReview {
			s.Updated = s.On
		}
	}
	ctx := &Context{Subject: Subject{Campaign: &campaign.Campaign{Reviewers: c.Reviewers, History: c.History, Items: []*campaign.Item{{Release: next}}}}}
	for _, rule := range rules {
		ctx.rule = rule
		rule.Check(ctx)
	}
	for _, f := range ctx.findings {
		s.against("%s（%s）", f.Message, f.Hint)
	}
	return s
}

func (s *Signing) against(format string, args ...any) {
	s.Against = append(s.Against, fmt.Sprintf(format, args...))
}

// outdated lists the signatures that a new one takes with it: the sign-offs after
// it, and a confidentiality review that is of another text or was before 初审.
func outdated(c *campaign.Campaign, record *campaign.Release, s campaign.Signed) (stages []campaign.Stage) {
	n := slices.Index(campaign.Reviews, s.Stage)
	if n < 0 {
		return nil
	}
	for _, stage := range campaign.Reviews[n+1:] {
		if _, there := record.Signoffs.Of(stage); there {
			stages = append(stages, stage)
		}
	}
	secrecy, there := record.Signoffs.Of(campaign.SecrecyReview)
	if there && (secrecy.Standing == campaign.Stale || secrecy.Standing == campaign.Unbound && c.NeedsFingerprint(record) ||
		s.Stage == campaign.FirstReview && secrecy.On.Before(s.On)) {
		stages = append(stages, campaign.SecrecyReview)
	}
	return stages
}

// isPublished reports whether what is signed on a day was public before: by the
// record of publications where there is one. Without it, what is past its 发布日期
// and had a 终审 of an earlier day, or is in the course of being signed again.
func isPublished(c *campaign.Campaign, r *campaign.Release, day campaign.Date) bool {
	if c.History != nil {
		first, shown := c.FirstPublished(r.Keys.Start.File)
		return shown && !first.After(day)
	}
	if r.PublishedAt.IsZero() || !r.PublishedAt.Date.Before(day) {
		return false
	}
	final, there := r.Signoffs.Of(campaign.FinalReview)
	return there && final.On.Before(day) || !r.UpdatedOn.IsZero() ||
		slices.ContainsFunc(r.Signoffs, func(s campaign.Signed) bool { return s.On.After(r.PublishedAt.Date) })
}

var signoffPersons = Rule{
	Code: "signoff-person", Level: campaign.Error,
	Words: "初审、复审、终审由三个不同的人签。",
	Check: each(releases, func(c *Context, r *campaign.Release) {
		stages := map[string]campaign.Stage{}
		for _, s := range signed(r, campaign.Reviews) {
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
		for _, s := range signed(r, campaign.Reviews) {
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
		_, final := r.Signoffs.Of(campaign.FinalReview)
		for _, s := range signed(r, campaign.Stages) {
			if !final && s.Standing == campaign.Bound {
				continue // it is being signed again, and 更新日期 comes with the 终审
			}
			if s.On.After(last) {
				c.Reportf(r.Keys.Of("审核."+string(s.Stage)+".日期"), lateHint(c, r), "%s（%s）晚于%s（%s）", s.Stage, s.On, what, last)
				return
			}
		}
	}),
}

// lateHint says what a sign-off after 发布日期 wants.
func lateHint(c *Context, r *campaign.Release) string {
	if isPublished(c.Campaign, r, c.Date) {
		return "公布以后改过的，用 wangjian sign 重签，更新日期由它写；别的核对两个日期"
	}
	return "先签后发：还没有公布过的，把发布日期改到签字以后"
}

var signoffRules = []Rule{
	signoffPersons,
	signoffOrder,
	signoffLate,
	{
		Code: "update-date", Level: campaign.Error,
		Words: "更新日期是最后一次终审的日期，不早于发布日期；已经公开的，不晚于今天。",
		Check: each(releases, func(c *Context, r *campaign.Release) {
			at := r.Keys.Of("更新日期")
			final, signed := r.Signoffs.Of(campaign.FinalReview)
			switch {
			case r.UpdatedOn.IsZero() || r.PublishedAt.IsZero():
			case r.UpdatedOn.Before(r.PublishedAt.Date):
				c.Reportf(at, "发布日期写第一次公布的日子，更新日期写公布以后改动的日子；核对两个日期", "更新日期（%s）早于发布日期（%s）", r.UpdatedOn, r.PublishedAt.Date)
			case r.UpdatedOn.After(c.Date) && !r.PublishedAt.Date.After(c.Date):
				c.Reportf(at, "更新日期写改动公布的那一天", "更新日期（%s）晚于今天（%s）", r.UpdatedOn, c.Date)
			case signed && final.On.Before(r.UpdatedOn): // a later one is signoff-late
				c.Reportf(at, "更新日期就是最后一次终审的日期，由 wangjian sign 写", "更新日期（%s）不是终审的日期（%s）", r.UpdatedOn, final.On)
			}
		}),
	},
	{
		Code: "publication-moved", Level: campaign.Error,
		Words: "发布日期是第一次公布的日子，公布以后不再改（与发布记录比）。",
		Check: each(releases, func(c *Context, r *campaign.Release) {
			if first, shown := c.Campaign.FirstPublished(r.Keys.Start.File); shown && r.PublishedAt.Date.After(first) {
				c.Reportf(r.Keys.Of("发布日期"), "改回第一次公布的日子；改动的日子由 wangjian sign 写进更新日期", "发布日期（%s）晚于第一次公布的日子（%s）", r.PublishedAt.Date, first)
			}
		}),
	},
	signoffEntitled,
	{
		// Warns and does not stop the build: what was changed is held
		// back by the gate.
		Code: "signoff-changed", Level: campaign.Warning,
		Words: "签字记有指纹的，内容、位置、附件、单位名称和签字人与签的时候一样；改过的留着不发，重新签。",
		Check: each(releases, func(c *Context, r *campaign.Release) {
			stale := r.Signoffs.With(campaign.Stale)
			if len(stale) == 0 {
				return
			}
			what := "签后改过"
			if slices.Contains(stale, campaign.FinalReview) {
				what = "终审后改过"
			}
			c.Reportf(r.Keys.Of("审核."+string(stale[0])+".指纹"), signAgain(c, r), "%s，现在不会公开：%s的指纹与现在的内容或签字人对不上", what, campaign.JoinStages(stale))
		}),
	}, {
		Code: "signoff-unbound", Level: campaign.Warning,
		Words: "本活动用 wangjian sign 签过以后，每个签字都要有指纹；没有的算没有签，留着不发。",
		Check: each(releases, func(c *Context, r *campaign.Release) {
			unbound := r.Signoffs.With(campaign.Unbound)
			if len(unbound) > 0 && r.Disclosure == campaign.Proactive && c.Campaign.NeedsFingerprint(r) && len(r.Signoffs.With(campaign.Stale)) == 0 {
				c.Reportf(r.Keys.Of("审核."+string(unbound[0])), signAgain(c, r), "%s没有指纹，算没有签，现在不会公开", campaign.JoinStages(unbound))
			}
		}),
	}, {
		Code: "signoff-returned", Level: campaign.Warning,
		Words: "审核的人退回的，改好以后重新签；签了，退回的意见就删去。",
		Check: each(releases, func(c *Context, r *campaign.Release) {
			if back := r.Returned; back != nil && back.Remark != "" {
				c.Reportf(r.Keys.Of("退回"), "照意见改好再签："+signCommand(c, r), "%s退回（%s，%s）：%s", back.Stage, back.By, back.On, back.Remark)
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

// signAgain says how to sign what does not count.
func signAgain(c *Context, r *campaign.Release) string {
	return "核对后重新签：" + signCommand(c, r)
}

// signCommand is how the stages that do not count are signed.
func signCommand(c *Context, r *campaign.Release) string {
	stages := c.Campaign.Unsigned(r)
	if len(stages) == 0 {
		stages = campaign.Reviews[:1]
	}
	hint := fmt.Sprintf("wangjian sign %s --as %s --by 姓名", r.Keys.Start.File, stages[0])
	if rest := stages[1:]; len(rest) > 0 {
		hint += "，再签" + campaign.JoinStages(rest)
	}
	return hint
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
