package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/inbox"
	"wangjian/internal/incoming"
	"wangjian/internal/outgoing"
	"wangjian/internal/project"
)

// sendScreen makes what goes out to the units at the beginning of a round.
func sendScreen() *screen {
	return &screen{
		name: "send", title: "发表", words: "给每个单位发报表、总结模板和通知，打成一个包。",
		data:  sendData,
		acts:  map[string]act{"make": makeForms},
		parts: map[string]act{"pack": sentPack},
		waits: func(r *request) waiting {
			l := r.loaded
			if len(settingsFaults(l)) > 0 || len(l.Campaign.Rounds) == 0 || len(l.Campaign.Departments) == 0 {
				return waiting{}
			}
			round := incoming.CurrentRound(l.Campaign, l.Date)
			if _, err := fs.Stat(l.Files, path.Join(inbox.Sent, round.Name)); err == nil || len(l.Campaign.ReportsOf(round)) > 0 {
				return waiting{}
			}
			return waiting{Words: "还没有把" + round.Name + "的报表发给各单位", Act: "去发表"}
		},
	}
}

type sendPage struct {
	Rounds      []*campaign.Round
	Round       *campaign.Round
	Departments []sendUnit
	Faults      []campaign.Finding // of the files that forms are drawn from
	Regions     int
	Result      *sendResult
}

type sendUnit struct {
	*campaign.Department
	Rows     int
	Counties bool // they report to it already
}

// sendResult is what was made last, as long as the window is open.
type sendResult struct {
	Words string
	Kept  []string
	file  download
}

// settingsFaults are the errors in the campaign's own files, by which forms would be
// wrong.
func settingsFaults(l *project.Loaded) (list []campaign.Finding) {
	for _, f := range l.Findings {
		if f.Level == campaign.Error && (f.At.File == settingsFile || f.At.File == formFile) {
			list = append(list, f)
		}
	}
	return list
}

const (
	settingsFile = "data/campaign.yaml"
	formFile     = "data/form.yaml"
)

func sendData(r *request) (any, error) {
	l := r.loaded
	if l == nil {
		return nil, errUnread
	}
	c := l.Campaign
	p := &sendPage{Rounds: c.Rounds, Round: incoming.CurrentRound(c, l.Date), Faults: settingsFaults(l), Regions: len(c.Regions)}
	if asked := c.FindRound(r.value("round")); asked != nil {
		p.Round = asked
	}
	p.Result, _ = r.work.keptAs("sent").(*sendResult)
	reporting := l.Book.CountyDepartments()
	for _, d := range c.Departments {
		p.Departments = append(p.Departments, sendUnit{d, len(c.Form.RowsOf(d)), slices.Contains(reporting, d)})
	}
	return p, nil
}

// makeForms makes the files of a round, notes them for 发表/, and keeps them in one
// zip to be saved.
func makeForms(r *request) (answer, error) {
	l, err := r.fresh()
	if err != nil {
		return nil, err
	}
	if len(settingsFaults(l)) > 0 {
		return nil, errors.New("先把活动设置和统计表里的错误改好，发出去的表才对")
	}
	round := l.Campaign.FindRound(r.value("round"))
	if round == nil {
		return nil, errors.New("没有选是哪一期：期次在“开始”的活动设置里填")
	}
	o := outgoing.Options{Round: round, Letters: r.value("letters") != "", Day: l.Date}
	for _, code := range r.Form["department"] {
		if d := l.Campaign.FindDepartment(code); d != nil {
			o.Departments = append(o.Departments, d)
		}
	}
	if len(o.Departments) == 0 {
		return nil, errors.New("没有选发给哪些部门：在前面打勾")
	}
	for _, code := range r.Form["counties"] {
		if d := l.Campaign.FindDepartment(code); d != nil {
			o.Counties = append(o.Counties, d)
		}
	}
	replace, w := r.value("replace") != "", r.work
	return long{"做" + round.Name + "的报表", func(ctx context.Context, p *progress) (answer, error) {
		p.say(0, 0, "正在做每个单位的报表、总结模板和通知")
		list, err := outgoing.Files(l.Campaign, o)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		return proposeForms(w, l, list, round, replace)
	}}, nil
}

// proposeForms is what is written of the files; one that was filled in stays as it is
// unless it is to be replaced.
func proposeForms(w *work, l *project.Loaded, list []outgoing.File, round *campaign.Round, replace bool) (answer, error) {
	var pack bytes.Buffer
	if err := outgoing.Pack(&pack, list, l.Date); err != nil {
		return nil, err
	}
	set := change.Of(l.Files)
	kept, err := outgoing.Note(set, inbox.Sent, list, replace, l.Date)
	if err != nil {
		return nil, err
	}
	result := &sendResult{
		Words: fmt.Sprintf("%s的 %d 个文件已打成一个包，一个单位一个文件夹。", round.Name, len(list)), Kept: kept,
		file: download{outgoingName(round, l.Date), "application/zip", pack.Bytes()},
	}
	keep := func() { w.keep("sent", result) }
	if set.IsEmpty() {
		keep()
		return goTo(address("send", "round", round.Code)), nil
	}
	p := proposal{title: "发出" + round.Name + "的报表", set: set, next: address("send", "round", round.Code), done: "已放在“发表”里，也登记了", written: keep}
	if len(kept) > 0 {
		p.words = append(p.words, fmt.Sprintf("有 %d 个没有动，已有人填过，或不是这里发出的：%s", len(kept), strings.Join(kept, "、")))
	}
	return p, nil
}

func outgoingName(round *campaign.Round, day campaign.Date) string {
	return strings.NewReplacer("/", "／", `\`, "＼").Replace(round.Name) + "报表_" + day.String() + ".zip"
}

// sentPack hands the last zip to the browser.
func sentPack(r *request) (answer, error) {
	result, ok := r.work.keptAs("sent").(*sendResult)
	if !ok {
		return nil, errors.New("这次打开工作台以后还没有做过报表，请再做一次：没有变化的不会重写")
	}
	return result.file, nil
}
