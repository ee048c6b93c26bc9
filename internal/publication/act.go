package publication

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/disk"
	"wangjian/internal/project"
	"wangjian/internal/publish"
	"wangjian/internal/record"
	"wangjian/internal/source"
)

// Act is one publication or one build.
type Act struct {
	Dir     string // the campaign's folder
	Project *project.Project
	Today   func(*campaign.Campaign) campaign.Moment
	Clock   campaign.Moment // the minute that it is
	Asked   bool            // Today is a time that somebody asked for
	// Against is the file that Published reads, to compare with; both are empty
	// where there is none.
	Against   string
	Published func() (*campaign.Published, error)

	Place string          // where it goes, as the person names it
	Path  string          // its folder or file
	Zip   *publish.Upload // instead of the folder at Path, where there is one
	// Server is where the folder at Path is sent to; nil for nowhere.
	Server *publish.Server

	// Show is shown what the act would change, before anything is written; its error
	// ends the act. It is called again where something was changed meanwhile. A plan
	// that Blocked returns an error for goes no further in any case.
	Show func(*Plan) error
	// Messages returns what a build tells, to be told again when nothing has changed.
	Messages func(*project.Loaded) publish.Messages
	// Doing, where there is one, is told what is being done: file n of so many, 0
	// where files are not counted.
	Doing func(s Step, n, of int)
	// Again, where there is one, is called when the act begins again because something
	// was changed meanwhile.
	Again func()
	// Delivered, where there is one, is called between delivery and recording: a test
	// ends the process then.
	Delivered func()

	folder publish.Folder
}

// Step is a part of an act.
type Step int

// The steps in their order. Nothing is written before Rendering, and from Verifying
// on an act that is stopped goes to its end: the site is out. One that is stopped while
// Sending is gone on with by the next.
const (
	Looking Step = iota // for what has changed since the build before
	Reading
	Planning
	Rendering
	Sending // to a server: what differs
	Verifying
	Recording
)

// Outcome is what an act has done.
type Outcome struct {
	publish.Result
	Loaded *project.Loaded // as it was delivered
	// Entry is what the record got; nil for a build, for a sample and where nothing
	// changes for the public.
	Entry *record.Entry
	// Before is the build before, where nothing has changed since and nothing was done.
	Before *publish.Record
	Held   []byte // what a build tells
}

// Undelivered: what was delivered is not what was to be.
type Undelivered struct {
	Place string
	Wrong []publish.Difference
}

func (u *Undelivered) Error() string {
	return fmt.Sprintf("%s 写出以后核对不符，有 %d 处，没有记入发布记录：检查磁盘，再运行一次 wangjian publish", u.Place, len(u.Wrong))
}

// mostAttempts is how often an act begins again because something was changed after
// it was checked.
const mostAttempts = 4

// untilUnchanged makes an attempt again where it ends because something was changed
// after it was checked.
func (a *Act) untilUnchanged(ctx context.Context, attempt func() (*Outcome, error)) (*Outcome, error) {
	for range mostAttempts {
		done, err := attempt()
		if !errors.Is(err, campaign.ErrChanged) {
			return done, err
		}
		if ctx.Err() != nil {
			return nil, notPublished(publish.ErrStopped)
		}
		if a.Again != nil {
			a.Again()
		}
	}
	return nil, fmt.Errorf("没有发布，原有的网站没有动：资料在生成过程中一再被改动（%d 次）。等改动完了再生成", mostAttempts)
}

func notPublished(why error) error {
	return fmt.Errorf("没有发布，原有的网站没有动：%w", why)
}

func (a *Act) doing(s Step, n, of int) {
	if a.Doing != nil {
		a.Doing(s, n, of)
	}
}

// Build brings the site to its place and records nothing.
func (a *Act) Build(ctx context.Context) (*Outcome, error) {
	return a.untilUnchanged(ctx, func() (*Outcome, error) { return a.build(ctx) })
}

func (a *Act) build(ctx context.Context) (*Outcome, error) {
	if before := a.look(); before != nil {
		return &Outcome{Before: before}, nil
	}
	plan, err := a.read(ctx)
	if err != nil {
		return nil, err
	}
	if err := a.show(plan); err != nil {
		return nil, err
	}
	return a.deliver(ctx, plan.Loaded)
}

// show shows the plan, and goes no further with one that is blocked.
func (a *Act) show(plan *Plan) error {
	if err := a.Show(plan); err != nil {
		return err
	}
	return plan.Blocked()
}

