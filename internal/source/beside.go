package source

import (
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
)

// later is a file whose reading was put off.
type later struct {
	file string
	read func(*reader)
}

// beside puts off the reading of a file until [reader.readBeside], which reads
// several at a time. What is put off may look at the settings and the form, and
// at nothing that other files give.
func (r *reader) beside(file string, read func(*reader)) {
	r.later = append(r.later, later{file, read})
}

// readBeside reads what was put off and is not remembered. Each file gets a
// reader of its own, and what they found is taken up in the order in which the
// files were put off, so that the outcome does not depend on which was read
// first.
func (r *reader) readBeside() {
	jobs := r.later
	r.later, r.jobs = nil, r.jobs+len(r.later)
	own := make([]*result, len(jobs))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(jobs)) {
		workers.Go(func() {
			near := &nearby{FS: r.fsys.(onlyFiles).FS.(*looking).FS}
			defer near.close()
			o := r.fork(near)
			for {
				n := int(next.Add(1)) - 1
				if n >= len(jobs) {
					return
				}
				if k := r.before[jobs[n].file]; k != nil && k.inputs.Match(r.now) && (k.names == r.names || r.names.same(k.resolved)) {
					own[n] = k.within(r)
					continue
				}
				jobs[n].read(o)
				own[n] = o.yield(r.now)
			}
		})
	}
	workers.Wait()
	for n, k := range own {
		own[n] = nil
		r.adopt(k.found)
		if k.inputs != nil {
			r.keeping[jobs[n].file] = k
		}
	}
}

// found is what was found in a file, and what it adds to the campaign.
type found struct {
	findings       []campaign.Finding
	reports        []*campaign.Report
	items          []*campaign.Item
	doubtful, used []string
	unread         []unread
	resolved       []resolution
}

// unread is a file that cannot be read, with its first fault.
type unread struct {
	File string
	At   campaign.Position
}

// fork returns a reader for files that are read beside others: it sees the settings
// and the form, and adds to a campaign of its own.
func (r *reader) fork(fsys fs.FS) *reader {
	o := newReader(fsys, r.inspect)
	seen := *r.ground.c
	o.c, o.finder, o.settled, o.names = &seen, r.ground.finder, true, r.names
	return o
}

// yield returns what a fork has found in a file, with what it looked at for that,
// and forgets it.
func (r *reader) yield(now *cache.Snapshot) *result {
	k := &result{
		found: &found{
			findings: r.findings, reports: r.c.Reports, items: r.c.Items,
			doubtful: slices.Collect(maps.Keys(r.doubtful)), used: slices.Collect(maps.Keys(r.used)), resolved: r.resolved,
		},
		inputs: r.inputs(now), names: r.names,
	}
	for file, at := range r.unread {
		k.unread = append(k.unread, unread{file, at})
	}
	r.findings, r.c.Reports, r.c.Items, r.resolved = nil, nil, nil, nil
	clear(r.doubtful)
	clear(r.unread)
	clear(r.used)
	looked := r.fsys.(onlyFiles).FS.(*looking)
	clear(looked.files)
	looked.listed = false
	return k
}

// within returns what was found for another reading, with its rounds: itself, where
// they are the same ones.
func (k *result) within(r *reader) *result {
	rounds := r.c.Rounds
	if k.names == r.names {
		return k
	}
	other := func(round *campaign.Round) bool { return round != nil && rounds[round.Index] != round }
	if !slices.ContainsFunc(k.items, func(i *campaign.Item) bool { return other(i.Round) }) &&
		!slices.ContainsFunc(k.reports, func(r *campaign.Report) bool { return other(r.Round) }) {
		k.names = r.names
		return k
	}
	moved, f := *k, *k.found
	moved.found, moved.names, f.items, f.reports = &f, r.names, slices.Clone(f.items), slices.Clone(f.reports)
	for n, i := range f.items {
		if other(i.Round) {
			f.items[n] = new(*i)
			f.items[n].Round = rounds[i.Round.Index]
		}
	}
	for n, report := range f.reports {
		if other(report.Round) {
			f.reports[n] = new(*report)
			f.reports[n].Round = rounds[report.Round.Index]
		}
	}
	return &moved
}

// adopt adds to the campaign what was found in a file.
func (r *reader) adopt(f *found) {
	r.findings = append(r.findings, f.findings...)
	r.c.Reports = append(r.c.Reports, f.reports...)
	r.c.Items = append(r.c.Items, f.items...)
	for _, file := range f.doubtful {
		r.doubtful[file] = true
	}
	for _, u := range f.unread {
		r.unread[u.File] = u.At
	}
	for _, file := range f.used {
		r.used[file] = true
	}
}

// item puts off the reading of an item; all but kind and file are of narratives.
func (r *reader) item(kind campaign.Kind, file string, round *campaign.Round, d *campaign.Department, region *campaign.Region) {
	r.beside(file, func(o *reader) {
		o.readItem(&campaign.Item{Kind: kind, File: file, Round: round, Department: d, Region: region})
	})
}

// report puts off the reading of a filled-in form.
func (r *reader) report(round *campaign.Round, d *campaign.Department, region *campaign.Region, file string) {
	r.beside(file, func(o *reader) { o.readReport(round, d, region, file) })
}
