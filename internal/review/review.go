// Package review says whether what was handed in is right: it holds the rules.
//
// A rule is one value, a [Rule] with code, level, words and check, in the file of
// its subject, and its test is a campaign with that one fault under
// testdata/broken. The list of rules is their documentation. Rules look at the whole campaign, held-back
// and expired items too, whatever the date; those about wording look at each
// text as it is read.
//
// Rules named fact-… compare what is stated in several places:
// agreement.go has the statements of an item and of what is attached to it, the
// other agreement files the facts, and package prose reads the values.
//
// Faults in the form of the input (syntax, names, types) are found by source.
package review

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/pdf/draw"
	"wangjian/internal/picture"
	"wangjian/internal/prose"
	"wangjian/internal/release"
	"wangjian/internal/source"
	"wangjian/internal/stats"
	"wangjian/layouts"
)

// Rule is one thing that must hold.
type Rule struct {
	Code  string
	Level campaign.Level
	Words string // what must hold, in one Chinese sentence
	// Check looks at the campaign; nil for a rule about wording.
	Check func(*Context)
	// Figures looks at the settings, the forms and the book alone: it sees no item
	// and no day, and what it finds is found as long as these are the same.
	Figures func(*Context)
	// Inspect looks at one text; nil for a rule about the campaign. Rules that
	// one look can tell apart share it: a finding is then claimed by its rule.
	Inspect func(*reading) []campaign.Finding
}

// Rules lists every rule in the order of the manual.
var Rules = slices.Concat(
	narrativeRules, referenceRules, figureRules, proseRules, styleRules, correctionRules, missingRules, signoffRules,
	indexRules, caseRules, linkRules, pictureRules, looksRules, privacyRules, attachmentRules, wordingRules, factRules,
)

// List returns what the rules say.
func List() (list []campaign.Rule) {
	for _, r := range Rules {
		list = append(list, campaign.Rule{Code: r.Code, Level: r.Level, Words: r.Words})
	}
	return list
}

// finding is one of the rule that looked.
func finding(at campaign.Position, message, hint string) campaign.Finding {
	return campaign.Finding{At: at.Place(), Message: message, Hint: hint}
}

// claim makes a finding one of the rule, unless another has claimed it.
func (r *Rule) claim(f *campaign.Finding) {
	if f.Rule == "" {
		f.Rule, f.Level = r.Code, r.Level
	}
}

// Context is what a check sees. The whole book holds every round, the public
// one only what is out on the day.
type Context struct {
	Campaign *campaign.Campaign
	Date     campaign.Date
	Whole    *release.View
	Public   *release.View
	Book     *stats.Table
	Out      *stats.Table // of Public
	// Published is what the site has published, nil when nobody said.
	Published *campaign.Published
	// Layouts is the campaign's own layouts folder; nil when it has none.
	Layouts fs.FS

	rule     Rule
	findings []campaign.Finding
	said     map[string]bool
	enclosed []*enclosure   // read once, by enclosures
	decided  []*decision    // the same, by decisions
	claimed  []*prose.Claim // the same, by claims
	items    map[string]*campaign.Item
	memory   *Memory
	now      *cache.Snapshot
}

// itemAt returns the item that a file is, or nil: Campaign.ItemAt for one link,
// this for all of them.
func (c *Context) itemAt(file string) *campaign.Item {
	if c.items == nil {
		c.items = map[string]*campaign.Item{}
		for _, i := range c.Campaign.Items {
			c.items[i.File] = i
		}
	}
	return c.items[file]
}

// Report adds a finding of the rule that is being checked.
func (c *Context) Report(at campaign.Position, message, hint string) {
	c.Tell(finding(at, message, hint))
}

// Reportf is Report with a format for the message.
func (c *Context) Reportf(at campaign.Position, hint, format string, args ...any) {
	c.Report(at, fmt.Sprintf(format, args...), hint)
}

// Tell adds a finding of the rule that is being checked, or of the one that has
// claimed it.
func (c *Context) Tell(f campaign.Finding) {
	c.rule.claim(&f)
	c.findings = append(c.findings, f)
}

// Once reports whether key is new among the rules of this check, so that one
// fault is not told twice by two rules.
func (c *Context) Once(key string) bool {
	first := !c.said[key]
	c.said[key] = true
	return first
}

// Said reports whether a rule has claimed key by Once.
func (c *Context) Said(key string) bool { return c.said[key] }

// Result is a campaign that has been read and checked.
type Result struct {
	Campaign *campaign.Campaign
	At       campaign.Moment // the time it was judged by
	Date     campaign.Date   // its day
	Whole    *release.View
	Public   *release.View
	Book     *stats.Table // of Whole
	Out      *stats.Table // of Public
	Findings []campaign.Finding
}

// Read loads the campaign in fsys and checks it as of the time that today
// returns for it (the flag, 基准日 or the clock).
//
// A studio that outlives one reading, where one is given, develops the
// pictures.
func Read(fsys fs.FS, today func(*campaign.Campaign) campaign.Moment, studio ...*picture.Studio) Result {
	return ReadAgainst(fsys, today, nil, studio...)
}

// ReadAgainst is Read that also compares the figures with what is published.
func ReadAgainst(fsys fs.FS, today func(*campaign.Campaign) campaign.Moment, published *campaign.Published, studio ...*picture.Studio) Result {
	return new(Memory).ReadAgainst(fsys, nil, today, published, studio...)
}

