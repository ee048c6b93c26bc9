package desk

import (
	"html/template"
	"net/url"
	"slices"
	"strings"
	"sync"

	"wangjian/internal/campaign"
)

// screen is one screen of the desk.
type screen struct {
	name  string // its address below /_desk/, and that of its template in assets/
	title string
	words string // what it is for, in a sentence, on the first page
	// data returns what its template finds in .Data.
	data func(*request) (any, error)
	// acts are what its forms do: a POST to its address and the act's name.
	acts map[string]act
	// parts are what its links lead to beside the page itself, such as downloads: a
	// GET of its address and the part's name. at answers for all other names below it.
	parts map[string]act
	at    func(r *request, rest string) (answer, error)
	// waits is what waits there; nil for a screen where nothing ever waits.
	waits  func(*request) waiting
	limit  int64 // of what a form may bring, in bytes; 0 for that of a form without files
	closed bool  // it shows without an open campaign
	hidden bool  // it is not in the menu
}

// waiting is what waits on a screen: how much, the number beside its name, and on the
// first page what it is and what to do. Without words nothing waits.
type waiting struct {
	Count      int
	Words, Act string
	To         string // where it is done, when not on the screen itself
}

// ask returns what waits on a screen.
func (s *screen) ask(r *request) waiting {
	if s.waits == nil || r.loaded == nil {
		return waiting{}
	}
	w := s.waits(r)
	if w.To == "" {
		w.To = address(s.name)
	}
	return w
}

type act func(*request) (answer, error)

// screens lists them in the order of the job.
var screens []*screen

func init() {
	screens = []*screen{
		homeScreen(), startScreen(), settingsScreen(), sendScreen(), incomingScreen(), checkScreen(), progressScreen(),
		dataScreen(), editScreen(),
		signScreen(), publishScreen(), historyScreen(), bundleScreen(),
		changeScreen(), jobScreen(), undoScreen(),
	}
}

func screenOf(name string) *screen {
	if n := slices.IndexFunc(screens, func(s *screen) bool { return s.name == name }); n >= 0 {
		return screens[n]
	}
	return nil
}

// address is that of a screen with the fields of its query, in pairs.
func address(screen string, pairs ...string) string {
	q := url.Values{}
	for n := 0; n+1 < len(pairs); n += 2 {
		if pairs[n+1] != "" {
			q.Set(pairs[n], pairs[n+1])
		}
	}
	a := ownFolder + screen
	if len(q) > 0 {
		a += "?" + q.Encode()
	}
	return a
}

// templates parses the frame and all screens once.
var templates = sync.OnceValues(func() (*template.Template, error) {
	return template.New("").Funcs(template.FuncMap{
		"address": address,
		"level":   levelWord,
		"join":    strings.Join,
		"key":     keyOfFinding,
		"ending":  mendWords,
		"screen":  onScreen,
		"next":    nextOf,
		"line":    shownLine,
		"missing": isMissing,
		"inc":     func(n int) int { return n + 1 },
	}).ParseFS(assets, "assets/*.html")
})

func levelWord(l campaign.Level) string {
	switch l {
	case campaign.Error:
		return "错误"
	case campaign.Warning:
		return "提醒"
	}
	return "说明"
}
