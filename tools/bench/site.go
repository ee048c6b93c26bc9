package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"time"

	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/chart"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/internal/release"
	"wangjian/tools/corpus"
)

// blank draws nothing.
type blank struct{}

func (blank) Share(card.Card) ([]byte, error)        { return nil, nil }
func (blank) Preview(card.Card) ([]byte, error)      { return nil, nil }
func (blank) Drawing(*chart.Drawing) ([]byte, error) { return nil, nil }

func buildSite(args []string) error {
	flags := flag.NewFlagSet("site", flag.ExitOnError)
	target := flags.String("o", "", "the folder to publish")
	cpu := flags.String("cpuprofile", "", "write a CPU profile")
	heap := flags.String("memprofile", "", "write what is in memory once all is rendered")
	flags.Parse(args)
	if *cpu != "" {
		f, err := os.Create(*cpu)
		if err != nil {
			return err
		}
		pprof.StartCPUProfile(f)
		defer pprof.StopCPUProfile()
	}
	publish.RoomForGarbage()
	root := flags.Arg(0)
	day, err := campaign.ParseDate(corpus.Today)
	if err != nil {
		return err
	}
	begin := time.Now()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	public := publish.Folder{Target: *target, Campaign: root}
	if last := public.Begin(publish.Options{Campaign: root, Program: self, At: day.Last(), Asked: true}); last != nil {
		fmt.Printf("%d files, nothing to do\n", last.Files())
		return nil
	}
	lap := func(what string) { fmt.Fprintf(os.Stderr, "%-10s %.3f s\n", what, time.Since(begin).Seconds()) }
	opened, options := project.Open(root), project.Options{Today: func(*campaign.Campaign) campaign.Moment { return day.Last() }}
	if inputs := public.Inputs(); inputs != nil {
		opened.KeepOnDisk(inputs.Program)
		options.Now = inputs.Files
	}
	result, err := opened.Load(options)
	if err != nil {
		return err
	}
	lap("read")
	for _, f := range result.Findings {
		if f.Level == campaign.Error {
			return fmt.Errorf("%s：%s", f.At, f.Message)
		}
	}
	files, err := result.Plan(result.Public, blank{})
	if err != nil {
		return err
	}
	files = slices.DeleteFunc(files, func(f release.File) bool { return strings.HasSuffix(f.Path, ".pdf") })
	lap("plan")
	public.Messages.Span = release.Unchanged(result.Campaign, result.At)
	done, err := public.Publish(context.Background(), files)
	if *heap != "" {
		f, err := os.Create(*heap)
		if err != nil {
			return err
		}
		defer f.Close()
		runtime.GC()
		if err := pprof.WriteHeapProfile(f); err != nil {
			return err
		}
		runtime.KeepAlive(result)
		runtime.KeepAlive(files)
	}
	lap("publish")
	fmt.Printf("%d files, %d bytes, %d changed, %d not rendered\n", done.Files, done.Bytes, done.Changed, done.Reused)
	return err
}
