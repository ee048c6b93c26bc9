package preview

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
	"wangjian/internal/release"
)

// state is what there is to show. It never changes; a reload puts another in
// its place.
type state struct {
	token    string // names the state to open pages
	findings []campaign.Finding
	failure  error    // of loading; nil when the input is good or only has findings
	good     bool     // last is of the present input
	last     *edition // the last good site; nil when there was none
	replaced chan struct{}
}

// server serves states.
type server struct {
	load    func(changed []string) ([]release.File, []campaign.Finding, error)
	log     io.Writer
	state   atomic.Pointer[state]
	loading sync.Mutex // covers count and failed
	count   int        // of loads
	failed  bool       // the last load: nobody knows what it has read
}

func newServer(load func([]string) ([]release.File, []campaign.Finding, error), log io.Writer) *server {
	s := &server{load: load, log: log}
	s.state.Store(&state{replaced: make(chan struct{})})
	return s
}

// ErrUnchanged is returned by a load that finds everything as it was at the last one.
var ErrUnchanged = errors.New("unchanged")

// reload loads what there is after changes to some files, nil for any, and tells
// the open pages. It reports whether there is anything else to show.
func (s *server) reload(changed []string) bool {
	s.loading.Lock()
	defer s.loading.Unlock()
	was := s.state.Load()
	if s.failed {
		changed = nil
	}
	files, findings, err := s.loadSafely(changed)
	if errors.Is(err, ErrUnchanged) {
		return false
	}
	s.count++
	is := &state{
		// The process belongs to it: a page that is open while the preview is
		// started again must not take the new one's first state for its own.
		token:    strconv.Itoa(os.Getpid()) + "-" + strconv.Itoa(s.count),
		last:     was.last,
		replaced: make(chan struct{}),
	}
	s.failed = err != nil
	is.findings = campaign.SortFindings(findings)
	is.failure = err
	switch {
	case err != nil || campaign.HasErrors(findings):
	case files == nil:
		is.failure = errors.New("没有可以显示的网站")
	default:
		is.last, is.good = newEdition(files), true
	}
	s.state.Store(is)
	close(was.replaced)
	return true
}

// loadSafely keeps the preview alive when the input makes the program itself
// stumble.
func (s *server) loadSafely(changed []string) (files []release.File, findings []campaign.Finding, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			fmt.Fprintf(s.log, "程序出错：%v\n%s", fault, debug.Stack())
			err = fmt.Errorf("读取时程序出错：%v", fault)
		}
	}()
	return s.load(changed)
}

// tell logs what the last load gave, in one line.
func (s *server) tell(lead string) {
	st := s.state.Load()
	errors, warnings := count(st.findings)
	switch {
	case st.failure != nil:
		fmt.Fprintf(s.log, "%s读取失败：%s\n", lead, cause.In(st.failure))
	case !st.good:
		fmt.Fprintf(s.log, "%s有 %d 处错误，浏览器里列出了全部；第一处在 %s\n", lead, errors, firstError(st.findings).At)
	case warnings > 0:
		fmt.Fprintf(s.log, "%s网页已更新，有 %d 处提醒\n", lead, warnings)
	default:
		fmt.Fprintf(s.log, "%s网页已更新\n", lead)
	}
}

func count(findings []campaign.Finding) (errors, warnings int) {
	for _, f := range findings {
		if f.Level == campaign.Error {
			errors++
		} else {
			warnings++
		}
	}
	return errors, warnings
}

func firstError(findings []campaign.Finding) campaign.Finding {
	for _, f := range findings {
		if f.Level == campaign.Error {
			return f
		}
	}
	return campaign.Finding{}
}
