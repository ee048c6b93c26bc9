// Package project opens a campaign's folder and plans its files.
//
// [Project.Load] is what every command begins with: source reads the folder,
// release decides what is public at a time, stats adds the figures up, and review
// checks all of it. What it returns plans the files of an audience: site, data
// files and papers, or what is submitted. Nothing is rendered here; package
// publish renders and writes, package preview shows.
package project

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"os"
	"slices"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/card"
	"wangjian/internal/pdf/draw"
	"wangjian/internal/picture"
	"wangjian/internal/record"
	"wangjian/internal/release"
	"wangjian/internal/review"
	"wangjian/internal/site"
	"wangjian/internal/source"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// Project is a campaign's folder, to be loaded again and again. It keeps what was
// found in files that have not changed since, and serves one Load at a time.
type Project struct {
	dir      string
	files    fs.FS // instead of dir, where there is one
	pictures *picture.Studio

	program *[sha256.Size]byte // keeps what was found in texts on disk; nil for none
	fonts   string             // what is found in a text depends on the fonts that print it
	texts   *source.Memory
	checks  *review.Memory
	book    *stats.Table
	out     *stats.Table
}

// mostPictures is how many files of ready pictures are kept, five or so each.
const mostPictures = 50_000

// Open returns the project in a folder.
func Open(dir string) *Project {
	pictures := cache.NewFolder(dir, "pictures", mostPictures).OfProgram()
	return &Project{dir: dir, pictures: picture.NewStudio(pictures), checks: new(review.Memory)}
}

// Of returns the project in a file system. It writes nothing.
func Of(files fs.FS) *Project {
	return &Project{files: files, pictures: picture.NewStudio(cache.NewMemory()), checks: new(review.Memory)}
}

// mostCards is how many cards are kept, two an item.
const mostCards = 20_000

// Drawer returns what draws the campaign's cards, with those that were drawn before.
func (p *Project) Drawer(looks fs.FS) *card.Painter {
	if p.files != nil {
		return card.NewPainter(looks, cache.NewMemory())
	}
	return card.NewPainter(looks, cache.NewFolder(p.dir, "cards", mostCards).OfProgram())
}

// KeepOnDisk has what was found in texts and forms go from one run of the program,
// told by its hash, to the next, instead of from one Load to the next.
func (p *Project) KeepOnDisk(program [sha256.Size]byte) { p.program = &program }

// Files opens the folder so that nothing in it can lead out of it.
func (p *Project) Files() (fs.FS, error) {
	if p.files != nil {
		return p.files, nil
	}
	root, err := os.OpenRoot(p.dir)
	if err != nil {
		return nil, err
	}
	return source.InRoot(root), nil
}

// PicturesAhead tells the project before it is loaded that all its pictures are wanted,
// in every size.
func (p *Project) PicturesAhead() { p.pictures.Ahead(picture.Widths[len(picture.Widths)-1]) }

// PapersAhead tells it that they are wanted on paper, which hardly ever takes the widest.
func (p *Project) PapersAhead() { p.pictures.Ahead(picture.Widths[len(picture.Widths)-2]) }

// Options say how to load a project.
type Options struct {
	// Today returns the time that a campaign is judged by.
	Today func(*campaign.Campaign) campaign.Moment
	// Published is what somebody says was published, to compare with instead of the
	// record; nil for nothing. Found returns the site that is to be replaced, which
	// counts where there is no record; it may be nil.
	Published *campaign.Published
	Found     func() *campaign.Published
	// Record is the record of publications, for a publication that counts its own
	// entry; nil for the campaign's own.
	Record *record.Record
	// Files are the campaign's as they would be after changes, instead of its folder's.
	Files fs.FS
	// Now is what stood in the folder before it is read. Files that stand there as
	// they did are not read again; nil where nobody knows.
	Now *cache.Snapshot
}

// Loaded is a campaign that was read and checked.
type Loaded struct {
	Campaign *campaign.Campaign
	At       campaign.Moment // the time it was judged by
	Date     campaign.Date   // its day
	Whole    *release.View
	Public   *release.View
	Book     *stats.Table // of Whole
	Out      *stats.Table // of Public
	Findings []campaign.Finding
	Record   *record.Record // of publications; empty where there is none
	Files    fs.FS
	Layouts  fs.FS // the campaign's own over the program's
	// Published is what was published, as far as it is known, to compare with; nil
	// for nothing.
	Published *campaign.Published
	exposed   *release.Exposed
	subject   review.Subject
}

// Propose returns what data/corrections.yaml needs.
func (l *Loaded) Propose() review.Proposal { return review.Propose(l.subject) }

