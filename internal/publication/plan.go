package publication

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/internal/record"
	"wangjian/internal/release"
	"wangjian/internal/sheet"
	"wangjian/internal/source"
)

// Plan is what an act would change, and what stops it.
type Plan struct {
	*project.Loaded
	// Touching are the findings that count for what is or would be public; an error
	// among them stops the act. Idle are the errors that stop nothing.
	Touching, Idle []campaign.Finding
	// Waiting is what is still shown at the place and should be taken down.
	Waiting []release.Held
	// Entry is what the record would get, and Event the same with what was so before;
	// nil for a build, for a sample, and where nothing changes for the public.
	Entry *record.Entry
	Event *record.Event
}

// PlanOf is the plan for a campaign that was read and a place, which path is the
// folder of; it has no entry.
func PlanOf(l *project.Loaded, place, path string) *Plan {
	p := &Plan{Loaded: l}
	p.Touching, p.Idle = l.Split()
	if shown, ok := shownAt(l, place, path); ok {
		p.Waiting = l.Waiting(shown)
	}
	return p
}

// PublicationOf is the plan of a publication of a campaign that was read.
func PublicationOf(l *project.Loaded, place, path string) (*Plan, error) {
	p := PlanOf(l, place, path)
	return p, p.count()
}

// shownAt returns the time that the site at a place is of: it says so itself, else the
// record does, where its folder is not at hand.
func shownAt(l *project.Loaded, place, path string) (campaign.Moment, bool) {
	if site, err := SiteIn(place, path); err == nil {
		return site.At, true
	}
	if last := l.Record.Last(); last != nil && filepath.Ext(path) == ".zip" {
		return last.At, true
	}
	return campaign.Moment{}, false
}

// ErrFindings: errors in what is or would be public stop an act.
var ErrFindings = errors.New("有错误，没有发布，原有的网站没有动")

// Blocked returns why the act cannot be done; nil where it can.
func (p *Plan) Blocked() error {
	if campaign.HasErrors(p.Touching) {
		return ErrFindings
	}
	return nil
}

// count works out the entry of a publication, where nothing stops it.
func (p *Plan) count() error {
	if p.Blocked() != nil {
		return nil
	}
	if last := p.Record.Last(); last != nil && p.Date.Before(last.At.Date) {
		return fmt.Errorf("上一次发布是 %s，不能再发布更早的 %s", last.At.Date, p.Date)
	}
	var err error
	if p.Entry, p.Event, err = next(p.Loaded); err != nil {
		return fmt.Errorf("准备网站：%w", err)
	}
	return nil
}

// next returns what the record would get, nil for nothing.
func next(l *project.Loaded) (*record.Entry, *record.Event, error) {
	entry, err := l.NextEntry()
	if err != nil || entry == nil {
		return nil, nil, err
	}
	events := l.Record.With(entry).Events()
	return entry, &events[len(events)-1], nil
}

// Unsigned is what differs from the last publication and nobody signs: addresses, and
// words, templates, styles and settings. It is nil where nothing was published or
// nothing differs.
func Unsigned(l *project.Loaded) *record.Event {
	if l.Record.Last() == nil {
		return nil
	}
	_, event, err := next(l)
	if err != nil || event == nil {
		return nil
	}
	return event
}

// SiteIn returns what a published site, which place names, says of itself.
func SiteIn(place, folder string) (*campaign.Published, error) {
	f, err := os.Open(filepath.Join(folder, filepath.FromSlash(sheet.JSONPath)))
	if err != nil {
		return nil, fmt.Errorf("没有 %s", sheet.JSONPath)
	}
	defer f.Close()
	return source.ReadPublished(place+"/"+sheet.JSONPath, f)
}

// Found returns what the site that is to be replaced shows; nil where there is none.
func Found(place, folder string) *campaign.Published {
	published, err := SiteIn(place, folder)
	if err != nil {
		return nil
	}
	published.Found = true
	published.Items = source.ItemsAt(publish.Listed(folder))
	return published
}
