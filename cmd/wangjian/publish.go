package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/disk"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/internal/record"
	"wangjian/internal/source"
)

func (a *app) publishCommand() *cobra.Command {
	p := &publishing{building: building{app: a}}
	var zip string
	var full bool
	cmd := &cobra.Command{
		Use:   "publish [目标]",
		Short: "发布：列出变化，确认后生成、核对、送出网站，记入发布记录",
		Long:  "发布一次：先列出与上一次发布比有什么是新的、改了的、没有了的，问过以后生成网站、核对、送出，再记入 data/发布记录/。\n\n不写目标时，发布到 campaign.yaml 的“发布”里仅有的一处；没有写“发布”的，放到 public。只看变化用 --dry-run；要随时生成来看，用 wangjian build，它什么也不记。",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ways := len(args)
			for _, flag := range []string{"output", "zip"} {
				if cmd.Flags().Changed(flag) {
					ways++
				}
			}
			switch {
			case ways > 1:
				return errors.New("目标、-o、--zip 只能写一个")
			case full && zip == "":
				return errors.New("--full 和 --zip 一起用")
			case zip != "":
				p.upload = &publish.Upload{Target: a.under(zip), Campaign: a.dir, Full: full}
				p.target = zip
			case len(args) > 0 || p.target == "":
				if err := p.choose(args); err != nil {
					return err
				}
			}
			return p.act(cmd.Context())
		},
	}
	cmd.Flags().StringVarP(&p.target, "output", "o", "", "网站放到哪个文件夹")
	cmd.Flags().StringVar(&zip, "zip", "", "做成上传包，只有新的和改过的文件，如 上传.zip")
	cmd.Flags().BoolVar(&full, "full", false, "上传包里是整个网站")
	cmd.Flags().BoolVar(&p.dryRun, "dry-run", false, "只列出变化，不发布")
	cmd.Flags().BoolVar(&p.yes, "yes", false, "不问，直接发布")
	return cmd
}

// publishing is one act of publishing.
type publishing struct {
	building
	dryRun, yes bool
	agreed      []byte // the entry that the person has agreed to
}

// choose takes the place that is named, else the only one in 发布, else public.
func (p *publishing) choose(args []string) error {
	files, err := p.app.folder()
	if err != nil {
		return err
	}
	places := source.Destinations(files)
	if len(args) == 0 {
		p.target = "public"
		if len(places) == 1 {
			p.target = places[0].Folder
		}
		return nil
	}
	var names []string
	for _, d := range places {
		if d.Name == args[0] {
			p.target = d.Folder
			return nil
		}
		names = append(names, d.Name)
	}
	if len(names) == 0 {
		return failf("data/campaign.yaml 没有写“发布”，没有叫“%s”的目标。写上，或用 -o 文件夹", args[0])
	}
	return failf("data/campaign.yaml 的“发布”里没有“%s”，有：%s", args[0], strings.Join(names, "、"))
}

// act publishes once, one publication of a campaign at a time.
func (p *publishing) act(ctx context.Context) error {
	if _, err := p.app.folder(); err != nil {
		return err
	}
	if p.asked != nil && p.asked.Date.After(p.clock().Date) {
		return failf("--date %s 在今天（%s）以后，还不能发布；要看到时候是什么样，用 wangjian build 或 wangjian serve", p.asked.Date, p.clock().Date)
	}
	if !p.dryRun {
		unlock, err := disk.LockAct(p.dir)
		if err != nil {
			return failf("没有发布：%w", err)
		}
		defer unlock()
	}
	return p.app.untilUnchanged(ctx, func() error { return p.attempt(ctx) })
}

// attempt is act as long as nothing is changed meanwhile.
func (p *publishing) attempt(ctx context.Context) error {
	p.folder = publish.Folder{Target: p.under(p.target), Campaign: p.dir}
	p.trace = trace{begin: time.Now()}
	if p.upload == nil {
		p.site = p.target
		p.unchanged(&p.folder) // takes down the inputs
		if inputs := p.folder.Inputs(); inputs != nil {
			p.now = inputs.Files
			p.project.KeepOnDisk(inputs.Program)
		}
	}
	result, err := p.read()
	if err != nil {
		return err
	}
	result.TryTemplates()
	if err := p.publishable(result, "没有发布，原有的网站没有动"+p.waiting(result)); err != nil {
		return err
	}
	if last := result.Record.Last(); last != nil && result.Date.Before(last.At.Date) {
		return failf("上一次发布是 %s，不能再发布更早的 %s", last.At.Date, result.Date)
	}
	entry, err := result.NextEntry()
	if err != nil {
		return failf("准备网站：%w", err)
	}
	printChanges(p.Stdout, result, entry)
	if p.dryRun {
		return nil
	}
	if err := p.ask(entry); err != nil {
		return err
	}
	return p.carryOut(ctx, result, entry)
}

