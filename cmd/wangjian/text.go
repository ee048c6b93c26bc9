package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"wangjian/internal/manuscript"
	"wangjian/internal/review"
)

func (a *app) textCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "text",
		Short: "读收回的 Word 总结",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.textImportCommand())
	return cmd
}

// maxManuscript bounds a Word file with its pictures.
const maxManuscript = 64 << 20

func (a *app) textImportCommand() *cobra.Command {
	var whose sender
	var yes bool
	cmd := &cobra.Command{
		Use:   "import 文件.docx",
		Short: "把 Word 总结写成 Markdown，与统计表相同的数字改成引用",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			result, err := a.readSettings()
			if err != nil {
				return err
			}
			c := result.Campaign
			options := manuscript.Options{Campaign: c, Book: result.Book}
			if options.Round, options.Department, options.Region, err = whose.find(c); err != nil {
				return err
			}
			// What the flags leave open, the file's name may tell.
			told := c.SenderOf(filepath.Base(args[0]))
			if options.Department == nil {
				options.Department, options.Region = told.Department, told.Region
			}
			if options.Round == nil {
				if options.Round = told.Round; options.Round == nil {
					options.Round = currentRound(c, result.Date)
				}
			}
			if options.Department == nil {
				return fmt.Errorf("从文件名“%s”看不出是哪个部门的，请加 --department", filepath.Base(args[0]))
			}
			data, err := readBounded(a.under(args[0]), maxManuscript)
			if err != nil {
				return failf("读不出 %s：%v", args[0], reason(err))
			}
			draft, problems := manuscript.Import(filepath.Base(args[0]), data, options)
			for _, f := range problems {
				fmt.Fprintln(a.Stderr, f)
			}
			if draft == nil {
				return failf("没有导入 %s", args[0])
			}
			for _, n := range draft.Notes {
				fmt.Fprintln(a.Stdout, n)
			}
			for _, f := range review.ProtectedSlips(c, draft.File, draft.Markdown) {
				fmt.Fprintf(a.Stdout, "%s: 错误：%s（%s）[%s]\n", f.At, f.Message, f.Hint, f.Rule)
			}
			return a.writeDraft(args[0], draft, yes)
		},
	}
	whose.flags(cmd, true)
	cmd.Flags().BoolVar(&yes, "yes", false, "改写已有的总结")
	return cmd
}

// writeDraft writes the narrative and its pictures; one that is there is
// overwritten only with a yes.
func (a *app) writeDraft(from string, draft *manuscript.Result, yes bool) error {
	target := a.under(filepath.FromSlash(draft.File))
	if _, err := os.Stat(target); err == nil && !yes && !a.confirm(draft.File+" 已经有了，改写吗？写 y 确认：") {
		return failf("%s 已经有了，没有动它；要改写就加 --yes", draft.File)
	}
	for _, p := range draft.Pictures {
		if err := a.writeIn("", path.Join(path.Dir(draft.File), p.Name), p.Data); err != nil {
			return err
		}
	}
	if err := a.writeIn("", draft.File, draft.Markdown); err != nil {
		return err
	}
	fmt.Fprintf(a.Stdout, "%s → %s：已写好，图片 %d 张。它还没有签发，请核对后填写公开方式、发布日期和审核\n", from, draft.File, len(draft.Pictures))
	return nil
}
