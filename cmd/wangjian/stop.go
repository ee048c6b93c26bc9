package main

import (
	"context"
	"errors"
)

// The stages of a run, as far as stopping it goes.
const (
	preparing  int32 = iota // nothing is written yet: the process may end at any moment
	committing              // the command writes, and ends by itself when it is stopped
	stopped                 // nothing more may be written
)

var errStopped = failure{errors.New("已按要求停止，没有做完；原有的文件没有动")}

// untilStopped runs a command, and returns at once when ctx is done before the
// command writes anything. What writes ends whole: long writing looks at ctx
// itself, and short writing goes to its end.
func (a *app) untilStopped(ctx context.Context, command func() error) error {
	done := make(chan error, 1)
	go func() { done <- command() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		if a.stage.CompareAndSwap(preparing, stopped) {
			return errStopped
		}
		return <-done
	}
}

// commit is called before a command writes. It does not return in a run that
// was stopped: the process is about to end.
func (a *app) commit() {
	if !a.stage.CompareAndSwap(preparing, committing) && a.stage.Load() == stopped {
		select {}
	}
}
