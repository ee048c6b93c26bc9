package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/cause"
	"wangjian/internal/project"
	"wangjian/internal/publication"
	"wangjian/internal/source"
)

// version is set when a release is built; otherwise the build's own record
// tells.
var version = ""

// system is what the command touches of the world.
type system struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Now            func() time.Time
	// Browse opens an address in the browser; nil for not.
	Browse func(address string) error
	// Checked, where there is one, is called between the check of a build and its
	// rendering: a test changes files then.
	Checked func()
	// Delivered, where there is one, is called between the delivery of a site and
	// its recording: a test ends the process then.
	Delivered func()
}

// app is one run of the command.
type app struct {
	system
	dir  string // -C
	date string // --date
	// asked is the time that --date or a published site names, nil for none.
	asked *campaign.Moment
	stage atomic.Int32 // preparing, committing or stopped: see stop.go
	// against names the published data/statistics.json to compare with.
	against string
	// site is the folder that is to be replaced, "" for none.
	site string

	project *project.Project
	// loaded is what the preview shows, shown the time in which it stays so; nil
	// before it has loaded.
	loaded *campaign.Campaign
	shown  *campaign.Span
	now    *cache.Snapshot // what stood before the preview read; nil where nobody knows
}

// failure is an error that has been, or is to be, told in Chinese, and that
// ends the command with status 1. Everything else cobra returns is wrong
// usage.
type failure struct{ error }

func (f failure) Error() string { return cause.In(f.error) }
func (f failure) Unwrap() error { return f.error }

func failf(format string, args ...any) error { return failure{fmt.Errorf(format, args...)} }

// errFindings ends a command whose findings have been printed.
var errFindings = failure{errors.New("")}

func run(ctx context.Context, args []string, sys system) int {
	a := &app{system: sys}
	root := a.command()
	root.SetArgs(args)
	err := a.untilStopped(ctx, func() error { return root.ExecuteContext(ctx) })
	var failed failure
	switch {
	case err == nil:
		return 0
	case errors.As(err, &failed), cause.IsSystem(err):
		if text := cause.In(err); text != "" {
			fmt.Fprintln(a.Stderr, "错误："+text)
		}
		return 1
	}
	fmt.Fprintln(a.Stderr, "用法不对："+usageError(err)+nearCommands(root, args)+"。用 wangjian --help 看用法")
	return 2
}

func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "wangjian",
		Short:         "把专项行动的统计表和总结做成信息公开网站和 PDF",
		Long:          "网剑：把 data/ 里的统计表和 content/ 里的文字做成信息公开网站、数据文件和正式 PDF。",
		Version:       versionText(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          nothing,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetOut(a.Stdout)
	root.SetErr(a.Stderr)
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(&cobra.Command{Use: "no-help", Hidden: true})
	root.SetUsageFunc(usage)
	root.SetVersionTemplate("wangjian {{.Version}}\n")
	root.PersistentFlags().StringVarP(&a.dir, "directory", "C", ".", "活动文件夹，里面有 data/ 和 content/")
	root.PersistentFlags().StringVar(&a.date, "date", "", "以哪一天、哪一刻为现在，如 2022-12-01（到这一天结束）或 \"2022-12-01 09:30\"（不写时用北京时间；示例用基准日）")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		a.project = project.Open(a.dir)
		if !cmd.Flags().Changed("date") {
			return nil
		}
		return a.readDate()
	}
	root.PersistentFlags().BoolP("help", "h", false, "显示用法")
	root.Flags().Bool("version", false, "显示版本")
	root.AddCommand(a.buildCommand(), a.publishCommand(), a.verifyCommand(), a.serveCommand(), a.deskCommand(), a.checkCommand(), a.pdfCommand(), a.bundleCommand(), a.collectCommand(), a.portalCommand(), a.chartCommand(), a.formCommand(), a.textCommand(), a.dueCommand(), a.exportCommand(), a.signCommand(), a.correctCommand(), a.historyCommand(), a.schemaCommand(), a.wordsCommand(), a.wordingCommand(), a.newCommand())
	return root
}

