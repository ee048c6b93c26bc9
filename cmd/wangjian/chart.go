package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"wangjian/internal/chart"
)

func (a *app) chartCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "chart",
		Short: "图表",
		Args:  nothing,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(&cobra.Command{
		Use:   "list",
		Short: "列出能画的图表；在文字里写 {{图:代号}} 就放进去",
		Args:  nothing,
		RunE: func(*cobra.Command, []string) error {
			result, err := a.readSound("没有列出图表")
			if err != nil {
				return err
			}
			list := chart.List(result.Out, result.Public.Campaign())
			for _, l := range list {
				fmt.Fprintf(a.Stdout, "%s\t%s\n", l.Code, l.Title)
			}
			if len(list) == 0 {
				fmt.Fprintf(a.Stdout, "没有能画的图表：统计数据还没有公布（%s）\n", a.asOf(result.At))
			}
			return nil
		},
	})
	return cmd
}
