package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/forms"
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
	var replace bool
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
				round = currentRound(result.Campaign, result.Date)
			}
			var departments []*campaign.Department
			if d != nil {
				if len(result.Campaign.Form.RowsOf(d)) == 0 {
					return failf("%s在统计表里没有项目，不用填表", d.Short)
				}
				departments = append(departments, d)
			}
			options := forms.ExportOptions{}
			for _, name := range counties {
				d := result.Campaign.FindDepartment(name)
				if d == nil {
					return unknownName("部门", name, campaign.Nearest(name, campaign.NamesOf(result.Campaign.Departments)))
				}
				options.Counties = append(options.Counties, d)
			}
			books, err := forms.ExportAll(result.Campaign, []*campaign.Round{round}, departments, options)
			if err != nil {
				return failf("写报表：%w", err)
			}
			for _, b := range books {
				form := publish.Deliverable{Path: filepath.Join(target, filepath.FromSlash(b.Name)), Office: "报表", Replace: replace, Folder: true}
				if err := a.writeOut(form, b.Data); err != nil {
					return err
				}
			}
			fmt.Fprintf(a.Stdout, "已在 %s 写出%s报表 %d 个\n", target, round.Name, len(books))
			return nil
		},
	}
	whose.flags(cmd, false)
	cmd.Flags().StringVarP(&target, "output", "o", "报表", "放到哪个文件夹")
	cmd.Flags().BoolVar(&replace, "replace", false, "那里已有的报表填过、改过的也换掉")
	cmd.Flags().StringSliceVar(&counties, "counties", nil, "这些部门的县（市、区）也要填表，如 市场监管局,公安局；已有县表的部门不用写")
	return cmd
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
	var yes bool
	cmd := &cobra.Command{
		Use:   "import 文件或文件夹…",
		Short: "读收回的 Excel 或 CSV 报表，写成 YAML",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, names []string) error {
			result, err := a.readSettings()
			if err != nil {
				return err
			}
			options := forms.ImportOptions{}
			if options.Round, options.Department, options.Region, err = whose.find(result.Campaign); err != nil {
				return err
			}
			options.Files = result.Files
			in := a.incoming(names, []string{".xlsx", ".csv", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".tsv"})
			forms := in.readForms(result.Campaign, options)
			if err := in.writeForms(forms, yes); err != nil {
				return err
			}
			return in.end()
		},
	}
	whose.flags(cmd, true)
	cmd.Flags().BoolVar(&yes, "yes", false, "不再询问，直接改写已有的文件")
	return cmd
}

// readForms reads all files before anything is written. Of two files with the same
// form and other figures nobody can tell which is right: both are refused.
func (in *incoming) readForms(c *campaign.Campaign, options forms.ImportOptions) map[*arrival]*forms.Result {
	read, first := map[*arrival]*forms.Result{}, map[string]*arrival{}
	for _, f := range in.open() {
		data := f.read(forms.MaxInput)
		if f.err != nil {
			continue
		}
		form, findings := forms.Import(c, f.name, data, options)
		for _, one := range findings {
			one.At.File = f.name
			fmt.Fprintf(in.app.Stderr, "%s: %s：%s [%s]\n    → %s\n", one.At, levelWord(one.Level), one.Message, one.Rule, one.Hint)
		}
		if f.judge(findings); f.err != nil {
			continue
		}
		read[f] = form
		other := first[form.Path]
		switch {
		case other == nil:
			first[form.Path] = f
		case !bytes.Equal(read[other].New, form.New):
			for one, two := range map[*arrival]*arrival{f: other, other: f} {
				one.refuse("和 %s 是同一张报表（%s），内容不一样，只留一个再导入", two.name, form.Path)
			}
		}
	}
	return read
}

// writeForms shows what would change and writes it: a new file at once, one that
// is there after a yes.
func (in *incoming) writeForms(read map[*arrival]*forms.Result, yes bool) error {
	out, overwrites := in.app.Stdout, 0
	for _, f := range in.open() {
		if r := read[f]; r.Old != nil && r.Changed() {
			overwrites++
			fmt.Fprintf(out, "%s 要改写 %s：\n%s\n", f.name, r.Path, r.Diff())
		}
	}
	agreed := overwrites == 0 || yes || in.app.confirm(fmt.Sprintf("改写这 %d 个文件吗？写 y 确认：", overwrites))
	for _, f := range in.open() {
		r := read[f]
		word := "已新建"
		switch {
		case !r.Changed():
			f.done = r.Path + "：没有变化"
			continue
		case r.Old != nil && !agreed:
			f.refuse("没有写入；核对以上变化后加 --yes 再运行")
			continue
		case r.Old != nil:
			word = "已改写"
		}
		if err := in.app.writeIn("", r.Path, r.New); err != nil {
			return err
		}
		f.done = r.Path + "：" + word
	}
	return nil
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
	cmd := &cobra.Command{
		Use:   "remind",
		Short: "给每个没有报的单位写一份催报通知",
		Args:  nothing,
		RunE: func(*cobra.Command, []string) error {
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
			book := result.Book
			count := 0
			for _, r := range rounds {
				for _, m := range forms.Remind(result.Campaign, book, r, result.Date) {
					count++
					fmt.Fprintf(a.Stdout, "──── %s（%s，已过 %d 天）────\n%s\n\n", m.Unit, strings.Join(m.Missing, "、"), m.DaysLate, strings.TrimSpace(m.Text))
				}
			}
			if count == 0 {
				fmt.Fprintf(a.Stdout, "到 %s 没有逾期未报的单位\n", result.Date)
			}
			broken := forms.UnreadOf(result.Campaign)
			broken = slices.DeleteFunc(broken, func(u forms.Unread) bool { return round != nil && u.Round != round })
			return tellUnread(a.Stdout, broken)
		},
	}
	cmd.Flags().StringVar(&whose.round, "round", "", "只看这一期，如 final 或 终期")
	return cmd
}
