package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
	"wangjian/internal/publication"
	"wangjian/internal/publish"
	"wangjian/internal/release"
)

func (a *app) buildCommand() *cobra.Command {
	var target string
	var traced bool
	cmd := &cobra.Command{
		Use:   "build",
		Short: "生成网站、数据文件和 PDF",
		Args:  nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if _, err := a.folder(); err != nil {
				return err
			}
			act, end := a.newAct(target)
			defer end()
			steps := newTrace(act)
			act.Show = func(plan *publication.Plan) error {
				end()
				if err := a.passes(plan); err != nil {
					return err
				}
				if a.Checked != nil {
					a.Checked()
				}
				return nil
			}
			done, err := act.Build(cmd.Context())
			end()
			if err != nil {
				return failed(err)
			}
			a.sayBuilt(target, done)
			if traced {
				steps.print(a.Stderr, done)
			}
			return nil
		},
	}
	a.compare(cmd)
	cmd.Flags().BoolVar(&traced, "trace", false, "说明时间花在哪里，每个文件为什么重新生成")
	cmd.Flags().StringVarP(&target, "output", "o", "public", "网站放到哪个文件夹")
	return cmd
}

// failed is an error of a package below, which says what went wrong.
func failed(err error) error {
	if told, ok := errors.AsType[failure](err); ok {
		return told
	}
	if err != nil {
		return failure{err}
	}
	return nil
}

// newAct returns an act whose progress is shown to a person; end takes the line away.
func (a *app) newAct(target string) (act *publication.Act, end func()) {
	a.project.PicturesAhead()
	var line *progress
	end = func() {
		if line != nil {
			line.end()
		}
		line = nil
	}
	act = &publication.Act{
		Dir: a.dir, Project: a.project, Today: a.today, Clock: a.clock(), Asked: a.asked != nil,
		Place: target, Path: a.under(target), Messages: a.said,
		Doing: func(s publication.Step, n, of int) {
			if s == publication.Rendering {
				a.commit()
			}
			if line == nil {
				line = newProgress(a.Stderr)
			}
			line.say("%s", doing(s, n, of))
		},
		Again: func() { end(); fmt.Fprintln(a.Stderr, "资料在生成过程中被改动了，重新读取和检查") },
	}
	if a.against != "" {
		act.Against, act.Published = a.under(a.against), a.published
	}
	return act, end
}

// doing says what an act is doing.
func doing(s publication.Step, n, of int) string {
	switch s {
	case publication.Looking:
		return "正在看有没有改动……"
	case publication.Reading:
		return "正在读取和检查资料……"
	case publication.Verifying:
		return "正在核对……"
	case publication.Rendering:
		return fmt.Sprintf("正在生成第 %d 个文件，共 %d 个……", n, of)
	case publication.Sending:
		if of == 0 {
			return "正在核对做好的网站，再看服务器上有什么……"
		}
		return fmt.Sprintf("正在传第 %d 个文件，共 %d 个……", n, of)
	}
	return "正在准备……"
}

// passes prints the findings, and fails where an act goes no further.
func (a *app) passes(plan *publication.Plan) error {
	lost := "没有发布，原有的网站没有动"
	if len(plan.Waiting) > 0 {
		lost += fmt.Sprintf("。其中有 %d 项应当撤下的还在网站上：", len(plan.Waiting))
		for _, h := range plan.Waiting {
			lost += fmt.Sprintf("\n  %s：%s", h.Item.File, strings.Join(h.Reasons, "；"))
		}
	}
	return a.publishable(plan.Loaded, lost)
}

// sayBuilt says what a build has done, or what the one before said.
func (a *app) sayBuilt(target string, done *publication.Outcome) {
	if before := done.Before; before != nil {
		a.Stderr.Write(before.Messages.Findings)
		a.Stdout.Write(before.Messages.Held)
		fmt.Fprintf(a.Stdout, "%s 已是最新：%d 个文件，其中 0 个有变化（%s）\n", target, before.Files(), a.asOf(a.today(&campaign.Campaign{ReferenceDate: before.Messages.Reference})))
		return
	}
	a.printNotes(done)
	a.Stdout.Write(done.Held)
	fmt.Fprintf(a.Stdout, "已生成 %s：%d 个文件，其中 %d 个有变化（%s）\n", target, done.Files, done.Changed, a.asOf(done.Loaded.At))
}

func (a *app) printNotes(done *publication.Outcome) {
	for _, note := range done.Notes {
		fmt.Fprintln(a.Stderr, note)
	}
}

// said is what a build tells, to be told again when nothing has changed.
// What the site in its place was compared for is told once: it is another then.
func (a *app) said(result *project.Loaded) publish.Messages {
	var findings, held bytes.Buffer
	printForPublic(&findings, result.WithoutFound())
	printHeld(&held, result.Public.Held())
	printUnsigned(&held, result)
	return publish.Messages{
		Findings: findings.Bytes(), Held: held.Bytes(),
		Span: release.Unchanged(result.Campaign, result.At), Reference: result.Campaign.ReferenceDate,
	}
}
