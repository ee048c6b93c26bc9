package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"wangjian/internal/campaign"
	"wangjian/internal/project"
	"wangjian/internal/publication"
	"wangjian/internal/publish"
	"wangjian/internal/record"
	"wangjian/internal/remote"
)

func (a *app) publishCommand() *cobra.Command {
	p := &publishing{app: a}
	var zip string
	var password bool
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
			case p.full && zip == "" && len(args) == 0:
				return errFull
			}
			files, err := a.folder()
			switch {
			case err != nil:
				return err
			case zip != "":
				p.to = campaign.Destination{Name: zip, Package: zip}
			case p.output != "":
				p.to = campaign.Destination{Name: p.output, Folder: p.output}
			default:
				if p.to, err = publication.Choose(files, strings.Join(args, "")); err != nil {
					return failure{err}
				}
			}
			if p.full && p.to.Package == "" {
				return errFull
			}
			if password {
				return p.storeSecret()
			}
			return p.act(cmd.Context())
		},
	}
	cmd.Flags().StringVarP(&p.output, "output", "o", "", "网站放到哪个文件夹")
	cmd.Flags().StringVar(&zip, "zip", "", "做成上传包，只有新的和改过的文件，如 上传.zip")
	cmd.Flags().BoolVar(&p.full, "full", false, "上传包里是整个网站")
	cmd.Flags().BoolVar(&p.dryRun, "dry-run", false, "只列出变化，不发布")
	cmd.Flags().BoolVar(&p.yes, "yes", false, "不问，直接发布")
	cmd.Flags().BoolVar(&p.takeOver, "take-over", false, "服务器上有另一台电脑没有做完的发布，或另一个行动的网站，接管它")
	cmd.Flags().BoolVar(&password, "password", false, "不发布，只把目标的密码或 Secret 存进系统的钥匙串，从标准输入读一行")
	return cmd
}

var errFull = errors.New("--full 和 --zip 一起用，或目标写着上传包")

// publishing is one act of publishing.
type publishing struct {
	*app
	to             campaign.Destination
	output         string // -o
	dryRun, yes    bool
	full, takeOver bool
	agreed         []byte // the entry that the person has agreed to
}

