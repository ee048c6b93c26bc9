package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wangjian/internal/campaign"
	"wangjian/internal/forms"
	"wangjian/internal/inbox"
	"wangjian/internal/intake"
)

// incoming are the files that an import was told of, and how each ends.
type incoming struct {
	app     *app
	endings []string // of the files that are taken out of folders, mails and archives
	box     *inbox.Register
	told    campaign.Date // --arrived, zero where it was not given
	today   campaign.Date
	list    []*arrival
	named   int // more than in the list where a file was named twice
}

// arrival is one file: taken, doubtful (taken, with warnings) or refused.
type arrival struct {
	name   string   // as the user finds it
	sender string   // its name as its sender has it
	path   string   // on disk, "" in a mail or an archive
	parcel *arrival // the mail or archive that brought it, nil for none
	sent   time.Time
	data   []byte
	on     campaign.Date // of its arrival
	known  bool          // on is not just today
	kept   string        // where its original is kept, in the box
	done   string        // what became of it; "" for a refused one
	doubt  string        // the first warning
	why    string        // it is refused; "" where err says it
	err    error         // the command's, where no other file was named
}

func (f *arrival) refuse(format string, args ...any) { f.err = failf(format, args...) }

// arrivals are the flags of what comes in.
type arrivals struct {
	on  string
	yes bool
}

func (s *arrivals) flags(cmd *cobra.Command, yes string) {
	cmd.Flags().StringVar(&s.on, "arrived", "", "收到的日子，如 2022-11-25；不写时用邮件的日期，没有邮件的用今天")
	cmd.Flags().BoolVar(&s.yes, "yes", false, yes)
}

// incoming finds the files that arguments name: files, folders with all in them,
// wildcards, which not every shell expands, and the contents of mails and archives.
// Of a folder only files with one of the endings are taken; others are named.
func (a *app) incoming(args, endings []string, flags arrivals, today campaign.Date) (*incoming, error) {
	in := &incoming{app: a, endings: endings, today: today}
	var err error
	if flags.on != "" {
		if in.told, err = campaign.ParseDate(flags.on); err != nil {
			return nil, fmt.Errorf("--arrived %w，写成 2022-11-25", err)
		}
		if in.told.After(today) && in.told.After(a.clock().Date) {
			return nil, fmt.Errorf("--arrived %s 还没有到", in.told)
		}
	}
	if in.box, err = inbox.Open(a.under(inbox.Received)); err != nil {
		return nil, failure{err}
	}
	for _, arg := range args {
		before := in.named
		in.find(a.under(arg))
		if in.named == before {
			f := &arrival{name: arg}
			f.refuse("%s 里没有可以导入的文件（%s/ 里登记过的，要写明文件名才再导入）", arg, inbox.Received)
			in.take(f)
		}
	}
	return in, nil
}

// find adds what an argument names.
func (in *incoming) find(name string) {
	info, err := os.Stat(name)
	switch {
	case err == nil && !info.IsDir():
		in.add(name)
	case err == nil:
		in.search(name)
	case strings.ContainsAny(name, "*?["):
		matches, _ := filepath.Glob(name) // a wrong pattern matches nothing
		for _, match := range matches {
			in.search(match)
		}
	default:
		f := &arrival{name: in.nameOf(name), path: name}
		f.unread(err)
		in.take(f)
	}
}

// The endings of what forms and texts come in; of most of these files an import says
// only how to save them again.
var (
	formEndings = []string{".xlsx", ".csv", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".tsv"}
	textEndings = []string{".docx", ".doc", ".docm", ".wps", ".odt", ".rtf"}
)

// parcels are the endings of what brings other files, closed those of what does and
// cannot be opened, with what to do instead.
var (
	parcels = []string{".zip", ".eml"}
	closed  = map[string]string{
		".rar": unpackFirst, ".7z": unpackFirst, ".tar": unpackFirst, ".gz": unpackFirst, ".tgz": unpackFirst,
		".msg": "在邮件程序里另存为 .eml 再导入", ".mht": "在邮件程序里另存为 .eml 再导入",
	}
)

const unpackFirst = "先解压，再导入解压出来的文件夹"

// isClosed refuses what brings other files and cannot be opened.
func (f *arrival) isClosed() bool {
	ext := strings.ToLower(filepath.Ext(f.sender))
	instead := closed[ext]
	if instead != "" {
		f.refuse("打不开 %s：%s 文件%s", f.name, ext, instead)
	}
	return instead != ""
}

func hasEnding(name string, endings []string) bool {
	return slices.Contains(endings, strings.ToLower(filepath.Ext(name)))
}

