package release

import (
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// Withdrawn is an item that was taken down before its time: what stays at its
// address is the day and the reason, and nothing else. The round, the department
// and the region are a narrative's.
type Withdrawn struct {
	File       string
	Kind       campaign.Kind
	Slug       string
	Aliases    []string
	Round      *campaign.Round
	Department *campaign.Department
	Region     *campaign.Region
	On         campaign.Date
	Reason     string
	// Written: in data/corrections.yaml, where Title is what it was called; of a
	// case, whose title names a party, nothing.
	Written bool
	Title   string
}

// Withdrawn lists, for a public view, the items that would be out but for their
// 停止公示 or for what withdraws them in writing; past their 有效期至 nothing is left
// of them.
func (v *View) Withdrawn() []Withdrawn { return v.withdrawn }

// leavesNote reports whether what is taken down was public. To be taken down asks
// for no new sign-off: it was public when it had them all, of whatever text.
func leavesNote(r *campaign.Release, now campaign.Moment) bool {
	return r.Disclosure == campaign.Proactive && r.Complete() && len(outOfTime(r, now)) == 0
}

// withdrawn lists what was taken down.
func withdrawn(c *campaign.Campaign, now campaign.Moment, held holding) (list []Withdrawn) {
	add := func(w Withdrawn, by *campaign.Stopped) {
		if w.Kind.InSections() && (w.Round == nil || held.rounds[w.Round] || w.Region != nil && held.regions != nil) {
			return
		}
		if w.On, w.Reason, w.Written = by.On, by.Reason, by.Written; !w.Written || w.Kind == campaign.Cases {
			w.Title = ""
		}
		list = append(list, w)
	}
	there := map[string]bool{}
	for _, i := range c.Items {
		there[i.File] = true
		by := c.TakenDown(i, now.Date)
		if by == nil || !leavesNote(&i.Release, now) {
			continue
		}
		add(Withdrawn{File: i.File, Kind: i.Kind, Slug: i.Slug, Title: i.Title, Aliases: i.Aliases, Round: i.Round, Department: i.Department, Region: i.Region}, by)
	}
	for _, x := range slices.Backward(c.Withdrawals) {
		if _, broken := c.Unread(x.Withdraws); broken || there[x.Withdraws] || x.On.After(now.Date) {
			continue
		}
		there[x.Withdraws] = true
		add(ofEntry(c, x), x.Stopped())
	}
	return list
}

// ofEntry returns what a written withdrawal took down, whose file may be gone.
func ofEntry(c *campaign.Campaign, x *campaign.Correction) Withdrawn {
	w := Withdrawn{File: x.Withdraws, Kind: campaign.KindOf(strings.TrimPrefix(x.Withdraws, "content/")), Slug: strings.TrimSuffix(path.Base(x.Withdraws), ".md"), Title: c.History.TitleOf(x.Withdraws)}
	switch w.Kind {
	case campaign.Narratives:
		w.Round, w.Department, w.Region = c.UnitOf(x.Withdraws)
	case campaign.Summaries:
		w.Slug = path.Base(path.Dir(x.Withdraws))
		w.Round = c.FindRound(w.Slug)
	}
	return w
}

// IsTakenDown reports whether an item of a whole view was taken down; those of a
// public one are not.
func (v *View) IsTakenDown(i *campaign.Item) bool { return v.campaign.TakenDown(i, v.date) != nil }

// ItemsOf returns the items of a kind that papers hold: all but those that have
// been taken down.
func (v *View) ItemsOf(kind campaign.Kind) []*campaign.Item {
	return slices.DeleteFunc(v.campaign.ItemsOf(kind), v.IsTakenDown)
}
