package main

import (
	"cmp"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
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
		Use:   "import 文件.docx 或文件夹…",
		Short: "把 Word 总结写成 Markdown，与统计表相同的数字改成引用",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			result, err := a.readSettings()
			if err != nil {
				return err
			}
			options := manuscript.Options{Campaign: result.Campaign, Book: result.Book}
			if options.Round, options.Department, options.Region, err = whose.find(result.Campaign); err != nil {
				return err
			}
			in := a.incoming(args, []string{".docx", ".doc", ".docm", ".wps", ".odt", ".rtf"})
			senders := in.senders(options, result.Date)
			for _, f := range in.open() {
				if err := in.importText(f, senders[f], yes); err != nil {
					return err
				}
			}
			return in.end()
		},
	}
	whose.flags(cmd, true)
	cmd.Flags().BoolVar(&yes, "yes", false, "改写已有的总结")
	return cmd
}

// senders tells whose narrative each file is: what the flags leave open, the file's
// name may tell. Two narratives of one sender are both refused.
func (in *incoming) senders(told manuscript.Options, today campaign.Date) map[*arrival]manuscript.Options {
	c := told.Campaign
	all, first := map[*arrival]manuscript.Options{}, map[manuscript.Options]*arrival{}
	for _, f := range in.open() {
		o, named := told, c.SenderOf(filepath.Base(f.path))
		if o.Department == nil {
			o.Department, o.Region = named.Department, named.Region
		}
		o.Round = cmp.Or(o.Round, named.Round, currentRound(c, today))
		if o.Department == nil {
			f.err = fmt.Errorf("从文件名“%s”看不出是哪个部门的，请加 --department", filepath.Base(f.path))
			continue
		}
		if other := first[o]; other != nil {
			f.refuse("和 %s 是同一个单位同一期的总结，只留一个再导入", other.name)
			other.refuse("和 %s 是同一个单位同一期的总结，只留一个再导入", f.name)
		}
		all[f], first[o] = o, f
	}
	return all
}

// importText reads a narrative and writes it with its pictures; one that is there is
// overwritten only with a yes.
func (in *incoming) importText(f *arrival, options manuscript.Options, yes bool) error {
	a := in.app
	data := f.read(maxManuscript)
	if f.err != nil {
		return nil
	}
	draft, problems := manuscript.Import(filepath.Base(f.path), data, options)
	if len(in.list) > 1 {
		fmt.Fprintf(a.Stdout, "── %s\n", f.name)
	}
	for _, one := range problems {
		fmt.Fprintln(a.Stderr, one)
	}
	if f.judge(problems); draft == nil {
		return nil
	}
	for _, n := range draft.Notes {
		fmt.Fprintln(a.Stdout, n)
	}
	for _, one := range review.ProtectedSlips(options.Campaign, draft.File, draft.Markdown) {
		fmt.Fprintf(a.Stdout, "%s: 错误：%s（%s）[%s]\n", one.At, one.Message, one.Hint, one.Rule)
	}
	target := a.under(filepath.FromSlash(draft.File))
	if _, err := os.Stat(target); err == nil && !yes && !a.confirm(draft.File+" 已经有了，改写吗？写 y 确认：") {
		f.refuse("%s 已经有了，没有动它；要改写就加 --yes", draft.File)
		return nil
	}
	for _, p := range draft.Pictures {
		if err := a.writeIn("", path.Join(path.Dir(draft.File), p.Name), p.Data); err != nil {
			return err
		}
	}
	if err := a.writeIn("", draft.File, draft.Markdown); err != nil {
		return err
	}
	f.done = fmt.Sprintf("%s：已写好，图片 %d 张。它还没有签发，请核对后填写公开方式、发布日期和审核", draft.File, len(draft.Pictures))
	return nil
}
