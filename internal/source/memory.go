package source

import (
	"io/fs"
	"maps"
	"slices"
	"strings"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
)

// Memory keeps what was found in each file of a campaign, so that the next
// reading opens only what has changed. The zero Memory is empty and ready; it
// serves one reading at a time.
//
// What is found in a file depends on the settings (campaign.yaml, form.yaml,
// wording.yaml) and on the files that were looked at while it was read: itself,
// and those that it names. While all of them have the marks that they had, it is
// taken as it was found. Files that listed a folder, to say what a wrong name may
// have meant, are read again.
//
// While nothing in data/ has changed and the same files stand there, all that was
// read of it is taken as it is: rounds, forms and corrections are the same ones,
// and so are the items of files that have not changed. None of them is changed
// any more.
type Memory struct {
	settings *reader      // that read the settings; nil for none
	inputs   cache.Inputs // what it looked at
	data     *data        // by those settings; nil for none
	files    map[string]*cached
	disk     *disk // of a memory on disk
}

// data is what was read of data/, with the list of what is to be read of content/.
type data struct {
	*reader
	inputs cache.Inputs
	names  *cache.Names
	loose  []string // files of content/ that are no items
}

// unchanged reports whether reading data/ again would find the same.
func (d *data) unchanged(now *cache.Snapshot) bool {
	if d == nil || d.inputs == nil || d.names != now.Names() || !d.inputs.Match(now) {
		return false
	}
	for _, k := range d.results {
		if !k.Inputs.Match(now) {
			return false
		}
	}
	return true
}

// cached is a result with the reading that it is of.
type cached struct {
	*result
	names *names // of the reading; rounds are that one's too

	part, parts int // of the folder that it comes from, counted from 1; 0 for none
}

// of returns what is cached for another reading, with its rounds: itself, where
// they are the same ones.
func (k *cached) of(r *reader) *cached {
	if k.names == r.names {
		return k
	}
	another := func(of *campaign.Round) bool { return round(r.c, of) != of }
	if !slices.ContainsFunc(k.Items, func(i *campaign.Item) bool { return another(i.Round) }) &&
		!slices.ContainsFunc(k.Reports, func(r *campaign.Report) bool { return another(r.Round) }) {
		k.names = r.names
		return k
	}
	return &cached{k.linked(r.c), r.names, k.part, k.parts}
}

// inputs returns what a reader looked at; nil where that would not show whether it
// is as it was.
func (r *reader) inputs(now *cache.Snapshot) cache.Inputs {
	if now == nil || r.fsys.listed {
		return nil
	}
	list := make(cache.Inputs, 0, len(r.fsys.tracked))
	for file := range r.fsys.tracked {
		mark, sure := now.Mark(file)
		if !sure {
			return nil
		}
		if mark.Changed == 0 && mark.Size > 0 {
			// The system does not tell when anything was changed: what was read
			// may be of a moment in between.
			if info, err := fs.Stat(r.fsys.FS, file); err != nil || !mark.MatchLinked(cache.MarkOf(info)) {
				return nil
			}
		}
		list = append(list, cache.File{Path: file, Mark: mark})
	}
	slices.SortFunc(list, func(a, b cache.File) int { return strings.Compare(a.Path, b.Path) })
	return list
}

// readSettingsFiles reads what everything else is read by.
func (m *Memory) readSettingsFiles(fsys fs.FS, now *cache.Snapshot, inspect []Inspector) (settings *reader, sound bool) {
	if m.settings != nil && m.inputs.Match(now) {
		return m.settings, true
	}
	m.settings, m.data, m.files = nil, nil, nil
	r := newReader(fsys, inspect)
	if !r.readSettings() {
		return r, false
	}
	r.readWording()
	r.readSynonyms()
	r.settled = true
	for _, p := range r.waiting {
		r.inspectPassage(p)
	}
	r.waiting = nil
	r.readForm()
	if m.inputs = r.inputs(now); m.inputs != nil {
		m.settings = r
	}
	return r, true
}

// readData reads data/ and lists what is to be read of content/.
func (m *Memory) readData(fsys fs.FS, now *cache.Snapshot, settings *reader) *data {
	if m.data.unchanged(now) {
		return m.data
	}
	r := settings.next(fsys)
	r.ownRounds()
	r.now, r.results = now, map[string]*cached{}
	if m.disk != nil && m.settings != nil {
		m.files = m.disk.open(r, m.inputs)
	}
	r.previous = m.files
	if m.data != nil {
		r.previous = m.data.results
	}
	r.checkTops()
	r.readReports()
	r.readCorrections()
	r.readCollected()
	r.digestRounds()
	d := &data{reader: r, loose: r.listItems(), names: now.Names()}
	r.fsys.listed = false // the names tell of that
	if len(r.results) == r.jobs {
		d.inputs = r.inputs(now)
	}
	if now != nil {
		m.data = d
	}
	return d
}

// ownRounds replaces the campaign's rounds by copies, for each reading of data/ sets
// their release.yaml.
func (r *reader) ownRounds() {
	shared := r.c.Rounds
	r.c.Rounds = nil
	for n, was := range shared {
		round := *was
		if n > 0 {
			round.Previous = r.c.Rounds[n-1]
		}
		r.c.Rounds = append(r.c.Rounds, &round)
	}
	r.c.Forthcoming = slices.Clone(r.c.Forthcoming)
	for n, f := range r.c.Forthcoming {
		if f.Round != nil {
			r.c.Forthcoming[n].Round = r.c.Rounds[f.Round.Index]
		}
	}
}

// next returns a reader that goes on from what another one has read.
func (r *reader) next(fsys fs.FS) *reader {
	c := *r.c
	o := newReader(fsys, r.inspect)
	o.settings, o.finder, o.settled = r, r.finder, true
	if r.settings != nil {
		o.settings, o.names, o.deferred = r.settings, r.names, slices.Clip(r.deferred)
	}
	o.findings = slices.Clone(r.findings)
	o.doubtful, o.unread = maps.Clone(r.doubtful), maps.Clone(r.unread)
	o.used = maps.Clone(r.used)
	c.Doubtful, c.Unreadable = o.doubtful, o.unread
	o.c = &c
	return o
}
