package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/incoming"
	"wangjian/internal/publish"
)

// incomingScreen takes in what others send: files are dropped, each shows what would
// become of it, and those that are taken are written at once.
func incomingScreen() *screen {
	return &screen{
		name: "incoming", title: "收件", words: "把收到的报表、总结、照片、邮件拖进来，一次多少都行。",
		data: showIncoming, limit: mostUpload,
		acts: map[string]act{
			"add": addIncoming, "look": lookAtIncoming, "say": sayIncoming, "day": setIncomingDay,
			"take": takeIncoming, "clear": clearIncoming, "collect": collectIncoming, "drop": dropBundle,
		},
		parts: map[string]act{"originals": showOriginals, "original": downloadOriginal},
		waits: func(r *request) waiting {
			n := int(r.arrivals().waiting.Load())
			if n == 0 {
				return waiting{}
			}
			return waiting{Count: n, Words: fmt.Sprintf("放进来的 %d 个文件还没有收下，关掉程序就没有了", n), Act: "去收下"}
		},
	}
}

// Bounds of what waits to be taken in.
const (
	mostUpload  = publish.MostSealed + mostForm // bytes of one form, which stand in temporary files
	mostWaiting = 512 << 20                     // bytes that wait in memory
	mostBundles = 8 << 30                       // bytes of bundles, which wait in temporary files
	mostFiles   = 1000
)

// arrivals are the files that wait to be taken in. They are lost with the window:
// whatever is worth it is taken.
type arrivals struct {
	mu      sync.Mutex
	batch   incoming.Batch
	bundles []*received
	ids     map[*incoming.File]string
	state   int  // of the campaign's files by which it was judged
	judged  bool // as it is
	count   int

	looking atomic.Bool  // a job has the lock, for long
	waiting atomic.Int64 // files
}

var errLooking = errors.New("正在查看收到的文件，看完了再来")

// hold locks what waits for one request; not while a job looks at it.
func (a *arrivals) hold() (release func(), err error) {
	if a.looking.Load() {
		return nil, errLooking
	}
	a.mu.Lock()
	return func() {
		a.waiting.Store(int64(len(a.batch.List) + len(a.bundles)))
		a.mu.Unlock()
	}, nil
}

// arrivals returns what waits.
func (r *request) arrivals() *arrivals {
	r.work.mu.Lock()
	defer r.work.mu.Unlock()
	a, ok := r.work.kept["incoming"].(*arrivals)
	if !ok {
		a = &arrivals{ids: map[*incoming.File]string{}}
		r.work.kept["incoming"] = a
	}
	return a
}

// judge judges the batch by the campaign as it was read last. Where its files are as
// they were, what was found of a text holds.
func (a *arrivals) judge(ctx context.Context, w *work, step func(*incoming.File)) error {
	loaded, state, err := w.lastState()
	if err != nil {
		return err
	}
	if state != a.state || loaded.Date != a.batch.At.Date {
		a.batch.Files, a.batch.Campaign, a.batch.Book, a.batch.At = loaded.Files, loaded.Campaign, loaded.Book, loaded.At
	}
	a.state, a.judged = state, true
	if loaded.Campaign.SettingsUnread() {
		return errors.New("data/campaign.yaml 或 data/form.yaml 读不出，先在“检查”里改好，再收件")
	}
	return a.batch.Judge(ctx, step)
}

// isJudged reports whether the batch was judged by the campaign as it was read last.
func (a *arrivals) isJudged(w *work) bool {
	loaded, state, _ := w.lastState()
	return a.judged && state == a.state && loaded.Date == a.batch.At.Date
}

func (a *arrivals) find(id string) *incoming.File {
	for _, f := range a.batch.List {
		if a.ids[f] == id {
			return f
		}
	}
	return nil
}

// remove takes files off the list.
func (a *arrivals) remove(gone func(*incoming.File) bool) {
	a.batch.List = slices.DeleteFunc(a.batch.List, func(f *incoming.File) bool {
		if gone(f) {
			delete(a.ids, f)
			return true
		}
		return false
	})
	a.judged = false // what they were compared with is gone
}

