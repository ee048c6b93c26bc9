package main

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"wangjian/internal/incoming"
)

func (a *app) textCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "text",
		Short: "读收回的 Word 总结、案例、警示和公开文件",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.textImportCommand())
	return cmd
}

func (a *app) textImportCommand() *cobra.Command {
	var whose sender
	var flags arrivals
	var as, slug string
	cmd := &cobra.Command{
		Use:   "import 文件.docx 或文件夹…",
		Short: "把 Word 总结或案例、警示、公开文件写成 Markdown，原件存在 收件/",
		Long:  "把 Word 总结写成 Markdown，与统计表相同的数字改成引用。\n可以写文件、文件夹、通配符，也可以是存下来的邮件（.eml）和压缩包（.zip）：逐个列出里面的文件导入、存疑还是退回。\n--as case、warning、open 读典型案例、消费警示、信息公开文件：表格里和“发布机构：…”这样的行写进开头的信息，其余是正文，看不出的空着并列出；--as summary 读全市的总结。\n导入的原件存在 收件/收到的日子/，登记在 收件/登记.yaml。",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			result, err := a.readSettings()
			if err != nil {
				return err
			}
			told, err := textKind(as, slug, len(args))
			if err != nil {
				return err
			}
			if told.Round, told.Department, told.Region, err = whose.find(result.Campaign); err != nil {
				return err
			}
			switch {
			case told.Kind.HasSlug() && (told.Round != nil || told.Department != nil):
				return errors.New("--round、--department 只用于总结")
			case told.Kind == incoming.Summary && told.Department != nil:
				return errors.New("全市的总结由牵头部门写，不用 --department")
			}
			b, err := a.incoming(result, args, incoming.TextEndings, told, flags)
			if err != nil {
				return err
			}
			for _, f := range b.List {
				a.tellDraft(f, len(b.List) == 1)
			}
			for _, f := range overwrites(b) {
				f.Told.Over = flags.yes || a.confirm(f.Becomes+" 已经有了，改写吗？写 y 确认：")
			}
			refuseOverwrites(b, false, func(f *incoming.File) string {
				return f.Becomes + " 已经有了，没有动它；要改写就加 --yes"
			})
			return a.takeIn(b, textBecame)
		},
	}
	whose.flags(cmd, true)
	flags.flags(cmd, "改写已有的文件")
	cmd.Flags().StringVar(&as, "as", "", "读成什么：case（典型案例）、warning（消费警示）、open（信息公开文件）、commitment（信用承诺）、summary（全市的总结）；不写是部门的总结")
	cmd.Flags().StringVar(&slug, "slug", "", "--as case、warning、open、commitment 时写成的文件名，也是网址；不写时照 Word 文件的名字")
	return cmd
}

// textKind returns what the files are told to be, by --as.
func textKind(as, slug string, files int) (incoming.Told, error) {
	told := incoming.Told{Kind: cmp.Or(incoming.Kind(as), incoming.Narrative), Slug: slug}
	isMaterial := told.Kind.HasSlug() && told.Kind != incoming.Photo
	switch {
	case as != "" && !isMaterial && told.Kind != incoming.Summary:
		return told, fmt.Errorf("--as 只能写 case、warning、open、commitment、summary，不能写“%s”", as)
	case slug != "" && (!isMaterial || files > 1):
		return told, errors.New("--slug 只用于 --as case、warning、open、commitment 的一个文件")
	}
	return told, nil
}
