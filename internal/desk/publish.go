package desk

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
	"wangjian/internal/correction"
	"wangjian/internal/preview"
	"wangjian/internal/project"
	"wangjian/internal/publication"
	"wangjian/internal/publish"
	"wangjian/internal/record"
	"wangjian/internal/release"
	"wangjian/internal/remote"
	"wangjian/internal/review"
	"wangjian/internal/signing"
	"wangjian/internal/source"
)

// publishScreen shows what goes out, asks for the corrections, publishes and verifies.
func publishScreen() *screen {
	return &screen{
		name: "publish", title: "发布", words: "看清什么要出去、什么没有公开，写更正，发布，再核对。",
		data: publishPage,
		acts: map[string]act{
			"correct": proposeCorrections, "out": publishOut, "try": tryOut, "draft": buildDraft, "verify": verifySite,
			"secret": storeSecret,
		},
		parts: map[string]act{"package": takePackage},
		at:    publishedFile,
		waits: publicationWaits,
	}
}

// publicationWaits counts what a published site differs in without a word of why, or
// else tells that there is something new to publish.
func publicationWaits(r *request) waiting {
	l := r.loaded
	unsaid := 0
	for _, f := range l.Findings {
		if f.Level == campaign.Error && review.Compares(f.Rule) {
			unsaid++
		}
	}
	if unsaid > 0 {
		return waiting{Count: unsaid, Words: fmt.Sprintf("公布过的内容改了 %d 处，要写更正或重签", unsaid), Act: "去处理"}
	}
	public := l.Public.Campaign()
	last := l.Published
	switch {
	case l.Campaign.Sample, l.Campaign.SettingsUnread(), last != nil && !last.Recorded:
		return waiting{}
	case last == nil && len(public.Items)+len(public.Rounds) > 0:
		return waiting{Words: "有内容可以公开，还没有发布过", Act: "去发布"}
	case last == nil:
		return waiting{}
	}
	coming := 0
	for _, i := range public.Items {
		if _, out := last.Items[i.File]; !out {
			coming++
		}
	}
	if coming == 0 {
		return waiting{}
	}
	return waiting{Words: fmt.Sprintf("%d 篇到了日子，还没有发布", coming), Act: "去发布"}
}

// How a form names a destination: a place of 发布 by its name behind placed.
const (
	placed     = "目标:"
	inFolder   = "文件夹"
	inPackage  = "上传包"
	atAddress  = "网址"
	draftPlace = "草稿"
)

// placesOf are the places in 发布.
func (r *request) placesOf() []campaign.Destination { return source.Destinations(r.loaded.Files) }

// destination reads where a form wants to go.
func (r *request) destination() (campaign.Destination, error) {
	way := r.value("place")
	switch name, isPlace := strings.CutPrefix(way, placed); {
	case isPlace:
		return publication.Choose(r.loaded.Files, name)
	case way == inPackage:
		name := fmt.Sprintf("上传包-%s.zip", r.loaded.Date)
		return campaign.Destination{Name: name, Package: name}, nil
	}
	folder := r.value("folder")
	if folder == "" {
		return campaign.Destination{}, errors.New("没有写放到哪个文件夹：写一个名称，如 public，或完整的路径")
	}
	return campaign.Destination{Name: folder, Folder: folder}, nil
}

// under returns a path of the campaign's folder as the system names it.
func (r *request) under(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(r.work.dir, p)
}

// usual is the place that a publication goes to when nobody says another.
func (r *request) usual() campaign.Destination {
	if places := r.placesOf(); len(places) > 0 {
		return places[0]
	}
	return campaign.Destination{Name: campaign.UsualFolder, Folder: campaign.UsualFolder}
}

// shownPlan is what the screen shows.
type shownPlan struct {
	*publication.Plan
	Fault       error // why there is no plan
	Errors      []campaign.Finding
	Changed     []changedOut   // was public, and has to be signed again
	Down        []release.Held // is still shown, and is to be taken down
	Uncorrected int            // errors that are shown as corrections
	Idle        []campaign.Finding
	Last        *campaign.Published
	Times       int
	New, Other  []record.ItemChange
	Gone        []record.ItemChange
	Figures     []record.FigureChange
	FirstRounds []roundCount
	Held        []release.Held
	Corrections *corrections
	Places      []campaign.Destination
	Folder      string
	Agreed      string
	DayAhead    bool // the day that was asked for has not come
}

