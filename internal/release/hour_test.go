package release_test

import (
	"os"
	"slices"
	"testing"

	"wangjian/internal/campaign"
	"wangjian/internal/release"
	"wangjian/internal/source"
)

func instant(t *testing.T, text string) campaign.Moment {
	t.Helper()
	m, err := campaign.ParseInstant(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// atHours is the small campaign with a warning of 2026-05-08 09:30 and a round of
// 2026-05-08 14:00; the case ends on 2026-05-08.
func atHours(t *testing.T) (*campaign.Campaign, release.Contents) {
	t.Helper()
	fsys := os.DirFS("../review/testdata/campaign")
	c, findings := source.Load(fsys)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	c.ItemAt("content/warnings/xiaolingshi.md").PublishedAt = instant(t, "2026-05-08 09:30")
	c.ItemAt("content/cases/guoqi-mianbao.md").Expires = instant(t, "2026-05-08").Date
	c.FindRound("q2").Release.PublishedAt = instant(t, "2026-05-08 14:00")
	return c, source.Contents(fsys)
}

// TestOutFromTheMinute: what has an hour is out from that minute on, a round too;
// a day counts as its end, and 有效期至 lasts to the end of its day. The reason
// names the hour once it is a matter of hours.
func TestOutFromTheMinute(t *testing.T) {
	c, contents := atHours(t)
	const warning, oneCase = "warnings/xiaolingshi.md", "cases/guoqi-mianbao.md"
	for _, w := range []struct {
		at                      string
		warning, figures, case_ bool
	}{
		{"2026-05-07", false, false, true},
		{"2026-05-08 00:00", false, false, true},
		{"2026-05-08 09:29", false, false, true},
		{"2026-05-08 09:30", true, false, true},
		{"2026-05-08 13:59", true, false, true},
		{"2026-05-08 14:00", true, true, true},
		{"2026-05-08 23:59", true, true, true},
		{"2026-05-08", true, true, true},
		{"2026-05-09 00:00", true, true, false},
	} {
		v := release.Public(c, instant(t, w.at), contents)
		out := files(v)
		figures := slices.ContainsFunc(v.Campaign().Rounds, func(r *campaign.Round) bool { return r.Code == "q2" })
		if slices.Contains(out, warning) != w.warning || figures != w.figures || slices.Contains(out, oneCase) != w.case_ {
			t.Errorf("%s: %v, figures %v", w.at, out, figures)
		}
		reasons := release.Whole(c, instant(t, w.at), contents).Mark(c.ItemAt("content/" + warning))
		want := "发布日期未到（2026-05-08）"
		if w.at > "2026-05-08" {
			want = "发布日期未到（2026-05-08 09:30）"
		}
		if held := len(reasons) > 0; held == w.warning || held && reasons[0] != want {
			t.Errorf("%s: the office is told %v", w.at, reasons)
		}
	}
}

// TestStamp: between two publications a site says the same of its time, and a
// view of what it says shows the same.
func TestStamp(t *testing.T) {
	c, contents := atHours(t)
	// Held back for another reason: its hour must not show.
	c.ItemAt("content/warnings/weiqian.md").PublishedAt = instant(t, "2026-05-08 11:00")
	for at, want := range map[string]string{
		"2026-05-07": "2026-05-07", "2026-05-08 08:00": "2026-05-08", "2026-05-08 09:30": "2026-05-08 09:30", "2026-05-08 13:59": "2026-05-08 09:30",
		"2026-05-08 14:00": "2026-05-08 14:00", "2026-05-08": "2026-05-08 14:00", "2026-05-09": "2026-05-09",
	} {
		for name, view := range map[string]func(*campaign.Campaign, campaign.Instant, release.Contents) *release.View{"public": release.Public, "whole": release.Whole} {
			v := view(c, instant(t, at), contents)
			if got := v.Stamp().Brief(); got != want {
				t.Errorf("%s at %s: stamp %s, want %s", name, at, got, want)
			}
			again := view(c, v.Stamp(), contents)
			if !slices.Equal(files(v), files(again)) || len(v.Campaign().Rounds) != len(again.Campaign().Rounds) {
				t.Errorf("%s at %s: a view of the stamp shows something else", name, at)
			}
		}
	}
}

// TestUnchanged: the time in which a campaign shows the same ends with the day,
// and at each 发布日期, of what is held back too: the list of it changes.
func TestUnchanged(t *testing.T) {
	c, _ := atHours(t)
	for at, want := range map[string][2]string{
		"2026-05-07 12:00": {"2026-05-07 00:00", "2026-05-08 00:00"},
		"2026-05-08 09:29": {"2026-05-08 00:00", "2026-05-08 09:30"},
		"2026-05-08 09:30": {"2026-05-08 09:30", "2026-05-08 14:00"},
		"2026-05-08":       {"2026-05-08 14:00", "2026-05-09 00:00"},
		"2026-05-06 09:59": {"2026-05-06 00:00", "2026-05-06 10:00"}, // an item that nobody has signed among them
	} {
		s := release.Unchanged(c, instant(t, at))
		if got := [2]string{s.From.String(), s.Until.String()}; got != want || !s.Covers(instant(t, at)) || s.Covers(s.Until) {
			t.Errorf("%s: %v, want %v", at, got, want)
		}
	}
}

// TestEdition: the edition of some contents is when the newest of them came out,
// and when the newest was changed; it is the same on every later day.
func TestEdition(t *testing.T) {
	c, contents := atHours(t)
	warning, fangan := c.ItemAt("content/warnings/xiaolingshi.md"), c.ItemAt("content/open/fangan.md")
	q1, q2 := c.FindRound("q1"), c.FindRound("q2")
	fangan.UpdatedOn = instant(t, "2026-05-07").Date
	c.Corrections = []*campaign.Correction{{Round: q1, Department: c.FindDepartment("shichang"), On: instant(t, "2026-05-10").Date}}
	unsigned := c.ItemAt("content/warnings/weiqian.md") // 初审 on 2026-05-05, to come out on 2026-05-06
	for name, w := range map[string]struct {
		items              []*campaign.Item
		rounds             []*campaign.Round
		corrections        []*campaign.Correction
		published, changed string
	}{
		"nothing":         {},
		"an item":         {[]*campaign.Item{warning}, nil, nil, "2026-05-08 09:30", "2026-05-08 09:30"},
		"one updated":     {[]*campaign.Item{fangan}, nil, nil, "2026-02-25 09:30", "2026-05-07 00:00"},
		"both":            {[]*campaign.Item{fangan, warning}, nil, nil, "2026-05-08 09:30", "2026-05-08 09:30"},
		"a round":         {nil, []*campaign.Round{q1}, nil, "2026-04-02 09:00", "2026-04-02 09:00"},
		"all":             {[]*campaign.Item{fangan, warning}, []*campaign.Round{q1, q2}, c.Corrections, "2026-05-08 14:00", "2026-05-10 00:00"},
		"what is not out": {[]*campaign.Item{unsigned}, []*campaign.Round{c.FindRound("q3")}, nil, "2026-05-08 00:00", "2026-05-08 00:00"},
	} {
		for _, day := range []string{"2026-05-20", "2026-05-21", "2027-01-01"} {
			for _, view := range []func(*campaign.Campaign, campaign.Instant, release.Contents) *release.View{release.Public, release.Whole} {
				v := view(c, instant(t, day), contents)
				if name == "what is not out" && v.Audience() == release.ForPublic {
					continue // the public has no such thing
				}
				if e := v.Edition(w.items, w.rounds, w.corrections); e.Published.String() != w.published || e.Changed.String() != w.changed {
					t.Errorf("%s on %s: published %s, changed %s; want %s, %s", name, day, e.Published, e.Changed, w.published, w.changed)
				}
			}
		}
	}
	v := release.Public(c, instant(t, "2026-05-20"), contents)
	if e := v.ReportEdition(); e.Changed.String() != "2026-05-10 00:00" {
		t.Errorf("the report is of %s", e.Changed)
	}
	// Neither documents nor pages are in the report.
	fangan.UpdatedOn = instant(t, "2026-05-19").Date
	if e := v.ReportEdition(); e.Changed.String() != "2026-05-10 00:00" {
		t.Errorf("with a document changed, the report is of %s", e.Changed)
	}
	if e := v.LatestEdition(); e.Changed.String() != "2026-05-19 00:00" {
		t.Errorf("the whole is of %s", e.Changed)
	}
	department := func(code string) string { return v.DepartmentEdition(c.FindDepartment(code)).Changed.String() }
	if got := department("chengguan"); got != "2026-05-06 10:00" { // no figures: its narrative
		t.Errorf("城管局's summary is of %s", got)
	}
	if got := department("jiaoyu"); got != "2026-05-08 14:00" {
		t.Errorf("教体局's summary is of %s", got)
	}
}
