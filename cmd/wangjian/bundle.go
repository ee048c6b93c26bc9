package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"wangjian/internal/forms"
	"wangjian/internal/publish"
)

func (a *app) bundleCommand() *cobra.Command {
	var target string
	cmd := &cobra.Command{
		Use:   "bundle",
		Short: "把报送上级的材料做成一个 zip（含不公开的内容）",
		Long:  "按通知要求的次序，把工作总结、典型案例和处罚决定书、统计表、图片视频做成一个 zip，附校验清单。其中有不公开的内容，不会放进公开的文件夹。",
		Args:  nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if target == "" {
				return errors.New("要用 -o 写明放到哪个 zip 文件")
			}
			result, err := a.readSound("没有生成报送材料")
			if err != nil {
				if result != nil {
					tellUnread(a.Stderr, forms.UnreadOf(result.Campaign))
				}
				return err
			}
			submission, err := result.Submission()
			if err != nil {
				return failf("准备报送材料：%w", err)
			}
			bundle := publish.Bundle{Target: a.under(target), Campaign: a.dir}
			a.commit()
			size, err := bundle.Write(cmd.Context(), result.Whole, submission.Parts)
			if err != nil {
				return failf("没有生成报送材料：%w", err)
			}
			for _, note := range submission.Notes {
				fmt.Fprintln(a.Stderr, "提醒："+note)
			}
			fmt.Fprintf(a.Stdout, "已生成 %s：%d 个文件，%.1f MB，含不公开的内容，只供报送（%s）\n", target, len(submission.Parts)+2, float64(size)/(1<<20), a.asOf(result.At))
			return nil
		},
	}
	cmd.Flags().StringVarP(&target, "output", "o", "", "放到哪个 zip 文件，如 报送材料.zip")
	return cmd
}
