package chart

import "wangjian/internal/campaign"

const comparisonSuffix = "-bijiao"

// comparisons set a department's rows side by side over the rounds, in the
// form's order, a panel a unit.
func comparisons(d desk) []plan {
	var list []plan
	for _, department := range d.campaign.Departments {
		rows := d.campaign.Form.RowsOf(department)
		s := d.span(rows)
		if s.latest == nil || !d.numeric(rows, s) {
			continue
		}
		list = append(list, plan{
			code: department.Code + comparisonSuffix, title: department.Short + "：各项数据" + s.title(), department: department,
			draw: func() Chart {
				c := d.compare(rows, s, (*campaign.Row).Line, false)
				c.Summary = d.keySentence(rows, s) + c.Summary
				return c
			},
		})
	}
	return list
}

// priorityPrefix opens the codes of the 工作重点: departments have their own.
const priorityPrefix = "zhongdian-"

// priorities show the rows that tell about a 工作重点, of all departments.
func priorities(d desk) []plan {
	var list []plan
	for _, p := range d.campaign.Priorities {
		var rows []*campaign.Row
		departments := map[*campaign.Department]bool{}
		for _, row := range d.campaign.Form.Rows {
			if row.Priority == p || row.Priority == nil && row.Parent != nil && row.Parent.Priority == p {
				rows = append(rows, row)
				departments[row.Department] = true
			}
		}
		s := d.span(rows)
		if s.latest == nil || !d.numeric(rows, s) {
			continue
		}
		label := (*campaign.Row).Line
		if len(departments) > 1 {
			label = func(row *campaign.Row) string { return row.Department.Short + "：" + row.Line() }
		}
		list = append(list, plan{
			code: priorityPrefix + p.Code, title: p.Name + "：工作数据" + s.title(), priority: p,
			draw: func() Chart {
				c := d.compare(rows, s, label, len(departments) > 1)
				c.Summary = d.keySentence(rows, s) + c.Summary
				return c
			},
		})
	}
	return list
}
