package desk

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/project"
	"wangjian/internal/signing"
	"wangjian/internal/site"
	"wangjian/internal/stats"
)

// signScreen shows each signer what waits, and signs, sends back and takes down.
func signScreen() *screen {
	return &screen{
		name: "sign", title: "审签", words: "初审、复审、终审、保密审查：看稿、看改动，签字或退回；停止公示。",
		data:  signData,
		parts: map[string]act{"sheet": approvalSheet, "page": draftPage},
		acts:  map[string]act{"sign": signChosen, "reject": sendBack, "stop": stopShown, "restore": restore},
		waits: func(r *request) waiting {
			n := countWaiting(r.loaded)
			if n == 0 {
				return waiting{}
			}
			return waiting{Count: n, Words: fmt.Sprintf("%d 篇等着签字", n), Act: "去审签"}
		},
	}
}

// countWaiting counts the files that wait for a signature.
func countWaiting(l *project.Loaded) (count int) {
	for _, s := range signing.All(l.Campaign) {
		if slices.ContainsFunc(campaign.Stages, func(stage campaign.Stage) bool { return signing.IsTurn(l, s, stage) }) {
			count++
		}
	}
	return count
}

// signing page: what waits for a stage, and one file of it where one is chosen.
type signPage struct {
	Stage    campaign.Stage
	By       string
	Names    []string // who may sign, or has signed, at this stage
	Stages   []signStage
	Waiting  []signRow
	Ready    int // of them
	Unopened []signRow
	Closed   []signRow
	Done     []signRow
	Stopped  []signRow
	Unread   []string // texts that cannot be read, and stand in no list
	Today    string
	One      *signOne
}

type signStage struct {
	Stage   campaign.Stage
	Count   int
	Current bool
}

// signRow is a file in a list.
type signRow struct {
	File, Title, Kind string
	Published         string
	Returned          *campaign.Returned
	Faults            int
	Against           string
}

// signOne is the file that is looked at.
type signOne struct {
	signRow
	Page      string // its address in the preview
	Standings []standing
	Findings  []campaign.Finding
	Changes   []change.Line
	Since     campaign.Stage // what the changes are against
	Known     bool           // whether anything is known of what was signed
	Figures   []signFigure
	Turn      bool // this stage's
	Whole     bool // every stage has signed what is there now
	Current   bool // this stage has
	Undated   bool // it was never public: the day of publication can be set
	Day, Time string
	Signed    string // who has signed this stage, where that counts no longer
	Stopped   *campaign.Stopped
	CanStop   bool
	WasSigned bool
	Differs   bool     // a figure is another than when it was signed
	Reasons   []string // for which it may be taken down; any for none
}

type standing struct {
	Stage campaign.Stage
	Words string
	Good  bool
}

type signFigure struct {
	Department, Name, Unit, Value, Was string
	First                              bool // of its department
}

func (r *request) stage() campaign.Stage {
	if stage := campaign.Stage(r.value("as")); slices.Contains(campaign.Stages, stage) {
		return stage
	}
	return campaign.FirstReview
}

// signer is who signs at a stage: as typed last in this window.
func (r *request) signer(stage campaign.Stage) string {
	key := "signer " + string(stage)
	if by := r.value("by"); by != "" {
		r.work.keep(key, by)
	}
	by, _ := r.work.keptAs(key).(string)
	return by
}

// texts are what was signed before.
func (r *request) texts() *signing.Texts {
	const key = "signed texts"
	if t, ok := r.work.keptAs(key).(*signing.Texts); ok {
		return t
	}
	t := signing.TextsOf(r.work.dir)
	r.work.keep(key, t)
	return t
}

