package campaign

import "strings"

// CaseField is a key of a case that is read from its front matter and shown.
// The reader, pages, papers, data files and what is pasted elsewhere walk
// CaseFields, so that a field is one entry there and one of package format.
type CaseField struct {
	Key     string          // in the front matter; papers call it so
	Page    string          // its name on pages; empty where they show it elsewhere
	Summary string          // the item of 总局令第45号 that it is; empty for what the campaign adds
	Unit    string          // of a quantity
	Of      func(*Case) any // *string, *[]string, *Date, *Quantity or **Priority
}

// CaseFields are in the order of 总局令第45号, the campaign's own among and behind
// them; the credit code, which belongs to 当事人基本情况, is a column behind those of
// earlier data files.
var CaseFields = []CaseField{
	{Key: "决定书文号", Page: "行政处罚决定书文号", Summary: "行政处罚决定书文号", Of: func(c *Case) any { return &c.DecisionNumber }},
	{Key: "当事人", Page: "当事人", Summary: "当事人基本情况", Of: func(c *Case) any { return &c.Party }},
	{Key: "违法行为类型", Page: "违法行为类型", Summary: "违法行为类型", Of: func(c *Case) any { return &c.Violation }},
	{Key: "处罚内容", Page: "行政处罚内容", Summary: "行政处罚内容", Of: func(c *Case) any { return &c.Penalty }},
	{Key: "罚没款", Page: "罚没款", Unit: "万元", Of: func(c *Case) any { return &c.Forfeit }},
	{Key: "办案机关", Page: "作出处罚决定的机关", Summary: "作出行政处罚决定的行政机关名称", Of: func(c *Case) any { return &c.Authority }},
	{Key: "协办单位", Page: "协办单位", Of: func(c *Case) any { return &c.Assisting }},
	{Key: "决定日期", Page: "决定日期", Summary: "作出行政处罚决定的日期", Of: func(c *Case) any { return &c.DecidedOn }},
	{Key: "统一社会信用代码", Page: "统一社会信用代码", Summary: "统一社会信用代码", Of: func(c *Case) any { return &c.CreditCode }},
	{Key: "案件类型", Of: func(c *Case) any { return &c.Priority }},
}

// Text is a case's field as people read it; empty where it has none.
func (f CaseField) Text(c *Case) string {
	if day, ok := f.Of(c).(*Date); ok {
		return day.Chinese()
	}
	return f.Plain(c)
}

// Plain is the same with a day as it is written in data files.
func (f CaseField) Plain(c *Case) string {
	switch v := f.Of(c).(type) {
	case *string:
		return *v
	case *[]string:
		return strings.Join(*v, "、")
	case *Date:
		return v.String()
	case *Quantity:
		if v.IsNumber() {
			return v.String() + f.Unit
		}
	case **Priority:
		if *v != nil {
			return (*v).Name
		}
	}
	return ""
}

// SummaryFields are the fields of a penalty's summary in the order of
// 总局令第45号.
func SummaryFields() (list []CaseField) {
	for _, f := range CaseFields {
		if f.Summary != "" {
			list = append(list, f)
		}
	}
	return list
}

// SummaryItems are their names there.
var SummaryItems = func() (names []string) {
	for _, f := range SummaryFields() {
		names = append(names, f.Summary)
	}
	return names
}()