// act publishes once.
func (p *publishing) act(ctx context.Context) error {
	act, end := p.newAct(p.to.Name)
	defer end()
	act.SendTo(p.to, p.under)
	act.Delivered = p.Delivered
	if act.Zip != nil {
		act.Zip.Full = p.full
	}
	if act.Server != nil {
		act.Server.TakeOver = p.takeOver
	}
	act.Show = func(plan *publication.Plan) error {
		end()
		if err := p.passes(plan); err != nil {
			return err
		}
		printChanges(p.Stdout, plan)
		if p.dryRun {
			return nil
		}
		return p.ask(plan.Entry)
	}
	if p.dryRun {
		t, err := act.DryRun(ctx)
		end()
		if t != nil {
			fmt.Fprintf(p.Stdout, "要向 %s 传 %s，删 %d 个\n", p.to.Where(), sizeOf(t), t.Deleted)
		}
		return failed(err)
	}
	done, err := act.Publish(ctx)
	end()
	if still, ok := errors.AsType[*publish.Remaining](err); ok {
		p.printDifferences(still.Differences)
	}
	if wrong, ok := errors.AsType[*publication.Undelivered](err); ok {
		p.printDifferences(wrong.Wrong)
	}
	if err != nil {
		return failed(err)
	}
	p.sayDone(act, done)
	return nil
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

func (p *publishing) sayDone(act *publication.Act, done *publication.Outcome) {
	p.printNotes(done)
	p.Stdout.Write(done.Held)
	switch {
	case done.Sent != nil:
		fmt.Fprintf(p.Stdout, "已发布 %s：%d 个文件（%s）\n", p.place(), done.Files, p.asOf(done.Loaded.At))
	case act.Zip == nil:
		fmt.Fprintf(p.Stdout, "已发布 %s：%d 个文件，其中 %d 个有变化（%s）\n", p.place(), done.Files, done.Changed, p.asOf(done.Loaded.At))
	case done.Changed+done.Removed == 0:
		fmt.Fprintf(p.Stdout, "与上一个上传包比没有变化，没有写 %s；要整个网站的，加 --full\n", p.place())
	default:
		if act.Zip.Whole() && !act.Zip.Full {
			fmt.Fprintln(p.Stdout, "不知道上一个上传包里有什么，这个包里是整个网站；网站上多出的文件要自己删")
		}
		fmt.Fprintf(p.Stdout, "已生成上传包 %s：要上传 %d 个文件，要删去 %d 个（%s）。照包里的 上传说明.txt 做\n", p.place(), done.Changed+1, done.Removed, p.asOf(done.Loaded.At))
	}
	if t := done.Sent; t != nil {
		fmt.Fprintf(p.Stdout, "已传到 %s：%s，删了 %d 个，读回核对相符\n", p.to.Where(), sizeOf(t), t.Deleted)
	}
	switch {
	case done.Loaded.Campaign.Sample:
		fmt.Fprintln(p.Stdout, "示例不记发布记录")
	case done.Entry == nil:
		fmt.Fprintln(p.Stdout, "公众看到的没有变化，发布记录没有加")
	default:
		fmt.Fprintf(p.Stdout, "已记入 %s\n", done.Entry.File())
	}
}

// place names where the site went: a place of 发布 by its folder or package, as before
// there were others.
func (p *publishing) place() string {
	if p.to.IsRemote() {
		return p.to.Name
	}
	return cmp.Or(p.to.Package, p.to.Folder)
}

// sizeOf says how much is sent.
func sizeOf(t *publish.Transfer) string {
	return fmt.Sprintf("%d 个文件、%d 字节", t.Files, t.Bytes)
}

// storeSecret reads a secret and stores it for the target.
func (p *publishing) storeSecret() error {
	if !p.to.IsRemote() {
		return failf("“%s”不在服务器上，不用密码", p.to.Name)
	}
	secret, err := p.secret(fmt.Sprintf("“%s”（%s）的密码或 Secret：", p.to.Name, p.to.Account()))
	if err != nil || secret == "" {
		return failf("没有读到密码，没有存")
	}
	if err := remote.StoreSecret(&p.to, secret); err != nil {
		return failure{err}
	}
	fmt.Fprintf(p.Stdout, "已存进系统的钥匙串：%s\n", p.to.Account())
	return nil
}

// mostChanges is how many changes of a kind are listed.
const mostChanges = 40

// printChanges lists what publishing changes of what the public sees.
func printChanges(w io.Writer, plan *publication.Plan) {
	last, times := plan.Record.Last(), len(plan.Record.Entries)
	switch {
	case plan.Campaign.Sample:
		fmt.Fprintln(w, "这是示例，不与上一次发布比")
		return
	case plan.Event == nil && last != nil:
		fmt.Fprintf(w, "与上一次发布（%s，第 %d 次）比，公众看到的没有变化\n", last.At.Date, times)
		return
	case last == nil:
		fmt.Fprintln(w, "这是第一次发布")
	default:
		fmt.Fprintf(w, "与上一次发布（%s，第 %d 次）比：\n", last.At.Date, times)
	}
	if plan.Event == nil {
		return
	}
	var added, altered, moved, gone []string
	for _, x := range plan.Event.Changes {
		switch line := x.File() + "  " + x.Title(); {
		case x.Is.File == "":
			gone = append(gone, line+"："+string(x.Why))
		case x.Was.File == "":
			added = append(added, line)
		case x.Altered():
			altered = append(altered, line)
		case x.Moved():
			moved = append(moved, line+"："+strings.Join(x.Is.Pages, " "))
		default:
			altered = append(altered, line+"：只有签字不同")
		}
	}
	list(w, "新公开", "项", added)
	list(w, "改了", "项", altered)
	list(w, "不再公开", "项", gone)
	if last == nil {
		fmt.Fprintf(w, "数据 %d 个\n", len(plan.Event.Values))
		return
	}
	list(w, "数据变化", "个", figureLines(plan.Event))
	list(w, "网址变化", "项", moved)
	list(w, "PDF 内容变化", "件", paperLines(plan.Event))
	list(w, "用语、版式、设置变化", "处", settingLines(plan.Event))
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
func figureLines(e *record.Event) (lines []string) {
	for _, f := range e.Values {
		old := f.Was.String()
		if f.Was.Kind == campaign.Blank {
			old = "（新）"
		}
		lines = append(lines, fmt.Sprintf("%s（%s）：%s → %s", f.Heading(), f.Unit, old, after(f.Is)))
	}
	return lines
}

// paperLines lists the papers that say something else, or are no longer published.
func paperLines(e *record.Event) (lines []string) {
	for _, p := range e.Papers {
		if p.Digest == "" {
			p.Path += "（没有了）"
		}
		lines = append(lines, p.Path)
	}
	return lines
}

// settingLines lists the files of settings that are others, or no longer there.
func settingLines(e *record.Event) (lines []string) {
	for _, s := range e.Settings {
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
	e := publication.Unsigned(result)
	if e == nil {
		return
	}
	var moved []string
	for _, x := range e.Changes {
		if x.Was.File != "" && x.Is.File != "" && x.Was.Digest == x.Is.Digest && x.Moved() {
			moved = append(moved, x.File()+"  "+x.Title()+"："+strings.Join(x.Is.Pages, " "))
		}
	}
	since := fmt.Sprintf("上一次发布（%s）以后，", result.Record.Last().At.Date)
	list(w, since+"网址变化", "项", moved)
	list(w, since+"用语、版式、设置变化", "处", settingLines(e))
}

// secret reads a line, at a terminal without showing it.
func (a *app) secret(question string) (string, error) {
	if f, ok := a.Stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(a.Stdout, question)
		raw, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(a.Stdout)
		return string(raw), err
	}
	line, err := bufio.NewReader(a.Stdin).ReadString('\n')
	if line != "" {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), err
}
