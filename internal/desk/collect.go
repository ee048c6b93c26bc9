package desk

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"os"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
	"wangjian/internal/collect"
	"wangjian/internal/publish"
)

// received is a bundle of a campaign below that waits to be entered.
type received struct {
	id     string
	name   string
	bundle *collect.Bundle // nil where it could not be opened
	file   *os.File        // in which it is while it waits
	err    error
	told   collect.Told
	plan   *collect.Plan // by the campaign's files in a state; nil where it is to be worked out
	state  int
}

// addBundle adds a file that is a bundle; false for any other. Bundles wait in temporary
// files.
func (a *arrivals) addBundle(name string, sent multipart.File, size int64) (bool, error) {
	if !publish.IsBundle(sent, size) {
		return false, nil
	}
	waiting := size
	for _, one := range a.bundles {
		if one.bundle != nil {
			waiting += one.bundle.Original.Size
		}
	}
	if waiting > mostBundles {
		return true, fmt.Errorf("等着收下的报送材料已有 %d MB，先收下或清掉一些，再拖别的", (waiting-size)>>20)
	}
	file, err := os.CreateTemp("", "wangjian-*.zip")
	if err != nil {
		return true, cause.Failed("新建", os.TempDir(), err)
	}
	a.count++
	one := &received{id: fmt.Sprint(a.count), name: name, file: file}
	if _, err := io.Copy(file, sent); err != nil {
		one.close()
		return true, cause.Failed("写", file.Name(), err)
	}
	if one.bundle, one.err = collect.Open(name, file, size); one.err != nil {
		one.close()
	}
	a.bundles = append(a.bundles, one)
	return true, nil
}

// close removes the file of a bundle, which waits no longer.
func (one *received) close() {
	one.file.Close()
	_ = os.Remove(one.file.Name()) // the system empties its folder
}

// clear takes all bundles off the list.
func (a *arrivals) clear() {
	for _, one := range a.bundles {
		one.close()
	}
	a.bundles = nil
}

func (a *arrivals) bundleOf(id string) *received {
	if n := slices.IndexFunc(a.bundles, func(one *received) bool { return one.id == id }); n >= 0 {
		return a.bundles[n]
	}
	return nil
}

func (a *arrivals) removeBundle(gone *received) {
	if gone != nil {
		gone.close()
	}
	a.bundles = slices.DeleteFunc(a.bundles, func(one *received) bool { return one == gone })
}

// planOf works out what becomes of a bundle in the campaign as it was read last.
func (r *request) planOf(one *received) (*collect.Plan, error) {
	_, state, err := r.work.lastState()
	if err != nil || one.plan != nil && one.state == state {
		return one.plan, err
	}
	told := one.told
	told.On = cmp.Or(told.On, r.loaded.Date)
	one.state = state
	one.plan, err = collect.New(r.loaded.Files, r.loaded.Campaign, one.bundle, told)
	return one.plan, err
}

// shownBundle is a bundle with what would become of it.
type shownBundle struct {
	ID, Name, Words string
	Region          string // 代号
	Regions         []choice
	Problem         string
	Notes           []string
	Asks            []shownPair
	Direct          []string
	Replace         bool
	Files           int // that would be other than they are
	Texts           []shownText
}

// shownPair is a line of the table that is to be confirmed.
type shownPair struct {
	collect.Pair
	Field   string
	Choices []choice // none for a row that has nothing below
}

// shownText is a text that can be taken over.
type shownText struct {
	Name, Kind, Title string
	Chosen            bool
	Taken             bool // before
}