// search adds a file, or the files of a folder, that have one of the endings.
// What a folder has that was imported before is not looked at again: it would undo
// what came later.
func (in *incoming) search(match string) {
	err := filepath.WalkDir(match, func(file string, entry fs.DirEntry, err error) error {
		original, isKept := strings.CutPrefix(in.nameOf(file), inbox.Received+"/")
		switch {
		case err != nil:
			return err
		case isTemporary(entry.Name()) && entry.IsDir() && file != match:
			return filepath.SkipDir
		case isTemporary(entry.Name()), !entry.Type().IsRegular(), isKept && file != match && in.box.Has(original):
		case hasEnding(file, in.endings), hasEnding(file, parcels):
			in.addNew(file, file != match)
		case closed[strings.ToLower(filepath.Ext(file))] != "":
			in.add(file)
		default:
			in.skip(in.nameOf(file))
		}
		return nil
	})
	if err != nil {
		f := &arrival{name: in.nameOf(match), path: match}
		f.unread(err)
		in.take(f)
	}
}

// skip says that a file is not of the kind that is imported, and what imports it.
func (in *incoming) skip(name string) {
	other := ""
	switch {
	case hasEnding(name, formEndings):
		other = "（报表用 form import 导入）"
	case hasEnding(name, textEndings):
		other = "（总结用 text import 导入）"
	}
	fmt.Fprintf(in.app.Stdout, "%s：不是 %s，跳过%s\n", name, strings.Join(in.endings[:2], "、"), other)
}

// isTemporary reports whether a name is a program's own: hidden, or a lock of Office
// or WPS.
func isTemporary(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}

func (in *incoming) nameOf(file string) string {
	root, err := filepath.Abs(in.app.under(""))
	full, wrong := filepath.Abs(file)
	if err == nil && wrong == nil {
		if name, err := filepath.Rel(root, full); err == nil && filepath.IsLocal(name) {
			return filepath.ToSlash(name)
		}
	}
	return file
}

// add adds a file once, or the files in it.
func (in *incoming) add(file string) *arrival { return in.addNew(file, false) }

// addNew is add; onlyNew leaves out what was imported before.
func (in *incoming) addNew(file string, onlyNew bool) *arrival {
	for _, f := range in.list {
		if f.path == file || f.parcel != nil && f.parcel.path == file {
			in.named++
			return f
		}
	}
	f := &arrival{name: in.nameOf(file), sender: filepath.Base(file), path: file}
	switch {
	case f.isClosed():
		in.take(f)
	case hasEnding(file, parcels):
		in.unpack(f, onlyNew)
	case !onlyNew || in.isNew(f):
		in.take(f)
	}
	return f
}

func (in *incoming) take(f *arrival) {
	in.named++
	in.list = append(in.list, f)
}

// isNew reports whether a file was not imported before, and says so of one that was.
func (in *incoming) isNew(f *arrival) bool {
	data := f.read(mostParcel)
	if f.err != nil || !in.box.Imported(data, f.sender) {
		return true
	}
	fmt.Fprintf(in.app.Stdout, "%s：已经导入过，跳过\n", f.name)
	return false
}

// mostParcel bounds a mail or an archive.
const mostParcel = 96 << 20

// unpack adds the files in a mail or an archive, or itself where it cannot be opened
// or has none.
func (in *incoming) unpack(f *arrival, onlyNew bool) {
	data := f.read(mostParcel)
	files, err := intake.Unpack(f.sender, data)
	switch {
	case f.err != nil:
	case err != nil:
		f.refuse("打不开 %s：%w", f.name, err)
	case len(data) > mostParcel:
		f.refuse("打不开 %s：文件太大", f.name)
	}
	if f.err != nil {
		in.take(f)
		return
	}
	count := 0
	for _, e := range files {
		within := in.partOf(f, e)
		if within == nil {
			continue
		}
		count++
		if within.err != nil || !onlyNew || in.isNew(within) {
			in.take(within)
		}
	}
	if count == 0 && !onlyNew {
		f.refuse("%s 里没有可以导入的文件", f.name)
		in.take(f)
	}
}

// partOf returns a file in a mail or an archive; nil for one that is not to be
// imported.
func (in *incoming) partOf(f *arrival, e intake.Embedded) *arrival {
	words := strings.TrimSuffix(f.sender, filepath.Ext(f.sender))
	within := &arrival{name: f.name + "/" + e.Name, sender: path.Base(e.Name), parcel: f, sent: e.Sent, data: e.Data}
	switch ours := hasEnding(e.Name, in.endings); {
	case e.Err != nil && (ours || hasEnding(e.Name, parcels)):
		within.refuse("没有导入 %s：%w", within.name, e.Err)
		within.why = e.Err.Error()
	case e.Name == words+".txt" || e.Name == words+".html": // the mail's own words
		return nil
	case within.isClosed():
	case !ours:
		in.skip(within.name)
		return nil
	}
	return within
}