// Load reads and checks the campaign. Its error says that the folder cannot be
// opened; all else is a finding.
func (p *Project) Load(o Options) (*Loaded, error) {
	files, err := o.Files, error(nil)
	if files == nil {
		files, err = p.Files()
	}
	if err != nil {
		return nil, err
	}
	own := source.Layouts(files)
	c, findings := p.textsWith(draw.Signature(own)).Load(files, o.Now, review.Inspector(own))
	published, broken := recordOf(c, files, o.Record)
	c.History = published.History()
	findings = append(findings, broken...)
	before := o.comparison(published, len(broken) > 0)
	c.Shown = published.Digests()
	contents := source.ContentsWith(files, p.pictures)
	at := o.Today(c)
	l := &Loaded{
		Campaign: c, At: at, Date: at.Date, Record: published, Published: before, Files: files, Layouts: layouts.Over(own),
		Whole: release.Whole(c, at, contents), Public: release.Public(c, at, contents),
	}
	l.exposed = release.Expose(c, at, func(file string) []string { return source.Lines(files, file) })
	var same bool
	l.Book, same = p.book.Next(l.Whole)
	l.Out, _ = p.out.Next(l.Public)
	p.book, p.out = l.Book, l.Out
	l.subject = review.Subject{
		Campaign: c, Date: l.Date, Whole: l.Whole, Public: l.Public, Book: l.Book, Out: l.Out,
		Exposed: l.exposed, SameFigures: same, Published: before, Layouts: own, Now: o.Now,
	}
	l.add(append(findings, p.checks.Check(l.subject)...))
	source.ReadLayouts(own)
	contents.Reviewed()
	if o.Now == nil || p.program != nil {
		p.forget(c)
	}
	return l, nil
}

// recordOf returns the record of publications: as given, else as it is in the
// campaign. The sample has none.
func recordOf(c *campaign.Campaign, files fs.FS, given *record.Record) (*record.Record, []campaign.Finding) {
	switch {
	case c.Sample:
		return &record.Record{}, nil
	case given != nil:
		return given, nil
	}
	return record.Read(files)
}

// comparison returns what was published, to compare with.
func (o Options) comparison(r *record.Record, broken bool) *campaign.Published {
	last := r.Last()
	switch {
	case broken || last == nil && o.Published != nil:
		return o.Published
	case last == nil && o.Found != nil:
		return o.Found()
	case last != nil && o.Published != nil:
		last.File, last.Figures = o.Published.File, o.Published.Figures
	}
	return last
}

// Read loads the campaign in a file system once.
func Read(files fs.FS, today func(*campaign.Campaign) campaign.Moment) *Loaded {
	l, _ := Of(files).Load(Options{Today: today}) // it is open
	return l
}

// textsWith is the memory of texts that were checked with certain fonts.
func (p *Project) textsWith(fonts string) *source.Memory {
	if p.texts != nil && fonts == p.fonts {
		return p.texts
	}
	p.fonts, p.texts = fonts, new(source.Memory)
	if p.program != nil {
		p.texts = source.OnDisk(p.dir, sha256.Sum256(append(p.program[:], fonts...)))
	}
	return p.texts
}

// forget drops what only another Load, or the rules, would look at: the sentences
// of an item hold its paragraphs (2 kB a narrative).
func (p *Project) forget(c *campaign.Campaign) {
	p.checks, p.book, p.out = new(review.Memory), nil, nil
	for _, i := range c.Items {
		i.Body.Sentences = nil
		i.Body.Cited, i.PublicBody.Cited = nil, nil
	}
}

// add adds findings, and to each the text of its line.
func (l *Loaded) add(findings []campaign.Finding) {
	l.Findings = campaign.SortFindings(append(l.Findings, findings...))
	var file string
	var lines []string
	for i := range l.Findings {
		f := &l.Findings[i]
		if f.At.File != file {
			file, lines = f.At.File, source.Lines(l.Files, f.At.File)
		}
		if n := f.At.Line; n >= 1 && n <= len(lines) {
			f.Line = lines[n-1]
		}
	}
}

// Split returns the errors that touch nothing that is or would be public, which
// stop no publication, apart from all other findings.
func (l *Loaded) Split() (touching, idle []campaign.Finding) {
	for _, f := range l.Findings {
		if f.Level == campaign.Error && !l.exposed.Stops(f) {
			idle = append(idle, f)
		} else {
			touching = append(touching, f)
		}
	}
	return touching, idle
}

// WithoutFound leaves out the findings that come of comparing with the site that is
// to be replaced.
func (l *Loaded) WithoutFound() *Loaded {
	other := *l
	other.Findings = slices.DeleteFunc(slices.Clone(l.Findings), func(f campaign.Finding) bool {
		return f.Level == campaign.Warning && review.Compares(f.Rule)
	})
	return &other
}

// Waiting lists what was public at the time that a site is of, or by the record, and is
// to be taken down by now.
func (l *Loaded) Waiting(shown campaign.Moment) (list []release.Held) {
	before := release.Expose(l.Campaign, shown, nil)
	recorded := map[string]campaign.PublishedItem{}
	if last := l.Record.Last(); last != nil {
		recorded = last.Items
	}
	for _, h := range l.Public.Held() {
		if h.Item == nil || l.exposed.Item(h.Item) {
			continue
		}
		if _, public := recorded[h.Item.File]; public || before.Item(h.Item) {
			list = append(list, h)
		}
	}
	return list
}

// TryTemplates makes every page of a campaign that has templates of its own, and
// adds what is wrong with them to the findings.
func (l *Loaded) TryTemplates() {
	if !l.Campaign.SettingsUnread() && hasOwnTemplates(l.Layouts) {
		l.add(site.Try(l.Whole, l.Book, l.Layouts))
	}
}

// hasOwnTemplates reports whether a template is not the built-in one.
func hasOwnTemplates(looks fs.FS) bool {
	builtIn := layouts.Over(nil)
	entries, _ := fs.ReadDir(looks, "templates")
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		own, _ := fs.ReadFile(looks, "templates/"+e.Name())
		plain, err := fs.ReadFile(builtIn, "templates/"+e.Name())
		return err != nil || !bytes.Equal(own, plain)
	})
}
