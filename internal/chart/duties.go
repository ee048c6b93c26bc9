package chart

import (
	"fmt"
	"slices"
	"strings"

	"wangjian/internal/campaign"
)

const dutiesCode = "zeren"

// dutyMark stands in a cell where a department answers for a 工作重点.
const dutyMark = "●"

// duties sets the 工作重点 against the departments that answer for them.
func duties(d data) []plan {
	answered := slices.ContainsFunc(d.campaign.Priorities, func(p *campaign.Priority) bool { return len(p.Units) > 0 })
	if !answered || len(d.campaign.Departments) < 2 {
		return nil
	}
	return []plan{{code: dutiesCode, title: d.dutyFinding(), draw: d.duties}}
}

func (d data) duties() Chart {
	c := Chart{Head: []string{"工作重点"}, Summary: d.dutySummary()}
	m := matrix{least: 22, note: dutyMark + " 为该项工作重点的责任单位。"}
	for _, department := range d.campaign.Departments {
		c.Head = append(c.Head, department.Short)
		m.columns = append(m.columns, column{head: department.Short})
	}
	for _, p := range d.campaign.Priorities {
		m.rows = append(m.rows, p.Name)
	}
	c.Rows = m.fill(func(row, column int) mark {
		p := d.campaign.Priorities[row]
		if !slices.Contains(p.Units, d.campaign.Departments[column]) {
			return mark{}
		}
		return mark{number: "1", text: dutyMark, step: 2, tip: p.Name}
	})
	c.figure = m
	return c
}

// everywhere returns the departments that answer for every 工作重点.
func (d data) everywhere() (names []string) {
	for _, department := range d.campaign.Departments {
		if len(d.campaign.PrioritiesOf(department)) == len(d.campaign.Priorities) {
			names = append(names, department.Short)
		}
	}
	return names
}

func (d data) dutyFinding() string {
	text := fmt.Sprintf("工作重点与责任单位：%d项工作重点由%d个部门分工", len(d.campaign.Priorities), len(d.campaign.Departments))
	if names := d.everywhere(); len(names) > 0 && len(names) <= 3 && len(d.campaign.Priorities) > 1 {
		text += "，" + strings.Join(names, "、") + "各项都有责任"
	}
	return text
}

func (d data) dutySummary() string {
	least, most := len(d.campaign.Priorities[0].Units), 0
	for _, p := range d.campaign.Priorities {
		least, most = min(least, len(p.Units)), max(most, len(p.Units))
	}
	if least == most {
		return sentence(fmt.Sprintf("各项的责任单位都是%d个", most))
	}
	return sentence(fmt.Sprintf("各项的责任单位有%d个至%d个", least, most))
}