// open are the files that have not been refused so far.
func (in *incoming) open() []*arrival {
	return slices.DeleteFunc(slices.Clone(in.list), func(f *arrival) bool { return f.err != nil })
}

// read reads a file, or refuses it.
func (f *arrival) read(limit int64) []byte {
	if f.path == "" || f.data != nil {
		return f.data
	}
	data, err := readBounded(f.path, limit)
	if err != nil {
		f.unread(err)
	}
	f.data = data
	return data
}

func (f *arrival) unread(err error) {
	if errors.Is(err, fs.ErrNotExist) {
		f.refuse("读不出 %s：没有这个文件", f.name)
		return
	}
	f.refuse("读不出 %s：%v", f.name, reason(err))
}

// readBounded reads a file of at most limit bytes and one more, so that the
// reader can say that it is too large.
func readBounded(name string, limit int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit+1))
}

// arrive works out when a file came in, and where its original will be kept.
func (in *incoming) arrive(f *arrival) forms.Arrival {
	if f.kept == "" {
		f.on, f.known = in.dayOf(f)
		var err error
		if f.kept, err = in.box.Place(f.on, f.sender, f.data); err != nil {
			f.refuse("放不进 %s/：%v", inbox.Received, reason(err))
		}
	}
	return forms.Arrival{On: f.on, Original: inbox.Received + "/" + f.kept, Known: f.known, Told: !in.told.IsZero()}
}

// keptOn is the folder of a day in 收件/.
var keptOn = regexp.MustCompile(`^` + inbox.Received + `/(\d{4}-\d{2}-\d{2})/`)

// dayOf returns --arrived, else the day of the mail, else that of the folder in
// 收件/, else today; known is false for the last.
func (in *incoming) dayOf(f *arrival) (day campaign.Date, known bool) {
	if !in.told.IsZero() {
		return in.told, true
	}
	if day := campaign.DateOf(f.sent.In(china)); !f.sent.IsZero() && !day.After(in.today) {
		return day, true
	}
	if m := keptOn.FindStringSubmatch(f.name); m != nil {
		if day, err := campaign.ParseDate(m[1]); err == nil {
			return day, true
		}
	}
	return in.today, false
}

// keep keeps the original of a file that was taken, and the mail or archive that
// brought it.
func (in *incoming) keep(f *arrival, e inbox.Entry) error {
	if p := f.parcel; p != nil {
		p.sent = f.sent
		in.arrive(p)
		what := "压缩包"
		if hasEnding(p.sender, []string{".eml"}) {
			what = "邮件"
		}
		if err := in.keep(p, inbox.Entry{What: what}); err != nil {
			return err
		}
		e.From = p.kept
	}
	in.arrive(f)
	e.On, e.File = f.on.String(), f.kept
	if path.Base(f.kept) != f.sender {
		e.Sender = f.sender
	}
	if err := in.box.Keep(e, f.data); err != nil {
		return failf("存原件 %s：%v", f.name, reason(err))
	}
	return nil
}

// judge takes the findings into how a file ends: an error refuses it.
func (f *arrival) judge(findings []campaign.Finding) {
	for _, level := range []campaign.Level{campaign.Error, campaign.Warning} {
		var messages []string
		for _, one := range findings {
			if one.Level == level {
				messages = append(messages, one.Message)
			}
		}
		if len(messages) == 0 {
			continue
		}
		words := messages[0]
		if len(messages) > 1 {
			words += fmt.Sprintf("，等 %d 处", len(messages))
		}
		if level == campaign.Error {
			f.refuse("没有导入 %s", f.name)
			f.why = words
			return
		}
		f.doubt = words
	}
}

// end lists how each file ended, and fails where one was refused.
func (in *incoming) end() error {
	doubtful, refused := 0, 0
	for _, f := range in.list {
		switch {
		case f.err != nil:
			if refused++; len(in.list) > 1 {
				fmt.Fprintf(in.app.Stdout, "%s：退回，%s\n", f.name, cmp.Or(f.why, f.err.Error()))
			}
		case f.doubt != "":
			doubtful++
			fmt.Fprintf(in.app.Stdout, "%s → %s；存疑，%s\n", f.name, f.done, f.doubt)
		default:
			fmt.Fprintf(in.app.Stdout, "%s → %s\n", f.name, f.done)
		}
	}
	if len(in.list) == 1 {
		return in.list[0].err
	}
	fmt.Fprintf(in.app.Stdout, "共 %d 个文件：导入 %d 个，其中存疑 %d 个；退回 %d 个\n", len(in.list), len(in.list)-refused, doubtful, refused)
	if refused > 0 {
		return failf("有 %d 个文件没有导入，原因见上；改好以后再导入一次", refused)
	}
	return nil
}
