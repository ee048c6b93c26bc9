package review

import (
	"fmt"
	"slices"

	"wangjian/internal/campaign"
	"wangjian/internal/intake"
	"wangjian/internal/privacy"
)

// Foreign looks at a file that is handed over and is part of no item: faults are
// what must not be in it, doubts what a person has to look at; both sentences.
func Foreign(c *campaign.Campaign, file *intake.File) (faults, doubts []string) {
	faults = slices.Clone(file.Active)
	for _, what := range file.Unread {
		doubts = append(doubts, "有一部分读不出来："+what)
	}
	permitted := &campaign.Item{}
	for _, i := range c.Items {
		permitted.Permitted = append(permitted.Permitted, i.Permitted...)
		if party, _ := i.Party(); party != "" && c.PartyNames == "实名" {
			permitted.Permitted = append(permitted.Permitted, party)
		}
	}
	x := newExposure(c, permitted)
	tell := func(where, how string, t privacy.Trace) {
		sentence := fmt.Sprintf("%s%s有%s“%s”", where, how, t.What, t.Text)
		if t.Certain {
			faults = append(faults, sentence)
		} else {
			doubts = append(doubts, sentence+"，请核对")
		}
	}
	lines := make([]privacy.Line, len(file.Pieces))
	for n, p := range file.Pieces {
		lines[n] = privacy.Line{Text: p.Text, Cells: p.Cells, Table: p.Table}
		for _, t := range x.untold(x.traces(p.Text)) {
			tell(p.Where, "", t)
		}
	}
	for _, t := range x.joined(lines) {
		tell(file.Pieces[t.Line].Where, "连起来看", t.Trace)
	}
	for _, p := range file.Metadata {
		if p.Author && privacy.IsPerson(p.Value) {
			doubts = append(doubts, fmt.Sprintf("属性“%s”里有姓名“%s”：不想带出去，在 Word 或 WPS 里 文件 → 信息 → 检查文档 里删去", p.Name, p.Value))
		}
	}
	return faults, doubts
}
