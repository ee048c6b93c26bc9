package release

import (
	"testing"

	"wangjian/internal/campaign"
)

// TestDigest: whatever a renderer can see of a view tells in its digest, and
// what only the text of a body says does not.
func TestDigest(t *testing.T) {
	day := campaign.Date{Year: 2030, Month: 1, Day: 2}
	make := func(change func(*campaign.Campaign)) [32]byte {
		t.Helper()
		d := &campaign.Department{Named: campaign.Named{Code: "a", Name: "甲局"}}
		row := &campaign.Row{Department: d, Name: "查处案件", Unit: "件"}
		signed := campaign.Signoff{By: "某", On: campaign.Date{Year: 2029, Month: 12, Day: 31}}
		item := &campaign.Item{
			Release: campaign.Release{
				Disclosure: campaign.Proactive, PublishedAt: campaign.Moment{Date: campaign.Date{Year: 2030, Month: 1, Day: 1}},
				Signoffs: campaign.Signoffs{{Stage: campaign.FirstReview, Signoff: signed}, {Stage: campaign.SecondReview, Signoff: signed}, {Stage: campaign.FinalReview, Signoff: signed}, {Stage: campaign.SecrecyReview, Signoff: signed}},
			},
			Kind: campaign.Pages, File: "content/pages/x.md", Title: "题",
			Body: campaign.Body{Headings: []campaign.Heading{{Level: 2, Text: "一", At: campaign.Position{Line: 3}}}, Opening: "首段"},
		}
		quantity, err := campaign.ParseQuantity("12.5")
		if err != nil {
			t.Fatal(err)
		}
		round := &campaign.Round{Named: campaign.Named{Code: "r"}, Release: &item.Release}
		c := &campaign.Campaign{
			Name: "行动", Departments: []*campaign.Department{d}, Form: campaign.Form{Rows: []*campaign.Row{row}}, Rounds: []*campaign.Round{round},
			Reports:      []*campaign.Report{{Round: round, Department: d, Entries: campaign.Entries{{Row: row, Entry: campaign.Entry{Quantity: quantity, At: campaign.Position{Line: 4}}}}}},
			Items:        []*campaign.Item{item},
			IndexPattern: campaign.DefaultIndexPattern, Wording: campaign.Wording{'错': nil},
		}
		change(c)
		sum, err := Public(c, day, nil).Digest()
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	plain := make(func(*campaign.Campaign) {})
	for name, same := range map[string]func(*campaign.Campaign){
		"nothing":              func(*campaign.Campaign) {},
		"the text of a body":   func(c *campaign.Campaign) { c.Items[0].Body.Hash[0] = 1 },
		"a number in it":       func(c *campaign.Campaign) { c.Items[0].Body.Sentences = []campaign.Sentence{{Text: "3"}} },
		"a heading's own line": func(c *campaign.Campaign) { c.Items[0].Body.Headings[0].At.Line = 9 },
	} {
		if make(same) != plain {
			t.Errorf("%s changes the digest", name)
		}
	}
	for name, other := range map[string]func(*campaign.Campaign){
		"a name":            func(c *campaign.Campaign) { c.Departments[0].Name = "乙局" },
		"a heading":         func(c *campaign.Campaign) { c.Items[0].Body.Headings[0].Text = "二" },
		"how a body opens":  func(c *campaign.Campaign) { c.Items[0].Body.Opening = "别的" },
		"a title":           func(c *campaign.Campaign) { c.Items[0].Title = "别的" },
		"an item held back": func(c *campaign.Campaign) { c.Items[0].Disclosure = campaign.Withheld },
		"an office's part":  func(c *campaign.Campaign) { c.Items[0].OfficeOnly = []string{"存在问题"} },
		"a figure": func(c *campaign.Campaign) {
			changeEntry(c, func(e *campaign.Entry) { e.Quantity, _ = campaign.ParseQuantity("12.50") })
		},
		"a figure's line":     func(c *campaign.Campaign) { changeEntry(c, func(e *campaign.Entry) { e.At.Line = 5 }) },
		"a remark":            func(c *campaign.Campaign) { changeEntry(c, func(e *campaign.Entry) { e.Remark = "注" }) },
		"who a pointer is to": func(c *campaign.Campaign) { c.Lead = c.Departments[0] },
		"a word list":         func(c *campaign.Campaign) { c.Wording['别'] = nil },
		"a protected term":    func(c *campaign.Campaign) { c.Protected = []campaign.ProtectedTerm{{Text: "别"}} },
	} {
		if make(other) == plain {
			t.Errorf("%s does not change the digest", name)
		}
	}
}

func changeEntry(c *campaign.Campaign, change func(*campaign.Entry)) {
	row := c.Form.Rows[0]
	e, _ := c.Reports[0].Entries.Of(row)
	change(&e)
	c.Reports[0].Entries.Set(row, e)
}