func signData(r *request) (any, error) {
	l := r.loaded
	if l == nil {
		return nil, errUnread
	}
	r.texts().Keep(l)
	stage := r.stage()
	p := &signPage{Stage: stage, By: r.signer(stage), Names: signersOf(l.Campaign, stage), Today: l.Date.String(), Unread: unreadTexts(l)}
	for _, s := range campaign.Stages {
		p.Stages = append(p.Stages, signStage{s, len(signing.Waiting(l, s, "")), s == stage})
	}
	for _, w := range signing.Waiting(l, stage, p.By) {
		row := rowOf(w.Signable)
		row.Faults, row.Against = len(w.Faults), againstWords(w.Against)
		if row.Faults == 0 && row.Against == "" {
			p.Ready++
		}
		p.Waiting = append(p.Waiting, row)
	}
	if stage == campaign.FirstReview {
		for _, s := range signing.Unopened(l.Campaign) {
			p.Unopened = append(p.Unopened, faultyRow(l, s))
		}
		for _, s := range signing.Closed(l.Campaign) {
			row := faultyRow(l, s)
			row.Published = string(s.Record().Disclosure)
			p.Closed = append(p.Closed, row)
		}
	}
	for _, s := range signing.All(l.Campaign) {
		switch {
		case s.Item != nil && s.Item.Stopped != nil:
			p.Stopped = append(p.Stopped, rowOf(s))
		case s.Record().Disclosure == campaign.Proactive && len(l.Campaign.Unsigned(s.Record())) == 0:
			p.Done = append(p.Done, rowOf(s))
		}
	}
	if file := r.value("file"); file != "" {
		var err error
		if p.One, err = r.signOne(l, file, stage, p.By); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func rowOf(s signing.Signable) signRow {
	row := signRow{File: s.File, Title: s.Title(), Kind: s.Kind()}
	if s.Item != nil || s.Round.Release != nil {
		row.Published, row.Returned = signing.DayText(s.Record().PublishedAt), s.Record().Returned
	}
	return row
}

// faultyRow is a file that nobody has opened yet, with the count of its errors.
func faultyRow(l *project.Loaded, s signing.Signable) signRow {
	row := rowOf(s)
	_, err := signing.Find(l, s.File)
	if faults, ok := errors.AsType[*signing.Faults](err); ok {
		row.Faults = len(faults.List)
	}
	return row
}

// unreadTexts are the texts that stand in no list, as they cannot be read.
func unreadTexts(l *project.Loaded) (files []string) {
	for file := range l.Campaign.Unreadable {
		if strings.HasPrefix(file, "content/") {
			files = append(files, file)
		}
	}
	slices.Sort(files)
	return files
}

// signersOf lists who may sign at a stage, else who has.
func signersOf(c *campaign.Campaign, stage campaign.Stage) []string {
	if names := c.Reviewers[stage]; len(names) > 0 {
		return names
	}
	var names []string
	for _, r := range c.Records() {
		if s, ok := r.Signoffs.Of(stage); ok {
			names = append(names, s.By)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// againstWords says what is against a signature.
func againstWords(against []string) string {
	words := make([]string, len(against))
	for n, one := range against {
		words[n] = onScreen(one)
	}
	return strings.Join(words, "；")
}

// signOne looks at one file.
func (r *request) signOne(l *project.Loaded, file string, stage campaign.Stage, by string) (*signOne, error) {
	unopened := append(signing.Unopened(l.Campaign), signing.Closed(l.Campaign)...)
	isNew := slices.ContainsFunc(unopened, func(s signing.Signable) bool { return s.File == file })
	list := append(signing.All(l.Campaign), unopened...)
	n := slices.IndexFunc(list, func(s signing.Signable) bool { return s.File == file })
	if n < 0 {
		return nil, fmt.Errorf("没有 %s，或者它现在读不出来：到“检查”里看", file)
	}
	s := list[n]
	o := &signOne{signRow: rowOf(s)}
	if s.Round != nil && s.Round.Release == nil {
		o.Figures = r.figures(l, s, nil)
		o.Undated, o.Turn = true, stage == campaign.FirstReview
		return o, r.place(l, s, o)
	}
	record := s.Record()
	o.Turn = signing.IsTurn(l, s, stage) || isNew && stage == campaign.FirstReview
	for _, stage := range campaign.Stages {
		o.Standings = append(o.Standings, standingOf(l.Campaign, record, stage))
	}
	for _, f := range l.Findings {
		if f.At.File == file && !strings.HasPrefix(f.Rule, "signoff-") && !(isNew && f.Rule == "missing-key" && f.Level == campaign.Error && writtenByOpening(f.Message)) {
			o.Findings = append(o.Findings, f)
		}
	}
	o.WasSigned = len(record.Signoffs) > 0
	open := l.Campaign.Unsigned(record)
	o.Whole, o.Current = len(open) == 0, !slices.Contains(open, stage)
	o.Changes, o.Since, o.Known = r.texts().Changes(l, s, stage)
	o.Figures = r.figures(l, s, o.Changes)
	o.Differs = slices.ContainsFunc(o.Figures, func(f signFigure) bool { return f.Was != "" })
	_, shown := l.Campaign.FirstPublished(file)
	o.Undated = !shown && stage == campaign.FirstReview
	if o.Undated && !record.PublishedAt.IsZero() {
		o.Day, o.Time, _ = strings.Cut(signing.DayText(record.PublishedAt), " ")
	}
	if was, _ := record.Signoffs.Of(stage); was.By != "" && was.By != by {
		o.Signed = was.By
	}
	if err := r.place(l, s, o); err != nil {
		return nil, err
	}
	return o, nil
}

// writtenByOpening reports whether what is missing comes with the first signature.
func writtenByOpening(message string) bool {
	message = strings.TrimPrefix(message, "缺少")
	return strings.HasPrefix(message, "“公开方式”") || strings.HasPrefix(message, "“发布日期”") || strings.HasPrefix(message, "“审核”")
}

// place adds where the file shows, and what takes it down.
func (r *request) place(l *project.Loaded, s signing.Signable, o *signOne) error {
	broken := campaign.HasErrors(l.Findings) // nothing of the preview is made
	if s.Round != nil {
		if !broken {
			o.Page = "statistics/index.html"
		}
		return nil
	}
	if o.Stopped = s.Item.Stopped; o.Stopped == nil {
		o.CanStop = !s.Item.PublishedAt.IsZero() && !l.Date.Before(s.Item.PublishedAt.Date) && len(l.Campaign.Unsigned(&s.Item.Release)) == 0
	}
	if s.Item.Case != nil {
		o.Reasons = campaign.StopReasons
	}
	if broken {
		if _, err := draftOf(l, s.Item); err == nil { // else a finding tells why
			o.Page = strings.TrimPrefix(address("sign/page", "file", s.File), "/")
		}
		return nil
	}
	where, err := site.Addresses(l.Whole, l.Book)
	if err == nil && len(where[s.File]) > 0 {
		o.Page = where[s.File][0]
	}
	return err
}

// draftPage shows a text as it reads, also where other files have errors.
func draftPage(r *request) (answer, error) {
	l := r.loaded
	if l == nil {
		return nil, errUnread
	}
	i := l.Campaign.ItemAt(r.value("file"))
	if i == nil {
		return nil, errNotThere
	}
	text, err := draftOf(l, i)
	if err != nil {
		return nil, err
	}
	r.w.Header().Set("Content-Security-Policy", sitePolicy)
	return inline{"text/html; charset=utf-8", []byte(text)}, nil
}

// draftOf is a text as it reads, without the site around it.
func draftOf(l *project.Loaded, i *campaign.Item) (string, error) {
	done, err := site.Paste(l.Whole, l.Book, l.Layouts, nil, i, site.CMS)
	if err != nil {
		return "", err
	}
	return string(done.HTML), nil
}

func standingOf(c *campaign.Campaign, r *campaign.Release, stage campaign.Stage) standing {
	s, _ := r.Signoffs.Of(stage)
	who := fmt.Sprintf("%s，%s", s.By, s.On)
	switch {
	case s.Standing == campaign.Absent:
		return standing{stage, "没有签", false}
	case s.Standing == campaign.Stale:
		return standing{stage, "签过（" + who + "），后来内容改了，要重签", false}
	case s.Standing == campaign.Unbound && c.NeedsFingerprint(r):
		return standing{stage, "签过（" + who + "），没有指纹，要重签", false}
	}
	return standing{stage, "已签（" + who + "）", true}
}

// figures lists a round's figures as the whole campaign has them, each with what it
// was when it was signed, where that was another.
func (r *request) figures(l *project.Loaded, s signing.Signable, changes []change.Line) (list []signFigure) {
	if s.Round == nil {
		return nil
	}
	was := map[string]string{}
	for _, line := range changes {
		if name, value, ok := strings.Cut(line.Text, "："); ok && line.Sign == "-" {
			was[name], _, _ = strings.Cut(value, "　")
		}
	}
	var last *campaign.Department
	for _, f := range signing.Figures(l, s.Round) {
		row := signFigure{Department: f.Department.Short, Name: f.Row.Name, Unit: f.Row.Unit, Value: cmp.Or(f.Quantity.String(), string(stats.NotFiled)), First: f.Department != last}
		if old, ok := was[signing.FigureLine(f)]; ok && old != row.Value {
			row.Was = old
		}
		last = f.Department
		list = append(list, row)
	}
	return list
}

// chosen are the files that a form names, or all that wait for the stage.
func (r *request) chosen(l *project.Loaded, stage campaign.Stage, by string) (files []string, err error) {
	if r.value("all") != "" {
		for _, p := range signing.Waiting(l, stage, by) {
			if len(p.Faults)+len(p.Against) == 0 {
				files = append(files, p.File)
			}
		}
	} else {
		files = r.Form["file"]
	}
	if len(files) == 0 {
		return nil, errors.New("没有选哪一篇：在前面打勾再签")
	}
	return files, nil
}

// signChosen signs what was chosen, or all that waits and can be signed.
func signChosen(r *request) (answer, error) {
	l, err := r.fresh()
	if err != nil {
		return nil, err
	}
	stage := r.stage()
	by := r.signer(stage)
	if by == "" {
		return nil, errors.New("要写签字人的姓名（不会公布）")
	}
	files, err := r.chosen(l, stage, by)
	if err != nil {
		return nil, err
	}
	set := change.Of(l.Files)
	if err := set.Hold(files...); err != nil {
		return nil, err
	}
	if l, err = r.openFirst(set, l, stage, files); err != nil {
		return nil, err
	}
	list, err := signing.Sign(set, l, files, stage, by, r.value("replace") != "")
	if err != nil {
		return nil, refusedForDesk(err)
	}
	p := proposal{title: "签" + string(stage) + "：" + titlesOf(list), set: set, next: address("sign", "as", string(stage))}
	p.done = "已签" + string(stage) + "：" + titlesOf(list)
	for _, s := range list {
		if len(s.Removed) > 0 {
			p.words = append(p.words, fmt.Sprintf("%s原来的%s作废，要重新签。", quoted(s.Title()), campaign.JoinStages(s.Removed)))
		}
		if !s.Updated.IsZero() {
			p.words = append(p.words, fmt.Sprintf("%s公布过，更新日期写 %s。", quoted(s.Title()), s.Updated))
		}
	}
	if lines := signing.Unbound(l, list); len(lines) > 0 {
		p.words = append(p.words, fmt.Sprintf("这是本活动的第一个指纹，从现在起没有指纹的签字不算数。下面 %d 个文件签齐了而没有指纹，核对并重新签好以前不公开：%s", len(lines), strings.Join(lines, "；")))
	}
	texts := r.texts()
	p.written = func() {
		for _, s := range list {
			texts.KeepOne(l, s.Signable, stage)
		}
	}
	return p, nil
}

// openFirst notes the day of publication, where the form has one, and returns the
// campaign as it is then.
func (r *request) openFirst(set *change.Set, l *project.Loaded, stage campaign.Stage, files []string) (*project.Loaded, error) {
	day := r.value("on")
	if day == "" || stage != campaign.FirstReview {
		return l, nil
	}
	at, err := campaign.ParseMoment(strings.TrimSpace(day + " " + r.value("at")))
	if err != nil {
		return nil, fmt.Errorf("发布日期%w", err)
	}
	if err := signing.Open(set, l, files, at); err != nil {
		return nil, err
	}
	if set.IsEmpty() {
		return l, nil
	}
	return project.Read(set.FS(), r.desk.Today), nil
}

func titlesOf(list []signing.Signature) string {
	titles := make([]string, len(list))
	for n, s := range list {
		titles[n] = s.Title()
	}
	if len(titles) > 3 {
		return fmt.Sprintf("%s等 %d 篇", titles[0], len(titles))
	}
	return strings.Join(titles, "、")
}

// refusedForDesk says of every file what is against its being signed.
func refusedForDesk(err error) error {
	refused, ok := errors.AsType[*signing.Refused](err)
	if !ok {
		return err
	}
	var words []string
	for _, one := range refused.List {
		words = append(words, one.File+"："+againstWords(one.Against))
	}
	return fmt.Errorf("没有签。%s", strings.Join(words, "。"))
}

// editing is an act on one file that ends in a proposal.
func (r *request) editing(title string, work func(set *change.Set, l *project.Loaded, file string) error) (answer, error) {
	l, err := r.fresh()
	if err != nil {
		return nil, err
	}
	file := r.value("file")
	set := change.Of(l.Files)
	if err := set.Hold(file); err != nil {
		return nil, err
	}
	if err := work(set, l, file); err != nil {
		return nil, err
	}
	if i := l.Campaign.ItemAt(file); i != nil && i.Title != "" {
		file = i.Title
	}
	return proposal{title: title + "：" + file, set: set, next: address("sign", "as", string(r.stage()))}, nil
}

// sendBack sends a file back with a remark.
func sendBack(r *request) (answer, error) {
	stage := r.stage()
	by := r.signer(stage)
	return r.editing(string(stage)+"退回", func(set *change.Set, l *project.Loaded, file string) error {
		return signing.Return(set, l, []string{file}, campaign.Returned{Stage: stage, By: by, Remark: r.value("remark")})
	})
}

// stopShown takes an item down.
func stopShown(r *request) (answer, error) {
	by := campaign.Stopped{By: r.value("by"), Reason: strings.Join(strings.Fields(r.value("reason")), " ")}
	switch {
	case by.By == "":
		return nil, errors.New("要写谁同意停止公示（不会公布）")
	case by.Reason == "":
		return nil, errors.New("要写停止公示的原因，原因会公布")
	}
	l, err := r.fresh()
	if err != nil {
		return nil, err
	}
	return stopItem(l, r.value("file"), by)
}

// approvalSheet prints the 发布审批表 of what was chosen, else of all that waits.
func approvalSheet(r *request) (answer, error) {
	l := r.loaded
	if l == nil {
		return nil, errUnread
	}
	if err := r.ParseForm(); err != nil {
		return nil, err
	}
	files := r.Form["file"]
	if len(files) == 0 {
		for _, p := range signing.Waiting(l, r.stage(), "") {
			if len(p.Faults)+len(p.Against) == 0 {
				files = append(files, p.File)
			}
		}
	}
	list, err := signing.Approvals(l, files, true)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, errors.New("没有要印发布审批表的")
	}
	var paper bytes.Buffer
	if err := l.Approval(&paper, list); err != nil {
		return nil, err
	}
	return download{"发布审批表.pdf", "application/pdf", paper.Bytes()}, nil
}
