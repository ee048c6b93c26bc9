package incoming

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"time"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
	"wangjian/internal/forms"
	"wangjian/internal/inbox"
	"wangjian/internal/stats"
)

// Options are the campaign that files come into.
type Options struct {
	Files    fs.FS
	Campaign *campaign.Campaign
	Book     *stats.Table // of the whole view
	At       campaign.Moment
	// Endings are those of the files that are taken, which are then of the kind that
	// is told; empty for all, whose kinds are guessed.
	Endings []string
	Told    Told // of every file
}

// Told is what a person says of a file; what is empty is guessed.
type Told struct {
	Kind       Kind
	Round      *campaign.Round
	Department *campaign.Department
	Region     *campaign.Region
	Slug       string
	On         campaign.Date // of arrival
	Over       bool          // it may be written over what is there
	Out        bool          // it is not to be taken
}

// Batch is files that came in together. It serves one goroutine at a time.
type Batch struct {
	Options
	List    []*File
	Skipped []Skipped // that are not of the kind, or were imported before
	box     *inbox.Register
	named   int                // more than in the list where a file was named twice
	with    *campaign.Campaign // with the forms of the batch
	book    *stats.Table       // of it
	state   string             // of the forms that it has
	of      *stats.Table       // that it is made from
}

// Skipped is a file that is not looked at, and why.
type Skipped struct{ Name, Why string }

// File is one file, and what would become of it.
type File struct {
	Name   string // as the user finds it
	Sender string // its name as its sender has it
	Folder string // the folders around it, as its sender has them
	Path   string // on disk, "" in a mail or an archive
	Parcel *File  // the mail or archive that brought it, nil for none
	Sent   time.Time
	Told   Told
	data   []byte
	fixed  bool   // it is refused whatever is said of it
	look   *look  // of its content; nil before it was looked at
	drafts drafts // of a text, which takes long to read

	verdict
}

// verdict is what was found out of a file.
type verdict struct {
	Kind       Kind
	Round      *campaign.Round
	Department *campaign.Department
	Region     *campaign.Region
	Slug       string
	On         campaign.Date // of its arrival
	Known      bool          // On is not just today
	Kept       string        // where its original is kept, in the box

	Becomes  string // the campaign's file; "" for an original that is only kept
	Pictures int    // that come with a text
	Findings []campaign.Finding
	Notes    []campaign.Finding // what was changed or left out
	Doubt    string             // the first warning
	More     int                // further errors or warnings
	Hint     string             // what to do about the first of them
	Ask      Ask                // what a person may say to have it taken
	Why      string             // it is refused; "" where Err says it
	Err      error              // that of a command where no other file was named
	Same     *File              // what says the same and is written instead
	Again    bool               // it was imported before, and stays as it is
	Writes   []Write
	form     *forms.Result
	judged   bool
}

// Ask is what is to be said of a file before it can be taken.
type Ask string

// What a person can be asked for.
const (
	Nothing Ask = ""
	Unit    Ask = "unit"
	Slug    Ask = "slug"
	Step    Ask = "step" // what its hint says; nothing is wrong with it
)

// Write is a file that is written; Old is nil for one that is not there.
type Write struct {
	Name     string
	Old, New []byte
}

// Refuse refuses a file.
func (f *File) Refuse(format string, args ...any) {
	f.Err, f.Why, f.More, f.Hint = fmt.Errorf(format, args...), "", 0, ""
}

// State is how a file ends.
type State string

// The states.
const (
	Taken    State = "收下"
	Doubtful State = "存疑"
	Refused  State = "退回"
	Left     State = "不收"
)

// State returns how a file ends.
func (f *File) State() State {
	switch {
	case f.Told.Out:
		return Left
	case f.Err != nil:
		return Refused
	case f.Doubt != "":
		return Doubtful
	}
	return Taken
}

// Reason says why a file is refused or doubtful, in one line.
func (f *File) Reason() string {
	words := f.Doubt
	if f.Err != nil {
		if words = f.Why; words == "" {
			words = f.Err.Error()
		}
	}
	if f.More > 0 {
		words += fmt.Sprintf("，等 %d 处", f.More+1)
	}
	return words
}

