package release

import "wangjian/internal/campaign"

// editions returns the editions of the figures as everyone may still see them:
// what is no figure of the view is Blank in each, for what was withdrawn, or is
// public no longer for another reason, stays so at every address.
func (v *View) editions(past []campaign.FiguresEdition) []campaign.FiguresEdition {
	list, find := make([]campaign.FiguresEdition, len(past)), v.campaign.PublishedFinder()
	for n, e := range past {
		list[n] = campaign.FiguresEdition{Number: e.Number, On: e.On, Figures: make([]campaign.PublishedFigure, len(e.Figures))}
		for m, f := range e.Figures {
			if at, own, ok := find(f); !ok || !v.hasFigure(at, own) {
				f.Quantity = campaign.Quantity{}
			}
			list[n].Figures[m] = f
		}
	}
	return list
}

// hasFigure reports whether the view holds a figure.
func (v *View) hasFigure(at campaign.Target, own bool) bool {
	if at.Row == nil {
		return false
	}
	r := v.Report(at.Round, at.Department, at.Region)
	if r == nil {
		return false
	}
	entries := r.Entries
	if own {
		entries = r.Own
	}
	_, there := entries.Of(at.Row)
	return there
}

// history returns what of the record of publications the view may tell: up to its
// day, without what is no longer public.
func (v *View) history(all *campaign.History) *campaign.History {
	h := all.Until(v.date)
	if h == nil || len(h.Editions)+len(h.Changed)+len(h.Papers) == 0 {
		return nil
	}
	h.Editions, h.Withdrawn = v.editions(h.Editions), nil
	return h
}
