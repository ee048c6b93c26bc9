package record

import (
	"slices"

	"wangjian/internal/campaign"
)

// Event is a publication: an entry with what was so before.
type Event struct {
	*Entry
	Changes []ItemChange
	Values  []FigureChange
}

// ItemChange is an item that was published or taken down.
type ItemChange struct {
	Was, Is campaign.PublishedItem // with no File for what was or is not public
	Why     Gone
}

// File is the item's file.
func (x ItemChange) File() string { return x.last().File }

// Title is what it is, or was, called.
func (x ItemChange) Title() string { return x.last().Title }

func (x ItemChange) last() campaign.PublishedItem {
	if x.Is.File == "" {
		return x.Was
	}
	return x.Is
}

// Altered reports whether what readers see of a public item is another, apart from
// its addresses.
func (x ItemChange) Altered() bool { return x.Was.Digest != x.Is.Digest || x.Was.Title != x.Is.Title }

// Moved reports whether an item has other addresses.
func (x ItemChange) Moved() bool { return !slices.Equal(x.Was.Pages, x.Is.Pages) }

// FigureChange is a figure that was published or taken down; what was or is not
// public is Blank.
type FigureChange struct {
	campaign.FigureName
	Was, Is campaign.Quantity
	// Late: other figures of the round were public before.
	Late bool
}

// Events returns the publications, oldest first, each with what was so before.
func (r *Record) Events() (list []Event) {
	s, rounds := newState(), map[string]bool{}
	for _, e := range r.Entries {
		x := Event{Entry: e}
		for _, i := range e.Items {
			x.Changes = append(x.Changes, ItemChange{Was: s.Items[i.File], Is: i})
		}
		for _, w := range e.Withdrawn {
			x.Changes = append(x.Changes, ItemChange{Was: s.Items[w.File], Why: w.Why})
		}
		for _, f := range e.Figures {
			change := FigureChange{FigureName: f.FigureName, Is: f.Quantity, Late: rounds[f.Round]}
			if n, ok := s.figures[f.FigureName]; ok {
				change.Was = s.Figures[n].Quantity
			}
			x.Values = append(x.Values, change)
		}
		for _, f := range e.Figures {
			rounds[f.Round] = true
		}
		s.apply(e)
		list = append(list, x)
	}
	return list
}
