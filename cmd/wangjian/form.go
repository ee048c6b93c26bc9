package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/forms"
	"wangjian/internal/inbox"
	"wangjian/internal/incoming"
	"wangjian/internal/outgoing"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/internal/stats"
)

func (a *app) formCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "form",
		Short: "发出、收回 Excel 报表，写催报通知",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.formExportCommand(), a.formImportCommand(), a.formRemindCommand())
	return cmd
}

func (a *app) formExportCommand() *cobra.Command {
	var whose sender
	var target string
	var counties []string
	var replace, letters bool
	cmd := &cobra.Command{
		Use:   "export",
		Short: "给每个部门（和县、市、区）写一个 Excel 报表",
		Args:  nothing,
		RunE: func(*cobra.Command, []string) error {
			result, err := a.readSettings()
			if err != nil {
				return err
			}
			round, d, _, err := whose.find(result.Campaign)
			if err != nil {
				return err
			}
			if round == nil {
				round = incoming.CurrentRound(result.Campaign, result.Date)
			}
			var departments []*campaign.Department
			if d != nil {
				if len(result.Campaign.Form.RowsOf(d)) == 0 {
					return failf("%s在统计表里没有项目，不用填表", d.Short)
				}
				departments = append(departments, d)
			}
			options := outgoing.Options{Round: round, Departments: departments, Letters: letters, Day: result.Date}
			for _, name := range counties {
				d := result.Campaign.FindDepartment(name)
				if d == nil {
					return unknownName("部门", name, campaign.Nearest(name, campaign.NamesOf(result.Campaign.Departments)))
				}
				options.Counties = append(options.Counties, d)
			}
			list, err := outgoing.Files(result.Campaign, options)
			if err != nil {
				return failure{err}
			}
			kept, err := a.sendForms(target, list, replace, result.Date)
			if err != nil {
				return err
			}
			if len(kept) > 0 {
				fmt.Fprintf(a.Stdout, "没有动的 %d 个，已有人填过，或不是这里发出的（要换掉加 --replace）：\n  %s\n", len(kept), strings.Join(kept, "\n  "))
			}
			if len(kept) == len(list) && len(kept) > 0 {
				return failf("没有写出报表：要写的都已经有了，而且不是发出时的样子")
			}
			what := "报表"
			if letters {
				what = "报表、总结模板和通知"
			}
			fmt.Fprintf(a.Stdout, "已在 %s 写出%s%s %d 个\n", target, round.Name, what, len(list)-len(kept))
			return nil
		},
	}
	whose.flags(cmd, false)
	cmd.Flags().StringVarP(&target, "output", "o", inbox.Sent, "放到哪个文件夹")
	cmd.Flags().BoolVar(&replace, "replace", false, "那里已有的报表填过、改过的也换掉")
	cmd.Flags().BoolVar(&letters, "letters", false, "每个单位另写总结模板（四个部分的 Word 文件）和通知")
	cmd.Flags().StringSliceVar(&counties, "counties", nil, "这些部门的县（市、区）也要填表，如 市场监管局,公安局；已有县表的部门不用写")
	return cmd
}

// sendForms writes what goes out, with a register by which what is as it was sent is
// known: only this, and what is not there, is written.
func (a *app) sendForms(folder string, list []outgoing.File, replace bool, day campaign.Date) (kept []string, err error) {
	set := change.Of(os.DirFS(a.under(folder)))
	if kept, err = outgoing.Note(set, ".", list, replace, day); err != nil {
		return nil, failf("%s：%w", folder, err)
	}
	a.commit()
	for _, f := range set.Files() {
		name := filepath.Join(folder, filepath.FromSlash(f.Name))
		if err := (publish.Deliverable{Path: a.under(name), Campaign: a.dir, Office: "报表", Replace: true, Folder: true}).Prepare(); err != nil {
			return nil, failf("没有写出 %s：%w", name, err)
		}
	}
	if !set.IsEmpty() {
		if _, err := set.Apply(a.under(folder)); err != nil {
			return nil, failf("%s：%w", folder, err)
		}
	}
	for n := range kept {
		kept[n] = filepath.ToSlash(filepath.Join(folder, kept[n]))
	}
	return kept, nil
}

// readSettings reads the campaign, and fails where its own files are not in order:
// a form drawn from them would be wrong.
func (a *app) readSettings() (*project.Loaded, error) {
	result, err := a.read()
	if err != nil {
		return nil, err
	}
	return result, a.soundFiles(result, "data/campaign.yaml", "data/form.yaml")
}

