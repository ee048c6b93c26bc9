package incoming

import (
	"cmp"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/forms"
	"wangjian/internal/inbox"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
)

// judgeForm reads a form.
func (b *Batch) judgeForm(f *File) {
	told := b.told(f)
	options := forms.ImportOptions{
		Files: b.Files, Round: told.Round, Department: told.Department, Region: told.Region,
		Arrival: forms.Arrival{On: f.On, Original: f.original(), Known: f.Known, Told: !told.On.IsZero()},
	}
	if len(b.Endings) == 0 {
		options.Guess = b.sender(f)
		if options.Guess.Round == nil {
			options.Guess.Round = CurrentRound(b.Campaign, b.At.Date)
		}
	}
	form, findings := forms.Import(b.Campaign, f.Name, f.data, options)
	for n := range findings {
		findings[n].At.File = f.Name
	}
	if f.judge(findings); f.Err != nil {
		if slices.ContainsFunc(findings, func(one campaign.Finding) bool { return one.Rule == "import-owner" }) {
			f.Ask = Unit
		}
		if len(b.Endings) == 0 && findings[0].Rule == "import-table" {
			f.Hint += "；不是统计表的，改选种类"
		}
		g := options.Guess // of a file that says nothing of itself
		f.Round = cmp.Or(f.Round, g.Round)
		if f.Department == nil {
			f.Department, f.Region = g.Department, cmp.Or(f.Region, g.Region)
		}
		return
	}
	f.form, f.Becomes = form, form.Path
	f.Round, f.Department, f.Region = form.Round, form.Department, form.Region
	if form.Changed() {
		f.Writes = []Write{{form.Path, form.Old, form.New}}
	}
}

// compareForms compares files with the same form. Of those that say the same the
// first to arrive is written; where two differ nobody can tell which is right, and
// all are refused.
func compareForms(list []*File) {
	same := map[string][]*File{}
	for _, f := range list {
		same[f.Becomes] = append(same[f.Becomes], f)
	}
	for _, f := range list { // each path once, at its first file
		if same[f.Becomes][0] == f {
			compareSame(same[f.Becomes])
		}
	}
}

func compareSame(list []*File) {
	first := slices.MinFunc(list, func(a, b *File) int { return a.On.Compare(b.On) })
	differs := func(f *File) bool { return !f.form.Equal(first.form) }
	other := slices.IndexFunc(list, differs)
	for _, f := range list {
		path := f.form.Path
		switch {
		case other >= 0 && differs(f):
			f.refuseTwice("和 %s 是同一张报表（%s），内容不一样，只留一个再导入", first.Name, path)
		case other >= 0:
			f.refuseTwice("和 %s 是同一张报表（%s），内容不一样，只留一个再导入", list[other].Name, path)
		case f != first:
			f.Same = first
		}
	}
}

// refuseTwice refuses one of two files that are to become the same.
func (f *File) refuseTwice(format string, args ...any) {
	f.Refuse(format, args...)
	f.Ask, f.Hint = Step, "不要的那一份，点它的“不收这个”"
}

// readBook adds up the figures with the batch's forms, which its texts are compared
// with.
func (b *Batch) readBook() {
	set, state := change.Of(b.Files), ""
	for _, f := range b.open(Form) {
		if f.Takes() && f.Changes() && set.Write(f.form.Path, f.form.New) == nil {
			state += f.form.Path + inbox.HashOf(f.form.New)
		}
	}
	if b.book != nil && b.state == state && b.of == b.Book {
		return
	}
	b.with, b.book, b.state, b.of = b.Campaign, b.Book, state, b.Book
	if state != "" && slices.ContainsFunc(b.List, func(f *File) bool { return f.Kind == Narrative }) {
		b.with, _ = source.Load(set.FS())
		b.book = stats.Of(release.Whole(b.with, b.At, source.Contents(set.FS())))
	}
}
