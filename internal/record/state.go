package record

import (
	"maps"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

// state is what is public after some entries.
type state struct {
	*campaign.Published
	figures map[campaign.FigureName]int // where they stand in the list
}

func newState() *state {
	return &state{
		&campaign.Published{File: Dir, Recorded: true, Items: map[string]campaign.PublishedItem{}, Settings: map[string]string{}},
		map[campaign.FigureName]int{},
	}
}

// apply shows what an entry showed.
func (s *state) apply(e *Entry) {
	s.At, s.Edition = campaign.Moment{Date: e.On}, e.Edition
	for _, i := range e.Items {
		if was, ok := s.Items[i.File]; ok {
			i.Since = was.Since
		}
		s.Items[i.File] = i
	}
	for _, i := range e.Withdrawn {
		delete(s.Items, i.File)
	}
	for _, f := range e.Figures {
		if n, ok := s.figures[f.FigureName]; ok {
			s.Figures[n].Quantity = f.Quantity
		} else {
			s.figures[f.FigureName] = len(s.Figures)
			s.Figures = append(s.Figures, f)
		}
	}
	again := map[string]bool{}
	for _, p := range e.Papers {
		again[p.Path] = true
	}
	s.Papers = slices.DeleteFunc(s.Papers, func(p campaign.PublishedPaper) bool { return again[p.Path] })
	for _, p := range e.Papers {
		if p.Digest != "" {
			s.Papers = append(s.Papers, p)
		}
	}
	for _, x := range e.Settings {
		if s.Settings[x.File] = x.Hash; x.Hash == "" {
			delete(s.Settings, x.File)
		}
	}
}

// published returns what is public, without the figures that no longer are.
func (s *state) published() *campaign.Published {
	s.Figures = s.shownFigures()
	return s.Published
}

func (s *state) shownFigures() []campaign.PublishedFigure {
	return slices.DeleteFunc(slices.Clone(s.Figures), func(f campaign.PublishedFigure) bool { return f.Quantity.Kind == campaign.Blank })
}

// until returns what was public after the entries up to one.
func (r *Record) until(n int) *campaign.Published {
	if n == 0 {
		return nil
	}
	s := newState()
	for _, e := range r.Entries[:n] {
		s.apply(e)
	}
	return s.published()
}

// Last returns what was public after the last publication; nil where there was
// none. An item's Since is the day since which it has been public without a
// break.
func (r *Record) Last() *campaign.Published { return r.until(len(r.Entries)) }

// Digests are those of what is public, and of what was in the form in which it was
// public last: what is taken down comes back with the signatures that it had.
func (r *Record) Digests() map[string]bool {
	last, digests := map[string]string{}, map[string]bool{}
	for _, e := range r.Entries {
		for _, i := range e.Items {
			last[i.File] = i.Digest
		}
	}
	for _, digest := range last {
		digests[digest] = true
	}
	return digests
}

// On returns what was public at the end of a day; nil where nothing was.
func (r *Record) On(day campaign.Date) *campaign.Published {
	n := 0
	for n < len(r.Entries) && !r.Entries[n].On.After(day) {
		n++
	}
	return r.until(n)
}

// With returns the record with another entry.
func (r *Record) With(e *Entry) *Record { return &Record{append(slices.Clip(r.Entries), e)} }

// EndsBefore reports whether the record ends where an entry goes on.
func (r *Record) EndsBefore(e *Entry) bool {
	last := ""
	if n := len(r.Entries); n > 0 {
		last = r.Entries[n-1].hash
	}
	return e.Number == len(r.Entries)+1 && e.Before == last
}

// Next returns the entry that publishing now adds; nil where it would change
// nothing that a reader sees. why says why an item that was public is not so now.
func (r *Record) Next(now *campaign.Published, why func(file string) Gone) *Entry {
	e := &Entry{Number: len(r.Entries) + 1, On: now.At.Date}
	was := r.Last()
	if was == nil {
		was = newState().Published
	} else {
		last := r.Entries[len(r.Entries)-1]
		e.Edition, e.Before = last.Edition, last.hash
	}
	for _, file := range slices.Sorted(maps.Keys(now.Items)) {
		is, before := now.Items[file], was.Items[file]
		if is.Digest != before.Digest || is.Title != before.Title || !slices.Equal(is.Pages, before.Pages) || is.Signed != before.Signed {
			is.Since = e.On
			e.Items = append(e.Items, is)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(was.Items)) {
		if _, ok := now.Items[file]; !ok {
			e.Withdrawn = append(e.Withdrawn, WithdrawnItem{file, was.Items[file].Title, why(file)})
		}
	}
	e.Figures = figuresChanged(was.Figures, now.Figures)
	e.Settings = settingsChanged(was.Settings, now.Settings)
	e.Papers = papersChanged(was.Papers, now.Papers)
	if len(e.Items)+len(e.Withdrawn)+len(e.Figures)+len(e.Settings)+len(e.Papers) == 0 {
		return nil
	}
	if len(e.Figures) > 0 {
		e.Edition++
	}
	e.file = nameOf(e.Number, e.On)
	e.hash = hashOf(e.Bytes())
	return e
}

// figuresChanged lists the figures of now that are new or written otherwise, and
// those that are gone as Blank ones.
func figuresChanged(was, now []campaign.PublishedFigure) (list []campaign.PublishedFigure) {
	before := map[campaign.FigureName]campaign.Quantity{}
	for _, f := range was {
		before[f.FigureName] = f.Quantity
	}
	for _, f := range now {
		if old, ok := before[f.FigureName]; !ok || old.String() != f.Quantity.String() {
			list = append(list, f)
		}
		delete(before, f.FigureName)
	}
	for _, f := range was {
		if _, gone := before[f.FigureName]; gone {
			list = append(list, campaign.PublishedFigure{FigureName: f.FigureName})
		}
	}
	return list
}

// settingsChanged lists the settings that differ, by file.
func settingsChanged(was, now map[string]string) (list []Setting) {
	for _, file := range slices.Sorted(maps.Keys(now)) {
		if was[file] != now[file] {
			list = append(list, Setting{file, now[file]})
		}
	}
	for _, file := range slices.Sorted(maps.Keys(was)) {
		if _, ok := now[file]; !ok {
			list = append(list, Setting{file, ""})
		}
	}
	return list
}

// papersChanged lists the papers of now that are new or say something else, and those
// that are gone without their digest; by path.
func papersChanged(was, now []campaign.PublishedPaper) (list []campaign.PublishedPaper) {
	before := map[string]string{}
	for _, p := range was {
		before[p.Path] = p.Digest
	}
	for _, p := range now {
		if before[p.Path] != p.Digest {
			list = append(list, p)
		}
		delete(before, p.Path)
	}
	for path := range before {
		list = append(list, campaign.PublishedPaper{Path: path})
	}
	slices.SortFunc(list, func(a, b campaign.PublishedPaper) int { return strings.Compare(a.Path, b.Path) })
	return list
}
