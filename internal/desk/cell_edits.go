package desk

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/change"
	"wangjian/internal/forms"
	"wangjian/internal/project"
)

// faultView is what could not be taken of some edits.
type faultView struct {
	Faults []shownFault
	Back   string
}

type shownFault struct {
	Where, Text, Message, Hint string
	File                       string
	Line                       int
}

// proposeCells proposes what was typed or pasted, all cells as one change.
func proposeCells(r *request) (answer, error) {
	if _, err := r.fresh(); err != nil {
		return nil, err
	}
	l, err := r.settled()
	if err != nil {
		return nil, err
	}
	round := l.Campaign.FindRound(r.value("round"))
	if round == nil {
		return nil, errors.New("没有这一期了，请重新打开“数据”")
	}
	edits, notes, err := r.cellEdits(l, round)
	if err != nil {
		return nil, err
	}
	back := address("data", "round", round.Code, "sheet", r.value("sheet"), "field", r.value("field"))
	if len(edits) == 0 {
		return nil, errors.New("没有改动，不用写")
	}
	set := change.Of(l.Files)
	if faults := forms.SetCells(l.Campaign, set, edits, l.Date); len(faults) > 0 {
		v := faultView{Back: back}
		for _, f := range faults {
			shown := shownFault{Where: whereOf(l.Campaign, f.Cell), Text: f.Text, Message: f.Message, Hint: f.Hint}
			if f.Rule == "import-existing" {
				shown.File, shown.Line = f.File(), 1
				if at, broken := l.Campaign.Unread(f.File()); broken {
					shown.File, shown.Line = at.File, at.Line
				}
			}
			v.Faults = append(v.Faults, shown)
		}
		return page{"data-faults", v}, nil
	}
	return proposal{
		title: fmt.Sprintf("改写%s数据 %d 格：%s", round.Name, len(edits), strings.Join(unitsOf(l.Campaign, edits), "、")),
		set:   set, words: notes, next: back, done: fmt.Sprintf("已写 %d 格", len(edits)),
	}, nil
}

// cellEdits lists the cells that are to say something else than the page showed, and
// tells of those that somebody has changed since.
func (r *request) cellEdits(l *project.Loaded, round *campaign.Round) (edits []forms.CellEdit, notes []string, err error) {
	var seen map[string]string
	if err := json.Unmarshal([]byte(r.value("seen")), &seen); err != nil {
		return nil, nil, errors.New("这一页没有送完整，请刷新以后再来")
	}
	s := newSheetReader(l, round)
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		if !strings.HasPrefix(name, "c/") {
			continue
		}
		text := strings.TrimSpace(r.PostForm.Get(name))
		was, shown := seen[name]
		if shown && text == was {
			continue
		}
		cell, ok := cellNamed(l.Campaign, round, name)
		if !ok {
			return nil, nil, errors.New("统计表的项目刚刚改过，请刷新以后再来")
		}
		if _, now, _ := s.of(cell); shown && now.Text != was {
			notes = append(notes, fmt.Sprintf("注意：%s在打开这一页以后被改成了“%s”（原来是“%s”），这里要写“%s”。", whereOf(l.Campaign, cell), now.Text, was, text))
		}
		edits = append(edits, forms.CellEdit{Cell: cell, Text: text})
	}
	slices.SortStableFunc(edits, func(a, b forms.CellEdit) int { return a.Row.Index - b.Row.Index })
	return edits, notes, nil
}

// whereOf names a cell.
func whereOf(c *campaign.Campaign, cell forms.Cell) string {
	unit := cell.Row.Department.Short
	switch {
	case cell.Own:
		unit += "本级"
	case cell.Region != nil:
		unit += " " + cell.Region.Short
	}
	return unit + "“" + cell.Row.Label() + "”的" + string(cell.Field)
}

func unitsOf(c *campaign.Campaign, edits []forms.CellEdit) (names []string) {
	for _, e := range edits {
		name := e.Row.Department.Short
		if e.Region != nil {
			name = forms.UnitName(c, e.Row.Department, e.Region)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