// ask has the person agree to what changes.
func (p *publishing) ask(entry *record.Entry) error {
	if p.yes || entry == nil || bytes.Equal(entry.Bytes(), p.agreed) {
		return nil
	}
	if !p.confirm("是否发布？写 y 确认：") {
		return failf("没有发布：没有确认。在终端里运行，写 y；或加 --yes")
	}
	p.agreed = entry.Bytes()
	return nil
}

// carryOut delivers the site with its own entry already counted, checks what was
// delivered, and records it. A process that is killed before the last has
// delivered what the next publication finds unrecorded, and records.
func (p *publishing) carryOut(ctx context.Context, result *project.Loaded, entry *record.Entry) error {
	counted, err := p.count(result, entry)
	if err != nil {
		return err
	}
	done, err := p.deliver(ctx, counted)
	if err != nil {
		return err
	}
	files, err := counted.Plan(counted.Public, p.drawer(counted.Layouts))
	if err != nil {
		return failf("准备网站：%w", err)
	}
	delivery := p.delivery()
	wrong, err := delivery.Verify(files)
	if err != nil {
		return failf("核对 %s：%w", p.target, err)
	}
	if len(wrong) > 0 {
		p.printDifferences(wrong)
		return failf("%s 写出以后核对不符，有 %d 处，没有记入发布记录：检查磁盘，再运行一次 wangjian publish", p.target, len(wrong))
	}
	if p.Delivered != nil {
		p.Delivered()
	}
	if entry != nil {
		if err := publish.AppendRecord(p.dir, entry); err != nil {
			return failf("网站已经送出，还没有记入发布记录：%w。再运行一次 wangjian publish 补记", err)
		}
	}
	delivery.Recorded()
	p.sayDone(counted, done, entry)
	return nil
}

// count reads the campaign again as if the publication were recorded: the site
// tells of it.
func (p *publishing) count(result *project.Loaded, entry *record.Entry) (*project.Loaded, error) {
	if entry == nil {
		return result, nil
	}
	at := func(*campaign.Campaign) campaign.Moment { return result.At }
	counted, err := p.project.Load(project.Options{Today: at, Record: result.Record.With(entry), Now: p.now})
	if err != nil {
		return nil, err
	}
	shown, err := counted.Shown()
	if err != nil {
		return nil, failf("准备网站：%w", err)
	}
	again := result.Record.Next(shown, counted.WhyGone)
	if touching, _ := counted.Split(); again == nil || !bytes.Equal(again.Bytes(), entry.Bytes()) || campaign.HasErrors(touching) {
		return nil, campaign.ErrChanged
	}
	return counted, nil
}

func (p *publishing) sayDone(result *project.Loaded, done publish.Result, entry *record.Entry) {
	p.Stdout.Write(p.folder.Messages.Held)
	switch {
	case p.upload == nil:
		fmt.Fprintf(p.Stdout, "已发布 %s：%d 个文件，其中 %d 个有变化（%s）\n", p.target, done.Files, done.Changed, p.asOf(result.At))
	case done.Changed+done.Removed == 0:
		fmt.Fprintf(p.Stdout, "与上一个上传包比没有变化，没有写 %s；要整个网站的，加 --full\n", p.target)
	default:
		if p.upload.Whole() && !p.upload.Full {
			fmt.Fprintln(p.Stdout, "不知道上一个上传包里有什么，这个包里是整个网站；网站上多出的文件要自己删")
		}
		fmt.Fprintf(p.Stdout, "已生成上传包 %s：要上传 %d 个文件，要删去 %d 个（%s）。照包里的 上传说明.txt 做\n", p.target, done.Changed+1, done.Removed, p.asOf(result.At))
	}
	switch {
	case result.Campaign.Sample:
		fmt.Fprintln(p.Stdout, "示例不记发布记录")
	case entry == nil:
		fmt.Fprintln(p.Stdout, "公众看到的没有变化，发布记录没有加")
	default:
		fmt.Fprintf(p.Stdout, "已记入 %s\n", entry.File())
	}
}

