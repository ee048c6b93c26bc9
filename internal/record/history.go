package record

import (
	"maps"
	"slices"

	"wangjian/internal/campaign"
)

// History returns what pages and data files may tell of the record; nil where
// nothing was published. Who signed is no part of it.
func (r *Record) History() *campaign.History {
	if len(r.Entries) == 0 {
		return nil
	}
	h := &campaign.History{First: map[string]campaign.Date{}, Changed: map[string][]campaign.Date{}}
	digests, gone := map[string]string{}, map[string]campaign.WithdrawnContent{}
	s := newState()
	for _, e := range r.Entries {
		for _, i := range e.Items {
			was, shown := digests[i.File]
			_, public := s.Items[i.File]
			if days := h.Changed[i.File]; shown && (was != i.Digest || !public) && !slices.Contains(days, e.On) && e.On != s.Items[i.File].Since {
				h.Changed[i.File] = append(days, e.On)
			}
			if digests[i.File] = i.Digest; !shown {
				h.First[i.File] = e.On
			}
			delete(gone, i.File)
		}
		for _, w := range e.Withdrawn {
			if delete(gone, w.File); w.Why == Withdrawn {
				gone[w.File] = campaign.WithdrawnContent{File: w.File, Title: w.Title, On: e.On}
			}
		}
		for _, p := range e.Papers {
			h.Papers = append(h.Papers, campaign.PaperChange{PublishedPaper: p, On: e.On, Before: s.Edition, Edition: e.Edition})
		}
		s.apply(e)
		if e.Edition > len(h.Editions) {
			h.Editions = append(h.Editions, campaign.FiguresEdition{Number: e.Edition, On: e.On, Figures: s.shownFigures()})
		}
	}
	for _, file := range slices.Sorted(maps.Keys(gone)) {
		h.Withdrawn = append(h.Withdrawn, gone[file])
	}
	return h
}
