package review

import (
	"encoding/csv"
	"path"
	"strings"

	"wangjian/internal/campaign"
	"wangjian/internal/prose"
)

// penaltyTables reads the tables of penalties that are attached (penalties.csv,
// under the names of 总局令第45号 or those that campaign.yaml has for them): a
// row is compared with the case of its 决定书文号 as a 决定书 is.
func (c *Context) penaltyTables() (list []*decision) {
	var cases []*campaign.Item
	numbers := map[string]*campaign.Item{}
	eachCase(c, func(i *campaign.Item) {
		cases = append(cases, i)
		numbers[plainNumber(i.Case.DecisionNumber)] = i
	})
	for _, e := range c.enclosures() {
		if e.text == nil || strings.ToLower(path.Ext(e.file)) != ".csv" {
			continue
		}
		var columns map[string]int
		for _, p := range e.text.Pieces {
			row, err := csv.NewReader(strings.NewReader(p.Text)).Read()
			if err != nil {
				continue
			}
			if columns == nil {
				if columns = c.penaltyColumns(row); columns == nil {
					break
				}
				continue
			}
			if d := rowOfPenalty(cases, numbers, columns, row, p.Where); d != nil {
				d.file = e.file
				list = append(list, d)
			}
		}
	}
	return list
}

// penaltyColumns finds the columns by their heads; nil where none is of the
// decision's number.
func (c *Context) penaltyColumns(head []string) map[string]int {
	columns := map[string]int{}
	for n, name := range head {
		name = strings.TrimSpace(strings.TrimPrefix(name, "\ufeff"))
		for _, item := range campaign.SummaryItems {
			if name == item || name != "" && name == c.Campaign.Publicity.Columns[item] {
				columns[item] = n
			}
		}
	}
	if _, ok := columns["行政处罚决定书文号"]; !ok {
		return nil
	}
	return columns
}

// rowOfPenalty makes statements of a row; nil where it is of no case here.
func rowOfPenalty(cases []*campaign.Item, numbers map[string]*campaign.Item, columns map[string]int, row []string, where string) *decision {
	cell := func(item string) string {
		if n, ok := columns[item]; ok && n < len(row) {
			return strings.TrimSpace(row[n])
		}
		return ""
	}
	number, party, day := cell("行政处罚决定书文号"), cell("当事人基本情况"), cell("作出行政处罚决定的日期")
	item := numbers[plainNumber(number)]
	if days := prose.Days(day); item == nil && len(days) == 1 {
		for _, i := range cases {
			if i.Case.Party == party && days[0].Agrees(i.Case.DecidedOn) {
				item = i
			}
		}
	}
	if item == nil {
		return nil
	}
	d := &decision{item: item}
	say := func(text string, signs bool) {
		d.statements = append(d.statements, &statement{text: text, what: inDecision, page: where, signs: signs})
	}
	say("文号："+number, false)
	say("当事人："+party, false)
	say(cell("行政处罚内容"), false)
	say(cell("作出行政处罚决定的行政机关名称"), false)
	say(day, true)
	return d
}

// plainNumber writes a 文号 in one form; "" for what is none.
func plainNumber(s string) string {
	n := prose.DocumentNumbers(s)
	if len(n) != 1 {
		return ""
	}
	return n[0].Head + "〔" + n[0].Year + "〕" + n[0].Serial
}
