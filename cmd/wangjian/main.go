// Command wangjian turns a campaign's YAML statistics and Markdown texts into
// an open-information website and a formal PDF.
//
// This package is flags and words only: a file a subcommand, and terminal.go,
// the one place that speaks to the person at the terminal. The rules of the
// terminal:
//
//   - every message is Chinese and says what to do next;
//   - a finding starts with file:line:column and shows the line;
//   - results go to standard output, what went wrong to standard error;
//   - exit status 0 is done, 1 is a finding of error level or any failure (the
//     old site stays), 2 is wrong usage.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/inconshreveable/mousetrap"

	"wangjian/internal/publish"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process whatever it does
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		publish.RoomForGarbage()
	}
	start := run
	if mousetrap.StartedByExplorer() {
		start = clicked
	}
	os.Exit(start(ctx, os.Args[1:], system{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Now: time.Now, Browse: openBrowser}))
}