func versionText() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// folder opens the campaign's folder so that nothing in it can lead out of it.
func (a *app) folder() (fs.FS, error) {
	files, err := a.project.Files()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, failf("打不开活动文件夹 %s：没有这个文件夹", a.dir)
	}
	if err != nil {
		return nil, failf("打不开活动文件夹 %s：%w", a.dir, err)
	}
	return files, nil
}

// under returns a path that the person wrote as one below -C, as make does.
func (a *app) under(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(a.dir, path)
}

// readDate reads --date: a day, which counts as its end, or a minute.
func (a *app) readDate() error {
	at, err := campaign.ParseInstant(a.date)
	if err != nil {
		return fmt.Errorf("--date %w，写成 2022-12-01 或 \"2022-12-01 09:30\"（有空格，要加引号）", err)
	}
	a.asked = &at
	if today := a.clock().Date; at.After(today) {
		fmt.Fprintf(a.Stderr, "提醒：--date %s 在今天（%s）以后，到那时才公开的内容会显示出来\n", a.date, today)
	}
	return nil
}

// clock is the minute that it is in China.
func (a *app) clock() campaign.Moment {
	return campaign.MomentOf(a.Now().In(china))
}

var china = time.FixedZone("CST", 8*3600)

// today returns the time that a command is of: --date, else the end of 基准日,
// else the clock's.
func (a *app) today(c *campaign.Campaign) campaign.Moment {
	switch {
	case a.asked != nil:
		return *a.asked
	case !c.ReferenceDate.IsZero():
		return c.ReferenceDate.Last()
	}
	return a.clock()
}

// asOf says what time something is of; only one that was asked for is told to
// the minute.
func (a *app) asOf(at campaign.Moment) string {
	if strings.Contains(a.date, ":") {
		return "以 " + at.String() + " 为现在"
	}
	return "以 " + at.Date.String() + " 为今天"
}

// read loads and checks the campaign.
func (a *app) read() (*project.Loaded, error) {
	if _, err := a.folder(); err != nil {
		return nil, err
	}
	published, err := a.published()
	if err != nil {
		return nil, err
	}
	return a.project.Load(project.Options{Today: a.today, Published: published, Found: a.found, Now: a.now})
}

// published reads what --against names; nil when it was not given.
func (a *app) published() (*campaign.Published, error) {
	if a.against == "" {
		return nil, nil
	}
	f, err := os.Open(a.under(a.against))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, failf("打不开 --against 的 %s：没有这个文件", a.against)
	}
	if err != nil {
		return nil, failf("打不开 --against 的 %s：%w", a.against, err)
	}
	defer f.Close()
	published, err := source.ReadPublished(a.against, f)
	if err != nil {
		return nil, failure{err}
	}
	return published, nil
}

// found reads what the site that is to be replaced shows; nil where there is none.
func (a *app) found() *campaign.Published {
	if a.site == "" {
		return nil
	}
	return publication.Found(a.site, a.under(a.site))
}

// compare adds --against to a command.
func (a *app) compare(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.against, "against", "", "与已发布的 data/statistics.json 比：改了的数要有更正")
}

// readSound reads the campaign, prints its findings, and fails with what will
// not be made when one is an error.
func (a *app) readSound(lost string) (*project.Loaded, error) {
	result, err := a.read()
	if err != nil {
		return nil, err
	}
	result.TryTemplates()
	printFindings(a.Stderr, result.Campaign, result.Findings)
	if campaign.HasErrors(result.Findings) {
		return result, failf("有 %s，%s", counts(result.Findings), lost)
	}
	return result, nil
}

// publishable prints the findings, and fails with what will not be made when one
// of them is an error that touches what is or would be public.
func (a *app) publishable(result *project.Loaded, lost string) error {
	printForPublic(a.Stderr, result)
	if touching, _ := result.Split(); campaign.HasErrors(touching) {
		return failf("有 %s，%s", counts(touching), lost)
	}
	return nil
}

// reason says why the system refused something.
func reason(err error) string { return cause.Of(err) }
