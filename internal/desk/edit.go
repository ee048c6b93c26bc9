package desk

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/format"
	"wangjian/internal/head"
	"wangjian/internal/project"
	"wangjian/internal/record"
	"wangjian/internal/source"
)

// editScreen lists the texts, and shows one to be edited, with its page beside it.
// edit_save.go writes, edit_draft.go shows what is not written yet, edit_cite.go finds
// figures to refer to.
func editScreen() *screen {
	return &screen{
		name: "edit", title: "编辑", words: "写总结、案例、警示、公开文件、影像资料，旁边就是网页。",
		data:  editData,
		parts: map[string]act{"figures": figures},
		at:    draftFile,
		acts:  map[string]act{"save": saveText, "new": newText, "draft": draftText, "paste": pasteText},
		limit: mostText,
	}
}

// mostText bounds a text with its pictures, in bytes.
const mostText = 80 << 20

// edited is what the template shows: the list of texts, or one of them.
type edited struct {
	List *textList
	Text *openText
}

func editData(r *request) (any, error) {
	l, err := r.work.last()
	if err != nil {
		return nil, err
	}
	if name := r.value("file"); name != "" {
		text, err := openOf(r, l, name)
		return edited{Text: text}, err
	}
	return edited{List: listOf(r, l)}, nil
}

// textList is all texts by kind.
type textList struct {
	Kinds  []kindTexts
	Rounds []*campaign.Round
	Asked  string // the kind that is shown
}

type kindTexts struct {
	Kind    campaign.Kind
	Chinese string
	Texts   []listedText
	Rounds  []missingTexts // narratives and summaries that are not there
}

type listedText struct {
	File, Title string
	State       string // why it is not public, or that it is
	Public      bool
	Errors      int
	Warnings    int
}

// missingTexts are texts of a round that nobody has written.
type missingTexts struct {
	Round *campaign.Round
	Units []missingText
}

type missingText struct{ Name, Words string }

func listOf(r *request, l *project.Loaded) *textList {
	list := &textList{Rounds: l.Campaign.Rounds, Asked: r.value("kind")}
	public := map[string]bool{}
	for _, i := range l.Public.Campaign().Items {
		public[i.File] = true
	}
	errors, warnings := map[string]int{}, map[string]int{}
	for _, f := range l.Findings {
		if f.Level == campaign.Error {
			errors[f.At.File]++
		} else {
			warnings[f.At.File]++
		}
	}
	for _, kind := range campaign.Kinds {
		k := kindTexts{Kind: kind, Chinese: kind.Chinese()}
		for _, i := range l.Campaign.ItemsOf(kind) {
			t := listedText{File: i.File, Title: i.Title, Public: public[i.File], State: "已公开", Errors: errors[i.File], Warnings: warnings[i.File]}
			if !t.Public {
				t.State = cmp.Or(strings.Join(l.Whole.Mark(i), "；"), "没有公开")
			}
			k.Texts = append(k.Texts, t)
		}
		for file := range l.Campaign.Unreadable {
			if rest, is := strings.CutPrefix(file, "content/"); is && campaign.KindOf(rest) == kind && strings.HasSuffix(file, ".md") {
				k.Texts = append(k.Texts, listedText{File: file, Title: path.Base(file), State: "读不出来，要先改正", Errors: errors[file]})
			}
		}
		slices.SortStableFunc(k.Texts, func(a, b listedText) int { return strings.Compare(a.File, b.File) })
		k.Rounds = missingOf(l, kind)
		list.Kinds = append(list.Kinds, k)
	}
	return list
}

// missingOf lists the narratives, or the summary, that a round does not have yet.
func missingOf(l *project.Loaded, kind campaign.Kind) (list []missingTexts) {
	c := l.Campaign
	for _, round := range c.Rounds {
		m := missingTexts{Round: round}
		add := func(file, name, words string) {
			if _, broken := c.Unread(file); c.ItemAt(file) == nil && !broken {
				m.Units = append(m.Units, missingText{name, words})
			}
		}
		switch kind {
		case campaign.Summaries:
			add(campaign.SummaryFile(round), round.Code, "照各部门的总结起草全市的总结")
		case campaign.Narratives:
			for _, d := range c.Departments {
				add(campaign.NarrativeFile(round, d), round.Code+"/"+d.Code, d.Short)
			}
		}
		if len(m.Units) > 0 {
			list = append(list, m)
		}
	}
	return list
}

