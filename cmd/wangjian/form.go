package main

import (
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
		Args:  cobra.NoArgs,
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
		Use:   "import 文件…",
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
			files, err := a.importForms(result.Campaign, names, options)
			if err != nil {
				return err
			}
			return a.writeImported(files, yes)
		},
	}
	whose.flags(cmd, true)
	cmd.Flags().BoolVar(&yes, "yes", false, "不再询问，直接改写已有的文件")
	return cmd
}

// imported is a file that an import would write.
type imported struct {
	from, path string // the file that came, and the campaign's file
	old, new   []byte // old is nil for a new file
	diff       string
}

// importForms reads all files before anything is written: one that cannot be
// read surely stops the whole import.
func (a *app) importForms(c *campaign.Campaign, names []string, options forms.ImportOptions) ([]imported, error) {
	var files []imported
	refused := 0
	taken := map[string]string{}
	for _, name := range names {
		data, err := readBounded(a.under(name), forms.MaxInput)
		if err != nil {
			return nil, failf("读不出 %s：%v", name, reason(err))
		}
		form, findings := forms.Import(c, filepath.Base(name), data, options)
		for _, f := range findings {
			fmt.Fprintf(a.Stderr, "%s: %s：%s [%s]\n    → %s\n", f.At, levelWord(f.Level), f.Message, f.Rule, f.Hint)
		}
		if form == nil {
			refused++
			continue
		}
		if first, again := taken[form.Path]; again {
			return nil, failf("%s 和 %s 是同一张报表（%s），只导入一个", first, name, form.Path)
		}
		taken[form.Path] = name
		if form.Changed() {
			files = append(files, imported{name, form.Path, form.Old, form.New, form.Diff()})
		} else {
			fmt.Fprintf(a.Stdout, "%s → %s：没有变化\n", name, form.Path)
		}
	}
	if refused > 0 {
		return nil, failf("有 %d 个文件读不准，一个也没有导入", refused)
	}
	return files, nil
}

// readBounded reads a file of at most limit bytes and one more, so that the
// reader can say that it is too large.
func readBounded(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit+1))
}

// writeImported shows what would change and writes it: a new file at once, one
// that is there after a yes.
func (a *app) writeImported(files []imported, yes bool) error {
	overwrites := 0
	for _, f := range files {
		if f.old != nil {
			overwrites++
			fmt.Fprintf(a.Stdout, "%s 要改写 %s：\n%s\n", f.from, f.path, f.diff)
		}
	}
	if overwrites > 0 && !yes && !a.confirm(fmt.Sprintf("改写这 %d 个文件吗？写 y 确认：", overwrites)) {
		return failf("没有写入；核对以上变化后加 --yes 再运行")
	}
	for _, f := range files {
		if err := a.writeIn("", f.path, f.new); err != nil {
			return err
		}
		word := "新建"
		if f.old != nil {
			word = "改写"
		}
		fmt.Fprintf(a.Stdout, "%s → %s：已%s\n", f.from, f.path, word)
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
		Args:  cobra.NoArgs,
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
