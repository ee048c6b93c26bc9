package source

import (
	"iter"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"wangjian/internal/cache"
	"wangjian/internal/campaign"
)

// inParallel shares n jobs out among workers.
func inParallel(n int, worker func(jobs iter.Seq[int])) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		workers.Go(func() {
			worker(func(yield func(int) bool) {
				for job := int(next.Add(1)) - 1; job < n && yield(job); job = int(next.Add(1)) - 1 {
				}
			})
		})
	}
	workers.Wait()
}

// deferred is a file whose reading was put off until [reader.readDeferred], which
// reads several at a time. Reading it may look at the settings and the form, and
// at nothing that comes from other files.
type deferred struct {
	file string
	read func(*reader)
}

func (r *reader) putOff(file string, read func(*reader)) {
	r.deferred = append(r.deferred, deferred{file, read})
}

// readDeferred reads what was put off and is not in the cache. What the files
// contain is added in the order in which they were put off, so that the outcome
// does not depend on which was read first.
func (r *reader) readDeferred() {
	jobs := r.deferred
	r.deferred, r.jobs = nil, r.jobs+len(jobs)
	results := make([]*cached, len(jobs))
	inParallel(len(jobs), func(mine iter.Seq[int]) {
		o := r.fork()
		defer o.fsys.close()
		for n := range mine {
			if k := r.previous[jobs[n].file]; k != nil && k.Inputs.Match(r.now) && (k.names == r.names || r.names.same(k.Resolved)) {
				results[n] = k.of(r)
				continue
			}
			jobs[n].read(o)
			results[n] = o.take(jobs[n].file, r.now)
		}
	})
	for n, k := range results {
		results[n] = nil
		r.add(k.result)
		if k.Inputs != nil {
			r.results[k.File] = k
		}
	}
}

// result is what a file contains, and what was found in it. It is not changed any
// more.
type result struct {
	File           string
	Inputs         cache.Inputs // what was looked at; nil where that does not show whether it is as it was
	Findings       []campaign.Finding
	Reports        []*campaign.Report
	Items          []*campaign.Item
	Doubtful, Used []string
	Unread         []unread
	Resolved       []resolution
}

// unread is a file that cannot be read, with its first fault.
type unread struct {
	File string
	At   campaign.Position
}

// fork returns a reader for files that are read in parallel: it sees the settings
// and the form, and adds to a campaign of its own.
func (r *reader) fork() *reader {
	o := newReader(r.fsys.FS, r.inspect)
	o.fsys.near = true
	seen := *r.settings.c
	o.c, o.finder, o.settled, o.names = &seen, r.settings.finder, true, r.names
	return o
}

// take returns what a fork has read of a file, and forgets it.
func (r *reader) take(file string, now *cache.Snapshot) *cached {
	k := &result{
		File: file, Inputs: r.inputs(now), Findings: r.findings, Reports: r.c.Reports, Items: r.c.Items,
		Doubtful: slices.Collect(maps.Keys(r.doubtful)), Used: slices.Collect(maps.Keys(r.used)), Resolved: r.resolved,
	}
	for file, at := range r.unread {
		k.Unread = append(k.Unread, unread{file, at})
	}
	r.findings, r.c.Reports, r.c.Items, r.resolved, r.fsys.listed = nil, nil, nil, nil, false
	clear(r.doubtful)
	clear(r.unread)
	clear(r.used)
	clear(r.fsys.tracked)
	return &cached{result: k, names: r.names}
}

// linked is a result whose items and reports refer to another campaign's rounds,
// departments, regions, priorities and rows: to those at the same places.
func (k *result) linked(c *campaign.Campaign) *result {
	moved := *k
	moved.Items, moved.Reports = slices.Clone(k.Items), slices.Clone(k.Reports)
	for n, i := range k.Items {
		i = new(*i)
		i.Round, i.Department, i.Region = round(c, i.Round), department(c, i.Department), region(c, i.Region)
		if i.Case != nil {
			i.Case = new(*i.Case)
			i.Case.Priority = other(c.Priorities, i.Case.Priority, func(p *campaign.Priority) int { return p.Index })
		}
		moved.Items[n] = i
	}
	for n, r := range k.Reports {
		r = new(*r)
		r.Round, r.Department, r.Region = round(c, r.Round), department(c, r.Department), region(c, r.Region)
		r.Entries, r.Own = rows(c, r.Entries), rows(c, r.Own)
		moved.Reports[n] = r
	}
	return &moved
}

func round(c *campaign.Campaign, was *campaign.Round) *campaign.Round {
	return other(c.Rounds, was, func(r *campaign.Round) int { return r.Index })
}

func department(c *campaign.Campaign, was *campaign.Department) *campaign.Department {
	return other(c.Departments, was, func(d *campaign.Department) int { return d.Index })
}

func region(c *campaign.Campaign, was *campaign.Region) *campaign.Region {
	return other(c.Regions, was, func(r *campaign.Region) int { return r.Index })
}

func rows(c *campaign.Campaign, entries campaign.Entries) campaign.Entries {
	entries = slices.Clone(entries)
	for n := range entries {
		entries[n].Row = other(c.Form.Rows, entries[n].Row, func(r *campaign.Row) int { return r.Index })
	}
	return entries
}

// other returns the element of a list at the place that one of another list has.
func other[T any](list []*T, was *T, index func(*T) int) *T {
	if was == nil || index(was) < 0 || index(was) >= len(list) {
		return nil
	}
	return list[index(was)]
}

// add adds to the campaign what a file contains.
func (r *reader) add(k *result) {
	r.findings = append(r.findings, k.Findings...)
	r.c.Reports = append(r.c.Reports, k.Reports...)
	r.c.Items = append(r.c.Items, k.Items...)
	for _, file := range k.Doubtful {
		r.doubtful[file] = true
	}
	for _, u := range k.Unread {
		r.unread[u.File] = u.At
	}
	for _, file := range k.Used {
		r.used[file] = true
	}
}