// newText proposes a text with nothing filled in but its title.
func newText(r *request) (answer, error) {
	l, err := r.fresh()
	if err != nil {
		return nil, err
	}
	kind, title := campaign.Kind(r.value("kind")), r.value("title")
	name := cmp.Or(r.value("name"), freeName(l, kind))
	set, file, err := project.NewText(l.Files, kind, name)
	if err != nil {
		return nil, err
	}
	if title != "" {
		text, err := set.Read(file)
		if err != nil {
			return nil, err
		}
		form, err := head.Parse(format.Front(kind), text)
		if err != nil {
			return nil, err
		}
		fields := slices.Clone(form.Fields)
		for n := range fields {
			if fields[n].Name == "标题" {
				fields[n].Value = title
			}
		}
		if err := set.Write(file, form.Write(fields, form.Body)); err != nil {
			return nil, err
		}
	}
	return proposal{
		title: "新写一篇" + kind.Chinese(), set: set, done: "已新建，接着填写", next: address("edit", "file", file),
		words: []string{"必填的还空着，列在下面的问题写好以后就没有了。"},
	}, nil
}

// freeName is a name for a text of a kind that no other has: the day, and a number.
func freeName(l *project.Loaded, kind campaign.Kind) string {
	day := strings.ReplaceAll(l.Date.String(), "-", "")
	for n := 1; ; n++ {
		name := day
		if n > 1 {
			name += "-" + strconv.Itoa(n)
		}
		if _, err := fs.Stat(l.Files, kind.Folder()+"/"+name+".md"); err != nil {
			return name
		}
	}
}

// openText is a text that is edited.
type openText struct {
	File, Title string
	Kind        string
	Missing     bool   // there is no such file
	Why         string // why it cannot be edited here; "" where it can
	AsText      bool   // all of it as text, not its head as a form
	CanForm     bool   // it has a head that can be a form
	FormFault   string // why it cannot be one now
	Fields      []shownField
	Body, Base  string // below the head; the whole file as it was read
	Text        string
	Line        int // to be marked, 0 for none
	LineText    string
	BodyLine    int    // of the file, at which the body begins
	Page        string // the address of its page
	Note        []string
	Findings    []campaign.Finding
	Files       []string // beside it, that it may refer to
	Pictures    bool     // photos can be added
	Gallery     bool
	Attachments bool
	Decision    bool // an attachment can be the decision of the case
	Figures     bool
	Rounds      []*campaign.Round
	Theirs      []change.Line // of a conflict: what another program has written
	Mine        []change.Line
}

// shownField is a field of the form with what a template needs.
type shownField struct {
	head.Field
	ID      string // of its input
	Control string // line, lines, day, moment, flag, choice, files, rows
	Choices []checkChoice
	Example string
	Lines   []shownRow
	Empty   []shownField // of a row that is added
}

type shownRow struct {
	Number int
	Fields []shownField
}

// openOf opens a text for the editor. What it cannot edit it says, with where to go.
func openOf(r *request, l *project.Loaded, name string) (*openText, error) {
	o := &openText{File: name, Title: path.Base(name)}
	o.Line, _ = strconv.Atoi(r.value("line"))
	if o.Why = uneditable(name); o.Why != "" {
		return o, nil
	}
	raw, err := fs.ReadFile(l.Files, name)
	if errors.Is(err, fs.ErrNotExist) {
		o.Missing = true
		return o, nil
	}
	if err != nil {
		if info, e := fs.Stat(l.Files, name); e == nil && info.IsDir() {
			o.Why = "这是文件夹。要改名、移走的，在电脑的文件夹里做"
			return o, nil
		}
		return nil, fmt.Errorf("读不出 %s：%w", name, err)
	}
	text, err := source.Decode(raw)
	if err != nil || len(raw) > source.MaxFile {
		o.Why = "这不是能在这里改的文字文件。用它自己的程序打开来改，或换一个文件"
		return o, nil
	}
	o.fill(l, string(text), r.value("as") == "text")
	return o, nil
}

// uneditable says why a file is not to be edited here, "" for one that is.
func uneditable(name string) string {
	folder, _, _ := strings.Cut(name, "/")
	switch {
	case !fs.ValidPath(name) || !slices.Contains([]string{"data", "content", "layouts"}, folder):
		if folder == "收件" {
			return "这是收到的原件，不在这里改：请在“收件”里看它，让单位改好再报一次"
		}
		return "这个文件不在专项行动的内容里，不能在这里改"
	case strings.HasPrefix(name, record.Dir+"/"):
		return "这是发布记录，由程序写，不能改动"
	case !slices.Contains([]string{".md", ".yaml", ".yml", ".txt", ".csv", ".vtt", ".html", ".css", ""}, strings.ToLower(path.Ext(name))):
		return "这不是文字文件。用它自己的程序打开来改；不用的，在电脑的文件夹里移走"
	}
	return ""
}

// kindAt is the kind of text that a file is, and the table of its head; nil for none.
func kindAt(name string) (campaign.Kind, *format.Table) {
	rest, is := strings.CutPrefix(name, "content/")
	if !is || path.Ext(name) != ".md" {
		return "", nil
	}
	kind := campaign.KindOf(rest)
	return kind, format.Front(kind)
}

