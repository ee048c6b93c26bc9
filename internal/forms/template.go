package forms

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wangjian/internal/campaign"
)

// What a workbook carries beside what one sees. The hidden sheet says which
// campaign, round, department and region it is for and what each row id means;
// a hidden column beside the table holds the ids, so that they move with
// their rows.
const (
	templateVersion = 1
	templateMagic   = "wangjian-form"

	mainSheet   = "统计表"
	ownSheet    = "本级"
	hiddenSheet = "_wangjian"
)

// The words of the visible sheet that import looks for.
const (
	headDepartment = "部门"
	headItem       = "项目"
	headUnit       = "单位"
	headQuantity   = "数量"
	headLastYear   = "上年同期"
	headRemark     = "备注"
	headID         = "行标识"

	metaUnit       = "填报单位"
	metaFiledOn    = "填报日期"
	metaRound      = "期次"
	metaDepartment = "部门"
	metaRegion     = "地区"
	metaPart       = "表别"

	markAmong   = "其中"
	markHeading = "栏头"
)

// rowName is a row as a template names it, apart from any campaign.
type rowName struct{ name, unit, parent string }

func nameOf(r *campaign.Row) rowName {
	n := rowName{name: r.Name, unit: r.Unit}
	if r.Parent != nil {
		n.parent = r.Parent.Label()
	}
	return n
}

// template is what the hidden sheet of a workbook says.
type template struct {
	version    int
	campaign   string
	number     string // 文号
	round      campaign.Named
	department campaign.Named
	region     campaign.Named // no 代号 in a department's own workbook
	rows       []templateRow  // in the order of print
}

type templateRow struct {
	id string
	rowName
}

// templateOf describes the workbook that is to be drawn.
func templateOf(c *campaign.Campaign, round *campaign.Round, d *campaign.Department, region *campaign.Region) *template {
	t := &template{
		version: templateVersion, campaign: c.Name, number: c.DocumentNumber,
		round: round.Named, department: d.Named,
	}
	if region != nil {
		t.region = region.Named
	}
	for n, row := range c.Form.RowsOf(d) {
		t.rows = append(t.rows, templateRow{"r" + strconv.Itoa(n+1), nameOf(row)})
	}
	return t
}

// lines returns the hidden sheet's rows; parseTemplate reads them.
func (t *template) lines() [][]string {
	lines := [][]string{
		{templateMagic, strconv.Itoa(t.version)},
		{"活动", t.campaign, t.number},
		{metaRound, t.round.Code, t.round.Name},
		{metaDepartment, t.department.Code, t.department.Name},
	}
	if t.region.Code != "" {
		lines = append(lines, []string{metaRegion, t.region.Code, t.region.Name})
	}
	for _, r := range t.rows {
		lines = append(lines, []string{"行", r.id, r.name, r.unit, r.parent})
	}
	return lines
}

// parseTemplate reads a hidden sheet. It returns nil for a sheet that is not
// ours.
func parseTemplate(g *grid) (*template, *campaign.Finding) {
	if g.text(1, 1) != templateMagic {
		return nil, nil
	}
	t := &template{}
	version, err := strconv.Atoi(g.text(1, 2))
	if err != nil || version < 1 {
		return nil, problemf("import-kind", "用 form export 重新导出表样", "隐藏表里的版本号“%s”不对", clip(g.text(1, 2)))
	}
	if version > templateVersion {
		return nil, problemf("import-kind", "换用新版程序再导入", "这份表由更新的程序导出（表样第 %d 版，本程序只认到第 %d 版）", version, templateVersion)
	}
	t.version = version
	for _, row := range g.filledRows() {
		second, third := g.text(row, 2), g.text(row, 3)
		switch g.text(row, 1) {
		case "活动":
			t.campaign, t.number = second, third
		case metaRound:
			t.round = campaign.Named{Code: second, Name: third}
		case metaDepartment:
			t.department = campaign.Named{Code: second, Name: third}
		case metaRegion:
			t.region = campaign.Named{Code: second, Name: third}
		case "行":
			t.rows = append(t.rows, templateRow{second, rowName{third, g.text(row, 4), g.text(row, 5)}})
		}
	}
	return t, nil
}

// row finds what an id means in the campaign's form as it is now; nil when
// that row is no longer there.
func (t *template) row(form *campaign.Form, d *campaign.Department, id string) *campaign.Row {
	if t == nil {
		return nil
	}
	for _, r := range form.RowsOf(d) {
		if slices.Contains(t.rows, templateRow{id, nameOf(r)}) {
			return r
		}
	}
	return nil
}

// changes says how the form has changed since the template was drawn; "" when
// it has not.
func (t *template) changes(form *campaign.Form, d *campaign.Department) string {
	var added, gone []string
	now := form.RowsOf(d)
	for _, then := range t.rows {
		if !slices.ContainsFunc(now, func(r *campaign.Row) bool { return nameOf(r) == then.rowName }) {
			gone = append(gone, fmt.Sprintf("“%s（%s）”", then.name, then.unit))
		}
	}
	for _, r := range now {
		if !slices.ContainsFunc(t.rows, func(then templateRow) bool { return then.rowName == nameOf(r) }) {
			added = append(added, "“"+r.Label()+"”")
		}
	}
	var parts []string
	if len(gone) > 0 {
		parts = append(parts, "现在没有"+strings.Join(gone, "、"))
	}
	if len(added) > 0 {
		parts = append(parts, "现在多出"+strings.Join(added, "、"))
	}
	return strings.Join(parts, "；")
}
