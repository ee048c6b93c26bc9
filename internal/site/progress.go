package site

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/stats"
)

// timeline is the campaign's phases as of the view's day, each a bar between
// the first day and the last.
type timeline struct {
	Date   string
	State  string // one sentence on where the campaign stands
	Phases []phaseBar
	Months []tick
	Today  string // position of the day in percent; "" when it lies outside
}

type phaseBar struct {
	Name, Dates, State, Summary string
	Class                       string // past, current or coming
	Left, Width                 string // in percent
}

// tick marks the first of a month on the timeline.
type tick struct{ Name, At, Width string }

// timeline returns nothing for a campaign without phases.
func (r *rendering) timeline() *timeline {
	from, to := r.campaign.Term()
	if from.IsZero() {
		return nil
	}
	today := r.view.Date()
	days := from.DaysUntil(to) + 1
	at := func(d campaign.Date) string { return portion(from.DaysUntil(d), days) }
	t := &timeline{Date: today.Chinese()}
	var running []string
	past := 0
	for _, p := range r.campaign.Phases {
		bar := phaseBar{
			Name: p.Name, Dates: span(p.From, p.To), Summary: p.Summary,
			Left: at(p.From), Width: portion(p.From.DaysUntil(p.To)+1, days),
		}
		switch {
		case today.Before(p.From):
			bar.State, bar.Class = r.say("未开始"), "coming"
		case today.After(p.To):
			bar.State, bar.Class = r.say("已结束"), "past"
			past++
		default:
			bar.State, bar.Class = r.say("进行中"), "current"
			running = append(running, p.Name)
		}
		t.Phases = append(t.Phases, bar)
	}
	switch {
	case len(running) > 0:
		t.State = r.sayf("正处于%s阶段", strings.Join(running, "、"))
	case past == len(t.Phases):
		t.State = r.say("各阶段均已结束")
	case past == 0:
		t.State = r.say("行动尚未开始")
	default:
		t.State = r.say("上一阶段已结束，下一阶段尚未开始")
	}
	if !today.Before(from) && !today.After(to) {
		t.Today = at(today)
	}
	for first := (campaign.Date{Year: from.Year, Month: from.Month, Day: 1}); !first.After(to); first = first.AddMonths(1) {
		start, end := first, first.AddMonths(1)
		if start.Before(from) {
			start = from
		}
		if end.After(to) {
			end = to.AddDays(1)
		}
		t.Months = append(t.Months, tick{fmt.Sprintf("%d月", first.Month), at(start), portion(start.DaysUntil(end), days)})
	}
	return t
}

// portion returns part of whole in percent, exact to two places.
func portion(part, whole int) string {
	return decimal.NewFromInt(int64(part)*100).DivRound(decimal.NewFromInt(int64(whole)), 2).String()
}

type progressData struct {
	Timeline    *timeline
	Rounds      []roundState
	Ledgers     []ledger
	Office      bool   // the ledger is for the office only
	Forthcoming string // the page of what is published when
}

// roundState says of a reporting round what it asked for and whether its
// figures are out.
type roundState struct {
	Name, Deadline, Basis, Meaning string
	Published, Updated             string
	Statistics                     link
	Held                           []string
}

// ledger tells who reported when.
type ledger struct {
	Round  string
	Lines  []ledgerLine
	Unread bool // some region's form cannot be read
	// Summary is how the lead office stands with its own, for the office; "" for one
	// that is not owed.
	Summary, SummaryClass string
}

type ledgerLine struct {
	Department link
	Form       string
	FormClass  string
	FiledOn    string
	Narrative  string
	NarClass   string
	Counties   string
	Missing    string
	Late       string
	Unread     string
}

func progressPages(s *site) []*page {
	return []*page{{
		path: "progress/index.html", template: "progress", title: s.say("行动进展"), menu: s.progressMenu(), section: "progress/index.html",
		description: s.short() + s.say("的各个阶段、报送期次和数据公布情况。"),
		keywords:    []string{"行动进展", "阶段", "报送期次"}, column: &column{s.say("行动进展"), "工作动态"}, changed: s.figures.Changed,
		unlisted: s.progressMenu() == "",
		data: func(r *rendering) (any, error) {
			d := progressData{Timeline: r.timeline(), Office: !s.campaign.LedgerPublic}
			if len(s.announced()) > 0 {
				d.Forthcoming = r.to(forthcomingPath)
			}
			for _, round := range s.campaign.Rounds {
				d.Rounds = append(d.Rounds, r.roundState(round))
				if s.view.ShowsLedger() {
					d.Ledgers = append(d.Ledgers, r.ledger(round))
				}
			}
			return d, nil
		},
	}}
}

func (s *site) progressMenu() string {
	if len(s.campaign.Phases)+len(s.campaign.Rounds) == 0 {
		return ""
	}
	return s.say("行动进展")
}

func (r *rendering) roundState(round *campaign.Round) roundState {
	state := roundState{Name: round.Name, Deadline: round.Deadline.Chinese(), Basis: string(round.Basis), Held: r.view.MarkRound(round)}
	state.Meaning = r.say("从行动开始算起")
	if round.Basis == campaign.Current {
		state.Meaning = r.say("从上一期之后算起")
	}
	if at := r.roundChange(round); !at.IsZero() && state.Held == nil {
		state.Published, state.Updated = at.String(), r.updatedOn(round.Release)
		state.Statistics = link{Text: round.Name + r.say("统计表"), Href: r.to("statistics/index.html") + "#" + round.Code}
	}
	return state
}

// standingClass keys the style of a standing; the words say it as well.
var standingClass = map[stats.Standing]string{
	stats.Filed: "done", stats.LateFile: "late", stats.NotFiled: "missing", stats.Unread: "missing", stats.NotDue: "", stats.NoForm: "",
}

func (r *rendering) ledger(round *campaign.Round) ledger {
	l := ledger{Round: round.Name}
	if standing := r.stats.Summary(round, r.view.Date()); r.toOffice() {
		l.Summary, l.SummaryClass = string(standing), standingClass[standing]
	}
	for _, line := range r.stats.Ledger(round, r.view.Date()) {
		shown := ledgerLine{
			Department: r.departmentLink(line.Department),
			Form:       string(line.Form), FormClass: standingClass[line.Form], FiledOn: line.FiledOn.String(),
			Narrative: string(line.Narrative), NarClass: standingClass[line.Narrative],
		}
		if r.view.Audience() == release.ForPublic {
			// The public view does not know of a narrative that is held back: that
			// it has not been handed in would be untrue.
			shown.Narrative, shown.NarClass = r.say("未公布"), ""
			if line.Narrative == stats.Filed {
				shown.Narrative, shown.NarClass = r.say("已公布"), standingClass[stats.Filed]
			}
		}
		if !line.ArrivedOn.IsZero() {
			shown.FiledOn = line.ArrivedOn.String() + r.say(" 收到")
		}
		if line.CountiesDue > 0 {
			shown.Counties = fmt.Sprintf("%d/%d", line.Counties, line.CountiesDue)
			shown.Missing, shown.Late, shown.Unread = stats.Names(line.MissingRegions), stats.Names(line.LateRegions), stats.Names(line.UnreadRegions)
			l.Unread = l.Unread || shown.Unread != ""
		}
		l.Lines = append(l.Lines, shown)
	}
	return l
}