// Overwrites reports whether what is there of the campaign would be written over, which
// a person has to agree to.
func (f *File) Overwrites() bool {
	switch {
	case f.Err != nil || f.Same != nil || f.Again:
		return false
	case f.form != nil:
		return f.form.Overwrites()
	}
	return slices.ContainsFunc(f.Writes, func(w Write) bool {
		return w.Old != nil && (w.Name == f.Becomes || !bytes.Equal(w.Old, w.New))
	})
}

// Takes reports whether a file is taken as things stand.
func (f *File) Takes() bool {
	if f.Same != nil && !f.Same.Takes() {
		return false
	}
	return f.Err == nil && !f.Told.Out && !f.Again && (!f.Overwrites() || f.Told.Over)
}

// Changes reports whether the campaign's file would be another than it is.
func (f *File) Changes() bool {
	return f.Same == nil && (f.form == nil && f.Becomes != "" || f.form != nil && f.form.Changed())
}

// IsForSender reports whether a file is refused for what its sender can mend.
func (f *File) IsForSender() bool {
	return f.Err != nil && (f.Ask == Nothing || f.Ask == Unit && campaign.HasErrors(f.Findings))
}

// Form is a form's reading, nil for any other file.
func (f *File) Form() *forms.Result { return f.form }

// IsNew reports whether the campaign's file is not there yet.
func (f *File) IsNew() bool {
	return !slices.ContainsFunc(f.Writes, func(w Write) bool { return w.Name == f.Becomes && w.Old != nil })
}

// judge takes the findings into how a file ends: an error refuses it.
func (f *File) judge(findings []campaign.Finding) {
	f.Findings = findings
	for _, level := range []campaign.Level{campaign.Error, campaign.Warning} {
		list := slices.DeleteFunc(slices.Clone(findings), func(one campaign.Finding) bool { return one.Level != level })
		if len(list) == 0 {
			continue
		}
		if level == campaign.Error {
			f.Refuse("没有导入 %s", f.Name)
			f.Why = list[0].Message
		} else {
			f.Doubt = list[0].Message
		}
		f.More, f.Hint = len(list)-1, list[0].Hint
		return
	}
}

// Judge works out what would become of every file; step is called with each that is
// done, and may be nil. Its error is that of the register, or of ctx.
func (b *Batch) Judge(ctx context.Context, step func(*File)) (err error) {
	if b.box, err = inbox.Open(b.Files, inbox.Received); err != nil {
		return err
	}
	list := slices.DeleteFunc(slices.Clone(b.List), func(f *File) bool { return f.fixed })
	for _, f := range list {
		if f.Parcel != nil {
			f.Parcel.Kept = ""
		}
		b.begin(f)
	}
	done := func(kinds func(Kind) bool, judge func()) {
		for _, f := range list {
			if ctx.Err() == nil && kinds(f.Kind) && f.Err == nil {
				kindNamed(f.Kind).judge(b, f)
				b.doubt(f)
				f.judged = true
				if step != nil {
					step(f)
				}
			}
		}
		judge()
	}
	done(func(k Kind) bool { return k == Form }, func() { compareForms(b.open(Form)) })
	b.readBook()
	done(func(k Kind) bool { return k != Form }, b.compareTexts)
	for _, f := range list {
		if !f.judged && f.Err == nil {
			f.Refuse("停下来了，还没有看这一个")
			f.Ask, f.Hint = Step, "点“再看一遍”"
		}
	}
	return ctx.Err()
}

// doubt adds that a file was there before and is another by now.
func (b *Batch) doubt(f *File) {
	if len(b.Endings) > 0 || f.Err != nil || f.Doubt != "" || !f.Overwrites() {
		return
	}
	if before := b.box.Of(f.data); len(before) > 0 {
		f.Doubt, f.Hint = "这份 "+before[0].On+" 收过，后来又改过", "确实要退回到这一份才收下"
	}
}