// Memory keeps what was found in each file of a campaign, attachments too, for
// a program that reads it again and again: rules that look at one text alone see
// only those that changed, and rules that look at the whole see all of it each
// time. The zero Memory is empty and ready; it serves one reading at a time.
type Memory struct {
	files      source.Memory
	enclosures map[string]keptEnclosure
	figured    figured
	// What is found in a text depends on the fonts that it is printed with.
	fonts   string
	shelved func(fonts string) *source.Memory // a new memory of files; nil for one that is not on disk
}

// figured is what depends on the figures, and what of a campaign's items it does
// not depend on, as long as the figures are the same.
type figured struct {
	book, out *stats.Table
	claims    map[*campaign.Item][]*prose.Claim
	doubtful  []string           // files of data/ that are only partly right
	findings  []campaign.Finding // of [Rule.Figures]; nil before they are looked for
}

// OnDisk gives a memory of texts and forms that goes from one run of the program,
// told by its hash, to the next.
func OnDisk(root string, program [sha256.Size]byte) *Memory {
	shelved := func(fonts string) *source.Memory {
		return source.OnDisk(root, sha256.Sum256(append(program[:], fonts...)))
	}
	return &Memory{files: *shelved(""), shelved: shelved}
}

// with makes the memory one of readings with certain fonts.
func (m *Memory) with(fonts string) {
	if fonts == m.fonts {
		return
	}
	m.fonts, m.files = fonts, source.Memory{}
	if m.shelved != nil {
		m.files = *m.shelved(fonts)
	}
}

// inspector shows texts to the wording rules.
func inspector(own fs.FS) source.Inspector {
	characters := draw.CharactersOf(layouts.Over(own))
	return func(p source.Passage) []campaign.Finding { return inspect(p, characters) }
}

// ReadAgainst is ReadAgainst that takes over what the memory has of files that
// stand as they stood; now is what stood in the campaign's folders before.
func (m *Memory) ReadAgainst(fsys fs.FS, now *cache.Snapshot, today func(*campaign.Campaign) campaign.Moment, published *campaign.Published, studio ...*picture.Studio) Result {
	own := source.Layouts(fsys)
	m.with(draw.Signature(own))
	c, findings := m.files.Load(fsys, now, inspector(own))
	contents := source.Contents(fsys)
	for _, s := range studio {
		contents = source.ContentsWith(fsys, s)
	}
	at := today(c)
	r := Result{
		Campaign: c, At: at, Date: at.Date,
		Whole:  release.Whole(c, at, contents),
		Public: release.Public(c, at, contents),
	}
	m.figure(&r)
	r.Findings = campaign.SortFindings(append(findings, m.check(r, now, published, own)...))
	if now == nil || m.shelved != nil {
		m.figured = figured{}
		for _, i := range c.Items {
			// Checked: nobody else looks at them, and they hold the paragraphs of
			// which they are (2 kB a narrative).
			i.Body.Sentences = nil
			i.Body.Cited, i.PublicBody.Cited = nil, nil
		}
	}
	return r
}

// figure gives a campaign its books, and forgets what depended on other figures.
func (m *Memory) figure(r *Result) {
	var doubtful []string
	for file := range r.Campaign.Doubtful {
		if strings.HasPrefix(file, "data/") {
			doubtful = append(doubtful, file)
		}
	}
	slices.Sort(doubtful)
	var same bool
	r.Book, same = m.figured.book.Next(r.Whole)
	r.Out, _ = m.figured.out.Next(r.Public)
	if !same || !slices.Equal(doubtful, m.figured.doubtful) {
		m.figured = figured{}
	}
	m.figured.book, m.figured.out, m.figured.doubtful = r.Book, r.Out, doubtful
}

func (m *Memory) check(r Result, now *cache.Snapshot, published *campaign.Published, own fs.FS) []campaign.Finding {
	if m.figured.findings == nil {
		data := *r.Campaign
		data.Items = nil
		ctx := &Context{Campaign: &data, Book: r.Book, said: map[string]bool{}}
		ctx.run(func(rule Rule) func(*Context) { return rule.Figures })
		m.figured.findings = append([]campaign.Finding{}, ctx.findings...)
	}
	ctx := &Context{
		memory: m, now: now, findings: slices.Clone(m.figured.findings),
		Campaign: r.Campaign, Date: r.Date, Whole: r.Whole, Public: r.Public,
		Book: r.Book, Out: r.Out, Published: published, Layouts: own, said: map[string]bool{},
	}
	ctx.run(func(rule Rule) func(*Context) { return rule.Check })
	return ctx.findings
}

// run shows the campaign to all rules that have such a check.
func (c *Context) run(check func(Rule) func(*Context)) {
	for _, rule := range Rules {
		if do := check(rule); do != nil {
			c.rule = rule
			do(c)
		}
	}
}

// inspect shows a text to the wording rules.
func inspect(p source.Passage, characters *draw.Characters) (findings []campaign.Finding) {
	r := newReading(p)
	r.characters = characters
	for _, rule := range Rules {
		if rule.Inspect == nil {
			continue
		}
		for _, f := range rule.Inspect(r) {
			rule.claim(&f)
			findings = append(findings, f)
		}
	}
	return findings
}
