package release

import (
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// holding is the gate's decision on every round and item.
type holding struct {
	rounds map[*campaign.Round]bool
	why    map[*campaign.Round][]string
	items  map[*campaign.Item][]string
	// regions are the files of regions' narratives where nothing of a single
	// region is public, nil otherwise.
	regions map[string]bool
}

func (h holding) list(c *campaign.Campaign) []Held {
	var list []Held
	for _, r := range c.Rounds {
		if h.rounds[r] {
			list = append(list, Held{Round: r, Reasons: h.why[r]})
		}
	}
	if n := h.regionForms(c); n > 0 {
		list = append(list, Held{What: fmt.Sprintf("%d张%s报表", n, c.Tier.LowerUnits()), Reasons: []string{"只公布它们的合计" + totalsOnly}})
	}
	for _, i := range c.Items {
		if reasons := h.items[i]; reasons != nil {
			list = append(list, Held{Item: i, Reasons: reasons})
		}
	}
	return list
}

func hold(c *campaign.Campaign, now campaign.Moment) holding {
	h := holding{rounds: map[*campaign.Round]bool{}, why: map[*campaign.Round][]string{}, items: map[*campaign.Item][]string{}, regions: regionFiles(c)}
	for _, r := range c.Rounds {
		reasons := []string{"没有 release.yaml"}
		if at, broken := c.Unread("data/" + r.Code + "/release.yaml"); broken {
			reasons = []string{"release.yaml 读不出（" + at.Source() + "）"}
		}
		if r.Release != nil {
			reasons = reasonsAgainst(c, r.Release, now)
		}
		if len(reasons) > 0 {
			h.rounds[r], h.why[r] = true, reasons
		}
	}
	latest := latestPublicRound(c, h.rounds)
	for _, i := range c.Items {
		reasons := reasonsAgainst(c, &i.Release, now)
		if x := c.TakenDown(i, now.Date); x != nil {
			reasons = append(reasons, "已"+x.Word()+"："+x.Reason)
		}
		if i.Round != nil && h.rounds[i.Round] {
			reasons = append(reasons, i.Round.Name+"数据尚未公开")
		}
		for _, section := range i.MissingOffice() {
			reasons = append(reasons, "报送部分“"+section+"”在正文里找不到")
		}
		reasons = append(reasons, heldFigures(c, withoutOfficeOnly(i), latest, h.rounds)...)
		reasons = append(reasons, h.ofRegions(c, withoutOfficeOnly(i))...)
		if len(reasons) > 0 {
			h.items[i] = slices.Compact(reasons)
		}
	}
	return h
}

// reasonsAgainst says why a record of publication is not in force: it is from the
// minute of 发布日期 to the end of the day of 有效期至.
func reasonsAgainst(c *campaign.Campaign, r *campaign.Release, now campaign.Moment) (reasons []string) {
	if r.Disclosure != campaign.Proactive {
		reasons = append(reasons, "公开方式是"+r.Disclosure)
	}
	reasons = append(reasons, unsigned(c, r)...)
	return append(reasons, outOfTime(r, now)...)
}

// outOfTime says why a record of publication is not in force at a time, whoever
// signed it.
func outOfTime(r *campaign.Release, now campaign.Moment) (reasons []string) {
	if r.PublishedAt.IsZero() || r.PublishedAt.Compare(now) > 0 {
		when := r.PublishedAt.Date.String()
		if r.PublishedAt.Date == now.Date {
			when = r.PublishedAt.String()
		}
		reasons = append(reasons, "发布日期未到（"+when+"）")
	}
	if !r.Expires.IsZero() && r.Expires.Before(now.Date) {
		reasons = append(reasons, "已过有效期（"+r.Expires.String()+"）")
	}
	return reasons
}

// unsigned says which sign-offs a record lacks.
func unsigned(c *campaign.Campaign, r *campaign.Release) (reasons []string) {
	if missing := r.Signoffs.With(campaign.Absent); len(missing) > 0 {
		reasons = append(reasons, "缺"+campaign.JoinStages(missing))
	}
	if stale := r.Signoffs.With(campaign.Stale); slices.Contains(stale, campaign.FinalReview) {
		reasons = append(reasons, "终审后改过，要重签"+campaign.JoinStages(stale))
	} else if len(stale) > 0 {
		reasons = append(reasons, campaign.JoinStages(stale)+"签的不是现在的内容")
	}
	if unbound := r.Signoffs.With(campaign.Unbound); len(unbound) > 0 && c.NeedsFingerprint(r) {
		reasons = append(reasons, campaign.JoinStages(unbound)+"没有指纹")
	}
	if r.Returned != nil {
		reasons = append(reasons, string(r.Returned.Stage)+"退回")
	}
	return reasons
}

// latestPublicRound is the latest round that is out, nil when none is.
func latestPublicRound(c *campaign.Campaign, held map[*campaign.Round]bool) *campaign.Round {
	public := &campaign.Campaign{Reports: c.Reports}
	for _, r := range c.Rounds {
		if !held[r] {
			public.Rounds = append(public.Rounds, r)
		}
	}
	if len(public.Rounds) == 0 {
		return nil
	}
	return latestRound(public)
}

// DefaultRound is the round that an item's reference means when it names none:
// a narrative's own, else the view's latest.
func DefaultRound(i *campaign.Item, latest *campaign.Round) *campaign.Round {
	if i != nil && i.Round != nil {
		return i.Round
	}
	return latest
}

// heldFigures says which figures that an item cites are not out.
func heldFigures(c *campaign.Campaign, i *campaign.Item, latest *campaign.Round, held map[*campaign.Round]bool) []string {
	var reasons []string
	for _, ref := range i.Body.References {
		if ref.Kind == campaign.ChartReference {
			continue
		}
		fallback := DefaultRound(i, latest)
		if fallback == nil && ref.Round == "" {
			reasons = append(reasons, "引用的数据尚未公开")
			continue
		}
		target, err := c.Resolve(ref, fallback)
		if err != nil || target.Round == nil {
			continue // review reports it
		}
		if held[target.Round] {
			reasons = append(reasons, fmt.Sprintf("引用的%s数据尚未公开", target.Round.Name))
		}
		if p := target.Round.Previous; ref.Aspect.Compares() && p != nil && held[p] {
			reasons = append(reasons, fmt.Sprintf("引用的%s数据尚未公开", p.Name))
		}
	}
	slices.Sort(reasons)
	return slices.Compact(reasons)
}

// totalsOnly names the setting for which something is held back.
const totalsOnly = "（地区公开: " + string(campaign.TotalsOnly) + "）"

// regionFiles returns the files of the regions' narratives, nil for a campaign
// that makes them public.
func regionFiles(c *campaign.Campaign) map[string]bool {
	if c.Openness != campaign.TotalsOnly {
		return nil
	}
	files := map[string]bool{}
	for _, i := range c.Items {
		if i.Region != nil {
			files[i.File] = true
		}
	}
	return files
}

// regionForms counts the forms of regions that would be public but for the
// setting.
func (h holding) regionForms(c *campaign.Campaign) int {
	n := 0
	for _, r := range c.Reports {
		if h.regions != nil && r.Region != nil && !h.rounds[r.Round] {
			n++
		}
	}
	return n
}

// ofRegions says what of single regions an item tells, or leads to, where
// nothing of them is public.
func (h holding) ofRegions(c *campaign.Campaign, i *campaign.Item) []string {
	switch {
	case h.regions == nil:
		return nil
	case i.Region != nil:
		return []string{"不公开单个" + c.Tier.LowerUnits() + "的总结" + totalsOnly}
	}
	var reasons []string
	for _, ref := range i.Body.References {
		if c.OfRegions(ref) {
			reasons = append(reasons, "引用的“{{"+ref.Raw+"}}”是单个"+c.Tier.LowerUnits()+"的数，不公开"+totalsOnly)
		}
	}
	for _, l := range i.Body.Links {
		if h.leadsToRegion(c, l) {
			reasons = append(reasons, "链接的“"+l.Target+"”是单个"+c.Tier.LowerUnits()+"的内容，不公开"+totalsOnly)
		}
	}
	slices.Sort(reasons)
	return slices.Compact(reasons)
}

// leadsToRegion reports whether a link leads to a region's narrative, or by its
// address to a page of the regions.
func (h holding) leadsToRegion(c *campaign.Campaign, l campaign.Link) bool {
	if page, ok := strings.CutPrefix(l.Target, c.Site.URL); ok && c.Site.URL != "" {
		return strings.HasPrefix(page, "regions/")
	}
	return h.regions[l.File]
}

// withoutOfficeOnly returns a copy of the item as the public may know it: no
// 报送部分, and nothing that only they refer to.
func withoutOfficeOnly(i *campaign.Item) *campaign.Item {
	if len(i.OfficeOnly) == 0 {
		return i
	}
	shown := *i
	shown.Body = i.PublicBody
	return &shown
}
