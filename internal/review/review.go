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
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
	"wangjian/internal/pdf/draw"
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
	narrativeRules, referenceRules, figureRules, proseRules, markupRules, styleRules, correctionRules, publishedRules, renamedRules, withdrawnRules, missingRules, signoffRules,
	indexRules, formalRules, caseRules, linkRules, pictureRules, looksRules, privacyRules, attachmentRules, wordingRules, factRules,
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

// Subject is a campaign that is checked. The whole book holds every round, the
// public one only what is out on the day.
type Subject struct {
	Campaign *campaign.Campaign
	Date     campaign.Date
	Whole    *release.View
	Public   *release.View
	Book     *stats.Table
	Out      *stats.Table // of Public
	Exposed  *release.Exposed
	// SameFigures: the book has the figures of the check before by the same Memory.
	SameFigures bool
	// Published is what was published: by the record, a file that was named, or the
	// site that is to be replaced; nil where nothing is known.
	Published *campaign.Published
	// Layouts is the campaign's own layouts folder; nil when it has none.
	Layouts fs.FS
	// Now is what stood in the campaign's folder before it was read; nil where
	// nobody knows.
	Now *cache.Snapshot
}

// Context is what a check sees.
type Context struct {
	Subject

	rule     Rule
	findings []campaign.Finding
	said     map[string]bool
	enclosed []*enclosure   // read once, by enclosures
	opened   []medium       // the same, by media
	decided  []*decision    // the same, by decisions
	claimed  []*prose.Claim // the same, by claims
	items    map[string]*campaign.Item
	shown    map[string]bool // items and rounds that are public, by file
	memory   *Memory
	proposed []Entry // for data/corrections.yaml
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

// Memory keeps what was found in each narrative and attachment of a campaign that
// is checked again and again. The zero Memory is empty and ready; it serves one
// check at a time.
type Memory struct {
	enclosures map[string]keptEnclosure
	bound      map[string]boundFile
	// The rest depends on the figures.
	claims   map[*campaign.Item][]*prose.Claim
	figures  []campaign.Finding // of [Rule.Figures]; nil before they are looked for
	doubtful []string           // files of data/ that are only partly right
}

// Inspector shows texts to the wording rules, which also look at whether the
// fonts of the campaign's own layouts folder, nil for none, print them.
func Inspector(own fs.FS) source.Inspector {
	characters := draw.CharactersOf(layouts.Over(own))
	return func(p source.Passage) []campaign.Finding { return inspect(p, characters) }
}

// Check shows a campaign to all rules about the campaign.
func (m *Memory) Check(s Subject) []campaign.Finding {
	var doubtful []string
	for file := range s.Campaign.Doubtful {
		if strings.HasPrefix(file, "data/") {
			doubtful = append(doubtful, file)
		}
	}
	slices.Sort(doubtful)
	if !s.SameFigures || !slices.Equal(doubtful, m.doubtful) {
		m.claims, m.figures, m.doubtful = nil, nil, doubtful
	}
	if m.figures == nil {
		data := *s.Campaign
		data.Items = nil
		ctx := &Context{Subject: Subject{Campaign: &data, Book: s.Book}, said: map[string]bool{}}
		ctx.run(func(rule Rule) func(*Context) { return rule.Figures })
		m.figures = append([]campaign.Finding{}, ctx.findings...)
	}
	ctx := &Context{Subject: s, memory: m, findings: slices.Clone(m.figures), said: map[string]bool{}}
	ctx.run(func(rule Rule) func(*Context) { return rule.Check })
	ctx.bindFiles()
	return ctx.findings
}

// boundFile is the hash of a file that had the mark.
type boundFile struct {
	mark cache.Mark
	hash string
}

// bindFiles sees to it that every file that items publish was read to its end, so
// that no other bytes go out. What stands as it did is not read again. A file that
// cannot be read has been reported, and does not go out.
func (c *Context) bindFiles() {
	var files []string
	for _, i := range c.Campaign.Items {
		files = append(files, i.Files()...)
	}
	slices.Sort(files)
	files = slices.Compact(files)
	inParallel(len(files), func(n int) {
		file := files[n]
		if mark, sure := c.Now.Mark(file); sure && c.memory.bound[file].mark == mark && c.Whole.Bound(file) == "" {
			_ = c.Whole.Bind(file, c.memory.bound[file].hash)
		}
		if c.Whole.Bound(file) != "" {
			return
		}
		if f, err := c.Whole.Open(file); err == nil {
			_, _ = io.Copy(io.Discard, f)
			f.Close()
		}
	})
	c.memory.bound = map[string]boundFile{}
	for _, file := range files {
		if mark, sure := c.Now.Mark(file); sure && c.Whole.Bound(file) != "" {
			c.memory.bound[file] = boundFile{mark, c.Whole.Bound(file)}
		}
	}
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
