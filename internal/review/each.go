package review

import (
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"wangjian/internal/campaign"
	"wangjian/internal/pdf/draw"
	"wangjian/internal/source"
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

// narratives returns the narratives and the summaries.
func narratives(c *Context) []*campaign.Item {
	return where(c.Campaign.Items, func(i *campaign.Item) bool { return i.Kind.InSections() })
}

// publicFirst returns the items, those before the others that are or would be
// public: what several share is reported where it matters most.
func publicFirst(c *Context) []*campaign.Item {
	is := func(i *campaign.Item) bool { return c.Exposed.Item(i) }
	isNot := func(i *campaign.Item) bool { return !is(i) }
	return append(where(c.Campaign.Items, is), where(c.Campaign.Items, isNot)...)
}
func cases(c *Context) []*campaign.Item {
	return where(c.Campaign.Items, func(i *campaign.Item) bool { return i.Case != nil })
}
func documents(c *Context) []*campaign.Item {
	return where(c.Campaign.Items, func(i *campaign.Item) bool { return i.Document != nil })
}

func forthcoming(c *Context) []campaign.Forthcoming {
	return where(c.Campaign.Forthcoming, func(f campaign.Forthcoming) bool { return !f.On.IsZero() })
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

// reading is a text on its way through the rules about wording, cut into lines
// once for all of them.
type reading struct {
	source.Passage
	text  string
	lines []string
	// prose has the lines with what is not prose blanked out, character by
	// character, so that columns stay: comments, code, addresses of links.
	prose []string
	// What the item states, where a rule has asked for it.
	stated []*statement
	// characters are those that papers can show.
	characters *draw.Characters
}

func newReading(p source.Passage) *reading {
	r := &reading{Passage: p, text: string(p.Text)}
	r.lines = strings.Split(r.text, "\n")
	r.prose = make([]string, len(r.lines))
	fenced := false
	for n, line := range r.lines {
		if r.inFront(n) {
			r.prose[n] = withoutComment(line)
			continue
		}
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			fenced = !fenced
		}
		if !fenced {
			r.prose[n] = masked(line)
		}
	}
	return r
}

// inFront reports whether a line, from 0, is one of YAML: a data file's, or of
// front matter.
func (r *reading) inFront(n int) bool { return r.Item == nil || n+1 < r.Item.Body.FirstLine }

// at returns the position of a byte in a line, both from 0.
func (r *reading) at(n, offset int) campaign.Position {
	return campaign.Position{File: r.File, Line: n + 1, Column: utf8.RuneCountInString(r.lines[n][:offset]) + 1}
}

// inProse returns the position of a byte in the prose of a line, both from 0.
func (r *reading) inProse(n, offset int) campaign.Position {
	return campaign.Position{File: r.File, Line: n + 1, Column: utf8.RuneCountInString(r.prose[n][:offset]) + 1}
}

// masked blanks out what is not prose: code, references, addresses, footnotes.
func masked(line string) string {
	var b strings.Builder
	for {
		at := strings.IndexAny(line, "`{]<[")
		if at < 0 && b.Len() == 0 {
			return line
		} else if at < 0 {
			return b.String() + line
		}
		n := notWords(line[at:])
		b.WriteString(line[:at])
		b.WriteString(strings.Repeat("\x00", utf8.RuneCountInString(line[at:at+n])))
		if n == 0 {
			b.WriteByte(line[at])
			n = 1
		}
		line = line[at+n:]
	}
}

// notProse are the marks around what is no prose.
var notProse = [][2]string{{"`", "`"}, {"{{", "}}"}, {"](", ")"}, {"<http:", ">"}, {"<https:", ">"}, {"[^", "]:"}, {"[^", "]"}}

// notWords returns the length of what a text starts with that is not prose; 0
// where it starts with prose.
func notWords(s string) int {
	for _, m := range notProse {
		if rest, ok := strings.CutPrefix(s, m[0]); ok {
			end := strings.Index(rest, m[1][:1])
			if end >= 0 && strings.HasPrefix(rest[end:], m[1]) {
				return len(m[0]) + end + len(m[1])
			}
		}
	}
	return 0
}

// occurrences lists where a word begins in a text.
func occurrences(text, word string) (list []int) {
	for end := 0; word != ""; end += len(word) {
		at := strings.Index(text[end:], word)
		if at < 0 {
			break
		}
		end += at
		list = append(list, end)
	}
	return list
}
