package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"wangjian/internal/publish"
)

func (a *app) buildCommand() *cobra.Command {
	var target string
	cmd := &cobra.Command{
		Use:   "build",
		Short: "生成网站、数据文件和 report.pdf",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			result, looks, err := a.readSound("没有发布，原有的网站没有动")
			if err != nil {
				return err
			}
			drawer, err := a.drawer(looks)
			if err != nil {
				return err
			}
			files, err := publish.Plan(result.Public, looks, drawer)
			if err != nil {
				return failf("准备网站：%w", err)
			}
			folder := publish.Folder{Target: a.under(target), Campaign: a.dir}
			done, err := folder.Publish(files)
			if err != nil {
				return failf("没有发布，原有的网站没有动：%w", err)
			}
			for _, note := range done.Notes {
				fmt.Fprintln(a.Stderr, note)
			}
			printHeld(a.Stdout, result.Public.Held())
			fmt.Fprintf(a.Stdout, "已生成 %s：%d 个文件，其中 %d 个有变化（以 %s 为今天）\n", target, done.Files, done.Changed, result.Date)
			return nil
		},
	}
	a.compare(cmd)
	cmd.Flags().StringVarP(&target, "output", "o", "public", "网站放到哪个文件夹")
	return cmd
}
