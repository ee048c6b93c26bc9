package main

import (
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"wangjian/internal/cache"
	"wangjian/internal/card"
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

// mostCards is how many cards are kept, two an item.
const mostCards = 20_000

// drawer returns what draws the campaign's cards.
func (a *app) drawer(looks fs.FS) *card.Painter {
	return card.NewPainter(looks, cache.NewFolder(a.dir, "cards", mostCards).OfProgram())
}

// freshDrawer returns a drawer that takes nothing from an earlier build.
func freshDrawer(looks fs.FS) *card.Painter { return card.NewPainter(looks, cache.NewMemory()) }
