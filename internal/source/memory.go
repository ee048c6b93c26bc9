package source

import (
	"io/fs"
	"maps"
	"slices"
	"strings"

	"wangjian/internal/cache"
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
	ground *reader      // that read the settings; nil for none
	inputs cache.Inputs // what the ground looked at
	data   *data        // on that ground; nil for none
	files  map[string]*result
	disk   *disk // of a memory on disk
}

// data is what was read of data/, with the list of what is to be read of content/.
type data struct {
	*reader
	inputs cache.Inputs
	names  *cache.Names
	loose  []string // files of content/ that are no items
}

// stands reports whether reading data/ again would find the same.
func (d *data) stands(now *cache.Snapshot) bool {
	if d == nil || d.inputs == nil || d.names != now.Names() || !d.inputs.Match(now) {
		return false
	}
	for _, k := range d.keeping {
		if !k.inputs.Match(now) {
			return false
		}
	}
	return true
}

// result is what was found in a file, bound to all that was looked at. It is not
// changed any more.
type result struct {
	*found
	inputs cache.Inputs // nil where they do not tell whether it is as it was
	names  *names       // of the reading; rounds are that one's too

	part, parts int // of the folder that it comes from, counted from 1; 0 for none
}

// inputs returns what a reader looked at; nil where that would not tell whether it
// is as it was.
func (r *reader) inputs(now *cache.Snapshot) cache.Inputs {
	looked := r.fsys.(onlyFiles).FS.(*looking)
	if now == nil || looked.listed {
		return nil
	}
	list := make(cache.Inputs, 0, len(looked.files))
	for file := range looked.files {
		mark, sure := now.Mark(file)
		if !sure {
			return nil
		}
		if mark.Changed == 0 && mark.Size > 0 {
			// The system does not tell when anything was changed: what was read
			// may be of a moment in between.
			if info, err := fs.Stat(looked.FS, file); err != nil || !mark.MatchLinked(cache.MarkOf(info)) {
				return nil
			}
		}
		list = append(list, cache.File{Path: file, Mark: mark})
	}
	slices.SortFunc(list, func(a, b cache.File) int { return strings.Compare(a.Path, b.Path) })
	return list
}

// readGround reads what everything else is read by.
func (m *Memory) readGround(fsys fs.FS, now *cache.Snapshot, inspect []Inspector) (ground *reader, sound bool) {
	if m.ground != nil && m.inputs.Match(now) {
		return m.ground, true
	}
	m.ground, m.data, m.files = nil, nil, nil
	r := newReader(fsys, inspect)
	if !r.readSettings() {
		return r, false
	}
	r.readWording()
	r.settled = true
	for _, p := range r.waiting {
		r.inspectPassage(p)
	}
	r.waiting = nil
	r.readForm()
	if m.inputs = r.inputs(now); m.inputs != nil {
		m.ground = r
	}
	return r, true
}

// readData reads data/ and lists what is to be read of content/.
func (m *Memory) readData(fsys fs.FS, now *cache.Snapshot, ground *reader) *data {
	if m.data.stands(now) {
		return m.data
	}
	r := ground.above(fsys)
	r.ownRounds()
	r.memory, r.now, r.keeping = m, now, map[string]*result{}
	if m.disk != nil && m.ground != nil {
		m.files = m.disk.open(r, m.inputs)
	}
	r.before = m.files
	if m.data != nil {
		r.before = m.data.keeping
	}
	r.checkTops()
	r.readReports()
	r.readCorrections()
	for _, round := range r.c.Rounds {
		if round.Release != nil {
			checkFingerprint(round.Release, func() (string, error) { return RoundFingerprint(r.fsys, round) })
		}
	}
	d := &data{reader: r, loose: r.listItems(), names: now.Names()}
	r.fsys.(onlyFiles).FS.(*looking).listed = false // the names tell of that
	if len(r.keeping) == r.jobs {
		d.inputs = r.inputs(now)
	}
	if now != nil {
		m.data = d
	}
	return d
}

// ownRounds returns the campaign rounds of its own, for each reading of data/ gives
// them their release.yaml.
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
}

// above returns a reader that goes on from what another one has read.
func (r *reader) above(fsys fs.FS) *reader {
	c := *r.c
	o := newReader(fsys, r.inspect)
	o.ground, o.finder, o.settled = r, r.finder, true
	if r.ground != nil {
		o.ground, o.names, o.later = r.ground, r.names, slices.Clip(r.later)
	}
	o.findings = slices.Clone(r.findings)
	o.doubtful, o.unread = maps.Clone(r.doubtful), maps.Clone(r.unread)
	o.used = maps.Clone(r.used)
	c.Doubtful, c.Unreadable = o.doubtful, o.unread
	o.c = &c
	return o
}

// looking notes what is looked at through it.
type looking struct {
	fs.FS
	files  map[string]bool
	listed bool // a folder was listed, of which no mark tells
}

func (l *looking) Open(name string) (fs.File, error) {
	l.files[name] = true
	return l.FS.Open(name)
}

func (l *looking) Stat(name string) (fs.FileInfo, error) {
	l.files[name] = true
	return fs.Stat(l.FS, name)
}

func (l *looking) ReadFile(name string) ([]byte, error) {
	l.files[name] = true
	return fs.ReadFile(l.FS, name)
}

func (l *looking) ReadDir(name string) ([]fs.DirEntry, error) {
	l.listed = true
	return fs.ReadDir(l.FS, name)
}

// Links are followed only where no mark is taken: see package cache.

func (l *looking) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(l.FS, name) }

func (l *looking) ReadLink(name string) (string, error) { return fs.ReadLink(l.FS, name) }