// open are the files of some kinds, of any where none is named, that are not refused
// or left out.
func (b *Batch) open(kinds ...Kind) []*File {
	return slices.DeleteFunc(slices.Clone(b.List), func(f *File) bool {
		return f.Err != nil || f.Told.Out || len(kinds) > 0 && !slices.Contains(kinds, f.Kind)
	})
}

// begin starts a file's verdict anew with what does not depend on other files: its
// kind, and the day and place of its original.
func (b *Batch) begin(f *File) {
	told := b.told(f)
	f.verdict = verdict{Kind: b.kindOf(f), Round: told.Round, Department: told.Department, Region: told.Region, Slug: told.Slug}
	f.On, f.Known = b.dayOf(f)
	place, err := b.box.Place(f.On, f.Sender, f.data)
	switch f.Kept = place; {
	case err != nil:
		f.Refuse("放不进 %s/：%v", inbox.Received, cause.Of(err))
		f.Ask, f.Hint = Step, "检查文件夹是否被别的程序占用，或权限是否正确"
	case len(f.data) == 0 && len(b.Endings) == 0:
		f.Refuse("没有导入 %s", f.Name)
		f.Why, f.Hint = "文件是空的", "请对方重新发送"
	}
}

// told is what is said of a file, by itself or with all others.
func (b *Batch) told(f *File) Told {
	t, all := f.Told, b.Told
	t.Kind, t.Slug = cmp.Or(t.Kind, all.Kind), cmp.Or(t.Slug, all.Slug)
	t.Round = cmp.Or(t.Round, all.Round)
	if t.Department == nil {
		t.Department, t.Region = all.Department, cmp.Or(t.Region, all.Region)
	}
	if t.On.IsZero() {
		t.On = all.On
	}
	return t
}

// original is where a file will be kept, as the campaign's file says it.
func (f *File) original() string { return inbox.Received + "/" + f.Kept }

// keptOn is the folder of a day in 收件/.
var keptOn = regexp.MustCompile(`^` + inbox.Received + `/(\d{4}-\d{2}-\d{2})/`)

// dayOf returns the day of arrival that is told, else that of the mail, else that of
// the folder in 收件/, else today; known is false for the last.
func (b *Batch) dayOf(f *File) (day campaign.Date, known bool) {
	if on := b.told(f).On; !on.IsZero() {
		return on, true
	}
	if day := campaign.DateOf(f.Sent.In(china)); !f.Sent.IsZero() && !day.After(b.At.Date) {
		return day, true
	}
	if m := keptOn.FindStringSubmatch(f.Name); m != nil {
		if day, err := campaign.ParseDate(m[1]); err == nil {
			return day, true
		}
	}
	return b.At.Date, false
}

var china = time.FixedZone("CST", 8*3600)

// sender is what a file's name says, else the folders around it, else the name of the
// mail or archive which brought it. Who sends and for which round may stand apart.
func (b *Batch) sender(f *File) (s campaign.Sender) {
	names := []string{f.Sender}
	for dir := f.Folder; dir != "." && dir != ""; dir = path.Dir(dir) {
		names = append(names, path.Base(dir)+".") // whose last point begins no extension
	}
	if f.Parcel != nil {
		names = append(names, f.Parcel.Sender)
	}
	for _, name := range names {
		one := b.Campaign.SenderOf(name)
		s.Round = cmp.Or(s.Round, one.Round)
		if s.Department == nil {
			s.Department, s.Region = one.Department, cmp.Or(s.Region, one.Region)
		}
	}
	return s
}

// CurrentRound is the round that is being gathered on a day: the first whose
// deadline has not passed, else the last.
func CurrentRound(c *campaign.Campaign, today campaign.Date) *campaign.Round {
	for _, r := range c.Rounds {
		if !r.Deadline.Before(today) {
			return r
		}
	}
	if len(c.Rounds) == 0 {
		return nil
	}
	return c.Rounds[len(c.Rounds)-1]
}

// UnitName names who reports.
func UnitName(d *campaign.Department, region *campaign.Region) string {
	if d == nil {
		return ""
	}
	if region != nil {
		return d.Short + " " + region.Short
	}
	return d.Short
}