// fill shows a text as it is typed now.
func (o *openText) fill(l *project.Loaded, text string, asText bool) {
	o.Base, o.Text, o.AsText = text, text, true
	kind, table := kindAt(o.File)
	if table != nil {
		o.Kind, o.CanForm = kind.Chinese(), true
		o.Figures, o.Rounds = true, l.Campaign.Rounds
		form, err := head.Parse(table, []byte(text))
		switch {
		case err != nil:
			o.FormFault = err.Error()
		case !asText:
			o.AsText = false
			o.show(l, kind, form)
		}
	}
	if item := l.Campaign.ItemAt(o.File); item != nil {
		o.Title = item.Title
		o.Note = append(o.Note, signedWords(l, []*change.File{{Name: o.File}})...)
	}
	lines := strings.Split(text, "\n")
	if o.Line > 0 && o.Line <= len(lines) {
		o.LineText = lines[o.Line-1]
	} else {
		o.Line = 0
	}
	for _, f := range findingsOf(l) {
		if f.At.File == o.File {
			o.Findings = append(o.Findings, f)
		}
	}
	o.Page = pageOf(l, o.File)
}

// show makes the form of a head.
func (o *openText) show(l *project.Loaded, kind campaign.Kind, form *head.Form) {
	o.Body = form.Body
	o.BodyLine = strings.Count(strings.TrimSuffix(o.Text, form.Body), "\n") + 1
	o.Gallery = kind == campaign.Galleries
	o.Pictures, o.Attachments = true, !o.Gallery
	o.Decision = kind == campaign.Cases
	folder := path.Dir(o.File)
	entries, _ := fs.ReadDir(l.Files, folder)
	for _, e := range entries {
		if !e.IsDir() && path.Ext(e.Name()) != ".md" && !strings.HasPrefix(e.Name(), ".") {
			o.Files = append(o.Files, e.Name())
		}
	}
	for _, f := range form.Fields {
		o.Fields = append(o.Fields, o.control(l, f, "f."+f.Name))
	}
	// What has to be filled in comes first, in the order of the table.
	slices.SortStableFunc(o.Fields, func(a, b shownField) int {
		rank := func(f shownField) int {
			if f.Required {
				return 0
			}
			return 1
		}
		return rank(a) - rank(b)
	})
}

// control is how a field is filled in.
func (o *openText) control(l *project.Loaded, f head.Field, id string) shownField {
	s := shownField{Field: f, ID: id, Control: "line"}
	for _, word := range f.Choices {
		s.Choices = append(s.Choices, checkChoice{Value: word, Words: word})
	}
	switch f.Type {
	case format.Date:
		s.Control, s.Example = "day", "如 2022-09-21"
	case format.Moment:
		s.Example = "如 2022-11-27，或 2022-11-27 09:30"
	case format.Flag:
		s.Control = "flag"
	case format.Words, format.List, format.FlagOrFiles:
		s.Control, s.Example = "lines", "一行一个"
	case format.File:
		s.Control = "choice"
		for _, name := range o.Files {
			s.Choices = append(s.Choices, checkChoice{Value: name, Words: name})
		}
	case format.Choice:
		s.Control = "choice"
		if f.Refers == format.Priority {
			for _, p := range l.Campaign.Priorities {
				s.Choices = append(s.Choices, checkChoice{Value: p.Code, Words: p.Name})
			}
			if p := campaign.Find(l.Campaign.Priorities, f.Value); p != nil && p.Code != f.Value {
				s.Choices = append(s.Choices, checkChoice{Value: f.Value, Words: f.Value})
			}
		}
	case format.Objects:
		s.Control = "rows"
		for n, row := range f.Rows {
			s.Lines = append(s.Lines, shownRow{n, o.controls(l, row, fmt.Sprintf("%s.%d", id, n))})
		}
	}
	if f.Name == "摘要" || f.Name == "处罚内容" {
		s.Control = "text"
	}
	if s.Control == "choice" && f.Value != "" && !slices.ContainsFunc(s.Choices, func(c checkChoice) bool { return c.Value == f.Value }) {
		s.Choices = append(s.Choices, checkChoice{Value: f.Value, Words: f.Value + "（不在可选的里面）"})
	}
	return s
}

func (o *openText) controls(l *project.Loaded, row head.Row, id string) (list []shownField) {
	for _, f := range row {
		list = append(list, o.control(l, f, id+"."+f.Name))
	}
	return list
}

// signedWords says which sign-offs a change of files ends.
func signedWords(l *project.Loaded, files []*change.File) (words []string) {
	c := l.Campaign
	for _, f := range files {
		if i := c.ItemAt(f.Name); i != nil && len(i.Signoffs) > 0 {
			words = append(words, "“"+i.Title+"”已经签过字，改了以后要到“审签”里重新签。")
		}
	}
	for _, round := range c.Rounds {
		if round.Release != nil && len(round.Release.Signoffs) > 0 && slices.ContainsFunc(files, func(f *change.File) bool {
			return strings.HasPrefix(f.Name, "data/"+round.Code+"/")
		}) {
			words = append(words, round.Name+"的数据已经签过字，改了以后要到“审签”里重新签；已经公布的，还要写更正。")
		}
	}
	return words
}
