package main

import (
	"bufio"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"wangjian/internal/correction"
	"wangjian/internal/disk"
	"wangjian/internal/project"
	"wangjian/internal/publication"
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
	if err := publication.Comparable(result); err != nil {
		if unclear, ok := errors.AsType[*publication.Unclear](err); ok {
			printFindings(a.Stderr, result.Campaign, unclear.Findings)
		}
		return failure{err}
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
	for n := range names {
		names[n] = a.signableName(names[n])
	}
	entries, err := publication.Withdrawals(result, names)
	if err == nil {
		err = a.writeCorrections(result, entries, func(review.Entry) string { return reason })
	}
	if err != nil {
		return failed(err)
	}
	var lines []string
	for _, e := range entries {
		lines = append(lines, e.With(reason))
	}
	fmt.Fprintf(a.Stdout, "已写进 %s：\n  %s\n接下来：用 wangjian publish 发布；文件可以留着，也可以删去\n", correction.File, strings.Join(lines, "\n  "))
	return nil
}

// addCorrections asks for the reasons and writes the entries.
func (a *app) addCorrections(result *project.Loaded, entries []review.Entry, reason string) error {
	reasons, err := a.explain(entries, reason)
	if err != nil {
		return err
	}
	if err := a.writeCorrections(result, entries, reasons); err != nil {
		return failed(err)
	}
	fmt.Fprintf(a.Stdout, "已写进 %s，%d 条。跟着变的：\n", correction.File, len(entries))
	for _, line := range correction.Affected(result.Campaign, result.Public, result.Papers(), entries) {
		fmt.Fprintf(a.Stdout, "  %s\n", line)
	}
	return nil
}

func (a *app) writeCorrections(result *project.Loaded, entries []review.Entry, reason func(review.Entry) string) error {
	set, err := publication.Correct(result, entries, reason)
	if err == nil {
		_, err = set.Apply(a.dir)
	}
	return err
}

// explain shows the entries and asks for the reason of those of each department
// and round, unless it was given for all.
func (a *app) explain(entries []review.Entry, reason string) (func(review.Entry) string, error) {
	fmt.Fprintf(a.Stdout, "要写 %d 条更正：\n", len(entries))
	for _, e := range entries {
		fmt.Fprintf(a.Stdout, "  %s\n", e)
	}
	in := bufio.NewReader(a.Stdin)
	reasons := map[string]string{}
	last := reason
	for _, e := range entries {
		if reasons[e.Whose()] != "" {
			continue
		}
		why, err := reason, error(nil)
		if why == "" {
			if why, err = a.askReason(in, e, last); err != nil {
				return nil, err
			}
		}
		reasons[e.Whose()], last = why, why
	}
	return func(e review.Entry) string { return reasons[e.Whose()] }, nil
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
