package campaign

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// History is what the record of publications tells of earlier days, as far as
// anyone may know it: nobody's name and nothing that was never public.
type History struct {
	Editions []FiguresEdition // oldest first
	// First are the days of first publication, by file, of all that was ever public.
	First map[string]Date
	// Changed are the days after its first publication on which a public item, or
	// a round by its release.yaml, was published changed: by file, oldest first.
	Changed map[string][]Date
	// Withdrawn are the items that were public until a written withdrawal.
	Withdrawn []WithdrawnContent
	// Papers are what publications changed of papers, the oldest first.
	Papers []PaperChange
}

// FiguresEdition is what the public was shown of the figures from one day to the
// next edition. A figure that may be shown no longer is Blank.
type FiguresEdition struct {
	Number  int
	On      Date
	Figures []PublishedFigure
}

// Path is where a data file of the edition stays.
func (e FiguresEdition) Path(ending string) string {
	return fmt.Sprintf("data/%d/statistics.%s", e.Number, ending)
}

// WithdrawnContent is an item that is no longer public by a written withdrawal.
type WithdrawnContent struct {
	File, Title string
	On          Date // the first publication without it
}

// FirstPublished returns the day on which an item, or a round by its release.yaml,
// was published first, under whatever name; ok is false for what the record never
// showed.
func (c *Campaign) FirstPublished(file string) (first Date, ok bool) {
	if c.History == nil {
		return Date{}, false
	}
	names := []string{file}
	if i := c.ItemAt(file); i != nil {
		for _, alias := range i.Aliases {
			names = append(names, path.Dir(file)+"/"+alias+".md")
		}
	}
	for _, name := range names {
		if on, shown := c.History.First[name]; shown && (!ok || on.Before(first)) {
			first, ok = on, true
		}
	}
	return first, ok
}

// Latest returns the last edition of the figures; nil where there is none.
func (h *History) Latest() *FiguresEdition {
	if h == nil || len(h.Editions) == 0 {
		return nil
	}
	return &h.Editions[len(h.Editions)-1]
}

// EditionOf returns the number of the edition with which a correction was first
// published; 0 for one that was not yet.
func (h *History) EditionOf(x *Correction) int {
	first := 0
	for _, e := range h.Editions {
		if e.On.Before(x.On) {
			continue
		}
		if first == 0 {
			first = e.Number
		}
		if x.Row == nil || e.has(NameOf(x.Round, x.Row, x.Region, x.Own), x.New) {
			return e.Number
		}
	}
	return first
}

// has reports whether a figure was so, or was not there where q is Blank.
func (e *FiguresEdition) has(name FigureName, q Quantity) bool {
	n := slices.IndexFunc(e.Figures, func(f PublishedFigure) bool { return f.FigureName == name })
	if n < 0 {
		return q.Kind == Blank
	}
	return e.Figures[n].Quantity.Equal(q)
}

// Until returns the history up to the end of a day.
func (h *History) Until(day Date) *History {
	if h == nil {
		return nil
	}
	past := &History{First: map[string]Date{}, Changed: map[string][]Date{}}
	for file, first := range h.First {
		if !first.After(day) {
			past.First[file] = first
		}
	}
	for _, e := range h.Editions {
		if !e.On.After(day) {
			past.Editions = append(past.Editions, e)
		}
	}
	for file, days := range h.Changed {
		days = slices.DeleteFunc(slices.Clone(days), func(d Date) bool { return d.After(day) })
		if len(days) > 0 {
			past.Changed[file] = days
		}
	}
	for _, w := range h.Withdrawn {
		if !w.On.After(day) {
			past.Withdrawn = append(past.Withdrawn, w)
		}
	}
	for _, x := range h.Papers {
		if !x.On.After(day) {
			past.Papers = append(past.Papers, x)
		}
	}
	return past
}

// TitleOf returns what an item was called that was withdrawn in writing; "" where
// nobody knows.
func (h *History) TitleOf(file string) string {
	if h != nil {
		for _, w := range h.Withdrawn {
			if w.File == file {
				return w.Title
			}
		}
	}
	return ""
}

// Updates lists the days on which what a record of publication is of was changed
// after its first publication, oldest first: those of the record of publications,
// and 更新日期, which stands for the publication that followed it.
func (h *History) Updates(r *Release) (days []Date) {
	if h != nil {
		days = slices.Clone(h.Changed[r.Keys.Start.File])
	}
	if !r.UpdatedOn.IsZero() {
		n := slices.IndexFunc(days, func(d Date) bool { return !d.Before(r.UpdatedOn) })
		if n < 0 {
			return append(days, r.UpdatedOn)
		}
		days[n] = r.UpdatedOn
	}
	return slices.Compact(days)
}

// UpdatedOn writes the days of updates; "" for what was never changed.
func (h *History) UpdatedOn(r *Release, write func(Date) string) string {
	var days []string
	for _, d := range h.Updates(r) {
		days = append(days, write(d))
	}
	return strings.Join(days, "、")
}

// ChangedAt returns when what is published was last changed, by its own words or
// by the record.
func (h *History) ChangedAt(r *Release) Moment {
	at := r.ChangedAt()
	for _, day := range h.Updates(r) {
		if updated := (Moment{Date: day}); updated.Compare(at) > 0 {
			at = updated
		}
	}
	return at
}
