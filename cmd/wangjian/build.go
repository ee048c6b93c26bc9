package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
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
			return a.untilUnchanged(cmd.Context(), func() error {
				return (&building{app: a, target: target, traced: traced}).build(cmd.Context())
			})
		},
	}
	a.compare(cmd)
	cmd.Flags().BoolVar(&traced, "trace", false, "说明时间花在哪里，每个文件为什么重新生成")
	cmd.Flags().StringVarP(&target, "output", "o", "public", "网站放到哪个文件夹")
	return cmd
}

// mostBuilds is how often a build begins again because something was changed
// after it was checked.
const mostBuilds = 4

// untilUnchanged makes an attempt again where it ends because something was
// changed after it was checked.
func (a *app) untilUnchanged(ctx context.Context, attempt func() error) error {
	for range mostBuilds {
		err := attempt()
		if !errors.Is(err, campaign.ErrChanged) {
			return err
		}
		if ctx.Err() != nil {
			return errStopped
		}
		fmt.Fprintln(a.Stderr, "资料在生成过程中被改动了，重新读取和检查")
	}
	return failf("没有发布，原有的网站没有动：资料在生成过程中一再被改动（%d 次）。等改动完了再生成", mostBuilds)
}

// building is one attempt at a build.
type building struct {
	*app
	target string
	traced bool
	folder publish.Folder
	upload *publish.Upload // instead of the folder, where there is one
	trace  trace
}

// build reads, checks, renders and publishes. Its error is campaign.ErrChanged
// where what was checked is no longer what is there.
func (b *building) build(ctx context.Context) error {
	b.folder = publish.Folder{Target: b.under(b.target), Campaign: b.dir}
	b.site = b.target
	b.trace = trace{begin: time.Now()}
	line := newProgress(b.Stderr)
	defer line.end()
	line.say("正在看有没有改动……")
	if last := b.unchanged(&b.folder); last != nil {
		b.sayUnchanged(last)
		return nil
	}
	b.trace.lap("看有没有改动（cache）")
	if inputs := b.folder.Inputs(); inputs != nil {
		b.now = inputs.Files
		b.project.KeepOnDisk(inputs.Program)
	}
	line.say("正在读取和检查资料……")
	result, err := b.read()
	line.end()
	if err != nil {
		return err
	}
	result.TryTemplates()
	b.trace.lap("读取和检查（source、review）")
	if err := b.publishable(result, "没有发布，原有的网站没有动"+b.waiting(result)); err != nil {
		return err
	}
	if b.Checked != nil {
		b.Checked()
	}
	return b.publish(ctx, result)
}

// sayUnchanged says again what the last build said.
func (b *building) sayUnchanged(last *publish.Record) {
	b.Stderr.Write(last.Messages.Findings)
	b.Stdout.Write(last.Messages.Held)
	fmt.Fprintf(b.Stdout, "%s 已是最新：%d 个文件，其中 0 个有变化（%s）\n", b.target, last.Files(), b.asOf(b.today(&campaign.Campaign{ReferenceDate: last.Messages.Reference})))
	if b.traced {
		b.trace.lap("看有没有改动：没有")
		b.trace.print(b.Stderr, publish.Result{Reused: last.Files()})
	}
}

// publish renders what was checked and puts it in its place.
func (b *building) publish(ctx context.Context, result *project.Loaded) error {
	done, err := b.deliver(ctx, result)
	if err != nil {
		return err
	}
	b.Stdout.Write(b.folder.Messages.Held)
	fmt.Fprintf(b.Stdout, "已生成 %s：%d 个文件，其中 %d 个有变化（%s）\n", b.target, done.Files, done.Changed, b.asOf(result.At))
	if b.traced {
		b.trace.print(b.Stderr, done)
	}
	return nil
}

// deliver renders what was checked and brings it to where it is published.
func (b *building) deliver(ctx context.Context, result *project.Loaded) (publish.Result, error) {
	line := newProgress(b.Stderr)
	defer line.end()
	files, err := result.Plan(result.Public, b.drawer(result.Layouts))
	if err != nil {
		return publish.Result{}, failf("准备网站：%w", err)
	}
	b.trace.lap("安排（stats、site、sheet、pdf）")
	b.folder.Messages = b.said(result)
	b.folder.Progress = func(n int) {
		line.say("正在生成第 %d 个文件，共 %d 个……", min(n, len(files)), len(files))
	}
	b.commit()
	done, err := b.delivery().Publish(ctx, files)
	line.end()
	if err != nil {
		return done, failf("没有发布，原有的网站没有动：%w", err)
	}
	for _, note := range done.Notes {
		fmt.Fprintln(b.Stderr, note)
	}
	return done, nil
}

// delivery is how the site gets to its readers.
func (b *building) delivery() publish.Delivery {
	if b.upload != nil {
		b.upload.Progress = b.folder.Progress
		return b.upload
	}
	return b.folder
}

// waiting names what the target still shows and should be taken down; "" for
// nothing.
func (b *building) waiting(result *project.Loaded) string {
	shown, err := siteIn(b.target, b.folder.Target)
	if err != nil {
		return "" // there is no site
	}
	var list []string
	for _, h := range result.Waiting(shown.At) {
		list = append(list, fmt.Sprintf("\n  %s：%s", h.Item.File, strings.Join(h.Reasons, "；")))
	}
	if len(list) == 0 {
		return ""
	}
	return fmt.Sprintf("。其中有 %d 项应当撤下的还在网站上：%s", len(list), strings.Join(list, ""))
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
