package signing

import (
	"errors"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
	"wangjian/internal/review"
)

// Pending is a file that waits for a stage.
type Pending struct {
	Signable
	Faults  []campaign.Finding // errors that are to be mended first
	Against []string           // why this signer cannot sign it
}

// All lists the files that can be signed once they are in order: the rounds that
// have a release.yaml, and the items.
func All(c *campaign.Campaign) (list []Signable) {
	for _, r := range c.Rounds {
		if r.Release != nil {
			list = append(list, Signable{File: campaign.ReleaseFile(r), Round: r})
		}
	}
	for _, i := range c.Items {
		list = append(list, Signable{File: i.File, Item: i})
	}
	return list
}

// Unopened lists the files for which nobody has said yet that they go public, and
// when: a round that has reports and no release.yaml is one.
func Unopened(c *campaign.Campaign) (list []Signable) {
	for _, r := range c.Rounds {
		if r.Release == nil && len(c.ReportsOf(r)) > 0 {
			list = append(list, Signable{File: campaign.ReleaseFile(r), Round: r})
		}
	}
	for _, s := range All(c) {
		if r := s.Record(); r.Disclosure == "" || r.Disclosure == campaign.Proactive && r.PublishedAt.IsZero() {
			list = append(list, s)
		}
	}
	return list
}

// Closed lists the texts that are not to be public and that nobody has signed: so is
// every text that came in and was not decided on.
func Closed(c *campaign.Campaign) (list []Signable) {
	for _, s := range All(c) {
		if r := s.Record(); r.Disclosure != "" && r.Disclosure != campaign.Proactive && len(r.Signoffs) == 0 {
			list = append(list, s)
		}
	}
	return list
}

// Waiting lists the files whose turn a stage is: what goes public, with the stages
// before it signed and this one not. By is who would sign, "" for nobody yet.
func Waiting(l *project.Loaded, stage campaign.Stage, by string) (list []Pending) {
	for _, s := range All(l.Campaign) {
		if !IsTurn(l, s, stage) {
			continue
		}
		p := Pending{Signable: s}
		_, err := Find(l, s.File)
		var faults *Faults
		switch {
		case errors.As(err, &faults):
			p.Faults = faults.List
		case err != nil:
			p.Against = []string{err.Error()}
		case by != "":
			p.Against = review.Sign(l.Campaign, s.Record(), campaign.Signed{Stage: stage, Signoff: campaign.Signoff{By: by, On: l.Date}}, false).Against
		}
		list = append(list, p)
	}
	return list
}

// IsTurn reports whether a stage is the next of a file, or the confidentiality
// review, which comes at any time after the first.
func IsTurn(l *project.Loaded, s Signable, stage campaign.Stage) bool {
	r := s.Record()
	open := l.Campaign.Unsigned(r)
	if r.Disclosure != campaign.Proactive || r.PublishedAt.IsZero() || s.Item != nil && s.Item.Stopped != nil ||
		!r.Expires.IsZero() && r.Expires.Before(l.Date) || !slices.Contains(open, stage) {
		return false
	}
	n := slices.Index(campaign.Reviews, stage)
	if stage == campaign.SecrecyReview {
		n = 1
	}
	return !slices.ContainsFunc(campaign.Reviews[:n], func(before campaign.Stage) bool { return slices.Contains(open, before) })
}
