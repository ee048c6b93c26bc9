package desk

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/cause"
	"wangjian/internal/change"
	"wangjian/internal/correction"
	"wangjian/internal/project"
	"wangjian/internal/publication"
	"wangjian/internal/publish"
	"wangjian/internal/record"
	"wangjian/internal/review"
	"wangjian/internal/signing"
)

// historyScreen shows what was public when, and takes things down.
func historyScreen() *screen {
	return &screen{
		name: "history", title: "发布记录", words: "历次发布、某一天公布着什么、更正，撤下或停止公示一篇。",
		data:  historyPage,
		acts:  map[string]act{"withdraw": withdraw, "restore": restore},
		parts: map[string]act{"day": downloadDay},
	}
}

// shownHistory is what the screen shows.
type shownHistory struct {
	Fault    string
	Findings []campaign.Finding
	Events   []shownEvent // newest first
	Earlier  int          // that are not shown
	First    campaign.Date

	Query string
	Told  *publication.Told
	Asked string // why there is no answer
	On    string
	Day   *shownDay

	Corrections []*campaign.Correction
	Withdrawals []*campaign.Correction
	Public      []campaign.PublishedItem // that may be taken down
	Stopped     []*campaign.Item
	Chosen      string
	Reasons     []string
}

// shownEvent is a publication; of a round that comes new the figures are counted.
type shownEvent struct {
	record.Event
	Figures []record.FigureChange
	Rounds  []roundCount
}

// shownDay is what was public on a day.
type shownDay struct {
	On    campaign.Date
	At    campaign.Date // of the publication
	Items []campaign.PublishedItem
	*campaign.Published
}

// mostEvents is how many publications are shown at once.
const mostEvents = 30

func historyPage(r *request) (any, error) {
	if r.loaded == nil {
		return nil, errUnread
	}
	c := r.loaded.Campaign
	s := &shownHistory{
		Query: r.value("q"), On: r.value("on"), Chosen: r.value("file"), Reasons: campaign.StopReasons,
		Corrections: c.Corrections, Withdrawals: c.Withdrawals,
	}
	for _, i := range c.Items {
		if i.Stopped != nil {
			s.Stopped = append(s.Stopped, i)
		}
	}
	h, err := publication.HistoryOf(r.loaded)
	if doubted, ok := errors.AsType[*publication.Doubted](err); ok {
		s.Fault, s.Findings = err.Error(), doubted.Findings
		return s, nil
	}
	if len(h.Events) == 0 {
		return s, nil
	}
	s.First = h.Events[0].On
	s.list(h.Events, r.value("all") != "")
	s.Public = takeable(h)
	if s.Query != "" {
		if s.Told, err = h.About(s.Query); err != nil {
			s.Asked = err.Error()
		}
	}
	if s.On != "" {
		if s.Day, err = dayOf(h, s.On); err != nil {
			s.Asked = err.Error()
		}
	}
	return s, nil
}

// list lists the publications, newest first.
func (s *shownHistory) list(events []record.Event, all bool) {
	for n, e := range slices.Backward(events) {
		if len(s.Events) == mostEvents && !all {
			s.Earlier = n + 1
			return
		}
		x := shownEvent{Event: e}
		x.Figures, x.Rounds = partFigures(e.Values)
		s.Events = append(s.Events, x)
	}
}

// partFigures parts figures that are new with their round, which are counted, from the
// others.
func partFigures(values []record.FigureChange) (list []record.FigureChange, rounds []roundCount) {
	for _, f := range values {
		if f.Was.Kind != campaign.Blank || f.Late {
			list = append(list, f)
			continue
		}
		n := slices.IndexFunc(rounds, func(c roundCount) bool { return c.Round == f.Round })
		if n < 0 {
			n, rounds = len(rounds), append(rounds, roundCount{Round: f.Round})
		}
		rounds[n].Count++
	}
	return list, rounds
}

// takeable lists the texts that are public and can be taken down.
func takeable(h *publication.History) (list []campaign.PublishedItem) {
	last := h.Record.Last()
	for _, file := range slices.Sorted(maps.Keys(last.Items)) {
		if strings.HasPrefix(file, "content/") {
			list = append(list, last.Items[file])
		}
	}
	return list
}

