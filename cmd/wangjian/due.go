package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/internal/release"
)

// The formats of the coming days.
const (
	asText     = "text"
	asCalendar = "ics"
)

func (a *app) dueCommand() *cobra.Command {
	var days int
	var format, target string
	cmd := &cobra.Command{
		Use:   "due",
		Short: "列出今后几天里到期、发布和撤下的事项",
		Args:  nothing,
		RunE: func(*cobra.Command, []string) error {
			switch {
			case days < 0:
				return errors.New("--days 不能是负数")
			case format != asText && format != asCalendar:
				return fmt.Errorf("--format 要写 %s（文字）或 %s（日历文件）", asText, asCalendar)
			case format == asText && target != "":
				return errors.New("-o 写日历文件，要和 --format ics 一起用")
			}
			result, err := a.readSettings()
			if err != nil {
				return err
			}
			events := release.Calendar(result.Campaign, result.Date, days)
			if format == asCalendar {
				return a.writeCalendar(result, events, target)
			}
			for _, e := range events {
				fmt.Fprintf(a.Stdout, "%s（%d 天后）  %s  %s\n", e.On, result.Date.DaysUntil(e.On), e.What, e.File)
			}
			if len(events) == 0 {
				fmt.Fprintf(a.Stdout, "从 %s 起 %d 天里没有到期的事项\n", result.Date, days)
			}
			return tellUndated(a.Stdout, result.Campaign)
		},
	}
	cmd.Flags().IntVar(&days, "days", 30, "看今后多少天")
	cmd.Flags().StringVar(&format, "format", asText, "text（文字）或 ics（日历文件，Outlook 和手机日历都能导入）")
	cmd.Flags().StringVarP(&target, "output", "o", "", "日历写到哪个文件，如 日程.ics（不写时打印出来）")
	return cmd
}

// writeCalendar writes the coming days as a calendar file, or prints it.
func (a *app) writeCalendar(result *project.Loaded, events []release.Event, target string) error {
	text := release.ICalendar(result.Campaign.Short, events, result.Date)
	if target == "" {
		fmt.Fprintf(a.Stdout, "%s", text)
		return tellUndated(a.Stderr, result.Campaign)
	}
	if err := a.writeOut(publish.Deliverable{Path: target, Office: "日程"}, text); err != nil {
		return err
	}
	fmt.Fprintf(a.Stdout, "已写出 %s：%d 个事项，双击打开，或在日历程序里导入\n", target, len(events))
	return tellUndated(a.Stdout, result.Campaign)
}

// tellUndated lists the files that cannot be read, whose days the calendar does
// not know, and fails where there are some.
func tellUndated(w io.Writer, c *campaign.Campaign) error {
	if len(c.Unreadable) == 0 {
		return nil
	}
	fmt.Fprintln(w, "读不出的文件，里面的日期没有列入（怎么改见 wangjian check）：")
	for _, file := range slices.Sorted(maps.Keys(c.Unreadable)) {
		fmt.Fprintf(w, "  %s\n", c.Unreadable[file])
	}
	return failf("有 %d 个文件读不出", len(c.Unreadable))
}
