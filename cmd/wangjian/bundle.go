package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/forms"
	"wangjian/internal/handover"
	"wangjian/internal/project"
	"wangjian/internal/publish"
)

func (a *app) bundleCommand() *cobra.Command {
	var target string
	var again reseal
	cmd := &cobra.Command{
		Use:   "bundle",
		Short: "把报送上级的材料做成一个 zip（含不公开的内容）",
		Long:  "按通知要求的次序，把工作总结、典型案例和处罚决定书、统计表、图片视频做成一个 zip，附校验清单。其中有不公开的内容，不会放进公开的文件夹。",
		Args:  nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if again.from != "" {
				return a.reseal(cmd.Context(), again, target)
			}
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
			a.commit()
			for _, to := range result.Copies(target) {
				if err := a.writeBundle(cmd.Context(), result, to); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVarP(&target, "output", "o", "", "放到哪个 zip 文件，如 报送材料.zip")
	cmd.Flags().StringVar(&again.from, "reseal", "", "收回一份改过 docx 的报送材料：检查、重做 PDF 和清单")
	cmd.Flags().StringSliceVar(&again.given, "docx", nil, "与 --reseal 一起：改好的 docx（或由它另存的 PDF），文件名以材料里的名称开头")
	cmd.Flags().BoolVar(&again.replace, "replace", false, "与 --reseal 一起：替换已有的 zip 文件")
	return cmd
}

// writeBundle writes a submission, or a copy of it for an office of the same level.
func (a *app) writeBundle(ctx context.Context, result *project.Loaded, to project.Copy) error {
	submission, err := result.Submission(to.For)
	if err != nil {
		return failf("准备报送材料：%w", err)
	}
	bundle := publish.Bundle{Target: a.under(to.Target), Campaign: a.dir}
	size, err := bundle.Write(ctx, result.Whole, submission.Parts)
	if err != nil {
		return failf("没有生成报送材料：%w", err)
	}
	whom := "报" + handover.Superior(result.Campaign.Tier) + "级"
	if to.For != "" {
		whom = "抄送" + to.For
	} else {
		for _, note := range append(submission.Notes, publish.SizeNote(size)...) {
			fmt.Fprintln(a.Stderr, "提醒："+note)
		}
	}
	fmt.Fprintf(a.Stdout, "已生成 %s（%s）：%d 个文件，%.1f MB，含不公开的内容，只供报送（%s）\n", to.Target, whom, len(submission.Parts)+2, float64(size)/(1<<20), a.asOf(result.At))
	return nil
}

// reseal is what --reseal asks for.
type reseal struct {
	from    string
	given   []string
	replace bool
}

// reseal takes back a bundle whose documents were polished.
func (a *app) reseal(ctx context.Context, asked reseal, target string) error {
	result, err := a.read()
	if err != nil {
		return err
	}
	if target == "" {
		target = strings.TrimSuffix(asked.from, filepath.Ext(asked.from)) + "（已改）.zip"
	}
	again := publish.Reseal{
		Bundle: publish.Bundle{Target: a.under(target), Campaign: a.dir}, Replace: asked.replace, From: a.under(asked.from),
		Paper: publish.PaperOf,
		Check: result.CheckDocument,
	}
	for _, file := range asked.given {
		again.Given = append(again.Given, a.under(file))
	}
	a.commit()
	done, err := again.Write(ctx, result.Whole)
	if err != nil {
		return failf("没有重做报送材料：%w", err)
	}
	for _, note := range done.Notes {
		fmt.Fprintln(a.Stderr, "提醒："+note)
	}
	fmt.Fprintf(a.Stdout, "已生成 %s：换了 %s，清单已重做\n", target, strings.Join(done.Changed, "、"))
	return nil
}
