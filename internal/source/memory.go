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
type Memory struct {
	ground *reader      // that read the settings; nil for none
	inputs cache.Inputs // what the ground looked at
	files  map[string]*result
	disk   *disk // of a memory on disk
}

// result is what was found in a file, bound to all that was looked at. It is not
// changed any more.
type result struct {
	*found
	inputs cache.Inputs // nil where they do not tell whether it is as it was

	part, parts int // of the folder that it comes from, counted from 1; 0 for none
}

// inputs gives what a reader looked at; nil where that would not tell whether it
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
	m.ground, m.files = nil, nil
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

// above gives a reader that goes on from the ground. Rounds are its own, for
// each reading gives them their release.yaml.
func (r *reader) above(fsys fs.FS) *reader {
	c := *r.c
	c.Rounds = nil
	for n, was := range r.c.Rounds {
		round := *was
		if n > 0 {
			round.Previous = c.Rounds[n-1]
		}
		c.Rounds = append(c.Rounds, &round)
	}
	o := newReader(fsys, r.inspect)
	o.ground, o.finder, o.settled = r, r.finder, true
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
