package source

import (
	"runtime"
	"sync"
	"sync/atomic"

	"wangjian/internal/campaign"
)

// beside puts off the reading of a file until [reader.readBeside], which reads
// several at a time. What is put off may look at the settings and the form,
// which stand, and at nothing that other files give.
func (r *reader) beside(read func(*reader)) { r.later = append(r.later, read) }

// readBeside reads what was put off. Each file gets a reader of its own, and
// what they found is taken up in the order in which the files were put off, so
// that the outcome does not depend on which was read first.
func (r *reader) readBeside() {
	jobs := r.later
	r.later = nil
	own := make([]*reader, len(jobs))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(jobs)) {
		workers.Go(func() {
			for {
				n := int(next.Add(1)) - 1
				if n >= len(jobs) {
					return
				}
				own[n] = r.fork()
				jobs[n](own[n])
			}
		})
	}
	workers.Wait()
	for _, o := range own {
		r.join(o)
	}
}

// fork gives a reader for one file: it sees the campaign as read so far, and
// adds to a campaign of its own.
func (r *reader) fork() *reader {
	seen := *r.c
	seen.Reports, seen.Items = nil, nil
	return &reader{fsys: r.fsys, c: &seen, doubtful: map[string]bool{}, used: map[string]bool{}, inspect: r.inspect, settled: true}
}

func (r *reader) join(o *reader) {
	r.findings = append(r.findings, o.findings...)
	r.c.Reports = append(r.c.Reports, o.c.Reports...)
	r.c.Items = append(r.c.Items, o.c.Items...)
	for file := range o.doubtful {
		r.doubt(file)
	}
	for file := range o.used {
		r.used[file] = true
	}
}

// item puts off the reading of an item.
func (r *reader) item(i *campaign.Item) { r.beside(func(o *reader) { o.readItem(i) }) }

// report puts off the reading of a filled-in form.
func (r *reader) report(round *campaign.Round, d *campaign.Department, region *campaign.Region, file string) {
	r.beside(func(o *reader) { o.readReport(round, d, region, file) })
}