// changedOut is what was public and is not signed as it is now; with those that only
// wait for a round's figures, which need nothing themselves.
type changedOut struct {
	Title, File string
	Stage       campaign.Stage // that signs it next
	Follows     bool
}

// Servers are the places that are on servers.
func (s *shownPlan) Servers() []campaign.Destination {
	return slices.DeleteFunc(slices.Clone(s.Places), func(d campaign.Destination) bool { return !d.IsRemote() })
}

// roundCount is how many figures of a round come out for the first time.
type roundCount struct {
	Round string
	Count int
}

func publishPage(r *request) (any, error) {
	if r.loaded == nil {
		return nil, errUnread
	}
	to := r.usual()
	plan, err := publication.PublicationOf(r.loaded, to.Name, r.under(cmp.Or(to.Package, to.Folder)))
	s := &shownPlan{Plan: plan, Fault: err, Last: plan.Record.Last(), Times: len(plan.Record.Entries), Places: r.placesOf(), Folder: "public", Agreed: digestOf(plan.Entry)}
	s.Corrections = r.corrections()
	for _, f := range plan.Touching {
		switch {
		case f.Level != campaign.Error:
		case f.Rule == missingCorrection && s.Corrections.Count > 0:
			s.Uncorrected++
		case s.signAgain(f.At.File):
		default:
			s.Errors = append(s.Errors, f)
		}
	}
	s.follow()
	s.Idle, s.Held = plan.Idle, r.loaded.Public.Held()
	s.DayAhead = r.desk.Asked && r.loaded.Date.After(r.desk.clock().Date)
	s.sort()
	return s, nil
}

// signAgain notes what an error is about where that was public and has to be signed
// again, and reports whether it is.
func (s *shownPlan) signAgain(file string) bool {
	if slices.ContainsFunc(s.Changed, func(c changedOut) bool { return c.File == file }) {
		return true
	}
	var was campaign.PublishedItem
	if s.Last != nil {
		was = s.Last.Items[file]
	}
	all := signing.All(s.Campaign)
	n := slices.IndexFunc(all, func(x signing.Signable) bool { return x.File == file })
	if was.File == "" || n < 0 {
		return false
	}
	r := all[n].Record()
	if !release.AwaitsSignature(s.Campaign, r, s.Date) {
		return false
	}
	s.Changed = append(s.Changed, changedOut{Title: was.Title, File: file, Stage: s.Campaign.Unsigned(r)[0]})
	return true
}

// follow parts what is still shown into what is to be taken down and what only waits
// for a signature.
func (s *shownPlan) follow() {
	for _, h := range s.Waiting {
		gone := release.WhyGone(s.Campaign, s.Date, h.Item.File) != ""
		switch {
		case gone:
			s.Down = append(s.Down, h)
		case s.signAgain(h.Item.File):
		case release.AwaitsRound(s.Campaign, h.Reasons, s.Date):
			s.Changed = append(s.Changed, changedOut{Title: h.Title(), File: h.Item.File, Follows: true})
		default:
			s.Down = append(s.Down, h)
		}
	}
}

// missingCorrection is the rule whose errors the screen shows as the corrections that it
// asks for.
const missingCorrection = "correction-missing"

var errUnread = errors.New("这个专项行动的文件夹读不出来。看看它还在不在，再从“开始”打开")

// sort parts what changes by how it changes.
func (s *shownPlan) sort() {
	if s.Event == nil {
		return
	}
	for _, x := range s.Event.Changes {
		switch {
		case x.Is.File == "":
			s.Gone = append(s.Gone, x)
		case x.Was.File == "":
			s.New = append(s.New, x)
		default:
			s.Other = append(s.Other, x)
		}
	}
	s.Figures, s.FirstRounds = partFigures(s.Event.Values)
}

// digestOf names what a person has agreed to.
func digestOf(e *record.Entry) string {
	if e == nil {
		return "0"
	}
	sum := sha256.Sum256(e.Bytes())
	return hex.EncodeToString(sum[:])
}

// corrections are the entries that are missing, by round and department.
type corrections struct {
	Fault    error              // why they cannot be told
	Findings []campaign.Finding // which keep them from being told, or of which no entry can tell
	Groups   []correctionGroup
	Count    int
	Stale    []review.Stale
	Affected []string
}

type correctionGroup struct {
	Whose   string
	Entries []correctionEntry
}

type correctionEntry struct {
	Key  string // names it in the form
	What string
	Old  string
	New  string
}