// dayOf is what was public on a day.
func dayOf(h *publication.History, day string) (*shownDay, error) {
	on, err := campaign.ParseDate(day)
	if err != nil {
		return nil, fmt.Errorf("日期%w，写成 2022-09-02", err)
	}
	p := h.Record.On(on)
	if p == nil {
		return nil, fmt.Errorf("%s 还没有公布任何内容（第一次发布在 %s）", on, h.Record.Entries[0].On)
	}
	d := &shownDay{On: on, At: p.At.Date, Published: p}
	for _, file := range slices.Sorted(maps.Keys(p.Items)) {
		d.Items = append(d.Items, p.Items[file])
	}
	return d, nil
}

// downloadDay is what was public on a day, as files.
func downloadDay(r *request) (answer, error) {
	if r.loaded == nil {
		return nil, errUnread
	}
	h, err := publication.HistoryOf(r.loaded)
	if err != nil {
		return nil, err
	}
	if len(h.Events) == 0 {
		return nil, errors.New("还没有发布过，没有可以下载的")
	}
	day, err := dayOf(h, r.value("on"))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for n, content := range publication.DayFiles(day.Published) {
		w, err := z.Create(publish.DayFiles[n])
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return download{fmt.Sprintf("%s公布着的.zip", day.On), "application/zip", out.Bytes()}, nil
}

// withdraw takes down an item: by 停止公示, which has a signature of its own, or in
// writing among the corrections.
func withdraw(r *request) (answer, error) {
	l, err := r.fresh()
	if err != nil {
		return nil, err
	}
	file, why, by := r.value("file"), oneLine(r.value("reason")), oneLine(r.value("by"))
	switch {
	case file == "":
		return nil, errors.New("没有选撤下哪一篇：在“内容”里选一篇")
	case why == "":
		return nil, errors.New("没有写原因：原来的网址会留下日期和原因，要写")
	case r.value("way") == "stop":
		if by == "" {
			return nil, errors.New("没有写签字人：停止公示要有人签字。姓名不会公布")
		}
		return stopItem(l, file, campaign.Stopped{By: by, Reason: why})
	}
	entries, err := publication.Withdrawals(l, []string{file})
	if err != nil {
		return nil, err
	}
	set, err := publication.Correct(l, entries, func(review.Entry) string { return why })
	if err != nil {
		return nil, err
	}
	return proposal{
		title: "撤下 " + titleOf(l, file), set: set, next: address("publish"),
		done:  fmt.Sprintf("已写进 %s。现在还没有从网站上撤下：再发布一次才撤下。", correction.File),
		words: []string{"写入以后，再发布一次，网站上就没有它了；原来的网址留下日期和原因。文件可以留着，也可以删去。"},
	}, nil
}

func titleOf(l *project.Loaded, file string) string {
	if i := l.Campaign.ItemAt(file); i != nil && i.Title != "" {
		return i.Title
	}
	return file
}

func stopItem(l *project.Loaded, file string, by campaign.Stopped) (answer, error) {
	set := change.Of(l.Files)
	if i := l.Campaign.ItemAt(file); i != nil && i.Case != nil && !slices.Contains(campaign.StopReasons, by.Reason) {
		return nil, fmt.Errorf("“%s”是典型案例，停止公示的原因只能是%s这几种之一，写的是“%s”。改写成其中一种", titleOf(l, file), strings.Join(campaign.StopReasons, "、"), by.Reason)
	}
	if _, err := signing.Stop(set, l, []string{file}, by); err != nil {
		return nil, errors.New(strings.ReplaceAll(cause.In(err), file, "“"+titleOf(l, file)+"”"))
	}
	return proposal{
		title: "停止公示 " + titleOf(l, file), set: set, next: address("publish"),
		done:  "已签停止公示。现在还没有从网站上撤下：再发布一次才撤下。",
		words: []string{"写入以后，再发布一次，网站上就没有它了。以后要恢复，在“发布记录”里按“恢复公示”。"},
	}, nil
}

// restore ends a 停止公示.
func restore(r *request) (answer, error) {
	l, err := r.fresh()
	if err != nil {
		return nil, err
	}
	file := r.value("file")
	set := change.Of(l.Files)
	if err := signing.Restore(set, l, []string{file}); err != nil {
		return nil, err
	}
	return proposal{
		title: "恢复公示 " + titleOf(l, file), set: set, next: address("publish"),
		done: "已恢复公示。停止以后没有改过的不用重签；再发布一次才出现在网站上。",
	}, nil
}
