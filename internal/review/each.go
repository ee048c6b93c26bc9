package review

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"wangjian/internal/campaign"
	"wangjian/internal/stats"
)

// each makes a check of what looks at one part of the campaign at a time.
func each[T any](parts func(*Context) []T, check func(*Context, T)) func(*Context) {
	return func(c *Context) {
		for _, part := range parts(c) {
			check(c, part)
		}
	}
}

func items(c *Context) []*campaign.Item { return c.Campaign.Items }

// publicFirst returns the items, those before the others that are or would be
// public: what several share is reported where it matters most.
func publicFirst(c *Context) []*campaign.Item {
	is := func(i *campaign.Item) bool { return c.Exposed.Item(i) }
	isNot := func(i *campaign.Item) bool { return !is(i) }
	return append(where(c.Campaign.Items, is), where(c.Campaign.Items, isNot)...)
}

func narratives(c *Context) []*campaign.Item { return c.Campaign.ItemsOf(campaign.Narratives) }
func cases(c *Context) []*campaign.Item {
	return where(c.Campaign.Items, func(i *campaign.Item) bool { return i.Case != nil })
}
func documents(c *Context) []*campaign.Item {
	return where(c.Campaign.Items, func(i *campaign.Item) bool { return i.Document != nil })
}

func where[T any](list []T, is func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), func(x T) bool { return !is(x) })
}

// links returns every link and picture of every body.
func links(c *Context) (list []campaign.Link) {
	for _, i := range c.Campaign.Items {
		list = append(list, i.Body.Links...)
	}
	return list
}

// releases returns every record of publication.
func releases(c *Context) []*campaign.Release { return c.Campaign.Records() }

func corrections(c *Context) []*campaign.Correction { return c.Campaign.Corrections }

// figures returns those of every report, and wholes those of the departments'.
func figures(c *Context) []*stats.Figure { return figuresOf(c, c.Campaign.Reports) }
func wholes(c *Context) []*stats.Figure {
	return figuresOf(c, where(c.Campaign.Reports, func(r *campaign.Report) bool { return r.Region == nil }))
}

func figuresOf(c *Context, reports []*campaign.Report) (list []*stats.Figure) {
	for _, r := range reports {
		for _, row := range c.Campaign.Form.RowsOf(r.Department) {
			if f := c.Book.Figure(r.Round, row, r.Region); f != nil {
				list = append(list, f)
			}
		}
	}
	return list
}

// absence is a department whose round is over.
type absence struct {
	round      *campaign.Round
	department *campaign.Department
}

// overdue returns the departments in the rounds whose deadline has passed.
func overdue(c *Context) (list []absence) {
	for _, round := range c.Campaign.Rounds {
		if !c.Date.After(round.Deadline) || c.Campaign.IsDoubtful("data/campaign.yaml") {
			continue
		}
		for _, d := range c.Campaign.Departments {
			list = append(list, absence{round, d})
		}
	}
	return list
}

// inParallel does independent work on all processors.
func inParallel(count int, do func(n int)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), count) {
		workers.Go(func() {
			for n := int(next.Add(1)) - 1; n < count; n = int(next.Add(1)) - 1 {
				do(n)
			}
		})
	}
	workers.Wait()
}