// corrections works out which are missing.
func (r *request) corrections() *corrections {
	err := publication.Comparable(r.loaded)
	if errors.Is(err, publication.ErrUnpublished) {
		return &corrections{}
	}
	if unclear, ok := errors.AsType[*publication.Unclear](err); ok {
		return &corrections{Fault: err, Findings: unclear.Findings}
	}
	p := r.loaded.Propose()
	c := &corrections{Findings: p.Unnamed, Stale: p.Stale, Count: len(p.Entries)}
	for _, e := range p.Entries {
		if n := len(c.Groups); n == 0 || c.Groups[n-1].Whose != e.Whose() {
			c.Groups = append(c.Groups, correctionGroup{Whose: e.Whose()})
		}
		g := &c.Groups[len(c.Groups)-1]
		g.Entries = append(g.Entries, shownEntry(e))
	}
	if len(p.Entries) > 0 {
		c.Affected = correction.Affected(r.loaded.Campaign, r.loaded.Public, r.loaded.Papers(), p.Entries)
	}
	return c
}

// keyOf names an entry in a form.
func keyOf(e review.Entry) string {
	sum := sha256.Sum256([]byte(e.String()))
	return hex.EncodeToString(sum[:8])
}

func shownEntry(e review.Entry) correctionEntry {
	s := correctionEntry{Key: keyOf(e)}
	var what []string
	for _, f := range e.Fields {
		switch f[0] {
		case "期次", "部门":
		case "原值":
			s.Old = f[1]
		case "现值":
			s.New = f[1]
		default:
			what = append(what, f[1])
		}
	}
	if s.What = strings.Join(what, " "); s.What == "" {
		s.What = "全部数"
	}
	return s
}

// proposeCorrections writes those entries that the person gave a reason for, or all
// where one reason is for all.
func proposeCorrections(r *request) (answer, error) {
	l, err := r.fresh()
	if err != nil {
		return nil, err
	}
	if err := publication.Comparable(l); err != nil {
		return nil, err
	}
	var entries []review.Entry
	reasons := map[string]string{}
	all := l.Propose().Entries
	for _, e := range all {
		why := r.value("reason." + keyOf(e))
		if why == "" {
			why = r.value("reason")
		}
		if why != "" {
			entries, reasons[keyOf(e)] = append(entries, e), oneLine(why)
		}
	}
	switch {
	case len(all) == 0:
		return nil, errors.New("没有要写的更正：公布过的数都没有变，或者已经写了更正")
	case len(entries) == 0:
		return nil, errors.New("没有写原因：更正的原因会公布，要写。在“原因”里写上，或在最上面写一个各处共用的")
	}
	set, err := publication.Correct(l, entries, func(e review.Entry) string { return reasons[keyOf(e)] })
	if err != nil {
		return nil, err
	}
	p := proposal{
		title: fmt.Sprintf("写 %d 条更正", len(entries)), set: set, next: address("publish"),
		done:  fmt.Sprintf("已写进 %s，%d 条。接下来到“审签”重签有变化的内容，再发布。", correction.File, len(entries)),
		words: []string{"跟着变的：" + strings.Join(correction.Affected(l.Campaign, l.Public, l.Papers(), entries), "；")},
	}
	if left := len(all) - len(entries); left > 0 {
		p.words = append(p.words, fmt.Sprintf("还有 %d 条没有写原因，这一次不写。", left))
	}
	return p, nil
}

// oneLine makes a text that was typed one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// clock is the minute that it is.
func (d *Desk) clock() campaign.Moment {
	if d.Clock != nil {
		return d.Clock()
	}
	return d.Today(&campaign.Campaign{})
}

// act is an act of publishing of the open campaign.
func (r *request) act(to campaign.Destination, p *progress) *publication.Act {
	d := r.desk
	a := &publication.Act{
		Dir: r.work.dir, Project: project.Open(r.work.dir), Today: d.Today, Clock: d.clock(), Asked: d.Asked,
		Messages: d.Messages,
		Doing:    func(s publication.Step, n, of int) { p.say(n, of, "%s", doing(s, n, of)) },
	}
	if a.Messages == nil {
		a.Messages = func(*project.Loaded) publish.Messages { return publish.Messages{} }
	}
	a.SendTo(to, r.under)
	if a.Zip != nil {
		a.Zip.Full = r.value("full") != ""
	}
	if a.Server != nil {
		a.Server.TakeOver = r.value("takeover") != ""
	}
	return a
}

