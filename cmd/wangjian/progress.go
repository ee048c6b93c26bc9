package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// progress is a line at the foot of the terminal that says what a long command
// is doing. It shows after a second, and only to a person: into a file or a pipe
// nothing is written.
type progress struct {
	doing atomic.Pointer[string]
	quit  chan struct{}
	ended sync.WaitGroup
}

// newProgress starts the line; end takes it away.
func newProgress(w io.Writer) *progress {
	p := &progress{quit: make(chan struct{})}
	if isTerminal(w) {
		p.ended.Go(func() { p.show(w) })
	}
	return p
}

// isTerminal reports whether somebody may be looking.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// say sets the line.
func (p *progress) say(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	p.doing.Store(&text)
}

// end takes the line away; it may be called again.
func (p *progress) end() {
	select {
	case <-p.quit:
	default:
		close(p.quit)
	}
	p.ended.Wait()
}

func (p *progress) show(w io.Writer) {
	wait := time.NewTimer(time.Second)
	defer wait.Stop()
	shown := 0 // columns
	for {
		select {
		case <-p.quit:
			if shown > 0 {
				fmt.Fprintf(w, "\r%s\r", strings.Repeat(" ", shown))
			}
			return
		case <-wait.C:
		}
		if text := p.doing.Load(); text != nil {
			width := len(padding(*text, len([]rune(*text))+1))
			fmt.Fprintf(w, "\r%s%s", *text, strings.Repeat(" ", max(0, shown-width)))
			shown = max(shown, width)
		}
		wait.Reset(200 * time.Millisecond)
	}
}