// Publish publishes once, one publication of a campaign at a time.
func (a *Act) Publish(ctx context.Context) (*Outcome, error) {
	if err := a.isDue(); err != nil {
		return nil, err
	}
	unlock, err := disk.LockAct(a.Dir)
	if err != nil {
		return nil, fmt.Errorf("没有发布：%w", err)
	}
	defer unlock()
	return a.untilUnchanged(ctx, func() (*Outcome, error) { return a.publish(ctx) })
}

// DryRun shows the plan, and returns what sending the site to a server would take; nil
// where it is not sent. Nothing is written.
func (a *Act) DryRun(ctx context.Context) (*publish.Transfer, error) {
	if err := a.isDue(); err != nil {
		return nil, err
	}
	plan, err := a.plan(ctx)
	if err == nil {
		err = a.show(plan)
	}
	if err != nil || a.Server == nil {
		return nil, err
	}
	counted, err := a.counted(plan)
	if err != nil {
		return nil, err
	}
	a.doing(Planning, 0, 0)
	files, err := counted.Plan(counted.Public, a.Project.Drawer(counted.Layouts))
	if err != nil {
		return nil, fmt.Errorf("准备网站：%w", err)
	}
	t, err := a.Server.Preview(ctx, files)
	if err != nil {
		return nil, fmt.Errorf("没有试成：%w", err)
	}
	return t, nil
}

// isDue refuses a day that has not come.
func (a *Act) isDue() error {
	if at := a.Today(&campaign.Campaign{}); a.Asked && at.Date.After(a.Clock.Date) {
		return fmt.Errorf("--date %s 在今天（%s）以后，还不能发布；要看到时候是什么样，用 wangjian build 或 wangjian serve", at.Date, a.Clock.Date)
	}
	return nil
}

// plan is the plan of a publication.
func (a *Act) plan(ctx context.Context) (*Plan, error) {
	a.look()
	plan, err := a.read(ctx)
	if err == nil {
		err = plan.count()
	}
	return plan, err
}

func (a *Act) publish(ctx context.Context) (*Outcome, error) {
	plan, err := a.plan(ctx)
	if err != nil {
		return nil, err
	}
	if err := a.show(plan); err != nil {
		return nil, err
	}
	return a.carryOut(ctx, plan)
}

// carryOut delivers the site with its own entry already counted, checks what was
// delivered, and records it. A process that is killed before the last has
// delivered what the next publication finds unrecorded, and records.
func (a *Act) carryOut(ctx context.Context, plan *Plan) (*Outcome, error) {
	counted, err := a.counted(plan)
	if err != nil {
		return nil, err
	}
	done, err := a.deliver(ctx, counted)
	if err != nil {
		return nil, err
	}
	if err := a.verify(counted); err != nil {
		return nil, err
	}
	if a.Delivered != nil {
		a.Delivered()
	}
	a.doing(Recording, 0, 0)
	if done.Entry = plan.Entry; plan.Entry != nil {
		if err := publish.AppendRecord(a.Dir, plan.Entry); err != nil {
			return nil, fmt.Errorf("网站已经送出，还没有记入发布记录：%w。再运行一次 wangjian publish 补记", err)
		}
	}
	a.delivery().Recorded()
	return done, nil
}

// counted reads the campaign again as if the publication were recorded: the site
// tells of it.
func (a *Act) counted(plan *Plan) (*project.Loaded, error) {
	if plan.Entry == nil {
		return plan.Loaded, nil
	}
	at := func(*campaign.Campaign) campaign.Moment { return plan.At }
	counted, err := a.Project.Load(project.Options{Today: at, Record: plan.Record.With(plan.Entry), Now: a.now()})
	if err != nil {
		return nil, err
	}
	shown, err := counted.Shown()
	if err != nil {
		return nil, fmt.Errorf("准备网站：%w", err)
	}
	again := plan.Record.Next(shown, counted.WhyGone)
	if touching, _ := counted.Split(); again == nil || !bytes.Equal(again.Bytes(), plan.Entry.Bytes()) || campaign.HasErrors(touching) {
		return nil, campaign.ErrChanged
	}
	return counted, nil
}

// verify reads back what was delivered.
func (a *Act) verify(l *project.Loaded) error {
	a.doing(Verifying, 0, 0)
	files, err := l.Plan(l.Public, a.Project.Drawer(l.Layouts))
	if err != nil {
		return fmt.Errorf("准备网站：%w", err)
	}
	wrong, err := a.delivery().Verify(files)
	if err != nil {
		return fmt.Errorf("核对 %s：%w", a.Place, err)
	}
	if len(wrong) > 0 {
		return &Undelivered{a.Place, wrong}
	}
	return nil
}