func doing(s publication.Step, n, of int) string {
	switch s {
	case publication.Rendering:
		return fmt.Sprintf("正在生成第 %d 个文件，共 %d 个。现在停止，原有的网站不动。", n, of)
	case publication.Sending:
		if of == 0 {
			return "网站在本机做好了，正在核对，再看服务器上有什么。"
		}
		return fmt.Sprintf("正在传第 %d 个文件，共 %d 个。现在停止，服务器上原来的网页还在，再发布一次就接着传。", n, of)
	case publication.Verifying:
		return "网站已经换上，正在逐个文件核对。这一步不能停，请等它做完。"
	case publication.Recording:
		return "正在记入发布记录。"
	}
	return "正在读取和检查资料。"
}

// errOther: what would go out is no longer what the person has seen.
var errOther = errors.New("您看过以后资料又改了，出去的会和您看到的不一样，所以没有发布。回到“发布”再看一遍变化，再按发布")

// publishOut publishes what the person has seen.
func publishOut(r *request) (answer, error) {
	if r.loaded == nil {
		return nil, errUnread
	}
	to, err := r.destination()
	if err != nil {
		return nil, err
	}
	agreed := r.value("agreed")
	if r.value("looked") == "" {
		return nil, errors.New("没有确认：看过变化以后，在“我看过上面的变化”前面打钩，再按发布")
	}
	return long{title: "发布", run: func(ctx context.Context, p *progress) (answer, error) {
		a := r.act(to, p)
		a.Show = func(plan *publication.Plan) error {
			if plan.Blocked() == nil && digestOf(plan.Entry) != agreed {
				return errOther
			}
			return nil
		}
		done, err := a.Publish(ctx)
		return r.ended(publishedPage{}, to, a, done, err)
	}}, nil
}

// tryOut says what publishing to a server would send, and sends nothing.
func tryOut(r *request) (answer, error) {
	if r.loaded == nil {
		return nil, errUnread
	}
	to, err := r.destination()
	if err != nil {
		return nil, err
	}
	if !to.IsRemote() {
		return nil, errors.New("放到文件夹、做上传包的不用试：会变的都列在“发布”里。只看样子，用“只生成一份看看”")
	}
	return long{title: "试传", run: func(ctx context.Context, p *progress) (answer, error) {
		a := r.act(to, p)
		a.Show = func(*publication.Plan) error { return nil }
		t, err := a.DryRun(ctx)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		s := triedPage{Place: to.Name, Where: to.Where(), Transfer: t}
		if err != nil {
			s.Fault = cause.In(err)
		}
		return page{"tried", s}, nil
	}}, nil
}

// triedPage is what sending would take.
type triedPage struct {
	Fault, Place, Where string
	*publish.Transfer
}

// storeSecret stores the secret of a place on a server in the key store of the system.
func storeSecret(r *request) (answer, error) {
	if r.loaded == nil {
		return nil, errUnread
	}
	to, err := publication.Choose(r.loaded.Files, r.value("target"))
	if err != nil {
		return nil, err
	}
	secret := r.FormValue("secret") // as it was typed
	if !to.IsRemote() || secret == "" {
		return nil, errors.New("没有写密码：写上再按“存密码”")
	}
	if err := remote.StoreSecret(&to, secret); err != nil {
		return nil, err
	}
	return page{"stored", &to}, nil
}

// buildDraft makes the site to be looked at; nothing is recorded.
func buildDraft(r *request) (answer, error) {
	if r.loaded == nil {
		return nil, errUnread
	}
	to, err := r.destination()
	if err != nil {
		return nil, err
	}
	return long{title: "生成草稿", run: func(ctx context.Context, p *progress) (answer, error) {
		a := r.act(to, p)
		a.Show = func(*publication.Plan) error { return nil }
		done, err := a.Build(ctx)
		return r.ended(publishedPage{Draft: true}, to, a, done, err)
	}}, nil
}

// publishedPage is how a publication has ended.
type publishedPage struct {
	Fault    string // "" where it is done
	Findings bool   // errors stopped it
	Wrong    []publish.Difference
	Taken    bool // another computer publishes there, or has not come to an end
	Draft    bool
	Place    string
	Server   bool
	Path     string
	Done     *publication.Outcome
	Files    int
	Zip      *publish.Upload // nil for a folder
	Sample   bool
}

