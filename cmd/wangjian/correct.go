package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/correction"
	"wangjian/internal/disk"
	"wangjian/internal/project"
	"wangjian/internal/review"
)

func (a *app) correctCommand() *cobra.Command {
	var reason string
	var withdrawn []string
	cmd := &cobra.Command{
		Use:   "correct",
		Short: "公布过的数改了：写好 data/corrections.yaml 里的更正，只问原因",
		Long:  "公布过的数改了、晚报了：与发布记录比，写好 data/corrections.yaml 里的更正，连同跟着变的合计，只问原因。\n--withdraw warnings/x 在同一个文件里写撤下一篇内容，要用 --reason 写原因；原来的网址留下日期和原因。",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if reason = strings.TrimSpace(reason); cmd.Flags().Changed("reason") && (reason == "" || !utf8.ValidString(reason)) {
				return errors.New("--reason 后面写更正的原因，会公布")
			}
			if len(withdrawn) > 0 && reason == "" {
				return errors.New("撤下要用 --reason 写原因，会公布")
			}
			return a.correct(reason, withdrawn)
		},
	}
	a.compare(cmd)
	cmd.Flags().StringVar(&reason, "reason", "", "更正的原因，会公布；不写就问")
	cmd.Flags().StringSliceVar(&withdrawn, "withdraw", nil, "撤下这一篇公布过的内容，如 warnings/x")
	return cmd
}

// correct writes the entries that are missing. Nobody else signs or builds
// meanwhile, and what an editor saves meanwhile stays.
func (a *app) correct(reason string, withdrawn []string) error {
	if _, err := a.folder(); err != nil {
		return err
	}
	unlock, err := disk.Lock(a.dir)
	if err != nil {
		return failure{err}
	}
	defer unlock()
	result, err := a.read()
	if err != nil {
		return err
	}
	if err := a.comparable(result); err != nil {
		return err
	}
	if len(withdrawn) > 0 {
		return a.withdraw(result, withdrawn, reason)
	}
	p := result.Propose()
	if len(p.Entries) > 0 {
		if err := a.addCorrections(result, p.Entries, reason); err != nil {
			return err
		}
	}
	for _, s := range p.Stale {
		fmt.Fprintf(a.Stderr, "%s：这一条还没有公布，现值写的是 %s，现在是 %s：请改正现值，或删去这一条再来一遍\n", s.Entry.Keys.Of("现值"), s.Entry.New, s.Now)
	}
	printFindings(a.Stderr, result.Campaign, p.Unnamed)
	switch {
	case len(p.Stale)+len(p.Unnamed) > 0:
		return failf("还有 %d 处要先改", len(p.Stale)+len(p.Unnamed))
	case len(p.Entries) == 0:
		fmt.Fprintln(a.Stdout, "没有要更正的：公布过的数都没有变，或者已经写了更正")
	default:
		fmt.Fprintln(a.Stdout, "接下来：用 wangjian sign 重签有变化的内容（期次签 release.yaml），再用 wangjian publish 发布")
	}
	return nil
}

// withdraw writes that items are public no more.
func (a *app) withdraw(result *project.Loaded, names []string, reason string) error {
	var lines []string
	for _, name := range names {
		e, err := review.Withdrawal(result.Campaign, cmp.Or(campaign.ItemFile(a.signableName(name)), name), result.Date)
		if err != nil {
			return failure{err}
		}
		lines = append(lines, e.With(reason))
	}
	if err := a.writeCorrections(result, lines); err != nil {
		return err
	}
	fmt.Fprintf(a.Stdout, "已写进 %s：\n  %s\n接下来：用 wangjian publish 发布；文件可以留着，也可以删去\n", correction.File, strings.Join(lines, "\n  "))
	return nil
}

// addCorrections asks for the reasons and writes the entries.
func (a *app) addCorrections(result *project.Loaded, entries []review.Entry, reason string) error {
	lines, err := a.explain(entries, reason)
	if err != nil {
		return err
	}
	if err := a.writeCorrections(result, lines); err != nil {
		return err
	}
	fmt.Fprintf(a.Stdout, "已写进 %s，%d 条。跟着变的：\n", correction.File, len(lines))
	for _, line := range correction.Affected(result.Campaign, result.Public, entries) {
		fmt.Fprintf(a.Stdout, "  %s\n", line)
	}
	return nil
}

// comparable fails where what is to be compared is not there, or cannot be read.
func (a *app) comparable(result *project.Loaded) error {
	var wrong []campaign.Finding
	for _, f := range result.Findings {
		if f.Level == campaign.Error && (result.Campaign.IsDoubtful(f.At.File) && strings.HasPrefix(f.At.File, "data/") || strings.HasPrefix(f.Rule, "record-") || f.Rule == "sum") {
			wrong = append(wrong, f)
		}
	}
	if len(wrong) > 0 {
		printFindings(a.Stderr, result.Campaign, wrong)
		return failf("没有写更正：先改好上面的问题，数才比得出来")
	}
	if result.Published == nil {
		return failf("没有发布记录，不知道公布过什么：没有公布过的数直接改，不用写更正；在别处公布过的，用 --against 指到那个网站的 data/statistics.json")
	}
	return nil
}

// explain shows the entries and asks for the reason of those of each department
// and round, unless it was given for all.
func (a *app) explain(entries []review.Entry, reason string) (lines []string, err error) {
	fmt.Fprintf(a.Stdout, "要写 %d 条更正：\n", len(entries))
	for _, e := range entries {
		fmt.Fprintf(a.Stdout, "  %s\n", e)
	}
	in := bufio.NewReader(a.Stdin)
	type source struct {
		round      *campaign.Round
		department *campaign.Department
	}
	reasons := map[source]string{}
	last := reason
	for _, e := range entries {
		of := source{e.At.Round, e.At.Department}
		why, asked := reasons[of]
		if !asked {
			if why = reason; why == "" {
				if why, err = a.askReason(in, e, last); err != nil {
					return nil, err
				}
			}
			reasons[of], last = why, why
		}
		lines = append(lines, e.With(why))
	}
	return lines, nil
}

// askReason asks until there is one.
func (a *app) askReason(in *bufio.Reader, e review.Entry, before string) (string, error) {
	for {
		fmt.Fprintf(a.Stdout, "%s的更正，原因（会公布", e.Whose())
		if before != "" {
			fmt.Fprintf(a.Stdout, "；直接回车用“%s”", before)
		}
		fmt.Fprint(a.Stdout, "）：")
		line, err := in.ReadString('\n')
		switch line = strings.TrimSpace(line); {
		case !utf8.ValidString(line):
			return "", failf("读不懂写的原因（不是 UTF-8），没有改动。用 --reason 写")
		case line != "":
			return line, nil
		}
		if err != nil {
			fmt.Fprintln(a.Stdout)
			return "", failf("没有写原因，没有改动。请写出原因，或用 --reason")
		}
		if before != "" {
			return before, nil
		}
	}
}

func (a *app) writeCorrections(result *project.Loaded, lines []string) error {
	old, err := fs.ReadFile(result.Files, correction.File)
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		return failf("读 %s：%s", correction.File, reason(err))
	}
	text, err := correction.Add(string(old), lines)
	if err != nil {
		return failure{err}
	}
	name := filepath.Join(a.dir, filepath.FromSlash(correction.File))
	if missing {
		err = disk.WriteFile(name, func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		})
	} else {
		err = disk.ReplaceFile(name, old, []byte(text))
	}
	if err != nil {
		return failure{err}
	}
	return nil
}
