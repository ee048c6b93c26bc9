package review

import (
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"wangjian/internal/campaign"
	"wangjian/internal/prose"
	"wangjian/internal/stats"
)

// claim is what a narrative writes out about a figure of the form.
type claim struct {
	prose.Claim
	item     *campaign.Item
	sentence *campaign.Sentence
}

func (x *claim) at() campaign.Position { return x.sentence.Place(x.From) }

func (x *claim) written() string { return x.sentence.Text[x.From:x.End] }

func reference(c *Context, f *stats.Figure) string {
	where := f.Department.Short
	if f.Region != nil {
		where += "@" + f.Region.Short
	}
	return "{{" + where + "/" + c.Campaign.Form.Key(f.Row) + "}}"
}

// claims lists what the narratives write out about figures, once for both rules:
// numbers beside the name of their indicator, changes, and numbers without a
// name that equal a figure. Those of a narrative are taken over while it and the
// figures are the same.
func (c *Context) claims() []*claim {
	if c.claimed != nil {
		return c.claimed
	}
	any := prose.NewMatcher(c.Campaign, c.Book, nil, nil, nil)
	narratives := c.Campaign.ItemsOf(campaign.Narratives)
	each := make([][]*claim, len(narratives))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for n := next.Add(1) - 1; int(n) < len(narratives); n = next.Add(1) - 1 {
				i := narratives[n]
				list, ok := c.memory.figured.claims[i]
				if !ok {
					list = c.claimsOf(any.For(i.Round, i.Department, i.Region), i)
				}
				each[n] = list
			}
		})
	}
	workers.Wait()
	c.claimed = slices.Concat(append(each, []*claim{})...)
	c.memory.figured.claims = make(map[*campaign.Item][]*claim, len(narratives))
	for n, i := range narratives {
		c.memory.figured.claims[i] = each[n]
	}
	return c.claimed
}

// claimsOf lists what a narrative says.
func (c *Context) claimsOf(matcher *prose.Matcher, i *campaign.Item) (list []*claim) {
	for n := range i.Body.Sentences {
		s := &i.Body.Sentences[n]
		for _, x := range c.claimsIn(matcher, i, s) {
			list = append(list, &claim{x, i, s})
		}
	}
	return list
}

// claimsIn lists what a sentence, or the cells of a row, say.
func (c *Context) claimsIn(matcher *prose.Matcher, i *campaign.Item, s *campaign.Sentence) (list []prose.Claim) {
	within := func(from, to int) []prose.Claim {
		return moved(matcher.Sentence(s.Text[from:to], func(a, b int) *stats.Figure { return c.citedIn(i, s, from+a, from+b) }), from)
	}
	if s.Cells == nil {
		return within(0, len(s.Text))
	}
	var cells []string
	end := func(n int) int {
		if n+1 < len(s.Cells) {
			return s.Cells[n+1] - 1
		}
		return len(s.Text) - 1
	}
	for n, from := range s.Cells {
		cells = append(cells, s.Text[from:end(n)])
	}
	told := map[int]bool{}
	for _, x := range matcher.Line(s.Head, cells) {
		told[x.Cell] = true
		list = append(list, moved([]prose.Claim{x.Claim}, s.Cells[x.Cell])...)
	}
	for n, from := range s.Cells {
		if !told[n] {
			list = append(list, within(from, end(n))...)
		}
	}
	return list
}

func moved(list []prose.Claim, by int) []prose.Claim {
	for n := range list {
		list[n].From, list[n].To, list[n].End = list[n].From+by, list[n].To+by, list[n].End+by
	}
	return list
}

// otherRound returns the round that a sentence names right before a reference
// to another round's figure; nil where it compares the two, or names none.
func (c *Context) otherRound(i *campaign.Item, s *campaign.Sentence, r campaign.Run) (said *campaign.Round, f *stats.Figure) {
	if r.Reference == nil || r.Reference.Aspect != "" && r.Reference.Aspect != campaign.Value {
		return nil, nil
	}
	target, err := c.Campaign.Resolve(*r.Reference, i.Round)
	if err != nil || target.Row == nil {
		return nil, nil
	}
	before := s.Text[:r.Offset]
	clause := clauseBefore(before[strings.LastIndex(before, "\ufffc")+1:])
	for _, round := range c.Campaign.Rounds {
		if round == target.Round || hasName(clause, target.Round.Named) {
			continue
		}
		name := nameIn(clause, round.Named)
		if name != "" && !comparing.MatchString(clause) || prose.EndsOn(clause, round.Deadline) && !prose.EndsOn(clause, target.Round.Deadline) {
			return round, c.Book.Figure(target.Round, target.Row, target.Region)
		}
	}
	return nil, nil
}

// comparing words name a round to count from it.
var comparing = regexp.MustCompile(`比|较|以来|以后|之后|以前|之前|相比|至|到|与|和|后|前`)

// citedIn returns the figure of the last whole reference between two places of
// a sentence.
func (c *Context) citedIn(i *campaign.Item, s *campaign.Sentence, from, to int) *stats.Figure {
	for _, r := range slices.Backward(s.Runs) {
		if r.Reference == nil || r.Offset < from || r.Offset >= to || r.Reference.Aspect != "" && r.Reference.Aspect != campaign.Value {
			continue
		}
		target, err := c.Campaign.Resolve(*r.Reference, i.Round)
		if err != nil || target.Row == nil || strings.Contains(s.Text[r.Offset+3:to], "\ufffc") {
			return nil
		}
		return c.Book.Figure(target.Round, target.Row, target.Region)
	}
	return nil
}
