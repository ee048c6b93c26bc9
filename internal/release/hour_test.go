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
