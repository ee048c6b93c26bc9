package review

import (
	"strings"
	"testing"

	"wangjian/internal/campaign"
)

// TestSignDates: a sign-off of a day is judged against 发布日期 before the first
// publication, and against the day of the change after it. What was published says
// the record, and without one the sign-offs.
func TestSignDates(t *testing.T) {
	const file = "content/warnings/a.md"
	day := func(text string) campaign.Date {
		d, err := campaign.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	shown := func(file, on string) *campaign.History {
		return &campaign.History{First: map[string]campaign.Date{file: day(on)}}
	}
	signed := func(on string) (list campaign.Signoffs) {
		for n, stage := range campaign.Reviews[:2] {
			list = append(list, campaign.Signed{Stage: stage, Signoff: campaign.Signoff{By: "甲乙"[3*n : 3*n+3], On: day(on)}})
		}
		return list
	}
	final := func(on string) campaign.Signed {
		return campaign.Signed{Stage: campaign.FinalReview, Signoff: campaign.Signoff{By: "丙", On: day(on)}}
	}
	for name, test := range map[string]struct {
		history   *campaign.History
		published string
		updated   string
		before    campaign.Signoffs
		on        string
		want      string // 更新日期, or what is against it
	}{
		"before it is public":                       {nil, "2026-09-01", "", signed("2026-08-30"), "2026-08-31", ""},
		"after 发布日期, never signed":                  {nil, "2026-09-01", "", signed("2026-08-30"), "2026-09-02", "终审（2026-09-02）晚于发布日期（2026-09-01）"},
		"again, without a record":                   {nil, "2026-08-25", "", append(signed("2026-08-24"), final("2026-08-24")), "2026-09-02", "2026-09-02"},
		"a third time, without a record":            {nil, "2026-08-25", "2026-09-02", append(signed("2026-09-02"), final("2026-09-02")), "2026-09-05", "2026-09-05"},
		"in the course of it, without a record":     {nil, "2026-08-25", "", signed("2026-09-05"), "2026-09-05", "2026-09-05"},
		"shown by the record":                       {shown(file, "2026-08-25"), "2026-08-25", "", signed("2026-09-02"), "2026-09-02", "2026-09-02"},
		"shown under its former name":               {shown("content/warnings/former.md", "2026-08-25"), "2026-08-25", "", signed("2026-09-02"), "2026-09-02", "2026-09-02"},
		"on the day on which it was shown":          {shown(file, "2026-08-25"), "2026-08-25", "", signed("2026-08-25"), "2026-08-25", "2026-08-25"},
		"never shown, whoever signed it":            {shown("content/warnings/b.md", "2026-08-25"), "2026-08-25", "", append(signed("2026-08-24"), final("2026-08-24")), "2026-09-02", "终审（2026-09-02）晚于发布日期（2026-08-25）"},
		"shown later than it is signed, never else": {shown(file, "2026-09-05"), "2026-09-01", "", signed("2026-08-30"), "2026-09-01", ""},
		"out of order":                              {shown(file, "2026-08-25"), "2026-08-25", "2026-09-02", signed("2026-09-05"), "2026-09-04", "终审（2026-09-04）早于复审（2026-09-05）"},
	} {
		t.Run(name, func(t *testing.T) {
			r := &campaign.Release{PublishedAt: campaign.Moment{Date: day(test.published)}, Signoffs: test.before, Keys: campaign.Keys{Start: campaign.InFile(file)}}
			if test.updated != "" {
				r.UpdatedOn = day(test.updated)
			}
			c := &campaign.Campaign{History: test.history, Items: []*campaign.Item{{File: file, Aliases: []string{"former"}}}}
			s := Sign(c, r, final(test.on), true)
			got := strings.Join(s.Against, "；")
			if !s.Updated.IsZero() && got == "" {
				got = s.Updated.String()
			}
			if got != test.want && (test.want == "" || !strings.HasPrefix(got, test.want)) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