// soundFiles prints the errors in some files, and fails where there are some.
func (a *app) soundFiles(result *project.Loaded, files ...string) error {
	var wrong []campaign.Finding
	for _, f := range result.Findings {
		if f.Level == campaign.Error && slices.Contains(files, f.At.File) {
			wrong = append(wrong, f)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	printFindings(a.Stderr, result.Campaign, wrong)
	return failf("先改好 %s", strings.Join(files, " 和 "))
}

func (a *app) formImportCommand() *cobra.Command {
	var whose sender
	var flags arrivals
	cmd := &cobra.Command{
		Use:   "import 文件或文件夹…",
		Short: "读收回的 Excel 或 CSV 报表，写成 YAML，原件存在 收件/",
		Long:  "读收回的 Excel 或 CSV 报表，写成 YAML。\n可以写文件、文件夹、通配符，也可以是存下来的邮件（.eml）和压缩包（.zip）：逐个列出里面的文件导入、存疑还是退回。\n导入的原件存在 收件/收到的日子/，登记在 收件/登记.yaml；是否逾期按收到的日子算。",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, names []string) error {
			result, err := a.readSettings()
			if err != nil {
				return err
			}
			told := incoming.Told{Kind: incoming.Form}
			if told.Round, told.Department, told.Region, err = whose.find(result.Campaign); err != nil {
				return err
			}
			b, err := a.incoming(result, names, incoming.FormEndings, told, flags)
			if err != nil {
				return err
			}
			for _, f := range b.List {
				a.tellFindings(f)
			}
			list := overwrites(b)
			for _, f := range list {
				fmt.Fprintf(a.Stdout, "%s 要改写 %s：\n%s\n", f.Name, f.Becomes, f.Form().Diff())
			}
			agreed := len(list) == 0 || flags.yes || a.confirm(fmt.Sprintf("改写这 %d 个文件吗？写 y 确认：", len(list)))
			refuseOverwrites(b, agreed, func(*incoming.File) string { return "没有写入；核对以上变化后加 --yes 再运行" })
			return a.takeIn(b, formBecame)
		},
	}
	whose.flags(cmd, true)
	flags.flags(cmd, "不再询问，直接改写已有的文件")
	return cmd
}

// confirm asks at a terminal; without one the answer is no.
func (a *app) confirm(question string) bool {
	in, ok := a.Stdin.(*os.File)
	if !ok {
		return false
	}
	if info, err := in.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	fmt.Fprint(a.Stdout, question)
	var answer string
	if _, err := fmt.Fscanln(in, &answer); err != nil {
		return false
	}
	return strings.EqualFold(answer, "y") || answer == "是"
}

// tellUnread lists what was handed in and cannot be read, and fails where there
// is something.
func tellUnread(w io.Writer, list []forms.Unread) error {
	if len(list) == 0 {
		return nil
	}
	fmt.Fprintf(w, "%s，先改好文件（怎么改见 wangjian check）：\n", stats.Unread)
	for _, u := range list {
		fmt.Fprintf(w, "  %s  %s%s%s\n", u.At, u.Unit, u.Round.Name, u.What)
	}
	return failf("有 %d 个文件报了但读不出", len(list))
}

func (a *app) formRemindCommand() *cobra.Command {
	var whose sender
	var target, zip string
	var replace bool
	cmd := &cobra.Command{
		Use:   "remind",
		Short: "给每个没有报的单位写一份催报通知",
		Args:  nothing,
		RunE: func(*cobra.Command, []string) error {
			if target != "" && zip != "" {
				return errors.New("-o 和 --zip 只写一个")
			}
			result, err := a.readSettings()
			if err != nil {
				return err
			}
			round, _, _, err := whose.find(result.Campaign)
			if err != nil {
				return err
			}
			rounds := result.Campaign.Rounds
			if round != nil {
				rounds = []*campaign.Round{round}
			}
			var list []forms.Reminder
			for _, r := range rounds {
				list = append(list, forms.Remind(result.Campaign, result.Book, r, result.Date)...)
			}
			for _, m := range list {
				fmt.Fprintf(a.Stdout, "──── %s（%s，已过 %d 天）────\n%s\n\n", m.Unit, strings.Join(m.Missing, "、"), m.DaysLate, strings.TrimSpace(m.Text))
			}
			if len(list) == 0 {
				fmt.Fprintf(a.Stdout, "到 %s 没有逾期未报的单位\n", result.Date)
			} else if err := a.writeReminders(list, target, zip, replace); err != nil {
				return err
			}
			broken := forms.UnreadOf(result.Campaign)
			broken = slices.DeleteFunc(broken, func(u forms.Unread) bool { return round != nil && u.Round != round })
			return tellUnread(a.Stdout, broken)
		},
	}
	cmd.Flags().StringVar(&whose.round, "round", "", "只看这一期，如 final 或 终期")
	cmd.Flags().StringVarP(&target, "output", "o", "", "另存成 Word 文件，一个单位一份，放到这个文件夹")
	cmd.Flags().StringVar(&zip, "zip", "", "另存成 Word 文件，都放进这个压缩包")
	cmd.Flags().BoolVar(&replace, "replace", false, "那里已有的文件也换掉")
	return cmd
}

// writeReminders writes reminders as Word files, where that is asked for.
func (a *app) writeReminders(list []forms.Reminder, folder, zip string, replace bool) error {
	if folder == "" && zip == "" {
		return nil
	}
	letters, err := forms.Letters(list)
	if err != nil {
		return failure{err}
	}
	if zip != "" {
		var pack bytes.Buffer
		if err := forms.Pack(&pack, letters); err != nil {
			return failure{err}
		}
		letters, folder = []forms.Letter{{Name: filepath.Base(zip), Data: pack.Bytes()}}, filepath.Dir(zip)
	}
	for _, l := range letters {
		name := filepath.Join(folder, l.Name)
		if old, err := os.ReadFile(a.under(name)); err == nil && bytes.Equal(old, l.Data) {
			continue
		}
		if err := a.writeOut(publish.Deliverable{Path: name, Office: "催报通知", Replace: replace, Folder: true}, l.Data); err != nil {
			return err
		}
	}
	fmt.Fprintf(a.Stdout, "催报通知 %d 份，已写到 %s\n", len(list), cmp.Or(zip, folder))
	return nil
}
