package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"wangjian/internal/release"
)

func (a *app) dueCommand() *cobra.Command {
	var days int
	cmd := &cobra.Command{
		Use:   "due",
		Short: "列出今后几天里到期、发布和撤下的事项",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if days < 0 {
				return errors.New("--days 不能是负数")
			}
			result, _, err := a.read()
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
			return nil
		},
	}
	cmd.Flags().IntVar(&days, "days", 30, "看今后多少天")
	return cmd
}
