package desk

import (
	"bytes"

	"wangjian/internal/campaign"
	"wangjian/internal/forms"
	"wangjian/internal/stats"
)

// cellDetail is all that is known of a cell.
type cellDetail struct {
	Where, Value string
	State        string
	File         string
	Line         int
	Facts        [][2]string
	Originals    []original
	Parts        [][2]string // of a sum
	Findings     []campaign.Finding
	Unit         string // its page's address
}

// stateWords say what a state means.
var stateWords = map[string]string{
	"missing": "没有填：这不是 0，也不是 无", "none": "无：没有这项工作", "zero": "0：有这项工作，没有发生",
	"sum": "汇总：由各地和本级加出来", "wrong": "读不出是多少", "unread": "整个文件读不出，先改好",
}

func (s *sheetReader) detail(c forms.Cell) *cellDetail {
	f, w, there := s.of(c)
	g := s.cell(c, string(c.Field))
	d := &cellDetail{Where: whereOf(s.l.Campaign, c), Value: g.Text, State: stateWords[g.State], Unit: unitAddress(s.round, c.Row.Department, c.Region)}
	if f.there {
		d.File, d.Line = f.file, max(w.Line, 1)
	}
	if there {
		d.Findings = f.findings[w.Line]
	}
	fact := func(key, value string) {
		if value != "" {
			d.Facts = append(d.Facts, [2]string{key, value})
		}
	}
	fact("算得", g.Computed)
	if r := f.report; r != nil {
		fact("填报单位", r.Unit)
		fact("填报日期", r.FiledOn.String())
		fact("收到日期", r.ArrivedOn.String())
	}
	if figure := s.figure(c); figure != nil && c.Field == forms.QuantityField {
		before, movement, why := s.change(c)
		fact("上期", before)
		fact("比上期", movement+why)
		fact("上年同期", figure.YearOnYear())
		fact("更正", figure.Corrected())
		s.parts(d, figure)
	}
	if entries, err := originalsOf(s.l, f.file); err == nil {
		d.Originals = entries
	}
	return d
}

// parts lists what a sum is made of.
func (s *sheetReader) parts(d *cellDetail, f *stats.Figure) {
	for _, p := range f.Parts {
		name := "本级"
		if p.Region != nil {
			name = p.Region.Short
		}
		d.Parts = append(d.Parts, [2]string{name, p.Quantity.String()})
	}
	if len(f.Parts) == 0 {
		return
	}
	total := stats.SumOf(f.Parts)
	d.Parts = append(d.Parts, [2]string{"各地加本级", total.String()})
	if !f.Computed && !f.Quantity.Equal(total) {
		d.Parts = append(d.Parts, [2]string{"差", f.Quantity.Decimal().Sub(total.Decimal()).String()})
	}
	if lacks := stats.Lacks(f.Coverage); lacks != "" {
		d.Facts = append(d.Facts, [2]string{"范围", lacks})
	}
}

// showCell is the details of a cell, for the page to show beside it.
func showCell(r *request) (answer, error) {
	l, err := r.settled()
	if err != nil {
		return nil, err
	}
	round := l.Campaign.FindRound(r.value("round"))
	if round == nil {
		return nil, errNotThere
	}
	cell, ok := cellNamed(l.Campaign, round, r.value("cell"))
	if !ok {
		return nil, errNotThere
	}
	t, err := templates()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = t.ExecuteTemplate(&b, "data-cell", newSheetReader(l, round).detail(cell))
	return inline{"text/html; charset=utf-8", b.Bytes()}, err
}
