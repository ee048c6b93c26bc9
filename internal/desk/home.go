package desk

import (
	"wangjian/internal/project"
	"wangjian/internal/release"
)

// homeScreen is the first page: what there is to do, what falls due, and all steps.
func homeScreen() *screen {
	return &screen{name: "home", title: "首页", closed: true, data: homeData}
}

type homePage struct {
	Unread  string // why nothing can be told
	Waiting []waiting
	Due     []release.Event
	Steps   []*step
}

type step struct {
	Name, Title, Words string
	Waiting            int
}

// Bounds of what falls due: days ahead, and how many.
const (
	dueDays = 30
	mostDue = 5
)

// isOut reports whether an event is the publication of what is public already, or was
// taken down.
func isOut(l *project.Loaded, e release.Event) bool {
	if i := l.Campaign.ItemAt(e.File); i != nil {
		if i.Stopped != nil {
			return true
		}
		if i.Expires == e.On {
			return false
		}
	}
	if l.Published == nil {
		return false
	}
	_, out := l.Published.Items[e.File]
	return out
}

func homeData(r *request) (any, error) {
	if r.work == nil {
		return &homePage{}, nil
	}
	p := &homePage{}
	for _, s := range screens {
		w := s.ask(r)
		if w.Words != "" {
			p.Waiting = append(p.Waiting, w)
		}
		if !s.hidden && s.name != r.screen.name {
			p.Steps = append(p.Steps, &step{s.name, s.title, s.words, w.Count})
		}
	}
	if r.loaded == nil {
		p.Unread = errUnread.Error()
		return p, nil
	}
	for _, e := range release.Calendar(r.loaded.Campaign, r.loaded.Date, dueDays) {
		if len(p.Due) < mostDue && !isOut(r.loaded, e) {
			p.Due = append(p.Due, e)
		}
	}
	return p, nil
}
