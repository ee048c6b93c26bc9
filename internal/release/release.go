// Package release is the one gate between what was handed in and what anyone
// may see. [Public] decides what the public sees on a given day, [Whole] shows
// everything to the office. Both return a [View], which can be made nowhere
// else; renderers take a View and nothing but a View, and what they render
// ([File]) carries the view's audience, so that a public folder can refuse
// what was not made for it.
//
// A public view's Campaign holds only what is public: unreleased rounds, held
// back items, 报送部分 and, with 只公布合计, the regions' forms are not hidden in
// it, they are not there. counties.go adds those forms up.
package release

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/picture"
)

// Audience is who a view is for.
type Audience int

const (
	// ForPublic: everyone.
	ForPublic Audience = iota + 1
	// ForOffice: the lead department and the superior office.
	ForOffice
)

// Contents returns the bytes of a campaign's files. It must refuse a Markdown
// file that has changed since it was first read.
type Contents interface {
	// Body returns an item's Markdown without its front matter.
	Body(*campaign.Item) ([]byte, error)
	// Open opens a file that items publish with themselves. It must refuse an
	// item, what is outside content/, and what is a source by its content.
	Open(file string) (io.ReadCloser, error)
	// Picture returns a picture made ready to be published. Its errors are in
	// Chinese and say what is wrong with the file.
	Picture(file string) (*picture.Picture, error)
	// Bind says what a file's bytes were, by their hash. It must refuse other
	// bytes than the first of that file, with [campaign.ErrChanged], and once the campaign
	// was reviewed also a file that was not.
	Bind(file, hash string) error
	// Bound returns the hash of a file that was read; "" for none.
	Bound(file string) string
}

// View is what one audience may see of a campaign at one time. It shows the day
// as it is ([View.Date]); the time of that day only decides what is out
// ([View.Stamp]).
type View struct {
	audience  Audience
	date      campaign.Date
	campaign  *campaign.Campaign
	contents  Contents
	held      map[*campaign.Item][]string
	heldOut   []Held
	withdrawn []Withdrawn
	files     map[string]bool // of the items: nothing else opens
	forms     *forms
	// handedIn returns for each item of a public view the item as handed in.
	handedIn map[*campaign.Item]*campaign.Item
	tracker  *Tracker // nil where nobody notes what is read
}

// Held is something that was kept back, and why.
type Held struct {
	Item    *campaign.Item  // nil for a round
	Round   *campaign.Round // nil for an item
	What    string          // for what is neither
	Reasons []string
}

// Title names what was kept back.
func (h Held) Title() string {
	switch {
	case h.Item != nil:
		return h.Item.Title
	case h.Round != nil:
		return h.Round.Name + "数据"
	}
	return h.What
}

// Whole returns everything, for the preview and the submission.
func Whole(c *campaign.Campaign, at campaign.Instant, contents Contents) *View {
	held := hold(c, at.Last())
	v := &View{audience: ForOffice, date: at.Last().Date, campaign: c, contents: contents, held: held.items, heldOut: held.list(c), files: map[string]bool{}, forms: newForms(c)}
	for _, i := range c.Items {
		v.attach(i)
	}
	return v
}

// Public returns what everyone may see at a time.
func Public(c *campaign.Campaign, at campaign.Instant, contents Contents) *View {
	now := at.Last()
	date, held := now.Date, hold(c, now)
	public := *c
	public.Rounds, public.Reports, public.Items, public.Corrections, public.Collections = nil, nil, nil, nil, nil
	for _, r := range c.Rounds {
		if !held.rounds[r] {
			public.Rounds = append(public.Rounds, r)
		}
	}
	for _, r := range c.Reports {
		if !held.rounds[r.Round] {
			public.Reports = append(public.Reports, r)
		}
	}
	public.Unreadable = map[string]campaign.Position{}
	for file, at := range c.Unreadable {
		for _, r := range public.Rounds {
			if strings.HasPrefix(file, "data/"+r.Code+"/") {
				public.Unreadable[file] = at
			}
		}
	}
	for _, x := range c.Corrections {
		if !held.rounds[x.Round] && !x.On.After(date) {
			public.Corrections = append(public.Corrections, x)
		}
	}
	v := &View{audience: ForPublic, date: date, campaign: &public, contents: contents, heldOut: held.list(c), files: map[string]bool{}, handedIn: map[*campaign.Item]*campaign.Item{}, forms: newForms(&public)}
	if !v.ShowsRegions() {
		v.withholdRegions(&public)
	}
	public.History = v.history(c.History)
	for _, i := range c.Items {
		if held.items[i] != nil {
			continue
		}
		shown := withoutOfficeOnly(i)
		public.Items = append(public.Items, shown)
		v.handedIn[shown] = i
		v.attach(shown)
	}
	v.withdrawn = withdrawn(c, now, held)
	return v
}

// attach lets the files of an item be opened.
func (v *View) attach(i *campaign.Item) {
	for _, f := range i.Files() {
		v.files[f] = true
	}
}

// Audience tells who the view is for.
func (v *View) Audience() Audience { return v.audience }

// Date is the day that the view is of.
func (v *View) Date() campaign.Date { return v.date }

// Campaign returns what this audience may see. It must not be changed.
func (v *View) Campaign() *campaign.Campaign { return v.campaign }

// Held lists what the public does not see, with the reasons. It is for the
// terminal and the preview, never for a page.
func (v *View) Held() []Held { return v.heldOut }

// Mark returns the reasons for which an item of a whole view is not public; none
// when it is.
func (v *View) Mark(i *campaign.Item) []string { return v.held[i] }

// LatestRound returns the round that a reference without one means: the latest
// of which the view holds figures, or the campaign's last round where it holds
// none.
func (v *View) LatestRound() *campaign.Round { return latestRound(v.campaign) }

func latestRound(c *campaign.Campaign) *campaign.Round {
	for _, r := range slices.Backward(c.Rounds) {
		if slices.ContainsFunc(c.Reports, func(report *campaign.Report) bool { return report.Round == r }) {
			return r
		}
	}
	if len(c.Rounds) > 0 {
		return c.Rounds[len(c.Rounds)-1]
	}
	return nil
}

// Body returns an item's Markdown as this audience may read it: sections that go
// only into the submission are cut out of a public view, with the line count
// kept so that positions stay true. An item that is not of the view is refused.
func (v *View) Body(i *campaign.Item) ([]byte, error) {
	if err := v.read(i.File); err != nil {
		return nil, err
	}
	if v.audience != ForPublic {
		return v.contents.Body(i)
	}
	original := v.handedIn[i]
	if original == nil {
		return nil, fmt.Errorf("%s 没有公开，不能发布", i.File)
	}
	body, err := v.contents.Body(original)
	if err != nil {
		return nil, err
	}
	return original.WithoutOffice(body), nil
}
