package main

import (
	"bytes"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/internal/release"
)

func (a *app) buildCommand() *cobra.Command {
	var target string
	var traced bool
	cmd := &cobra.Command{
		Use:   "build",
		Short: "生成网站、数据文件和 report.pdf",
		Args:  nothing,
		RunE: func(cmd *cobra.Command, _ []string) error {
			folder := publish.Folder{Target: a.under(target), Campaign: a.dir}
			t := trace{begin: time.Now()}
			line := newProgress(a.Stderr)
			defer line.end()
			line.say("正在看有没有改动……")
			if last := a.unchanged(&folder); last != nil {
				a.Stderr.Write(last.Messages.Findings)
				a.Stdout.Write(last.Messages.Held)
				fmt.Fprintf(a.Stdout, "%s 已是最新：%d 个文件，其中 0 个有变化（%s）\n", target, last.Files(), a.asOf(a.today(&campaign.Campaign{ReferenceDate: last.Messages.Reference})))
				if traced {
					t.lap("看有没有改动：没有")
					t.print(a.Stderr, publish.Result{Reused: last.Files()})
				}
				return nil
			}
			t.lap("看有没有改动（cache）")
			if inputs := folder.Inputs(); inputs != nil {
				a.now = inputs.Files
				a.project.KeepOnDisk(inputs.Program)
			}
			line.say("正在读取和检查资料……")
			result, err := a.read()
			line.end()
			if err != nil {
				return err
			}
			result.TryTemplates()
			t.lap("读取和检查（source、review）")
			if err := a.sound(result, "没有发布，原有的网站没有动"); err != nil {
				return err
			}
			line = newProgress(a.Stderr)
			defer line.end()
			files, err := result.Plan(result.Public, a.drawer(result.Layouts))
			if err != nil {
				return failf("准备网站：%w", err)
			}
			t.lap("安排（stats、site、sheet、pdf）")
			folder.Messages = a.said(result)
			folder.Progress = func(n int) {
				line.say("正在生成第 %d 个文件，共 %d 个……", min(n, len(files)), len(files))
			}
			a.commit()
			done, err := folder.Publish(cmd.Context(), files)
			line.end()
			if err != nil {
				return failf("没有发布，原有的网站没有动：%w", err)
			}
			for _, note := range done.Notes {
				fmt.Fprintln(a.Stderr, note)
			}
			a.Stdout.Write(folder.Messages.Held)
			fmt.Fprintf(a.Stdout, "已生成 %s：%d 个文件，其中 %d 个有变化（%s）\n", target, done.Files, done.Changed, a.asOf(result.At))
			if traced {
				t.print(a.Stderr, done)
			}
			return nil
		},
	}
	a.compare(cmd)
	cmd.Flags().BoolVar(&traced, "trace", false, "说明时间花在哪里，每个文件为什么重新生成")
	cmd.Flags().StringVarP(&target, "output", "o", "public", "网站放到哪个文件夹")
	return cmd
}

// unchanged returns the record of the last build where everything is as it was
// then; nil when there may be something to do.
func (a *app) unchanged(folder *publish.Folder) *publish.Record {
	program, err := os.Executable()
	if err != nil {
		return nil
	}
	q := publish.Options{Campaign: a.dir, Program: program, At: a.today(&campaign.Campaign{}), Asked: a.asked != nil}
	if a.against != "" {
		q.Against = a.under(a.against)
	}
	return folder.Begin(q)
}

// said is what a build tells, to be told again when nothing has changed.
func (a *app) said(result *project.Loaded) publish.Messages {
	var findings, held bytes.Buffer
	printFindings(&findings, result.Campaign, result.Findings)
	printHeld(&held, result.Public.Held())
	return publish.Messages{
		Findings: findings.Bytes(), Held: held.Bytes(),
		Span: release.Unchanged(result.Campaign, result.At), Reference: result.Campaign.ReferenceDate,
	}
}
