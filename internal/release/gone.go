package release

import (
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/record"
)

// WhyGone says why an item, or a round by its release.yaml, that was public is not
// so on a day; "" for no reason for which a public thing may go.
func WhyGone(c *campaign.Campaign, day campaign.Date, file string) record.Gone {
	for _, r := range c.Rounds {
		if campaign.ReleaseFile(r) == file {
			return whyRoundGone(c, day, r)
		}
	}
	for _, i := range c.Items {
		by := c.TakenDown(i, day)
		switch {
		case slices.Contains(i.Aliases, strings.TrimSuffix(path.Base(file), ".md")) && path.Dir(i.File) == path.Dir(file):
			return record.Moved
		case i.File != file:
		case by != nil && by.Written:
			return record.Withdrawn
		case by != nil:
			return record.Stopped
		case !i.Expires.IsZero() && i.Expires.Before(day):
			return record.Expired
		case i.Round != nil:
			return whyRoundGone(c, day, i.Round)
		default:
			return ""
		}
	}
	if slices.ContainsFunc(c.Withdrawals, func(x *campaign.Correction) bool { return x.Withdraws == file && !x.On.After(day) }) {
		return record.Withdrawn
	}
	return ""
}

// AwaitsSignature reports whether what a record of publication is of would be public
// on a day but for its sign-offs.
func AwaitsSignature(c *campaign.Campaign, r *campaign.Release, day campaign.Date) bool {
	return r != nil && r.Disclosure == campaign.Proactive && len(c.Unsigned(r)) > 0 && len(outOfTime(r, day.Last())) == 0
}

// AwaitsRound reports whether reasons against an item are nothing but figures of rounds
// that await their sign-offs.
func AwaitsRound(c *campaign.Campaign, reasons []string, day campaign.Date) bool {
	return len(reasons) > 0 && !slices.ContainsFunc(reasons, func(reason string) bool {
		return !slices.ContainsFunc(c.Rounds, func(r *campaign.Round) bool {
			return strings.HasSuffix(reason, r.Name+"数据尚未公开") && AwaitsSignature(c, r.Release, day)
		})
	})
}

func whyRoundGone(c *campaign.Campaign, day campaign.Date, r *campaign.Round) record.Gone {
	switch {
	case slices.ContainsFunc(c.Corrections, func(x *campaign.Correction) bool {
		return x.Round == r && x.Department == nil && x.Withdrawn && !x.On.After(day)
	}):
		return record.Withdrawn
	case r.Release != nil && !r.Release.Expires.IsZero() && r.Release.Expires.Before(day):
		return record.Expired
	}
	return ""
}