// deliver renders what was checked and brings it to its place.
func (a *Act) deliver(ctx context.Context, l *project.Loaded) (*Outcome, error) {
	a.doing(Planning, 0, 0)
	files, err := l.Plan(l.Public, a.Project.Drawer(l.Layouts))
	if err != nil {
		return nil, fmt.Errorf("准备网站：%w", err)
	}
	if ctx.Err() != nil {
		return nil, notPublished(publish.ErrStopped)
	}
	a.folder.Messages = a.Messages(l)
	a.doing(Rendering, 0, len(files))
	a.folder.Progress = func(n int) { a.doing(Rendering, min(n, len(files)), len(files)) }
	done, err := a.delivery().Publish(ctx, files)
	if publish.HasBegun(err) {
		return nil, err
	}
	if err != nil {
		return nil, notPublished(err)
	}
	return &Outcome{Result: done, Loaded: l, Held: a.folder.Messages.Held}, nil
}

// delivery is how the site gets to its readers.
func (a *Act) delivery() publish.Delivery {
	if a.Zip != nil {
		a.Zip.Progress = a.folder.Progress
		return a.Zip
	}
	if a.Server != nil {
		a.Server.Folder = a.folder
		a.Server.Sending = func(n, of int) { a.doing(Sending, n, of) }
		return a.Server
	}
	return a.folder
}

// look takes down what is read from here on, and returns the build before where
// nothing has changed since.
func (a *Act) look() *publish.Record {
	a.folder = publish.Folder{Target: a.Path, Campaign: a.Dir}
	if a.Zip != nil {
		return nil
	}
	a.doing(Looking, 0, 0)
	program, err := os.Executable()
	if err != nil {
		return nil
	}
	return a.folder.Begin(publish.Options{
		Campaign: a.Dir, Program: program, At: a.Today(&campaign.Campaign{}), Asked: a.Asked, Against: a.Against,
	})
}

// read reads and checks the campaign.
func (a *Act) read(ctx context.Context) (*Plan, error) {
	a.doing(Reading, 0, 0)
	if inputs := a.folder.Inputs(); inputs != nil {
		a.Project.KeepOnDisk(inputs.Program)
	}
	o := project.Options{Today: a.Today, Now: a.now()}
	if a.Published != nil {
		var err error
		if o.Published, err = a.Published(); err != nil {
			return nil, err
		}
	}
	if a.Zip == nil {
		o.Found = func() *campaign.Published { return Found(a.Place, a.Path) }
	}
	l, err := a.Project.Load(o)
	if err != nil {
		return nil, err
	}
	l.TryTemplates()
	if ctx.Err() != nil {
		return nil, notPublished(publish.ErrStopped)
	}
	return PlanOf(l, a.Place, a.Path), nil
}

func (a *Act) now() *cache.Snapshot {
	if inputs := a.folder.Inputs(); inputs != nil {
		return inputs.Files
	}
	return nil
}

// Choose returns the place that is named in 发布. Where none is named, it is the only
// one, or the folder public where there is no 发布.
func Choose(files fs.FS, name string) (campaign.Destination, error) {
	places := source.Destinations(files)
	var names []string
	for _, d := range places {
		if d.Name == name || name == "" && len(places) == 1 {
			return d, nil
		}
		names = append(names, d.Name)
	}
	switch {
	case name == "" && len(names) == 0:
		return campaign.Destination{Name: campaign.UsualFolder, Folder: campaign.UsualFolder}, nil
	case name == "":
		return campaign.Destination{}, fmt.Errorf("data/campaign.yaml 的“发布”里有 %d 处（%s）：写明发布到哪一处", len(names), strings.Join(names, "、"))
	case len(names) == 0:
		return campaign.Destination{}, fmt.Errorf("data/campaign.yaml 没有写“发布”，没有叫“%s”的目标。写上，或用 -o 文件夹", name)
	}
	return campaign.Destination{}, fmt.Errorf("data/campaign.yaml 的“发布”里没有“%s”，有：%s", name, strings.Join(names, "、"))
}

// SendTo has the act deliver to a place of 发布. under returns a path of the campaign's
// folder as the system names it.
func (a *Act) SendTo(d campaign.Destination, under func(string) string) {
	a.Place, a.Path = d.Name, under(d.Folder)
	switch {
	case d.IsRemote():
		a.Server = &publish.Server{Destination: &d}
	case d.Package != "":
		a.Path = under(d.Package)
		a.Zip = &publish.Upload{Target: a.Path, Campaign: a.Dir}
	}
}