func (r *request) showBundles(a *arrivals) (list []shownBundle, err error) {
	c := r.loaded.Campaign
	for _, one := range a.bundles {
		s := shownBundle{ID: one.id, Name: one.name}
		if one.err != nil {
			s.Problem = one.err.Error()
			list = append(list, s)
			continue
		}
		p, err := r.planOf(one)
		if err != nil {
			return nil, err
		}
		s.Words, s.Notes, s.Direct, s.Replace = one.bundle.Words(), p.Notes, p.Direct, one.told.Replace
		for _, region := range c.Regions {
			s.Regions = append(s.Regions, choice{region.Code, region.Name})
		}
		if p.Region != nil {
			s.Region = p.Region.Code
		}
		for n, pair := range p.Asks {
			s.Asks = append(s.Asks, shownPair{pair, fmt.Sprintf("pair-%d", n), choicesFor(c, pair)})
		}
		for _, t := range one.bundle.Data.Texts {
			s.Texts = append(s.Texts, shownText{t.Name, t.Kind, t.Title, slices.Contains(one.told.Texts, t.Name), p.WasTaken(t.Name)})
		}
		switch {
		case p.Refused != nil && len(p.Direct) == 0:
			s.Problem = onScreen(p.Refused.Error())
		case p.Set() != nil:
			s.Files = len(p.Set().Files())
		}
		list = append(list, s)
	}
	return list, nil
}

// choicesFor lists what something below can stand for.
func choicesFor(c *campaign.Campaign, pair collect.Pair) (list []choice) {
	switch {
	case pair.Below == "" || pair.Never:
	case pair.What == collect.Rounds:
		for _, round := range c.Rounds {
			list = append(list, choice{round.Code, round.Name})
		}
	case pair.What == collect.Departments:
		for _, d := range c.Departments {
			list = append(list, choice{d.Code, d.Name})
		}
	default:
		for _, row := range c.Form.Rows {
			list = append(list, choice{row.Code(), row.Department.Short + "/" + row.Label()})
		}
	}
	return list
}

// collectIncoming takes what a person says of a bundle, and proposes to enter it once
// nothing is open.
func collectIncoming(r *request) (answer, error) {
	a := r.arrivals()
	release, err := a.hold()
	if err != nil {
		return nil, err
	}
	defer release()
	one := a.bundleOf(r.value("id"))
	if one == nil || one.bundle == nil {
		return nil, errors.New("这份报送材料已经收下或清掉了")
	}
	if _, err := r.fresh(); err != nil {
		return nil, err
	}
	if err := r.hear(one); err != nil {
		return nil, err
	}
	p, err := r.planOf(one)
	if err != nil {
		return nil, err
	}
	set := p.Set()
	if p.Refused != nil || set == nil {
		return goTo(address("incoming") + "#bundle-" + one.id), nil
	}
	if set.IsEmpty() {
		a.removeBundle(one)
		return goTo(address("incoming")), nil
	}
	return proposal{
		title: "汇集" + p.Region.Name + "的报送材料", set: set, next: address("incoming"),
		words: []string{one.bundle.Words() + "。", "原件存进 收件/，各部门的数写成这个地区的报表，来源记在 data/collected.yaml。写入以后可以撤销。"},
		written: func() {
			if release, err := a.hold(); err == nil {
				defer release()
				a.removeBundle(one)
			}
		},
		done: "已汇集" + p.Region.Name + "的报送材料。取用的文章还要在“编辑”里核对，在“审签”里签发",
	}, nil
}

// hear reads what a person says of a bundle.
func (r *request) hear(one *received) error {
	c := r.loaded.Campaign
	if code := r.value("region"); code != "" {
		if one.told.Region = c.FindRegion(code); one.told.Region == nil {
			return fmt.Errorf("没有“%s”这个地区", code)
		}
		one.plan = nil
	}
	before, err := r.planOf(one)
	if err != nil {
		return err
	}
	for n, pair := range before.Asks {
		field := fmt.Sprintf("pair-%d", n)
		if _, there := r.Form[field]; there {
			said := pair.Pairing
			if pair.Below != "" {
				said.Own = r.value(field)
			}
			one.told.Pairs = append(one.told.Pairs, said)
		}
	}
	one.told.Replace, one.told.Texts, one.plan = r.value("replace") == "1", slices.Clone(r.Form["take"]), nil
	return nil
}

// dropBundle takes a bundle off the list.
func dropBundle(r *request) (answer, error) {
	a := r.arrivals()
	release, err := a.hold()
	if err != nil {
		return nil, err
	}
	defer release()
	a.removeBundle(a.bundleOf(r.value("id")))
	return goTo(address("incoming")), nil
}