// mostChanges is how many changes of a kind are listed.
const mostChanges = 40

// printChanges lists what publishing changes of what the public sees.
func printChanges(w io.Writer, result *project.Loaded, entry *record.Entry) {
	last := result.Record.Last()
	switch {
	case result.Campaign.Sample:
		fmt.Fprintln(w, "这是示例，不与上一次发布比")
		return
	case last == nil:
		fmt.Fprintln(w, "这是第一次发布")
		last = &campaign.Published{}
	case entry == nil:
		fmt.Fprintf(w, "与上一次发布（%s，第 %d 次）比，公众看到的没有变化\n", last.At.Date, len(result.Record.Entries))
		return
	default:
		fmt.Fprintf(w, "与上一次发布（%s，第 %d 次）比：\n", last.At.Date, len(result.Record.Entries))
	}
	var added, altered, moved, gone []string
	for _, i := range entry.Items {
		was, public := last.Items[i.File]
		switch line := i.File + "  " + i.Title; {
		case !public:
			added = append(added, line)
		case was.Digest != i.Digest || was.Title != i.Title:
			altered = append(altered, line)
		case !slices.Equal(was.Pages, i.Pages):
			moved = append(moved, line+"："+strings.Join(i.Pages, " "))
		default:
			altered = append(altered, line+"：只有签字不同")
		}
	}
	for _, i := range entry.Withdrawn {
		gone = append(gone, i.File+"  "+i.Title+"："+string(i.Why))
	}
	list(w, "新公开", "项", added)
	list(w, "改了", "项", altered)
	list(w, "不再公开", "项", gone)
	if len(result.Record.Entries) == 0 {
		fmt.Fprintf(w, "数据 %d 个\n", len(entry.Figures))
		return
	}
	list(w, "数据变化", "个", figureLines(last, entry))
	list(w, "网址变化", "项", moved)
	list(w, "用语、版式、设置变化", "处", settingLines(entry))
}

// list prints a list, if there is one, under its head.
func list(w io.Writer, head, unit string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(w, "%s %d %s：\n", head, len(lines), unit)
	for _, line := range lines[:min(len(lines), mostChanges)] {
		fmt.Fprintln(w, "  "+line)
	}
	if len(lines) > mostChanges {
		fmt.Fprintf(w, "  …… 还有 %d %s\n", len(lines)-mostChanges, unit)
	}
}

// figureLines says of each figure what it was and is.
func figureLines(last *campaign.Published, entry *record.Entry) (lines []string) {
	was := map[campaign.FigureName]string{}
	for _, f := range last.Figures {
		was[f.FigureName] = f.Quantity.String()
	}
	for _, f := range entry.Figures {
		old, public := was[f.FigureName]
		if !public {
			old = "（新）"
		}
		now := f.Quantity.String()
		if f.Quantity.Kind == campaign.Blank {
			now = campaign.Withdrawn
		}
		lines = append(lines, fmt.Sprintf("%s（%s）：%s → %s", f.Heading(), f.Unit, old, now))
	}
	return lines
}

func settingLines(entry *record.Entry) (lines []string) {
	for _, s := range entry.Settings {
		if s.Hash == "" {
			s.File += "（没有了）"
		}
		lines = append(lines, s.File)
	}
	return lines
}

// printUnsigned lists what differs from the last publication and nobody signs:
// words, templates, styles, settings, addresses.
func printUnsigned(w io.Writer, result *project.Loaded) {
	last := result.Record.Last()
	if last == nil {
		return
	}
	entry, err := result.NextEntry()
	if err != nil || entry == nil {
		return
	}
	var moved []string
	for _, i := range entry.Items {
		if was, public := last.Items[i.File]; public && was.Digest == i.Digest && !slices.Equal(was.Pages, i.Pages) {
			moved = append(moved, i.File+"  "+i.Title+"："+strings.Join(i.Pages, " "))
		}
	}
	since := fmt.Sprintf("上一次发布（%s）以后，", last.At.Date)
	list(w, since+"网址变化", "项", moved)
	list(w, since+"用语、版式、设置变化", "处", settingLines(entry))
}
