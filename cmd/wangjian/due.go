package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
)

func (a *app) dueCommand() *cobra.Command {
	var days int
	cmd := &cobra.Command{
		Use:   "due",
		Short: "列出今后几天里到期、发布和撤下的事项",
		Args:  nothing,
		RunE: func(*cobra.Command, []string) error {
			if days < 0 {
				return errors.New("--days 不能是负数")
			}
			result, err := a.readSettings()
			if err != nil {
				return err
			}
			events := release.Calendar(result.Campaign, result.Date, days)
			for _, e := range events {
				fmt.Fprintf(a.Stdout, "%s（%d 天后）  %s  %s\n", e.On, result.Date.DaysUntil(e.On), e.What, e.File)
			}
			if len(events) == 0 {
				fmt.Fprintf(a.Stdout, "从 %s 起 %d 天里没有到期的事项\n", result.Date, days)
			}
			return a.tellUndated(result.Campaign)
		},
	}
	cmd.Flags().IntVar(&days, "days", 30, "看今后多少天")
	return cmd
}

// tellUndated lists the files that cannot be read, whose days the calendar does
// not know, and fails where there are some.
func (a *app) tellUndated(c *campaign.Campaign) error {
	if len(c.Unreadable) == 0 {
		return nil
	}
	fmt.Fprintln(a.Stdout, "读不出的文件，里面的日期没有列入（怎么改见 wangjian check）：")
	for _, file := range slices.Sorted(maps.Keys(c.Unreadable)) {
		fmt.Fprintf(a.Stdout, "  %s\n", c.Unreadable[file])
	}
	return failf("有 %d 个文件读不出", len(c.Unreadable))
}
