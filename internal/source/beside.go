package source

import (
	"io/fs"
	"maps"
	"runtime"
	"sync"
	"sync/atomic"

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
	r.later = nil
	own := make([]*reader, len(jobs))
	keep := make([]*kept, len(jobs))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(jobs)) {
		workers.Go(func() {
			near := &nearby{FS: r.fsys.(onlyFiles).FS.(*looking).FS}
			defer near.close()
			for {
				n := int(next.Add(1)) - 1
				if n >= len(jobs) {
					return
				}
				if k := r.memory.files[jobs[n].file]; k != nil && k.holds(r.now) {
					own[n], keep[n] = k.found, k
					continue
				}
				own[n] = r.fork(near)
				jobs[n].read(own[n])
				own[n].c = &campaign.Campaign{Reports: own[n].c.Reports, Items: own[n].c.Items} // all that it adds
				keep[n] = own[n].keep(r.now)
			}
		})
	}
	workers.Wait()
	for n, o := range own {
		r.adopt(o)
		if keep[n] != nil {
			r.keeping[jobs[n].file] = keep[n]
		}
	}
}

// fork gives a reader for one file: it sees the settings and the form, and adds
// to a campaign of its own.
func (r *reader) fork(fsys fs.FS) *reader {
	o := newReader(fsys, r.inspect)
	seen := *r.ground.c
	o.c, o.settled = &seen, true
	return o
}

// adopt adds what a reader found to the campaign. The reader may be kept: what
// it found is not changed, but copied.
func (r *reader) adopt(o *reader) {
	r.findings = append(r.findings, o.findings...)
	for _, was := range o.c.Reports {
		report := *was
		report.Round = r.c.Rounds[was.Round.Index]
		r.c.Reports = append(r.c.Reports, &report)
	}
	for _, was := range o.c.Items {
		item := *was
		if was.Round != nil {
			item.Round = r.c.Rounds[was.Round.Index]
		}
		r.c.Items = append(r.c.Items, &item)
	}
	maps.Copy(r.doubtful, o.doubtful)
	maps.Copy(r.used, o.used)
}

// item puts off the reading of an item.
func (r *reader) item(i *campaign.Item) { r.beside(i.File, func(o *reader) { o.readItem(i) }) }

// report puts off the reading of a filled-in form.
func (r *reader) report(round *campaign.Round, d *campaign.Department, region *campaign.Region, file string) {
	r.beside(file, func(o *reader) { o.readReport(round, d, region, file) })
}