// ended is the page that a publication ends in. What went wrong after the site was out
// is told there too: it was not undone.
func (r *request) ended(p publishedPage, to campaign.Destination, a *publication.Act, done *publication.Outcome, err error) (answer, error) {
	if errors.Is(err, publish.ErrStopped) && !publish.HasBegun(err) {
		return nil, err
	}
	r.work.site.Refresh() // the record is another now
	p.Place, p.Path, p.Done, p.Zip = to.Name, a.Path, done, a.Zip
	if undelivered, ok := errors.AsType[*publication.Undelivered](err); ok {
		p.Wrong = undelivered.Wrong
	}
	if still, ok := errors.AsType[*publish.Remaining](err); ok {
		p.Wrong = still.Differences
	}
	_, p.Taken = errors.AsType[*publish.Taken](err)
	p.Server = a.Server != nil
	switch {
	case err != nil:
		p.Fault, p.Findings = cause.In(err), errors.Is(err, publication.ErrFindings)
	case done.Before != nil:
		p.Files = done.Before.Files()
	default:
		p.Files, p.Sample = done.Files, done.Loaded.Campaign.Sample
		if a.Zip == nil {
			r.work.keep("site", a.Path)
		}
		if a.Zip != nil && done.Changed+done.Removed > 0 {
			r.work.keep("package", a.Path)
		}
	}
	return page{"published", p}, nil
}

// takePackage is the upload package that was made last.
func takePackage(r *request) (answer, error) {
	name, _ := r.work.keptAs("package").(string)
	if name == "" {
		return nil, errNotThere
	}
	return savedFile(name), nil
}

// publishedFile is a file of the site that was made last, to be looked at.
func publishedFile(r *request, rest string) (answer, error) {
	name, isSite := strings.CutPrefix(rest, "site/")
	dir, _ := r.work.keptAs("site").(string)
	if !isSite || dir == "" {
		return nil, errNotThere
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, cause.Failed("打开", dir, err)
	}
	defer root.Close()
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	content, err := root.ReadFile(name)
	if err != nil {
		return nil, errNotThere
	}
	return siteFile{name, content}, nil
}

// siteFile is a file of a site, with what its pages may do.
type siteFile struct {
	name    string
	content []byte
}

func (f siteFile) answer(r *request) error {
	r.w.Header().Set("Content-Security-Policy", sitePolicy)
	preview.Send(r.w, r.Request, f.name, f.content)
	return nil
}

// savedFile is a file of this machine, which the browser saves.
type savedFile string

func (s savedFile) answer(r *request) error {
	f, err := os.Open(string(s))
	if err != nil {
		return cause.Failed("打开", string(s), err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return cause.Failed("打开", string(s), err)
	}
	saveAs(r.w.Header(), filepath.Base(string(s)))
	http.ServeContent(r.w, r.Request, "", info.ModTime(), f)
	return nil
}

// verifiedPage is what a site was found to be.
type verifiedPage struct {
	*publication.Verification
	What     string
	Fault    string
	Findings []campaign.Finding
}

// verifySite verifies a folder, a place of 发布, or the public site at its address.
func verifySite(r *request) (answer, error) {
	if r.loaded == nil {
		return nil, errUnread
	}
	v := publication.Verifier{Project: project.Open(r.work.dir)}
	what := r.value("address")
	to := campaign.Destination{Name: what}
	atAddress := r.value("place") == atAddress
	if !atAddress {
		var err error
		if to, err = r.destination(); err != nil {
			return nil, err
		}
	} else if !strings.HasPrefix(what, "http://") && !strings.HasPrefix(what, "https://") {
		return nil, errors.New("网址以 http:// 或 https:// 开头，写公众打开网站时的地址")
	}
	return long{title: "核对", run: func(ctx context.Context, p *progress) (answer, error) {
		var found *publication.Verification
		var err error
		reading := func(n, of int) { p.say(n, of, "正在读回第 %d 个文件，共 %d 个。", n, of) }
		if atAddress {
			found, err = v.Address(ctx, what, reading)
		} else {
			p.say(0, 0, "正在核对校验值，再重新生成一遍来比较。")
			v.Comparing = func(n, of int) { p.say(n, of, "正在重新生成第 %d 个文件来比较，共 %d 个。", n, of) }
			found, err = v.Place(ctx, &to, r.work.dir, r.under(to.Folder), reading)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		s := verifiedPage{Verification: found, What: to.Name}
		if err != nil {
			s.Fault = cause.In(err)
		}
		if found != nil && found.Blocked {
			s.Findings, _ = found.Again.Split()
			s.Findings = slices.DeleteFunc(s.Findings, func(f campaign.Finding) bool { return f.Level != campaign.Error })
		}
		return page{"verified", s}, nil
	}}, nil
}