// addIncoming adds the files of a form. A script sends them one by one and asks for
// no page; without it they come together, and are looked at at once.
func addIncoming(r *request) (answer, error) {
	a := r.arrivals()
	release, err := a.hold()
	if err != nil {
		return nil, err
	}
	defer release()
	if r.MultipartForm != nil {
		if strings.Join(r.MultipartForm.Value["files"], "") != "" { // an empty one was not chosen
			return nil, errors.New("有文件的名字读不出来，没有放进来：改个名字再拖")
		}
		for _, part := range r.MultipartForm.File["files"] {
			if err := a.add(part); err != nil {
				return nil, err
			}
		}
	}
	if name := r.value("large"); name != "" { // a script does not send what is too large
		a.note(a.batch.AddLarge(fileName(name)))
	}
	if r.value("quiet") != "" {
		return inline{"text/plain; charset=utf-8", []byte(fmt.Sprint(len(a.batch.List) + len(a.bundles)))}, nil
	}
	return lookAtIncoming(r)
}

// add adds a file of a form. Its name may have the folders around it.
func (a *arrivals) add(part *multipart.FileHeader) error {
	_, with, _ := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	full := strings.ReplaceAll(cmp.Or(with["filename"], part.Filename), `\`, "/")
	name := fileName(full)
	switch {
	case name == "" && part.Size == 0: // a form in which nothing was chosen
		return nil
	case incoming.IsTemporary(name):
		return nil
	case len(a.batch.List) >= mostFiles:
		return fmt.Errorf("一次最多收 %d 个文件：先收下这些，再拖别的", mostFiles)
	}
	file, err := part.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	if is, err := a.addBundle(name, file, part.Size); is || err != nil {
		return err
	}
	switch size := a.batch.Size(); {
	case part.Size > incoming.MaxParcel:
		a.note(a.batch.AddLarge(name))
		return nil
	case int64(size)+part.Size > mostWaiting:
		return fmt.Errorf("等着收下的已有 %d MB，先收下或清掉一些，再拖别的", size>>20)
	}
	data, err := io.ReadAll(io.LimitReader(file, incoming.MaxParcel+1))
	if err != nil {
		return err
	}
	folder := strings.TrimPrefix(path.Dir(path.Clean("/"+full)), "/")
	a.note(a.batch.Add(folder, name, data))
	return nil
}

// fileName is the last part of a name from outside.
func fileName(name string) string {
	name = path.Base("/" + strings.ReplaceAll(name, `\`, "/"))
	return strings.TrimPrefix(strings.ToValidUTF8(name, "〓"), "/")
}

// note names the files that are new on the list.
func (a *arrivals) note(list []*incoming.File) {
	for _, f := range list {
		a.count++
		a.ids[f] = fmt.Sprint(a.count)
	}
	a.judged = false
}

// lookAtIncoming judges all files; it takes long where many are texts.
func lookAtIncoming(r *request) (answer, error) {
	a := r.arrivals()
	return long{"查看收到的文件", func(ctx context.Context, p *progress) (answer, error) {
		release, err := a.hold()
		if err != nil {
			return nil, err
		}
		defer release()
		a.looking.Store(true)
		defer a.looking.Store(false)
		done, total := 0, len(a.batch.List)
		err = a.judge(ctx, r.work, func(f *incoming.File) {
			done++
			p.say(done, total, "第 %d 个，共 %d 个：%s", done, total, f.Name)
		})
		if err != nil && ctx.Err() == nil {
			return nil, err
		}
		return goTo(address("incoming")), nil // those that were not looked at say so
	}}, nil
}

// sayIncoming takes what a person says of a file: what differs from what is shown.
func sayIncoming(r *request) (answer, error) {
	a := r.arrivals()
	release, err := a.hold()
	if err != nil {
		return nil, err
	}
	defer release()
	f := a.find(r.value("id"))
	if f == nil {
		return nil, errors.New("这个文件已经收下或清掉了")
	}
	if r.loaded == nil {
		return nil, errors.New("活动的设置读不出，先在“检查”里改好")
	}
	told, err := r.toldOf(f, r.loaded.Campaign)
	if err != nil {
		return nil, err
	}
	f.Told = told
	if err := a.judge(r.Context(), r.work, nil); err != nil {
		return nil, err
	}
	return goTo(address("incoming") + "#file-" + a.ids[f]), nil
}

// toldOf reads the fields of a file's form that are there.
func (r *request) toldOf(f *incoming.File, c *campaign.Campaign) (t incoming.Told, err error) {
	t = f.Told
	said := func(name, shown string) (string, bool) {
		_, there := r.Form[name]
		return r.value(name), there && r.value(name) != shown
	}
	if kind, is := said("kind", string(f.Kind)); is {
		t.Kind = incoming.Kind(kind)
		if !slices.Contains(incoming.Kinds(), t.Kind) {
			return t, fmt.Errorf("没有“%s”这个种类", kind)
		}
	}
	if round, is := said("round", roundCode(f.Round)); is {
		if t.Round = c.FindRound(round); t.Round == nil && round != "" {
			return t, fmt.Errorf("没有“%s”这一期", round)
		}
	}
	if unit, is := said("unit", incoming.UnitName(f.Department, f.Region)); is {
		if t.Department, t.Region, err = unitNamed(c, unit); err != nil {
			return t, err
		}
	}
	if slug, is := said("slug", f.Slug); is {
		t.Slug = slug
	}
	if on, is := said("on", f.On.String()); is {
		if t.On, err = r.dayOf(on); err != nil {
			return t, err
		}
	}
	for name, field := range map[string]*bool{"over": &t.Over, "out": &t.Out} {
		if _, there := r.Form[name]; there {
			*field = r.value(name) == "1"
		}
	}
	return t, nil
}

// dayOf reads a day of arrival; "" is none.
func (r *request) dayOf(text string) (day campaign.Date, err error) {
	if text == "" {
		return day, nil
	}
	if day, err = campaign.ParseDate(text); err != nil {
		return day, fmt.Errorf("收到的日子%w，写成 2022-11-25", err)
	}
	if day.After(r.loaded.Date) {
		return day, fmt.Errorf("%s 还没有到", day)
	}
	return day, nil
}

func roundCode(round *campaign.Round) string {
	if round == nil {
		return ""
	}
	return round.Code
}

// unitNamed reads a unit as it is shown: a department, or one with a county behind it.
func unitNamed(c *campaign.Campaign, text string) (d *campaign.Department, region *campaign.Region, err error) {
	name, county, hasCounty := strings.Cut(text, " ")
	if d = c.FindDepartment(name); d == nil && text != "" {
		if d, hasCounty = c.FindDepartment(text), false; d == nil {
			return nil, nil, fmt.Errorf("没有叫“%s”的单位：从列出来的里面选", text)
		}
	}
	if hasCounty {
		if region = c.FindRegion(strings.TrimSpace(county)); region == nil {
			return nil, nil, fmt.Errorf("没有叫“%s”的地区：从列出来的里面选", strings.TrimSpace(county))
		}
	}
	return d, region, nil
}

// setIncomingDay sets the day of arrival of all files that nobody says another of.
func setIncomingDay(r *request) (answer, error) {
	a := r.arrivals()
	release, err := a.hold()
	if err != nil {
		return nil, err
	}
	defer release()
	if r.loaded == nil {
		return nil, errors.New("活动的设置读不出，先在“检查”里改好")
	}
	day, err := r.dayOf(r.value("on"))
	if err != nil {
		return nil, err
	}
	a.batch.Told.On = day
	if err := a.judge(r.Context(), r.work, nil); err != nil {
		return nil, err
	}
	return goTo(address("incoming")), nil
}

// takeIncoming proposes to write what is taken.
func takeIncoming(r *request) (answer, error) {
	a := r.arrivals()
	release, err := a.hold()
	if err != nil {
		return nil, err
	}
	defer release()
	if _, err := r.fresh(); err != nil {
		return nil, err
	}
	if err := a.judge(r.Context(), r.work, nil); err != nil {
		return nil, err
	}
	set, err := a.batch.Set()
	if err != nil {
		return nil, err
	}
	count, going := 0, map[*incoming.File]bool{}
	for _, f := range a.batch.List {
		if f.Takes() {
			count++
		}
		if f.Takes() || f.Again {
			going[f] = true
		}
	}
	isGoing := func(f *incoming.File) bool { return going[f] }
	if count == 0 {
		return nil, errors.New("没有可以收下的文件：退回的要改好，要改写的先在它旁边选“改写”")
	}
	if set.IsEmpty() { // all was there, as it is
		a.remove(isGoing)
		return goTo(address("incoming")), nil
	}
	words := []string{"原件存进 收件/ 并登记，报表、总结等写成活动的文件。写入以后可以撤销。"}
	if left := len(a.batch.List) - len(going); left > 0 {
		words = append(words, fmt.Sprintf("还有 %d 个没有收下，留在“收件”里。", left))
	}
	return proposal{
		title: fmt.Sprintf("收下 %d 个文件", count), set: set, words: words, next: address("incoming"),
		written: func() {
			if release, err := a.hold(); err == nil { // those that are being looked at will be found to be there
				defer release()
				a.remove(isGoing)
			}
		},
		done: fmt.Sprintf("已收下 %d 个文件。总结、案例等还要在“编辑”里核对，在“审签”里签发", count),
	}, nil
}

// clearIncoming takes all files off the list, or those that are not taken.
func clearIncoming(r *request) (answer, error) {
	a := r.arrivals()
	release, err := a.hold()
	if err != nil {
		return nil, err
	}
	defer release()
	all := r.value("all") != ""
	a.remove(func(f *incoming.File) bool { return all || !f.Takes() && !f.Overwrites() })
	if all {
		a.clear()
	}
	return goTo(address("incoming")), nil
}

// choice is a line of a select.
type choice struct{ Value, Name string }

// shownBatch is what the screen's template shows.
type shownBatch struct {
	Bundles              []shownBundle
	Files                []shownFile
	Kinds, Rounds        []choice
	Units                []string
	Takes, Refused, Left int
	Doubtful             int // of those that are taken
	Asks                 int // to be written over after a yes
	Known                int // that were there before, or are there twice
	Day, Today           string
	Most, MostZip        int // bytes of a file, of one that may be a bundle
	Problem              string
	Looking              bool // a job looks at them
}

// shownFile is a file with what would become of it.
type shownFile struct {
	*incoming.File
	ID, Round, Unit, Slug, Day, Mark string
	Hint                             string
	Becomes                          string
	Lines                            []change.Line
	Tellings                         []string
	Reply                            string
	NeedsYes                         bool
}

func showIncoming(r *request) (any, error) {
	a := r.arrivals()
	if r.loaded == nil {
		return nil, errors.New("活动的设置读不出，先在“检查”里改好，再收件")
	}
	release, err := a.hold()
	if err != nil {
		return shownBatch{Looking: true, Most: incoming.MaxParcel, MostZip: publish.MostSealed}, nil
	}
	defer release()
	s := shownBatch{Today: r.loaded.Date.String(), Most: incoming.MaxParcel, MostZip: publish.MostSealed}
	if len(a.batch.List) > 0 && !a.isJudged(r.work) {
		if err := a.judge(r.Context(), r.work, nil); err != nil {
			s.Problem = err.Error()
		}
	}
	if s.Bundles, err = r.showBundles(a); err != nil {
		return nil, err
	}
	if on := a.batch.Told.On; !on.IsZero() {
		s.Day = on.String()
	}
	c := r.loaded.Campaign
	for _, k := range incoming.Kinds() {
		s.Kinds = append(s.Kinds, choice{string(k), k.Chinese()})
	}
	for _, round := range c.Rounds {
		s.Rounds = append(s.Rounds, choice{round.Code, round.Name})
	}
	for _, d := range c.Departments {
		s.Units = append(s.Units, d.Short)
	}
	for _, d := range c.Departments {
		for _, region := range c.Regions {
			s.Units = append(s.Units, incoming.UnitName(d, region))
		}
	}
	for _, f := range a.batch.List {
		one := showFile(f, a.ids[f])
		switch {
		case f.Told.Out:
			s.Left++
		case f.Err != nil:
			s.Refused++
		case f.Takes():
			s.Takes++
			if one.State() == incoming.Doubtful {
				s.Doubtful++
			}
		case one.NeedsYes:
			s.Asks++
		default:
			s.Known++
		}
		s.Files = append(s.Files, one)
	}
	return s, nil
}

func showFile(f *incoming.File, id string) shownFile {
	s := shownFile{File: f, ID: id, Round: roundCode(f.Round), Unit: incoming.UnitName(f.Department, f.Region), Slug: f.Slug, Hint: onScreen(f.Hint)}
	if !f.On.IsZero() {
		s.Day = f.On.String()
	}
	s.NeedsYes = f.Overwrites() && !f.Told.Out
	s.Mark = map[incoming.State]string{incoming.Taken: "taken", incoming.Doubtful: "doubtful", incoming.Refused: "refused", incoming.Left: "left"}[s.State()]
	switch {
	case f.Err != nil || f.Told.Out:
	case f.Again:
		s.Becomes = "以前收过，这次不再写"
	case f.Same != nil:
		s.Becomes = "和 " + f.Same.Name + " 相同，只写一次"
	case f.Kind == incoming.Original:
		s.Becomes = "只留存原件，不写成别的"
	case !f.Changes():
		s.Becomes = "和现在的 " + f.Becomes + " 一样，没有变化"
	case f.IsNew():
		s.Becomes = "新建 " + f.Becomes
		if s.NeedsYes {
			s.Becomes += "，改写它的图片"
		}
	default:
		s.Becomes = "改写 " + f.Becomes
	}
	if s.NeedsYes {
		for _, w := range f.Writes {
			if w.Name == f.Becomes {
				s.Lines = (&change.File{Name: w.Name, Old: w.Old, New: w.New, There: true, Stays: true}).Lines()
			}
		}
	}
	for _, one := range slices.Concat(f.Findings, f.Notes) {
		words := one.Message
		if at := one.At.String(); at != "" && at != f.Name {
			words = at + "：" + words
		}
		if one.Hint != "" {
			words += "（" + onScreen(one.Hint) + "）"
		}
		s.Tellings = append(s.Tellings, levelWord(one.Level)+"　"+onScreen(words))
	}
	if f.IsForSender() {
		s.Reply = reply(f)
	}
	return s
}

// State is that of the file; one that waits for a yes is not taken.
func (s shownFile) State() incoming.State {
	if s.NeedsYes && !s.Told.Over {
		return incoming.Doubtful
	}
	return s.File.State()
}

// Reason is that of the file, in the words of the screen.
func (s shownFile) Reason() string {
	words := onScreen(s.File.Reason())
	if words == "" && s.NeedsYes && !s.Told.Over {
		words = "已经有了，和这一份不一样：要改写才收下"
	}
	return words
}

// reply is what can be sent to who sent a file that is refused.
func reply(f *incoming.File) string {
	lines := []string{"你单位报来的“" + f.Sender + "”没有收下，请改好以后重报："}
	for _, one := range f.Findings {
		if one.Level == campaign.Error {
			line := one.Message
			if one.At.Line > 0 {
				line = strings.TrimPrefix(one.At.String(), one.At.File+"!") + "：" + line
			}
			lines = append(lines, fmt.Sprintf("%d. %s。%s", len(lines), line, onScreen(one.Hint)))
		}
	}
	if len(lines) == 1 {
		lines = append(lines, "1. "+onScreen(f.Reason())+"。"+onScreen(f.Hint))
	}
	return strings.Join(lines, "\n")
}
