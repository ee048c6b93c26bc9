package release

import (
	"cmp"
	"fmt"
	"slices"

	"wangjian/internal/campaign"
)

// Event is a day on which something falls due, goes public or comes down.
type Event struct {
	On   campaign.Date
	What string // Chinese
	File string // the file that says so

	subject string // what it is of, whatever its day and its state
}

// Calendar lists what happens from date to days later, both ends included, in
// the order of the days.
func Calendar(c *campaign.Campaign, date campaign.Date, days int) []Event {
	var events []Event
	last := date.AddDays(days)
	add := func(on campaign.Date, file, format string, args ...any) {
		if !on.IsZero() && !on.Before(date) && !on.After(last) {
			events = append(events, Event{on, fmt.Sprintf(format, args...), file, fmt.Sprint(file, format, args[0])})
		}
	}
	const settings = "data/campaign.yaml"
	for _, p := range c.Phases {
		add(p.From, settings, "阶段“%s”开始", p.Name)
		add(p.To, settings, "阶段“%s”结束", p.Name)
	}
	for _, r := range c.Rounds {
		add(r.Deadline, settings, "%s截止报送", r.Name)
		if r.Release != nil && r.Release.Disclosure == campaign.Proactive {
			add(r.Release.PublishedAt.Date, r.Release.Keys.Start.File, "%s数据到发布日期", r.Name)
		}
	}
	for _, i := range c.Items {
		if i.Disclosure != campaign.Proactive {
			continue
		}
		missing := ""
		if len(c.Unsigned(&i.Release)) > 0 {
			missing = "，审核还没有签齐"
		}
		add(i.PublishedAt.Date, i.File, "%s“%s”到发布日期%s", c.Tier.Say(i.Kind.Chinese()), i.Title, missing)
		add(i.Expires, i.File, "%s“%s”有效期到这一天为止", c.Tier.Say(i.Kind.Chinese()), i.Title)
	}
	slices.SortStableFunc(events, func(a, b Event) int { return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.File, b.File)) })
	return events
}
